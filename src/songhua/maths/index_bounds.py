"""Bounds that rounding leaves to the indices of specialisation (§8)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from songhua.labels import align
from songhua.maths.levels import sizes

Pair = tuple[np.ndarray, np.ndarray]
MEASURES = ("krugman", "herfindahl", "shannon_entropy", "hachman")


def index_bounds(
    low: pd.DataFrame, high: pd.DataFrame, reference: tuple[pd.Series, pd.Series]
) -> dict[str, pd.DataFrame]:
    """Ends between which Krugman's, Herfindahl's, the entropy and Hachman's index lie.

    Each share lies between a / (a + the others' upper ends) and b / (b + the others' lower ends),
    where a and b are the ends of its level. The indices are put together from the ends of each
    share on its own, although shares add up to one: the ends hold for certain, and are wider than
    need be. They cover rounding only.

    Args:
        low: lower ends of the levels, region by industry; below zero counts as zero.
        high: upper ends, labelled alike.
        reference: lower and upper ends of the reference's levels by industry.

    Returns:
        For each of `krugman`, `herfindahl`, `shannon_entropy`, `hachman` a frame with a row a
        region and the columns `low` and `high`; missing where a level is.

    Raises:
        SonghuaError: `labels_differ`, `labels_repeat`, `level_impossible`, `levels_not_numbers`.

    Source: interval arithmetic; R. E. Moore, Interval Analysis, 1966.

    >>> exact = pd.DataFrame({"food": [3.0], "tools": [1.0]}, index=["here"])
    >>> all = pd.Series({"food": 5.0, "tools": 5.0})
    >>> bounds = index_bounds(exact, exact, (all, all))
    >>> {name: ends.loc["here"].tolist() for name, ends in bounds.items() if name != "hachman"}
    {'krugman': [0.5, 0.5], 'herfindahl': [0.625, 0.625], 'shannon_entropy': [0.562..., 0.562...]}
    """
    _, high = align(low, high)
    regional = _shares(sizes(low.clip(lower=0)), sizes(high.loc[low.index, low.columns]))
    frame = pd.DataFrame([end.clip(lower=0) for end in reference], index=["low", "high"])
    _, frame = align(low.iloc[:0].T, frame.T)
    ends = sizes(frame.loc[low.columns].T)
    national = _shares(ends[:1], ends[1:])
    n = low.shape[1]
    ends_by_index = {
        "krugman": _within(_distance(regional, national), 0.0, 2.0),
        "herfindahl": _within(tuple(np.square(end) for end in regional), 1 / max(n, 1), 1.0),
        "shannon_entropy": _within(_entropy(regional), 0.0, float(np.log(max(n, 1)))),
        "hachman": _likeness(regional, national),
    }
    return {
        name: pd.DataFrame({"low": pair[0], "high": pair[1]}, index=low.index)
        for name, pair in ends_by_index.items()
    }


def _shares(low: np.ndarray, high: np.ndarray) -> Pair:
    """The ends of each cell's share in its row."""
    others_high = high.sum(axis=1, keepdims=True) - high
    others_low = low.sum(axis=1, keepdims=True) - low
    with np.errstate(divide="ignore", invalid="ignore"):
        least, most = low / (low + others_high), high / (high + others_low)
    return np.where(low == 0, 0.0, least), most


def _within(ends: tuple[np.ndarray, ...], least: float, most: float) -> Pair:
    """The terms' ends added up, no further than the index can go."""
    low, high = (end.sum(axis=1) for end in ends)
    return np.clip(low, least, most), np.clip(high, least, most)


def _distance(regional: Pair, national: Pair) -> Pair:
    """Ends of |s - S|."""
    below, above = regional[0] - national[1], regional[1] - national[0]
    return np.maximum(np.maximum(below, -above), 0.0), np.maximum(above, -below)


def _entropy(regional: Pair) -> Pair:
    """Ends of -s ln s, which is greatest at 1/e."""
    at_low, at_high = (-_xlogx(end) for end in regional)
    top = (regional[0] < 1 / np.e) & (regional[1] > 1 / np.e)
    return np.minimum(at_low, at_high), np.where(top, 1 / np.e, np.maximum(at_low, at_high))


def _xlogx(x: np.ndarray) -> np.ndarray:
    logs = np.zeros_like(x)
    np.log(x, out=logs, where=x > 0)
    return x * logs


def _likeness(regional: Pair, national: Pair) -> Pair:
    """Ends of 1 / sum s^2 / S; an industry that neither can have adds nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        least = np.where(regional[0] == 0, 0.0, np.square(regional[0]) / national[1]).sum(axis=1)
        most = np.where(regional[1] == 0, 0.0, np.square(regional[1]) / national[0]).sum(axis=1)
        return np.minimum(1 / most, 1.0), np.minimum(1 / least, 1.0)
