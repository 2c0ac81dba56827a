"""Bounds of the parts of a shift-share, where each level lies between two numbers (§5, §8).

The parts are those of `shift_share` in its classic form: of an industry b, c in the region at the
start and the end, B, C in the nation, national b (R - 1), industry mix b (R_i - R) and regional
c - b R_i, with R_i = C / B and R = sum C / sum B. No total is printed beside the industries: R is
of their sums, so an industry's own figures are in it as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import numpy as np

from songhua.maths.interval_columns import Floats, Intervals

#: The change and its parts.
PARTS = ("change", "national", "industry_mix", "regional")
Ends: TypeAlias = tuple[float, float]
#: Steps in which the nation's growth, and the region's share in it, are gone through.
STEPS = 32


@dataclass(frozen=True)
class ShiftBounds:
    """The ends of a region's change and of its parts, by industry; its mix also as a whole."""

    change: Intervals
    national: Intervals
    industry_mix: Intervals
    regional: Intervals
    whole_mix: Intervals

    def at(self, part: str, place: int) -> Ends:
        """The ends of a part of one industry; not-a-number where a level has none."""
        ends: Intervals = getattr(self, part)
        return float(ends.low[place]), float(ends.high[place])

    def whole(self, part: str) -> Ends:
        """The ends of the sum over all industries."""
        total = _sum(getattr(self, part))
        own = self.whole_mix if part == "industry_mix" else total
        return float(np.maximum(total.low, own.low)), float(np.minimum(total.high, own.high))


def shift_bounds(
    start: tuple[Floats, Floats],
    end: tuple[Floats, Floats],
    before: tuple[Floats, Floats],
    after: tuple[Floats, Floats],
) -> ShiftBounds:
    """The ends that levels within their own ends leave, each level being the same wherever it is.

    The change, the national and the regional part have each level once: their ends are reached.
    So are those of an industry's mix, b (C / B - (C + C') / (B + B')) with C', B' of the others: it
    grows with C and B', falls with C', and in B falls until B = B' / (sqrt(1 + C' / C) - 1), then
    grows. The mix of the whole is, for any q where R is the nation's growth, the sum of
    (C - R B) (b / B - q): the ends of that sum, cell by cell, at the best q for each step of R hold
    whatever the levels are; drawn levels come near them. Without an end of a level the parts that
    rest on it have none.

    Args:
        start, end: low and high ends of the region's levels by industry, at the start and the end.
        before, after: those of the nation.

    Source: weak duality; S. Boyd and L. Vandenberghe, Convex Optimization, 2004, 5.1.3.

    >>> def near(*levels: float) -> tuple[Floats, Floats]:
    ...     return np.array(levels) - 0.5, np.array(levels) + 0.5
    >>> ends = shift_bounds(near(10, 30), near(18, 33), near(100, 100), near(150, 100))
    >>> [round(end, 3) for end in ends.at("regional", 0)]  # 18 - 10 x 150 / 100 = 3
    [1.618, 4.368]
    >>> [round(end, 9) for end in ends.whole("change")]
    [9.0, 13.0]
    >>> [round(end, 3) for end in ends.at("industry_mix", 0)]  # 10 x (1.5 - 1.25) = 2.5
    [2.257, 2.757]
    """
    b, c, first, last = (
        Intervals(np.maximum(low, 0.0), high) for low, high in (start, end, before, after)
    )
    total, growth = _sum(last) / _sum(first), last / first
    with np.errstate(all="ignore"):
        mix, whole = b * _lead(first, last), _whole_mix(b, first, last)
    return ShiftBounds(c - b, b * (total - 1), mix, c - b * growth, whole)


def _lead(first: Intervals, last: Intervals) -> Intervals:
    """The ends of R_i - R by industry."""
    before, after = _sum(first), _sum(last)

    def lead(own: Floats, others: Floats, at: Floats, beside: Floats) -> Floats:
        return np.where(own == 0, 0.0, own / at) - (own + others) / (at + beside)

    others, beside = after.high - last.high, before.low - first.low
    turn = np.nan_to_num(beside / (np.sqrt(1 + others / last.low) - 1))
    low = lead(last.low, others, np.clip(turn, first.low, first.high), beside)
    ends = (
        lead(last.high, after.low - last.low, at, before.high - first.high)
        for at in (first.low, first.high)
    )
    high = np.maximum(*ends)
    return _widened(low, high, 8 * (np.abs(low) + np.abs(high) + after.high / before.low))


def _whole_mix(b: Intervals, first: Intervals, last: Intervals) -> Intervals:
    """The ends of the whole mix: the better q of each step of R, the worst step."""
    total, share = (_sum(side) / _sum(first) for side in (last, b))
    growth = np.linspace(total.low, total.high, STEPS + 1)[:, None, None]
    q = np.linspace(share.low, share.high, STEPS + 1)[:, None]
    low, high = np.array(np.inf), np.array(-np.inf)
    for x, y in product((b.low, b.high), (last.low, last.high)):
        turn = np.clip(np.nan_to_num(np.sqrt(x * y / (q * growth))), first.low, first.high)
        for at in (first.low, turn, first.high):
            terms = np.where(x * y == 0, 0.0, x * y / at) - growth * x - q * y + q * growth * at
            low, high = np.minimum(low, terms), np.maximum(high, terms)
    least, most = low.sum(axis=2), high.sum(axis=2)  # in R concave and convex
    return _widened(
        np.minimum(least[1:], least[:-1]).max(axis=1).min(),
        np.maximum(most[1:], most[:-1]).min(axis=1).max(),
        8 * len(b.low) * (np.abs(low) + np.abs(high) + 3 * b.high * total.high).sum(axis=2).max(),
    )


def _sum(parts: Intervals) -> Intervals:
    """The sum, moved by its own rounding."""
    low, high = (ends.sum() for ends in (parts.low, parts.high))
    size = np.abs(np.concatenate([parts.low, parts.high])).sum() * len(parts.low)
    exact = all(bool((np.floor(ends) == ends).all()) for ends in (parts.low, parts.high))
    return _widened(low, high, np.array(0.0 if exact else size))


def _widened(low: Floats, high: Floats, size: Floats) -> Intervals:
    """Ends moved by the rounding of sums of such a size."""
    slack = size * np.finfo(float).eps
    return Intervals(np.array(low - slack), np.array(high + slack))
