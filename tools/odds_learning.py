"""Learning priors from many series, by the log score of the odds of events like targets."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
from scipy.optimize import minimize

from songhua.maths import scoring
from songhua.maths.odds.origins import Past
from songhua.maths.odds.recalibration import Evidence, Prior, known_in_turn, posterior
from songhua.maths.odds.smoothing import Array

BOUNDS = ((-1.0, 2.0), (0.5, 200.0), (1.0, 200.0), (0.3, 3.0))  # mean, weight, freedom, spread
STARTS = tuple(product((0.0, 0.5), (8.0,), (8.0,), (0.9, 1.3)))


def learn(sets: Sequence[Sequence[Past]], steps: int) -> Prior:
    """The prior whose odds of events have the least mean log score, each origin in its turn.

    All sets weigh the same, however many series they have.

    Args:
        sets: of each data set its panels' past forecasts.
        steps: years ahead.
    """
    flat = [_flat(panels, steps) for panels in sets]

    def loss(parameters: Sequence[float]) -> float:
        mean, weight, freedom, spread = parameters
        prior = Prior(mean, spread, np.exp(weight), np.exp(freedom))
        return float(np.mean([_score(prior, *parts) for parts in flat]))

    def inner(start: Sequence[float]) -> list[float]:
        mean, weight, freedom, spread = start
        return [mean, np.log(weight), np.log(freedom), spread]

    low, high = zip(*BOUNDS, strict=True)
    ends: Any = list(zip(inner(low), inner(high), strict=True))
    begin = min(map(inner, STARTS), key=loss)
    mean, weight, freedom, spread = minimize(
        loss, begin, method="L-BFGS-B", bounds=ends, options={"ftol": 1e-6}
    ).x
    return Prior(float(mean), float(spread), float(np.exp(weight)), float(np.exp(freedom)))


def log_score(panels: Sequence[Past], prior: Prior, steps: int) -> float:
    """The mean log score of the recalibrated odds of all events; lower is better.

    >>> half = np.full((4, 3, 1, 5), 0.5)
    >>> even = [Past(half[..., 0], half, half * 2, half)]
    >>> round(log_score(even, Prior(0.0, 1.0, 1.0, 9.0), 1), 6)  # ln 2
    0.693147
    """
    return _score(prior, *_flat(panels, steps))


def _score(prior: Prior, history: Evidence, below: Array, met: Array) -> float:
    short = posterior(prior, history).chance(below.T).T
    return scoring.log_score(short, 1 - met)


def _flat(panels: Sequence[Past], steps: int) -> tuple[Evidence, Array, Array]:
    """All forecasts of a set in one row, with the evidence before each, and their events."""
    rows, below, met = [], [], []
    for panel in panels:
        short, outcomes, _ = panel.events(steps)
        rows += known_in_turn(panel.scores(steps), steps)[: len(short)]
        below.append(short.reshape(-1, short.shape[-1]))
        met.append(outcomes.reshape(-1, outcomes.shape[-1]))
    parts = ([row.n for row in rows], [row.mean for row in rows], [row.deviations for row in rows])
    return Evidence(*map(np.concatenate, parts)), np.concatenate(below), np.concatenate(met)
