"""Balancing: the table nearest to a known one that meets new row and column totals.

RAS and GRAS in vector form: two multipliers, one a row and one a column, are looked for, and the
table itself is scaled once, at the end. A table that cannot meet the totals raises, naming the
row and the column that are farthest off; nothing is returned half done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

from songhua.errors import Fault, SonghuaError
from songhua.maths.acceleration import Pace
from songhua.maths.fault_kinds import BalancingOpen
from songhua.maths.margins import (
    PIECE,
    checked,
    emptied,
    in_pieces,
    no_negative,
    signs,
    summarise_cells,
    unreachable,
)

Product: TypeAlias = Callable[[np.ndarray], np.ndarray]
Swept: TypeAlias = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
Sweep: TypeAlias = Callable[[np.ndarray], Swept]
TINY = float(np.finfo(float).tiny)
#: Rounds after which the gap must have fallen.
PATIENCE = 200
#: Below this share of cells that are not zero, products skip the zeros.
THIN = 0.1


def ras(
    Z: pd.DataFrame | np.ndarray,
    rows: pd.Series | np.ndarray,
    columns: pd.Series | np.ndarray,
    tolerance: float = 1e-9,
    most: int = 10_000,
) -> pd.DataFrame:
    """The table r_i z_ij s_j with these row and column totals: biproportional fitting.

    Cells that are zero stay zero. It is the table that needs the least information beyond Z
    (its relative entropy to Z is least).

    Args:
        Z: the known table, no cell below zero; need not be square.
        rows: the total that each row must have, not below zero.
        columns: the same of each column; both must add up to the same.
        tolerance: the largest gap to a total, beside the largest total.
        most: rounds before giving up.

    Returns:
        The balanced table, labelled as Z.

    Raises:
        SonghuaError: `balancing_margins`, when the totals do not add up to the same;
            `balancing_negative`; `balancing_unreachable`, when a row or column without cells has a
            total; `balancing_open`, when the totals are not met in so many rounds;
            `io_missing`, `io_length`, `labels_differ`, `labels_repeat`, `levels_not_numbers`.

    Source: R. Stone, Input-Output and National Accounts, 1961; M. Bacharach, Biproportional
    Matrices and Input-Output Change, 1970.

    >>> ras(np.array([[1, 1], [1, 1]]), np.array([3, 1]), np.array([2, 2]))
         0    1
    0  1.5  1.5
    1  0.5  0.5
    """
    values, u, v, index, names = checked(Z, rows, columns)
    summary = summarise_cells(values)
    no_negative(summary.least, values, u, v, index, names)
    unreachable((u != 0) & ~summary.rows, u, index)
    unreachable((v != 0) & ~summary.columns, v, names)
    thin = summary.cells < THIN * values.size
    sweep = _thin_sweep(sparse.csr_array(values), u, v) if thin else _sweep(values, u, v)
    r, s = _rounds(sweep, _Goal(u, v, index, names, tolerance, most))
    return pd.DataFrame(_scaled(values, r, s), index, names, copy=False)


def gras(
    Z: pd.DataFrame | np.ndarray,
    rows: pd.Series | np.ndarray,
    columns: pd.Series | np.ndarray,
    tolerance: float = 1e-9,
    most: int = 10_000,
) -> pd.DataFrame:
    """RAS for tables with cells below zero: r_i p_ij s_j - n_ij / (r_i s_j).

    P holds the cells above zero, N those below (without their sign). Every cell keeps its sign, and
    zeros stay zero. The multiplier of a row is the positive root r of p r^2 - u r - n = 0 with p
    and n its sums at the columns' multipliers: (u + sqrt(u^2 + 4 p n)) / (2 p), and -n / u
    where it has no cell above zero (Lenzen, Wood and Gallego); a row of zeros keeps one.

    Arguments, result and faults as `ras`; totals may have any sign.

    Source: T. Junius and J. Oosterhaven, The Solution of Updating or Regionalizing a Matrix with
    both Positive and Negative Entries, Economic Systems Research 15(1), 2003, 87; M. Lenzen, R.
    Wood and B. Gallego, Some Comments on the GRAS Method, Economic Systems Research 19(4),
    2007, 461.

    >>> gras(np.array([[2, -1], [1, 2]]), np.array([2, 4]), np.array([4, 2])).round(4)
            0       1
    0  2.7064 -0.7064
    1  1.2936  2.7064
    """
    values, u, v, index, names = checked(Z, rows, columns)
    values = emptied(values, u, v)
    signs(values, u, v, index, names)
    up, up_back = _products(np.maximum(values, 0))
    down, down_back = _products(np.maximum(-values, 0))

    def sweep(s: np.ndarray) -> Swept:
        """Rows' multipliers, the columns' next, and both sums as they stand before these."""
        p, n = up(s), down(1 / s)
        r = _root(u, p, n)
        rows = r * p - n / r
        p, n = up_back(r), down_back(1 / r)
        return r, _root(v, p, n), rows, s * p - n / s

    r, s = _rounds(sweep, _Goal(u, v, index, names, tolerance, most))
    scale = r[:, np.newaxis] * s
    balanced = np.maximum(values, 0) * scale + np.minimum(values, 0) / scale
    return pd.DataFrame(balanced, index, names, copy=False)


def _products(values: np.ndarray) -> tuple[Product, Product]:
    """Table times columns' multipliers, and rows' multipliers times table."""
    if np.count_nonzero(values != 0) < THIN * values.size:
        thin = sparse.csr_array(values)
        turned = sparse.csr_array(thin.T)
        return (lambda s: thin @ s), (lambda r: turned @ r)
    return (lambda s: values @ s), (lambda r: r @ values)


def _sweep(values: np.ndarray, u: np.ndarray, v: np.ndarray) -> Sweep:
    """One round of RAS: the table is read once, in pieces that stay in the processor's cache."""
    pieces = [(values[part], u[part], part) for part in in_pieces(values, PIECE)]

    def sweep(s: np.ndarray) -> Swept:
        """Rows' multipliers, the columns' next, and both sums as they stand before these."""
        r, sums, columns = np.empty_like(u), np.empty_like(u), np.zeros_like(v)
        for piece, totals, part in pieces:
            sums[part] = piece @ s
            r[part] = multipliers = _over(totals, sums[part])
            columns += multipliers @ piece
        return r, _over(v, columns), r * sums, s * columns

    return sweep


