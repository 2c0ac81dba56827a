"""Keys that put rows in the order of a number; what is not known comes last."""

from __future__ import annotations

import math


def rising(value: float) -> tuple[bool, float]:
    """A key by which the smallest comes first, and what is not known last.

    >>> sorted([2.0, math.nan, 1.0], key=rising)
    [1.0, 2.0, nan]
    """
    return math.isnan(value), value


def falling(value: float) -> tuple[bool, float]:
    """A key by which the largest comes first, and what is not known last.

    >>> sorted([1.0, math.nan, 2.0], key=falling)
    [2.0, 1.0, nan]
    """
    return math.isnan(value), -value
