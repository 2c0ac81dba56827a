"""The deciding clause: the first on the way down that shares the verdict's outcome."""

from __future__ import annotations

from dataclasses import dataclass

from songhua.rules import expressions
from songhua.rules.expressions import Node
from songhua.rules.interpreter import Interpreter
from songhua.rules.intervals import Operand
from songhua.rules.truth_values import MET, Truth


def deciding_clause(interpreter: Interpreter) -> Operand:
    """The position, among the rulebook's clauses, of the one that decided.

    From the deciding clause down: of several that must all hold, the first with the outcome of
    the whole (the last, where all hold); of alternatives, the first with that outcome.

    >>> from datetime import date
    >>> from songhua.rules.backends import Scalars
    >>> from songhua.rules.verdict import read_facts
    >>> from songhua.store.rulebooks import load
    >>> book, day = load("cn/sci-tech-sme"), date(2024, 6, 30)
    >>> facts = read_facts(book, {"staff": 501}, day).values
    >>> found = deciding_clause(Interpreter(Scalars(), book, facts, book.on(day)))
    >>> list(book.clauses)[found]
    'size'
    """
    places = {id: at for at, id in enumerate(interpreter.book.clauses)}
    return _Descent(interpreter, places).clause(interpreter.book.decides)


@dataclass(frozen=True)
class _Descent:
    """The way down from a clause to the parts that decided it."""

    interpreter: Interpreter
    places: dict[str, int]

    def clause(self, id: str) -> Operand:
        book = self.interpreter.book
        return self.node(book.clauses[id].rule, self.places[id], self.interpreter.name(id))

    def node(self, node: Node, above: int, whole: Truth | None = None) -> Operand:
        """The position for a node of the truth `whole`; `above` is the clause that it stands in."""
        match node:
            case expressions.Name(id=id) if id in self.places:
                return self.clause(id)
            case (
                expressions.All(items=items)
                | expressions.Any(items=items)
                | expressions.AtLeast(items=items)
            ):
                if not any(self.has_clause(item) for item in items):
                    return above
            case _:
                return above
        backend = self.interpreter.backend
        whole = self.interpreter.value(node) if whole is None else whole
        deciding = self.node(items[-1], above)
        for item in reversed(items[:-1]):
            same = self.interpreter.value(item) == whole
            if isinstance(node, expressions.All):
                same = backend.and_(same, whole != MET)
            deciding = backend.where(same, self.node(item, above), deciding)
        return deciding

    def has_clause(self, node: Node) -> bool:
        return any(name in self.places for name in expressions.names(node))
