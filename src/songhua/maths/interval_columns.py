"""Columns of intervals: the arithmetic of `Interval` on many at once, end for end (§5, §8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from songhua.maths.rounding import EXACT

Floats: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """All numbers from `low` to `high` in each row; ends as those of `Interval`, in order.

    Arithmetic rounds outward, whole numbers stay exact.

    >>> of = Intervals(np.array([44.5, -1.0]), np.array([45.5, 1.0]))
    >>> (of / of).low.tolist(), (of - 1).high.tolist()
    ([0.9780219780219779, -inf], [44.50000000000001, 0.0])
    """

    low: Floats
    high: Floats

    def __add__(self, other: Intervals | int) -> Intervals:
        """All sums."""
        b = _columns(other)
        with np.errstate(over="ignore"):
            low, high = self.low + b.low, self.high + b.high
        low = _down(low, _whole(self.low, b.low))
        return Intervals(low + 0.0, _up(high, _whole(self.high, b.high)) + 0.0)

    def __sub__(self, other: Intervals | int) -> Intervals:
        """All differences."""
        b = _columns(other)
        return self + Intervals(-b.high, -b.low)

    def __mul__(self, other: Intervals | int) -> Intervals:
        """All products."""
        return _corners(self, _columns(other), _times)

    def __truediv__(self, other: Intervals | int) -> Intervals:
        """All quotients; every number, where the divisor may be zero."""
        b = _columns(other)
        open_ended = (b.low <= 0) & (b.high >= 0)
        sure = Intervals(np.where(open_ended, 1.0, b.low), np.where(open_ended, 1.0, b.high))
        found = _corners(self, sure, _over)
        low = np.where(open_ended, -np.inf, found.low)
        return Intervals(low, np.where(open_ended, np.inf, found.high))

    def overlap(self, other: Intervals) -> Mask:
        """Where the two share a number."""
        return (self.low <= other.high) & (other.low <= self.high)


def _columns(value: Intervals | int) -> Intervals:
    """A whole number as intervals that hold just it."""
    if isinstance(value, Intervals):
        return value
    return Intervals(np.array(float(value)), np.array(float(value)))


def _corners(
    a: Intervals, b: Intervals, operation: Callable[[Floats, Floats], Floats]
) -> Intervals:
    """Products or quotients from the ends; they keep the sign that the operands settle."""
    pairs = list(product((a.low, a.high), (b.low, b.high)))
    with np.errstate(over="ignore"):  # what is too large is infinite, as among floats
        ends = [(operation(x, y), _whole(x, y)) for x, y in pairs]
    low = np.minimum.reduce([_down(value, exact) for value, exact in ends])
    high = np.maximum.reduce([_up(value, exact) for value, exact in ends])
    a_up, a_down, b_up, b_down = a.low >= 0, a.high <= 0, b.low >= 0, b.high <= 0
    low = np.where((a_up & b_up) | (a_down & b_down), np.maximum(low, 0.0), low)
    high = np.where((a_up & b_down) | (a_down & b_up), np.minimum(high, 0.0), high)
    return Intervals(low + 0.0, high + 0.0)


def _whole(a: Floats, b: Floats) -> Mask:
    """Where both are whole numbers that a float holds exactly."""
    near = (np.abs(a) <= EXACT) & (np.abs(b) <= EXACT)
    return near & (np.floor(a) == a) & (np.floor(b) == b)


def _down(value: Floats, exact: Mask) -> Floats:
    """Lower ends, one step further down unless they are exact."""
    kept = exact & (np.floor(value) == value) & (np.abs(value) < EXACT)
    return np.where(kept, value, np.nextafter(value, -np.inf))


def _up(value: Floats, exact: Mask) -> Floats:
    """Upper ends, one step further up unless they are exact."""
    return -_down(-value, exact)


def _times(x: Floats, y: Floats) -> Floats:
    """Products in which nothing times anything is nothing."""
    none = (x == 0) | (y == 0)
    return np.where(none, 0.0, np.where(none, 1.0, x) * np.where(none, 1.0, y))


def _over(x: Floats, y: Floats) -> Floats:
    """Quotients in which anything over infinity is nothing."""
    boundless = np.isinf(y)
    return np.where(boundless, 0.0, x / np.where(boundless, 1.0, y))
