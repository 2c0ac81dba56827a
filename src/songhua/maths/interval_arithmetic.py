"""The arithmetic of intervals: each rule once, for numbers, arrays and columns of a table (§5, §8).

A rule says which ends of the operands make the ends of the result (R. E. Moore, Interval Analysis,
1966). An arithmetic says how two ends are added, multiplied, divided and chosen from, and rounded.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any, ClassVar, Protocol, Self, TypeAlias

import numpy as np

End: TypeAlias = Any  # a number, an array, or a column of a table
Ends: TypeAlias = tuple[End, End]
Operation: TypeAlias = Callable[[End, End], End]
_MINIMUM: Operation = np.minimum
_MAXIMUM: Operation = np.maximum


class Span(Protocol):
    """All numbers from `low` to `high`; `nonnegative` where surely none is below zero."""

    @property
    def low(self) -> End: ...  # noqa: D102
    @property
    def high(self) -> End: ...  # noqa: D102
    @property
    def nonnegative(self) -> bool: ...  # noqa: D102


class Arithmetic:
    """Plain numbers, not rounded.

    >>> Arithmetic().ends(operator.add, 1, 2, 3, 4), Arithmetic().where(False, 1, 2)
    ((3, 7), 2)
    """

    times = staticmethod(operator.mul)
    over = staticmethod(operator.truediv)
    least, greatest = staticmethod(min), staticmethod(max)

    def where(self, condition: Any, yes: End, no: End) -> End:
        """One value or the other."""
        return yes if condition else no

    def chosen(self, operation: Operation, x: End, y: End, u: End, v: End) -> Ends:
        """A lower end from x and y, an upper one from u and v; one and the same from the same."""
        low = operation(x, y)
        return low, low if x is u and y is v else operation(u, v)

    ends = chosen  # as an arithmetic that rounds does not


class OfArrays(Arithmetic):
    """Arrays, chosen from element by element.

    >>> OfArrays().least(np.array([1, 5]), 3).tolist()
    [1, 3]
    """

    def where(self, condition: Any, yes: End, no: End) -> End:
        """One value or the other."""
        if isinstance(condition, (bool, np.bool_)):
            return yes if condition else no
        return np.where(condition, yes, no)

    least = staticmethod(lambda *ends: reduce(_MINIMUM, ends))
    greatest = staticmethod(lambda *ends: reduce(_MAXIMUM, ends))


def add(on: Arithmetic, a: Span, b: Span) -> Ends:
    """All sums."""
    return on.ends(operator.add, a.low, b.low, a.high, b.high)


def subtract(on: Arithmetic, a: Span, b: Span) -> Ends:
    """All differences."""
    return on.ends(operator.sub, a.low, b.high, a.high, b.low)


def multiply(on: Arithmetic, a: Span, b: Span) -> Ends:
    """All products."""
    if (a.nonnegative and b.nonnegative) or _points(a, b):
        return on.ends(on.times, a.low, b.low, a.high, b.high)
    return _corners(on, on.times, a, b)


def divide(on: Arithmetic, a: Span, b: Span) -> Ends:
    """All quotients by numbers of which none is zero."""
    return over_nonnegative(on, a, b) if b.nonnegative else _corners(on, on.over, a, b)


def over_nonnegative(on: Arithmetic, a: Span, b: Span) -> Ends:
    """All quotients by numbers of which none is zero or below."""
    low, high = on.ends(on.over, a.low, b.high, a.high, b.low)
    if a.nonnegative or _points(a, b):
        return low, high
    beneath, above = on.ends(on.over, a.low, b.low, a.high, b.high)
    return on.where(a.low >= 0, low, beneath), on.where(a.high >= 0, high, above)


def smaller(on: Arithmetic, a: Span, b: Span) -> Ends:
    """The smaller of each two."""
    return on.chosen(on.least, a.low, b.low, a.high, b.high)


def larger(on: Arithmetic, a: Span, b: Span) -> Ends:
    """The larger of each two."""
    return on.chosen(on.greatest, a.low, b.low, a.high, b.high)


def hull(on: Arithmetic, a: Span, b: Span) -> Ends:
    """All that either holds, and what lies between."""
    return on.least(a.low, b.low), on.greatest(a.high, b.high)


def _points(a: Span, b: Span) -> bool:
    """Whether both ends of each are the same thing."""
    return a.low is a.high and b.low is b.high


def _corners(on: Arithmetic, operation: Operation, a: Span, b: Span) -> Ends:
    """From the least to the greatest of what the ends make."""
    w, x, y, z = a.low, a.high, b.low, b.high
    one, two = on.ends(operation, w, y, w, y), on.ends(operation, w, z, w, z)
    three, four = on.ends(operation, x, y, x, y), on.ends(operation, x, z, x, z)
    low = on.least(one[0], two[0], three[0], four[0])
    return low, on.greatest(one[1], two[1], three[1], four[1])


def signed(on: Arithmetic, ends: Ends, a: Span, b: Span) -> Ends:
    """The ends of a product or quotient, with the sign that the operands settle."""
    low, high = ends
    a_up, a_down, b_up, b_down = a.low >= 0, a.high <= 0, b.low >= 0, b.high <= 0
    low = on.where((a_up & b_up) | (a_down & b_down), on.greatest(low, 0.0), low)
    return low, on.where((a_up & b_down) | (a_down & b_up), on.least(high, 0.0), high)


@dataclass(frozen=True, slots=True, eq=False)
class Enclosure:
    """All numbers from `low` to `high`, and operators by an arithmetic that rounds outward.

    `of` makes one of a plain number.
    """

    on: ClassVar[Arithmetic]
    of: ClassVar[Callable[[Any], Any]]
    low: End
    high: End

    @property
    def nonnegative(self) -> bool:
        """Whether no number is below zero."""
        return self.low >= 0

    def __neg__(self) -> Self:
        """All negatives."""
        return type(self)(-self.high, -self.low)

    def __add__(self, other: Self | float | Fraction) -> Self:
        """All sums."""
        return type(self)(*add(self.on, self, self.of(other)))

    def __sub__(self, other: Self | float | Fraction) -> Self:
        """All differences."""
        return type(self)(*subtract(self.on, self, self.of(other)))

    def __mul__(self, other: Self | float | Fraction) -> Self:
        """All products."""
        b = self.of(other)
        return type(self)(*signed(self.on, multiply(self.on, self, b), self, b))

    def __truediv__(self, other: Self | float | Fraction) -> Self:
        """All quotients; every number, where the divisor may be zero."""
        on, b = self.on, self.of(other)
        low, high = signed(on, divide(on, self, b), self, b)
        unsure = (b.low <= 0) & (b.high >= 0)
        return type(self)(on.where(unsure, -math.inf, low), on.where(unsure, math.inf, high))

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: float | Fraction) -> Self:
        """All differences."""
        return self.of(other) - self

    def __rtruediv__(self, other: float | Fraction) -> Self:
        """All quotients."""
        return self.of(other) / self

    def min(self, other: Self | float | Fraction) -> Self:
        """The lesser of a number of this and a number of the other."""
        return type(self)(*smaller(self.on, self, self.of(other)))

    def max(self, other: Self | float | Fraction) -> Self:
        """The greater of a number of this and a number of the other."""
        return type(self)(*larger(self.on, self, self.of(other)))

    def hull(self, other: Self) -> Self:
        """The smallest interval that holds both."""
        return type(self)(*hull(self.on, self, other))

    def overlaps(self, other: Self) -> Any:
        """Whether the two share a number."""
        return (self.low <= other.high) & (other.low <= self.high)
