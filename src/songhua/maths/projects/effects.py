"""What projects bring about: gross, by project or by industry, and net of what they displace.

Construction: spending buys goods of the region, f = (what is bought there), x = L f. Operation: a
project is an industry of its own with its industry's inputs; its sales X are given, its
suppliers follow, x = L a_j X. All of it is linear in the projects: effects add up, and half a
project has half the effect. Limits of capacity are not, and stand in the balance alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from songhua.maths.projects.capacity import limited
from songhua.maths.projects.economy import INCOME, JOBS, Economy
from songhua.maths.projects.works import Works

PHASES = ("construction", "operation")
#: From gross to net, each step a change but the last, which is their sum.
STEPS = ("construction", "operation", "displaced", "crowded", "capacity", "net")
TYPES = ("type_i", "type_ii")


@dataclass(frozen=True)
class Impact:
    """The effects of projects on an economy; jobs fall as productivity grows.

    Attributes:
        economy, works: what they are computed from.
        productivity: draws × years, output per job over that of the base year.
        capacity: draws × years × n, how much more than in the base year an industry can make;
            infinite, or None, without limits.
    """

    economy: Economy
    works: Works
    productivity: np.ndarray
    capacity: np.ndarray | None = None

    @cached_property
    def draws(self) -> int:
        """How many draws there are."""
        return max(len(self.economy.A), self.works.draws(), len(self.productivity))

    def by_project(self, some: slice = slice(None)) -> np.ndarray:
        """Draws × phase × projects × years × effect × measure: gross."""
        works = self.works.only(some)
        unit = self.economy.by_effect  # draws × effect × measure × n
        flat = unit.reshape(len(unit), -1, unit.shape[-1])
        goods = works.baskets @ flat.swapaxes(-1, -2)  # draws × goods × (effect, measure)
        bought = works.bought
        D, (P, T, G) = self.draws, bought.shape[1:]
        found = np.empty((D, len(PHASES), P, T, *unit.shape[1:3]))
        construction = bought.reshape(len(bought), P * T, G) @ goods
        found[:, 0] = construction.reshape(-1, P, T, *unit.shape[1:3])
        sales = np.moveaxis(unit[..., works.industry], -1, 1).copy()
        sales = np.broadcast_to(sales, (D, *sales.shape[1:])).copy()
        own = np.broadcast_to(works.jobs, (D, P))
        sales[:, :, 0, JOBS] = np.where(np.isnan(own), sales[:, :, 0, JOBS], own)
        found[:, 1] = works.output[..., np.newaxis, np.newaxis] * sales[:, :, np.newaxis]
        found[..., JOBS] /= self.productivity[:, np.newaxis, np.newaxis, :, np.newaxis]
        return found

    @cached_property
    def demand(self) -> np.ndarray:
        """Draws × phase × years × n: goods bought in the region, and the projects' own sales."""
        works = self.works
        built = works.bought.sum(axis=1) @ works.baskets
        n = built.shape[-1]
        return np.stack(np.broadcast_arrays(built, _of_industries(works.output, works, n)), axis=1)

    @cached_property
    def by_industry(self) -> np.ndarray:
        """Draws × phase × years × effect × n: output, gross. Measures are shares of it."""
        economy = self.economy
        direct = self.demand
        chain = direct @ economy.L.swapaxes(-1, -2)[:, np.newaxis]
        income = (chain * economy.per_output[:, np.newaxis, np.newaxis, INCOME]).sum(axis=-1)
        again = economy.earned(income)[..., np.newaxis]
        induced = again * economy.households[:, np.newaxis, np.newaxis]
        return np.stack([direct, chain - direct, induced], axis=3)

    def measured(self, output: np.ndarray) -> np.ndarray:
        """Output by year and industry, last two axes, as measures: … × years × n × measure.

        The jobs of a plant of its own are its industry's here; `by_project` has its own.
        """
        shape = [len(self.economy.A), *[1] * (output.ndim - 2), *self.economy.per_output.shape[1:]]
        hold = np.moveaxis(self.economy.per_output.reshape(shape), -2, -1)
        found = output[..., np.newaxis] * hold
        years = self.productivity.reshape(
            len(self.productivity), *[1] * (output.ndim - 3), self.productivity.shape[1], 1
        )
        found[..., JOBS] /= years
        return found

    @cached_property
    def balance(self) -> np.ndarray:
        """Draws × type × step × years × measure: from gross to net, see `STEPS`."""
        works, economy = self.works, self.economy
        n = economy.A.shape[-1]
        lost = works.output * works.displaced[:, :, np.newaxis]
        crowded = (works.bought * works.crowded[:, :, np.newaxis, np.newaxis]).sum(axis=1)
        parts = (
            self.demand[:, 0], self.demand[:, 1],
            -_of_industries(lost, works, n), -(crowded @ works.baskets),
        )  # fmt: skip
        one, two = economy.multipliers, economy.multipliers + economy.induced
        K, T = one.shape[1], len(works.years)
        found = np.zeros((self.draws, len(TYPES), len(STEPS), T, K))
        for step, part in enumerate(parts):
            for kind, unit in enumerate((one, two)):
                found[:, kind, step] = part @ unit.swapaxes(-1, -2)
        found[:, :, 1, :, JOBS] += self._own_jobs()[:, np.newaxis]
        for kind, unmet in enumerate(self.unmet):
            unit = one if kind == 0 else two
            found[:, kind, 4] = -(unmet @ unit.swapaxes(-1, -2))
        found[:, :, 5] = found[:, :, :5].sum(axis=2)
        found[..., JOBS] /= self.productivity[:, np.newaxis, np.newaxis]
        return found

    @cached_property
    def net_demand(self) -> np.ndarray:
        """Draws × years × n: what is asked of incumbents, displacement and crowding out off."""
        works, A = self.works, self.economy.A
        n = A.shape[-1]
        kept = (works.bought * (1 - works.crowded[:, :, np.newaxis, np.newaxis])).sum(axis=1)
        inputs = self.demand[:, 1] @ A.swapaxes(-1, -2)
        lost = _of_industries(works.output * works.displaced[:, :, np.newaxis], works, n)
        return kept @ works.baskets + inputs - lost

    @cached_property
    def unmet(self) -> tuple[np.ndarray, ...]:
        """Draws × years × n, for type I and type II: what industries at their limit cannot supply.

        For type II households are one more industry, without a limit. Empty without limits.
        """
        if self.capacity is None:
            return ()
        economy, f = self.economy, self.net_demand
        _, first = limited(economy.A, f, self.capacity, economy.L)
        n = economy.A.shape[-1]
        closed = np.zeros((len(economy.A), n + 1, n + 1))
        closed[:, :n, :n], closed[:, :n, n] = economy.A, economy.consumption
        closed[:, n, :n] = economy.per_output[:, INCOME]
        income = (self.demand[:, 1] * economy.per_output[:, np.newaxis, INCOME]).sum(axis=-1)
        wider = _beside(f, income[..., np.newaxis])
        most = _beside(self.capacity, np.full((1, 1, 1), np.inf))
        _, second = limited(closed, wider, most)
        return first, second[..., :n]

    def net_of_project(self, some: slice = slice(None)) -> np.ndarray:
        """Draws × projects × years × type × measure: net, limits of capacity left out."""
        works, gross = self.works.only(some), self.by_project(some)
        kept = 1 - works.crowded[:, np.newaxis, :, np.newaxis, np.newaxis, np.newaxis]
        found = gross[:, :1] * kept
        found = found[:, 0] + gross[:, 1]
        lost = works.output * works.displaced[:, :, np.newaxis]
        unit = np.moveaxis(self.economy.by_effect[..., works.industry], -1, 1).copy()
        away = lost[..., np.newaxis, np.newaxis] * unit[:, :, np.newaxis]
        away[..., JOBS] /= self.productivity[:, np.newaxis, :, np.newaxis]
        found = found - away
        return np.stack([found[..., :2, :].sum(axis=-2), found.sum(axis=-2)], axis=-2)

    def _own_jobs(self) -> np.ndarray:
        """Draws × years: jobs of the projects beyond what their industries would have."""
        works = self.works
        usual = self.economy.per_output[:, JOBS][:, works.industry]
        apart = np.where(np.isnan(works.jobs), 0.0, works.jobs - usual)
        return (works.output * apart[:, :, np.newaxis]).sum(axis=1)


def _of_industries(sales: np.ndarray, works: Works, n: int) -> np.ndarray:
    """Projects' sums by year as sums by industry: draws × years × n."""
    where = np.zeros((len(works.projects), n))
    where[np.arange(len(works.projects)), works.industry] = 1
    return sales.swapaxes(-1, -2) @ where


def _beside(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Two arrays side by side along the last axis, the others made alike."""
    shape = np.broadcast_shapes(left.shape[:-1], right.shape[:-1])
    parts = [np.broadcast_to(part, (*shape, part.shape[-1])) for part in (left, right)]
    return np.concatenate(parts, axis=-1)
