"""First draws of chains: well inside the constraints, and far from one another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from songhua.errors import SonghuaError
from songhua.maths.accounts.constraints import Constraint, Constraints
from songhua.maths.accounts.fault_kinds import CellsUnbounded, ConstraintsContradict, ConstraintsFar
from songhua.maths.accounts.linear_programs import LinearProgram
from songhua.maths.accounts.log_ratios import LogRatio
from songhua.maths.bounds import Interval, as_interval

#: The distance from the likely values within which draws are sought, in deviations; else the next.
FAR = (4.0, 16.0, 64.0)
#: The part of their range by which constraints are narrowed from each side; if no draw remains, the
#: next.
INSIDE = (0.1, 0.01, 0.001, 0.0)
#: Corners between which chains begin.
CORNERS = 32


def first_draws(
    constraints: Constraints, ratios: Sequence[LogRatio], chance: np.random.Generator, count: int
) -> np.ndarray:
    """Cells × draws: each between the middle of some corners and one of them.

    A cell that is nought in all of these corners, as its least is by the solver's tolerance, adds
    the corner where it is largest: no chain leaves a draw with a cell of nought.

    Raises:
        SonghuaError: `cells_unbounded`, if neither a constraint nor a ratio holds the whole down;
            `constraints_contradict`, if no cells meet the constraints; `constraints_far`, if those
            that do lie beyond everything that the ratios call likely.

    >>> from songhua.maths.accounts.constraints import Constraint
    >>> total = Constraint("total", {"a": 1, "b": 1}, 10, 10)
    >>> draws = first_draws(Constraints(("a", "b"), (total,)), (), np.random.default_rng(0), 3)
    >>> draws.shape, draws.sum(axis=0).round(6).tolist(), bool((draws >= 0).all())
    ((2, 3), [10.0, 10.0, 10.0], True)
    """
    program = _near(constraints, ratios)
    corners = list[np.ndarray]()
    for _ in range(CORNERS):
        corner = program.least(chance.standard_normal(len(constraints.cells)) / program.cell_scale)
        if not np.isfinite(corner.value):
            raise SonghuaError(CellsUnbounded())
        corners.append(corner.cells)
    for cell in np.flatnonzero(np.max(corners, axis=0) <= 0):
        weights = np.zeros(len(constraints.cells))
        weights[cell] = -1.0
        corners.append(program.least(weights).cells)
    middle = np.mean(corners, axis=0)
    toward = np.array(corners)[chance.integers(0, CORNERS, count)].T
    part = chance.uniform(0.05, 0.6, count)
    return middle[:, None] * (1 - part) + toward * part


def _near(constraints: Constraints, ratios: Sequence[LogRatio]) -> LinearProgram:
    """The constraints, narrower, and constraints that no ratio is far from its mean.

    Raises:
        SonghuaError: `constraints_contradict`, if no cells meet the constraints alone.
    """
    for inside in INSIDE:
        for far in FAR:
            near = [_likely(ratio, far) for ratio in ratios]
            narrowed = [
                *(_narrower(constraint, inside) for constraint in constraints.members),
                *near,
            ]
            # no name is one of the caller's
            numbered = tuple(
                replace(constraint, name=str(k)) for k, constraint in enumerate(narrowed)
            )
            program = LinearProgram(Constraints(constraints.cells, numbered))
            if program.violation is None:
                return program
        if LinearProgram(constraints).violation is not None:
            raise SonghuaError(ConstraintsContradict())
    raise SonghuaError(ConstraintsFar())


def _likely(ratio: LogRatio, far: float) -> Constraint:
    """The constraint that a ratio is no more than some deviations from its mean."""
    low, high = (float(np.exp(ratio.mean + side * far * ratio.sd)) for side in (-1, 1))
    if not ratio.per:
        return Constraint(ratio.name, ratio.of, low, high)
    terms = {cell: -Interval(low, high) * weight for cell, weight in ratio.per.items()}
    for cell, weight in ratio.of.items():
        terms[cell] = terms.get(cell, Interval(0, 0)) + weight
    return Constraint(ratio.name, terms, 0, 0)


def _narrower(constraint: Constraint, part: float) -> Constraint:
    """A constraint without the outer parts of its weights' and its own range."""
    terms = {}
    for cell, weight in constraint.terms.items():
        interval = as_interval(weight)
        shy = part * interval.width
        terms[cell] = Interval(interval.low + shy, interval.high - shy) if shy else weight
    shy = (
        part * (constraint.high - constraint.low)
        if math.isfinite(constraint.high - constraint.low)
        else 0.0
    )
    return replace(constraint, terms=terms, low=constraint.low + shy, high=constraint.high - shy)
