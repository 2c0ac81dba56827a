"""A relation between numbers that are known within bounds: it can hold, or it cannot.

Its tree is evaluated with intervals. Where a name stands twice, an interval is too wide, so the
box of all names is cut into smaller boxes until none can hold the relation or one surely does
(branch and bound).
"""

from __future__ import annotations

import ast
import math
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import islice, product
from typing import TypeAlias

from songhua.errors import SonghuaError
from songhua.fault_kinds import RelationNameUnknown
from songhua.maths.bounds import EVERYTHING, Interval, enclose
from songhua.maths.fault_kinds import RelationUnknownPlace
from songhua.maths.relations import Relation, names_of
from songhua.maths.shares_of_whole import NOTHING, difference, over_amounts, over_shares

MAX_BOXES = 2000
FREE_FACTOR = 10
Box: TypeAlias = dict[str, Interval]


@dataclass(frozen=True)
class Outcome:
    """The verdict of the arithmetic on a relation.

    `verdict` is consistent, inconsistent, implied (an unknown, now bounded) or consistent_if
    (fails as printed, holds if the freed numbers may differ). `left` and `right` hold the two
    sides as printed; `implied` holds the unknown, or what the side with the freed numbers
    would have to be. `outside` says that no weights at all would make room: the whole lies
    outside its parts.
    """

    verdict: str
    left: Interval
    right: Interval
    implied: Interval | None = None
    outside: bool = False


@dataclass(frozen=True)
class Parts:
    """Freed numbers that are shares of one whole; not `complete` ones add up to one at most."""

    names: tuple[str, ...] = ()
    complete: bool = True


def _value(node: ast.expr, box: Mapping[str, Interval]) -> Interval:
    """All values that a tree can take in a box."""
    match node:
        case ast.Name(id=name):
            return box[name]
        case ast.Constant(value=int() | float() as value):
            exact = Fraction(repr(value)) if isinstance(value, float) else value
            return enclose(exact, exact)
        case ast.UnaryOp(operand=operand):
            return -_value(operand, box)
        case ast.Call(func=ast.Name(id="abs"), args=[arg]):
            return abs(_value(arg, box))
        case ast.Call(func=ast.Name(id=name), args=args):
            return reduce(getattr(Interval, name), [_value(arg, box) for arg in args])
        case ast.BinOp(left=left, op=op, right=right):
            return _step(op, _value(left, box), _value(right, box))
    raise AssertionError(ast.dump(node))


def _step(op: ast.operator, a: Interval, b: Interval) -> Interval:
    """One operation."""
    match op:
        case ast.Add():
            return a + b
        case ast.Sub():
            return a - b
        case ast.Mult():
            return a * b
        case ast.Div():
            return a / b
    return a**b


def _possible(sign: str, left: Interval, right: Interval) -> bool:
    """True where a number of the left can stand in the relation to one of the right."""
    match sign:
        case "==":
            return left.overlaps(right)
        case "<":
            return left.low < right.high
        case "<=":
            return left.low <= right.high
        case ">":
            return left.high > right.low
    return left.high >= right.low


def _repeated(*nodes: ast.expr) -> list[str]:
    """The names that stand more than once in these trees together."""
    counts = Counter(name for node in nodes for name in names_of(node))
    return [name for name, n in counts.items() if n > 1]


def _halves(box: Box, names: list[str], full: Box) -> tuple[Box, Box] | None:
    """The box cut across the name that is widest against its first width; None if too small."""

    def share(name: str) -> float:
        width, first = box[name].width, full[name].width
        return width if math.isinf(width) or first == 0 or math.isinf(first) else width / first

    name = max(names, key=share)
    side = box[name]
    cut = side.middle
    if not side.low < cut < side.high:
        return None
    return {**box, name: Interval(side.low, cut)}, {**box, name: Interval(cut, side.high)}


def _surely(relation: Relation, box: Box, names: list[str]) -> bool:
    """True where the relation holds at a corner or the middle of the box: a short way to yes."""
    ends = [sorted({box[name].low, box[name].middle, box[name].high}) for name in names]
    for point in islice(product(*ends), 81):
        if all(map(math.isfinite, point)):
            fixed = {n: Interval(v, v) for n, v in zip(names, point, strict=True)}
            corner = {**box, **fixed}
            left, right = _value(relation.left, corner), _value(relation.right, corner)
            if _possible(relation.sign, left, right):
                return True
    return False


def _can_hold(relation: Relation, box: Box) -> bool:
    """True where the relation can hold somewhere in the box.

    False is a proof; True may only mean that the search ended before a proof.
    """
    names = _repeated(relation.left, relation.right)
    boxes = [box]
    for _ in range(MAX_BOXES):
        if not boxes:
            return False
        piece = boxes.pop()
        if not _possible(
            relation.sign, _value(relation.left, piece), _value(relation.right, piece)
        ):
            continue
        halves = _halves(piece, names, box) if names else None
        if halves is None or _surely(relation, piece, names):
            return True
        boxes.extend(halves)
    return True


