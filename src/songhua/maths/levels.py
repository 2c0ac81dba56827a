"""Tables of levels, region by industry, as arrays: checked, aligned, period by period (§1, §2, §7).

A frame has a row per region and a column per industry. With two row levels it is a panel, and
the first level is the period.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.hooks.checkpoints import checkpoint
from songhua.labels import align
from songhua.maths.fault_kinds import LevelImpossible, LevelsNotNumbers, ReferencePeriods

Rows: TypeAlias = "slice | np.ndarray"
Kernel: TypeAlias = Callable[[np.ndarray, np.ndarray], np.ndarray]
CHUNK = 4096
#: Up to so much of the larger number, computed numbers may differ by rounding alone.
ROUNDING = 1e-13


def sizes(table: pd.DataFrame | pd.Series) -> np.ndarray:
    """The values as floats, missing as not-a-number.

    Raises:
        SonghuaError: `levels_not_numbers`; `level_impossible`, for a level below zero or an
            infinite one; `labels_repeat`, when a label stands twice.

    >>> sizes(pd.Series({"food": 2, "steel": None})).tolist()
    [2.0, nan]
    >>> try:
    ...     sizes(pd.Series({"food": 2.0, "steel": -1.0, "tools": -3.0}))
    ... except SonghuaError as error:
    ...     error.faults[0].params["label"], error.faults[0].params["value"]
    (('steel',), -1.0)
    """
    for labels in table.axes:
        align(pd.Series(0, index=labels))
    try:
        values = table.to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError):
        raise SonghuaError(LevelsNotNumbers()) from None
    flat = values.ravel(order="K")
    if flat.size and (np.fmin.reduce(flat) < 0 or np.fmax.reduce(flat) == np.inf):
        place = tuple(np.argwhere((values < 0) | np.isposinf(values))[0])
        labels = [str(axis[i]) for axis, i in zip(table.axes, place, strict=True)]
        raise SonghuaError(LevelImpossible(value=float(values[place]), label=tuple(labels)))
    return values


def panel(index: pd.Index) -> bool:
    """True where the rows are periods and regions, not regions alone.

    >>> panel(pd.MultiIndex.from_tuples([(2020, "here")])), panel(pd.Index(["here"]))
    (True, False)
    """
    return index.nlevels > 1


def periods(index: pd.Index) -> list[tuple[Hashable, Rows]]:
    """Each period with its rows; a frame of one period is one entry, labelled None.

    >>> rows = pd.MultiIndex.from_tuples([(2020, "a"), (2020, "b"), (2021, "a")])
    >>> [(period, list(range(3)[at])) for period, at in periods(rows)]
    [(2020, [0, 1]), (2021, [2])]
    >>> mixed = pd.MultiIndex.from_tuples([(2020, "a"), (2021, "a"), (2020, "b")])
    >>> [(period, at.tolist()) for period, at in periods(mixed)]
    [(2020, [0, 2]), (2021, [1])]
    """
    if not panel(index):
        return [(None, slice(None))]
    codes, labels = pd.factorize(index.get_level_values(0))
    if (np.diff(codes) >= 0).all():
        ends = np.searchsorted(codes, np.arange(len(labels) + 1))
        rows: list[Rows] = [slice(a, b) for a, b in pairwise(ends)]
    else:
        rows = [np.flatnonzero(codes == k) for k in range(len(labels))]
    return list(zip(labels, rows, strict=True))


def by_row(frame: pd.DataFrame, levels: pd.Series) -> np.ndarray:
    """One level a row, in the order of the frame's rows.

    Raises:
        SonghuaError: `labels_differ`, `labels_repeat`, and what `sizes` raises.

    >>> by_row(pd.DataFrame(index=["here", "there"]), pd.Series({"there": 2, "here": 1})).tolist()
    [1.0, 2.0]
    """
    _, levels = align(pd.Series(0, index=frame.index), levels)
    return sizes(levels)


def nation(
    frame: pd.DataFrame,
    values: np.ndarray,
    reference: pd.Series | pd.DataFrame | None = None,
) -> np.ndarray:
    """The reference's level by industry, a row per period: given, or the columns' own sums.

    Raises:
        SonghuaError: `reference_periods`, when a panel's reference has no periods or the
            other way round; `labels_differ`, `labels_repeat`, and what `sizes` raises.

    >>> frame = pd.DataFrame({"food": [1.0, 2], "tools": [3.0, 4]}, index=["here", "there"])
    >>> nation(frame, frame.to_numpy()).tolist()
    [[3.0, 7.0]]
    >>> nation(frame, frame.to_numpy(), pd.Series({"tools": 50, "food": 40})).tolist()
    [[40.0, 50.0]]
    """
    parts = periods(frame.index)
    if reference is None:
        return np.stack([values[rows].sum(axis=0) for _, rows in parts])
    if isinstance(reference, pd.DataFrame) != panel(frame.index):
        raise SonghuaError(ReferencePeriods())
    if isinstance(reference, pd.Series):
        _, reference = align(pd.Series(0, index=frame.columns), reference)
        return sizes(reference)[np.newaxis]
    _, columns = align(pd.Series(0, index=frame.columns), pd.Series(0, index=reference.columns))
    _, ordered = align(
        pd.DataFrame(index=pd.Index([label for label, _ in parts])), reference[columns.index]
    )
    return sizes(ordered)


def shares(values: np.ndarray) -> np.ndarray:
    """Each row's shares in its own sum; missing where the sum is zero or missing.

    >>> shares(np.array([[1.0, 3.0], [0.0, 0.0]])).tolist()
    [[0.25, 0.75], [nan, nan]]
    """
    return ratio(values, values.sum(axis=1, keepdims=True))


def ratio(above: np.ndarray | float, below: np.ndarray | float) -> np.ndarray:
    """A quotient that is missing where it divides by zero.

    >>> ratio(np.array([1.0, 1.0, 0.0]), np.array([2.0, 0.0, 0.0])).tolist()
    [0.5, nan, nan]
    """
    checkpoint()
    with np.errstate(over="ignore", invalid="ignore"):
        return np.divide(above, nonzero(below))


def nonzero(levels: np.ndarray | float) -> np.ndarray:
    """The same, with zeros missing.

    >>> nonzero(np.array([2.0, 0.0])).tolist()
    [2.0, nan]
    """
    return np.where(np.equal(levels, 0), np.nan, levels)


def chunks(rows: Rows, length: int) -> Iterator[Rows]:
    """The same rows in pieces that fit a processor's cache.

    >>> [(part.start, part.stop) for part in chunks(slice(0, 5000), 6000)]
    [(0, 4096), (4096, 5000)]
    """
    if isinstance(rows, slice):
        first, last, _ = rows.indices(length)
        yield from (slice(a, min(a + CHUNK, last)) for a in range(first, last, CHUNK))
    else:
        yield from (rows[a : a + CHUNK] for a in range(0, len(rows), CHUNK))


def per_region(
    frame: pd.DataFrame,
    kernel: Kernel,
    name: str,
    reference: pd.Series | pd.DataFrame | None = None,
) -> pd.Series:
    """One number a row, which `kernel` makes of the rows' shares and the reference's shares.

    Args:
        frame: levels, region (or period and region) by industry.
        kernel: of shares (row by industry) and the reference's (by industry), a number a row.
        name: the name of the result.
        reference: levels by industry; the columns' own sums, if not given.

    Raises:
        SonghuaError: what `sizes` and `nation` raise.

    >>> frame = pd.DataFrame({"food": [1, 3], "tools": [3, 1]}, index=["here", "there"])
    >>> per_region(frame, lambda regional, national: (regional - national)[:, 0], "above").to_dict()
    {'here': -0.25, 'there': 0.25}
    """
    values = sizes(frame)
    national = shares(nation(frame, values, reference))
    measure = np.full(len(frame), np.nan)
    for (_, rows), share in zip(periods(frame.index), national, strict=True):
        for part in chunks(rows, len(frame)):
            measure[part] = kernel(shares(values[part]), share)
    return pd.Series(measure, index=frame.index, name=name)
