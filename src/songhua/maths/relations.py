"""Relations between printed numbers, and whether they can hold within the numbers' bounds.

`firms / (1 + growth) == before` is read into a tree of a few allowed parts and evaluated with
intervals. Where a name stands twice, an interval is too wide, so the box of all names is cut
into smaller boxes until none can hold the relation or one surely does (branch and bound).
"""

from __future__ import annotations

import ast
import math
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import reduce
from itertools import islice, product
from typing import TypeAlias

from songhua.errors import Fault, SonghuaError
from songhua.maths.bounds import EVERYTHING, Interval, enclose

MAX_LENGTH = 500
MAX_DEPTH = 30
MAX_BOXES = 2000
FREE_FACTOR = 10
FUNCTIONS = {"abs": (1, 1), "min": (2, 20), "max": (2, 20)}

_TOKENS = re.compile(
    r"(?:[ \t]|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|[A-Za-z_]\w*|\*\*|[=<>]=|[-+*/()<>,])++",
    re.ASCII,
)
_SIGNS: dict[type, str] = {ast.Eq: "==", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_STEPS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)
Box: TypeAlias = dict[str, Interval]
Dimension: TypeAlias = Mapping[str, Fraction]


@dataclass(frozen=True)
class Relation:
    """Two expressions and the sign between them; `names` in the order they are met."""

    text: str
    sign: str
    names: tuple[str, ...]
    left: ast.expr = field(compare=False, repr=False)
    right: ast.expr = field(compare=False, repr=False)

    def alone(self, side: str) -> str:
        """The name that stands alone on the side `left` or `right`, or nothing.

        >>> parse_relation("firms / (1 + growth) == before").alone("right")
        'before'
        """
        node = self.left if side == "left" else self.right
        return node.id if isinstance(node, ast.Name) else ""


@dataclass(frozen=True)
class Outcome:
    """What the arithmetic says.

    `verdict` is consistent, inconsistent, implied (an unknown, now bounded) or consistent_if
    (fails as printed, holds if the freed numbers may differ). `left` and `right` hold the two
    sides as printed; `implied` holds the unknown, or what the side with the freed numbers
    would have to be.
    """

    verdict: str
    left: Interval
    right: Interval
    implied: Interval | None = None


def dimension(relation: Relation, dimensions: Mapping[str, Dimension]) -> Dimension:
    """What both sides measure: the powers of the base units, none for a plain ratio.

    It is read from the left side, or from the right where the left has no names. A sum takes
    the dimension of its first term that has names.

    >>> yuan, heads = {"CNY": Fraction(1)}, {"persons": Fraction(1)}
    >>> relation = parse_relation("gdp / people == each")
    >>> dimension(relation, {"gdp": yuan, "people": heads, "each": {}})
    {'CNY': Fraction(1, 1), 'persons': Fraction(-1, 1)}
    """
    side = relation.left if _names(relation.left) else relation.right
    return _dimension(side, dimensions)


def _dimension(node: ast.expr, dimensions: Mapping[str, Dimension]) -> Dimension:
    match node:
        case ast.Name(id=name):
            return dimensions.get(name, {})
        case ast.UnaryOp(operand=operand):
            return _dimension(operand, dimensions)
        case ast.Call(args=args):
            return _dimension(next((arg for arg in args if _names(arg)), args[0]), dimensions)
        case ast.BinOp(left=base, op=ast.Pow(), right=ast.Constant(value=int() | float() as n)):
            power = Fraction(n).limit_denominator(1000)
            return _powers(_dimension(base, dimensions), {}, power)
        case ast.BinOp(left=base, op=ast.Pow()):
            return _dimension(base, dimensions)
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div() as op, right=right):
            times = Fraction(1 if isinstance(op, ast.Mult) else -1)
            first, second = (_dimension(side, dimensions) for side in (left, right))
            return _powers(second, first, times)
        case ast.BinOp(left=left, right=right):
            return _dimension(left if _names(left) else right, dimensions)
    return {}


