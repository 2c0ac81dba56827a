"""Steps that draws may take: cells scaled together, and takers that balance the change.

A step by itself is geometry: which columns move, which rows, ratios and sums they touch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from songhua.maths.accounts.constraints import Constraints
from songhua.maths.accounts.log_ratios import LogRatios
from songhua.maths.accounts.takers import ROUNDING, NarrowSums, Takers, narrow_sums

#: Cells are bound together by ratios of one to another with a deviation of less than this.
BOUND = 0.7
#: The number of choices of takers: the first by usual sizes, the others by draws.
CHOICES = 2
#: The additional choices for slow cells: a free draw takes so many times as long as usual.
MORE, SLOW = 4, 2.0
#: In how many versions each choice but the first is made, each of them taken so much more rarely:
#: how well one version serves is a matter of chance.
VERSIONS = 6
#: The fewest and the most times that a step is taken in a round.
VISITS = 0.4, 3.0


@dataclass(frozen=True)
class Polytope:
    """Linear rows as dense arrays: low <= matrix @ cells <= high, and cells above nought.

    Rows whose ends are one are left out: no step changes their sums.
    """

    matrix: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @classmethod
    def of(cls, constraints: Constraints) -> Polytope:
        """The rows of constraints that leave something open."""
        rows = constraints.rows
        open_ = rows.low < rows.high
        return cls(rows.matrix.toarray()[open_], rows.low[open_], rows.high[open_])


class Step:
    """Some cells are scaled together, and takers change in proportion; or takers alone change.

    Attributes:
        cells: the columns of the cells that are scaled; none, if takers alone change.
        moved: those, then the columns of the takers.
        rows: the rows that are touched.
        gains: rows and takers × cells, the gain of each for a unit of each scaled cell; without
            cells one column, the gain for a unit of the step.
        low, high: the ends of those rows and takers.
        touched: the ratios that are touched, of which `below` are the lower sums.
        weights: the weights in their upper sums, then in their lower ones, of what is moved.
        guide: the ratios that propose steps; a factor's logarithm moves each by `pull`. exact: True
        if no other cell changes those ratios; else their lower sums are `frozen`. visits: the
        number of times it is taken in a round.
        rest: a half for each touched ratio by which a step is accepted, nought for an exact guide.
    """

    def __init__(
        self,
        polytope: Polytope,
        ratios: LogRatios,
        usual: np.ndarray,
        cells: np.ndarray,
        takers: np.ndarray,
        takes: np.ndarray,
    ) -> None:
        """Find the rows and ratios that the step touches."""
        self.cells, self.visits = cells, 1.0
        self.moved = np.concatenate([cells, takers]).astype(int)
        spread = np.vstack([np.eye(len(cells)), takes]) if len(cells) else takes
        rate = _gains(polytope.matrix[:, self.moved], spread)
        self.rows = np.flatnonzero(rate.any(axis=1))
        self.gains = np.vstack([rate[self.rows], takes])
        above_nought = np.zeros(len(takers)), np.full(len(takers), np.inf)
        self.low = np.append(polytope.low[self.rows], above_nought[0])[:, None]
        self.high = np.append(polytope.high[self.rows], above_nought[1])[:, None]
        of, per = ratios.of[:, self.moved], ratios.per[:, self.moved]
        of = of * _gains(of, spread).any(axis=1, keepdims=True)
        per = (per * _gains(per, spread).any(axis=1, keepdims=True))[ratios.below]
        self.touched = np.flatnonzero(of.any(axis=1) | per.any(axis=1))
        self.weights = np.vstack([of[self.touched], per[self.touched]])
        self.mean, self.sd = ratios.mean[self.touched, None], ratios.sd[self.touched, None]
        self.below = ratios.below[self.touched]
        self._choose_guide(ratios, usual)

    def _choose_guide(self, ratios: LogRatios, usual: np.ndarray) -> None:
        """Ratios of which each sum is wholly scaled or untouched; else those of scaled cells."""
        outside = np.ones(ratios.of.shape[1], dtype=bool)
        outside[self.cells] = False
        above, below = ratios.of[self.touched], ratios.per[self.below]
        moved_above, moved_below = self.weights.any(axis=1).reshape(2, -1)
        whole_above = moved_above & ~above[:, outside].any(axis=1)
        whole_below = moved_below & ~below[:, outside].any(axis=1)
        exact = (whole_above | ~moved_above) & (whole_below | ~moved_below)
        turn = whole_above.astype(float) - whole_below
        chosen = exact & (turn != 0)
        self.exact = bool(chosen.any())
        self.rest = 0.5 * ~chosen
        if not self.exact:
            chosen, turn = whole_above, np.ones(len(turn))
        self.guide = self.touched[chosen]
        self.guide_sd = ratios.sd[self.guide, None]
        self.pull = turn[chosen] / ratios.sd[self.guide]
        self.precision = float((self.pull**2).sum())
        under = ratios.per[ratios.below[self.guide]] @ usual
        self.frozen = (ratios.mean[self.guide] + np.log(under + (under == 0)))[:, None]


def _gains(weights: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Gains of sums by each column of a spread, those of rounding left out."""
    gains = weights @ spread
    return np.where(np.abs(gains) > ROUNDING * (np.abs(weights) @ np.abs(spread)), gains, 0.0)