def _range(node: ast.expr, box: Box, pieces: int = 256) -> Interval:
    """All values of a tree in a box, tightened where a name stands twice."""
    names = _repeated(node)
    boxes = [box]
    while names and len(boxes) < pieces:
        halves = [_halves(piece, names, box) for piece in boxes]
        if None in halves:
            break
        boxes = [half for pair in halves if pair for half in pair]
    return reduce(Interval.hull, [_value(node, piece) for piece in boxes])


def _freed(printed: Interval) -> Interval:
    """The reach of a freed number: it keeps its sign and stays below ten times the print."""
    most = FREE_FACTOR * max(abs(end) for end in (printed.low, printed.high))
    return Interval(0 if printed.low >= 0 else -most, 0 if printed.high <= 0 else most)


def _mixes(relation: Relation, box: Box, frees: Collection[str], parts: Parts | None) -> bool:
    """True where some weights can make the relation hold, if it is a mean by freed weights.

    False is a proof. True also where it is no mean, or a freed number may be negative.
    """
    names = [name for name in relation.names if name in (parts.names if parts else frees)]
    if not names or any(box[name].low < 0 for name in names):
        return True
    form = difference(relation, names, lambda node: _value(node, box))
    if form is None:
        return True
    bounds = over_shares(form, names, parts.complete) if parts else over_amounts(form)
    return bounds is None or _possible(relation.sign, bounds, NOTHING)


def check(
    relation: Relation,
    numbers: Mapping[str, Interval],
    unknown: str = "",
    integer_unknown: bool = False,
    frees: Collection[str] = (),
    parts: Parts | None = None,
) -> Outcome:
    """The verdict on a relation between numbers known within bounds.

    It is consistent when it can hold; the bounds are taken as independent. With an `unknown`,
    which stands alone on one side of ==, the outcome is `implied` and bounds it; where it must
    be a whole number and none fits, `inconsistent`. Names in `frees` may differ from print: they
    keep their sign and stay below ten times the largest printed value. Those that are `parts` of
    one whole stay shares: not negative, and one together. Where the relation is a mean by freed
    weights that are not negative, it holds only between the smallest and the largest number.

    Raises:
        SonghuaError: `relation_name_unknown`, for a name without a number;
            `relation_unknown_place`, when the unknown does not stand alone on one side of ==.

    >>> from songhua.maths.relations import parse_relation
    >>> relation = parse_relation("firms / (1 + growth) == before")
    >>> numbers = {"firms": Interval(1180, 1180), "growth": Interval(0.445, 0.455)}
    >>> print(check(relation, numbers, unknown="before", integer_unknown=True).implied)
    811..816
    """
    names = dict.fromkeys((*relation.names, *frees))
    odd = [name for name in names if name not in numbers and name != unknown]
    if odd:
        raise SonghuaError(*(RelationNameUnknown(name=n) for n in odd))
    box = {name: numbers[name] for name in relation.names if name != unknown}
    if unknown:
        return _solve(relation, box, unknown, integer_unknown)
    left, right = _range(relation.left, box), _range(relation.right, box)
    if _can_hold(relation, box):
        return Outcome("consistent", left, right)
    wide = {name: _freed(side) if name in frees else side for name, side in box.items()}
    if frees and not _mixes(relation, wide, frees, parts):
        return Outcome("inconsistent", left, right, outside=True)
    if not frees or not _can_hold(relation, wide):
        return Outcome("inconsistent", left, right)
    return Outcome("consistent_if", left, right, _needed(relation, box, frees))


def _solve(relation: Relation, box: Box, unknown: str, whole: bool) -> Outcome:
    """The bounds of an unknown that stands alone on one side of an equation."""
    places = [side for side in ("left", "right") if relation.alone(side) == unknown]
    times = [*names_of(relation.left), *names_of(relation.right)].count(unknown)
    if relation.sign != "==" or len(places) != 1 or times != 1:
        raise SonghuaError(RelationUnknownPlace(name=unknown, text=relation.text))
    implied = _range(relation.right if places == ["left"] else relation.left, box)
    if not whole:
        return Outcome("implied", implied, implied, implied)
    counts = implied.whole()
    if counts is None:
        return Outcome("inconsistent", implied, implied, implied)
    return Outcome("implied", implied, implied, counts)


def _needed(relation: Relation, box: Box, frees: Collection[str]) -> Interval | None:
    """All that the side with the freed names would have to be; None if both sides have some."""
    free_left = any(name in frees for name in names_of(relation.left))
    free_right = any(name in frees for name in names_of(relation.right))
    if free_left == free_right:
        return None
    opposite = _range(relation.right if free_left else relation.left, box)
    if relation.sign == "==":
        return opposite
    upward = (">" in relation.sign) == free_left
    if upward:
        return replace(EVERYTHING, low=opposite.low)
    return replace(EVERYTHING, high=opposite.high)
