"""Odds of the candidates of the last period, learnt from all transitions, with bands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from songhua.maths.choice.backtest import REGRESSIONS, features
from songhua.maths.choice.drift import Drift, band_of_odds
from songhua.maths.choice.events import Array
from songhua.maths.choice.features import Cells, beside_all, joined, past_frequency
from songhua.maths.choice.scores import STILL, fit
from songhua.maths.choice.track import Track
from songhua.maths.levels import ratio


@dataclass(frozen=True)
class Odds:
    """The probabilities that candidates enter, or leave, by the next period.

    Attributes:
        region: the candidate's region, by position.
        industry: its industry.
        chance: the probability.
        low: its lower end at 90 %: doubt of the fit and drift of the level together.
        high: its upper end.
        start: what the start quotient alone says.
        rate: the share of all past candidates that came.
        score: `plain`, or `full` with relatedness.
        parts: what each feature adds to the log-odds beside an average candidate, a column each
            in the order of `FEATURES`; relatedness adds 0 where it has not earned its place.
        relatedness: the candidate's relatedness, as an explanation in either case.
        drift: of the level; its `seen` is 0 where it is assumed.
    """

    region: Array
    industry: Array
    chance: Array
    low: Array
    high: Array
    start: Array
    rate: float
    score: str
    parts: Array
    relatedness: Array
    drift: Drift


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
    industries, last = track.shape[2], track.shape[0] - 1
    score = "full" if track.gain.earned(track.noise_gain) else "plain"
    every = joined([track.cells, track.still_open])
    columns = features(every, past_frequency(every, (last + 1, industries), track.definition.lag))
    past = np.arange(len(every)) < len(track.cells)
    if track.scheme == "regions":
        columns[past, 2] = in_other_regions(track)[track.cells.region, track.cells.industry]
    used = list(REGRESSIONS[score])
    came, region = track.cells.came, track.cells.region
    found = fit(columns[past][:, used], came, region, rng)
    alone = fit(columns[past][:, :1], came)
    now = columns[~past]
    chance = found.chance(now[:, used])
    low, high = band_of_odds(chance, found.spread(now[:, used]), track.drift)
    parts = np.zeros((len(now), columns.shape[1]))
    parts[:, used] = found.design(now[:, used])[:, 1:] * found.coefficients[1:]
    still = track.still_open
    return Odds(
        still.region, still.industry, chance, low, high, alone.chance(now[:, :1]),
        float(came.mean()), score, parts, still.relatedness, track.drift,
    )  # fmt: skip


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


def alike(track: Track, found: Odds) -> Alike:
    """The fate of past candidates of the same class of odds, for each candidate.

    Classes are cut so that a fifth of all past events falls into each.

    Args:
        track: the panel's record.
        found: its odds.

    >>> from dataclasses import replace
    >>> from songhua.maths.choice.example import track
    >>> few, many = np.array([0.05]), np.array([0.6])
    >>> of = odds(track(), np.random.default_rng(0))
    >>> [alike(track(), replace(of, chance=one)).came.tolist() for one in (few, many)]
    [[0.0], [0.5]]
    """
    told, cells = track.scored, track.cells
    chance, came, still = (one[told] for one in (track.odds["stated"], cells.came, cells.lasted))
    ends = np.quantile(chance[came == 1], [0.2, 0.4, 0.6, 0.8]) if came.any() else np.zeros(0)
    past = np.searchsorted(ends, chance, side="right")
    classes, known = len(ends) + 1, ~np.isnan(still)
    n, events = np.bincount(past, minlength=classes), np.bincount(past, came, classes)
    held, seen = (np.bincount(past[known], one, classes) for one in (still[known], known[known]))
    at = np.searchsorted(ends, found.chance, side="right")
    return Alike(n[at], ratio(events, n)[at], ratio(held, seen)[at])


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
    weights = fit(known, track.cells.came).coefficients[1:]
    scale = other.std(axis=0)
    return rankdata(-(other / np.where(scale > STILL, scale, 1.0)) @ weights)


def one_in(chance: float) -> int:
    """The n of "1 in n": the whole number whose inverse is nearest by ratio.

    >>> one_in(0.137), one_in(0.9), one_in(0.021)
    (7, 1, 48)
    """
    n = max(int(1 / chance), 1)
    return n if 1 / chance <= np.sqrt(n * (n + 1)) else n + 1
