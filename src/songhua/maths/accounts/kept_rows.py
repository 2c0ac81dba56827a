"""Rows kept in HiGHS, over which many sums are made least.

Only the objective changes from one programme to the next, so the rows are passed once. No solution
is the start of the next: each would then depend on those before it, and at ties a proof that goes
on from another rests on rows that its bound does not need.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from songhua.errors import SonghuaError
from songhua.hooks.checkpoints import checkpoint
from songhua.maths.accounts.fault_kinds import ConstraintsContradict, LinearProgramFailed

#: Of a row's own size: how far it may be off in a solution.
TOLERANCE = 1e-9
#: Seconds after the last checkpoint that still holds, so that the next one ends the work.
LATE = 0.1
#: Exact, and without threads, which would cost more than such a programme.
OPTIONS = {
    "threads": 1,
    "solver": "simplex",
    "primal_feasibility_tolerance": TOLERANCE,
    "dual_feasibility_tolerance": TOLERANCE,
}
Status = highspy.HighsModelStatus
#: As HiGHS calls what it cannot read; it takes what is no number for nought.
MODEL_ERROR = "Model error"


class _Highs(highspy.Highs):
    """HiGHS that says nothing, not even its name, and calls nobody back."""

    def enableCallbacks(self) -> None:  # noqa: N802 - called when it is made, before it can be told
        self.silent()


@dataclass(frozen=True)
class Optimum:
    """The least sum.

    Attributes:
        value: the least; minus infinity, if there is none.
        x: where it is reached; not a number, if there is none.
        duals: for each row the change of the least for a step of its end.
    """

    value: float
    x: np.ndarray
    duals: np.ndarray


class KeptRows:
    """`low <= matrix @ x <= high` with x no less than nought, for many objectives.

    Args:
        matrix: rows × columns, each row and column scaled to about one.
        low: the least of each row; high: the most.

    Raises:
        SonghuaError: `linear_program_failed`, if a weight is no number, or beyond HiGHS (1e15).

    >>> rows = sparse.csr_array([[1.0, 1.0], [1.0, 0.0]])
    >>> kept = KeptRows(rows, np.array([9.0, 3.0]), np.array([10.0, 4.0]))
    >>> least, most = kept.least(np.array([0.0, 1.0])), kept.least(np.array([0.0, -1.0]))
    >>> least.value, least.duals.tolist(), -most.value
    (5.0, [1.0, -1.0], 7.0)
    """

    def __init__(self, matrix: sparse.csr_array, low: np.ndarray, high: np.ndarray) -> None:
        """Pass the rows to HiGHS."""
        self._highs = _Highs()
        for name, value in OPTIONS.items():
            self._highs.setOptionValue(name, value)
        entries: Any = matrix  # its parts are of several types in scipy's stubs
        rows, columns = entries.shape
        none = np.zeros(columns)
        status = self._highs.passModel(
            columns, rows, entries.nnz,
            int(highspy.MatrixFormat.kRowwise), int(highspy.ObjSense.kMinimize), 0.0,
            none, none, np.full(columns, np.inf), low, high,
            entries.indptr, entries.indices, entries.data, none.astype(np.int32),
        )  # fmt: skip
        if status == highspy.HighsStatus.kError or np.isnan(entries.data).any():
            raise SonghuaError(LinearProgramFailed(why=MODEL_ERROR))

    def least(self, costs: np.ndarray) -> Optimum:
        """The least of `costs @ x`, whatever was sought before.

        Raises:
            SonghuaError: `constraints_contradict`, if no x meets the rows;
                `linear_program_failed`, if the solver stops early, or a cost is no number.
        """
        if np.isnan(costs).any():
            raise SonghuaError(LinearProgramFailed(why=MODEL_ERROR))
        highs = self._highs
        highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        for presolve in ("on", "off"):  # presolve does not tell why it fails
            highs.clearSolver()
            highs.setOptionValue("presolve", presolve)
            highs.setOptionValue("time_limit", highs.getRunTime() + checkpoint() + LATE)
            highs.run()
            checkpoint()
            status = highs.getModelStatus()
            if status == Status.kOptimal:
                solution = highs.getSolution()
                x, duals = np.array(solution.col_value), np.array(solution.row_dual)
                return Optimum(highs.getObjectiveValue(), x, duals)
            if status == Status.kUnbounded:
                return Optimum(-np.inf, np.full(len(costs), np.nan), np.zeros(highs.getNumRow()))
        if status == Status.kInfeasible:
            raise SonghuaError(ConstraintsContradict())
        raise SonghuaError(LinearProgramFailed(why=highs.modelStatusToString(status)))
