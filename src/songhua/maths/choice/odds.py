"""Odds of the candidates of the last period, learnt from all transitions, with bands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from songhua.maths.choice.backtest import REGRESSIONS, features
from songhua.maths.choice.drift import Drift, band_of_odds
from songhua.maths.choice.events import Array
from songhua.maths.choice.features import beside_all, joined, past_frequency
from songhua.maths.choice.scores import Logistic, fit
from songhua.maths.choice.track import Track
from songhua.maths.levels import ratio


@dataclass(frozen=True)
class Chances:
    """The probabilities that candidates enter, or leave, by the next period.

    Attributes:
        industry: the candidate's industry, by position.
        chance: the probability.
        low: its lower end at 90 %: doubt of the fit and drift of the level together.
        high: its upper end.
        start: the probability by the start quotient alone.
        columns: the features, those of `FEATURES`.
        parts: the addition of each feature to the log-odds, relative to an average candidate; 0 for
            relatedness where it did not improve past odds.
    """

    industry: Array
    chance: Array
    low: Array
    high: Array
    start: Array
    columns: Array
    parts: Array


@dataclass(frozen=True)
class Odds(Chances):
    """The same of all regions of a panel.

    Attributes:
        region: the candidate's region, by position.
        rate: the share of all past candidates that came.
        score: `plain`, or `full` with relatedness.
    """

    region: Array
    rate: float
    score: str


def odds(track: Track, rng: np.random.Generator) -> Odds:
    """The odds of the last period's candidates.

    Relatedness enters only where what it added to past forecasts has a lower bound above zero and
    above what it added in the placebo.

    Args:
        track: the panel's record.
        rng: draws regions.

    >>> from dataclasses import replace
    >>> from songhua.maths.choice.small_panel import candidates, track
    >>> alone = replace(candidates(), industry=np.zeros(8, dtype=int))  # nothing tells them apart
    >>> forecast = odds(replace(track(), cells=alone), np.random.default_rng(0))
    >>> forecast.score, forecast.rate, forecast.chance[:2].round(3).tolist()
    ('plain', 0.25, [0.25, 0.25])
    """
    score, past, last, regression = fitted(track, rng)
    outcomes, still = track.cells.occurred, track.still_open
    stated = chances(
        still.industry, last, score, regression, fit(past[:, :1], outcomes), track.drift
    )
    return Odds(**vars(stated), region=still.region, rate=float(outcomes.mean()), score=score)


def chances(
    industry: Array, columns: Array, score: str, by: Logistic, start: Logistic, level: Drift
) -> Chances:
    """The odds of candidates with their bands.

    Args:
        industry: of each candidate.
        columns: its features.
        score: `plain` or `full`.
        by: the regression of that score.
        start: that of the start quotient alone.
        level: the drift of the level.

    >>> from songhua.maths.choice.small_panel import taught
    >>> entry, near = taught("entry"), np.array([[1.0, 1.0, np.log(2.25), 0.0, 0.0]])
    >>> estimates = chances(np.array([0]), near, "plain", entry.odds, entry.start, entry.drift)
    >>> estimates.chance.round(9), estimates.start.round(9)  # 2.25 to 9, and 1 to 9
    (array([0.2]), array([0.1]))
    """
    selected = list(REGRESSIONS[score])
    chance, parts = expit(by.line(columns[:, selected])), np.zeros(columns.shape)
    low, high = band_of_odds(chance, by.spread(columns[:, selected]), level)
    parts[:, selected] = by.design(columns[:, selected])[:, 1:] * np.array(by.weights[1:])
    return Chances(industry, chance, low, high, expit(start.line(columns[:, :1])), columns, parts)


def fitted(track: Track, rng: np.random.Generator) -> tuple[str, Array, Array, Logistic]:
    """The score by which odds are stated, and its regression.

    Args:
        track: the panel's record.
        rng: draws regions.

    Returns:
        The score, the features of past candidates and of those of the last period, the fit.

    >>> from songhua.maths.choice.small_panel import track
    >>> score, past, last, regression = fitted(track(), np.random.default_rng(0))
    >>> score, past.shape, last.shape, len(regression.weights)
    ('plain', (8, 5), (4, 5), 5)
    """
    score = "full" if track.gain.earned(track.noise_gain) else "plain"
    all_cells, cells = joined([track.cells, track.still_open]), track.cells
    frequency = past_frequency(all_cells, (track.shape[0], track.shape[2]), track.definition.lag)
    past, last = np.split(features(all_cells, frequency), [len(cells)])
    if track.scheme == "regions":
        past[:, 2] = in_other_regions(track)[cells.region, cells.industry]
    columns = past[:, list(REGRESSIONS[score])]
    return score, past, last, fit(columns, cells.occurred, cells.region, rng)


def in_other_regions(track: Track) -> Array:
    """Frequency of events of each industry in all regions but one, beside all industries.

    Returns:
        log((events + 2) / (expected + 2)), region by industry.

    >>> from songhua.maths.choice.small_panel import track
    >>> in_other_regions(track()).round(3)[[0, 3]]  # log 3/(7/3), log 2/(8/3); log 4/(10/3)
    array([[ 0.251, -0.288],
           [ 0.182, -0.288]])
    """
    regional = np.zeros((2, *track.shape[1:]))
    place = (track.cells.region, track.cells.industry)
    np.add.at(regional[0], place, track.cells.occurred)
    np.add.at(regional[1], place, 1.0)
    elsewhere = regional.sum(axis=1, keepdims=True) - regional
    return beside_all(elsewhere[0], elsewhere[1])


@dataclass(frozen=True)
class Alike:
    """The fate of past candidates with odds like a candidate's.

    `n` had such odds when they were told; `came` is the share that came, and `lasted` the share
    of those that still held a period later (missing where no later period is known).
    """

    n: Array
    came: Array
    lasted: Array


@dataclass(frozen=True)
class Fate:
    """Past candidates by class of odds, up to `ends`: count, share of events, share that lasted."""

    ends: tuple[float, ...]
    n: tuple[int, ...]
    came: tuple[float, ...]
    lasted: tuple[float, ...]

    def alike(self, chance: Array | float) -> Alike:
        """The fate of past candidates of the same class of odds, for each candidate."""
        at = np.searchsorted(self.ends, chance, side="right")
        return Alike(*(np.array(values)[at] for values in (self.n, self.came, self.lasted)))


def fate(track: Track) -> Fate:
    """The fate of past candidates, in classes with a fifth of all past events in each.

    Args:
        track: the panel's record.

    >>> from songhua.maths.choice.small_panel import track
    >>> fate(track()).alike(np.array([0.05, 0.6])).came.tolist()
    [0.0, 0.5]
    """
    tested, cells = track.scored, track.cells
    chance, outcomes, still = (
        values[tested] for values in (track.odds["stated"], cells.occurred, cells.lasted)
    )
    ends = (
        np.quantile(chance[outcomes == 1], [0.2, 0.4, 0.6, 0.8]) if outcomes.any() else np.zeros(0)
    )
    at, classes, decided = (
        np.searchsorted(ends, chance, side="right"),
        len(ends) + 1,
        ~np.isnan(still),
    )
    n, events = np.bincount(at, minlength=classes), np.bincount(at, outcomes, classes)
    lasting, followed = (
        np.bincount(at[decided], weights, classes) for weights in (still[decided], decided[decided])
    )
    shares = (tuple(ratio(*pair).tolist()) for pair in ((events, n), (lasting, followed)))
    return Fate(tuple(ends.tolist()), tuple(n.tolist()), *shares)


def one_in(chance: float) -> int:
    """The n of "1 in n": the whole number whose inverse is nearest by ratio.

    >>> one_in(0.137), one_in(0.9), one_in(0.021)
    (7, 1, 48)
    """
    n = max(int(1 / chance), 1)
    return n if 1 / chance <= np.sqrt(n * (n + 1)) else n + 1
