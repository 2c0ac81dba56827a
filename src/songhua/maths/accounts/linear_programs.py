"""Linear programmes over the cells that constraints allow, solved by HiGHS.

Figures of a region differ by many powers of ten, and two that contradict one another may do so by
little: rows are scaled to their own ends, and cells to their size by their rows, so that the
solver's tolerance is relative.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from songhua.errors import SonghuaError
from songhua.hooks.checkpoints import checkpoint
from songhua.maths.accounts.constraints import Constraints, Rows
from songhua.maths.accounts.fault_kinds import ConstraintsContradict, LinearProgramFailed

#: Of a row's own size: how far it may be off in a solution.
#: Seconds after the last checkpoint that still holds, so that the next one ends the work.
LATE = 0.1
TOLERANCE = 1e-9
OPTIMAL, INFEASIBLE, UNBOUNDED = 0, 2, 3


def _highs(**more: object) -> dict[str, Any]:
    """Options for HiGHS: exact, and for little longer than there is time."""
    tolerances = dict.fromkeys(
        ("primal_feasibility_tolerance", "dual_feasibility_tolerance"), TOLERANCE
    )
    return {
        "method": "highs-ds",
        "options": {**tolerances, "time_limit": checkpoint() + LATE, **more},
    }


@dataclass(frozen=True)
class Solution:
    """The least of a weighted sum of cells.

    Attributes:
        value: the least; minus infinity, if there is none.
        cells: where it is reached.
        binding: for each constraint the change of the sum for a step of its end, as a part of the
            end's own size; nought where it does not bind.
    """

    value: float
    cells: np.ndarray
    binding: np.ndarray


class LinearProgram:
    """Constraints made ready for many objectives, each of which is solved once.

    >>> from songhua.maths.accounts.constraints import Constraint
    >>> total = Constraint("total", {"a": 1, "b": 1}, 9, 10)
    >>> part = Constraint("part", {"a": 1}, 3, 4)
    >>> solution = LinearProgram(Constraints(("a", "b"), (total, part))).least(np.array([0.0, 1.0]))
    >>> solution.value, solution.cells.tolist(), (solution.binding > 0).tolist()
    (5.0, [4.0, 5.0], [True, True])
    """

    def __init__(self, constraints: Constraints) -> None:
        """Scale the rows and part them into equations and inequalities."""
        self.constraints = constraints
        rows = constraints.rows
        self.cell_scale = _cell_scale(rows, len(constraints.cells))
        scaled = rows.matrix * self.cell_scale
        self.row_scale = _row_scale(rows, scaled)
        matrix = sparse.csr_array(scaled / self.row_scale[:, None])
        low, high = rows.low / self.row_scale, rows.high / self.row_scale
        equal = low == high
        above, below = ~equal & np.isfinite(high), ~equal & np.isfinite(low)
        self.inequalities = sparse.vstack([matrix[above], -matrix[below]], format="csr")
        self.most = np.concatenate([high[above], -low[below]])
        self.equations, self.values = matrix[equal], low[equal]
        of = rows.of
        self._of = np.concatenate([of[above], of[below]]), of[equal]
        self._solved: dict[bytes, Any] = {}

    def least(self, weights: np.ndarray) -> Solution:
        """The least of a weighted sum of cells.

        Raises:
            SonghuaError: `constraints_contradict`, if no cells meet the constraints;
                `linear_program`, if the solver stops early.
        """
        scale = np.abs(weights * self.cell_scale).max() or 1.0
        aim = weights * self.cell_scale / scale
        outcome = self._solved.get(aim.tobytes())
        if outcome is None:
            outcome = self._solved[aim.tobytes()] = self._solve(aim)
        if outcome.status == UNBOUNDED:
            nowhere = np.full(len(weights), np.nan)
            return Solution(-np.inf, nowhere, np.zeros(len(self.constraints)))
        binding = np.zeros(len(self.constraints))
        np.add.at(binding, self._of[0], np.abs(outcome.ineqlin.marginals))
        np.add.at(binding, self._of[1], np.abs(outcome.eqlin.marginals))
        binding[binding < TOLERANCE] = 0
        return Solution(float(outcome.fun * scale), outcome.x * self.cell_scale, binding * scale)

    def _solve(self, weights: np.ndarray) -> Any:
        """The outcome of HiGHS; tried again without presolve, which does not say why it fails."""
        for presolve in (True, False):
            outcome: Any = linprog(
                weights,
                A_ub=self.inequalities if len(self.most) else None,
                b_ub=self.most if len(self.most) else None,
                A_eq=self.equations if len(self.values) else None,
                b_eq=self.values if len(self.values) else None,
                **_highs(presolve=presolve),
            )
            checkpoint()
            if outcome.status in (OPTIMAL, UNBOUNDED):
                return outcome
            if outcome.status == INFEASIBLE and not presolve:
                raise SonghuaError(ConstraintsContradict())
        raise SonghuaError(LinearProgramFailed(why=outcome.message))

    @cached_property
    def violation(self) -> np.ndarray | None:
        """Constraints that cannot all hold: those that a proof of it rests on; None if they can.

        The least sum of violations, each as a part of its row's size, is a programme with a
        solution; where it is above nought, its dual is a proof that no cells meet the
        constraints (Farkas), and the constraints with a dual other than nought suffice for it.
        """
        inequalities, equations, cells = len(self.most), len(self.values), len(self.cell_scale)
        eye, equation_eye = sparse.eye_array(inequalities), sparse.eye_array(equations)
        zero = sparse.csr_array((inequalities, 2 * equations))
        outcome: Any = linprog(
            np.concatenate([np.zeros(cells), np.ones(inequalities + 2 * equations)]),
            A_ub=sparse.hstack([self.inequalities, -eye, zero], format="csr"),
            b_ub=self.most,
            A_eq=sparse.hstack(
                [
                    self.equations,
                    sparse.csr_array((equations, inequalities)),
                    equation_eye,
                    -equation_eye,
                ],
                format="csr",
            ),
            b_eq=self.values,
            **_highs(),
        )
        checkpoint()
        if outcome.status != OPTIMAL:
            raise SonghuaError(LinearProgramFailed(why=outcome.message))
        if outcome.fun <= 10 * TOLERANCE:
            return None
        support = np.zeros(len(self.constraints), dtype=bool)
        support[self._of[0][np.abs(outcome.ineqlin.marginals) > TOLERANCE]] = True
        support[self._of[1][np.abs(outcome.eqlin.marginals) > TOLERANCE]] = True
        return support


def _cell_scale(rows: Rows, cells: int) -> np.ndarray:
    """A size for each cell: the least by a row with an end other than nought."""
    low, high = np.abs(rows.low), np.abs(rows.high)
    ends = np.where(np.isfinite(high) & (high > 0), high, low)
    ends[~np.isfinite(ends) | (ends == 0)] = np.inf
    entries = rows.matrix.tocoo()
    i, j = entries.coords
    nonzero = entries.data != 0
    sizes = ends[i[nonzero]] / np.abs(entries.data[nonzero])
    scale = np.full(cells, np.inf)
    np.minimum.at(scale, j[nonzero], sizes)
    usual = np.median(scale[np.isfinite(scale)]) if np.isfinite(scale).any() else 1.0
    return np.where(np.isfinite(scale), scale, usual)


def _row_scale(rows: Rows, scaled: sparse.csr_array) -> np.ndarray:
    """The size of each row: its end's, or of its largest term where its ends are nought."""
    low = np.where(np.isfinite(rows.low), np.abs(rows.low), 0)
    high = np.where(np.isfinite(rows.high), np.abs(rows.high), 0)
    ends = np.maximum(low, high)
    largest = np.asarray(abs(scaled).max(axis=1).todense()).ravel()
    return np.where(ends > 0, ends, np.where(largest > 0, largest, 1.0))
