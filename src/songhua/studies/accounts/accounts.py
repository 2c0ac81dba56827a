"""The accounts of a region in a year: ledger, contradictions, bounds and draws, each made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from songhua.errors import SonghuaError
from songhua.labels import convert
from songhua.maths.accounts import (
    CellBound,
    Constraint,
    Contradiction,
    cell_bounds,
    contradictions,
    prior,
)
from songhua.maths.accounts.linear_programs import LinearProgram
from songhua.maths.ensemble.pool import Progress
from songhua.plan import Plan
from songhua.region import Region
from songhua.results import QUANTILES, Estimate
from songhua.studies.accounts.account_draws import AccountDraws, account_draws, draws_alone
from songhua.studies.accounts.finding_kinds import AccountsAboveTable, AccountsNoIntervals
from songhua.studies.accounts.growth_mix import growth_mixes
from songhua.studies.accounts.ledger import Ledger, ledger
from songhua.studies.accounts.nation import Nation
from songhua.studies.accounts.perimeters import Perimeters
from songhua.studies.accounts.readings import Reading
from songhua.studies.accounts.system import System
from songhua.studies.fault_kinds import AccountsNoTotal
from songhua.studies.series import Figures

#: Above this share of the table's value added, the table is not of an area that holds the region.
LARGEST = 1.5


@dataclass(frozen=True)
class Conflict:
    """A contradiction and where it was found: in growth, in print, or with assumptions.

    `assumptions` are those that each figure in it is read with, by the name of its constraint.
    """

    stage: str
    contradiction: Contradiction
    assumptions: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Accounts:
    """The accounts of a region in a year."""

    figures: Figures
    nation: Nation
    year: int
    ledger: Ledger
    seed: int = 0
    progress: Progress | None = None

    @classmethod
    def of(
        cls, region: Region, plan: Plan | None, year: int, progress: Progress | None = None
    ) -> Accounts:
        """The accounts of a year, from its printed figures.

        Raises:
            SonghuaError: `accounts_no_table`; `accounts_no_total`, where the whole economy's
                value added of the year is not printed.

        >>> import songhua
        >>> session = songhua.open(songhua.example("washington"))
        >>> accounts = Accounts.of(session.region, session.plan, 2017)
        >>> accounts.conflicts, 0.02 < accounts.share < 0.03
        ((), True)
        """
        figures, nation = Figures(region, plan), Nation.of(region)
        year_ledger = ledger(figures, nation, prior.load(), year)
        if not year_ledger.series:
            raise SonghuaError(AccountsNoTotal(year=year))
        return cls(figures, nation, year, year_ledger, progress=progress)

    @cached_property
    def perimeters(self) -> Perimeters:
        """The codes of the table that each industry holds."""
        return Perimeters(self.figures.region, self.nation)

    @property
    def learnt(self) -> prior.Study | None:
        """The study of the nation itself, where the prior was learnt in its regions too."""
        return prior.load().study_of(self.nation.region, self.figures.region.code)

    def _system(self, readings: tuple[Reading, ...]) -> System:
        country = "" if self.learnt is None else self.learnt.country
        return System(self.nation, readings, prior.load(), country)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Sets that cannot all hold: of growth and shares, of print, and with assumptions."""
        region_figures = [
            figure for figure in self.figures.settled if figure.region == self.figures.region.code
        ]
        conflicts: list[Conflict] = []
        for mix in growth_mixes(self.figures.region, region_figures, self.year):
            prices = {rule.name: ("prices",) for rule in mix.members if rule.kind == "assumed"}
            conflicts += [
                Conflict("growth", contradiction, prices) for contradiction in contradictions(mix)
            ]
        system = self._system(self.ledger.readings)
        conflicts += [
            Conflict("print", contradiction, {}) for contradiction in contradictions(system.certain)
        ]
        contradicting = {name for conflict in conflicts for name in conflict.contradiction.names}
        read = {
            reading.constraint.name: reading.assumptions
            for reading in self.ledger.in_use
            if reading.constraint
        }
        conflicts += [
            Conflict("assumed", contradiction, read)
            for contradiction in contradictions(system.assumed)
            if not contradicting.issuperset(contradiction.names)
        ]
        return tuple(conflicts)

    @cached_property
    def system(self) -> System:
        """The constraints, contradicting ends moved by the least that reconciles them."""
        moved: dict[str, float] = {}
        for conflict in self.conflicts:
            if conflict.stage != "growth":
                for name, by in conflict.contradiction.changes.items():
                    moved[name] = max(moved.get(name, 0.0), by)
        readings = tuple(_moved(reading, moved) for reading in self.ledger.readings)
        return self._system(readings)

    @cached_property
    def programs(self) -> tuple[LinearProgram, LinearProgram]:
        """Linear programmes under print and identities alone, and with assumptions."""
        return LinearProgram(self.system.certain), LinearProgram(self.system.assumed)

    @cached_property
    def certain(self) -> list[CellBound]:
        """Bounds of each cell from print and identities alone."""
        return cell_bounds(self.programs[0], progress=self.progress)

    @cached_property
    def assumed(self) -> list[CellBound]:
        """The same with assumptions."""
        return cell_bounds(self.programs[1], progress=self.progress)

    @cached_property
    def share(self) -> float:
        """The region's share of the nation's value added."""
        whole = next(
            reading.observation
            for reading in self.ledger.in_use
            if reading.observation.indicator == self.ledger.series
            and reading.observation.industry == "all"
        )
        value = convert(whole.value, whole.unit, self.nation.unit)
        return value / float(self.nation.value_added.sum())

    @cached_property
    def _sampled(self) -> AccountDraws | AccountsAboveTable | AccountsNoIntervals:
        if self.share > LARGEST:
            return AccountsAboveTable(times=float(f"{self.share:.2g}"), table=self.nation.table)
        try:
            return account_draws(self.system, self.share, self.assumed, self.seed, self.progress)
        except SonghuaError:
            return AccountsNoIntervals()

    @property
    def draws(self) -> AccountDraws | None:
        """Draws of each cell; None where there can be none, for the reason in `refused`."""
        return self._sampled if isinstance(self._sampled, AccountDraws) else None

    @cached_property
    def alone(self) -> AccountDraws:
        """Draws of each cell from the model alone."""
        return draws_alone(self.system, self.share, self.seed)

    @property
    def refused(self) -> AccountsAboveTable | AccountsNoIntervals | None:
        """The reason why there are no draws."""
        return None if isinstance(self._sampled, AccountDraws) else self._sampled


def likely(drawn: np.ndarray | None) -> Estimate:
    """5, 50 and 95 % of draws; not known where there are none.

    >>> likely(np.array([2.0, 2.0])), likely(None).known
    (Estimate(value=2.0, low=2.0, high=2.0, kind='interval'), False)
    """
    return Estimate() if drawn is None else Estimate.drawn(*np.quantile(drawn, QUANTILES))


def _moved(reading: Reading, moved: dict[str, float]) -> Reading:
    """A reading with its ends moved apart."""

    def wider(rule: Constraint | None) -> Constraint | None:
        by = moved.get(rule.name, 0.0) if rule is not None else 0.0
        if rule is None or not by:
            return rule
        by *= 1 + 1e-6
        return replace(rule, low=rule.low - by, high=rule.high + by)

    return replace(reading, certain=wider(reading.certain), assumed=wider(reading.assumed))
