"""Fragments of a region's accounts as they would be printed, drawn from accounts that are known.

Beside total and sectors, each fragment is of one of `SORTS`, of an industry by chance (not one that
is large): its size to three digits; its share in % to one decimal; its contribution to growth and
its growth, from which its weight follows; "more than" its size cut to one digit; that it is the
largest of six; a firm's size as a floor; the sum of three. Sums and ranks stay within a sector, so
that sectors can be drawn one by one.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from accounts_scores import CONCENTRATION
from scipy.stats import beta

from songhua.maths.accounts import Constraint, Constraints, LogRatio, sample
from songhua.maths.bounds import Interval

SORTS = ("size", "share", "contribution", "more than", "rank", "floor", "sum")
LEVELS = (0.05, 0.5, 0.95)


def _printed(value: float, digits: int) -> Interval:
    """What a number may be that is printed to some digits."""
    unit = 10.0 ** (math.floor(math.log10(value)) + 1 - digits)
    shown = round(value / unit) * unit
    return Interval(max(shown - unit / 2, 0.0), shown + unit / 2)


class Fragments:
    """Some fragments of one region and year.

    Attributes:
        constraints: total, sectors and fragments.
        known: the bounds of industries of which size, share or weight was printed.
    """

    def __init__(
        self, rows: pd.DataFrame, later: np.ndarray, count: int, chance: np.random.Generator
    ) -> None:
        """Draw them.

        Args:
            rows: the cells of the region, as `accounts_regions` gives them.
            later: their sizes in the next year; missing where there is none.
            count: how many beside total and sectors.
            chance: the random numbers.
        """
        self.rows, self.later, self.chance = rows.reset_index(drop=True), later, chance
        self.size = self.rows["size"].to_numpy()
        self.known: dict[int, Interval] = {}
        cells = range(len(rows))
        # the total follows from the sectors
        each = [
            self._sum(str(name), list(part.index), 5)
            for name, part in self.rows.groupby("sector", sort=False)
        ]
        self.known.clear()
        left = count
        while left:
            sort = str(chance.choice(SORTS))
            found = self._fragment(f"{sort} {left}", sort, int(chance.integers(len(rows))))
            each += found
            left -= bool(found)
        self.constraints = Constraints(tuple(cells), tuple(each))

    def _fragment(self, name: str, sort: str, cell: int) -> list[Constraint]:
        """One of a sort; none where it says nothing of this cell."""
        size = float(self.size[cell])
        sector = self.rows["sector"].to_numpy()
        beside = np.flatnonzero(sector == sector[cell])
        if sort in ("share", "contribution"):
            return self._share(name, cell, sort)
        if sort == "size":
            return [self._sum(name, [cell], 3)]
        if sort == "rank":
            smaller = beside[self.size[beside] < size]
            others = self.chance.choice(smaller, min(5, len(smaller)), replace=False)
            return [
                Constraint(f"{name} {k}", {cell: 1.0, int(k): -1.0}, 0, math.inf) for k in others
            ]
        if sort == "sum":
            others = self.chance.choice(beside, min(3, len(beside)), replace=False)
            return [self._sum(name, [int(k) for k in others], 3)]
        unit = 10.0 ** math.floor(math.log10(size))
        low = size * self.chance.uniform(0.2, 0.9) if sort == "floor" else size // unit * unit
        return [Constraint(name, {cell: 1}, float(low), math.inf)]

    def _share(self, name: str, cell: int, sort: str) -> list[Constraint]:
        """A share that was printed, or the weight that follows from contribution and growth."""
        part = float(self.size[cell] / self.size.sum())
        share = Interval(round(part * 100, 1) - 0.05, round(part * 100, 1) + 0.05) * 0.01
        if sort == "contribution":
            growth = (self.later[cell] / self.size[cell] - 1) * 100
            added = growth * part
            if not abs(growth) >= 0.2 or abs(added) < 0.06:
                return []
            ends = [
                (round(added, 1) + up) / (round(growth, 1) + down)
                for up in (-0.05, 0.05)
                for down in (-0.05, 0.05)
            ]
            share = Interval(min(ends), max(ends))
        if share.low <= 0:
            return []
        total = float(self.size.sum())
        ends = self.known[cell] = Interval(share.low * total, min(share.high, 1.0) * total)
        return [Constraint(name, {cell: 1}, ends.low, ends.high)]

    def _sum(self, name: str, members: list[int], digits: int) -> Constraint:
        """The sum of some cells to some digits."""
        ends = _printed(float(self.size[members].sum()), digits)
        if len(members) == 1:
            self.known[members[0]] = ends
        return Constraint(name, dict.fromkeys(members, 1), ends.low, ends.high)

    def intervals(self, mean: np.ndarray, sd: np.ndarray) -> pd.DataFrame:
        """The rows with the sampler's 5, 50 and 95 %, and with what the rivals say."""
        middle = np.log(self.rows["wanted"].to_numpy()) + mean
        found = np.empty((len(LEVELS), len(self.rows)))
        for _, part in self.rows.groupby("sector", sort=False):
            cells = tuple(part.index)
            inside = [one for one in self.constraints.each if set(one.terms) <= set(cells)]
            ratios = [
                LogRatio(str(cell), {cell: 1}, float(middle[cell]), float(sd[cell]))
                for cell in cells
            ]
            drawn = sample(Constraints(cells, tuple(inside)), ratios, self.chance).draws
            found[:, list(cells)] = np.quantile(drawn, LEVELS, axis=1)
        rows = self.rows.assign(low=found[0], middle=found[1], high=found[2])
        parts = [self._rivals(part) for _, part in rows.groupby("sector", sort=False)]
        return pd.concat([part for part in parts if len(part) > 1])

    def _rivals(self, rows: pd.DataFrame) -> pd.DataFrame:
        """What is known, and the nation's shares of the rest of a sector."""
        known = rows.index.isin(list(self.known))
        middles = pd.Series({cell: ends.middle for cell, ends in self.known.items()}, dtype=float)
        total = float(rows["size"].sum())
        rest = max(total - float(middles.reindex(rows.index[known]).sum()), 1e-6 * total)
        part = rows["part"] / rows["part"].sum()
        open_ = float(part[~known].sum())
        nation = (part / open_ * rest).where(~known, middles.reindex(rows.index))
        ends = (CONCENTRATION * part, CONCENTRATION * np.maximum(open_ - part, 1e-9))
        low, high = (np.maximum(beta.ppf(at, *ends), 1e-30) * rest for at in (0.05, 0.95))
        for cell in rows.index[known]:
            at = rows.index.get_loc(cell)
            low[at], high[at] = self.known[cell].low, self.known[cell].high
        return rows.assign(nation=nation, dirichlet_low=low, dirichlet_high=high, known=known)
