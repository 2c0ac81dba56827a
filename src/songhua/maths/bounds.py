"""Intervals that surely hold a number, and what a printed number leaves open (§5, §8).

Arithmetic rounds outward, so that a result holds every value that the operands allow
(R. E. Moore, Interval Analysis, 1966). Whole numbers stay exact.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from songhua.errors import Fault, SonghuaError
from songhua.maths.rounding import EXACT, INF, are_whole, down, float_toward, over, power, times, up

_PRINTED = re.compile(r"[+-]?(\d{1,300})(?:\.(\d{1,300}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, both included; an end may be infinite.

    Raises:
        SonghuaError: `interval_ends`, when low is above high or an end is not a number.

    >>> Interval(1, 2) + Interval(3, 4), Interval(-1, 2) * 3, Interval(1, 2) / Interval(-1, 1)
    (Interval(low=4.0, high=6.0), Interval(low=-3.0, high=6.0), Interval(low=-inf, high=inf))
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        """Hold the ends as floats, in order."""
        low, high = float(self.low), float(self.high)
        if not low <= high or low == INF or high == -INF:
            raise SonghuaError(Fault("interval_ends", params={"low": low, "high": high}))
        object.__setattr__(self, "low", low + 0.0)
        object.__setattr__(self, "high", high + 0.0)

    def __str__(self) -> str:
        """Both ends to nine significant digits, or the number where they agree.

        >>> print(rounding_bound("0.60"), Interval(811, 816), Interval(7, 7))
        0.595..0.605 811..816 7
        """
        low, high = f"{self.low:.9g}", f"{self.high:.9g}"
        return low if low == high else f"{low}..{high}"

    @property
    def width(self) -> float:
        """High less low."""
        return self.high - self.low

    @property
    def point(self) -> bool:
        """Whether it holds one number only."""
        return self.low == self.high

    @property
    def middle(self) -> float:
        """The number half way; where an end is infinite, a finite number inside."""
        if math.isfinite(self.low) and math.isfinite(self.high):
            return self.low / 2 + self.high / 2
        if math.isfinite(self.low):
            return max(2 * self.low, self.low + 1) if self.low < EXACT else self.low
        if math.isfinite(self.high):
            return min(2 * self.high, self.high - 1) if self.high > -EXACT else self.high
        return 0.0

    def contains(self, value: float | Fraction) -> bool:
        """Whether the number lies in it, the ends included.

        >>> rounding_bound("45").contains(45.5)
        True
        """
        return self.low <= value <= self.high

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share a number."""
        return self.low <= other.high and other.low <= self.high

    def whole(self) -> Interval | None:
        """From the first whole number inside to the last; None if there is none (§4).

        >>> Interval(810.997, 816.6).whole(), Interval(0.2, 0.8).whole()
        (Interval(low=811.0, high=816.0), None)
        """
        low = float(math.ceil(self.low)) if math.isfinite(self.low) else self.low
        high = float(math.floor(self.high)) if math.isfinite(self.high) else self.high
        return Interval(low, high) if low <= high else None

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def __neg__(self) -> Interval:
        """All negatives."""
        return Interval(-self.high, -self.low)

    def __abs__(self) -> Interval:
        """All absolute values.

        >>> abs(Interval(-3, 2))
        Interval(low=0.0, high=3.0)
        """
        if self.low >= 0:
            return self
        return -self if self.high <= 0 else Interval(0, max(-self.low, self.high))

    def __add__(self, other: Number) -> Interval:
        """All sums."""
        b = as_interval(other)
        low = down(self.low + b.low, are_whole(self.low, b.low))
        return Interval(low, up(self.high + b.high, are_whole(self.high, b.high)))

    def __sub__(self, other: Number) -> Interval:
        """All differences."""
        return self + -as_interval(other)

    def __mul__(self, other: Number) -> Interval:
        """All products."""
        b = as_interval(other)
        return _corners(self, b, times)

    def __truediv__(self, other: Number) -> Interval:
        """All quotients; every number, where the divisor may be zero."""
        b = as_interval(other)
        if b.contains(0):
            return EVERYTHING
        return _corners(self, b, over)

    def __pow__(self, other: Number) -> Interval:
        """All powers that are real numbers; every number, where none is sure to be.

        >>> Interval(-2, 3) ** 2, Interval(4, 9) ** -1 == 1 / Interval(4, 9)
        (Interval(low=0.0, high=9.0), True)
        """
        b = as_interval(other)
        if b.point and b.low.is_integer():
            return _whole_power(self, b.low)
        if self.high < 0:
            return EVERYTHING
        pairs = product((max(self.low, 0.0), self.high), (b.low, b.high))
        ends = [power(x, y) for x, y in pairs]
        found = _twice_outward(min(ends), max(ends))
        return Interval(max(found.low, 0.0), found.high)

    def __radd__(self, other: Number) -> Interval:
        """All sums."""
        return self + other

    def __rsub__(self, other: Number) -> Interval:
        """All differences."""
        return as_interval(other) - self

    def __rmul__(self, other: Number) -> Interval:
        """All products."""
        return self * other

    def __rtruediv__(self, other: Number) -> Interval:
        """All quotients."""
        return as_interval(other) / self

    def min(self, other: Number) -> Interval:
        """The lesser of a number of this and a number of the other."""
        b = as_interval(other)
        return Interval(min(self.low, b.low), min(self.high, b.high))

    def max(self, other: Number) -> Interval:
        """The greater of a number of this and a number of the other."""
        b = as_interval(other)
        return Interval(max(self.low, b.low), max(self.high, b.high))


