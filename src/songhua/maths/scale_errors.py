"""Errors of scale: a figure of a series near ten, a hundred or more times the expected one.

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
#: The factor on the spread at a series' ends, where figures stand on one side only.
ENDS = 2.0
#: Odds (natural log) that accuse: of few series, and the least and the most of many.
BAR, LOWEST, HIGHEST = 3.0, 2.0, 5.0
#: The number of series that set their own threshold, the share of second gaps below it, and the
#: margin above.
MANY, SECOND, ABOVE = 50, 0.98, 2.0
PASSES = 3


class Suspect(NamedTuple):
    """A figure that stands out: its place, and the power of ten by which it is off."""

    at: int
    power: int
    odds: float


class ScaleErrors(NamedTuple):
    """The figures that stand out, and the series that vary too much for one to be seen.

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


def find(figures: Figures) -> ScaleErrors:
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
    >>> series = np.zeros(6, dtype=int)
    >>> errors = find(Figures(series, years, gdp, np.ones(6), series))
    >>> [(suspect.at, suspect.power) for suspect in errors.suspects]
    [(3, 1)]
    >>> wild = np.array([3.0, 40, 2, 70, 5, 30])
    >>> find(Figures(series, years, wild, np.ones(6), series)).unseen.tolist()
    [True]
    """
    if not len(figures.value):
        return ScaleErrors([], np.zeros(0, dtype=bool))
    suspects: list[Suspect] = []
    judgement = judged(figures)
    unseen = _unseen(figures, judgement)
    for turn in range(PASSES):
        judgement = judged(figures) if turn else judgement
        power = _power(judgement.gap)
        odd = judgement.odds >= judgement.bar
        if not odd.any():
            break
        at, power = judgement.at[odd], power[odd]
        rows = zip(
            at.tolist(), power.astype(int).tolist(), judgement.odds[odd].tolist(), strict=True
        )
        suspects += [Suspect(*row) for row in rows]
        value, place = figures.value.copy(), figures.place.copy()
        value[at], place[at] = value[at] / 10.0**power, place[at] / 10.0**power
        figures = figures._replace(value=value, place=place)
    return ScaleErrors(
        sorted({suspect.at: suspect for suspect in reversed(suspects)}.values()), unseen
    )


def judged(figures: Figures) -> Judged:
    """The oddest figure of each series, with its odds and the bar that they must reach.

    >>> years, value = np.arange(2016.0, 2022.0), np.array([50.0, 53, 56, 600, 63, 66])
    >>> series = np.zeros(6, dtype=int)
    >>> judgement = judged(Figures(series, years, value, np.ones(6), series))
    >>> judgement.at.tolist(), judgement.gap.round(1).tolist(), judgement.bar.tolist()
    ([3], [1.0], [3.0])
    >>> bool(judgement.odds[0] > judgement.bar[0])
    True
    """
    series, count = figures.series, len(figures.series)
    logs = polished(figures, np.log10(figures.value))
    gap = np.nan_to_num(gaps(series, figures.time, logs))
    at = oddest(series, gap)
    ordinary = np.ones(count, dtype=bool)
    ordinary[at] = False
    ordinary_gap = np.zeros(count)
    if ordinary.any():
        ordinary_gap[ordinary] = np.nan_to_num(
            gaps(series[ordinary], figures.time[ordinary], logs[ordinary])
        )
    size = np.bincount(series)
    kin = figures.kin[at]
    spread = _spread(ordinary_gap, series, np.where(size > 2, size - 1, 0), kin)
    odds = _odds(figures, at, gap[at], spread)
    long = np.flatnonzero(size > 2)
    second = oddest(series, np.where(ordinary, ordinary_gap, 0))[long]
    bar = _bar(
        _odds(figures, second, ordinary_gap[second], spread, with_decimals=False), kin[long], kin
    )
    return Judged(at, gap[at], np.where(size > 1, odds, -np.inf), bar, spread)


def _unseen(figures: Figures, judgement: Judged) -> np.ndarray:
    """True for a series in which a figure ten times too large would not stand out."""
    usual = medians(figures.value, figures.series, len(judgement.spread))
    width = np.hypot(judgement.spread, _coarse(usual, _finest(figures)))
    return (FREEDOM + 1) / 2 * np.log1p(width**-2 / FREEDOM) < judgement.bar


def _finest(figures: Figures) -> np.ndarray:
    """The finest last place of each series; a figure above zero shows one digit at least."""
    place = np.minimum(figures.place, figures.value)
    return np.minimum.reduceat(place, starts(figures.series))


def _coarse(value: np.ndarray, finest: np.ndarray) -> np.ndarray:
    """The spread of figures of few units by chance: 1/sqrt(units), in log10."""
    return 1 / np.log(10) / np.sqrt(np.maximum(value / finest, 0.5))


def _spread(gap: np.ndarray, series: np.ndarray, n: np.ndarray, kin: np.ndarray) -> np.ndarray:
    """The spread of each series about the expected figures, drawn towards that of its kind."""
    squares = np.bincount(series, gap**2)
    measured = n > 1
    spreads = np.r_[np.sqrt(squares[measured] / n[measured]), np.full(len(np.unique(kin)), USUAL)]
    usual = (
        pd.Series(spreads).groupby(np.r_[kin[measured], np.unique(kin)]).median()[kin].to_numpy()
    )
    return np.sqrt((PRIOR * usual**2 + squares) / (PRIOR + n))


def _bar(second: np.ndarray, second_kin: np.ndarray, kin: np.ndarray) -> np.ndarray:
    """The bar of each series: where its kind has many, just above their second oddest figures."""
    groups = pd.Series(second).groupby(second_kin)
    bar = (groups.quantile(SECOND) + ABOVE).clip(LOWEST, HIGHEST).where(groups.size() >= MANY, BAR)
    return bar.reindex(kin).fillna(BAR).to_numpy()


def _odds(
    figures: Figures,
    at: np.ndarray,
    gap: np.ndarray,
    spread: np.ndarray,
    with_decimals: bool = True,
) -> np.ndarray:
    """Odds (natural logarithm) that figures are a power of ten off, against as they stand."""
    series, value = figures.series, figures.value
    smaller = np.minimum(value[at], 10 ** (np.log10(value[at]) - gap))
    coarse = _coarse(smaller, _finest(figures)[series[at]])
    start = np.r_[True, series[1:] != series[:-1], True]
    end = np.logical_or(start[at], start[at + 1])
    width = np.hypot(spread[series[at]], coarse) * np.where(end, ENDS, 1.0)
    power = _power(gap)
    apart = (np.log1p((distance / width) ** 2 / FREEDOM) for distance in (gap, gap - power))
    odds = (FREEDOM + 1) / 2 * (next(apart) - next(apart))
    return odds + decimals(figures, at, power.astype(int)) if with_decimals else odds


def _power(gap: np.ndarray) -> np.ndarray:
    """The power of ten that a gap is nearest to, one at least."""
    return np.maximum(np.round(np.abs(gap)), 1) * np.sign(gap)
