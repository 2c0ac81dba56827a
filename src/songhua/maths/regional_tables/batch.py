"""Output multipliers of thousands of regions or of thousands of draws, no table kept.

Large tables are solved by iteration until the largest residual is below `TOLERANCE`. For
coefficients without negative cells the multipliers u obey |error_j| <= max|residual| · u_j,
since the errors are the residuals times L >= 0 whose column sums are u: the tolerance is the
largest relative error of each multiplier. Where that is not reached, and for small tables, the
system is factored.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.linalg import get_lapack_funcs

from songhua.errors import SonghuaError
from songhua.maths.fault_kinds import IoNotProductive
from songhua.maths.input_output.arrays import Matrix, Vector
from songhua.maths.regional_tables.inputs import regional_inputs
from songhua.maths.regional_tables.methods import Method, checked, trade_coefficients

TOLERANCE = 1e-12
#: Rounds of iteration before factoring is cheaper.
MOST = 20
#: Industries up to which a table is factored at once.
SMALL = 120
#: Cells of tables that are worked on at once.
PIECE = 2**16


def regional_multipliers(
    national_A: Matrix,
    regional_output: Matrix | Vector,
    national_output: Vector,
    method: Method = "flq",
    delta: float = 0.3,
) -> pd.DataFrame | pd.Series:
    """Output multipliers of every region: the column sums of (I - A^r)^-1.

    The same as `output_multipliers` of each region's table by that method, to a relative
    error of 1e-12, without holding the tables.

    Args:
        national_A: coefficients of home inputs, industry × industry.
        regional_output: region × industry; or one region's output by industry.
        national_output: the nation's output by industry.
        method: `simple_lq`, `cilq`, `flq` or `aflq`.
        delta: as in `flq`; the first two have no use for it.

    Returns:
        Region × industry, missing where the region lacks the industry; a series for one region.

    Raises:
        SonghuaError: `io_not_productive`; `io_choice`; and as `flq`.

    >>> regions = pd.DataFrame([[10, 40], [0, 5]], index=["here", "there"])
    >>> regional_multipliers([[0.2, 0.4], [0.1, 0.3]], regions, [40, 60], delta=0.5).round(4)
                0       1
    here   1.2599  1.6351
    there     NaN  1.1529
    """
    inputs = regional_inputs(national_A, regional_output, national_output)
    checked(method, delta)
    n = len(inputs.labels)
    multipliers = np.full(inputs.x.shape, np.nan)
    if n <= SMALL or inputs.A.min() < 0:
        step = max(1, PIECE // max(n * n, 1))
        for first in range(0, len(multipliers), step):
            rows = slice(first, first + step)
            tables = inputs.A * trade_coefficients(inputs, method, delta, rows)
            multipliers[rows] = draw_multipliers(tables)[:, 0]
        multipliers[inputs.x == 0] = np.nan
    else:
        weights = inputs.weight(0.0 if method == "cilq" else delta)
        work = np.empty((3, n * n))
        for row, p in enumerate(inputs.quotients):
            present = np.flatnonzero(inputs.x[row])
            A = _cut(inputs.A, present, work)
            multipliers[row, present] = _large(A, p[present], weights[row], method, work[2])
    if inputs.regions is None:
        return pd.Series(multipliers[0], inputs.labels, name="output_multiplier")
    return pd.DataFrame(multipliers, inputs.regions, inputs.labels)


def draw_multipliers(tables: np.ndarray, rows: np.ndarray | None = None) -> np.ndarray:
    """Multipliers of many tables, such as draws: S (I - A)^-1 for each.

    Args:
        tables: draws × n × n coefficients; rows sell, columns buy.
        rows: S, k × n, such as ones (output) and jobs per unit of output; ones, if not given.

    Returns:
        Draws × k × n.

    Raises:
        SonghuaError: `io_not_productive`, when one of them uses up more than it makes.

    >>> draw_multipliers(np.array([[[0.15, 0.25], [0.2, 0.05]]])).round(4).tolist()
    [[[1.5182, 1.4521]]]
    """
    count, n = tables.shape[:2]
    S = np.ones((1, n))
    if rows is not None:
        # the row of ones shows whether every net output can be made
        S = np.vstack([S, np.atleast_2d(np.asarray(rows, float))])
    (gesv,) = get_lapack_funcs(("gesv",), dtype=np.float64)
    results = np.empty((count, *S.shape))
    results[:] = S
    step = max(1, PIECE // max(n * n, 1))
    work = np.empty((min(step, count), n, n))
    diagonals = work.reshape(len(work), -1)[:, :: n + 1]
    for first in range(0, count, step):
        part = tables[first : first + step]
        np.negative(part, out=work[: len(part)])
        diagonals += 1
        for at in range(len(part)):
            # rows that lie together are columns to LAPACK: this solves the transpose in place
            gesv(work[at].T, results[first + at].T, True, True)
    if not (results[:, 0] >= 1 - 1e-9).all() and not (tables.size and tables.min() < 0):
        raise SonghuaError(IoNotProductive())
    return results if rows is None else results[:, 1:]


def _cut(A: np.ndarray, present: np.ndarray, work: np.ndarray) -> np.ndarray:
    """Rows and columns of these industries, in memory that is used again and again."""
    m, n = len(present), len(A)
    rows = work[0, : m * n].reshape(m, n)
    square = work[1, : m * m].reshape(m, m)
    np.take(A, present, axis=0, out=rows, mode="clip")
    return np.take(rows, present, axis=1, out=square, mode="clip")


def _large(
    A: np.ndarray, p: np.ndarray, weight: float, method: str, work: np.ndarray
) -> np.ndarray:
    """Multipliers of the industries that a region has, by iteration where that is enough.

    With t_ij = min(w p_i / p_j, 1) the table is min(w p_i, p_j) a_ij, its columns divided by
    p_j: that is one pass less, and no division by cell.
    """
    table = work[: A.size].reshape(A.shape)
    scale = np.ones(len(p))
    if method == "simple_lq":
        np.multiply(A, np.minimum(p, 1)[:, np.newaxis], out=table)
    else:
        weighted = p * weight
        np.minimum(weighted[:, np.newaxis], p, out=table)
        table *= A
        table.ravel()[:: len(p) + 1] = A.diagonal() * np.minimum(weighted, 1) * p
        scale /= p
        if method == "aflq":
            scale *= np.where(p > 1, np.log2(1 + p), 1)
    u = _iterated(table, scale)
    return draw_multipliers((table * scale)[np.newaxis])[0, 0] if u is None else u


def _iterated(table: np.ndarray, scale: np.ndarray) -> np.ndarray | None:
    """u with u = 1 + (u table) scale, by BiCGStab; None where it takes too long.

    Source: H. A. van der Vorst, Bi-CGSTAB, SIAM Journal on Scientific and Statistical Computing
    13(2), 1992, 631.
    """
    u = 1 + table.sum(axis=0) * scale
    residual = (u - 1) @ table * scale
    shadow, direction = residual, residual
    rho = residual @ shadow
    for _ in range(MOST):
        if np.abs(residual).max() <= TOLERANCE:
            break
        moved = direction - direction @ table * scale
        alpha = rho / (moved @ shadow)
        half = residual - alpha * moved
        turned = half - half @ table * scale
        omega = (turned @ half) / max(turned @ turned, np.finfo(float).tiny)
        u = u + alpha * direction + omega * half
        residual = half - omega * turned
        before, rho = rho, residual @ shadow
        direction = residual + rho / before * alpha / omega * (direction - omega * moved)
    # the residual itself, not its running value, decides
    error = np.abs(1 - u + u @ table * scale).max()
    return u if error <= TOLERANCE and u.min() >= 1 - 1e-9 else None
