"""Bounds of a location quotient: those that rounding leaves, and those of sampling (§8).

A full count of exact figures needs neither.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.labels import align
from songhua.maths.fault_kinds import IntervalEnds, LevelNotProbability
from songhua.maths.levels import by_row, nation, periods, ratio, shares, sizes

EPS = float(np.finfo(float).eps)
Pair = tuple[pd.DataFrame, pd.DataFrame]


def quotient_bounds(
    low: pd.DataFrame,
    high: pd.DataFrame,
    reference: tuple[pd.Series, pd.Series] | Pair | None = None,
) -> Pair:
    """Bounds of each location quotient, when each level lies between two numbers.

    The least and the greatest quotient that levels within the bounds can give; no combination is
    taken to be likelier than another. Write a for the cell, b for the rest of its region, c for
    the rest of its industry, d for all else. Without a reference of its own
    LQ = a (a + b + c + d) / ((a + b) (a + c)), which falls as b or c grows and rises as d grows;
    in a it rises to (bc + sqrt(bc (b + d) (c + d))) / d and falls beyond. With a reference,
    whose figures are bounded on their own, it rises with a. A lower end below zero counts as
    zero. Covers rounding only: not revision, not a change of definition.

    Args:
        low: lower ends, region by industry; or a panel.
        high: upper ends, labelled alike.
        reference: lower and upper ends of the reference's levels, if it is not the frame's sums.

    Returns:
        The lower and the upper ends, labelled as `low`. A quotient that no levels within the
        bounds define is missing; where only some do, the ends are those of the ones that do.

    Raises:
        SonghuaError: `interval_ends`, when a lower end is above its upper; `labels_differ`,
            `labels_repeat`, `reference_periods`, `level_impossible`, `levels_not_numbers`.

    >>> low = pd.DataFrame({"food": [1.5, 7.5], "steel": [7.5, 3.5]}, index=["a", "b"])
    >>> least, most = quotient_bounds(low, low + 1)
    >>> round(float(least.at["a", "food"]), 4), round(float(most.at["a", "food"]), 4)
    (0.33, 0.55)
    """
    floor, ceiling = _ends(low, high)
    least, most = np.empty_like(floor), np.empty_like(floor)
    sides = None if reference is None else _sides(low, floor, reference)
    for k, (_, rows) in enumerate(periods(low.index)):
        lo, hi = floor[rows], ceiling[rows]
        ends = _own_sums(lo, hi) if sides is None else _apart(lo, hi, sides[0][k], sides[1][k])
        least[rows], most[rows] = ends
    return (
        pd.DataFrame(least, index=low.index, columns=low.columns, copy=False),
        pd.DataFrame(most, index=low.index, columns=low.columns, copy=False),
    )


def _ends(low: pd.DataFrame, high: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Both ends as arrays in one order; where one is missing, both are."""
    align(pd.Series(0, index=low.columns), pd.Series(0, index=high.columns))
    _, ordered = align(low, high)
    floor, ceiling = sizes(low.clip(lower=0)), sizes(ordered[low.columns])
    if (floor > ceiling).any():
        raise _crossed(floor, ceiling)
    gap = np.where(np.isnan(floor) | np.isnan(ceiling), np.nan, 0.0)
    return floor + gap, ceiling + gap


def _sides(
    low: pd.DataFrame, floor: np.ndarray, reference: tuple[pd.Series, pd.Series] | Pair
) -> tuple[np.ndarray, np.ndarray]:
    """Both ends of the reference, a row per period."""
    below = nation(low, floor, reference[0].clip(lower=0))
    above = nation(low, floor, reference[1])
    if (below > above).any():
        raise _crossed(below, above)
    return below, above


def _crossed(low: np.ndarray, high: np.ndarray) -> SonghuaError:
    """The fault of the first pair of ends in the wrong order."""
    place = tuple(np.argwhere(low > high)[0])
    return SonghuaError(IntervalEnds(low=float(low[place]), high=float(high[place])))


def _remainder(of: np.ndarray, total: np.ndarray, axis: int, slack: float) -> np.ndarray:
    """The sum of the others in a row or column, moved by the sums' rounding error."""
    has_others = (of > 0).sum(axis=axis, keepdims=True) > (of > 0)
    return np.where(has_others | np.isnan(total), np.maximum(total - of + slack * total, 0.0), 0.0)


