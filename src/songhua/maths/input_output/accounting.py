"""Footprints and accounts: output, emissions or jobs for the final demand of regions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from songhua.labels import align
from songhua.maths.input_output.arrays import (
    Matrix,
    Vector,
    active,
    choice,
    columns_by,
    frame,
    rows_by,
    square,
)
from songhua.maths.input_output.decomposition import region_codes
from songhua.maths.input_output.solver import METHODS, Method, Solver

if TYPE_CHECKING:
    from scipy import sparse

#: The number of right sides solved at once: enough for fast products, few enough for memory.
SIDES = 512


def footprints(
    A: Matrix, Y: Matrix | Vector, stressors: Matrix | Vector, method: Method = "auto"
) -> pd.DataFrame:
    """Footprints of each use of final demand in all industries: D = S L Y.

    Solved from the side that is narrower, M (I - A) = S or (I - A) X = Y; L is never formed.

    Args:
        A: technical coefficients, of all regions when there are several.
        Y: final demand, industry × use.
        stressors: S, jobs, emissions or income per unit of output, kind × industry.
        method: `lu`, `mixed`, `krylov` or `auto`, as `Solver` says; they agree to about 1e-13
            of the largest number.

    Returns:
        Kind × use. A use that asks for an industry without coefficients is missing.

    Raises:
        SonghuaError: `io_choice`, for another method; and as `leontief_inverse`.

    Source: W. Leontief, Environmental Repercussions and the Economic Structure, Review of
    Economics and Statistics 52(3), 1970, 262.

    >>> A, Y = [[0.15, 0.25], [0.20, 0.05]], pd.DataFrame({"homes": [600, 1500]})
    >>> footprints(A, Y, pd.DataFrame([[0.3, 0.25]], index=["jobs"])).round(2)
           homes
    jobs  834.65
    """
    choice("method", method, METHODS)
    values, labels = square(A)
    Y_values, uses = columns_by(Y, labels)
    S, kinds = rows_by(stressors, labels)
    solver = Solver(values, active(values, labels, whole=0), method)
    if len(S) <= Y_values.shape[1]:
        return frame(_for(solver, solver.left(S), Y_values), kinds, uses)
    X = solver.right(Y_values)
    return frame(_for(solver, S, Y_values, X), kinds, uses)


def _for(solver: Solver, M: np.ndarray, Y: np.ndarray, X: np.ndarray | None = None) -> np.ndarray:
    """M times Y (or X), missing where Y asks for an industry without coefficients."""
    right = Y if X is None else X
    if solver.whole:
        return M @ right
    amounts = M[:, solver.active] @ right[solver.active]
    amounts[:, (Y[~solver.active] != 0).any(axis=0)] = np.nan
    return amounts


@dataclass(frozen=True)
class Accounts:
    """Multipliers and the four accounts of several regions; kinds of stressors are the rows.

    Attributes:
        M: S L, per unit of final demand.
        D_cba: consumption-based, by consuming region and the good consumed.
        D_pba: production-based, by producing region and industry.
        D_imp: the part of D_cba that arises in other regions.
        D_exp: the part of D_pba that serves other regions' final demand.
    """

    M: pd.DataFrame
    D_cba: pd.DataFrame
    D_pba: pd.DataFrame
    D_imp: pd.DataFrame
    D_exp: pd.DataFrame


def accounts(A: Matrix, Y: Matrix, stressors: Matrix, regions: pd.Index | None = None) -> Accounts:
    """Consumption- and production-based accounts of all regions, without forming L.

    One factorisation, a right side for each region and each stressor of each region. For every
    kind, D_cba and D_pba add up to the same, and so do D_imp and D_exp.

    Args:
        A: technical coefficients of (region, industry).
        Y: final demand; the columns' first level, or the columns, are the consuming regions.
        stressors: S, per unit of output, kind × (region, industry).
        regions: each row's region where the labels do not say it. The industry is then the
            place within the region.

    Returns:
        Accounts, with columns labelled as A, or as (consuming region, industry).

    Raises:
        SonghuaError: `io_regions`; `labels_differ`, when a consuming region makes nothing or
            the other way round; and as `leontief_inverse`.

    Source: K. Stadler, Pymrio, Journal of Open Research Software 9(1), 2021, 8, which gives the
    same; K. Kanemoto, M. Lenzen, G. Peters and others, Frameworks for Comparing Emissions
    Associated with Production, Consumption, and International Trade, Environmental Science &
    Technology 46, 2012, 172.

    >>> rows = pd.MultiIndex.from_tuples([("north", "all"), ("south", "all")])
    >>> A = pd.DataFrame([[0.5, 0.0], [0.25, 0.5]], index=rows, columns=rows)
    >>> Y = pd.DataFrame([[10, 0], [0, 20]], index=rows, columns=["north", "south"])
    >>> S = pd.DataFrame([[1.0, 2.0]], index=["jobs"], columns=rows)
    >>> result = accounts(A, Y, S)
    >>> result.D_cba.loc["jobs"].tolist(), result.D_pba.loc["jobs"].tolist()
    ([40.0, 80.0], [20.0, 100.0])
    >>> result.D_imp.loc["jobs"].tolist(), result.D_exp.loc["jobs"].tolist()
    ([20.0, 0.0], [0.0, 20.0])
    """
    values, labels = square(A)
    S, kinds = rows_by(stressors, labels)
    codes, names = region_codes(labels, regions)
    y = _by_region(Y, labels, names)
    solver = Solver(values, active(values, labels, whole=0))
    X = np.nan_to_num(solver.right(y))
    total = X.sum(axis=1)
    abroad = total - X[np.arange(len(labels)), codes]
    goods, sectors = _goods(labels, codes, regions is not None)
    M, cba, home = _consumed(solver, np.where(solver.active, S, 0.0), y, codes, goods)
    M[:, ~solver.active] = np.nan
    uses = pd.MultiIndex.from_product([names, sectors], names=_names(labels))
    S = np.where(solver.active, S, np.nan)
    return Accounts(
        M=frame(M, kinds, labels),
        D_cba=frame(cba, kinds, uses),
        D_pba=frame(S * total, kinds, labels),
        D_imp=frame(cba - home, kinds, uses),
        D_exp=frame(S * abroad, kinds, labels),
    )


def _consumed(
    solver: Solver, S: np.ndarray, y: np.ndarray, codes: np.ndarray, goods: sparse.csr_array
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """M, D_cba and its part at home: each region's own stressors are solved for by themselves."""
    K, n = S.shape
    many = y.shape[1]
    M, home = np.zeros((K, n)), []
    batch = max(1, SIDES // max(K, 1))
    for first in range(0, many, batch):
        some = np.arange(first, min(first + batch, many))
        per_unit = _of_regions(solver, S, codes, some)
        M += per_unit.sum(axis=0)
        per_unit *= y[:, some].T[:, np.newaxis]
        home.append(_summed(per_unit.reshape(-1, n), goods).reshape(len(some), K, -1))
    consumed = (M * y.T[:, np.newaxis]).reshape(-1, n)
    cba = _summed(consumed, goods).reshape(many, K, -1)
    at_home = np.concatenate(home)
    return M, cba.swapaxes(0, 1).reshape(K, -1), at_home.swapaxes(0, 1).reshape(K, -1)


def _of_regions(solver: Solver, S: np.ndarray, codes: np.ndarray, some: np.ndarray) -> np.ndarray:
    """Stressors of some regions per unit of demand: region × kind × row."""
    K, n = S.shape
    ours = codes == some[:, np.newaxis]
    if ours.sum(axis=1).max() >= K:
        sides = np.where(ours[:, np.newaxis], S, 0.0).reshape(-1, n)
        return np.nan_to_num(solver.left(sides), copy=False).reshape(-1, K, n)
    per_unit = np.empty((len(some), K, n))
    for rows, out in zip(ours, per_unit, strict=True):  # more kinds than rows: fewer rows of L
        L = np.nan_to_num(solver.left(_units(rows)), copy=False)
        np.matmul(S[:, rows], L, out=out)
    return per_unit


def _units(rows: np.ndarray) -> np.ndarray:
    """The chosen rows of the unit matrix."""
    units = np.zeros((int(rows.sum()), len(rows)))
    units[np.arange(len(units)), np.flatnonzero(rows)] = 1
    return units


def _summed(rows: np.ndarray, goods: sparse.csr_array) -> np.ndarray:
    """Sums over the regions that a good comes from."""
    return (goods @ rows.T).T


def _by_region(Y: Matrix, labels: pd.Index, names: pd.Index) -> np.ndarray:
    """Final demand by industry and consuming region, in the order of the producing regions."""
    values, uses = columns_by(Y, labels)
    if not isinstance(Y, pd.DataFrame) and values.shape[1] == len(names):
        return values
    whose = uses.get_level_values(0) if uses.nlevels > 1 else uses
    codes, consumers = pd.factorize(whose)
    order = align(pd.Series(0, index=names), pd.Series(range(len(consumers)), index=consumers))[1]
    sums = values @ (codes[:, np.newaxis] == np.arange(len(consumers))).astype(float)
    return sums[:, order.to_numpy()]


def _goods(labels: pd.Index, codes: np.ndarray, listed: bool) -> tuple[sparse.csr_array, pd.Index]:
    """The good of each row, as a table of good × row, and the goods."""
    from scipy import sparse

    if not listed and isinstance(labels, pd.MultiIndex):
        inner = labels.droplevel(0)
    else:
        order = pd.Series(codes).groupby(codes).cumcount()
        inner = pd.Index(order)
    which, goods = pd.factorize(inner)
    ones = (np.ones(len(labels)), (which, np.arange(len(labels))))
    return sparse.csr_array(ones, shape=(len(goods), len(labels))), pd.Index(goods)


def _names(labels: pd.Index) -> list | None:
    """Names for (region, good), where the labels have two."""
    return list(labels.names) if labels.nlevels == 2 else None
