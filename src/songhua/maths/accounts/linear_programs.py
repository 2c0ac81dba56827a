"""Linear programmes over the cells that constraints allow, solved by HiGHS.

Figures of a region differ by many powers of ten, and two that contradict one another may do so by
little: rows are scaled to their own ends, and cells to their size by their rows, so that the
solver's tolerance is relative.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from songhua.maths.accounts.constraints import Constraints, Rows
from songhua.maths.accounts.kept_rows import TOLERANCE, KeptRows


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
        """Scale the rows."""
        self.constraints = constraints
        rows = constraints.rows
        self.cell_scale = _cell_scale(rows, len(constraints.cells))
        scaled = rows.matrix * self.cell_scale
        row_scale = _row_scale(rows, scaled)
        self.matrix = sparse.csr_array(scaled / row_scale[:, None])
        self.low, self.high = rows.low / row_scale, rows.high / row_scale
        self._solved: dict[bytes, Solution] = {}

    def least(self, weights: np.ndarray) -> Solution:
        """The least of a weighted sum of cells.

        Raises:
            SonghuaError: `constraints_contradict`, if no cells meet the constraints;
                `linear_program_failed`, if the solver stops early.
        """
        scale = np.abs(weights * self.cell_scale).max() or 1.0
        aim = weights * self.cell_scale / scale
        solution = self._solved.get(aim.tobytes())
        if solution is None:
            solution = self._solved[aim.tobytes()] = self._solve(aim)
        return Solution(float(solution.value * scale), solution.cells, solution.binding * scale)

    def _solve(self, aim: np.ndarray) -> Solution:
        optimum = self._kept.least(aim)
        return Solution(optimum.value, optimum.x * self.cell_scale, self._binding(optimum.duals))

    @cached_property
    def _kept(self) -> KeptRows:
        return KeptRows(self.matrix, self.low, self.high)

    def _binding(self, duals: np.ndarray) -> np.ndarray:
        binding = np.zeros(len(self.constraints))
        np.add.at(binding, self.constraints.rows.of, np.abs(duals))
        binding[binding < TOLERANCE] = 0
        return binding

    @cached_property
    def violation(self) -> np.ndarray | None:
        """Constraints that cannot all hold: those that a proof of it rests on; None if they can.

        The least sum of violations, each as a part of its row's size, is a programme with a
        solution; where it is above nought, its dual is a proof that no cells meet the
        constraints (Farkas), and the constraints with a dual other than nought suffice for it.
        """
        off = sparse.eye_array(len(self.low))
        elastic = sparse.csr_array(sparse.hstack([self.matrix, off, -off]))
        costs = np.concatenate([np.zeros(len(self.cell_scale)), np.ones(2 * len(self.low))])
        optimum = KeptRows(elastic, self.low, self.high).least(costs)
        return self._binding(optimum.duals) > 0 if optimum.value > 10 * TOLERANCE else None


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
