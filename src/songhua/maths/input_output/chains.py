"""Chains: rounds between two industries, and the supply paths of a use."""

from __future__ import annotations

import heapq
from collections.abc import Iterator

import numpy as np
import pandas as pd

from songhua.maths.input_output.arrays import Matrix, Vector, frame, vector
from songhua.maths.input_output.inverse import system
from songhua.maths.input_output.solver import Solver
from songhua.maths.levels import ratio

TINY = float(np.finfo(float).tiny)


def average_propagation_length(A: Matrix) -> pd.DataFrame:
    """Rounds that a change takes on average from the buyer j to the supplier i.

    (L (L - I))_ij / (L - I)_ij: the mean of the rounds k, weighted by what each brings, (A^k)_ij.

    Args:
        A: technical coefficients.

    Returns:
        Supplier × buyer; missing where no chain leads from one to the other.

    Raises:
        SonghuaError: as `leontief_inverse`.

    Source: E. Dietzenbacher, I. Romero Luna and N. S. Bosma, Using Average Propagation Lengths
    to Identify Production Chains in the Andalusian Economy, Estudios de Economía Aplicada 23,
    2005, 405.

    >>> average_propagation_length([[0.0, 0.5, 0.0], [0.0, 0.0, 0.5], [0.0, 0.0, 0.0]])
        0    1    2
    0 NaN  1.0  2.0
    1 NaN  NaN  1.0
    2 NaN  NaN  NaN
    """
    solver, labels = system(A)
    inner = solver.active
    n = int(inner.sum())
    rounds = solver.inverse()[np.ix_(inner, inner)]
    beyond = solver.A @ rounds  # L - I without the rounding of a difference
    lengths = np.full((len(labels), len(labels)), np.nan)
    lengths[np.ix_(inner, inner)] = ratio(beyond @ rounds, beyond) if n else beyond
    return frame(lengths, labels, labels)


def structural_paths(
    A: Matrix,
    f: Vector,
    v: Vector | None = None,
    most: int = 50,
    rounds: int = 8,
    least: float = 0.0,
) -> pd.DataFrame:
    """The supply paths that matter most: v_i a_ij a_jk ... f_z, the largest first.

    The search goes on from the branch that can still hold most, so that the paths it gives are
    the largest there are, and it looks at few others. Where numbers are below zero, paths are
    ordered by their size without the sign.

    Args:
        A: technical coefficients.
        f: final demand by industry.
        v: the traced quantity per unit of output, such as jobs; output, if not given. most: the
        greatest number of paths.
        rounds: the longest path: suppliers of suppliers, up to so many.
        least: the smallest share of the whole that a path must have.

    Returns:
        One row a path: `path` (a tuple of labels, from the final product to the last supplier),
        `round` (0 for the final product itself), `value` and `share` of v L f. The paths need not
        add up to the whole: paths beyond `most`, `rounds` and `least` are left out.

    Raises:
        SonghuaError: as `leontief_inverse`.

    Source: J. Defourny and E. Thorbecke, Structural Path Analysis and Multiplier Decomposition,
    Economic Journal 94, 1984, 111.

    >>> structural_paths([[0.15, 0.25], [0.20, 0.05]], [600, 0], most=3).round(3)
         path  round  value  share
    0    (0,)      0  600.0  0.659
    1  (0, 1)      1  120.0  0.132
    2  (0, 0)      1   90.0  0.099
    """
    solver, labels = system(A)
    inner = solver.active
    demand = vector(f, labels)[inner]
    direct = (np.ones(len(labels)) if v is None else vector(v, labels))[inner]
    active = np.ones(len(demand), dtype=bool)
    whole = float(direct @ Solver(solver.A, active).right(demand[:, np.newaxis])[:, 0])
    # what a unit's whole chain can hold at most, without signs: the bound of a branch
    chain_bound = Solver(np.abs(solver.A), active).left(np.abs(direct)[np.newaxis])[0]
    rows: list[tuple[tuple[object, ...], int, float, float]] = []
    for path, value in _paths(solver.A, demand, direct, chain_bound, rounds, least * abs(whole)):
        if len(rows) == most:
            break
        names = tuple(labels[inner][list(path)])
        rows.append((names, len(path) - 1, value, float(ratio(value, whole))))
    return pd.DataFrame(rows, columns=["path", "round", "value", "share"])


def _paths(
    A: np.ndarray,
    demand: np.ndarray,
    direct: np.ndarray,
    chain_bound: np.ndarray,
    rounds: int,
    least: float,
) -> Iterator[tuple[tuple[int, ...], float]]:
    """Paths, the largest first: a heap of paths by value and of branches by their bounds."""
    order = 0
    heap: list[tuple[float, int, bool, tuple[int, ...], float]] = []

    def push(value: float, path: tuple[int, ...], flow: float, complete: bool) -> None:
        """Put a path or a branch in its place; equal ones keep their order."""
        nonlocal order
        if value and abs(value) >= least:
            order += 1
            heapq.heappush(heap, (-abs(value), order, complete, path, flow))

    for last in np.flatnonzero(demand):
        push(chain_bound[last] * demand[last], (int(last),), float(demand[last]), complete=False)
    while heap:
        _, _, complete, path, flow = heapq.heappop(heap)
        direct_value = direct[path[-1]] * flow
        if complete:
            yield path, float(direct_value)
            continue
        push(direct_value, path, flow, complete=True)
        if len(path) <= rounds:
            inputs = A[:, path[-1]] * flow
            for supplier in np.flatnonzero(np.abs(chain_bound * inputs) >= max(least, TINY)):
                step = float(inputs[supplier])
                push(chain_bound[supplier] * step, (*path, int(supplier)), step, complete=False)
