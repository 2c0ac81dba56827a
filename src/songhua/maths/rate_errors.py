"""Growth rates whose decimal point has slipped by one place, or whose sign was lost.

Rates are compared as logarithms of the factors that they stand for: 100 ln(1 + r/100), so that a
tripling after a bad year weighs no more than the bad year. A rate's gap from its neighbours
(`series_gaps`) is judged by the odds of two readings: Student's t as it stands, and as the rate
would stand with the point or the sign put right, times the odds of its number of decimals.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from songhua.maths.series_gaps import Figures, decimals, gaps, polished

#: Steps of different series, or of one season, before what they have in common is taken off.
TOGETHER, SEASONS = (5, np.inf), (3, np.inf)
#: Rates that a series must have.
FEWEST = 5
#: Degrees of freedom of the t, and for how many rates the spread of kindred series counts.
FREEDOM, PRIOR = 3.0, 3.0
#: The least spread that a kind of series is taken to have (points).
LEAST = 1.0
#: The factor on the spread at a series' ends, where rates stand on one side only.
ENDS = 2.0
#: The factor that is taken to stand for a fall of everything and more.
FLOOR = 0.02
#: The correction of a rate, the power of ten of its error, and the odds (natural logarithm) from
#: which it is named: ten times too large, ten times too small, the sign lost.
READINGS = ((0.1, 1, 7.0), (10.0, -1, 4.0), (-1.0, 0, 7.0))
#: Those by which a series is not judged that varies too much: its decimals alone speak then.
WILD = (0, 2)


class Odd(NamedTuple):
    """A rate that stands out: its place, the rate that would fit, and the odds."""

    at: int
    fits: float
    odds: float


class RateErrors(NamedTuple):
    """The rates that stand out, and the series that vary too much for one to be seen."""

    odd: list[Odd]
    unseen: np.ndarray


def find(figures: Figures) -> RateErrors:
    """The oddest rate of each series, if it is likelier ten times off, or of the other sign.

    Args:
        figures: rates in per cent; `time` in years, `place` the unit of the last printed place.

    Returns:
        The rates that stand out, in order, and for each series whether a rate ten times its usual
        one would not. A series of fewer than five rates is not judged, and counts as seen.

    >>> rates, years = np.array([5.8, 6.1, 58, 6.4, 5.9, 6.2]), np.arange(2016.0, 2022.0)
    >>> series = np.zeros(6, dtype=int)
    >>> errors = find(Figures(series, years, rates, np.array([0.1, 0.1, 1, 0.1, 0.1, 0.1]), series))
    >>> [(odd.at, round(odd.fits, 1)) for odd in errors.odd]
    [(2, 5.8)]
    >>> errors.unseen.tolist()
    [False]
    """
    series, value = figures.series, figures.value
    if not len(value):
        return RateErrors([], np.zeros(0, dtype=bool))
    rates = scaled(value)
    gap = np.nan_to_num(gaps(series, figures.time, polished(figures, rates)))
    width = _widths(figures, gap)
    as_printed, places = _log_density(gap, width), np.arange(len(value))
    odds = np.stack(
        [
            _log_density(scaled(value * by) - rates + gap, width)
            - as_printed
            + (decimals(figures, places, np.full(len(value), power)) if power else 0.0)
            - bar
            for by, power, bar in READINGS
        ]
    )
    size = np.bincount(series)
    wild = (size >= FEWEST) & _unseen(figures, width)
    odds[:, (value == 0) | (size < FEWEST)[series]] = -np.inf
    for row in WILD:
        odds[row, wild[series]] = -np.inf
    reading, best = odds.argmax(axis=0), odds.max(axis=0)
    at = pd.Series(best).groupby(series).idxmax().to_numpy()
    odd = [
        Odd(
            index,
            float(value[index] * READINGS[reading[index]][0]),
            float(best[index] + READINGS[reading[index]][2]),
        )
        for index in at[best[at] >= 0].tolist()
    ]
    return RateErrors(odd, wild)


def scaled(rates: np.ndarray) -> np.ndarray:
    """Rates in per cent as logarithms of their factors, times a hundred.

    >>> scaled(np.array([0.0, 100.0, -50.0])).round(1).tolist()
    [0.0, 69.3, -69.3]
    """
    return 100 * np.log(np.maximum(1 + rates / 100, FLOOR))


def _unseen(figures: Figures, width: np.ndarray) -> np.ndarray:
    """True for a series among whose rates ten times the usual one would pass."""
    rate = pd.Series(np.abs(figures.value)).groupby(figures.series).median().to_numpy()
    wide = pd.Series(width).groupby(figures.series).min().to_numpy()  # without the oddest rate
    return -_log_density(scaled(10 * rate) - scaled(rate), wide) < READINGS[0][2]


def _log_density(gap: np.ndarray, width: np.ndarray) -> np.ndarray:
    """The logarithm of Student's t, but for terms that do not depend on the gap."""
    return -(FREEDOM + 1) / 2 * np.log1p((gap / width) ** 2 / FREEDOM)


def _widths(figures: Figures, gap: np.ndarray) -> np.ndarray:
    """The spread of each series without the rate itself, drawn towards that of its kind."""
    series, kin = figures.series, figures.kin
    size, squares = np.bincount(series), np.bincount(series, gap**2)
    typical = pd.Series(np.abs(gap)).groupby(series).median().to_numpy() / 0.6745
    first = np.r_[True, series[1:] != series[:-1]]
    usual = pd.Series(np.maximum(typical, LEAST)).groupby(kin[first]).median()
    usual = usual[kin].to_numpy()
    other_squares = np.maximum(squares[series] - gap**2, 0.0)
    spread = np.sqrt((PRIOR * usual**2 + other_squares) / (PRIOR + size[series] - 1))
    end = first | np.r_[first[1:], True]
    return np.hypot(spread, figures.place) * np.where(end, ENDS, 1.0)
