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


#: How far the logarithm of output over value added is spread in each sector; of jobs over it.
OUTPUT_SD, JOBS_SD = (0.15, 0.28, 0.12), 0.4


class City:
    """Industries with value added, output and perhaps jobs, and what a yearbook prints of them.

    Totals and sectors are cells of their own, held to their parts by identities. Printed are
    levels, shares, contributions with their growth, sums over perimeters that are known in part,
    floors of industries and of firms, and ranks; assumed are wide bands of output over value added.
    """

    def __init__(self, seed: int, industries: int = 44, measures: int = 2) -> None:
        """Draw it."""
        self.chance = np.random.default_rng(seed)
        self.industries, self.measures = range(industries), ("value", "output", "jobs")[:measures]
        self.sector = np.sort(self.chance.choice(SECTORS, industries, p=(0.05, 0.55, 0.4)))
        self.sector[[0, -1]] = 0, SECTORS - 1
        self.nation = self.chance.dirichlet(np.full(industries, 0.7)) * 0.99 + 0.01 / industries
        self.sd = 0.9 * np.maximum(self.nation, 1e-4) ** -0.08
        value = self.nation * np.exp(self.chance.normal(0, self.sd))
        self.usual = {"output": -np.log(self.chance.uniform(0.2, 0.7, industries))}
        self.usual["jobs"] = self.chance.normal(-1.5, 0.5, industries)
        self.spread = {"output": np.array(OUTPUT_SD)[self.sector]}
        self.spread["jobs"] = np.full(industries, JOBS_SD)
        true = {"value": value * 5000 / value.sum()}
        for measure in self.measures[1:]:
            log = self.chance.normal(self.usual[measure], self.spread[measure])
            true[measure] = true["value"] * np.exp(log)
        self.true: dict[tuple[str, int | str], float] = {}
        for measure in self.measures:
            for i in self.industries:
                self.true[measure, i] = float(true[measure][i])
            self.true[measure, "all"] = float(true[measure].sum())
        for sector in range(SECTORS):
            self.true["value", f"sector {sector}"] = float(value_of(true, self.sector == sector))
        self.cells = tuple(self.true)

    def constraints(self) -> Constraints:
        """The constraints that hold, the printed figures, and the assumptions."""
        one = [*self._identities(), *self._levels(), *self._shares(), *self._contributions()]
        return Constraints(self.cells, (*one, *self._perimeters(), *self._orders(), *self._bands()))

    def ratios(self) -> list[LogRatio]:
        """Value added in the whole about the nation's share; the other measures over value added."""
        whole = {("value", "all"): 1.0}
        found = [
            LogRatio(
                f"value {i}",
                {("value", i): 1},
                float(np.log(self.nation[i])),
                float(self.sd[i]),
                whole,
            )
            for i in self.industries
        ]
        for measure in self.measures[1:]:
            for i in self.industries:
                mean, sd = float(self.usual[measure][i]), float(self.spread[measure][i])
                per = {("value", i): 1.0}
                found.append(LogRatio(f"{measure} {i}", {(measure, i): 1}, mean, sd, per))
        for cell in self.cells:
            if not isinstance(cell[1], int):
                mean = float(np.log(self.true[cell])) + 0.5
                found.append(LogRatio(str(cell), {cell: 1}, mean, 2.0))
        return found

    def _members(self, sector: int) -> list[int]:
        return [i for i in self.industries if self.sector[i] == sector]

    def _identities(self) -> list[Constraint]:
        parts = {
            (measure, "all"): [(measure, i) for i in self.industries] for measure in self.measures
        }
        for sector in range(SECTORS):
            parts["value", f"sector {sector}"] = [("value", i) for i in self._members(sector)]
        return [
            Constraint(f"parts of {whole}", {**dict.fromkeys(each, 1), whole: -1}, 0, 0, "identity")
            for whole, each in parts.items()
        ]

    def _printed(self, name: str, terms: dict, places: int) -> Constraint:
        """A sum, printed to some decimals."""
        half = 0.5 * 10**-places
        printed = round(sum(weight * self.true[cell] for cell, weight in terms.items()), places)
        return Constraint(name, terms, max(printed - half, 0), printed + half)

    def _levels(self) -> list[Constraint]:
        cells = [cell for cell in self.cells if not isinstance(cell[1], int)]
        found = [self._printed(f"level of {cell}", {cell: 1}, 1) for cell in cells]
        secondary = {("output", i): 1 for i in self._members(1)}
        found.append(self._printed("output of sector 1", secondary, 0))
        for measure, count in zip(self.measures, (4, 3, 2), strict=False):
            for i in self.chance.choice(len(self.industries), count, replace=False):
                found.append(self._printed(f"{measure} of {i}", {(measure, int(i)): 1}, 1))
        return found

    def _shares(self) -> list[Constraint]:
        """Groups of two to six industries in the whole of a measure, in % to one decimal."""
        found: list[Constraint] = []
        for k in range(6):
            measure = self.measures[k % len(self.measures)]
            size = int(self.chance.integers(2, 7))
            group = self.chance.choice(len(self.industries), size, replace=False)
            whole = measure, "all"
            part = sum(self.true[measure, int(i)] for i in group)
            share = _rounded(part / self.true[whole] * 100, 1) / 100
            terms = {**{(measure, int(i)): 1 for i in group}, whole: -share}
            found.append(Constraint(f"share {k}", terms, 0, 0))
        return found

    def _contributions(self) -> list[Constraint]:
        """Of an industry to the growth of the whole: x g / (1 + g) = X c / (1 + G)."""
        found: list[Constraint] = []
        whole, all_growth = ("value", "all"), 0.05
        for k in range(4):
            cell = "value", int(self.chance.integers(len(self.industries)))
            growth = self.chance.uniform(0.06, 0.3)
            points = growth / (1 + growth) * self.true[cell] / self.true[whole] * (1 + all_growth)
            printed, rate = _rounded(points * 100, 1) / 100, _rounded(growth * 100, 1) / 100
            weight = Interval(rate.low / (1 + rate.low), rate.high / (1 + rate.high))
            terms = {cell: weight, whole: -printed / (1 + all_growth)}
            found.append(Constraint(f"contribution {k}", terms, 0, 0))
        return found

    def _perimeters(self) -> list[Constraint]:
        """Sums of output, some industries in them as a whole, others by an unknown part."""
        found: list[Constraint] = []
        for k in range(4):
            group = self.chance.choice(len(self.industries), 4, replace=False)
            cells = [("output", int(i)) for i in group]
            parts = np.where([True, False, False, False], 1.0, self.chance.random(4))
            printed = _rounded(sum(p * self.true[c] for p, c in zip(parts, cells, strict=True)), 0)
            terms = {cell: Interval(0, 1) for cell in cells} | {cells[0]: 1}
            found.append(Constraint(f"perimeter {k}", terms, printed.low, printed.high))
        return found

    def _orders(self) -> list[Constraint]:
        """Floors of industries and of firms, and ranks."""
        found: list[Constraint] = []
        for k in range(8):
            cell = "output" if k % 2 else "value", int(self.chance.integers(len(self.industries)))
            low = self.true[cell] * self.chance.uniform(*((0.7, 0.95) if k < 5 else (0.1, 0.6)))
            found.append(Constraint(f"floor {k}", {cell: 1}, low, np.inf))
        for k in range(5):
            one, two = (
                ("value", int(i)) for i in self.chance.choice(len(self.industries), 2, False)
            )
            if self.true[one] < self.true[two]:
                one, two = two, one
            found.append(Constraint(f"rank {k}", {one: 1, two: -1}, 0, np.inf))
        return found

    def _bands(self) -> list[Constraint]:
        found: list[Constraint] = []
        for i in self.industries:
            mean, sd = self.usual["output"][i], self.spread["output"][i]
            log = np.log(self.true["output", i] / self.true["value", i])
            far = max(3 * sd, 1.2 * abs(log - mean))
            band = Interval(float(np.exp(mean - far)), float(np.exp(mean + far)))
            terms = {("output", i): 1, ("value", i): -band}
            found.append(Constraint(f"band {i}", terms, 0, 0, "assumed"))
        return found


def value_of(true: dict[str, np.ndarray], where: np.ndarray) -> float:
    """Value added of some industries."""
    return float(true["value"][where].sum())


def _rounded(number: float, places: int) -> Interval:
    """The range of a printed number, none of it below nought."""
    half = 0.5 * 10**-places
    printed = round(float(number), places)
    return Interval(max(printed - half, 0.0), printed + half)
