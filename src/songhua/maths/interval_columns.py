"""Columns of intervals: the arithmetic of `Interval` on many at once, end for end (§5, §8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

import numpy as np
import numpy.typing as npt

from songhua.maths.bounds import Number, as_interval
from songhua.maths.interval_arithmetic import Enclosure, Ends, OfArrays, Operation
from songhua.maths.rounding import EXACT

Floats: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]


class OutwardColumns(OfArrays):
    """Columns of floats, rounded row by row as `Outward` rounds one number."""

    @staticmethod
    def times(x: Floats, y: Floats) -> Floats:
        """Products in which nothing times anything is nothing."""
        none = (x == 0) | (y == 0)
        return np.where(none, 0.0, np.where(none, 1.0, x) * np.where(none, 1.0, y))

    @staticmethod
    def over(x: Floats, y: Floats) -> Floats:
        """Quotients in which anything over infinity is nothing; nothing too, over zero."""
        none = np.isinf(y) | (y == 0)
        return np.where(none, 0.0, x / np.where(none, 1.0, y))

    def ends(self, operation: Operation, x: Floats, y: Floats, u: Floats, v: Floats) -> Ends:
        """The ends as those of numbers; too large ones are infinite."""
        with np.errstate(over="ignore"):
            low = operation(x, y)
            high = low if x is u and y is v else operation(u, v)
            return _outward(low, -np.inf, x, y), _outward(high, np.inf, u, v)


def _outward(values: Floats, end: float, *operands: Floats) -> Floats:
    """Values one step on, unless they and their operands are whole numbers, and so exact."""
    exact = (np.floor(values) == values) & (np.abs(values) < EXACT)
    for operand in operands:
        exact &= (np.abs(operand) <= EXACT) & (np.floor(operand) == operand)
    return np.where(exact, values, np.nextafter(values, end)) + 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Intervals(Enclosure):
    """All numbers from `low` to `high` in each row; ends as those of `Interval`, in order.

    Arithmetic rounds outward, whole numbers stay exact.

    >>> of = Intervals(np.array([44.5, -1.0]), np.array([45.5, 1.0]))
    >>> (of / of).low.tolist(), (of - 1).high.tolist()
    ([0.9780219780219779, -inf], [44.50000000000001, 0.0])
    """

    on: ClassVar = OutwardColumns()

    @staticmethod
    def of(value: Intervals | Number) -> Intervals:
        """A number as intervals that hold just it, or its two neighbours among the floats."""
        if isinstance(value, Intervals):
            return value
        interval = as_interval(value)
        low = np.array(interval.low)
        return Intervals(low, low if interval.point else np.array(interval.high))

    @property
    def nonnegative(self) -> bool:
        """True where no number is below zero."""
        return bool((self.low >= 0).all())
