"""A rule's tree on numbers: the one meaning of the language, whatever carries the numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from songhua.rules import algebra, text
from songhua.rules.algebra import Num
from songhua.rules.book import Rulebook
from songhua.rules.carriers import Plain
from songhua.rules.parameters import Value

STEPS = {
    "+": algebra.add, "-": algebra.subtract, "*": algebra.multiply, "/": algebra.divide,
    "max": algebra.largest, "min": algebra.smallest, "rise": algebra.rise,
    "within": algebra.within,
}  # fmt: skip


class Reading:
    """The facts of one firm, or of many, on one day, with every name worked out once.

    `facts` holds by name a `Num` (numbers, dates in days), a grade (flags) or a label (choices).
    """

    def __init__(
        self,
        ops: Plain,
        book: Rulebook,
        facts: Mapping[str, Any],
        parameters: Mapping[str, Value],
    ) -> None:
        """Take the rulebook, the facts, and the parameters of the day."""
        self.ops, self.book, self.facts, self.parameters = ops, book, facts, parameters
        self.done: dict[str, Any] = {}

    def name(self, id: str) -> Any:
        """What a name stands for: a number, a grade or a label."""
        if id in self.facts:
            return self.facts[id]
        if id in self.book.trees:
            if id not in self.done:
                self.done[id] = self.value(self.book.trees[id])
            return self.done[id]
        return self.parameters[id].number

    def value(self, node: text.Node) -> Any:
        """What a tree comes to."""
        match node:
            case text.Name(id=id):
                return self.name(id)
            case text.Calc(op=op, args=args):
                return self._calc(op, [self.value(arg) for arg in args])
            case text.Cell(table=table, key=key):
                return self._cell(self.parameters[table].cells, key)
            case text.Bands(table=table, of=of):
                bands = self.parameters[table]
                return algebra.banded(self.ops, self.value(of), bands.bands, bands.rising)
            case text.First(cases=cases):
                pairs = [(w if w is None else self.value(w), self.value(i)) for w, i in cases]
                return algebra.first(self.ops, pairs)
        return self._grade(node)

    def _grade(self, node: text.Node) -> Any:
        match node:
            case text.Compare(sign=sign, left=left, right=right):
                return algebra.compare(self.ops, sign, self.value(left), self.value(right))
            case text.Among(name=name, among=among):
                return self._among(self.facts[name], self.parameters[among].labels)
            case text.Not(item=item):
                return algebra.opposite(self.ops, self.value(item))
            case text.All(items=items):
                return algebra.every(self.ops, [self.value(item) for item in items])
            case text.Any(items=items):
                return algebra.some(self.ops, [self.value(item) for item in items])
            case text.AtLeast(n=n, items=items):
                needed = self.name(n).low
                return algebra.at_least(self.ops, needed, [self.value(item) for item in items])
        raise AssertionError(node)

    def _calc(self, op: str, args: list[Num]) -> Num:
        if op == "mean":
            return algebra.mean(self.ops, *args)
        found = args[0]
        for arg in args[1:]:
            found = STEPS[op](self.ops, found, arg)
        return found

    def _among(self, choice: Any, labels: tuple[str, ...]) -> Any:
        inside = self.ops.where(self.ops.isin(choice, labels), algebra.MET, algebra.NOT_MET)
        return self.ops.where(self.ops.missing(choice), algebra.UNKNOWN, inside)

    def _cell(self, cells: Mapping[str, float], key: str) -> Num:
        """The cell of a choice; a label without one has no bound, a missing one spans all."""
        choice = self.facts[key]
        by_value: dict[float, list[str]] = {}
        for label, number in cells.items():
            by_value.setdefault(number, []).append(label)
        low: Any = -algebra.ENDLESS
        for number, labels in by_value.items():
            low = self.ops.where(self.ops.isin(choice, tuple(labels)), number, low)
        gone = self.ops.missing(choice)
        if gone is False:
            return Num(low, low, True)
        whole = set(self.book.facts[key].choices) <= cells.keys()
        least = min(cells.values()) if whole else -algebra.ENDLESS
        high = self.ops.where(gone, max(cells.values()), low)
        known = self.ops.where(gone, False, True)
        return Num(self.ops.where(gone, least, low), high, known)
