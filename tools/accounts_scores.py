"""Score the prior of regional accounts on regions that were left out, beside two rivals.

Known of each region are its total and three sectors. With independent log quotients, the likely
sizes of a sector's industries are their joint distribution, given their sum; `given_sum` computes
its quantiles without sampling.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import ndtr
from scipy.stats import beta

Array: TypeAlias = "np.ndarray | pd.Series"
LEVELS = (0.05, 0.5, 0.95)
#: Concentration of the rival's Dirichlet distribution within each sector.
CONCENTRATION = 50
#: Points of the logarithm of a cell, as many deviations from its mean; a mass that is none.
POINTS, FAR, TINY = 1201, 9.0, 1e-12
SECTOR = ["study", "year", "region", "sector"]


def given_sum(
    mean: np.ndarray,
    sd: np.ndarray,
    total: float,
    low: np.ndarray | float = 0.0,
    high: np.ndarray | float = np.inf,
    bins: int = 1024,
) -> np.ndarray:
    """Quantiles of independent lognormal cells, given their sum and bounds: levels × cells.

    The density of one cell, given the sum, is its own times that of the sum of the others at the
    rest. Sums are convolutions: each cell is laid on a grid of the total's parts so that mass and
    mean are kept, all are tilted by one exponential, which the condition takes out again, so that
    their sum lies in the middle of the grid, and multiplied by Fourier's transform.

    Args:
        mean, sd: of the logarithm of each cell.
        total: their sum.
        low, high: what each cell is known to lie between.
        bins: of the grid.

    >>> given_sum(np.log([1.0, 1.0]), np.array([0.5, 0.5]), 4.0)[1].round(2).tolist()
    [2.0, 2.0]
    """
    mean = mean - np.log(total)
    if len(mean) == 1:
        return np.full((len(LEVELS), 1), total)
    with np.errstate(divide="ignore"):
        ends = np.log(np.array([np.full(len(mean), one) for one in (low, high)]) / total)
    grid = np.arange(bins + 1) / bins
    masses = _on_grid(mean, sd, grid, ends)
    tilt = _tilt(masses, grid)
    waves = np.fft.rfft(_tilted(masses, grid, tilt), 4 * bins, axis=1)
    before, after = np.ones_like(waves), np.ones_like(waves)
    np.cumprod(waves[:-1], axis=0, out=before[1:])
    after[:-1] = np.cumprod(waves[:0:-1], axis=0)[::-1]
    others = np.maximum(np.fft.irfft(before * after, 4 * bins, axis=1)[:, : bins + 1], 0)
    found = np.empty((len(LEVELS), len(mean)))
    for k in range(len(mean)):
        first, last = ends[0, k], min(ends[1, k], -1e-9)
        first = min(max(first, mean[k] - FAR * sd[k]), last - 1e-9)
        last = max(min(last, mean[k] + FAR * sd[k]), first + 1e-9)
        logs = np.linspace(first, last, POINTS)
        left = np.interp(1 - np.exp(logs), grid, others[k])
        with np.errstate(divide="ignore"):
            density = np.log(left) + tilt * np.exp(logs) - ((logs - mean[k]) / sd[k]) ** 2 / 2
        density = np.exp(density - density.max())
        heaped = np.append(0, np.cumsum((density[1:] + density[:-1]) / 2))
        found[:, k] = np.exp(np.interp(LEVELS, heaped / heaped[-1], logs))
    return found * total


def _on_grid(mean: np.ndarray, sd: np.ndarray, grid: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The mass of each cell at each point of the grid; what lies beyond its end is left out."""
    bins = len(grid) - 1
    with np.errstate(divide="ignore"):
        logs = np.clip(np.log(grid), ends[0][:, None], ends[1][:, None])
    z = (logs - mean[:, None]) / sd[:, None]
    mass = np.diff(ndtr(z), axis=1)
    # bounds so far out that no mass is left there hold one point
    lost = mass.sum(axis=1) < TINY
    at = np.minimum(np.exp(ends[0]) * bins, bins - 1).astype(int)
    mass[lost, at[lost]] = 1.0
    first = np.exp(mean + sd**2 / 2)[:, None] * np.diff(ndtr(z - sd[:, None]), axis=1)
    upper = np.clip(first * bins - mass * np.arange(bins), 0, mass)
    found = np.zeros((len(mean), bins + 1))
    found[:, :-1] += mass - upper
    found[:, 1:] += upper
    return found


def _tilted(masses: np.ndarray, grid: np.ndarray, tilt: float) -> np.ndarray:
    """Masses times exp(tilt × point), adding up to one."""
    found = masses * np.exp(tilt * (grid - (tilt > 0)))
    return found / found.sum(axis=1, keepdims=True)


