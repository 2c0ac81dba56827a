"""Coefficients, what is bought for one unit of output, and the two inverses."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.fault_kinds import LabelsRepeat
from songhua.maths.input_output.arrays import Matrix, Vector, active, flows, frame, square, vector
from songhua.maths.input_output.solver import Method, Solver
from songhua.maths.levels import nonzero


def technical_coefficients(Z: Matrix, x: Vector) -> pd.DataFrame:
    """Purchases of each industry for one unit of its output: a_ij = z_ij / x_j.

    Args:
        Z: flows, industry by industry, in money of one kind; rows sell, columns buy.
        x: output by industry, in the same money.

    Returns:
        A; the column of an industry without output is missing.

    Raises:
        SonghuaError: `io_not_square`, `io_length`, `io_missing`, `labels_differ`,
            `labels_repeat`, `levels_not_numbers`.

    Source: R. E. Miller and P. D. Blair, Input-Output Analysis, 2009, section 2.2.

    >>> technical_coefficients([[150, 500], [200, 100]], [1000, 2000])
          0     1
    0  0.15  0.25
    1  0.20  0.05
    """
    values, output, labels = flows(Z, x)
    return frame(values / nonzero(output), labels, labels)


def allocation_coefficients(Z: Matrix, x: Vector) -> pd.DataFrame:
    """Sales of each industry for one unit of its output: b_ij = z_ij / x_i.

    Arguments and faults as `technical_coefficients`; the row of an industry without output
    is missing.

    >>> allocation_coefficients([[150, 500], [200, 100]], [1000, 2000])
          0     1
    0  0.15  0.50
    1  0.10  0.05
    """
    values, output, labels = flows(Z, x)
    return frame(values / nonzero(output)[:, np.newaxis], labels, labels)


def leontief_inverse(A: Matrix) -> pd.DataFrame:
    """The output of i for one unit of final demand of j: L = (I - A)^-1.

    Most questions need a few rows or columns of it only; `multipliers`, `footprints` and the
    other functions here solve for these and never form L.

    Args:
        A: technical coefficients; an industry whose whole column is missing has no output. Its
            row and column of L are missing, and what others buy of it comes from outside.

    Raises:
        SonghuaError: `io_not_productive`, when the industries use up more than they make;
            `io_missing`, when only some coefficients of an industry are missing; and as
            `technical_coefficients`.

    Source: W. Leontief, Quantitative Input and Output Relations in the Economic Systems of the
    United States, Review of Economics and Statistics 18(3), 1936, 105.

    >>> leontief_inverse([[0.15, 0.25], [0.20, 0.05]]).round(4)
            0       1
    0  1.2541  0.3300
    1  0.2640  1.1221
    """
    solver, labels = system(A)
    return frame(solver.inverse(), labels, labels)


def ghosh_inverse(Z: Matrix, x: Vector) -> pd.DataFrame:
    """The output of j for one unit of primary input of i: G = (I - B)^-1, b_ij = z_ij / x_i.

    Arguments as `technical_coefficients`, faults as `leontief_inverse`. Read as prices, it is
    the same as Leontief's price model; read as quantities, it assumes that buyers take what is
    supplied, which few do.

    Source: A. Ghosh, Input-Output Approach in an Allocation System, Economica 25, 1958, 58.
    E. Dietzenbacher, In Vindication of the Ghosh Model, Journal of Regional Science 37, 1997.

    >>> ghosh_inverse([[150, 500], [200, 100]], [1000, 2000]).round(4)
            0       1
    0  1.2541  0.6601
    1  0.1320  1.1221
    """
    solver, labels = allocation_system(Z, x)
    return frame(solver.inverse(), labels, labels)


def without_output(x: Vector) -> list[Hashable]:
    """The industries whose output is zero: their coefficients and all that rests on them miss.

    >>> without_output(pd.Series({"food": 5, "whaling": 0}))
    ['whaling']
    """
    labels = x.index if isinstance(x, pd.Series) else pd.RangeIndex(len(x))
    return [label for label, value in zip(labels, vector(x, labels), strict=True) if value == 0]


def close_households(
    A: Matrix,
    income: Vector,
    consumption: Vector,
    household: float = 0.0,
    label: Hashable = "households",
) -> pd.DataFrame:
    """The coefficients with households as an industry more: they sell labour and buy goods.

    Args:
        A: technical coefficients.
        income: households' labour income per unit of each industry's output.
        consumption: households' purchases from each industry per unit of their income.
        household: households' purchases of one another's labour, per unit of their income.
        label: the label of households.

    Returns:
        A with one row and one column more; with rows of several levels the label fills each.

    Raises:
        SonghuaError: `labels_repeat`, when an industry bears the label; and as
            `technical_coefficients`.

    Source: Miller and Blair, Input-Output Analysis, 2009, section 2.5.

    >>> close_households([[0.15, 0.25], [0.20, 0.05]], [0.30, 0.25], [0.05, 0.40], 0.05)
                   0     1  households
    0           0.15  0.25        0.05
    1           0.20  0.05        0.40
    households  0.30  0.25        0.05
    """
    values, labels = square(A)
    n = len(labels)
    closed = np.full((n + 1, n + 1), household, dtype=float)
    closed[:n, :n] = values
    closed[n, :n], closed[:n, n] = vector(income, labels), vector(consumption, labels)
    closed[n, :n][~active(values, labels, whole=0)] = np.nan
    row = pd.Index([label])
    if labels.nlevels > 1:
        row = pd.MultiIndex.from_tuples([(label,) * labels.nlevels], names=labels.names)
    if row[0] in labels:
        raise SonghuaError(LabelsRepeat(labels=str(label)))
    wider = labels.append(row)
    return frame(closed, wider, wider)


def system(A: Matrix, method: Method = "lu") -> tuple[Solver, pd.Index]:
    """The system of these coefficients, (I - A), and its labels.

    Raises:
        SonghuaError: as `leontief_inverse`.

    >>> solver, labels = system([[0.5, 0.0], [0.0, 0.75]])
    >>> solver.inverse().tolist(), labels.tolist()
    ([[2.0, 0.0], [0.0, 4.0]], [0, 1])
    """
    values, labels = square(A)
    return Solver(values, active(values, labels, whole=0), method), labels


def allocation_system(Z: Matrix, x: Vector, method: Method = "lu") -> tuple[Solver, pd.Index]:
    """The system of the allocation coefficients, (I - B) with b_ij = z_ij / x_i, and its labels.

    Raises:
        SonghuaError: as `ghosh_inverse`.

    >>> solver, _ = allocation_system([[5.0, 5.0], [0.0, 0.0]], [10.0, 20.0])
    >>> solver.inverse().tolist()
    [[2.0, 1.0], [0.0, 1.0]]
    """
    values, output, labels = flows(Z, x)
    B = values / nonzero(output)[:, np.newaxis]
    return Solver(B, output != 0, method), labels
