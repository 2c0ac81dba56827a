"""Steps that draws may take: cells scaled together, others taking up what this changes.

A step by itself is geometry: which columns move, which rows, ratios and sums they touch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.linalg import qr

from songhua.maths.accounts.constraints import Constraints
from songhua.maths.accounts.log_ratios import LogRatios
from songhua.maths.bounds import as_interval

#: A constraint is narrow, if it leaves less than this part of its terms' size open.
NARROW = 0.2
#: How many choices of takers are made, the first by size, the others by size and chance.
CHOICES = 2


@dataclass(frozen=True)
class Polytope:
    """Linear rows as dense arrays: low <= matrix @ cells <= high, and cells above nought."""

    matrix: np.ndarray
    low: np.ndarray
    high: np.ndarray


class Step:
    """Some cells are scaled together; takers change so that narrow sums stay as they are.

    Attributes:
        cells: the columns of the cells that are scaled.
        moved: those, then the columns of the takers.
        takes: takers × cells, what a taker gains by a unit of each scaled cell.
        rows, matrix: the rows that are touched, and their weights of the moved cells.
        above, of: the ratios whose upper sum is touched, and its weights of the moved cells.
        sums, per: the lower sums that are touched or stand under such a ratio, and their weights.
        member: sums × ratios above, one where the sum stands under the ratio.
        own, own_sums: which of `above` have scaled cells alone, and which of `sums` is under each.
    """

    def __init__(
        self,
        cells: np.ndarray,
        polytope: Polytope,
        ratios: LogRatios,
        takers: np.ndarray | None = None,
        takes: np.ndarray | None = None,
    ) -> None:
        """Find what the step touches."""
        self.cells = cells
        self.takes = np.zeros((0, len(cells))) if takes is None else takes
        self.moved = cells if takers is None else np.append(cells, takers)
        self.rows = np.flatnonzero(polytope.matrix[:, self.moved].any(axis=1))
        self.matrix = polytope.matrix[np.ix_(self.rows, self.moved)]
        self.low, self.high = polytope.low[self.rows, None], polytope.high[self.rows, None]
        self.above = np.flatnonzero(ratios.of[:, self.moved].any(axis=1))
        self.of = ratios.of[np.ix_(self.above, self.moved)]
        holds: np.ndarray = (ratios.per[:, self.moved] != 0).any(axis=1)
        holds[ratios.below[self.above]] = True
        self.sums = np.flatnonzero(holds)
        self.per = ratios.per[np.ix_(self.sums, self.moved)]
        self.member = ratios.member[np.ix_(self.sums, self.above)]
        self.weight = ratios.weight[self.sums, None]
        self.mean, self.sd = ratios.mean[self.above, None], ratios.sd[self.above, None]
        others = np.ones(ratios.of.shape[1], dtype=bool)
        others[cells] = False
        self.own = np.flatnonzero(~ratios.of[self.above][:, others].any(axis=1))
        self.own_sums = np.searchsorted(self.sums, ratios.below[self.above[self.own]])
        self.precision = (1 / self.sd[self.own] ** 2).sum()


def steps(
    constraints: Constraints,
    polytope: Polytope,
    ratios: LogRatios,
    usual: np.ndarray,
    chance: np.random.Generator,
) -> list[Step]:
    """The steps that a round takes: groups, and each cell, against its takers if there are any.

    Groups are the cells of a row, and of a ratio's upper and lower sum: scaled together they leave
    a share as it is. Takers are as many cells as there are independent narrow sums, the largest
    that will do (QR with column pivoting): whatever another cell gains, they can take up so that
    no narrow sum changes.

    Args:
        constraints: for their weights.
        polytope: the same as rows.
        ratios: the ratios.
        usual: a usual value of each cell.
        chance: for the choices of takers but the first.
    """
    count = len(usual)
    groups = {
        tuple(np.flatnonzero(weights).tolist())
        for weights in (*polytope.matrix, *ratios.of, *ratios.per)
        if np.count_nonzero(weights) > 1
    }
    found = [Step(np.array(group), polytope, ratios) for group in sorted(groups)]
    narrow = _narrow(constraints, usual)
    for choice in range(CHOICES):
        size = usual * np.exp(chance.standard_normal(count) * (choice > 0))
        takers = _takers(narrow * size)
        basis = narrow[:, takers]
        for cell in range(count):
            takes = np.zeros((len(takers), 1))
            if cell not in takers:
                takes = -np.linalg.lstsq(basis, narrow[:, [cell]], rcond=None)[0]
            needed = np.abs(takes[:, 0]) > 1e-9
            if needed.any() or choice == 0:
                one = np.array([cell])
                found.append(Step(one, polytope, ratios, takers[needed], takes[needed]))
    return found


def _narrow(constraints: Constraints, usual: np.ndarray) -> np.ndarray:
    """The middle weights of each narrow constraint, at usual values of the cells."""
    at = {cell: column for column, cell in enumerate(constraints.cells)}
    found: list[np.ndarray] = []
    for one in constraints.each:
        weights = {at[cell]: as_interval(weight) for cell, weight in one.terms.items()}
        row = np.zeros(len(at))
        open_ = one.high - one.low
        for column, weight in weights.items():
            row[column] = weight.middle
            open_ += weight.width * usual[column]
        if open_ < NARROW * (np.abs(row) * usual).sum():
            found.append(row)
    return np.array(found).reshape(-1, len(at))


def _takers(narrow: np.ndarray) -> np.ndarray:
    """Columns, as many as the rows have rank, the largest first."""
    if not len(narrow):
        return np.array([], dtype=int)
    found: Any = qr(narrow, mode="r", pivoting=True)
    triangle, order = found
    diagonal = np.abs(np.diag(triangle))
    return np.sort(order[: int((diagonal > 1e-9 * diagonal[0]).sum())])
