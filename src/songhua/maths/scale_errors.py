"""Errors of scale: a figure of a series near ten, a hundred or more times what is expected of it.

Logarithms to the base ten are used throughout: an error of scale is then a whole number. What many
series do together (the same thing elsewhere, its siblings, the same season) is taken off first, by
medians of their steps (median polish; J. W. Tukey, Exploratory Data Analysis, 1977). A figure is
expected to be the median of its four nearest in time, the series' own trend taken off. Its gap is
judged by the odds of two readings: Student's t about the expected figure as it stands, and about
the expected figure a power of ten away (K. L. Lange, R. J. A. Little and J. M. G. Taylor, 1989),
times the odds of its number of decimals among those of its series.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

#: Places beside a figure, the nearest first, and how many of them are used.
BESIDE = (-1, 1, -2, 2, -3, 3, -4, 4)
USED = 4
#: Steps of different series, or of one season, before what they have in common is taken off, and
#: the most of it: an error of scale in a whole column stays.
TOGETHER, SEASONS = (5, 0.3), (3, np.inf)
#: Figures from which on a series has a trend.
TRENDED = 5
#: Degrees of freedom of the t, and for how many figures the spread of kindred series counts.
FREEDOM, PRIOR = 3.0, 3.0
#: A spread (log10) that counts as one series more, so that few series are not taken for quiet.
USUAL = 0.1
#: How much wider the spread is at a series' ends, where figures stand on one side only.
ENDS = 2.0
#: How near a power of ten the gap must be: a factor of 2.1.
NEAR = 0.5
#: Odds (natural log) that accuse: of few series, and the least and the most of many.
BAR, LOWEST, HIGHEST = 3.0, 2.0, 5.0
#: How many series set their own bar, above which share of second gaps it lies, and by how much.
MANY, SECOND, ABOVE = 50, 0.98, 2.0
#: Weight of decimals never seen in a series, and the most that decimals say against an error.
UNSEEN, AGAINST = 0.25, -1.0
#: Decimals that are told apart.
DIGITS = 16
PASSES = 3


class Suspect(NamedTuple):
    """A figure that stands out: its place in the series given, the power, what was expected."""

    at: int
    power: int
    expected: float
    odds: float


class Figures(NamedTuple):
    """Figures of many series, those of one together and rising in time.

    `series` numbers the series from 0 on, `kin` the kind of each figure (series of one kind vary
    alike), `alike` are the groups of steps that are expected to be alike: a number a figure for
    the step that leads to it.
    """

    series: np.ndarray
    time: np.ndarray
    value: np.ndarray
    place: np.ndarray
    kin: np.ndarray
    alike: Sequence[tuple[np.ndarray, tuple[int, float]]] = ()


class Judged(NamedTuple):
    """The oddest figure of each series: its place, gap, odds; the bar, and the spread."""

    at: np.ndarray
    gap: np.ndarray
    odds: np.ndarray
    bar: np.ndarray
    spread: np.ndarray


def suspects(figures: Figures) -> list[Suspect]:
    """The figures that are near a power of ten times what is expected of them.

    The oddest figure of each series is judged; where one is named, it is set right and its series
    judged again. A series of two gives its later figure, if the two are a power of ten apart.

    Args:
        figures: those above zero; `time` in years, `place` the unit of the last printed place
            of each (1 for 45, 0.1 for 4.5).

    Returns:
        The figures that stand out, in order. `odds` is the natural logarithm of how many times
        likelier each is if it is a power of ten off.

    >>> gdp, years = np.array([50.0, 53, 56, 600, 63, 66]), np.arange(2016.0, 2022.0)
    >>> one = np.zeros(6, dtype=int)
    >>> found = suspects(Figures(one, years, gdp, np.ones(6), one))
    >>> [(one.at, one.power, round(one.expected)) for one in found]
    [(3, 1, 59)]
    """
    found: list[Suspect] = []
    for _ in range(PASSES if len(figures.value) else 0):
        seen = judged(figures)
        power = _power(seen.gap)
        odd = seen.odds >= seen.bar
        if not odd.any():
            break
        at, power = seen.at[odd], power[odd]
        expected = 10 ** (np.log10(figures.value[at]) - seen.gap[odd])
        rows = zip(at.tolist(), power.astype(int).tolist(), expected.tolist(),
                   seen.odds[odd].tolist(), strict=True)  # fmt: skip
        found += [Suspect(*row) for row in rows]
        value, place = figures.value.copy(), figures.place.copy()
        value[at], place[at] = value[at] / 10.0**power, place[at] / 10.0**power
        figures = figures._replace(value=value, place=place)
    return sorted({one.at: one for one in reversed(found)}.values())


def judged(figures: Figures) -> Judged:
    """The oddest figure of each series, with its odds and the bar that they must reach."""
    series, count = figures.series, len(figures.series)
    logs = _polished(figures)
    gap = np.nan_to_num(_gaps(series, figures.time, logs))
    at = _oddest(series, gap)
    rest = np.ones(count, dtype=bool)
    rest[at] = False
    left = np.zeros(count)
    if rest.any():
        left[rest] = np.nan_to_num(_gaps(series[rest], figures.time[rest], logs[rest]))
    size = np.bincount(series)
    kin = figures.kin[at]
    spread = _spread(left, series, np.where(size > 2, size - 1, 0), kin)
    odds = _odds(figures, at, gap[at], spread)
    long = np.flatnonzero(size > 2)
    second = _oddest(series, np.where(rest, left, 0))[long]
    bar = _bar(_odds(figures, second, left[second], spread, decimals=False), kin[long], kin)
    return Judged(at, gap[at], np.where(size > 1, odds, -np.inf), bar, spread)


def unseen(figures: Figures) -> np.ndarray:
    """Whether each series varies so much that a figure ten times too large would not stand out.

    >>> one = np.zeros(6, dtype=int)
    >>> wild = np.array([3.0, 40, 2, 70, 5, 30])
    >>> unseen(Figures(one, np.arange(6.0), wild, np.ones(6), one)).tolist()
    [True]
    """
    if not len(figures.value):
        return np.zeros(0, dtype=bool)
    seen = judged(figures)
    usual = pd.Series(figures.value).groupby(figures.series).median().to_numpy()
    width = np.hypot(seen.spread, _coarse(usual, _finest(figures)))
    return (FREEDOM + 1) / 2 * np.log1p(width**-2 / FREEDOM) < seen.bar


def _finest(figures: Figures) -> np.ndarray:
    """The finest last place of each series; a figure above zero shows one digit at least."""
    place = np.minimum(figures.place, figures.value)
    return pd.Series(place).groupby(figures.series).min().to_numpy()


def _coarse(value: np.ndarray, finest: np.ndarray) -> np.ndarray:
    """How far off figures of few units are by chance: 1/sqrt(units), in log10."""
    return 1 / np.log(10) / np.sqrt(np.maximum(value / finest, 0.5))


def _oddest(series: np.ndarray, gap: np.ndarray) -> np.ndarray:
    """The place of the largest gap of each series."""
    return pd.Series(np.abs(gap)).groupby(series).idxmax().to_numpy()


def _spread(left: np.ndarray, series: np.ndarray, n: np.ndarray, kin: np.ndarray) -> np.ndarray:
    """The spread of each series about what is expected, drawn towards that of its kind."""
    squares = np.bincount(series, left**2)
    known = n > 1
    own = np.r_[np.sqrt(squares[known] / n[known]), np.full(len(np.unique(kin)), USUAL)]
    usual = pd.Series(own).groupby(np.r_[kin[known], np.unique(kin)]).median()[kin].to_numpy()
    return np.sqrt((PRIOR * usual**2 + squares) / (PRIOR + n))


def _bar(second: np.ndarray, own: np.ndarray, kin: np.ndarray) -> np.ndarray:
    """The bar of each series: where its kind has many, just above their second oddest figures."""
    groups = pd.Series(second).groupby(own)
    bar = (groups.quantile(SECOND) + ABOVE).clip(LOWEST, HIGHEST).where(groups.size() >= MANY, BAR)
    return bar.reindex(kin).fillna(BAR).to_numpy()


def _odds(
    figures: Figures, at: np.ndarray, gap: np.ndarray, spread: np.ndarray, decimals: bool = True
) -> np.ndarray:
    """How many times likelier figures are if they are a power of ten off (natural logarithm)."""
    series, value = figures.series, figures.value
    smaller = np.minimum(value[at], 10 ** (np.log10(value[at]) - gap))
    coarse = _coarse(smaller, _finest(figures)[series[at]])
    start = np.r_[True, series[1:] != series[:-1], True]
    end = np.logical_or(start[at], start[at + 1])
    width = np.hypot(spread[series[at]], coarse) * np.where(end, ENDS, 1.0)
    power = _power(gap)
    apart = (np.log1p((one / width) ** 2 / FREEDOM) for one in (gap, gap - power))
    odds = (FREEDOM + 1) / 2 * (next(apart) - next(apart))
    return odds + _decimals(figures, at, power.astype(int)) if decimals else odds


def _power(gap: np.ndarray) -> np.ndarray:
    """The power of ten that a gap is nearest to, one at least."""
    return np.maximum(np.round(np.abs(gap)), 1) * np.sign(gap)


def _decimals(figures: Figures, at: np.ndarray, power: np.ndarray) -> np.ndarray:
    """The odds of the decimals that figures would have, put right, against those they have.

    Whole numbers that are too large may have had any number of decimals up to the power.
    """
    series = figures.series
    digits = -np.round(np.log10(figures.place)).astype(int)
    digits -= pd.Series(digits).groupby(series).min().to_numpy()[series]
    digits = np.minimum(digits, DIGITS - 1)
    shape = (int(series[-1]) + 1, DIGITS)
    counts = np.bincount(series * DIGITS + digits, minlength=shape[0] * DIGITS).reshape(shape)
    counts, own, row = counts[series[at]], digits[at], np.arange(len(at))
    counts[row, own] -= 1
    true = np.clip(own + power, 0, DIGITS - 1)
    right = np.where(own + power < 0, 0, counts[row, true])
    right = np.where((own == 0) & (power > 0), np.cumsum(counts, axis=1)[row, true], right)
    return np.maximum(np.log((right + UNSEEN) / (counts[row, own] + UNSEEN)), AGAINST)


def _polished(figures: Figures) -> np.ndarray:
    """The logarithms without the steps that a group has in common, up to a constant a series."""
    series, logs = figures.series, np.log10(figures.value)
    within = np.r_[False, series[1:] == series[:-1]]
    step = np.where(within, np.r_[0.0, np.diff(logs)], 0.0)
    left = pd.Series(step[within])
    for group, (fewest, most) in figures.alike:
        groups = left.groupby(group[within])
        together = groups.transform("median").clip(-most, most)
        left -= together.where(groups.transform("size") >= fewest, 0.0)
    step[within] = left
    return np.cumsum(step)


def _gaps(series: np.ndarray, time: np.ndarray, logs: np.ndarray) -> np.ndarray:
    """How far each figure is from the median of those nearest; missing where it is alone."""
    flat = logs - _trends(series, time, logs)[series] * time
    count = len(flat)
    beside = np.full((count, len(BESIDE)), np.nan)
    for column, step in enumerate(BESIDE):
        other = np.clip(np.arange(count) + step, 0, count - 1)
        there = (other == np.arange(count) + step) & (series[other] == series)
        beside[there, column] = flat[other[there]]
    beside[np.cumsum(~np.isnan(beside), axis=1) > USED] = np.nan
    return flat - _median(beside)


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
