"""Rows of a simulation's tables: what the projects do, each number with its interval and unit.

A sum of projects has a second interval, `without_parts`, where a project may be part of another:
the same without what may be counted there already. It is not-a-number where that leaves out
nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields

import pandas as pd

from songhua.labels import Period
from songhua.results import table

INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class YearImpact:
    """A row of `years`: all projects together in one year."""

    scenario: str
    year: int
    phase: str
    effect: str
    measure: str
    low: float
    value: float
    high: float
    unit: str
    estimate: str = INTERVAL
    without_parts_low: float = math.nan
    without_parts: float = math.nan
    without_parts_high: float = math.nan


@dataclass(frozen=True, slots=True)
class TotalImpact:
    """A row of `totals`: construction in sum or operation in the last year; a project or all."""

    scenario: str
    project: str
    period: str
    phase: str
    effect: str
    measure: str
    low: float
    value: float
    high: float
    unit: str
    estimate: str = INTERVAL
    without_parts_low: float = math.nan
    without_parts: float = math.nan
    without_parts_high: float = math.nan


@dataclass(frozen=True, slots=True)
class ProjectImpact:
    """A row of `projects`: one project in one year, by phase or net."""

    scenario: str
    project: str
    year: int
    phase: str
    effect: str
    measure: str
    low: float
    value: float
    high: float
    unit: str
    estimate: str = INTERVAL


@dataclass(frozen=True, slots=True)
class IndustryImpact:
    """A row of `industries`: one industry of the table in a period."""

    scenario: str
    table: str
    code: str
    period: str
    phase: str
    effect: str
    measure: str
    low: float
    value: float
    high: float
    unit: str
    estimate: str = INTERVAL
    without_parts_low: float = math.nan
    without_parts: float = math.nan
    without_parts_high: float = math.nan


@dataclass(frozen=True, slots=True)
class BalanceImpact:
    """A row of `balance`: a step from gross to net in one year."""

    scenario: str
    year: int
    step: str
    effect: str
    measure: str
    low: float
    value: float
    high: float
    unit: str
    estimate: str = INTERVAL
    without_parts_low: float = math.nan
    without_parts: float = math.nan
    without_parts_high: float = math.nan


@dataclass(frozen=True, slots=True)
class LeakagePart:
    """A row of `leakage`: a part of what a project spends or sells."""

    scenario: str
    project: str
    phase: str
    part: str
    low: float
    value: float
    high: float
    unit: str
    estimate: str = INTERVAL


@dataclass(frozen=True, slots=True)
class ValueAddedFlow:
    """A row of `flows`: median value added of type I of a project in an industry."""

    scenario: str
    project: str
    phase: str
    table: str
    code: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Driver:
    """A row of `drivers`: the share of an outcome's variance that an assumption explains.

    `low` and `high` are the mean outcome in its lowest and its highest tenth.
    """

    scenario: str
    outcome: str
    driver: str
    project: str
    share: float
    low: float
    high: float
    unit: str


@dataclass(frozen=True, slots=True)
class CapacityLimit:
    """A row of `limits`: in how many draws (%) an industry's limit binds, and what it costs."""

    scenario: str
    year: int
    table: str
    code: str
    binds: float
    unmet: float
    unit: str


@dataclass(frozen=True, slots=True)
class RegionalOutput:
    """A row of `outputs`: the region's output that was used, and what is bought in the region."""

    table: str
    code: str
    low: float
    value: float
    high: float
    unit: str
    basis: str
    bought_in_region: float


@dataclass(frozen=True, slots=True)
class OwnSupply:
    """A row of `own_supply`: an observed share bought in the region beside its estimate, in %.

    `used` is the median of what the draws took.
    """

    table: str
    code: str
    period: Period
    observed: float
    used: float
    estimated: float
    low: float
    high: float
    estimate: str
    observations: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class UsedAssumption:
    """A row of `assumptions`: one that was asked for."""

    name: str
    scope: str
    value: float
    low: float
    high: float
    distribution: str
    unit: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class SimulationRows:
    """The rows of all tables of a simulation, by table."""

    years: list[YearImpact] = field(default_factory=list)
    totals: list[TotalImpact] = field(default_factory=list)
    projects: list[ProjectImpact] = field(default_factory=list)
    industries: list[IndustryImpact] = field(default_factory=list)
    balance: list[BalanceImpact] = field(default_factory=list)
    leakage: list[LeakagePart] = field(default_factory=list)
    flows: list[ValueAddedFlow] = field(default_factory=list)
    limits: list[CapacityLimit] = field(default_factory=list)
    outputs: list[RegionalOutput] = field(default_factory=list)
    own_supply: list[OwnSupply] = field(default_factory=list)
    drivers: list[Driver] = field(default_factory=list)
    assumptions: list[UsedAssumption] = field(default_factory=list)

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name.

        >>> len(SimulationRows().tables()["totals"])
        0
        """
        names = [one.name for one in fields(self)]
        return {name: table("simulate", name, getattr(self, name)) for name in names}
