"""The interpreter of rules: the value of a syntax tree, on scalars, arrays or Ibis columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial, reduce

from songhua.rules import expressions, intervals, score_bands, truth_values
from songhua.rules.backends import Scalars
from songhua.rules.expressions import Node
from songhua.rules.intervals import UNBOUNDED, Interval, Operand
from songhua.rules.parameters import Value
from songhua.rules.rulebook import Rulebook
from songhua.rules.truth_values import MET, NOT_MET, UNKNOWN, Truth


class Interpreter:
    """The value of every name and rule for one firm, or for many, on one day.

    `facts` holds by name an interval (numbers, dates in days), a truth value (flags) or a label
    (choices); `parameters` what every parameter is on the day. A name is worked out once.
    """

    def __init__(
        self,
        backend: Scalars,
        book: Rulebook,
        facts: Mapping[str, Operand],
        parameters: Mapping[str, Value],
    ) -> None:
        """Take the rulebook, the facts, and the parameters of the day."""
        self.backend, self.book, self.facts, self.parameters = backend, book, facts, parameters
        self.known: dict[str, Operand] = {}

    def name(self, id: str) -> Operand:
        """The value of a name: a number, a truth value or a label."""
        if id in self.facts:
            return self.facts[id]
        if id in self.book.trees:
            if id not in self.known:
                self.known[id] = self.value(self.book.trees[id])
            return self.known[id]
        return self.parameters[id].number

    def number(self, id: str) -> Interval:
        """The value of the name of a number."""
        return self.name(id)

    def truth(self, id: str) -> Truth:
        """The truth value of a clause or a flag."""
        return self.name(id)

    def value(self, node: Node) -> Operand:
        """The value of a tree."""
        match node:
            case expressions.Name(id=id):
                return self.name(id)
            case expressions.Operation(op=op, args=args):
                return self._operation(op, [self.value(arg) for arg in args])
            case expressions.Cell(table=table, key=key):
                return self._cell(self.parameters[table].cells, key)
            case expressions.Bands(table=table, of=of):
                bands = self.parameters[table]
                number = self.value(of)
                return score_bands.banded(self.backend, number, bands.bands, bands.rising)
            case expressions.First(cases=cases):
                pairs = [(w if w is None else self.value(w), self.value(i)) for w, i in cases]
                return intervals.first_case(self.backend, pairs)
        return self._truth(node)

    def _truth(self, node: Node) -> Truth:
        match node:
            case expressions.Compare(sign=sign, left=left, right=right):
                return intervals.compare(self.backend, sign, self.value(left), self.value(right))
            case expressions.Among(name=name, among=among):
                return self._among(self.facts[name], self.parameters[among].labels)
            case expressions.Not(item=item):
                return truth_values.negation(self.backend, self.value(item))
            case expressions.All(items=items):
                return truth_values.conjunction(self.backend, [self.value(item) for item in items])
            case expressions.Any(items=items):
                return truth_values.disjunction(self.backend, [self.value(item) for item in items])
            case expressions.AtLeast(n=n, items=items):
                needed, truths = self.number(n).low, [self.value(item) for item in items]
                return truth_values.at_least(self.backend, needed, truths)
        raise AssertionError(node)

    def _operation(self, op: str, args: list[Interval]) -> Interval:
        match op:
            case "mean":
                return intervals.mean(self.backend, *args)
            case "rise":
                return intervals.rise(self.backend, *args)
            case "within":
                return intervals.within(self.backend, *args)
        return reduce(partial(intervals.operate, self.backend, op), args)

    def _among(self, choice: Operand, labels: tuple[str, ...]) -> Truth:
        inside = self.backend.where(self.backend.isin(choice, labels), MET, NOT_MET)
        return self.backend.where(self.backend.missing(choice), UNKNOWN, inside)

    def _cell(self, cells: Mapping[str, float], key: str) -> Interval:
        """The cell of a choice; a label without one has no bound, a missing one spans all."""
        choice = self.facts[key]
        labels: dict[float, list[str]] = {}
        for label, number in cells.items():
            labels.setdefault(number, []).append(label)
        low: Operand = -UNBOUNDED
        for number, alike in labels.items():
            low = self.backend.where(self.backend.isin(choice, tuple(alike)), number, low)
        missing = self.backend.missing(choice)
        if missing is False:
            return Interval(low, low, True)
        whole = set(self.book.facts[key].choices) <= cells.keys()
        least = min(cells.values()) if whole else -UNBOUNDED
        high = self.backend.where(missing, max(cells.values()), low)
        is_known = self.backend.where(missing, False, True)
        return Interval(self.backend.where(missing, least, low), high, is_known)