class Steps:
    """The steps of some constraints and ratios.

    Cells, and groups of them that ratios bind together, are scaled against their takers: whatever
    they gain, takers take up so that no narrow sum changes. Then takers move each narrow sum within
    its ends.
    """

    def __init__(self, constraints: Constraints, ratios: LogRatios) -> None:
        """Find the groups."""
        self.constraints, self.ratios = constraints, ratios
        self.polytope = Polytope.of(constraints)
        self.bundles = _bundles(ratios)
        rows = self.polytope
        homogeneous = rows.matrix[(rows.low == 0) | (rows.high == 0)]
        sets = [np.flatnonzero(row) for row in (*ratios.of, *ratios.per, *homogeneous)]
        wide = {tuple(cells.tolist()) for cells in (*sets, *self.bundles)}
        self.groups = [np.array([cell]) for cell in range(len(constraints.cells))]
        self.groups += [np.array(group) for group in sorted(wide) if len(group) > 1]

    def fitted(
        self, draws: np.ndarray, slowness: np.ndarray, chance: np.random.Generator
    ) -> list[Step]:
        """The steps, fitted to the draws so far.

        Steps of cells that are slow are taken more often, and have more choices of takers.

        Args:
            draws: cells × draws.
            slowness: of each cell, how many rounds a free draw takes, beside the usual cell.
            chance: chooses draws for the choices of takers but the first.
        """
        usual = np.median(draws, axis=1)
        narrow = narrow_sums(self.constraints, usual)
        steps: list[Step] = []
        for choice in range(CHOICES + MORE):
            versions = VERSIONS if choice else 1
            for _ in range(versions):
                for step, slow in self._chosen(narrow, usual, draws, choice, slowness, chance):
                    step.visits = float(np.clip(slow, *VISITS)) / versions
                    steps.append(step)
        return steps

    def _chosen(
        self,
        narrow: NarrowSums,
        usual: np.ndarray,
        draws: np.ndarray,
        choice: int,
        slowness: np.ndarray,
        chance: np.random.Generator,
    ) -> Iterator[tuple[Step, float]]:
        """The steps of one choice of takers, and how slow the slowest of their cells is."""
        size = self._size(draws, choice, chance)
        takers = Takers(narrow, usual, size, [] if choice % 2 else self.bundles)
        free = np.ones(len(usual), dtype=bool)
        free[takers.cells] = False
        for group in self.groups:
            cells = group[free[group]]
            slow = float(slowness[cells].max(initial=0))
            if not len(cells) or (choice >= CHOICES and slow < SLOW):
                continue
            step = self._step(usual, cells, *takers.takes(cells))
            new = choice == 0 or len(step.moved) > len(cells)
            if new and len(step.guide):
                yield step, slow
        spread = self._size(draws, 0, chance)
        for cells, takes in takers.lines():
            most = cells[np.argmax(np.abs(takes[:, 0]) / spread[cells])]
            if choice < CHOICES or slowness[most] >= SLOW:
                none = np.array([], dtype=int)
                yield self._step(usual, none, cells, takes), float(slowness[most])

    def _size(self, draws: np.ndarray, choice: int, chance: np.random.Generator) -> np.ndarray:
        """The amount that each cell may take up: its spread among draws, or its size in one."""
        least = ROUNDING * draws.max(axis=1)
        if choice == 0:
            return draws.std(axis=1) + least
        first, second = draws[:, chance.choice(draws.shape[1], 2, replace=False)].T
        return first if choice % 2 else np.abs(first - second) + least

    def _step(self, usual: np.ndarray, cells: np.ndarray, *takes: np.ndarray) -> Step:
        return Step(self.polytope, self.ratios, usual, cells, *takes)


def _bundles(ratios: LogRatios) -> list[np.ndarray]:
    """Cells that are bound to one another by ratios of single cells."""
    count = ratios.of.shape[1]
    label = np.arange(count)
    for row, sd, below in zip(ratios.of, ratios.sd, ratios.below, strict=True):
        numerator, denominator = np.flatnonzero(row), np.flatnonzero(ratios.per[below])
        if len(numerator) == len(denominator) == 1 and sd < BOUND:
            label[label == label[numerator[0]]] = label[denominator[0]]
    sets = [np.flatnonzero(label == k) for k in np.unique(label)]
    return [cells for cells in sets if len(cells) > 1]
