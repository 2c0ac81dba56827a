"""Effects of projects: gross, by project or by industry, and net of what they displace.

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
OWN_JOBS = [EFFECTS.index(name) for name in ("direct", *TYPES)]


@dataclass(frozen=True)
class Impact:
    """The effects of projects on an economy.

    Jobs fall as productivity grows; those that are known of a plant are its jobs in every year.

    Attributes: economy, flows: the inputs of the computation.
        productivity: draws × years, output per job over that of the base year.
        capacity: draws × years × n, the possible output of an industry beyond the base year's;
            infinite, or None, without limits. sells: draws × n, the sales of an industry's
            incumbents: they cannot lose more. None,
            where it is not to be held.
    """

    economy: Economy
    flows: ProjectFlows
    productivity: np.ndarray
    capacity: np.ndarray | None = None
    sells: np.ndarray | None = None

    @cached_property
    def draws(self) -> int:
        """The number of draws."""
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
        sold = self.sells[:, np.newaxis]
        total = _of_industries(wanted, flows, sold.shape[-1])
        scale = np.minimum(sold / np.where(total > 0, total, np.inf), 1.0)
        share = np.where(total > sold, scale, 1.0)[..., flows.industry]
        return wanted * share.swapaxes(-1, -2)

    def by_project(self, some: slice = slice(None), effects: slice = slice(None)) -> np.ndarray:
        """Phase × projects × years × effect × measure × draws: gross."""
        flows = self.flows.select(some)
        bought = _last(flows.bought)
        P, T = bought.shape[:2]
        goods = self._goods[:, effects]
        gross = np.zeros((len(PHASES), P, T, *goods.shape[1:3], self.draws))
        # years in which nothing is spent or sold stay zero
        for at in np.flatnonzero(bought.any(axis=(0, 2, 3))):
            parts = _alike(bought[:, at], goods)
            gross[0, :, at] = np.einsum("pgd,gekd->pekd", *parts)
        sales = np.moveaxis(self.economy.by_effect[effects][:, :, flows.industry], 2, 0)
        output = _last(flows.output)
        for at in np.flatnonzero(output.any(axis=(0, 2))):
            np.multiply(output[:, at, None, None], sales, out=gross[1, :, at])
        gross[..., JOBS, :] /= self.productivity.T[:, np.newaxis]
        places = [at for at, kind in enumerate(range(len(EFFECTS))[effects]) if kind in OWN_JOBS]
        gross[1][:, :, places, JOBS] += _last(self._own_jobs[:, some])[:, :, np.newaxis]
        return gross

    def of_all(self, effects: slice = slice(None)) -> np.ndarray:
        """Phase × years × effect × measure × draws: gross, all projects together."""
        kinds = len(EFFECTS[effects])
        size = self.draws * len(PHASES) * len(self.flows.years) * kinds * len(MEASURES)
        step = max(1, TOGETHER // size)
        total = np.zeros((len(PHASES), len(self.flows.years), kinds, len(MEASURES), self.draws))
        for at in range(0, len(self.flows.projects), step):
            total += self.by_project(slice(at, at + step), effects).sum(axis=1)
        return total

    def net_of_project(self, some: slice, gross: np.ndarray) -> np.ndarray:
        """Projects × years × type × measure × draws: net of displacement, limits left out.

        `gross` is `by_project` of the same projects.
        """
        flows, types = self.flows.select(some), slice(EFFECTS.index("type_i"), None)
        additional = _last(1 - flows.crowded)[:, None, None, None]
        net = gross[0, ..., types, :, :] * additional
        net += gross[1, ..., types, :, :]
        lost = _last(self.lost[:, some])
        unit = np.moveaxis(self.economy.by_effect[types][:, :, flows.industry], 2, 0)
        for at in np.flatnonzero(lost.any(axis=(0, 2))):
            away = lost[:, at, None, None] * unit
            away[..., JOBS, :] /= self.productivity[:, at]
            net[:, at] -= away
        return net

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
        responses = (flat @ table.swapaxes(-1, -2) for table in (economy.L, economy.closed))
        type_i, type_ii = (response.reshape(-1, *direct.shape[1:]) for response in responses)
        return direct, type_i, type_ii

    def by_industry(self, year: int) -> Iterator[np.ndarray]:
        """Each effect's phase × n × measure × draws in one year, gross.

        The jobs that are known of a plant stand in its industry.
        """
        parts = [_last(part[:, :, year]) for part in self.output]
        direct, type_i, type_ii = _alike(*parts)
        hold = np.ascontiguousarray(self.economy.per_output.T)
        jobs = _of_industries(self._own_jobs[..., year : year + 1], self.flows, len(hold))[:, 0]
        for kind, part in enumerate((direct, type_i - direct, type_ii - type_i, type_i, type_ii)):
            effect = np.empty((*direct.shape[:2], hold.shape[1], self.draws))
            np.multiply(part[:, :, np.newaxis], hold, out=effect)
            effect[:, :, JOBS] /= self.productivity[:, year]
            effect[1, :, JOBS] += _last(jobs) if kind in OWN_JOBS else 0.0
            yield effect

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
            "crowded": -(flows.crowded_out @ flows.baskets),
        }
        balance = np.zeros((self.draws, len(STEPS), len(flows.years), unit.shape[1]))
        at = {step: place for place, step in enumerate(STEPS)}
        for step, part in parts.items():
            balance[:, at[step]] = part @ unit.swapaxes(-1, -2)
        if self._limited:
            unmet, spared = self._limits_type_ii if kind else self._limits_type_i
            balance[:, at["capacity"]] = (spared - unmet) @ unit.swapaxes(-1, -2)
        balance[..., JOBS] /= self.productivity[:, np.newaxis]
        balance[:, at["operation"], :, JOBS] += self._own_jobs.sum(axis=1)
        balance[:, at["gross"]] = balance[:, :2].sum(axis=1)
        balance[:, at["net"]] = balance[:, at["gross"] : at["net"]].sum(axis=1)
        return balance

    @cached_property
    def net_demand(self) -> np.ndarray:
        """Draws × years × n: demand on incumbents, less displacement and crowding out."""
        flows, A = self.flows, self.economy.A
        additional = flows.built - flows.crowded_out
        inputs = self.demand[:, 1] @ A.swapaxes(-1, -2)
        return additional @ flows.baskets + inputs - _of_industries(self.lost, flows, A.shape[-1])

    @cached_property
    def limits(self) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
        """For type I and type II, demand that industries cannot supply, and sales they cannot lose.

        Both draws × years × n. For type II households are one more industry, without a limit.
        Empty without limits.
        """
        return (self._limits_type_i, self._limits_type_ii) if self._limited else ()

    @property
    def _limited(self) -> bool:
        """True where incumbents have a limit, upwards or downwards."""
        return self.capacity is not None or self.sells is not None

    @cached_property
    def _followed(self) -> np.ndarray:
        """Draws × years × n: output of incumbents for the net demand without limits."""
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
        jobs = flows.jobs[..., np.newaxis]
        apart = np.where(np.isnan(jobs), 0.0, jobs - usual / self.productivity[:, np.newaxis])
        return flows.output * apart


def _of_industries(sales: np.ndarray, flows: ProjectFlows, n: int) -> np.ndarray:
    """Projects' sums by year as sums by industry: draws × years × n."""
    where = np.zeros((len(flows.projects), n))
    where[np.arange(len(flows.projects)), flows.industry] = 1
    return sales.swapaxes(-1, -2) @ where


def _last(array: np.ndarray) -> np.ndarray:
    """The draws as the last axis, side by side in memory: work draw by draw is fast."""
    return np.ascontiguousarray(np.moveaxis(array, 0, -1))


def _alike(*arrays: np.ndarray) -> list[np.ndarray]:
    """Arrays whose last axis, the draws, has one length."""
    most = max(a.shape[-1] for a in arrays)
    return [np.broadcast_to(a, (*a.shape[:-1], most)) for a in arrays]
