"""Odds of the candidates of the last period, learnt from all transitions, with bands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from songhua.maths.choice.backtest import REGRESSIONS, features
from songhua.maths.choice.drift import Drift, band_of_odds
from songhua.maths.choice.events import Array
from songhua.maths.choice.features import Cells, beside_all, joined, past_frequency
from songhua.maths.choice.scores import STILL, Logistic, fit
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
        start: what the start quotient alone says.
        columns: the features, those of `FEATURES`.
        parts: what each feature adds to the log-odds beside an average candidate; relatedness adds
            0 where it has not earned its place.
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
    >>> from songhua.maths.choice.example import candidates, track
    >>> alone = replace(candidates(), industry=np.zeros(8, dtype=int))  # nothing tells them apart
    >>> found = odds(replace(track(), cells=alone), np.random.default_rng(0))
    >>> found.score, found.rate, found.chance[:2].round(3).tolist()
    ('plain', 0.25, [0.25, 0.25])
    """
    score, past, now, found = fitted(track, rng)
    came, still = track.cells.came, track.still_open
    made = chances(still.industry, now, score, found, fit(past[:, :1], came), track.drift)
    return Odds(**vars(made), region=still.region, rate=float(came.mean()), score=score)


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

    >>> from songhua.maths.choice.example import taught
    >>> entry, near = taught("entry"), np.array([[1.0, 1.0, np.log(2.25), 0.0, 0.0]])
    >>> made = chances(np.array([0]), near, "plain", entry.odds, entry.start, entry.drift)
    >>> made.chance.round(9), made.start.round(9)  # 2.25 to 9, and 1 to 9
    (array([0.2]), array([0.1]))
    """
    used = list(REGRESSIONS[score])
    chance, parts = expit(by.line(columns[:, used])), np.zeros(columns.shape)
    low, high = band_of_odds(chance, by.spread(columns[:, used]), level)
    parts[:, used] = by.design(columns[:, used])[:, 1:] * np.array(by.weights[1:])
    return Chances(industry, chance, low, high, expit(start.line(columns[:, :1])), columns, parts)


def fitted(track: Track, rng: np.random.Generator) -> tuple[str, Array, Array, Logistic]:
    """The score by which odds are told, and its regression.

    Args:
        track: the panel's record.
        rng: draws regions.

    Returns:
        The score, the features of past candidates and of those of the last period, the fit.

    >>> from songhua.maths.choice.example import track
    >>> score, past, now, found = fitted(track(), np.random.default_rng(0))
    >>> score, past.shape, now.shape, len(found.weights)
    ('plain', (8, 5), (4, 5), 5)
    """
    score = "full" if track.gain.earned(track.noise_gain) else "plain"
    every, cells = joined([track.cells, track.still_open]), track.cells
    frequency = past_frequency(every, (track.shape[0], track.shape[2]), track.definition.lag)
    past, now = np.split(features(every, frequency), [len(cells)])
    if track.scheme == "regions":
        past[:, 2] = in_other_regions(track)[cells.region, cells.industry]
    return score, past, now, fit(past[:, list(REGRESSIONS[score])], cells.came, cells.region, rng)


def in_other_regions(track: Track) -> Array:
    """How often each industry came true in all regions but one, beside all industries.

    Returns:
        log((events + 2) / (expected + 2)), region by industry.

    >>> from songhua.maths.choice.example import track
    >>> in_other_regions(track()).round(3)[[0, 3]]  # log 3/(7/3), log 2/(8/3); log 4/(10/3)
    array([[ 0.251, -0.288],
           [ 0.182, -0.288]])
    """
    own = np.zeros((2, *track.shape[1:]))
    place = (track.cells.region, track.cells.industry)
    np.add.at(own[0], place, track.cells.came)
    np.add.at(own[1], place, 1.0)
    others = own.sum(axis=1, keepdims=True) - own
    return beside_all(others[0], others[1])


@dataclass(frozen=True)
class Alike:
    """How past candidates with odds like a candidate's fared.

    `n` had such odds when they were told; `came` is the share that came, and `lasted` the share
    of those that still held a period later (missing where no later period is known).
    """

    n: Array
    came: Array
    lasted: Array


@dataclass(frozen=True)
class Fate:
    """Past candidates by class of odds, up to `ends`: how many, the share that came, and lasted."""

    ends: tuple[float, ...]
    n: tuple[int, ...]
    came: tuple[float, ...]
    lasted: tuple[float, ...]

    def alike(self, chance: Array | float) -> Alike:
        """The fate of past candidates of the same class of odds, for each candidate."""
        at = np.searchsorted(self.ends, chance, side="right")
        return Alike(*(np.array(one)[at] for one in (self.n, self.came, self.lasted)))


def fate(track: Track) -> Fate:
    """The fate of past candidates, in classes with a fifth of all past events in each.

    Args:
        track: the panel's record.

    >>> from songhua.maths.choice.example import track
    >>> fate(track()).alike(np.array([0.05, 0.6])).came.tolist()
    [0.0, 0.5]
    """
    told, cells = track.scored, track.cells
    chance, came, still = (one[told] for one in (track.odds["stated"], cells.came, cells.lasted))
    ends = np.quantile(chance[came == 1], [0.2, 0.4, 0.6, 0.8]) if came.any() else np.zeros(0)
    at, classes, known = (
        np.searchsorted(ends, chance, side="right"),
        len(ends) + 1,
        ~np.isnan(still),
    )
    n, events = np.bincount(at, minlength=classes), np.bincount(at, came, classes)
    held, seen = (np.bincount(at[known], one, classes) for one in (still[known], known[known]))
    shares = (tuple(ratio(*one).tolist()) for one in ((events, n), (held, seen)))
    return Fate(tuple(ends.tolist()), tuple(n.tolist()), *shares)


def borrowed_order(track: Track, candidates: Cells) -> Array:
    """Ranks of another country's candidates by the order learnt here: 1 is the likeliest.

    The order of quotient, size and volatility can be reused, each in standard deviations of its
    own panel; how often it comes true cannot, so that no probability is given. Frequencies of
    industries and relatedness are not borrowed.

    Args:
        track: the record of the panel that is borrowed from.
        candidates: those of the other place, of the same kind.

    >>> from dataclasses import replace
    >>> from songhua.maths.choice.example import candidates, track
    >>> past = candidates()
    >>> near = replace(past, quotient=np.where(past.came == 1, 0.6, 0.4))  # the nearer ones came
    >>> other = replace(past.where(slice(3)), quotient=np.array([0.1, 0.3, 0.2]))
    >>> borrowed_order(replace(track(), cells=near), other).tolist()
    [3.0, 1.0, 2.0]
    """
    from scipy.stats import rankdata  # slow to load, and seldom asked for

    known, other = (
        np.column_stack([one.quotient, one.size, one.volatility])
        for one in (track.cells, candidates)
    )
    weights = fit(known, track.cells.came).weights[1:]
    scale = other.std(axis=0)
    return rankdata(-(other / np.where(scale > STILL, scale, 1.0)) @ weights)


def one_in(chance: float) -> int:
    """The n of "1 in n": the whole number whose inverse is nearest by ratio.

    >>> one_in(0.137), one_in(0.9), one_in(0.021)
    (7, 1, 48)
    """
    n = max(int(1 / chance), 1)
    return n if 1 / chance <= np.sqrt(n * (n + 1)) else n + 1
