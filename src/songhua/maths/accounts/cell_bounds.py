"""Bounds of cells, which hold if the constraints do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from songhua.maths.accounts.constraints import Cell, Constraints
from songhua.maths.accounts.linear_programs import LinearProgram
from songhua.maths.ensemble.pool import Progress


@dataclass(frozen=True)
class CellBound:
    """The least and the most that a cell can be, and the constraints that say so.

    `high` is infinity where nothing holds the cell down. The names of the constraints that bind
    stand in the order of how much they bind, the identities among them.
    """

    cell: Cell
    low: float
    high: float
    low_by: tuple[str, ...]
    high_by: tuple[str, ...]


def cell_bounds(
    program: LinearProgram,
    cells: Sequence[Cell] | None = None,
    progress: Progress | None = None,
) -> list[CellBound]:
    """The bounds of each cell: two linear programmes a cell.

    A bound holds whatever else is unknown: it needs no model, and it may be wide.

    Args:
        program: the constraints that hold.
        cells: the requested cells; all by default. progress: called with the cells done and their
        total.

    Raises:
        SonghuaError: `constraints_contradict`, if no cells meet the constraints; `linear_program`,
            if the solver stops early.

    >>> from songhua.maths.accounts.constraints import Constraint, Constraints
    >>> whole = Constraint("whole", {"a": 1, "b": 1, "c": 1}, 99.5, 100.5)
    >>> more = Constraint("a is more than 60", {"a": 1}, 60, float("inf"))
    >>> program = LinearProgram(Constraints(("a", "b", "c"), (whole, more)))
    >>> for bound in cell_bounds(program, ["a", "b"]):
    ...     ends = round(bound.low, 6), round(bound.high, 6)
    ...     print(bound.cell, *ends, bound.low_by, bound.high_by)
    a 60.0 100.5 ('a is more than 60',) ('whole',)
    b 0.0 40.5 () ('whole', 'a is more than 60')
    """
    constraints, bounds = program.constraints, list[CellBound]()
    wanted = constraints.cells if cells is None else tuple(cells)
    at = {cell: column for column, cell in enumerate(constraints.cells)}
    for finished, cell in enumerate(wanted):
        if progress is not None:
            progress(finished, len(wanted), "bounds")
        weights = np.zeros(len(at))
        weights[at[cell]] = 1
        low, high = program.least(weights), program.least(-weights)
        by = _names(constraints, low.binding), _names(constraints, high.binding)
        bounds.append(CellBound(cell, max(low.value, 0.0), -high.value, *by))
    return bounds


def _names(constraints: Constraints, binding: np.ndarray) -> tuple[str, ...]:
    """The names of the constraints that bind, those that bind most first."""
    order = np.argsort(-binding, kind="stable")
    return tuple(constraints.names[k] for k in order if binding[k] > 0)
