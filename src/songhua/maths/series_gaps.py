"""Gaps between the figures of many series and their neighbours in time, on any scale.

The common movement of many series (the same indicator elsewhere, its siblings, the same season) is
taken off first, by medians of their steps (median polish; J. W. Tukey, Exploratory Data Analysis,
1977). A figure is expected to be the median of its four nearest in time, the series' own trend
taken off.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

#: Places beside a figure, the nearest first, and how many of them are used.
BESIDE = (-1, 1, -2, 2, -3, 3, -4, 4)
NEAREST = 4
#: Figures from which on a series has a trend.
TRENDED = 5
#: Weight of decimals never seen in a series, and the most that decimals say against an error.
UNSEEN, AGAINST = 0.25, -1.0
#: Decimals that are told apart.
DIGITS = 16


class Figures(NamedTuple):
    """Figures of many series, those of one together and rising in time.

    `series` numbers the series from 0 on, each with a figure at least, `kin` the kind of each
    figure (series of one kind vary alike), `alike` are the groups of steps that are expected to be
    alike: a number from 0 on a figure, for the step that leads to it.
    """

    series: np.ndarray
    time: np.ndarray
    value: np.ndarray
    place: np.ndarray
    kin: np.ndarray
    alike: Sequence[tuple[np.ndarray, tuple[int, float]]] = ()


def polished(figures: Figures, scaled: np.ndarray) -> np.ndarray:
    """Figures on some scale without the steps of their group, up to a constant a series.

    >>> series, years = np.array([0, 0, 1, 1, 2, 2]), np.tile([2020.0, 2021.0], 3)
    >>> alike = [(np.tile([0, 1], 3), (3, np.inf))]
    >>> values = np.array([5.0, 1, 7, 3, 6, 4])
    >>> polished(Figures(series, years, values, np.ones(6), series, alike), values).tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 2.0]
    """
    series = figures.series
    within = np.r_[False, series[1:] == series[:-1]]
    step = np.where(within, np.r_[0.0, np.diff(scaled)], 0.0)
    residual = step[within]
    for group, (fewest, most) in figures.alike:
        groups = group[within]
        size = np.bincount(groups)
        many = (size >= fewest)[groups]
        if many.any():
            together = medians(residual[many], groups[many], len(size))[groups[many]]
            residual[many] -= np.clip(together, -most, most)
    step[within] = residual
    return np.cumsum(step)


def gaps(series: np.ndarray, time: np.ndarray, scaled: np.ndarray) -> np.ndarray:
    """Each figure less the median of those nearest; missing where it is alone.

    >>> gaps(np.zeros(4, dtype=int), np.arange(4.0), np.array([5.0, 6, 9, 6])).tolist()
    [-1.0, 0.0, 3.0, 0.0]
    """
    flat = scaled - _trends(series, time, scaled)[series] * time
    count = len(flat)
    middle, expected = np.zeros(count, dtype=bool), np.empty(count)
    inner = slice(2, max(count - 2, 2))
    middle[inner] = series[4:] == series[:-4]
    expected[inner] = _middle_of_four(flat)
    ends = np.flatnonzero(~middle)
    expected[ends] = _at_ends(series, flat, ends)
    return flat - expected


def _middle_of_four(flat: np.ndarray) -> np.ndarray:
    """The median of the two before and the two after, of each figure that has them."""
    first, second, third, fourth = flat[:-4], flat[1:-3], flat[3:-1], flat[4:]
    low = np.maximum(np.minimum(first, second), np.minimum(third, fourth))
    high = np.minimum(np.maximum(first, second), np.maximum(third, fourth))
    return (low + high) / 2


def _at_ends(series: np.ndarray, flat: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The median of the four nearest of its series where they do not stand on both sides alike."""
    neighbours = at[:, None] + np.array(BESIDE)
    inside = np.clip(neighbours, 0, len(flat) - 1)
    present = (inside == neighbours) & (series[inside] == series[at, None])
    beside = np.where(present, flat[inside], np.nan)
    beside[np.cumsum(present, axis=1) > NEAREST] = np.nan
    return _median(beside)