def _tilt(masses: np.ndarray, grid: np.ndarray) -> float:
    """The tilt with which the mean of the sum is one."""

    def beyond(tilt: float) -> float:
        return float((_tilted(masses, grid, tilt) @ grid).sum() - 1)

    ends = [-8.0, 8.0]
    for side in range(2):
        while abs(ends[side]) < 1e6 and (beyond(ends[side]) < 0) == (side == 1):
            ends[side] *= 4
    return float(brentq(beyond, *ends, xtol=1e-6)) if beyond(ends[0]) < 0 < beyond(ends[1]) else 0.0


def intervals(rows: pd.DataFrame, mean: np.ndarray, sd: np.ndarray) -> pd.DataFrame:
    """The rows with low, middle and high, and with the middle and ends of the rivals.

    Cells that are alone in their sector are known, and are left out. Columns `least`, `most` and
    `known` hold what was printed of a cell, and whether the rivals can use it, if there are any.
    """
    rows = rows.assign(log_mean=np.log(rows["wanted"]) + mean, sd=sd)
    if "known" not in rows:
        rows = rows.assign(least=0.0, most=np.inf, known=False)
    found = list[pd.DataFrame]()
    for _, one in rows.groupby(SECTOR, sort=False):
        if len(one) == 1:
            continue
        columns = (one[name].to_numpy() for name in ("log_mean", "sd", "least", "most"))
        log_mean, deviation, least, most = columns
        total = float(one["size"].sum())
        low, middle, high = given_sum(log_mean, deviation, total, least, most)
        found.append(_rivals(one.assign(low=low, middle=middle, high=high), total))
    return pd.concat(found)


def _rivals(rows: pd.DataFrame, total: float) -> pd.DataFrame:
    """The printed figure of a cell, and the nation's shares of the rest of the sector."""
    known = rows["known"].to_numpy()
    middle = ((rows["least"] + rows["most"]) / 2).to_numpy()
    rest = max(total - middle[known].sum(), 1e-6 * total)
    part = (rows["part"] / rows["part"].sum()).to_numpy()
    open_ = max(part[~known].sum(), 1e-9)
    ends = (CONCENTRATION * part, CONCENTRATION * np.maximum(open_ - part, 1e-9))
    low, high = (np.maximum(beta.ppf(at, *ends), 1e-30) * rest for at in (0.05, 0.95))
    return rows.assign(
        nation=np.where(known, middle, part / open_ * rest),
        dirichlet_low=np.where(known, rows["least"], low),
        dirichlet_high=np.where(known, rows["most"], high),
    )


def naive_error(rows: pd.DataFrame) -> float:
    """The error that 90 % of all cells keep, if the nation's shares spread the sectors' totals."""
    by = rows.groupby(SECTOR)
    spread = by["size"].transform("sum") * rows["part"] / by["part"].transform("sum")
    errors = np.abs(np.log(rows["size"] / spread))[by["size"].transform("size") > 1]
    return float(errors.quantile(0.9))


def interval_score(low: Array, high: Array, wanted: Array) -> np.ndarray:
    """The score of each 90 % interval: its width, and twenty times what is missed."""
    missed = np.maximum(low - wanted, 0) + np.maximum(wanted - high, 0)
    return np.asarray(high - low + 20 * missed)


def scored(rows: pd.DataFrame) -> dict[str, float]:
    """Coverage, by size too, and scores of logarithms: ours, the naive rival's, Dirichlet's.

    The naive rival knows as well as we do what was printed of a cell by itself.
    """
    ends = np.log(rows[["dirichlet_low", "dirichlet_high"]].to_numpy())
    wanted, logs = np.log(rows["size"]), np.log(rows[["low", "high", "nation"]])
    covered = (rows["low"] <= rows["size"]) & (rows["size"] <= rows["high"])
    size = np.searchsorted([0.001, 0.01], rows["size"] / rows["total"])
    naive = [
        np.where(rows["known"], ends[:, side], logs["nation"] + sign * rows["error"])
        for side, sign in enumerate((-1, 1))
    ]
    return {
        "n": len(rows),
        "coverage": float(covered.mean()),
        "score": float(interval_score(logs["low"], logs["high"], wanted).mean()),
        "naive": float(interval_score(*naive, wanted).mean()),
        "dirichlet": float(interval_score(*ends.T, wanted).mean()),
        **{name: float(covered[size == k].mean()) for k, name in enumerate(SIZES)},
    }


SIZES = ("small", "middle", "large")
