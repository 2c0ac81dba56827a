"""Relations between printed numbers, read into a tree of a few allowed parts.

`firms / (1 + growth) == before` names its numbers; `relation_check` says whether it can hold.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from songhua.errors import SonghuaError
from songhua.maths.fault_kinds import RelationUnreadable

MAX_LENGTH = 500
MAX_DEPTH = 30
FUNCTIONS = {"abs": (1, 1), "min": (2, 20), "max": (2, 20)}

_TOKENS = re.compile(
    r"(?:[ \t]|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|[A-Za-z_]\w*|\*\*|[=<>]=|[-+*/()<>,])++",
    re.ASCII,
)
_SIGNS: dict[type, str] = {ast.Eq: "==", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_STEPS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)
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


def dimension(relation: Relation, dimensions: Mapping[str, Dimension]) -> Dimension:
    """The dimension of both sides: powers of the base units, none for a plain ratio.

    It is read from the left side, or from the right where the left has no names. A sum takes
    the dimension of its first term that has names.

    >>> yuan, heads = {"CNY": Fraction(1)}, {"persons": Fraction(1)}
    >>> relation = parse_relation("gdp / people == each")
    >>> dimension(relation, {"gdp": yuan, "people": heads, "each": {}})
    {'CNY': Fraction(1, 1), 'persons': Fraction(-1, 1)}
    """
    side = relation.left if names_of(relation.left) else relation.right
    return _dimension(side, dimensions)


def _dimension(node: ast.expr, dimensions: Mapping[str, Dimension]) -> Dimension:
    match node:
        case ast.Name(id=name):
            return dimensions.get(name, {})
        case ast.UnaryOp(operand=operand):
            return _dimension(operand, dimensions)
        case ast.Call(args=args):
            return _dimension(next((arg for arg in args if names_of(arg)), args[0]), dimensions)
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
            return _dimension(left if names_of(left) else right, dimensions)
    return {}


def _powers(second: Dimension, first: Dimension, times: Fraction) -> Dimension:
    """The powers of `second` times a number, added to those of `first`."""
    total = {base: first.get(base, Fraction(0)) for base in (*first, *second)}
    for base, power in second.items():
        total[base] += power * times
    return {base: power for base, power in total.items() if power}


def _unreadable(text: str) -> SonghuaError:
    return SonghuaError(RelationUnreadable(text=text[:80]))


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
    names = dict.fromkeys(name for side in sides for name in names_of(side))
    return Relation(body, sign, tuple(names), *sides)


def _allowed(node: ast.expr, depth: int) -> bool:
    """True for a tree of allowed parts that is not too deep."""
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


def names_of(node: ast.expr) -> list[str]:
    """The names in a tree from left to right, each time it stands there.

    >>> names_of(ast.parse("a + b * a", mode="eval").body)
    ['a', 'b', 'a']
    """
    match node:
        case ast.Name(id=name):
            return [name]
        case ast.UnaryOp(operand=operand):
            return names_of(operand)
        case ast.BinOp(left=left, right=right):
            return names_of(left) + names_of(right)
        case ast.Call(args=args):
            return [name for arg in args for name in names_of(arg)]
    return []