def _powers(one: Dimension, other: Dimension, times: Fraction) -> Dimension:
    """The powers of `one` times a number, added to those of `other`."""
    total = {base: other.get(base, Fraction(0)) for base in (*other, *one)}
    for base, power in one.items():
        total[base] += power * times
    return {base: power for base, power in total.items() if power}


def _unreadable(text: str) -> SonghuaError:
    return SonghuaError(Fault("relation_unreadable", params={"text": text[:80]}))


def parse_relation(text: str) -> Relation:
    """Read a relation: names, numbers, + - * / **, abs min max, and one of == < <= > >=.

    Names are of ASCII letters, digits and underscores. At most 500 signs and 30 levels.

    Raises:
        SonghuaError: `relation_unreadable`, for any other text.

    >>> parse_relation("abs(a - b) <= 0.1 * max(a, b)").names
    ('a', 'b')
    """
    body = text.strip()
    if len(body) > MAX_LENGTH or not _TOKENS.fullmatch(body):
        raise _unreadable(text)
    try:
        node = ast.parse(body, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _unreadable(text) from None
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        raise _unreadable(text)
    sign = _SIGNS.get(type(node.ops[0]))
    sides = node.left, node.comparators[0]
    if sign is None or not all(_allowed(side, MAX_DEPTH) for side in sides):
        raise _unreadable(text)
    names = dict.fromkeys(name for side in sides for name in _names(side))
    return Relation(body, sign, tuple(names), *sides)


def _allowed(node: ast.expr, depth: int) -> bool:
    """Whether a tree is made of allowed parts and not too deep."""
    if depth == 0:
        return False
    match node:
        case ast.Name(id=name):
            return name not in FUNCTIONS
        case ast.Constant(value=bool()):
            return False
        case ast.Constant(value=int() | float() as value):
            return isinstance(value, int) or math.isfinite(value)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _allowed(operand, depth - 1)
        case ast.BinOp(left=left, op=op, right=right):
            return isinstance(op, _STEPS) and all(_allowed(n, depth - 1) for n in (left, right))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
            least, most = FUNCTIONS[name]
            return least <= len(args) <= most and all(_allowed(n, depth - 1) for n in args)
    return False


def _names(node: ast.expr) -> list[str]:
    """The names in a tree from left to right, each time it stands there."""
    match node:
        case ast.Name(id=name):
            return [name]
        case ast.UnaryOp(operand=operand):
            return _names(operand)
        case ast.BinOp(left=left, right=right):
            return _names(left) + _names(right)
        case ast.Call(args=args):
            return [name for arg in args for name in _names(arg)]
    return []


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
    """Whether a number of the left can stand in the relation to a number of the right."""
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
    counts = Counter(name for node in nodes for name in _names(node))
    return [name for name, n in counts.items() if n > 1]


def _halves(box: Box, names: list[str], full: Box) -> tuple[Box, Box] | None:
    """The box cut across the name that is widest against its first width; None if too small."""

    def share(name: str) -> float:
        here, first = box[name].width, full[name].width
        return here if math.isinf(here) or first == 0 or math.isinf(first) else here / first

    name = max(names, key=share)
    side = box[name]
    cut = side.middle
    if not side.low < cut < side.high:
        return None
    return {**box, name: Interval(side.low, cut)}, {**box, name: Interval(cut, side.high)}


def _surely(relation: Relation, box: Box, names: list[str]) -> bool:
    """Whether the relation holds at a corner or the middle of the box: a short way to yes."""
    ends = [sorted({box[name].low, box[name].middle, box[name].high}) for name in names]
    for point in islice(product(*ends), 81):
        if all(map(math.isfinite, point)):
            fixed = {n: Interval(v, v) for n, v in zip(names, point, strict=True)}
            there = {**box, **fixed}
            left, right = _value(relation.left, there), _value(relation.right, there)
            if _possible(relation.sign, left, right):
                return True
    return False


def _can_hold(relation: Relation, box: Box) -> bool:
    """Whether the relation can hold somewhere in the box.

    No is a proof; yes may only mean that the search ended before it could say no.
    """
    names = _repeated(relation.left, relation.right)
    boxes = [box]
    for _ in range(MAX_BOXES):
        if not boxes:
            return False
        here = boxes.pop()
        if not _possible(relation.sign, _value(relation.left, here), _value(relation.right, here)):
            continue
        halves = _halves(here, names, box) if names else None
        if halves is None or _surely(relation, here, names):
            return True
        boxes.extend(halves)
    return True


def _range(node: ast.expr, box: Box, pieces: int = 256) -> Interval:
    """All values of a tree in a box, tightened where a name stands twice."""
    names = _repeated(node)
    boxes = [box]
    while names and len(boxes) < pieces:
        halves = [_halves(one, names, box) for one in boxes]
        if None in halves:
            break
        boxes = [half for pair in halves if pair for half in pair]
    return reduce(Interval.hull, [_value(node, one) for one in boxes])


def _freed(printed: Interval) -> Interval:
    """How far a freed number may go: it keeps its sign and stays below ten times the print."""
    most = FREE_FACTOR * max(abs(end) for end in (printed.low, printed.high))
    return Interval(0 if printed.low >= 0 else -most, 0 if printed.high <= 0 else most)


def check(
    relation: Relation,
    numbers: Mapping[str, Interval],
    unknown: str = "",
    integer_unknown: bool = False,
    frees: Collection[str] = (),
) -> Outcome:
    """Whether a relation can hold between numbers known within bounds.

    It is consistent when it can hold; the bounds are taken as independent. With an `unknown`,
    which stands alone on one side of ==, the outcome is `implied` and bounds it; where it must
    be a whole number and none fits, `inconsistent`. Names in `frees` may differ from print: they
    keep their sign and stay below ten times the largest printed value.

    Raises:
        SonghuaError: `relation_name_unknown`, for a name without a number;
            `relation_unknown_place`, when the unknown does not stand alone on one side of ==.

    >>> relation = parse_relation("firms / (1 + growth) == before")
    >>> numbers = {"firms": Interval(1180, 1180), "growth": Interval(0.445, 0.455)}
    >>> print(check(relation, numbers, unknown="before", integer_unknown=True).implied)
    811..816
    """
    named = dict.fromkeys((*relation.names, *frees))
    odd = [name for name in named if name not in numbers and name != unknown]
    if odd:
        raise SonghuaError(*(Fault("relation_name_unknown", params={"name": n}) for n in odd))
    box = {name: numbers[name] for name in relation.names if name != unknown}
    if unknown:
        return _solve(relation, box, unknown, integer_unknown)
    left, right = _range(relation.left, box), _range(relation.right, box)
    if _can_hold(relation, box):
        return Outcome("consistent", left, right)
    wide = {name: _freed(side) if name in frees else side for name, side in box.items()}
    if not frees or not _can_hold(relation, wide):
        return Outcome("inconsistent", left, right)
    return Outcome("consistent_if", left, right, _needed(relation, box, frees))


def _solve(relation: Relation, box: Box, unknown: str, whole: bool) -> Outcome:
    """The bounds of an unknown that stands alone on one side of an equation."""
    places = [side for side in ("left", "right") if relation.alone(side) == unknown]
    times = [*_names(relation.left), *_names(relation.right)].count(unknown)
    if relation.sign != "==" or len(places) != 1 or times != 1:
        raise SonghuaError(
            Fault("relation_unknown_place", params={"name": unknown, "text": relation.text})
        )
    implied = _range(relation.right if places == ["left"] else relation.left, box)
    if not whole:
        return Outcome("implied", implied, implied, implied)
    counts = implied.whole()
    if counts is None:
        return Outcome("inconsistent", implied, implied, implied)
    return Outcome("implied", implied, implied, counts)


def _needed(relation: Relation, box: Box, frees: Collection[str]) -> Interval | None:
    """What the side with the freed names would have to be; None if both sides have some."""
    free_left = any(name in frees for name in _names(relation.left))
    free_right = any(name in frees for name in _names(relation.right))
    if free_left == free_right:
        return None
    other = _range(relation.right if free_left else relation.left, box)
    if relation.sign == "==":
        return other
    upward = (">" in relation.sign) == free_left
    if upward:
        return replace(EVERYTHING, low=other.low)
    return replace(EVERYTHING, high=other.high)
