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

    def add(self, a: Span, b: Span) -> Ends:
        """All sums."""
        return self.ends(operator.add, a.low, b.low, a.high, b.high)

    def subtract(self, a: Span, b: Span) -> Ends:
        """All differences."""
        return self.ends(operator.sub, a.low, b.high, a.high, b.low)

    def multiply(self, a: Span, b: Span) -> Ends:
        """All products."""
        if (a.nonnegative and b.nonnegative) or _points(a, b):
            return self.ends(self.times, a.low, b.low, a.high, b.high)
        return self._corners(self.times, a, b)

    def divide(self, a: Span, b: Span) -> Ends:
        """All quotients by numbers of which none is zero."""
        return self.over_nonnegative(a, b) if b.nonnegative else self._corners(self.over, a, b)

    def over_nonnegative(self, a: Span, b: Span) -> Ends:
        """All quotients by numbers of which none is zero or below."""
        low, high = self.ends(self.over, a.low, b.high, a.high, b.low)
        if a.nonnegative or _points(a, b):
            return low, high
        beneath, above = self.ends(self.over, a.low, b.low, a.high, b.high)
        return self.where(a.low >= 0, low, beneath), self.where(a.high >= 0, high, above)

    def smaller(self, a: Span, b: Span) -> Ends:
        """The smaller of each two."""
        return self.chosen(self.least, a.low, b.low, a.high, b.high)

    def larger(self, a: Span, b: Span) -> Ends:
        """The larger of each two."""
        return self.chosen(self.greatest, a.low, b.low, a.high, b.high)

    def hull(self, a: Span, b: Span) -> Ends:
        """All numbers of either, and those between."""
        return self.least(a.low, b.low), self.greatest(a.high, b.high)

    def _corners(self, operation: Operation, a: Span, b: Span) -> Ends:
        """The least and the greatest outcome at the ends."""
        w, x, y, z = a.low, a.high, b.low, b.high
        wy, wz = self.ends(operation, w, y, w, y), self.ends(operation, w, z, w, z)
        xy, xz = self.ends(operation, x, y, x, y), self.ends(operation, x, z, x, z)
        low = self.least(wy[0], wz[0], xy[0], xz[0])
        return low, self.greatest(wy[1], wz[1], xy[1], xz[1])

    def signed(self, ends: Ends, a: Span, b: Span) -> Ends:
        """The ends of a product or quotient, with the sign that the operands settle."""
        low, high = ends
        a_up, a_down, b_up, b_down = a.low >= 0, a.high <= 0, b.low >= 0, b.high <= 0
        low = self.where((a_up & b_up) | (a_down & b_down), self.greatest(low, 0.0), low)
        return low, self.where((a_up & b_down) | (a_down & b_up), self.least(high, 0.0), high)


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


def _points(a: Span, b: Span) -> bool:
    """True where both ends of each are the same object."""
    return a.low is a.high and b.low is b.high


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
        """True where no number is below zero."""
        return self.low >= 0

    def __neg__(self) -> Self:
        """All negatives."""
        return type(self)(-self.high, -self.low)

    def __add__(self, other: Self | float | Fraction) -> Self:
        """All sums."""
        return type(self)(*self.on.add(self, self.of(other)))

    def __sub__(self, other: Self | float | Fraction) -> Self:
        """All differences."""
        return type(self)(*self.on.subtract(self, self.of(other)))

    def __mul__(self, other: Self | float | Fraction) -> Self:
        """All products."""
        b = self.of(other)
        return type(self)(*self.on.signed(self.on.multiply(self, b), self, b))

    def __truediv__(self, other: Self | float | Fraction) -> Self:
        """All quotients; every number, where the divisor may be zero."""
        on, b = self.on, self.of(other)
        low, high = on.signed(on.divide(self, b), self, b)
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
        return type(self)(*self.on.smaller(self, self.of(other)))

    def max(self, other: Self | float | Fraction) -> Self:
        """The greater of a number of this and a number of the other."""
        return type(self)(*self.on.larger(self, self.of(other)))

    def hull(self, other: Self) -> Self:
        """The smallest interval that holds both."""
        return type(self)(*self.on.hull(self, other))

    def overlaps(self, other: Self) -> Any:
        """True where the two share a number."""
        return (self.low <= other.high) & (other.low <= self.high)
