"""Directed rounding: arithmetic of floats whose results lie surely below or above the true ones."""

from __future__ import annotations

import math
import sys
from fractions import Fraction

from songhua.maths.interval_arithmetic import Arithmetic, Ends, Operation

#: Up to here a float holds every whole number.
EXACT = 2.0**53
INF = math.inf


def float_toward(value: Fraction | int, toward: float) -> float:
    """The nearest float on the given side of an exact number.

    >>> third = Fraction(1, 3)
    >>> float_toward(third, -INF) < third < float_toward(third, INF)
    True
    """
    try:
        near = float(value)
    except OverflowError:
        near = sys.float_info.max * (1 if value > 0 else -1)
        return near if (value > 0) != (toward > 0) else toward
    beyond = near <= value if toward < 0 else near >= value
    return near if beyond else math.nextafter(near, toward)


def are_whole(*ends: float) -> bool:
    """True where all are whole numbers that a float holds exactly.

    >>> are_whole(1.0, 2.0), are_whole(0.5)
    (True, False)
    """
    for end in ends:  # noqa: SIM110 (called for every end of every interval)
        if not end.is_integer() or abs(end) > EXACT:
            return False
    return True


class Outward(Arithmetic):
    """Floats, the lower end rounded down and the upper one up; whole numbers stay exact.

    >>> third = Outward().ends(Outward.over, 1.0, 3.0, 1.0, 3.0)
    >>> third[0] < Fraction(1, 3) < third[1], Outward().ends(Outward.over, 6.0, 3.0, 9.0, 3.0)
    (True, (2.0, 3.0))
    """

    @staticmethod
    def times(x: float, y: float) -> float:
        """A product in which nothing times anything is nothing.

        >>> Outward.times(0.0, INF)
        0.0
        """
        return 0.0 if x == 0 or y == 0 else x * y

    @staticmethod
    def over(x: float, y: float) -> float:
        """A quotient in which anything over infinity is nothing; nothing too, over zero.

        >>> Outward.over(5.0, INF), Outward.over(5.0, 0.0)
        (0.0, 0.0)
        """
        return 0.0 if y == 0 or math.isinf(y) else x / y

    def ends(self, operation: Operation, x: float, y: float, u: float, v: float) -> Ends:
        """As `chosen`, each a step further out unless it and its operands are whole numbers."""
        low = operation(x, y)
        high = low if x is u and y is v else operation(u, v)
        if not (low.is_integer() and abs(low) < EXACT and are_whole(x, y)):
            low = math.nextafter(low, -INF)
        if not (high.is_integer() and abs(high) < EXACT and are_whole(u, v)):
            high = math.nextafter(high, INF)
        return low, high


def power(x: float, y: float) -> float:
    """A power that is infinite where it is too large or divides by zero.

    >>> power(10.0, 400.0), power(0.0, -1.0)
    (inf, inf)
    >>> power(-10.0, 401.0), power(-10.0, 402.0)
    (-inf, inf)
    """
    try:
        return x**y
    except (OverflowError, ZeroDivisionError):
        return -INF if x < 0 and y % 2 == 1 else INF
