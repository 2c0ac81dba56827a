"""Scores of intervals and draws: coverage, width, the interval score, CRPS."""

from __future__ import annotations

import numpy as np
import pandas as pd


def score(low: np.ndarray, high: np.ndarray, wanted: np.ndarray, level: float) -> dict[str, float]:
    """Share covered, mean width, mean interval score: width plus 2 / (1 - level) of the misses.

    Lower is better.

    Source: T. Gneiting and A. E. Raftery, Strictly Proper Scoring Rules, Prediction, and
    Estimation, Journal of the American Statistical Association 102, 2007, 359.

    >>> score(np.array([1.0, 1.0]), np.array([2.0, 2.0]), np.array([1.2, 2.1]), 0.9)
    {'covered': 0.5, 'width': 1.0, 'score': 2.0}
    """
    missed = np.maximum(low - wanted, 0) + np.maximum(wanted - high, 0)
    scores = {
        "covered": ((low <= wanted) & (wanted <= high)).mean(),
        "width": (high - low).mean(),
        "score": ((high - low) + 2 / (1 - level) * missed).mean(),
    }
    return {name: round(float(value), 12) for name, value in scores.items()}


def crps(draws: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The continuous ranked probability score of draws: E|X - y| - E|X - X'| / 2. Lower is better.

    Args:
        draws: draws × n.
        wanted: n.

    Source: as `score`, section 4.2.

    >>> crps(np.array([[0.0], [1.0]]), np.array([0.0])).tolist()
    [0.25]
    """
    ordered, count = np.sort(draws, axis=0), len(draws)
    ranks = (2 * np.arange(1, count + 1) - count - 1)[:, np.newaxis]
    apart = 2 * (ranks * ordered).sum(axis=0) / count**2
    return np.abs(draws - wanted).mean(axis=0) - apart / 2


def region_bootstrap(
    covered: pd.Series, rng: np.random.Generator, level: float = 0.95, times: int = 20_000
) -> tuple[float, float]:
    """The interval of the pooled coverage when whole regions are drawn with replacement.

    >>> region_bootstrap(pd.Series([0.9, 0.9]), np.random.default_rng(1))
    (0.9, 0.9)
    """
    values = covered.to_numpy(float)
    means = values[rng.integers(0, len(values), (times, len(values)))].mean(axis=1)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
