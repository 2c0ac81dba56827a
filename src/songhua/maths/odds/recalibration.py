"""Recalibration: stated chances are set right by where past outcomes fell among their draws.

Of a past forecast the normal score z is the standard normal quantile of the share of draws below
the outcome. If forecasts are honest, z is standard normal; z above 0 on average means outcomes
higher than forecast, a spread above 1 means bands too narrow. Here z is normal with a mean and a
variance that are learnt: normal-inverse-chi-square, so that the next z follows Student's t. The
prior comes from many series; each past score of the series itself counts 1 / steps, since
forecasts of several years share their outcomes. With no score of its own a series has the
prior, and with many its own past.

Source: A. P. Dawid, JRSS A 147 (1984), for forecasts judged in turn; A. Gelman and others, Bayesian
Data Analysis, 3rd edition, 2013, section 3.3, for the distribution; T. Gneiting, F. Balabdaoui,
A. E. Raftery, JRSS B 69 (2007), for calibration by the share of draws below the outcome.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from songhua.maths.odds.smoothing import Array


@dataclass(frozen=True)
class Prior:
    """The prior that many series give to scores of another: mean, spread, and their weights.

    `weight` is how many scores the mean is worth, `freedom` how many the spread.
    """

    mean: float
    spread: float
    weight: float
    freedom: float


@dataclass(frozen=True)
class Recalibration:
    """The distribution of the next score: location + spread × Student's t, by place."""

    location: Array
    spread: Array
    freedom: Array | float

    def chance(self, share: Array | float) -> Array:
        """The recalibrated chance of no more than what has this share of the draws below it.

        >>> honest = Recalibration(np.zeros(1), np.ones(1), 1e9)
        >>> narrow = Recalibration(np.zeros(1), np.full(1, 2.0), 1e9)
        >>> honest.chance(0.9).round(3), narrow.chance(0.9).round(3)
        (array([0.9]), array([0.739]))
        """
        return stdtr(self.freedom, (ndtri(share) - self.location) / self.spread)

    def share(self, chance: float) -> Array:
        """The share of draws below what has this recalibrated chance: the inverse of `chance`.

        >>> narrow = Recalibration(np.zeros(1), np.full(1, 2.0), 1e9)
        >>> narrow.chance(narrow.share(0.25)).round(9)
        array([0.25])
        """
        return ndtr(self.location + self.spread * stdtrit(self.freedom, chance))


@dataclass(frozen=True)
class Evidence:
    """Past scores in short: their weight, their mean and their weighted squared deviations."""

    n: Array
    mean: Array
    deviations: Array


def evidence(scores: Array, steps: int) -> Evidence:
    """Scores (origin × place) in short; each counts 1 / steps.

    >>> summary = evidence(np.array([[1.0], [3.0]]), 2)
    >>> summary.n, summary.mean, summary.deviations
    (array([1.]), array([2.]), array([1.]))
    """
    n = np.full(scores.shape[1], len(scores) / steps)
    mean = scores.mean(axis=0) if len(scores) else np.zeros(scores.shape[1])
    return Evidence(n, mean, ((scores - mean) ** 2).sum(axis=0) / steps)


def posterior(prior: Prior, observed: Evidence) -> Recalibration:
    """The posterior of a prior after past scores, for each place by itself.

    With n the weight of the scores, m their mean and S their squared deviations from it: mean
    (k u + n m) / (k + n), freedom v + n, and freedom × variance v s² + S + k n (m - u)² / (k + n),
    for a prior of mean u, weight k, spread s and freedom v.

    >>> prior = Prior(mean=0.0, spread=1.0, weight=2.0, freedom=4.0)
    >>> rule = posterior(prior, evidence(np.array([[1.0], [3.0]]), 1))
    >>> rule.location, rule.freedom, (rule.spread**2 * 6 * 4 / 5).round(9)
    (array([1.]), array([6.]), array([10.]))
    """
    weight, freedom = prior.weight + observed.n, prior.freedom + observed.n
    location = (prior.weight * prior.mean + observed.n * observed.mean) / weight
    between = prior.weight * observed.n * (observed.mean - prior.mean) ** 2 / weight
    variance = (prior.freedom * prior.spread**2 + observed.deviations + between) / freedom
    return Recalibration(location, np.sqrt(variance * (weight + 1) / weight), freedom)


def known_in_turn(scores: Array, steps: int) -> list[Evidence]:
    """Scores known at each origin, and at the one after all: outcomes of its time.

    The outcome of an origin is known `steps` origins later. The last one is for the origin after
    all scores' outcomes: `scores` has a row for each origin whose outcome is known.

    >>> [float(known.n[0]) for known in known_in_turn(np.array([[2.0], [4.0]]), 2)]
    [0.0, 0.0, 0.5, 1.0]
    """
    counts = [max(0, at - steps + 1) for at in range(len(scores) + steps)]
    return [evidence(scores[:n], steps) for n in counts]


def in_turn(prior: Prior, scores: Array, steps: int) -> list[Recalibration]:
    """A recalibration for each origin, from those whose outcome was known at it, and one more.

    >>> prior = Prior(mean=0.0, spread=1.0, weight=0.5, freedom=4.0)
    >>> [float(r.location[0]) for r in in_turn(prior, np.array([[2.0], [4.0]]), 2)]
    [0.0, 0.0, 1.0, 2.0]
    """
    return [posterior(prior, observed) for observed in known_in_turn(scores, steps)]
