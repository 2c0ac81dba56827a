"""Conditions that a table and its totals meet before they are balanced."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.labels import align
from songhua.maths.fault_kinds import BalancingMargins, BalancingNegative, BalancingUnreachable
from songhua.maths.input_output.arrays import floats, refuse_missing, vector

#: Numbers of a table that are worked on at once.
PIECE = 1_048_576


def checked(
    Z: pd.DataFrame | np.ndarray, rows: pd.Series | np.ndarray, columns: pd.Series | np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, pd.Index, pd.Index]:
    """Arrays and labels, checked: nothing missing, and totals that agree.

    Args:
        Z: the table; `rows` and `columns` are its totals, by label or in its order.

    Raises:
        SonghuaError: `balancing_margins`, when the totals have different sums (beyond a
            thousand-millionth); `io_missing`, and what `vector` raises.

    >>> values, u, v, *_ = checked(np.ones((2, 2)), np.array([1.0, 3.0]), np.array([2.0, 2.0]))
    >>> u.tolist(), v.tolist()
    ([1.0, 3.0], [2.0, 2.0])
    >>> checked(np.ones((2, 2)), np.array([1.0, 3.0]), np.array([2.0, 3.0]))
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: the row totals add up to 4.0, the column totals to 5.0. A table can only meet totals that agree; find the missing part, or scale one side.
    """  # noqa: E501
    values = floats(Z)
    index, names = Z.axes if isinstance(Z, pd.DataFrame) else map(pd.RangeIndex, values.shape)
    for labels in (index, names):
        if not labels.is_unique:
            align(pd.Series(0, index=labels))
    u, v = vector(rows, index), vector(columns, names)
    for array, axes in ((values, (index, names)), (u, (index,)), (v, (names,))):
        if not np.isfinite(array.sum()):
            refuse_missing(~np.isfinite(array), *axes)
    size = max(np.abs(u).sum(), np.abs(v).sum())
    if abs(u.sum() - v.sum()) > 1e-9 * size:
        raise SonghuaError(BalancingMargins(rows=float(u.sum()), columns=float(v.sum())))
    return values, u, v, index, names


class CellSummary(NamedTuple):
    """The least cell of a table, the rows and columns with cells that are not zero, their count."""

    least: float
    rows: np.ndarray
    columns: np.ndarray
    cells: int


def summarise_cells(values: np.ndarray) -> CellSummary:
    """The summary of a table's cells, which are read once.

    >>> summary = summarise_cells(np.array([[0.0, -2.0], [0.0, 0.0]]))
    >>> summary.least, summary.rows.tolist(), summary.columns.tolist(), summary.cells
    (-2.0, [True, False], [False, True], 1)
    """
    rows, columns = (np.zeros(size, dtype=bool) for size in values.shape)
    least, cells = 0.0, 0
    for part in in_pieces(values, PIECE // 16):
        piece = values[part]
        nonzero = piece != 0
        rows[part] = nonzero.any(axis=1)
        columns |= nonzero.any(axis=0)
        least = min(least, float(piece.min(initial=0)))
        cells += int(np.count_nonzero(nonzero))
    return CellSummary(least, rows, columns, cells)


def no_negative(
    least: float, values: np.ndarray, u: np.ndarray, v: np.ndarray, index: pd.Index, names: pd.Index
) -> None:
    """Raise at the first cell or total below zero.

    Args:
        least: the least cell of `values`.
        values: the table; `u` and `v` are its totals, `index` and `names` its labels.

    Raises:
        SonghuaError: `balancing_negative`.

    >>> total = np.ones(1)
    >>> no_negative(-2.0, np.array([[-2.0]]), total, total, pd.Index(["food"]), pd.Index(["homes"]))
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: the cell or total food × homes is below zero, which RAS cannot treat. Use `gras`, which keeps signs.
    """  # noqa: E501
    for low, array, axes in (
        (least, values, (index, names)),
        (u.min(initial=0), u, (index,)),
        (v.min(initial=0), v, (names,)),
    ):
        if low < 0:
            place = np.argwhere(array < 0)[0]
            label = " × ".join(str(axis[int(at)]) for axis, at in zip(axes, place, strict=True))
            raise SonghuaError(BalancingNegative(label=label))


def emptied(values: np.ndarray, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """The table without cells that must vanish: of one sign, where the total is zero.

    >>> u, v = np.array([0.0, 5.0]), np.array([1.0, 4.0])
    >>> emptied(np.array([[1.0, 2.0], [3.0, 4.0]]), u, v).tolist()
    [[0.0, 0.0], [3.0, 4.0]]
    >>> emptied(np.array([[1.0, -1.0]]), np.zeros(1), np.array([1.0, -1.0])).tolist()  # both signs
    [[1.0, -1.0]]
    """
    if u.all() and v.all():
        return values
    values = values.copy()
    while True:
        rows = (u == 0) & ((values >= 0).all(axis=1) | (values <= 0).all(axis=1))
        columns = (v == 0) & ((values >= 0).all(axis=0) | (values <= 0).all(axis=0))
        if not values[rows].any() and not values[:, columns].any():
            return values
        values[rows] = values[:, columns] = 0


def signs(
    values: np.ndarray, u: np.ndarray, v: np.ndarray, index: pd.Index, names: pd.Index
) -> None:
    """Raise where no cell has the sign of the total, or there is none at all.

    Raises:
        SonghuaError: `balancing_unreachable`, one for each such total.

    >>> labels = pd.Index(["food"])
    >>> signs(np.array([[-1.0]]), np.array([2.0]), np.array([2.0]), labels, labels)
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: the total of food is 2.0, and none of its cells could add up to it. Put a start into one of its cells, or set its total to zero.
    """  # noqa: E501
    for axis, totals, labels in ((1, u, index), (0, v, names)):
        up, down = (values > 0).any(axis=axis), (values < 0).any(axis=axis)
        unreachable(((totals > 0) & ~up) | ((totals < 0) & ~down), totals, labels)


def unreachable(odd: np.ndarray, totals: np.ndarray, labels: pd.Index) -> None:
    """One fault for each total that no cell can reach.

    Raises:
        SonghuaError: `balancing_unreachable`.

    >>> unreachable(np.array([False, True]), np.array([1.0, 2.0]), pd.Index(["food", "tools"]))
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: the total of tools is 2.0, and none of its cells could add up to it. Put a start into one of its cells, or set its total to zero.
    """  # noqa: E501
    if odd.any():
        unmet = zip(labels[odd], totals[odd], strict=True)
        raise SonghuaError(
            *(BalancingUnreachable(label=str(label), total=float(total)) for label, total in unmet)
        )


def in_pieces(values: np.ndarray, size: int) -> list[slice]:
    """Rows in pieces of about so many cells.

    >>> in_pieces(np.zeros((5, 10)), 20)
    [slice(0, 2, None), slice(2, 4, None), slice(4, 6, None)]
    """
    step = max(1, size // max(values.shape[1], 1))
    return [slice(a, a + step) for a in range(0, len(values), step)]
