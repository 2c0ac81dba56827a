"""The ranking of missing facts: first those that alone can settle the verdict, then the rest."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.rules import expressions
from songhua.rules.backends import Scalars
from songhua.rules.expressions import Node
from songhua.rules.facts import Fact
from songhua.rules.firm_facts import FirmFacts
from songhua.rules.interpreter import Interpreter
from songhua.rules.intervals import Interval, Operand
from songhua.rules.truth_values import MET, NOT_MET, POSSIBLE, UNKNOWN

TRIALS = (0.0, *(m * 10.0**power for power in range(-1, 7) for m in (1, 3)))


def ranked(facts: FirmFacts, interpreter: Interpreter) -> tuple[str, ...]:
    """The missing facts on which the verdict still hangs, best first.

    Every one is tried at a range of values while the others stay missing. First come those with
    the largest share of trials that settle the verdict, then those on which more open clauses
    rest, then in the order of the law. A settled verdict lacks nothing.

    >>> from datetime import date
    >>> from songhua.rules.verdict import read_facts
    >>> from songhua.store.rulebooks import load
    >>> book, day = load("cn/sci-tech-sme"), date(2024, 6, 30)
    >>> firm = read_facts(book, {"staff": 20}, day)
    >>> ranked(firm, Interpreter(Scalars(), book, firm.values, book.on(day)))[0]
    'resident'
    """
    return _ranked(facts, interpreter, (interpreter.book.decides,))


def ranked_for_category(facts: FirmFacts, interpreter: Interpreter) -> tuple[str, ...]:
    """The missing facts on which the class hangs where the verdict is settled, best first.

    >>> from datetime import date
    >>> from songhua.rules.verdict import read_facts
    >>> from songhua.store.rulebooks import load
    >>> book, day = load("cn/size-class"), date(2024, 6, 30)
    >>> firm = read_facts(book, {"industry": "industry", "staff": 999}, day)
    >>> ranked_for_category(firm, Interpreter(Scalars(), book, firm.values, book.on(day)))
    ('sales',)
    """
    book = interpreter.book
    if interpreter.truth(book.decides) not in (MET, NOT_MET):
        return ()
    return _ranked(facts, interpreter, book.categories)


def _ranked(
    facts: FirmFacts, interpreter: Interpreter, clauses: tuple[str, ...]
) -> tuple[str, ...]:
    """The missing facts below the clauses that are open, by how far each settles them all."""
    book = interpreter.book
    open_ = [id for id in clauses if interpreter.truth(id) not in (MET, NOT_MET)]
    missing = set(facts.missing)
    hanging = dict.fromkeys(
        name for id in open_ for name in _hanging(interpreter, expressions.Name(id), missing)
    )
    unknown = [id for id in book.clauses if interpreter.truth(id) == UNKNOWN]
    keys = {
        id: (-_settled(id, facts, interpreter, open_), -sum(id in book.asks(c) for c in unknown))
        for id in hanging
    }
    return tuple(sorted(hanging, key=lambda id: keys[id]))


def _hanging(interpreter: Interpreter, node: Node, missing: set[str]) -> Iterator[str]:
    """The missing facts below the parts of a rule that are still open."""
    book = interpreter.book
    if isinstance(node, expressions.Name) and node.id in book.clauses:
        if interpreter.truth(node.id) in (UNKNOWN, POSSIBLE):
            yield from _hanging(interpreter, book.clauses[node.id].rule, missing)
        return
    if isinstance(node, (expressions.All, expressions.Any, expressions.AtLeast, expressions.Not)):
        for child in expressions.children(node):
            yield from _hanging(interpreter, child, missing)
    elif interpreter.value(node) == UNKNOWN:
        for name in expressions.names(node):
            yield from (id for id in (name, *book.asks(name)) if id in missing)


def _settled(id: str, facts: FirmFacts, interpreter: Interpreter, clauses: list[str]) -> float:
    """The share of a fact's trials under which every one of the clauses is met or not met."""
    book = interpreter.book
    trials = list(_trials(book.facts[id]))
    settled = 0
    for trial in trials:
        tried = {**facts.values, id: trial}
        judged = Interpreter(Scalars(), book, tried, interpreter.parameters)
        settled += all(judged.truth(clause) in (MET, NOT_MET) for clause in clauses)
    return settled / len(trials)


def _trials(fact: Fact) -> Iterator[Operand]:
    if fact.type == "flag":
        yield from (MET, NOT_MET)
    elif fact.type == "choice":
        yield from fact.choices
    elif fact.type == "date":
        yield from (Interval.of(float(day)) for day in range(0, 40_000, 400))
    else:
        yield from (Interval.of(value) for value in TRIALS)