Number: TypeAlias = Interval | int | float | Fraction
EVERYTHING = Interval(-INF, INF)


def as_interval(value: Number) -> Interval:
    """A number as the interval that holds just it, or its two neighbours among the floats.

    >>> print(as_interval(3))
    3
    """
    if isinstance(value, Interval):
        return value
    if isinstance(value, float):
        return Interval(value, value)
    return enclose(value, value)


def enclose(low: Fraction | int, high: Fraction | int) -> Interval:
    """The narrowest interval of floats that holds two exact numbers and all between.

    >>> enclose(Fraction(1, 2), 3)
    Interval(low=0.5, high=3.0)
    >>> enclose(Fraction(1, 3), Fraction(1, 3)).contains(Fraction(1, 3))
    True
    """
    return Interval(float_toward(low, -INF), float_toward(high, INF))


def _corners(a: Interval, b: Interval, operation: Callable[[float, float], float]) -> Interval:
    """A product or quotient from the ends; it keeps the sign that the operands settle."""
    pairs = product((a.low, a.high), (b.low, b.high))
    ends = [(operation(x, y), are_whole(x, y)) for x, y in pairs]
    low = min([down(value, exact) for value, exact in ends])
    high = max([up(value, exact) for value, exact in ends])
    if (a.low >= 0 and b.low >= 0) or (a.high <= 0 and b.high <= 0):
        low = max(low, 0.0)
    if (a.low >= 0 and b.high <= 0) or (a.high <= 0 and b.low >= 0):
        high = min(high, 0.0)
    return Interval(low, high)


def _twice_outward(low: float, high: float) -> Interval:
    """The ends two steps further out: a power is not always rounded to the nearest float."""
    return Interval(down(down(low)), up(up(high)))


def _whole_power(base: Interval, n: float) -> Interval:
    """A power with a whole exponent."""
    if n == 0:
        return Interval(1, 1)
    if n < 0:
        return 1 / _whole_power(base, -n)
    if n % 2 == 0:
        base = abs(base)
    low, high = power(base.low, n), power(base.high, n)
    if are_whole(base.low, base.high):
        return Interval(down(low, exact=True), up(high, exact=True))
    found = _twice_outward(low, high)
    return Interval(max(found.low, 0.0), found.high) if base.low >= 0 else found


def read_print(text: str) -> tuple[Fraction, Fraction]:
    """The printed number, and half a unit in its last place.

    Raises:
        SonghuaError: `number_unreadable`.

    >>> read_print("0.60")
    (Fraction(3, 5), Fraction(1, 200))
    """
    match = _PRINTED.fullmatch(text.strip())
    if match is None:
        raise SonghuaError(Fault("number_unreadable", params={"text": text[:40]}))
    return Fraction(text.strip()), Fraction(1, 2 * 10 ** len(match[2] or ""))


def rounding_bound(text: str, factor: Fraction | int = 1) -> Interval:
    """What a printed number can have been before it was rounded, times `factor`.

    Half a unit in the last printed place to either side. Covers rounding only: not revision,
    not a change of definition, not a mistake.

    Raises:
        SonghuaError: `number_unreadable`, for anything but digits with at most one point.

    >>> print(rounding_bound("45"), rounding_bound("0.60"), rounding_bound("45", Fraction(1, 100)))
    44.5..45.5 0.595..0.605 0.445..0.455
    """
    value, half = read_print(text)
    low, high = (value - half) * factor, (value + half) * factor
    return enclose(min(low, high), max(low, high))
