"""Relations in numbers that are parts of one whole, and the values that any parts allow.

Where a relation is linear in shares that are not negative and add up to one, its ends lie at the
corners, where one share is everything: the weighted mean lies between its numbers.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import reduce

from songhua.maths.bounds import Interval
from songhua.maths.relations import Relation, names_of

NOTHING, ONE = Interval(0, 0), Interval(1, 1)
Value = Callable[[ast.expr], Interval]


@dataclass(frozen=True, slots=True)
class Linear:
    """A constant and a coefficient by name, all within bounds."""

    constant: Interval = NOTHING
    by_name: dict[str, Interval] = field(default_factory=dict)

    def plus(self, other: Linear) -> Linear:
        """The sum of two."""
        names = dict.fromkeys((*self.by_name, *other.by_name))
        added = {n: self.by_name.get(n, NOTHING) + other.by_name.get(n, NOTHING) for n in names}
        return Linear(self.constant + other.constant, added)

    def times(self, other: Linear) -> Linear | None:
        """The product of two, of which one is a constant; None if neither is."""
        if self.by_name and other.by_name:
            return None
        form, factor = (self, other.constant) if self.by_name else (other, self.constant)
        scaled = {name: coefficient * factor for name, coefficient in form.by_name.items()}
        return Linear(form.constant * factor, scaled)

    @property
    def positive(self) -> bool:
        """True where it is above nought for names that are not negative and not all nought."""
        free = all(coefficient.low > 0 for coefficient in self.by_name.values())
        return free and (self.constant.low > 0 or (bool(self.by_name) and self.constant == NOTHING))


def linear(node: ast.expr, names: Collection[str], value: Value) -> Linear | None:
    """A tree as a linear form in some names, the others by their values; None if it is not one.

    >>> tree = ast.parse("2 * a + 3 - a", mode="eval").body
    >>> number = lambda node: Interval(ast.literal_eval(node), ast.literal_eval(node))
    >>> form = linear(tree, ["a"], number)
    >>> form.constant.low, form.by_name["a"].low
    (3.0, 1.0)
    """
    if not set(names) & set(names_of(node)):
        return Linear(value(node))
    match node:
        case ast.Name(id=name):
            return Linear(NOTHING, {name: ONE})
        case ast.UnaryOp(operand=operand):
            inner = linear(operand, names, value)
            return None if inner is None else inner.times(Linear(-ONE))
        case ast.BinOp(left=left, op=op, right=right):
            first, second = linear(left, names, value), linear(right, names, value)
            return None if first is None or second is None else _step(op, first, second)
    return None


def _step(op: ast.operator, first: Linear, second: Linear) -> Linear | None:
    """One operation, if its outcome is a linear form."""
    match op:
        case ast.Add():
            return first.plus(second)
        case ast.Sub():
            negative = second.times(Linear(-ONE))
            return None if negative is None else first.plus(negative)
        case ast.Mult():
            return first.times(second)
        case ast.Div() if not second.by_name:
            return first.times(Linear(1 / second.constant))
    return None


def difference(relation: Relation, names: Collection[str], value: Value) -> Linear | None:
    """Left less right as a linear form that has the difference's sign; None if there is none.

    Quotients by what is above nought are multiplied out: n / d against r has the sign of n - r d.

    >>> from songhua.maths.relations import parse_relation
    >>> mean = parse_relation("(v * 2 + w * 6) / (v + w) == 7")
    >>> number = lambda node: Interval(ast.literal_eval(node), ast.literal_eval(node))
    >>> form = difference(mean, ["v", "w"], number)
    >>> {name: factor.low for name, factor in form.by_name.items()} if form else None
    {'v': -5.0, 'w': -1.0}
    """
    left, right = _quotient(relation.left, names, value), _quotient(relation.right, names, value)
    if left is None or right is None:
        return None
    (top, bottom), (right_top, right_bottom) = left, right
    left_cross, right_cross = top.times(right_bottom), right_top.times(bottom)
    negative = None if right_cross is None else right_cross.times(Linear(-ONE))
    return None if left_cross is None or negative is None else left_cross.plus(negative)


def _quotient(node: ast.expr, names: Collection[str], value: Value) -> tuple[Linear, Linear] | None:
    """A tree as a linear form over another that is above nought."""
    whole = linear(node, names, value)
    if whole is not None:
        return whole, Linear(ONE)
    match node:
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            top, bottom = linear(left, names, value), linear(right, names, value)
            if top is not None and bottom is not None and bottom.positive:
                return top, bottom
    return None


def over_shares(form: Linear, shares: Collection[str], complete: bool) -> Interval:
    """All values of a linear form in shares that are not negative and add up to one.

    sum w_i c_i + k = sum w_i (c_i + k), a mean of c_i + k. Shares that are not `complete` add up
    to one at most: the rest then counts as a share of coefficient nought.

    >>> form = Linear(Interval(1, 1), {"a": Interval(2, 2), "b": Interval(-3, -3)})
    >>> over_shares(form, ["a", "b"], complete=True)
    Interval(low=-2.0, high=3.0)
    """
    corners = [form.by_name.get(name, NOTHING) + form.constant for name in shares]
    if not complete:
        corners.append(form.constant)
    return reduce(Interval.hull, corners)


def over_amounts(form: Linear) -> Interval | None:
    """The values, but for their scale, of a linear form in amounts that are not negative.

    Without a constant, sum v_i c_i has a sign that some c_i has. None with a constant, which
    some amounts can always balance.

    >>> over_amounts(Linear(NOTHING, {"a": Interval(2, 2), "b": Interval(1, 1)}))
    Interval(low=1.0, high=2.0)
    """
    if form.constant != NOTHING or not form.by_name:
        return None
    return reduce(Interval.hull, form.by_name.values())
