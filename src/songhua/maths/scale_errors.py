"""Errors of scale: a figure of a series near ten, a hundred or more times what is expected of it.

Logarithms to the base ten are used throughout: an error of scale is then a whole number. A figure's
gap from its neighbours (`series_gaps`) is judged by the odds of two readings: Student's t about the
expected figure as it stands, and about the expected figure a power of ten away (K. L. Lange,
R. J. A. Little and J. M. G. Taylor, 1989), times the odds of its number of decimals among those of
its series.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from songhua.maths.series_gaps import Figures, decimals, gaps, medians, oddest, polished, starts

#: Steps of different series, or of one season, before what they have in common is taken off, and
#: the most of it: an error of scale in a whole column stays.
TOGETHER, SEASONS = (5, 0.3), (3, np.inf)
#: Degrees of freedom of the t, and for how many figures the spread of kindred series counts.
FREEDOM, PRIOR = 3.0, 3.0
#: A spread (log10) that counts as one series more, so that few series are not taken for quiet.
USUAL = 0.1
#: How much wider the spread is at a series' ends, where figures stand on one side only.
ENDS = 2.0
#: Odds (natural log) that accuse: of few series, and the least and the most of many.
BAR, LOWEST, HIGHEST = 3.0, 2.0, 5.0
#: How many series set their own bar, above which share of second gaps it lies, and by how much.
MANY, SECOND, ABOVE = 50, 0.98, 2.0
PASSES = 3


class Suspect(NamedTuple):
    """A figure that stands out: its place, and the power of ten by which it is off."""

    at: int
    power: int
    odds: float


class Found(NamedTuple):
    """The figures that stand out, and whether each series varies too much for one to be seen.

    Such is a series in which a figure ten times too large would not stand out.
    """

    suspects: list[Suspect]
    unseen: np.ndarray


class Judged(NamedTuple):
    """The oddest figure of each series: its place, gap, odds; the bar, and the spread."""

    at: np.ndarray
    gap: np.ndarray
    odds: np.ndarray
    bar: np.ndarray
    spread: np.ndarray


def find(figures: Figures) -> Found:
    """The figures that are likelier to be a power of ten off than as they stand.

    The oddest figure of each series is judged; where one is named, it is set right and its series
    judged again. A series of two gives its later figure, if the two are a power of ten apart.

    Args:
        figures: those above zero; `time` in years, `place` the unit of the last printed place
            of each (1 for 45, 0.1 for 4.5).

    Returns:
        The figures that stand out, in order, and the series that cannot be judged. `odds` is the
        natural logarithm of how many times likelier each is if it is a power of ten off.

    >>> gdp, years = np.array([50.0, 53, 56, 600, 63, 66]), np.arange(2016.0, 2022.0)
    >>> one = np.zeros(6, dtype=int)
    >>> found = find(Figures(one, years, gdp, np.ones(6), one))
    >>> [(one.at, one.power) for one in found.suspects]
    [(3, 1)]
    >>> wild = np.array([3.0, 40, 2, 70, 5, 30])
    >>> find(Figures(one, years, wild, np.ones(6), one)).unseen.tolist()
    [True]
    """
    if not len(figures.value):
        return Found([], np.zeros(0, dtype=bool))
    found: list[Suspect] = []
    seen = judged(figures)
    unseen = _unseen(figures, seen)
    for turn in range(PASSES):
        seen = judged(figures) if turn else seen
        power = _power(seen.gap)
        odd = seen.odds >= seen.bar
        if not odd.any():
            break
        at, power = seen.at[odd], power[odd]
        rows = zip(at.tolist(), power.astype(int).tolist(), seen.odds[odd].tolist(), strict=True)
        found += [Suspect(*row) for row in rows]
        value, place = figures.value.copy(), figures.place.copy()
        value[at], place[at] = value[at] / 10.0**power, place[at] / 10.0**power
        figures = figures._replace(value=value, place=place)
    return Found(sorted({one.at: one for one in reversed(found)}.values()), unseen)


def judged(figures: Figures) -> Judged:
    """The oddest figure of each series, with its odds and the bar that they must reach.

    >>> years, value = np.arange(2016.0, 2022.0), np.array([50.0, 53, 56, 600, 63, 66])
    >>> one = np.zeros(6, dtype=int)
    >>> found = judged(Figures(one, years, value, np.ones(6), one))
    >>> found.at.tolist(), found.gap.round(1).tolist(), found.bar.tolist()
    ([3], [1.0], [3.0])
    >>> bool(found.odds[0] > found.bar[0])
    True
    """
    series, count = figures.series, len(figures.series)
    logs = polished(figures, np.log10(figures.value))
    gap = np.nan_to_num(gaps(series, figures.time, logs))
    at = oddest(series, gap)
    rest = np.ones(count, dtype=bool)
    rest[at] = False
    left = np.zeros(count)
    if rest.any():
        left[rest] = np.nan_to_num(gaps(series[rest], figures.time[rest], logs[rest]))
    size = np.bincount(series)
    kin = figures.kin[at]
    spread = _spread(left, series, np.where(size > 2, size - 1, 0), kin)
    odds = _odds(figures, at, gap[at], spread)
    long = np.flatnonzero(size > 2)
    second = oddest(series, np.where(rest, left, 0))[long]
    bar = _bar(_odds(figures, second, left[second], spread, shown=False), kin[long], kin)
    return Judged(at, gap[at], np.where(size > 1, odds, -np.inf), bar, spread)


def _unseen(figures: Figures, seen: Judged) -> np.ndarray:
    """Whether each series varies so much that a figure ten times too large would not stand out."""
    usual = medians(figures.value, figures.series, len(seen.spread))
    width = np.hypot(seen.spread, _coarse(usual, _finest(figures)))
    return (FREEDOM + 1) / 2 * np.log1p(width**-2 / FREEDOM) < seen.bar


def _finest(figures: Figures) -> np.ndarray:
    """The finest last place of each series; a figure above zero shows one digit at least."""
    place = np.minimum(figures.place, figures.value)
    return np.minimum.reduceat(place, starts(figures.series))


def _coarse(value: np.ndarray, finest: np.ndarray) -> np.ndarray:
    """How far off figures of few units are by chance: 1/sqrt(units), in log10."""
    return 1 / np.log(10) / np.sqrt(np.maximum(value / finest, 0.5))


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
    figures: Figures, at: np.ndarray, gap: np.ndarray, spread: np.ndarray, shown: bool = True
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
    return odds + decimals(figures, at, power.astype(int)) if shown else odds


def _power(gap: np.ndarray) -> np.ndarray:
    """The power of ten that a gap is nearest to, one at least."""
    return np.maximum(np.round(np.abs(gap)), 1) * np.sign(gap)
