"""The record of recalibrated odds: frequencies of events beside the odds, by years ahead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from songhua.maths.odds.origins import AHEAD, Past
from songhua.maths.odds.recalibration import Prior, in_turn
from songhua.maths.odds.smoothing import Array
from songhua.maths.scoring import Band, brier, by_width

STATED = (0.1, 0.3, 0.5, 0.7, 0.9)  # the middles of five classes of odds
SCORED = 3  # origins that a record needs


@dataclass(frozen=True)
class Record:
    """The record of odds of so many years ahead at past origins.

    `n` odds are those of five events like targets, of all places, at `origins`; `bands` are those
    of about 10, 30, 50, 70 and 90 % (classes of 20 points). The Brier score stands beside that of
    the climatological rate.
    """

    steps: int
    origins: int
    n: int
    bands: tuple[Band, ...]
    brier: float
    brier_base: float


def stated_odds(past: Past, steps: int, prior: Prior) -> Array:
    """The recalibrated odds (origin × place × event) of forecasts so many years ahead.

    Each origin's rule knows only what had come by then.

    >>> half = np.full((4, 3, 1, 5), 0.5)
    >>> odds = stated_odds(Past(half[..., 0], half, half, half), 1, Prior(0.0, 1.0, 1.0, 9.0))
    >>> odds.shape, float(odds.min().round(6)), float(odds.max().round(6))
    ((4, 1, 5), 0.5, 0.5)
    """
    below, _, _ = past.events(steps)
    rules = in_turn(prior, past.scores(steps), steps)
    odds = [1 - rule.chance(shares.T).T for rule, shares in zip(rules, below, strict=False)]
    return np.array(odds).reshape(below.shape)


def record(past: Past, steps: int, prior: Prior, less: bool = False) -> Record | None:
    """The record of forecasts so many years ahead; None with fewer than three origins.

    With `less` the events are that the pace is below, as for a target that asks for less.

    >>> half = np.full((4, 3, 1, 5), 0.5)
    >>> past = Past(half[..., 0], half, half * 2, half)
    >>> row = record(past, 1, Prior(0.0, 1.0, 1.0, 1e9))
    >>> row.origins, row.n, row.bands[2].n, row.bands[2].came, round(row.brier, 6)
    (4, 20, 20, 1.0, 0.25)
    """
    if past.origins(steps) < SCORED:
        return None
    odds, (_, met, base) = stated_odds(past, steps, prior), past.events(steps)
    if less:
        odds, met, base = 1 - odds, 1 - met, 1 - base
    bands = by_width(odds, met, len(STATED))
    return Record(steps, past.origins(steps), odds.size, bands, brier(odds, met), brier(base, met))


def records(past: Past, priors: dict[int, Prior], less: bool = False) -> tuple[Record, ...]:
    """The records of one, two and three years ahead, as far as there are three origins.

    >>> half = np.full((4, 3, 1, 5), 0.5)
    >>> prior = Prior(0.0, 1.0, 1.0, 9.0)
    >>> past = Past(half[..., 0], half, half, half)
    >>> [row.steps for row in records(past, {1: prior, 2: prior, 3: prior})]
    [1, 2, 3]
    """
    by_steps = (record(past, steps, priors[steps], less) for steps in range(1, AHEAD + 1))
    return tuple(scored for scored in by_steps if scored is not None)
