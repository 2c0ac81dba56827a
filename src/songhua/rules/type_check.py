"""What every name and every tree of a rulebook is: number, condition or choice, and in which unit.

Found before any firm is judged: names that nothing stands behind, numbers where a condition is
needed, units that do not fit, a divisor that may be negative, and rules that go in a circle.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from songhua.errors import Fault, SonghuaError
from songhua.labels.units import parse_unit
from songhua.rules import text
from songhua.rules.book import Rulebook
from songhua.rules.parameters import PLAIN_UNITS

NUMBER, TRUTH, CHOICE = "number", "truth", "choice"
ANY = "any"  # a number without a unit goes with every unit: nought, and what is counted


class _WrongError(Exception):
    """A fault's code and parameters, on the way up to the place of the rule."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params, self.place = code, params, ""


class Types:
    """The form, unit and sign of everything in a rulebook, found once a name."""

    def __init__(self, book: Rulebook) -> None:
        """Take the rulebook; nothing is looked at yet."""
        self.book = book
        self.done: dict[str, tuple[str, str, bool]] = {}
        self.open: list[str] = []

    def name(self, id: str) -> tuple[str, str, bool]:
        """(form, unit, whether it cannot be negative) of a name."""
        if id == "on":
            return NUMBER, "days", False
        if id not in self.done:
            try:
                self.done[id] = self._name(id)
            except _WrongError as wrong:
                wrong.place = wrong.place or (id if id in self.book.trees else "")
                raise
        return self.done[id]

    def _name(self, id: str) -> tuple[str, str, bool]:
        book = self.book
        if fact := book.facts.get(id):
            unit = "days" if fact.type == "date" else dimension(fact.unit)
            positive = not (fact.signed or fact.type == "date")
            return fact.form, unit, positive
        if id in book.trees:
            if id in self.open:
                raise _WrongError("rule_circle", name=id)
            self.open.append(id)
            found = self.node(book.trees[id])
            self.open.pop()
            return found
        if parameter := book.parameters.get(id):
            forms = {dated.value.form for dated in parameter.values}
            low = min(dated.value.span[0] for dated in parameter.values)
            return forms.pop(), dimension(parameter.unit), low >= 0
        known = [*book.facts, *book.trees, *book.parameters]
        near = next(iter(difflib.get_close_matches(id, known, n=1, cutoff=0)), "")
        raise _WrongError("rule_name_unknown", name=id, near=near)

    def node(self, node: text.Node) -> tuple[str, str, bool]:
        """(form, unit, whether it cannot be negative) of a tree."""
        match node:
            case text.Name(id=id):
                return self.name(id)
            case text.Cell(table=table, key=key):
                self._is(table, "cells")
                self._is(key, CHOICE)
                return NUMBER, self.name(table)[1], False
            case text.Bands(table=table, of=of):
                self._is(table, "bands")
                _, unit, _ = self.number(of)
                self._fits(unit, self.name(table)[1], table)
                spans = [d.value.span for d in self.book.parameters[table].values]
                return NUMBER, "points", min(low for low, _ in spans) >= 0
            case text.First(cases=cases):
                return self._first(cases)
            case text.Calc(op=op, args=args):
                return self._calc(op, args)
        self._grade(node)
        return TRUTH, "", True

    def _grade(self, node: text.Node) -> None:
        match node:
            case text.Compare(left=left, right=right, text=told):
                self._fits(self.number(left)[1], self.number(right)[1], told)
            case text.Among(name=name, among=among):
                self._is(name, CHOICE)
                self._is(among, "labels")
            case text.AtLeast(n=n, items=items):
                self._is(n, NUMBER)
                for item in items:
                    self.truth(item)
            case _:
                for item in text.children(node):
                    self.truth(item)

    def number(self, node: text.Node) -> tuple[str, str, bool]:
        """The same for a tree that must be a number."""
        found = self.node(node)
        if found[0] != NUMBER:
            raise _WrongError("rule_form", text=show(node), form=found[0], wants=NUMBER)
        return found

    def truth(self, node: text.Node) -> None:
        """Refuse a tree that is not a condition."""
        if (form := self.node(node)[0]) != TRUTH:
            raise _WrongError("rule_form", text=show(node), form=form, wants=TRUTH)

    def _is(self, name: str, wants: str) -> None:
        if (form := self.name(name)[0]) != wants:
            raise _WrongError("rule_form", text=name, form=form, wants=wants)

    def _fits(self, one: str, other: str, told: str) -> str:
        if ANY in (one, other) or one == other:
            return other if one == ANY else one
        raise _WrongError("rule_units", text=told, unit=one, other=other)

    def _first(
        self, cases: tuple[tuple[text.Node | None, text.Node], ...]
    ) -> tuple[str, str, bool]:
        unit, positive = ANY, True
        for when, is_ in cases:
            if when is not None:
                self.truth(when)
            _, other, sign = self.number(is_)
            unit, positive = self._fits(unit, other, show(is_)), positive and sign
        return NUMBER, unit, positive

    def _calc(self, op: str, args: tuple[text.Node, ...]) -> tuple[str, str, bool]:
        found = [self.number(arg) for arg in args]
        units, signs = [unit for _, unit, _ in found], [sign for *_, sign in found]
        if op == "*":
            return NUMBER, _times(units[0], units[1]), all(signs)
        if (op == "/" and not signs[1]) or (op == "rise" and not signs[0]):
            raise _WrongError("rule_divisor", text=show(text.Calc(op, args)))
        if op == "/":
            return NUMBER, _over(units[0], units[1]), all(signs)
        unit = ANY
        for other in units:
            unit = self._fits(unit, other, show(text.Calc(op, args)))
        if op == "rise":
            return NUMBER, "ratio", False
        positive = any(signs) if op == "max" else all(signs) and op != "-"
        return NUMBER, unit, positive


