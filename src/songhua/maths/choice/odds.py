"""Odds of the candidates of the last period, learnt from all transitions, with bands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from songhua.maths.choice.backtest import REGRESSIONS, features
from songhua.maths.choice.drift import Drift, band_of_odds
from songhua.maths.choice.events import Array
from songhua.maths.choice.features import beside_all, joined, past_frequency
from songhua.maths.choice.scores import fit
from songhua.maths.choice.track import Track


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
    """
    industries, last = track.shape[2], track.shape[0] - 1
    score = "full" if track.gain.earned(track.noise_gain) else "plain"
    every = joined([track.cells, track.still_open])
    columns = features(every, past_frequency(every, (last + 1, industries)))
    past = np.arange(len(every)) < len(track.cells)
    if track.scheme == "regions":
        columns[past, 2] = _in_other_regions(track)[track.cells.region, track.cells.industry]
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


def _in_other_regions(track: Track) -> Array:
    """How often each industry came true in all regions but one, region by industry."""
    own = np.zeros((2, *track.shape[1:]))
    place = (track.cells.region, track.cells.industry)
    np.add.at(own[0], place, track.cells.came)
    np.add.at(own[1], place, 1.0)
    others = own.sum(axis=1, keepdims=True) - own
    return beside_all(others[0], others[1])


def one_in(chance: float) -> int:
    """The n of "1 in n": the whole number whose inverse is nearest by ratio.

    >>> one_in(0.137), one_in(0.9), one_in(0.021)
    (7, 1, 48)
    """
    n = max(int(1 / chance), 1)
    return n if 1 / chance <= np.sqrt(n * (n + 1)) else n + 1
