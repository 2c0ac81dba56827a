"""Paths ahead by two models of exponential smoothing with a common shock.

Local level: y[t] = l[t-1] + e[t], l[t] = l[t-1] + a e[t]. Damped trend: y[t] = l[t-1] + f b[t-1]
+ e[t], l[t] = l[t-1] + f b[t-1] + a e[t], b[t] = f b[t-1] + g e[t]. Half of the draws come from
each. An error e is a shock that all places share in a year, drawn whole from a past year, and one
of the place's own, from Student's t. The parameters are chosen by the errors one step ahead over
all places, from figures up to the origin only.

Source: R. J. Hyndman, A. B. Koehler, J. K. Ord, R. D. Snyder, Forecasting with Exponential
Smoothing, 2008, chapters 2 and 3; E. S. Gardner and E. McKenzie, Management Science 31 (1985).
"""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import numpy as np

from songhua.maths.levels import ROUNDING

SHARED = 3  # places from which on a common shock is told from a place's own
BURN = 2  # first errors, which the start values still sway
LEVELS = tuple((a, 0.0, 0.0) for a in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0))
TRENDS = tuple(product((0.2, 0.4, 0.6, 0.8, 1.0), (0.05, 0.1, 0.2, 0.3), (0.8, 0.9, 0.95)))
Array = np.ndarray[Any, np.dtype[np.float64]]


def paths(table: Array, steps: int, draws: int, rng: np.random.Generator) -> Array:
    """Paths ahead (draw, step, place); both models meet the same years' shocks.

    Args:
        table: year × place, all in one unit, none missing; five years or more.
        steps: years ahead.
        draws: how many paths, half of them from each model.
        rng: the source of chance.

    >>> steady = np.full((8, 1), 5.0)
    >>> np.unique(paths(steady, 2, 4, np.random.default_rng(0)))
    array([5.])
    """
    half = draws // 2
    years = rng.integers(0, len(table) - 1 - BURN, size=(half, steps))
    halves = [
        _ahead(_fitted(table, np.array(grid)), parameters, years, rng)
        for grid, parameters in ((LEVELS, 1), (TRENDS, 3))
    ]
    return np.concatenate(halves)


def _smooth(table: Array, grid: Array) -> tuple[Array, Array, Array]:
    """Errors one step ahead (year, parameters, place), and the last level and trend."""
    alpha, gamma, phi = (grid[:, [at]] for at in range(3))
    shape = (len(grid), table.shape[1])
    start = np.diff(table[: BURN + 2], axis=0).mean(axis=0)
    first = table[: BURN + 1].mean(axis=0)
    level, trend = np.broadcast_to(np.where(phi > 0, table[0], first), shape), start * (phi > 0)
    errors = []
    for row in table[1:]:
        expected = level + phi * trend
        error = row - expected
        level, trend = expected + alpha * error, phi * trend + gamma * error
        errors.append(error)
    return np.array(errors), level, trend


def _fitted(table: Array, grid: Array) -> tuple[Array, Array, Array, Array]:
    """The parameters with the least errors over all places, and these errors.

    Each place's errors are set in proportion to the size of its own changes.
    """
    errors, level, trend = _smooth(table, grid)
    size = np.diff(table, axis=0).std(axis=0)
    steady = size <= ROUNDING * np.abs(table).max(axis=0)  # steps differ by rounding alone
    scaled = errors[BURN:] / np.where(steady, 1.0, size)
    best = int((scaled**2).sum(axis=(0, 2)).argmin())
    return grid[best], errors[BURN:, best], level[best], trend[best]


def _ahead(
    fitted: tuple[Array, Array, Array, Array], parameters: int, years: Any, rng: np.random.Generator
) -> Array:
    """Paths of one model; its errors are widened by the parameters that were chosen."""
    (alpha, gamma, phi), errors, level, trend = fitted
    n, places = errors.shape
    free = max(1, n - parameters)
    widen = math.sqrt(n / free)
    shared = errors.mean(axis=1) * widen if places >= SHARED else np.zeros(n)
    local = errors * widen - shared[:, None]
    spread = np.sqrt((local**2).mean(axis=0))
    level, trend = np.tile(level, (len(years), 1)), np.tile(trend, (len(years), 1))
    values = []
    for step in range(years.shape[1]):
        noise = rng.standard_t(free, size=level.shape) * spread
        error = shared[years[:, step]][:, None] + noise
        expected = level + phi * trend
        values.append(expected + error)
        level, trend = expected + alpha * error, phi * trend + gamma * error
    return np.stack(values, axis=1)