def dimension(unit: str) -> str:
    """What a unit measures, as one word; a number without a unit goes with every other.

    >>> dimension("100m EUR"), dimension("%"), dimension("")
    ('EUR', 'ratio', 'any')
    """
    if unit in PLAIN_UNITS:
        return unit or ANY
    top, bottom = parse_unit(unit).dimension
    return f"{top}/{bottom}" if bottom else top


def _times(one: str, other: str) -> str:
    if "ratio" in (one, other) or ANY in (one, other):
        return other if one in ("ratio", ANY) else one
    return f"{one}*{other}"


def _over(one: str, other: str) -> str:
    if one == other:
        return "ratio"
    return one if other in ("ratio", ANY) else f"{one}/{other}"


def show(node: text.Node) -> str:
    """A tree of numbers as a text again.

    >>> show(text.parse("max(a, b) / (c + d)"))
    'max(a, b) / (c + d)'
    """
    match node:
        case text.Name(id=id):
            return id
        case text.Cell(table=table, key=key):
            return f"{table}[{key}]"
        case text.Calc(op=op, args=args) if op in text.FUNCTIONS:
            return f"{op}({', '.join(map(show, args))})"
        case text.Calc(op=op, args=args):
            left, right = args
            first = f"({show(left)})" if _binds(left) < _binds(node) else show(left)
            second = f"({show(right)})" if _binds(right) <= _binds(node) else show(right)
            return f"{first} {op} {second}"
        case text.Compare(text=told):
            return told
        case text.Among(name=name, among=among):
            return f"{name} in {among}"
        case text.Not(item=item):
            return f"not {show(item)}"
        case text.Bands(table=table, of=of):
            return f"{table}({show(of)})"
    return type(node).__name__.lower()


def _binds(node: text.Node) -> int:
    """How strongly a node holds its parts: sums least, then products, then all else."""
    if isinstance(node, text.Calc) and node.op not in text.FUNCTIONS:
        return 1 if node.op in "+-" else 2
    return 3


def check(book: Rulebook, file: str) -> list[Fault]:
    """Every rule that does not hold together, with its place."""
    types = Types(book)
    faults: list[Fault] = []
    wanted: Mapping[str, str] = dict.fromkeys(book.values, NUMBER) | dict.fromkeys(
        book.clauses, TRUTH
    )
    told: set[str] = set()
    for id, form in wanted.items():
        types.open = []
        try:
            found = types.name(id)[0]
            if found != form:
                raise _WrongError("rule_form", text=id, form=found, wants=form)
        except _WrongError as wrong:
            place = wrong.place or id
            if place not in told:
                told.add(place)
                faults.append(Fault(wrong.code, file=file, column=place, params=wrong.params))
        except SonghuaError as error:
            faults += [Fault(f.code, file=file, column=id, params=f.params) for f in error.faults]
    for fact in book.facts.values():
        if fact.type == "score" and fact.most not in book.parameters:
            params = {"name": fact.most, "near": ""}
            faults.append(Fault("rule_name_unknown", file=file, column=fact.id, params=params))
    return faults
