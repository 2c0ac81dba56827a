"""Steps that draws may take: cells scaled together, others taking up what this changes.

A step by itself is geometry: which columns move, which rows, ratios and sums they touch.
"""

from __future__ import annotations

from collections.abc import Sequence
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

    A taker is a cell, or a unit: cells that keep their ratios, such as value added and output of
    one industry. What takers gain follows from the narrow sums at the draw's own ratios.

    Attributes:
        cells: the columns of the cells that are scaled.
        moved: those, then the columns of the takers.
        first: of each taker, where its first cell stands among `moved`.
        taker: of each moved cell of a taker, which of the takers it belongs to.
        narrow: narrow sums, as many as there are takers, and their weights of the moved cells.
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
        takers: Sequence[np.ndarray] = (),
        narrow: np.ndarray | None = None,
    ) -> None:
        """Find what the step touches."""
        self.cells = cells
        self.moved = np.concatenate([cells, *takers])
        sizes = [len(one) for one in takers]
        self.first = len(cells) + np.cumsum([0, *sizes[:-1]])[: len(takers)]
        self.taker = np.repeat(np.arange(len(takers)), sizes)
        self.narrow = np.zeros((0, len(self.moved))) if narrow is None else narrow[:, self.moved]
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
        below = ratios.per[ratios.below[self.above]]
        inside = below.any(axis=1) & ~below[:, others].any(axis=1)  # both sums are scaled alike
        self.own = np.flatnonzero(~self.of_others(ratios, others) & ~inside)
        self.own_sums = np.searchsorted(self.sums, ratios.below[self.above[self.own]])
        self.precision = (1 / self.sd[self.own] ** 2).sum() if len(self.own) else 1.0

    def of_others(self, ratios: LogRatios, others: np.ndarray) -> np.ndarray:
        """Which of the touched ratios have cells above that are not scaled."""
        return ratios.of[self.above][:, others].any(axis=1)

    def change(self, old: np.ndarray) -> np.ndarray:
        """What the moved cells gain, for a factor that is one more: moved × chains.

        Scaled cells gain themselves; a taker gains that multiple of itself which leaves every
        narrow sum as it is. Ratios within a unit stay, so on the way back the multiples are those
        that undo it.
        """
        if not len(self.first):
            return old.copy()
        scaled = len(self.cells)
        own = self.narrow[:, :scaled] @ old[:scaled]
        each = self.narrow[:, scaled:, None] * old[scaled:]
        basis = np.zeros((len(self.narrow), len(self.first), old.shape[1]))
        np.add.at(basis, (slice(None), self.taker), each)
        multiples = np.linalg.solve(basis.transpose(2, 0, 1), -own.T[..., None])[..., 0].T
        found = old.copy()
        found[scaled:] *= multiples[self.taker]
        return found


def steps(
    constraints: Constraints,
    polytope: Polytope,
    ratios: LogRatios,
    usual: np.ndarray,
    chance: np.random.Generator,
) -> list[Step]:
    """The steps that a round takes: groups, each unit and each cell, against takers if there are any.

    Groups are the cells of a row, and of a ratio's upper and lower sum: scaled together they leave
    a share as it is. A unit is a cell with those of which a ratio is over it alone, as output over
    value added: they move together. Takers are as many units, or cells, as there are independent
    narrow sums, the largest that will do (QR with column pivoting): whatever another gains, they
    can take up so that no narrow sum changes.

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
    cells = [np.array([cell]) for cell in range(count)]
    whole = units(ratios, count)
    kinds = [(cells, cells)]
    if len(whole) < count:
        kinds = [(whole, whole), (whole, cells), (cells, cells)]
    for choice in range(CHOICES):
        size = usual * np.exp(chance.standard_normal(count) * (choice > 0))
        for scaled, takers in kinds:
            found += _against(scaled, takers, narrow, size, polytope, ratios, choice == 0)
    return found


def _against(
    scaled: Sequence[np.ndarray],
    takers: Sequence[np.ndarray],
    narrow: np.ndarray,
    size: np.ndarray,
    polytope: Polytope,
    ratios: LogRatios,
    alone: bool,
) -> list[Step]:
    """The steps of units, or of cells, against the largest that can take up what they gain."""
    of_scaled, of_takers = (_amounts(narrow, size, kind) for kind in (scaled, takers))
    chosen = _takers(of_takers)
    held = {cell for t in chosen for cell in takers[t].tolist()}
    basis, found = of_takers[:, chosen], list[Step]()
    for k, unit in enumerate(scaled):
        needed = np.array([], dtype=int)
        if len(chosen) and not held.intersection(unit.tolist()):
            takes = np.linalg.lstsq(basis, of_scaled[:, k], rcond=None)[0]
            needed = chosen[np.abs(takes) > 1e-9]
        if len(needed):
            rows = _takers(of_takers[:, needed].T)  # as many sums as takers, independent
            found.append(Step(unit, polytope, ratios, [takers[t] for t in needed], narrow[rows]))
        elif alone:
            found.append(Step(unit, polytope, ratios))
    return found


def _amounts(narrow: np.ndarray, size: np.ndarray, kind: Sequence[np.ndarray]) -> np.ndarray:
    """Narrow sums × units: what each unit has in each sum."""
    found = [(narrow[:, unit] * size[unit]).sum(axis=1) for unit in kind]
    return np.array(found).reshape(len(kind), -1).T


def units(ratios: LogRatios, count: int) -> list[np.ndarray]:
    """Cells, each with those of which a ratio is over it alone.

    >>> from songhua.maths.accounts.log_ratios import LogRatio
    >>> share = LogRatio("share", {"a": 1}, 0, 1)
    >>> output = LogRatio("output", {"b": 1}, 0.5, 0.2, {"a": 1})
    >>> [one.tolist() for one in units(LogRatios(("a", "b"), [share, output]), 2)]
    [[0, 1]]
    """
    owner = np.arange(count)
    for k, below in enumerate(ratios.below):
        above, under = np.flatnonzero(ratios.of[k]), np.flatnonzero(ratios.per[below])
        if len(above) == 1 and len(under) == 1 and above[0] != under[0]:
            owner[above[0]] = under[0]
    while (owner[owner] != owner).any():
        owner = owner[owner]
    return [
        np.append(cell, np.flatnonzero((owner == cell) & (np.arange(count) != cell)))
        for cell in range(count) if owner[cell] == cell
    ]  # fmt: skip


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
