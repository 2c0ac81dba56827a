"""The type checker of a rulebook: form and unit of every name and every rule, before any verdict.

It finds names that nothing stands behind, numbers where a condition is needed, units that do not
fit, a divisor that may be negative, and rules that go in a circle.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from songhua.errors import Fault, SonghuaError
from songhua.labels.units import parse_unit
from songhua.rules import expressions
from songhua.rules.expressions import Node, unparse
from songhua.rules.fault_kinds import RuleCircle, RuleDivisor, RuleForm, RuleNameUnknown, RuleUnits
from songhua.rules.rulebook import Rulebook
from songhua.rules.rulebook_units import PLAIN_UNITS

NUMBER, TRUTH, CHOICE = "number", "truth", "choice"
ANY = "any"  # a number without a unit goes with every unit: nought, and what is counted


@dataclass(frozen=True)
class Type:
    """Type of a name or a tree: its form, the dimension of its unit, True where never negative.

    `form` is number, truth, choice, or the form of a parameter: cells, labels, bands.
    """

    form: str
    unit: str = ""
    nonnegative: bool = True


class _TypeError(Exception):
    """A fault on the way up to the place of its rule."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault, self.place = fault, ""


class Types:
    """The types of everything in a rulebook, found once a name.

    >>> from songhua.store.rulebooks import load
    >>> Types(load("cn/sci-tech-sme")).of_name("staff")
    Type(form='number', unit='persons', nonnegative=True)
    """

    def __init__(self, book: Rulebook) -> None:
        """Take the rulebook; nothing is looked at yet."""
        self.book = book
        self.known: dict[str, Type] = {}
        self.path: list[str] = []

    def of_name(self, id: str) -> Type:
        """The type of a name."""
        if id == "on":
            return Type(NUMBER, "days", False)
        if id not in self.known:
            try:
                self.known[id] = self._of_name(id)
            except _TypeError as wrong:
                wrong.place = wrong.place or (id if id in self.book.trees else "")
                raise
        return self.known[id]

    def _of_name(self, id: str) -> Type:
        book = self.book
        if fact := book.facts.get(id):
            unit = "days" if fact.type == "date" else dimension(fact.unit)
            return Type(fact.form, unit, not (fact.signed or fact.type == "date"))
        if id in book.trees:
            if id in self.path:
                raise _TypeError(RuleCircle(name=id))
            self.path.append(id)
            rule_type = self.of(book.trees[id])
            self.path.pop()
            return rule_type
        if parameter := book.parameters.get(id):
            forms = {dated.value.form for dated in parameter.values}
            low = min(dated.value.span[0] for dated in parameter.values)
            return Type(forms.pop(), dimension(parameter.unit), low >= 0)
        names = [*book.facts, *book.trees, *book.parameters]
        raise _TypeError(RuleNameUnknown(name=id, near=nearest(id, names)))

    def of(self, node: Node) -> Type:
        """The type of a tree."""
        match node:
            case expressions.Name(id=id):
                return self.of_name(id)
            case expressions.Cell(table=table, key=key):
                self._must_be(table, "cells")
                self._must_be(key, CHOICE)
                return Type(NUMBER, self.of_name(table).unit, False)
            case expressions.Bands(table=table, of=of):
                self._must_be(table, "bands")
                _common_unit(self._number(of).unit, self.of_name(table).unit, table)
                spans = [d.value.span for d in self.book.parameters[table].values]
                return Type(NUMBER, "points", min(low for low, _ in spans) >= 0)
            case expressions.First(cases=cases):
                return self._of_cases(cases)
            case expressions.Operation(op=op, args=args):
                return self._of_operation(op, args)
        self._check_condition(node)
        return Type(TRUTH)

    def _check_condition(self, node: Node) -> None:
        match node:
            case expressions.Compare(left=left, right=right, text=text):
                _common_unit(self._number(left).unit, self._number(right).unit, text)
            case expressions.Among(name=name, among=among):
                self._must_be(name, CHOICE)
                self._must_be(among, "labels")
            case expressions.AtLeast(n=n, items=items):
                self._must_be(n, NUMBER)
                for item in items:
                    self._condition(item)
            case _:
                for item in expressions.children(node):
                    self._condition(item)

    def _number(self, node: Node) -> Type:
        """The type of a tree that must be a number."""
        operand_type = self.of(node)
        if operand_type.form != NUMBER:
            raise _TypeError(RuleForm(text=unparse(node), form=operand_type.form, wants=NUMBER))
        return operand_type

    def _condition(self, node: Node) -> None:
        """Refuse a tree that is not a condition."""
        if (form := self.of(node).form) != TRUTH:
            raise _TypeError(RuleForm(text=unparse(node), form=form, wants=TRUTH))

    def _must_be(self, name: str, wants: str) -> None:
        if (form := self.of_name(name).form) != wants:
            raise _TypeError(RuleForm(text=name, form=form, wants=wants))

    def _of_cases(self, cases: tuple[tuple[Node | None, Node], ...]) -> Type:
        unit, nonnegative = ANY, True
        for when, is_ in cases:
            if when is not None:
                self._condition(when)
            number = self._number(is_)
            unit = _common_unit(unit, number.unit, unparse(is_))
            nonnegative = nonnegative and number.nonnegative
        return Type(NUMBER, unit, nonnegative)

    def _of_operation(self, op: str, args: tuple[Node, ...]) -> Type:
        types = [self._number(arg) for arg in args]
        units, signs = [type_.unit for type_ in types], [type_.nonnegative for type_ in types]
        if op == "*":
            return Type(NUMBER, _times(units[0], units[1]), all(signs))
        text = unparse(expressions.Operation(op, args))
        if (op == "/" and not signs[1]) or (op == "rise" and not signs[0]):
            raise _TypeError(RuleDivisor(text=text))
        if op == "/":
            return Type(NUMBER, _over(units[0], units[1]), all(signs))
        unit = ANY
        for operand_unit in units:
            unit = _common_unit(unit, operand_unit, text)
        if op == "rise":
            return Type(NUMBER, "ratio", False)
        return Type(NUMBER, unit, any(signs) if op == "max" else all(signs) and op != "-")


