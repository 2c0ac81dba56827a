"""How likely a pace is to come: two models of exponential smoothing with a common shock, scored.

Local level: y[t] = l[t-1] + e[t], l[t] = l[t-1] + a e[t]. Damped trend: y[t] = l[t-1] + f b[t-1]
+ e[t], l[t] = l[t-1] + f b[t-1] + a e[t], b[t] = f b[t-1] + g e[t]. Half of the draws come from
each. An error e is a shock that all places share in a year, drawn whole from a past year, and one
of the place's own, from Student's t. The parameters are chosen by the errors one step ahead over
all places, from figures up to the origin only; so is everything that the record is made of.

Source: R. J. Hyndman, A. B. Koehler, J. K. Ord, R. D. Snyder, Forecasting with Exponential
Smoothing, 2008, chapters 2 and 3; E. S. Gardner and E. McKenzie, Management Science 31 (1985).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.maths.bounds import Interval
from songhua.maths.levels import ROUNDING

LEAST = 10  # consecutive years that a probability needs
TRAINED = 6  # years that an origin of the record needs
SCORED = 3  # origins that a record needs
SHARED = 3  # places from which on a common shock is told from a place's own
BURN = 2  # first errors, which the start values still sway
LEVELS = tuple((a, 0.0, 0.0) for a in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0))
TRENDS = tuple(product((0.2, 0.4, 0.6, 0.8, 1.0), (0.05, 0.1, 0.2, 0.3), (0.8, 0.9, 0.95)))
QUANTILES = (0.1, 0.5, 0.9)
Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Record:
    """How the method did from past origins: `n` of them, over all places.

    `inside` is the share of outcomes within the band of 80 %. Pinball (of the 10, 50 and 90 %
    points, in the unit of the pace) and Brier scores are better when lower; beside each stands
    that of a naive forecast: the last year goes on, with the spread of past errors of the same.
    """

    n: int
    inside: float
    pinball: float
    pinball_naive: float
    brier: float
    brier_naive: float


@dataclass(frozen=True)
class Forecast:
    """The probability that what is wanted comes, the band of 80 %, and the record."""

    probability: float
    low: float
    median: float
    high: float
    years: int
    record: Record


def forecast(
    values: pd.DataFrame, place: str, steps: int, wanted: Interval, rng: np.random.Generator,
    rates: bool, draws: int = 2000,
) -> Forecast | None:  # fmt: skip
    """The probability that a series ends, or grows on average, within what is wanted.

    Args:
        values: consecutive years down, places across, all in one unit, none missing.
        place: the column that is asked for; the others lend their errors and their shocks.
        steps: years ahead.
        wanted: with `rates` the average growth (% a year, compounded) over the years ahead; else
            the level at their end.
        rng: the source of chance.
        rates: whether the values are growth rates in %.
        draws: how many paths.

    None with fewer than ten years, or where no record of three origins can be made.

    Raises:
        SonghuaError: `forecast_years`, for years that are not consecutive or a missing value.

    >>> years = pd.DataFrame({"here": [5.0, 6.0] * 8}, index=range(2000, 2016))
    >>> rng = np.random.default_rng(0)
    >>> sure = forecast(years, "here", 2, Interval(0.0, math.inf), rng, rates=True)
    >>> sure.probability, sure.years, forecast(years[:9], "here", 2, Interval(0, 9), rng, True)
    (1.0, 16, None)
    """
    index = list(values.index)
    if index != list(range(index[0], index[0] + len(index))) or values.isna().any(axis=None):
        raise SonghuaError(Fault("forecast_years", params={"first": index[0], "n": len(index)}))
    table = values.to_numpy(dtype=float)
    if len(table) < LEAST or steps < 1:
        return None
    record = _record(table, steps, wanted, rng, rates, max(200, draws // 5))
    if record is None:
        return None
    at = list(values.columns).index(place)
    paths = _paths(table, steps, draws, rng)[:, :, at]
    ends = _ends(paths, rates)
    low, median, high = (float(end) for end in np.quantile(ends, QUANTILES))
    return Forecast(float(_within(ends, wanted).mean()), low, median, high, len(table), record)


def _within(ends: Array, wanted: Interval) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return (ends >= wanted.low) & (ends <= wanted.high)


def _ends(paths: Array, rates: bool) -> Array:
    """What is judged: the average growth over the steps (axis 1), or the last level."""
    if not rates:
        return paths[:, -1]
    logs = np.log1p(np.maximum(paths, -99.0) / 100)
    return np.expm1(logs.mean(axis=1)) * 100


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
    """The parameters with the least errors over all places, and what they leave.

    Each place's errors are set in proportion to the size of its own changes.
    """
    errors, level, trend = _smooth(table, grid)
    size = np.diff(table, axis=0).std(axis=0)
    steady = size <= ROUNDING * np.abs(table).max(axis=0)  # steps differ by rounding alone
    scaled = errors[BURN:] / np.where(steady, 1.0, size)
    best = int((scaled**2).sum(axis=(0, 2)).argmin())
    return grid[best], errors[BURN:, best], level[best], trend[best]


def _paths(table: Array, steps: int, draws: int, rng: np.random.Generator) -> Array:
    """Paths ahead (draw, step, place); both models meet the same years' shocks."""
    half = draws // 2
    years = rng.integers(0, len(table) - 1 - BURN, size=(half, steps))
    made = [
        _ahead(_fitted(table, np.array(grid)), used, years, rng)
        for grid, used in ((LEVELS, 1), (TRENDS, 3))
    ]
    return np.concatenate(made)


