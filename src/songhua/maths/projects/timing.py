"""When money is spent and when a plant sells: shares by year, for one draw or many."""

from __future__ import annotations

import numpy as np


def spread(years: np.ndarray, first: int, last: int, tilt: np.ndarray | float = 0.0) -> np.ndarray:
    """Shares of a sum spent in each year from first to last: draw × year, rows add up to one.

    Even, or with a tilt from -1 (early) to 1 (late): the share is proportional to 1 + tilt · p,
    where p goes from -1 in the first year to 1 in the last.

    >>> spread(np.array([2024, 2025, 2026, 2027]), 2024, 2026, 0.5).round(4).tolist()
    [[0.1667, 0.3333, 0.5, 0.0]]
    """
    tilts = np.atleast_1d(np.asarray(tilt, dtype=float))[:, np.newaxis]
    inside = (years >= first) & (years <= last)
    place = 2 * (years - first) / max(last - first, 1) - 1 if last > first else np.zeros(len(years))
    weights = np.where(inside, 1 + tilts * place, 0.0)
    total = weights.sum(axis=1, keepdims=True)
    return weights / np.where(total > 0, total, 1)


def ramp(
    years: np.ndarray,
    start: int,
    length: np.ndarray | float = 1.0,
    delay: np.ndarray | float = 0.0,
) -> np.ndarray:
    """The share of its full sales that a plant reaches in each year: draw × year.

    min(1, max(0, (year + 1 - start - delay) / length)): with a length of one year it is full from
    the start. A length below a year counts as one.

    >>> ramp(np.array([2026, 2027, 2028, 2029]), 2027, 2, delay=0.5).tolist()
    [[0.0, 0.25, 0.75, 1.0]]
    """
    lengths = np.maximum(np.atleast_1d(np.asarray(length, dtype=float)), 1)[:, np.newaxis]
    late = np.atleast_1d(np.asarray(delay, dtype=float))[:, np.newaxis]
    return np.clip((years + 1 - start - late) / lengths, 0, 1)