def dimension(unit: str) -> str:
    """Dimension of a unit, as one word; a number without a unit goes with every other.

    >>> dimension("100m EUR"), dimension("%"), dimension("")
    ('EUR', 'ratio', 'any')
    """
    if unit in PLAIN_UNITS:
        return unit or ANY
    top, bottom = parse_unit(unit).dimension
    return f"{top}/{bottom}" if bottom else top


def _common_unit(unit: str, other: str, text: str) -> str:
    """The dimension that two numbers share; `text` is the part of the rule to be named if none."""
    if ANY in (unit, other) or unit == other:
        return other if unit == ANY else unit
    raise _TypeError(RuleUnits(text=text, unit=unit, other=other))


def _times(unit: str, other: str) -> str:
    if "ratio" in (unit, other) or ANY in (unit, other):
        return other if unit in ("ratio", ANY) else unit
    return f"{unit}*{other}"


def _over(unit: str, other: str) -> str:
    if unit == other:
        return "ratio"
    return unit if other in ("ratio", ANY) else f"{unit}/{other}"


def nearest(name: str, names: Iterable[str]) -> str:
    """The name that looks most like this one, however little; blank where there are none.

    >>> nearest("stafff", ["sales", "staff"]), nearest("staff", [])
    ('staff', '')
    """
    return next(iter(difflib.get_close_matches(name, list(names), n=1, cutoff=0)), "")


def check(book: Rulebook, file: str) -> list[Fault]:
    """Every rule of which the types do not fit, with its place.

    >>> from songhua.store.rulebooks import load
    >>> check(load("cn/sci-tech-sme"), "rules.toml")
    []
    """
    types = Types(book)
    faults: list[Fault] = []
    wanted = dict.fromkeys(book.values, NUMBER) | dict.fromkeys(book.clauses, TRUTH)
    places: set[str] = set()
    for id, form in wanted.items():
        types.path = []
        try:
            actual = types.of_name(id).form
            if actual != form:
                raise _TypeError(RuleForm(text=id, form=actual, wants=form))
        except _TypeError as wrong:
            place = wrong.place or id
            if place not in places:
                places.add(place)
                faults.append(wrong.fault.at(file, column=place))
        except SonghuaError as error:
            faults += [f.at(file=file, column=id) for f in error.faults]
    for fact in book.facts.values():
        if fact.type == "score" and fact.most not in book.parameters:
            faults.append(RuleNameUnknown(file=file, column=fact.id, name=fact.most, near=""))
    return [*faults, *_linked(book, types, file)]


def _linked(book: Rulebook, types: Types, file: str) -> Iterator[Fault]:
    """Shares and facts of tied firms that name no number of the law or of a firm."""
    if book.linked is None:
        return
    shares = dict.fromkeys((book.linked.partner, book.linked.linked))
    pairs = [*product(shares, [book.parameters]), *product(book.linked.facts, [book.facts])]
    for name, declared in pairs:
        if name not in declared:
            yield RuleNameUnknown(file, column="linked", name=name, near=nearest(name, declared))
        elif (form := types.of_name(name).form) != NUMBER:
            yield RuleForm(file, column="linked", text=name, form=form, wants=NUMBER)
