"""Bounds of the parts of a shift-share, where each level lies between two numbers (§5, §8).

The parts are those of `shift_share` in its classic form: of an industry b, c in the region at the
start and the end, B, C in the nation, national b (R - 1), industry mix b (R_i - R) and regional
c - b R_i, with R_i = C / B and R = sum C / sum B.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from songhua.maths.interval_columns import Floats, Intervals

#: The change and its parts.
PARTS = ("change", "national", "industry_mix", "regional")
Ends: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class ShiftBounds:
    """The ends of a region's change and of its parts, by industry."""

    change: Intervals
    national: Intervals
    industry_mix: Intervals
    regional: Intervals

    def at(self, part: str, place: int) -> Ends:
        """The ends of a part of one industry; not-a-number where a level has none."""
        ends: Intervals = getattr(self, part)
        return float(ends.low[place]), float(ends.high[place])

    def whole(self, part: str) -> Ends:
        """The ends of the sum over all industries."""
        total = _sum(getattr(self, part))
        return float(total.low), float(total.high)


def shift_bounds(
    start: tuple[Floats, Floats],
    end: tuple[Floats, Floats],
    before: tuple[Floats, Floats],
    after: tuple[Floats, Floats],
) -> ShiftBounds:
    """The ends that levels within their own ends leave, and no narrower ones that are certain.

    They hold whatever the levels are; those of the industry mix are wider than need be, since an
    industry's own figures are in the nation's total as well. Without an end of a level the parts
    that rest on it have none.

    Args:
        start, end: low and high ends of the region's levels by industry, at the start and the end.
        before, after: those of the nation.

    >>> def near(*levels: float) -> tuple[Floats, Floats]:
    ...     return np.array(levels) - 0.5, np.array(levels) + 0.5
    >>> ends = shift_bounds(near(10, 30), near(18, 33), near(100, 100), near(150, 100))
    >>> [round(end, 3) for end in ends.at("regional", 0)]  # 18 - 10 x 150 / 100 = 3
    [1.618, 4.368]
    >>> [round(end, 9) for end in ends.whole("change")]
    [9.0, 13.0]
    """
    b, c, first, last = (
        Intervals(np.maximum(low, 0.0), high) for low, high in (start, end, before, after)
    )
    total, growth = _sum(last) / _sum(first), last / first
    return ShiftBounds(c - b, b * (total - 1), b * (growth - total), c - b * growth)


def _sum(parts: Intervals) -> Intervals:
    """The sum, moved by its own rounding."""
    low, high = (ends.sum() for ends in (parts.low, parts.high))
    size = np.abs(np.concatenate([parts.low, parts.high])).sum() * len(parts.low)
    exact = all(bool((np.floor(ends) == ends).all()) for ends in (parts.low, parts.high))
    slack = 0.0 if exact else size * np.finfo(float).eps
    return Intervals(np.array(low - slack), np.array(high + slack))
