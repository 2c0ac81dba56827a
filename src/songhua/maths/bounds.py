"""Intervals that surely hold a number, among them those of printed numbers (§5, §8).

Arithmetic rounds outward, so that a result holds every value that the operands allow
(R. E. Moore, Interval Analysis, 1966). Whole numbers stay exact.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import nextafter as step
from typing import ClassVar, TypeAlias

from songhua.errors import SonghuaError
from songhua.fault_kinds import NumberUnreadable
from songhua.maths.fault_kinds import IntervalEnds
from songhua.maths.interval_arithmetic import Enclosure
from songhua.maths.rounding import EXACT, INF, Outward, are_whole, float_toward, power

_PRINTED = re.compile(r"[+-]?(\d{1,300})(?:\.(\d{1,300}))?", re.ASCII)


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


@dataclass(frozen=True, slots=True)
class Interval(Enclosure):
    """All numbers from `low` to `high`, both included; an end may be infinite.

    Raises:
        SonghuaError: `interval_ends`, when low is above high or an end is not a number.

    >>> Interval(1, 2) + Interval(3, 4), Interval(-1, 2) * 3, Interval(1, 2) / Interval(-1, 1)
    (Interval(low=4.0, high=6.0), Interval(low=-3.0, high=6.0), Interval(low=-inf, high=inf))
    """

    on: ClassVar = Outward()
    of: ClassVar = staticmethod(as_interval)
    low: float
    high: float

    def __post_init__(self) -> None:
        """Hold the ends as floats, in order."""
        low, high = self.low, self.high
        if not low <= high or low == INF or high == -INF:
            raise SonghuaError(IntervalEnds(low=float(low), high=float(high)))
        if not (type(low) is type(high) is float and low and high):
            object.__setattr__(self, "low", float(low) + 0.0)
            object.__setattr__(self, "high", float(high) + 0.0)

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
        """True where it holds one number only."""
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
        """True for a number that lies in it, the ends included.

        >>> rounding_bound("45").contains(45.5)
        True
        """
        return self.low <= value <= self.high

    def whole(self) -> Interval | None:
        """From the first whole number inside to the last; None if there is none (§4).

        >>> Interval(810.997, 816.6).whole(), Interval(0.2, 0.8).whole()
        (Interval(low=811.0, high=816.0), None)
        """
        low = float(math.ceil(self.low)) if math.isfinite(self.low) else self.low
        high = float(math.floor(self.high)) if math.isfinite(self.high) else self.high
        return Interval(low, high) if low <= high else None

    def __abs__(self) -> Interval:
        """All absolute values.

        >>> abs(Interval(-3, 2))
        Interval(low=0.0, high=3.0)
        """
        if self.low >= 0:
            return self
        return -self if self.high <= 0 else Interval(0, max(-self.low, self.high))

    def __pow__(self, exponent: Number) -> Interval:
        """All powers that are real numbers; every number, where none is sure to be.

        >>> Interval(-2, 3) ** 2, Interval(4, 9) ** -1 == 1 / Interval(4, 9)
        (Interval(low=0.0, high=9.0), True)
        """
        b = as_interval(exponent)
        if b.point and b.low.is_integer():
            return _whole_power(self, b.low)
        if self.high < 0:
            return EVERYTHING
        pairs = product((max(self.low, 0.0), self.high), (b.low, b.high))
        ends = [power(x, y) for x, y in pairs]
        powers = _twice_outward(min(ends), max(ends))
        return Interval(max(powers.low, 0.0), powers.high)


Number: TypeAlias = Interval | int | float | Fraction
EVERYTHING = Interval(-INF, INF)


def enclose(low: Fraction | int, high: Fraction | int) -> Interval:
    """The narrowest interval of floats that holds two exact numbers and all between.

    >>> enclose(Fraction(1, 2), 3)
    Interval(low=0.5, high=3.0)
    >>> enclose(Fraction(1, 3), Fraction(1, 3)).contains(Fraction(1, 3))
    True
    """
    return Interval(float_toward(low, -INF), float_toward(high, INF))


def _twice_outward(low: float, high: float) -> Interval:
    """The ends two steps further out: a power is not always rounded to the nearest float."""
    return Interval(step(step(low, -INF), -INF), step(step(high, INF), INF))


def _whole_power(base: Interval, n: float) -> Interval:
    """A power with a whole exponent."""
    if n == 0:
        return Interval(1, 1)
    if n < 0:
        return 1 / _whole_power(base, -n)
    if n % 2 == 0:
        base = abs(base)
    if are_whole(base.low, base.high):
        return Interval(*Interval.on.ends(power, base.low, n, base.high, n))
    powers = _twice_outward(power(base.low, n), power(base.high, n))
    return Interval(max(powers.low, 0.0), powers.high) if base.low >= 0 else powers


def read_print(text: str) -> tuple[Fraction, Fraction]:
    """The printed number, and half a unit in its last place.

    Raises:
        SonghuaError: `number_unreadable`.

    >>> read_print("0.60")
    (Fraction(3, 5), Fraction(1, 200))
    """
    match = _PRINTED.fullmatch(text.strip())
    if match is None:
        raise SonghuaError(NumberUnreadable(text=text[:40]))
    return Fraction(text.strip()), Fraction(1, 2 * 10 ** len(match[2] or ""))


def rounding_bound(text: str, factor: Fraction | int = 1) -> Interval:
    """All that a printed number can have been before it was rounded, times `factor`.

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