def _median(rows: np.ndarray) -> np.ndarray:
    """The median of each row; missing where nothing is known."""
    ordered = np.sort(rows, axis=1)
    count = (~np.isnan(rows)).sum(axis=1)
    at = np.arange(len(rows))
    low, high = (ordered[at, np.maximum(place, 0)] for place in ((count - 1) // 2, count // 2))
    return np.where(count > 0, (low + high) / 2, np.nan)


def _trends(series: np.ndarray, time: np.ndarray, scaled: np.ndarray) -> np.ndarray:
    """The median change a year of each series; none of a short one, where an error would be it."""
    size = np.bincount(series)
    same = (series[1:] == series[:-1]) & (size >= TRENDED)[series[1:]]
    trends = np.zeros(len(size))
    if same.any():
        change = (scaled[1:] - scaled[:-1])[same] / (time[1:] - time[:-1])[same]
        trends = np.nan_to_num(medians(change, series[1:][same], len(size)))
    return trends


def medians(values: np.ndarray, groups: np.ndarray, count: int) -> np.ndarray:
    """The median of each of a count of groups, numbered from 0 on; missing of an empty one.

    >>> medians(np.array([1.0, 5.0, 2.0]), np.array([0, 2, 0]), 3).tolist()
    [1.5, nan, 5.0]
    """
    categories = pd.CategoricalIndex(pd.Categorical.from_codes(groups, pd.RangeIndex(count)))
    return pd.Series(values).groupby(categories, observed=False).median().to_numpy()


def starts(series: np.ndarray) -> np.ndarray:
    """The place of the first figure of each series.

    >>> starts(np.array([0, 0, 1])).tolist()
    [0, 2]
    """
    return np.flatnonzero(np.r_[True, series[1:] != series[:-1]][: len(series)])


def oddest(series: np.ndarray, gap: np.ndarray) -> np.ndarray:
    """The place of the largest gap of each series.

    >>> oddest(np.array([0, 0, 1, 1]), np.array([0.1, -0.3, 0.2, 0.2])).tolist()
    [1, 2]
    """
    first, size = starts(series), np.abs(gap)
    at = np.flatnonzero(size == np.maximum.reduceat(size, first)[series])
    return at[starts(series[at])]


def decimals(figures: Figures, at: np.ndarray, power: np.ndarray) -> np.ndarray:
    """The odds of the decimals that figures would have, put right, against those they have.

    Whole numbers that are too large may have had any number of decimals up to the power. The
    odds are natural logarithms.

    Args:
        figures: those of all series.
        at: the places of the figures that are judged.
        power: by what power of ten each is too large.

    >>> series, years = np.zeros(4, dtype=int), np.arange(4.0)
    >>> value, place = np.array([5.1, 5.2, 5.3, 54.0]), np.array([0.1, 0.1, 0.1, 1.0])
    >>> figures = Figures(series, years, value, place, series)  # three others have one decimal
    >>> decimals(figures, np.array([3]), np.array([1])).round(3).tolist()  # log 3.25/0.25
    [2.565]
    """
    series = figures.series
    digits = -np.round(np.log10(figures.place)).astype(int)
    digits -= np.minimum.reduceat(digits, starts(series))[series]
    digits = np.minimum(digits, DIGITS - 1)
    shape = (int(series[-1]) + 1, DIGITS)
    counts = np.bincount(series * DIGITS + digits, minlength=shape[0] * DIGITS).reshape(shape)
    counts, printed, row = counts[series[at]], digits[at], np.arange(len(at))
    counts[row, printed] -= 1
    true = np.clip(printed + power, 0, DIGITS - 1)
    right = np.where(printed + power < 0, 0, counts[row, true])
    right = np.where((printed == 0) & (power > 0), np.cumsum(counts, axis=1)[row, true], right)
    return np.maximum(np.log((right + UNSEEN) / (counts[row, printed] + UNSEEN)), AGAINST)
