"""What projects bring about: gross, by project or by industry, and net of what they displace.

Construction: spending buys goods of the region, f = (what is bought there), x = L f. Operation: a
project is an industry of its own with its industry's inputs; its sales X are given, its
suppliers follow, x = L a_j X. All of it is linear in the projects: effects add up, and half a
project has half the effect. Limits are not: projects displace together what the incumbents of
their industry sell and no more, and limits of capacity stand in the balance alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from songhua.maths.projects.capacity import between
from songhua.maths.projects.economy import EFFECTS, INCOME, JOBS, MEASURES, Economy
from songhua.maths.projects.flows import ProjectFlows

PHASES = ("construction", "operation")
#: From gross to net: gross is the two before it, net is gross with the three changes after it.
STEPS = ("construction", "operation", "gross", "displaced", "crowded", "capacity", "net")
TYPES = ("type_i", "type_ii")
#: Numbers that are held at once while projects are added up.
TOGETHER = 1 << 22
#: Effects in which a project's own jobs count.
OWN = [EFFECTS.index(name) for name in ("direct", *TYPES)]


@dataclass(frozen=True)
class Impact:
    """The effects of projects on an economy.

    Jobs fall as productivity grows; those that are known of a plant are its jobs in every year.

    Attributes:
        economy, flows: what they are computed from.
        productivity: draws × years, output per job over that of the base year.
        capacity: draws × years × n, how much more than in the base year an industry can make;
            infinite, or None, without limits.
        sells: draws × n, what the incumbents of an industry sell: they cannot lose more. None,
            where it is not to be held.
    """

    economy: Economy
    flows: ProjectFlows
    productivity: np.ndarray
    capacity: np.ndarray | None = None
    sells: np.ndarray | None = None

    @cached_property
    def draws(self) -> int:
        """How many draws there are."""
        return max(len(self.economy.A), self.flows.draws(), len(self.productivity))

    @cached_property
    def _goods(self) -> np.ndarray:
        """Goods × effect × measure × draws, for one unit spent on a good as its basket says."""
        unit = self.economy.by_effect
        baskets = _last(self.flows.baskets)  # goods × n × draws
        return np.einsum("gnd,eknd->gekd", *_alike(baskets, unit))

    @cached_property
    def lost(self) -> np.ndarray:
        """Draws × projects × years: sales that incumbents lose, together no more than they sell."""
        flows = self.flows
        wanted = flows.output * flows.displaced[:, :, np.newaxis]
        if self.sells is None:
            return wanted
        there = self.sells[:, np.newaxis]
        every = _of_industries(wanted, flows, there.shape[-1])
        kept = np.minimum(there / np.where(every > 0, every, np.inf), 1.0)
        share = np.where(every > there, kept, 1.0)[..., flows.industry]
        return wanted * share.swapaxes(-1, -2)

    def by_project(self, some: slice = slice(None), effects: slice = slice(None)) -> np.ndarray:
        """Phase × projects × years × effect × measure × draws: gross."""
        flows = self.flows.only(some)
        bought = _last(flows.bought)
        P, T = bought.shape[:2]
        goods = self._goods[:, effects]
        found = np.zeros((len(PHASES), P, T, *goods.shape[1:3], self.draws))
        # years in which nothing is spent or sold stay zero
        for at in np.flatnonzero(bought.any(axis=(0, 2, 3))):
            parts = _alike(bought[:, at], goods)
            found[0, :, at] = np.einsum("pgd,gekd->pekd", *parts)
        sales = np.moveaxis(self.economy.by_effect[effects][:, :, flows.industry], 2, 0)
        output = _last(flows.output)
        for at in np.flatnonzero(output.any(axis=(0, 2))):
            np.multiply(output[:, at, None, None], sales, out=found[1, :, at])
        found[..., JOBS, :] /= self.productivity.T[:, np.newaxis]
        known = [at for at, kind in enumerate(range(len(EFFECTS))[effects]) if kind in OWN]
        found[1][:, :, known, JOBS] += _last(self._own_jobs[:, some])[:, :, np.newaxis]
        return found

    def of_all(self, effects: slice = slice(None)) -> np.ndarray:
        """Phase × years × effect × measure × draws: gross, all projects together."""
        kinds = len(EFFECTS[effects])
        each = self.draws * len(PHASES) * len(self.flows.years) * kinds * len(MEASURES)
        step = max(1, TOGETHER // each)
        found = np.zeros((len(PHASES), len(self.flows.years), kinds, len(MEASURES), self.draws))
        for at in range(0, len(self.flows.projects), step):
            found += self.by_project(slice(at, at + step), effects).sum(axis=1)
        return found

    def net_of_project(self, some: slice, gross: np.ndarray) -> np.ndarray:
        """Projects × years × type × measure × draws: net of displacement, limits left out.

        `gross` is `by_project` of the same projects.
        """
        flows, types = self.flows.only(some), slice(EFFECTS.index("type_i"), None)
        kept = _last(1 - flows.crowded)[:, None, None, None]
        found = gross[0, ..., types, :, :] * kept
        found += gross[1, ..., types, :, :]
        lost = _last(self.lost[:, some])
        unit = np.moveaxis(self.economy.by_effect[types][:, :, flows.industry], 2, 0)
        for at in np.flatnonzero(lost.any(axis=(0, 2))):
            away = lost[:, at, None, None] * unit
            away[..., JOBS, :] /= self.productivity[:, at]
            found[:, at] -= away
        return found

    @cached_property
    def demand(self) -> np.ndarray:
        """Draws × phase × years × n: goods bought in the region, and the projects' own sales."""
        flows = self.flows
        built = flows.built @ flows.baskets
        n = built.shape[-1]
        return np.stack(np.broadcast_arrays(built, _of_industries(flows.output, flows, n)), axis=1)

    @cached_property
    def output(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Direct, type I and type II: draws × phase × years × n, output by industry, gross."""
        economy, direct = self.economy, self.demand
        flat = direct.reshape(len(direct), -1, direct.shape[-1])
        both = (flat @ table.swapaxes(-1, -2) for table in (economy.L, economy.closed))
        one, two = (found.reshape(-1, *direct.shape[1:]) for found in both)
        return direct, one, two

    def by_industry(self, year: int) -> Iterator[np.ndarray]:
        """Each effect's phase × n × measure × draws in one year, gross.

        The jobs that are known of a plant stand in its industry.
        """
        parts = [_last(part[:, :, year]) for part in self.output]
        direct, one, two = _alike(*parts)
        hold = np.ascontiguousarray(self.economy.per_output.T)
        known = _of_industries(self._own_jobs[..., year : year + 1], self.flows, len(hold))[:, 0]
        for kind, part in enumerate((direct, one - direct, two - one, one, two)):
            found = np.empty((*direct.shape[:2], hold.shape[1], self.draws))
            np.multiply(part[:, :, np.newaxis], hold, out=found)
            found[:, :, JOBS] /= self.productivity[:, year]
            found[1, :, JOBS] += _last(known) if kind in OWN else 0.0
            yield found

    @cached_property
    def balance(self) -> np.ndarray:
        """Draws × type × step × years × measure: from gross to net, see `STEPS`."""
        unit = self.economy.multipliers + self.economy.induced
        return np.stack((self.balance_type_i, self._balance(unit, 1)), axis=1)

    @cached_property
    def balance_type_i(self) -> np.ndarray:
        """Draws × step × years × measure: the same for type I alone."""
        return self._balance(self.economy.multipliers, 0)

    def _balance(self, unit: np.ndarray, kind: int) -> np.ndarray:
        """Draws × step × years × measure, for one type with its multipliers."""
        flows, n = self.flows, self.economy.A.shape[-1]
        parts = {
            "construction": self.demand[:, 0],
            "operation": self.demand[:, 1],
            "displaced": -_of_industries(self.lost, flows, n),
            "crowded": -(flows.taken @ flows.baskets),
        }
        found = np.zeros((self.draws, len(STEPS), len(flows.years), unit.shape[1]))
        at = {step: place for place, step in enumerate(STEPS)}
        for step, part in parts.items():
            found[:, at[step]] = part @ unit.swapaxes(-1, -2)
        if self._limited:
            unmet, spared = self._limits_type_ii if kind else self._limits_type_i
            found[:, at["capacity"]] = (spared - unmet) @ unit.swapaxes(-1, -2)
        found[..., JOBS] /= self.productivity[:, np.newaxis]
        found[:, at["operation"], :, JOBS] += self._own_jobs.sum(axis=1)
        found[:, at["gross"]] = found[:, :2].sum(axis=1)
        found[:, at["net"]] = found[:, at["gross"] : at["net"]].sum(axis=1)
        return found

    @cached_property
    def net_demand(self) -> np.ndarray:
        """Draws × years × n: what is asked of incumbents, displacement and crowding out off."""
        flows, A = self.flows, self.economy.A
        kept = flows.built - flows.taken
        inputs = self.demand[:, 1] @ A.swapaxes(-1, -2)
        return kept @ flows.baskets + inputs - _of_industries(self.lost, flows, A.shape[-1])

    @cached_property
    def limits(self) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
        """For type I and type II what industries at their limit cannot supply, and cannot lose.

        Both draws × years × n. For type II households are one more industry, without a limit.
        Empty without limits.
        """
        return (self._limits_type_i, self._limits_type_ii) if self._limited else ()

    @property
    def _limited(self) -> bool:
        """Whether incumbents have a limit, upwards or downwards."""
        return self.capacity is not None or self.sells is not None

    @cached_property
    def _followed(self) -> np.ndarray:
        """Draws × years × n: what incumbents would make for the net demand without limits."""
        return self.net_demand @ self.economy.L.swapaxes(-1, -2)

    def _between(self, table: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        most = np.full((1, 1, 1), np.inf) if self.capacity is None else self.capacity
        least = np.full((1, 1, 1), -np.inf) if self.sells is None else -self.sells[:, np.newaxis]
        return between(table, x, most, least)

    @cached_property
    def _limits_type_i(self) -> tuple[np.ndarray, np.ndarray]:
        return self._between(self.economy.L, self._followed)

    @cached_property
    def _limits_type_ii(self) -> tuple[np.ndarray, np.ndarray]:
        economy, x = self.economy, self._followed
        earned = (x + self.demand[:, 1]) @ economy.per_output[:, INCOME, :, np.newaxis]
        spent = economy.earned(earned) * economy.households[:, np.newaxis]
        return self._between(economy.closed, x + spent)

    @cached_property
    def _own_jobs(self) -> np.ndarray:
        """Draws × projects × years: known jobs beyond those that the industry would have."""
        flows = self.flows
        usual = self.economy.per_output[:, JOBS][:, flows.industry][..., np.newaxis]
        own = flows.jobs[..., np.newaxis]
        apart = np.where(np.isnan(own), 0.0, own - usual / self.productivity[:, np.newaxis])
        return flows.output * apart


def _of_industries(sales: np.ndarray, flows: ProjectFlows, n: int) -> np.ndarray:
    """Projects' sums by year as sums by industry: draws × years × n."""
    where = np.zeros((len(flows.projects), n))
    where[np.arange(len(flows.projects)), flows.industry] = 1
    return sales.swapaxes(-1, -2) @ where


def _last(array: np.ndarray) -> np.ndarray:
    """The draws as the last axis, side by side in memory: what is done draw by draw is fast."""
    return np.ascontiguousarray(np.moveaxis(array, 0, -1))


def _alike(*arrays: np.ndarray) -> list[np.ndarray]:
    """Arrays whose last axis, the draws, has one length."""
    most = max(a.shape[-1] for a in arrays)
    return [np.broadcast_to(a, (*a.shape[:-1], most)) for a in arrays]
