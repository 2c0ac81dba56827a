"""A region made up by chance, and fragments of its accounts as they would be printed."""

from __future__ import annotations

import numpy as np

from songhua.maths.accounts import Constraint, Constraints, LogRatio
from songhua.maths.bounds import Interval

SECTORS = 3


class Region:
    """Industries in three sectors, their true values, and the nation's shares."""

    def __init__(self, seed: int, industries: int) -> None:
        """Draw it."""
        self.chance = np.random.default_rng(seed)
        self.cells = tuple(range(industries))
        self.nation = self.chance.dirichlet(np.full(industries, 0.7)) * 0.99 + 0.01 / industries
        true = self.nation * np.exp(self.chance.normal(0, 0.9, industries))
        self.true = true * 5000 / true.sum()
        self.sector = np.sort(self.chance.integers(0, SECTORS, industries))

    def constraints(self, sizes: int, shares: int, floors: int) -> Constraints:
        """The total, the sectors, and some sizes, shares of groups in the whole, and floors."""
        each = [self._sum("total", list(self.cells))]
        for sector in range(SECTORS):
            members = [cell for cell in self.cells if self.sector[cell] == sector]
            if members:
                each.append(self._sum(f"sector {sector}", members))
        each += [self._sum(f"size {k}", [self._any()]) for k in range(sizes)]
        each += [self._share(f"share {k}") for k in range(shares)]
        for k in range(floors):
            cell = self._any()
            low = float(0.8 * self.true[cell])
            each.append(Constraint(f"floor {k}", {cell: 1}, low, np.inf))
        return Constraints(self.cells, tuple(each))

    def ratios(self) -> list[LogRatio]:
        """Each industry in the whole, about the nation's share, more open where it is small."""
        whole = dict.fromkeys(self.cells, 1.0)
        means, sds = np.log(self.nation), 0.9 * np.maximum(self.nation, 1e-4) ** -0.08
        return [
            LogRatio(str(cell), {cell: 1}, float(means[cell]), float(sds[cell]), whole)
            for cell in self.cells
        ]

    def _any(self) -> int:
        return int(self.chance.integers(len(self.cells)))

    def _sum(self, name: str, members: list[int]) -> Constraint:
        printed = round(float(self.true[members].sum()), 1)
        low, high = max(printed - 0.05, 0), printed + 0.05
        return Constraint(name, dict.fromkeys(members, 1), low, high)

    def _share(self, name: str) -> Constraint:
        """The share of six industries in the whole, in % to one decimal."""
        members = self.chance.choice(len(self.cells), 6, replace=False)
        printed = round(float(self.true[members].sum() / self.true.sum() * 100), 1)
        share = Interval((printed - 0.05) / 100, (printed + 0.05) / 100)
        terms = dict.fromkeys(self.cells, -share)
        terms |= {int(cell): 1 - share for cell in members}
        return Constraint(name, terms, 0, 0)
