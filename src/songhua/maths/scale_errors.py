"""Errors of scale: a figure of a series near ten, a hundred or more times what its neighbours say.

A figure is set against the median of its four nearest in time, the series' own trend taken off
(a running median; J. W. Tukey, Exploratory Data Analysis, 1977). Logarithms to the base ten are
used throughout: an error of scale is then a whole number. Only the oddest figure of a series is
judged, against the spread that is left without it, so that erratic series accuse nobody.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

#: Places beside a figure, the nearest first, and how many of them are used.
BESIDE = (-1, 1, -2, 2, -3, 3, -4, 4)
USED = 4
#: How far from its neighbours a figure must be: a factor of four, beside coarse print.
LEAST = 0.6
#: How far a factor may be from a power of ten: a factor of 2.1 either way.
NEAR = 0.33
#: The spread that the rest of a series may have, alone and of the gap; tighter at a series' ends.
INSIDE, ENDS = 0.3, 0.25
#: How far off a figure of one unit of its last place may be by chance (log10).
COARSE = 1.2 / np.log(10)
#: Figures that a series must have, and how near a pair must be to a power of ten.
FEWEST, PAIR = 3, 0.12
#: Figures from which on a series has a trend.
TRENDED = 5


class Suspect(NamedTuple):
    """A figure that stands out: its place in the series given, the power, what was expected."""

    at: int
    power: int
    expected: float
    spread: float


def suspects(
    series: np.ndarray, time: np.ndarray, value: np.ndarray, place: np.ndarray
) -> list[Suspect]:
    """The oddest figure of each series, where it is near a power of ten times the expected.

    Args:
        series: a whole number a figure, from 0 on, in order; figures of one series stand together.
        time: years, rising within a series.
        value: figures above zero.
        place: the unit of the last printed place of each (1 for 45, 0.1 for 4.5).

    Returns:
        The figures that stand out, in order of the series. `spread` is the largest gap (log10)
        of the others. A series of two gives its later figure, if the two are a power of ten apart.

    >>> years = np.arange(2016.0, 2022.0)
    >>> gdp = np.array([50.0, 53, 56, 600, 63, 66])
    >>> found = suspects(np.zeros(6, dtype=int), years, gdp, np.ones(6))
    >>> [(one.at, one.power, round(one.expected)) for one in found]
    [(3, 1, 59)]
    """
    if not len(series):
        return []
    logs = np.log10(value)
    counts = np.bincount(series)
    gap, expected = _gaps(series, time, logs)
    oddest = pd.Series(np.nan_to_num(np.abs(gap))).groupby(series).idxmax().to_numpy()
    rest = np.ones(len(series), dtype=bool)
    rest[oddest] = False
    spread = np.full(len(counts), np.inf)
    if rest.any():
        left = np.abs(_gaps(series[rest], time[rest], logs[rest])[0])
        most = pd.Series(left).groupby(series[rest]).max()
        spread[most.index] = most.fillna(np.inf)
    size = np.abs(gap[oddest])
    power = np.maximum(np.round(size), 1)
    smaller = np.minimum(value[oddest], 10 ** expected[oddest])
    chance = COARSE / np.sqrt(np.maximum(smaller / place[oddest], 0.5))
    ends = np.r_[True, series[1:] != series[:-1]] | np.r_[series[1:] != series[:-1], True]
    room = np.where(ends[oddest], ENDS, INSIDE)
    odd = (size - chance >= LEAST) & (np.abs(size - power) <= NEAR)
    odd &= (counts >= FEWEST) & (spread <= np.maximum(room, room * size))
    odd |= (counts == 2) & (size - chance >= LEAST) & (np.abs(size - power) <= PAIR)
    return [
        Suspect(
            int(oddest[n]), int(power[n] * np.sign(gap[oddest[n]])),
            float(10 ** expected[oddest[n]]), float(spread[n]),
        )
        for n in np.flatnonzero(odd)
    ]  # fmt: skip


def _gaps(series: np.ndarray, time: np.ndarray, logs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How far each figure is from the median of those nearest, and what was expected."""
    trend = _trends(series, time, logs)[series] * time
    flat = logs - trend
    count = len(flat)
    beside = np.full((count, len(BESIDE)), np.nan)
    for column, step in enumerate(BESIDE):
        other = np.clip(np.arange(count) + step, 0, count - 1)
        there = (other == np.arange(count) + step) & (series[other] == series)
        beside[there, column] = flat[other[there]]
    known = ~np.isnan(beside)
    beside[np.cumsum(known, axis=1) > USED] = np.nan
    middle = _median(beside)
    return flat - middle, middle + trend


def _median(rows: np.ndarray) -> np.ndarray:
    """The median of each row; missing where nothing is known."""
    ordered = np.sort(rows, axis=1)
    known = (~np.isnan(rows)).sum(axis=1)
    at = np.arange(len(rows))
    low, high = (ordered[at, np.maximum(place, 0)] for place in ((known - 1) // 2, known // 2))
    return np.where(known > 0, (low + high) / 2, np.nan)


def _trends(series: np.ndarray, time: np.ndarray, logs: np.ndarray) -> np.ndarray:
    """The median change a year of each series; none of a short one, where an error would be it."""
    same = series[1:] == series[:-1]
    change = (logs[1:] - logs[:-1])[same] / (time[1:] - time[:-1])[same]
    found = np.zeros(series[-1] + 1)
    slopes = pd.Series(change).groupby(series[1:][same]).median()
    found[slopes.index] = slopes
    return np.where(np.bincount(series) >= TRENDED, found, 0.0)