def _own_sums(lo: np.ndarray, hi: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The ends where the reference is the sum of the same rows."""
    error = sum(lo.shape) * EPS
    sums = [(x, x.sum(axis=1, keepdims=True), x.sum(axis=0, keepdims=True)) for x in (lo, hi)]
    (_, row_lo, column_lo), (_, row_hi, column_hi) = sums
    b_lo, b_hi = _remainder(lo, row_lo, 1, -error), _remainder(hi, row_hi, 1, error)
    c_lo, c_hi = _remainder(lo, column_lo, 0, -error), _remainder(hi, column_hi, 0, error)
    all_lo, all_hi = row_lo.sum(), row_hi.sum()
    d_lo = np.maximum(all_lo - row_lo - column_lo + lo - error * all_lo, 0.0)
    d_hi = np.maximum(all_hi - row_hi - column_hi + hi + error * all_hi, 0.0)
    least = np.fmin(_quotient(lo, b_hi, c_hi, d_lo), _quotient(hi, b_hi, c_hi, d_lo))
    with np.errstate(divide="ignore", invalid="ignore"):
        bc = b_lo * c_lo
        top = (bc + np.sqrt(bc * (b_lo + d_hi) * (c_lo + d_hi))) / d_hi
    best = np.where(np.isnan(top), hi, np.clip(top, lo, hi))
    most = np.fmax(_quotient(lo, b_lo, c_lo, d_hi), _quotient(hi, b_lo, c_lo, d_hi))
    most = np.where(hi == 0, 0.0, np.fmax(most, _quotient(best, b_lo, c_lo, d_hi)))
    undefined = (hi == 0) & ((row_hi == 0) | (column_hi == 0))
    unknown = undefined | np.isnan(hi) | np.isnan(row_hi) | np.isnan(column_hi)
    unknown |= bool(np.isnan(all_hi))
    least, most = least * (1 - 8 * EPS), most * (1 + 8 * EPS)
    return np.where(unknown, np.nan, least), np.where(unknown, np.nan, most)


def _quotient(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray) -> np.ndarray:
    """a (a + b + c + d) / ((a + b) (a + c)); where a is 0, its limit as a goes to 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(a + b == 0, 1.0, a / (a + b))
        quotient = share * ((a + b + c + d) / (a + c))
        return np.where((a == 0) & (c == 0) & (b > 0), (b + d) / b, quotient)


def _apart(
    lo: np.ndarray, hi: np.ndarray, below: np.ndarray, above: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The ends where the reference's figures are bounded on their own."""
    error = sum(lo.shape) * EPS
    row_lo, row_hi = lo.sum(axis=1, keepdims=True), hi.sum(axis=1, keepdims=True)
    b_lo, b_hi = _remainder(lo, row_lo, 1, -error), _remainder(hi, row_hi, 1, error)
    with np.errstate(divide="ignore", invalid="ignore"):
        few = np.where(lo == 0, 0.0, lo / (lo + b_hi))
        many = np.where(hi == 0, 0.0, hi / (hi + b_lo))
        least = np.where(hi + b_hi == 0, np.nan, few * (below.sum() - below + above) / above)
        least = np.where((lo == 0) & (b_hi == 0), (below.sum() - below + above) / above, least)
        most = many * (above.sum() - above + below) / below
    unknown = (hi + b_hi == 0) | np.isnan(row_hi) | (above == 0) | np.isnan(above.sum())
    margin = (error + 8 * EPS) * np.array([-1.0, 1.0])
    least, most = least * (1 + margin[0]), most * (1 + margin[1])
    return np.where(unknown, np.nan, least), np.where(unknown, np.nan, most)


def quotient_interval(
    frame: pd.DataFrame,
    sample_size: pd.Series,
    reference: pd.Series | pd.DataFrame | None = None,
    level: float = 0.95,
) -> Pair:
    """An interval of each location quotient where a region's structure comes from a sample.

    The model: in each region a simple random sample of `sample_size` persons (or firms), whose
    shares the frame shows; the reference's shares are known. The region's share gets Wilson's
    interval at the level, which is divided by the reference's share. Covers chance in drawing
    only; a sample drawn in clusters errs more.

    Args:
        frame: levels estimated from the sample, region by industry; or a panel.
        sample_size: how many were drawn, by row of the frame. Missing for a region counted in
            full, which gets no interval.
        reference: as in `songhua.maths.specialisation.location_quotients`.
        level: the probability to cover, such as 0.95.

    Returns:
        The lower and the upper ends, labelled as the frame.

    Raises:
        SonghuaError: `level_not_probability`; `labels_differ`, `labels_repeat`,
            `reference_periods`, `level_impossible`, `levels_not_numbers`.

    Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference,
    Journal of the American Statistical Association 22, 1927.

    >>> frame = pd.DataFrame({"food": [50], "steel": [50]}, index=["here"])
    >>> nation = pd.Series({"food": 50, "steel": 50})
    >>> low, high = quotient_interval(frame, pd.Series({"here": 100}), nation)
    >>> round(float(low.at["here", "food"]), 3), round(float(high.at["here", "food"]), 3)
    (0.808, 1.192)
    """
    if not 0 < level < 1:
        raise SonghuaError(LevelNotProbability(level=level))
    z2 = NormalDist().inv_cdf((1 + level) / 2) ** 2
    values = sizes(frame)
    n = by_row(frame, sample_size)[:, np.newaxis]
    n = np.where(n > 0, n, np.nan)
    national = shares(nation(frame, values, reference))
    low, high = np.empty_like(values), np.empty_like(values)
    for (_, rows), share in zip(periods(frame.index), national, strict=True):
        p, size = shares(values[rows]), n[rows]
        middle = (p + z2 / (2 * size)) / (1 + z2 / size)
        half = np.sqrt(z2 * (p * (1 - p) / size + z2 / (4 * size**2))) / (1 + z2 / size)
        low[rows] = ratio(np.where(p == 0, 0.0, middle - half), share)
        high[rows] = ratio(np.where(p == 1, 1.0, middle + half), share)
    return (
        pd.DataFrame(low, index=frame.index, columns=frame.columns, copy=False),
        pd.DataFrame(high, index=frame.index, columns=frame.columns, copy=False),
    )