def _ahead(
    fitted: tuple[Array, Array, Array, Array], used: int, years: Any, rng: np.random.Generator
) -> Array:
    """Paths of one model; its errors are widened by the parameters that were chosen."""
    (alpha, gamma, phi), errors, level, trend = fitted
    n, places = errors.shape
    free = max(1, n - used)
    widen = math.sqrt(n / free)
    shared = errors.mean(axis=1) * widen if places >= SHARED else np.zeros(n)
    own = errors * widen - shared[:, None]
    spread = np.sqrt((own**2).mean(axis=0))
    level, trend = np.tile(level, (len(years), 1)), np.tile(trend, (len(years), 1))
    made = []
    for step in range(years.shape[1]):
        noise = rng.standard_t(free, size=level.shape) * spread
        error = shared[years[:, step]][:, None] + noise
        expected = level + phi * trend
        made.append(expected + error)
        level, trend = expected + alpha * error, phi * trend + gamma * error
    return np.stack(made, axis=1)


def _record(
    table: Array, steps: int, wanted: Interval, rng: np.random.Generator, rates: bool, draws: int
) -> Record | None:
    """The method from every origin that leaves enough years before it, and the steps after it."""
    origins = range(TRAINED, len(table) - steps + 1)
    if len(origins) < SCORED:
        return None
    inside, pinball, brier = [], [], []
    for origin in origins:
        past, truth = table[:origin], _ends(table[None, origin : origin + steps], rates)[0]
        ends = _ends(_paths(past, steps, draws, rng), rates)
        marks = np.quantile(ends, QUANTILES, axis=0)
        naive, chance = _naive(past, steps, wanted, rates)
        came = _within(truth, wanted)
        inside.append((truth >= marks[0]) & (truth <= marks[2]))
        pinball.append((_pinball(truth, marks), _pinball(truth, naive)))
        said = _within(ends, wanted).mean(axis=0)
        brier.append(((said - came) ** 2, (chance - came) ** 2))
    scores = np.array(pinball).mean(axis=(0, 2)), np.array(brier).mean(axis=(0, 2))
    (ours, naive_), (own, base) = scores
    n = len(origins) * table.shape[1]
    return Record(n, float(np.mean(inside)), float(ours), float(naive_), float(own), float(base))


def _pinball(truth: Array, marks: Array) -> Array:
    """The mean pinball loss of the three quantiles, by place."""
    losses = [
        np.maximum(q * (truth - mark), (q - 1) * (truth - mark))
        for q, mark in zip(QUANTILES, marks, strict=True)
    ]
    return np.mean(losses, axis=0)


def _naive(past: Array, steps: int, wanted: Interval, rates: bool) -> tuple[Array, Array]:
    """The last year goes on: its quantiles, and the chance of what is wanted, by place.

    The spread is that of the errors that the same rule made over as many steps before.
    """
    spans = range(1, len(past) - steps + 1)
    errors = np.array([
        _ends(past[None, at : at + steps], rates)[0] - past[at - 1] for at in spans
    ])  # fmt: skip
    spread = np.sqrt((errors**2).mean(axis=0))
    spread = np.where(spread > 0, spread, 1e-12)
    marks = np.array([past[-1] + z * spread for z in (-1.2815515655, 0.0, 1.2815515655)])
    ends = [_normal((end - past[-1]) / spread) for end in (wanted.low, wanted.high)]
    return marks, ends[1] - ends[0]


def _normal(z: Array) -> Array:
    """The distribution function of the standard normal."""
    return np.array([0.5 * math.erfc(-one / math.sqrt(2)) for one in np.atleast_1d(z)])