def _scaled(values: np.ndarray, r: np.ndarray, s: np.ndarray) -> np.ndarray:
    """r_i z_ij s_j."""
    scaled = np.empty_like(values)
    for part in in_pieces(values, PIECE // 16):
        np.multiply(values[part], s, out=scaled[part])
        scaled[part] *= r[part, np.newaxis]
    return scaled


def _thin_sweep(values: sparse.csr_array, u: np.ndarray, v: np.ndarray) -> Sweep:
    """The same for a table with few cells."""
    turned = sparse.csr_array(values.T)

    def sweep(s: np.ndarray) -> Swept:
        """Rows' multipliers, the columns' next, and both sums as they stand before these."""
        sums = values @ s
        r = _over(u, sums)
        columns = turned @ r
        return r, _over(v, columns), r * sums, s * columns

    return sweep


def _over(totals: np.ndarray, sums: np.ndarray) -> np.ndarray:
    """Totals over sums: zero where both are, beyond all bounds where only the sum is."""
    return totals / np.maximum(sums, TINY)


def _root(totals: np.ndarray, p: np.ndarray, n: np.ndarray) -> np.ndarray:
    """The positive multiplier m with m p - n / m = total; one where there are no cells."""
    root = np.sqrt(totals * totals + 4 * p * n)
    # of the two equal forms the one without a difference of nearly equal numbers
    rising = np.divide(totals + root, 2 * p, out=np.ones_like(p), where=(p > 0) & (totals >= 0))
    return np.divide(2 * n, root - totals, out=rising, where=(totals < 0) & (n > 0))


@dataclass(frozen=True)
class _Goal:
    """The totals with their labels, the tolerance, and the most rounds."""

    rows: np.ndarray
    columns: np.ndarray
    index: pd.Index
    names: pd.Index
    tolerance: float
    most: int


def _rounds(
    sweep: Sweep,
    goal: _Goal,
) -> tuple[np.ndarray, np.ndarray]:
    """Multipliers at which rows and columns are met.

    Rows are met as soon as they are scaled, unless nothing is left in them; only the columns'
    multipliers are looked for, with acceleration. It ends early where the gap falls by less than
    a hundredth in PATIENCE rounds.
    """
    enough = goal.tolerance * max(_gap(goal.rows, 0.0), _gap(goal.columns, 0.0))
    s, before, best, rounds = np.ones(len(goal.columns)), np.inf, np.inf, 0
    rows, columns = last = (np.zeros_like(goal.rows), np.zeros_like(goal.columns))
    pace = Pace()
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for rounds in range(1, goal.most + 1):
            r, after, rows, columns = sweep(s)
            worst = _gap(columns, goal.columns)
            if worst <= enough and (worst := _gap(rows, goal.rows)) <= enough:
                return r, s
            if not np.isfinite(worst):
                rows, columns = last
                break
            last, best = (rows, columns), min(best, worst)
            if rounds % PATIENCE == 0:
                if best > 0.99 * before:
                    break
                before = best
            s = pace.next(s, after, worst)
    gaps = (np.abs(rows - goal.rows), np.abs(columns - goal.columns))
    raise SonghuaError(_open(goal, gaps, rounds))


def _gap(sums: np.ndarray, totals: np.ndarray | float) -> float:
    """The largest difference."""
    return float(np.abs(sums - totals).max(initial=0))


def _open(goal: _Goal, gaps: tuple[np.ndarray, np.ndarray], rounds: int) -> Fault:
    """The fault that names the row and the column farthest off."""
    farthest = [
        (str(labels[at]), f"{gap[at]:.6g}")
        for gap, labels in zip(gaps, (goal.index, goal.names), strict=True)
        for at in [int(np.argmax(np.where(np.isfinite(gap), gap, np.inf)))]
    ]
    (row, row_gap), (column, column_gap) = farthest
    return BalancingOpen(
        rounds=rounds, in_row=row, row_gap=row_gap, in_column=column, column_gap=column_gap
    )
