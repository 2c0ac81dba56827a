"""Scores of stated odds: their distance from outcomes, and their calibration.

Source: G. W. Brier, Verification of Forecasts Expressed in Terms of Probability, Monthly Weather
Review 78, 1950; A. H. Murphy and R. L. Winkler, Reliability of Subjective Probability Forecasts,
Applied Statistics 26, 1977.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray
#: The lower limit of a probability before its logarithm is taken.
LEAST = 1e-9


class Band(NamedTuple):
    """Odds of one class: count, mean, and the share of events; missing without any."""

    n: int
    stated: float
    came: float


def brier(odds: Array, outcomes: Array) -> float:
    """The mean squared difference of odds and outcome (1 or 0); lower is better.

    >>> round(brier(np.array([0.1, 0.6]), np.array([0.0, 1.0])), 6)
    0.085
    """
    return float(((odds - outcomes) ** 2).mean())


def likelihood(odds: Array, outcomes: Array) -> Array:
    """The stated probability of each outcome: p where it is 1, else 1 - p.

    >>> likelihood(np.array([0.25, 0.25]), np.array([0.0, 1.0])).tolist()
    [0.75, 0.25]
    """
    return np.where(outcomes > 0, odds, 1 - odds)


def log_score(odds: Array, outcomes: Array) -> float:
    """The mean of -ln p of the outcomes; lower is better.

    >>> round(log_score(np.array([0.5]), np.array([1.0])), 6)  # ln 2
    0.693147
    """
    return -float(np.log(np.maximum(likelihood(odds, outcomes), LEAST)).mean())


def reliability(odds: Array, outcomes: Array, groups: int = 10) -> tuple[Band, ...]:
    """Bands of as many odds each, the lowest first: tenths, if not asked otherwise.

    >>> reliability(np.array([0.1, 0.1, 0.5]), np.array([0.0, 1.0, 1.0]), 2)
    (Band(n=2, stated=0.1, came=0.5), Band(n=1, stated=0.5, came=1.0))
    """
    parts = np.array_split(np.argsort(odds, kind="stable"), groups)
    return tuple(_band(odds[at], outcomes[at]) for at in parts if len(at))


def by_width(odds: Array, outcomes: Array, classes: int = 5) -> tuple[Band, ...]:
    """Bands of the same width: of 20 points, if not asked otherwise.

    >>> bands = by_width(np.array([0.05, 0.15, 0.95, 1.0]), np.array([0.0, 1.0, 1.0, 1.0]))
    >>> [band.n for band in bands], [band.came for band in bands]
    ([2, 0, 0, 0, 2], [0.5, nan, nan, nan, 1.0])
    """
    of = np.minimum((odds * classes).astype(int), classes - 1)
    return tuple(_band(odds[of == at], outcomes[of == at]) for at in range(classes))


def _band(odds: Array, outcomes: Array) -> Band:
    return Band(
        odds.size, *(float(values.mean()) if values.size else np.nan for values in (odds, outcomes))
    )
