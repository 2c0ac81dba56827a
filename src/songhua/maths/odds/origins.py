"""Past origins: the forecast at each, its outcome, and the past rate of such events."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import ndtri

from songhua.maths.odds.smoothing import Array, paths

AHEAD = 3  # years: as far as odds were recalibrated and scored
TRAINED = 6  # years that an origin of the past needs
DRAWS = 400  # paths of each past origin
EVENTS = (0.1, 0.3, 0.5, 0.7, 0.9)  # quantiles of past paces that events ask for


class Pace(StrEnum):
    """The form of figures, and the unit of the pace that is wanted."""

    GROWTH = "growth"  # growth rates in %: the average of the years ahead, compounded
    STEPS = "steps"  # levels: units a year
    RATE = "rate"  # levels: % a year


@dataclass(frozen=True)
class Past:
    """All past forecasts, as arrays of origin × years ahead × place; not-a-number if unknown.

    `share` is the share of draws below what came. The others have one axis more, for events like
    targets: a pace at least as high as was reached in 90, 70, 50, 30 and 10 % of all stretches of
    as many years before the origin. `below` is the share of draws that fail it, `met` 1 where it
    came, else 0, and `base` how often it had come before: the climatological rate.
    """

    share: Array
    below: Array
    met: Array
    base: Array

    def scores(self, steps: int) -> Array:
        """The normal scores (origin × place) of forecasts so many years ahead."""
        return ndtri(self.share[: self.origins(steps), steps - 1])

    def origins(self, steps: int) -> int:
        """The number of origins with an outcome so many years ahead."""
        return int((~np.isnan(self.share[:, steps - 1]).any(axis=1)).sum())

    def events(self, steps: int) -> tuple[Array, Array, Array]:
        """`below`, `met` and `base` of forecasts so many years ahead: origin × place × event."""
        rows, at = slice(self.origins(steps)), steps - 1
        return self.below[rows, at], self.met[rows, at], self.base[rows, at]


def past(table: Array, pace: Pace, rng: np.random.Generator) -> Past:
    """The method from every origin that leaves six years before it, and the years after it.

    An origin has a chance of its own, so that later years change nothing at an earlier one.

    Args:
        table: year × place, consecutive, none missing.
        pace: what the figures are, and in what the pace is counted.
        rng: the source of chance.

    >>> table = np.arange(10.0, 30.0)[:, None] ** 2
    >>> all_past = past(table, Pace.STEPS, np.random.default_rng(0))
    >>> all_past.below.shape, all_past.origins(1), all_past.met[0, 0, 0].tolist()
    ((14, 3, 1, 5), 14, [1.0, 1.0, 1.0, 1.0, 1.0])
    """
    origins, places = range(TRAINED, len(table)), table.shape[1]
    shares = np.full((len(origins), AHEAD, places), np.nan)
    events = np.full((3, *shares.shape, len(EVENTS)), np.nan)
    for at, (origin, chance) in enumerate(zip(origins, rng.spawn(len(origins)), strict=True)):
        history = table[:origin]
        drawn = paths(history, AHEAD, DRAWS, chance)
        for steps in range(1, min(AHEAD, len(table) - origin) + 1):
            outcome = paces(history, table[None, origin : origin + steps], pace)[0]
            ahead = paces(history, drawn[:, :steps], pace)
            before = stretches(history, steps, pace)
            targets = np.quantile(before, EVENTS, axis=0).T
            shares[at, steps - 1] = (share(ahead < outcome) + share(ahead <= outcome)) / 2
            events[:, at, steps - 1] = (
                share(ahead[:, :, None] < targets),
                outcome[:, None] >= targets,
                (before[:, :, None] >= targets).mean(axis=0),
            )
    return Past(shares, *events)


def share(below: np.ndarray) -> Array:
    """The share of draws that are below, kept off 0 and 1 by half a draw.

    >>> float(share(np.array([True, True, True, False]))), float(share(np.zeros(4, bool)))
    (0.7, 0.1)
    """
    return (below.sum(axis=0) + 0.5) / (len(below) + 1)


def paces(history: Array, ahead: Array, pace: Pace) -> Array:
    """The pace of paths (path × step × place) that follow a history (year × place).

    >>> ahead = np.array([[[110.0], [121.0]]])
    >>> [round(float(paces(np.array([[100.0]]), ahead, p)[0, 0]), 9) for p in ("steps", "rate")]
    [10.5, 10.0]
    """
    steps = ahead.shape[1]
    if pace == Pace.GROWTH:
        return np.expm1(np.log1p(np.maximum(ahead, -99.0) / 100).mean(axis=1)) * 100
    if pace == Pace.STEPS:
        return (ahead[:, -1] - history[-1]) / steps
    return (np.maximum(ahead[:, -1] / history[-1], 0.0) ** (1 / steps) - 1) * 100


def stretches(history: Array, steps: int, pace: Pace) -> Array:
    """The pace of every stretch of so many years (stretch × place) of a history.

    >>> stretches(np.array([[1.0], [3.0], [4.0], [6.0]]), 1, Pace.STEPS).ravel()
    array([2., 1., 2.])
    """
    first = 0 if pace == Pace.GROWTH else 1
    spans = range(first, len(history) - steps + 1)
    return np.array([paces(history[:at], history[None, at : at + steps], pace)[0] for at in spans])
