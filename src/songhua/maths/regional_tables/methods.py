"""Location-quotient methods: the part of each national coefficient that a region supplies.

All are a^r_ij = t_ij a^n_ij, with t_ij the trade coefficient; they differ in t. The national
coefficients must hold home inputs only, and the nation's *home* inputs are a region's own supply
plus that of other regions. Technology is taken to be the nation's. Supply from outside is
the remainder: only `charm` accounts for cross-hauling within an industry.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.maths.fault_kinds import RegionalDelta
from songhua.maths.input_output.arrays import Matrix, Vector, choice
from songhua.maths.levels import nonzero
from songhua.maths.regional_tables.inputs import RegionalInputs, regional_inputs

Method: TypeAlias = Literal["simple_lq", "cilq", "flq", "aflq"]
METHODS: tuple[Method, ...] = ("simple_lq", "cilq", "flq", "aflq")


def simple_lq(
    national_A: Matrix, regional_output: Matrix | Vector, national_output: Vector
) -> pd.DataFrame:
    """Coefficients of a region by the simple location quotient: t_ij = min(LQ_i, 1).

    LQ_i = (x^r_i / x^r) / (x^n_i / x^n). It sees the seller only and overstates what small
    regions supply to themselves.

    Args:
        national_A: coefficients of home inputs, industry × industry; rows sell, columns buy.
        regional_output: output (or jobs, or income) by industry; or a frame of region ×
            industry, for many regions at once.
        national_output: the same of the nation, by industry.

    Returns:
        Industry × industry; with a frame of regions (region, industry) × industry. The column of
        an industry that the region lacks is missing; its row is zero. Tables take 8 n² bytes a
        region: for thousands use `regional_multipliers`, which holds none.

    Raises:
        SonghuaError: `regional_above_nation`, when a region has more of an industry than the
            nation; `io_missing`, `io_length`, `io_not_square`, `labels_differ`,
            `labels_repeat`, `level_impossible`, `levels_not_numbers`.

    Source: Miller and Blair, Input-Output Analysis, 2009, section 8.2.

    >>> simple_lq([[0.2, 0.4], [0.1, 0.3]], [10, 40], [40, 60])
         0    1
    0  0.1  0.2
    1  0.1  0.3
    """
    return _tables(regional_inputs(national_A, regional_output, national_output), "simple_lq", 0.0)


def cilq(
    national_A: Matrix, regional_output: Matrix | Vector, national_output: Vector
) -> pd.DataFrame:
    """Coefficients by the cross-industry quotient: t_ij = min(LQ_i / LQ_j, 1), t_ii = min(LQ_i, 1).

    It sees seller and buyer, and not the region's size. Arguments and faults as `simple_lq`.

    Source: Miller and Blair, Input-Output Analysis, 2009, section 8.2; the diagonal as P. Smith
    and W. I. Morrison, Simulating the Urban Economy, 1974.

    >>> cilq([[0.2, 0.4], [0.1, 0.3]], [10, 40], [40, 60])
         0     1
    0  0.1  0.15
    1  0.1  0.30
    """
    return _tables(regional_inputs(national_A, regional_output, national_output), "cilq", 0.0)


def flq(
    national_A: Matrix,
    regional_output: Matrix | Vector,
    national_output: Vector,
    delta: float = 0.3,
) -> pd.DataFrame:
    """Coefficients by Flegg's quotient: t_ij = min(LQ_i / LQ_j · w, 1), t_ii = min(LQ_i w, 1).

    w = log2(1 + x^r / x^n) ** delta: the smaller the region, the less it supplies to itself. A
    delta of zero is `cilq`.

    Args:
        national_A: as in `simple_lq`, as are the outputs.
        regional_output: output by industry, or region × industry.
        national_output: the same of the nation.
        delta: from 0 to under 1. Studies find 0.1 to 0.4; it is the analyst's choice, and the
            result moves with it.

    Raises:
        SonghuaError: `regional_delta`; and as `simple_lq`.

    Source: A. T. Flegg and C. D. Webber, On the Appropriate Use of Location Quotients in
    Generating Regional Input-Output Tables: Reply, Regional Studies 31(8), 1997, 795.

    >>> flq([[0.2, 0.4], [0.1, 0.3]], [10, 40], [40, 60], delta=0.5).round(4)
            0       1
    0  0.0765  0.1147
    1  0.1000  0.3000
    """
    return _tables(regional_inputs(national_A, regional_output, national_output), "flq", delta)


def aflq(
    national_A: Matrix,
    regional_output: Matrix | Vector,
    national_output: Vector,
    delta: float = 0.3,
) -> pd.DataFrame:
    """Flegg's quotient for regions that specialise: t_ij of `flq`, times log2(1 + LQ_j).

    The factor counts only where LQ_j > 1, so that an industry in which the region specialises
    may buy more at home than the nation's does: t_ij can pass one. The limit of `flq` is set
    before the factor; some authors set it afterwards, which takes most of its effect away.
    Arguments and faults as `flq`.

    Source: A. T. Flegg and C. D. Webber, Regional Size, Regional Specialization and the FLQ
    Formula, Regional Studies 34(6), 2000, 563.

    >>> aflq([[0.2, 0.4], [0.1, 0.3]], [10, 40], [40, 60], delta=0.5).round(4)
            0       1
    0  0.0765  0.1402
    1  0.1000  0.3667
    """
    return _tables(regional_inputs(national_A, regional_output, national_output), "aflq", delta)


def trade_coefficients(
    inputs: RegionalInputs, method: str, delta: float, rows: slice
) -> np.ndarray:
    """t_ij of these regions, region × industry × industry.

    Args:
        inputs: output here and in the nation.
        method: one of `METHODS`, whose function says the formula.
        delta: the exponent of `flq` and `aflq`.
        rows: which regions.

    >>> inputs = regional_inputs([[0.1, 0.2], [0.3, 0.4]], [10, 30], [100, 100])  # LQ: 0.5, 1.5
    >>> trade_coefficients(inputs, "simple_lq", 0.0, slice(None)).tolist()
    [[[0.5, 0.5], [1.0, 1.0]]]
    >>> trade_coefficients(inputs, "cilq", 0.0, slice(None)).round(3).tolist()  # 0.5 / 1.5
    [[[0.5, 0.333], [1.0, 1.0]]]
    """
    p = inputs.quotients[rows]
    if method == "simple_lq":
        return np.repeat(np.minimum(p, 1)[:, :, np.newaxis], p.shape[1], axis=2)
    weighted = p * (1.0 if method == "cilq" else inputs.weight(delta)[rows, np.newaxis])
    t = weighted[:, :, np.newaxis] / nonzero(p)[:, np.newaxis]
    np.einsum("rii->ri", t)[:] = weighted
    np.minimum(t, 1, out=t)
    if method == "aflq":
        t *= np.where(p > 1, np.log2(1 + p), 1)[:, np.newaxis]
    return np.nan_to_num(t, copy=False)


def checked(method: str, delta: float) -> None:
    """Raise `io_choice` or `regional_delta`.

    >>> checked("flq", 1.0)
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: delta is 1.0. Give a delta from 0 to under 1.
    """
    choice("method", method, METHODS)
    if not 0 <= delta < 1:
        raise SonghuaError(RegionalDelta(given=delta))


def _tables(inputs: RegionalInputs, method: str, delta: float) -> pd.DataFrame:
    """All regions' coefficients."""
    checked(method, delta)
    tables = np.empty((len(inputs.x), *inputs.A.shape))
    for row in range(len(tables)):
        region = slice(row, row + 1)
        np.multiply(inputs.A, trade_coefficients(inputs, method, delta, region), out=tables[region])
    return inputs.framed(tables)
