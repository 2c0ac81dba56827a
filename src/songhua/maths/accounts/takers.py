"""Takers: cells that balance the gains of others, so that no narrow sum changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.linalg import qr

from songhua.maths.accounts.constraints import Constraints
from songhua.maths.bounds import as_interval

#: A constraint is narrow, if it leaves less than this part of its terms' size open.
NARROW = 0.2
#: Less than this part of what a sum is made of is rounding.
ROUNDING = 1e-9
#: The preference for a bundle over one cell; and the least ratio of the smallest to the largest
#: movement of its cells, so that none of them blocks the others.
TOGETHER, ALIKE = 3.0, 0.5


@dataclass(frozen=True)
class NarrowSums:
    """The middle weights of each narrow constraint; none follows from the others.

    Attributes:
        weights: sums × cells.
        fixed: which of them may not change at all.
    """

    weights: np.ndarray
    fixed: np.ndarray


def narrow_sums(constraints: Constraints, usual: np.ndarray) -> NarrowSums:
    """Those of some constraints at usual values of the cells, those that are fixed first.

    A constraint is narrow if it leaves less than a fifth of its terms' size open. One that follows
    from those before it is left out.

    Args:
        constraints: on all cells.
        usual: what the cells are about, in the order of the constraints' cells.

    >>> from songhua.maths.accounts.constraints import Constraint
    >>> wide = Constraint("wide", {"a": 1}, 0, 10)
    >>> near = Constraint("near", {"b": 1, "c": 1}, 9, 10)
    >>> total = Constraint("total", {"a": 1, "b": 1}, 10, 10)
    >>> narrow = narrow_sums(Constraints(("a", "b", "c"), (wide, near, total)), np.full(3, 5.0))
    >>> narrow.weights.tolist(), narrow.fixed.tolist()
    ([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0]], [True, False])
    """
    at = {cell: column for column, cell in enumerate(constraints.cells)}
    narrow: list[tuple[bool, np.ndarray]] = []
    for constraint in constraints.members:
        row = np.zeros(len(at))
        open_ = constraint.high - constraint.low
        for cell, weight in constraint.terms.items():
            interval = as_interval(weight)
            row[at[cell]] = interval.middle
            open_ += interval.width * usual[at[cell]]
        if open_ < NARROW * (np.abs(row) * usual).sum():
            narrow.append((open_ == 0, row))
    narrow.sort(key=lambda pair: not pair[0])
    directions, independent = np.zeros((0, len(at))), list[int]()
    for k, (fixed, row) in enumerate(narrow):
        unit = row * usual / np.linalg.norm(row * usual)
        for _ in range(2):  # once more for what rounding left
            unit = unit - directions.T @ (directions @ unit)
        size = np.linalg.norm(unit)
        if size > (ROUNDING if fixed else ROUNDING**0.5):
            directions = np.vstack([directions, unit / size])
            independent.append(k)
    weights = np.array([narrow[k][1] for k in independent]).reshape(-1, len(at))
    return NarrowSums(weights, np.array([narrow[k][0] for k in independent], dtype=bool))


class Takers:
    """As many cells, or bundles of cells that move in proportion, as there are narrow sums.

    Those are chosen that differ most between draws (QR with column pivoting): what cannot move
    far takes up little.

    Attributes:
        cells: the columns of all that may take up.
        weights: their weights in the narrow sums.
        back: takers × sums, what each gains by a unit of each narrow sum.
    """

    def __init__(
        self,
        sums: NarrowSums,
        usual: np.ndarray,
        spread: np.ndarray,
        bundles: Sequence[np.ndarray],
    ) -> None:
        """Choose them."""
        part = spread / usual
        units = [np.diag(spread)]
        for bundle in bundles:
            moves = part[bundle]
            if moves.min() > ALIKE * moves.max():
                joint = np.zeros((len(usual), 1))
                joint[bundle, 0] = usual[bundle] * moves.mean() * TOGETHER
                units.append(joint)
        columns = np.hstack(units)
        scaled = sums.weights @ columns
        chosen = _pivots(scaled)
        units = columns[:, chosen]
        self.sums = sums
        self.cells: np.ndarray = np.flatnonzero(units.any(axis=1))
        self.back: np.ndarray = units[self.cells] @ np.linalg.pinv(scaled[:, chosen])

    def takes(self, cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The cells that balance the gains of others, and their change by a unit of each."""
        return self._needed(-self.back @ self.sums.weights[:, cells])

    def lines(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """For each narrow sum that may change, the cells that change it alone, and by how much."""
        return [self._needed(self.back[:, [k]]) for k in np.flatnonzero(~self.sums.fixed)]

    def _needed(self, takes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        large = np.abs(takes).max(axis=1, initial=0)
        needed = large > ROUNDING * large.max(initial=0)
        return self.cells[needed], takes[needed]


def _pivots(weights: np.ndarray) -> np.ndarray:
    """Columns, as many as there are rows, the largest first."""
    if not len(weights):
        return np.array([], dtype=int)
    rows = weights / np.abs(weights).max(axis=1, keepdims=True)
    factors: Any = qr(rows, mode="r", pivoting=True)
    return np.sort(factors[1][: len(rows)])
