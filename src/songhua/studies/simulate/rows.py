"""Rows of a simulation's tables: what the projects do, each number with its interval and unit.

A sum of projects has a second interval, `without_parts`, where a project may be part of another:
the same without what may be counted there already. It is not known where that leaves out nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Annotated

import pandas as pd

from songhua.labels import Period
from songhua.results import table
from songhua.results.columns import (
    Citations,
    Column,
    EntityId,
    Estimate,
    EstimateInUnit,
    SourceId,
    UnitName,
    choice,
    estimate,
    label,
    number,
)
from songhua.results.estimates import ASSUMPTION

#: A sum without what may be part of another project, and that nothing is left out.
WithoutParts = Annotated[Estimate, estimate(kind="in:estimate", unit_in="unit", digits=3)]
NO_PARTS = Estimate(kind=ASSUMPTION)


@dataclass(frozen=True, slots=True)
class YearImpact:
    """A row of `years`: all projects together in one year."""

    scenario: Annotated[str, label("scenarios")]
    year: int
    phase: Annotated[str, choice("phase")]
    effect: Annotated[str, choice("effect")]
    measure: Annotated[str, choice("gain")]
    value: EstimateInUnit
    unit: UnitName
    without_parts: WithoutParts = NO_PARTS


@dataclass(frozen=True, slots=True)
class TotalImpact:
    """A row of `totals`: construction in sum or operation in the last year; a project or all."""

    scenario: Annotated[str, label("scenarios")]
    project: Annotated[str, label("entities", blank="all_projects")]
    period: Annotated[str, Column("", "period")]
    phase: Annotated[str, choice("phase")]
    effect: Annotated[str, choice("effect")]
    measure: Annotated[str, choice("gain")]
    value: EstimateInUnit
    unit: UnitName
    without_parts: WithoutParts = NO_PARTS


@dataclass(frozen=True, slots=True)
class ProjectImpact:
    """A row of `projects`: one project in one year, by phase or net."""

    scenario: Annotated[str, label("scenarios")]
    project: EntityId
    year: int
    phase: Annotated[str, choice("phase")]
    effect: Annotated[str, choice("effect")]
    measure: Annotated[str, choice("gain")]
    value: EstimateInUnit
    unit: UnitName


@dataclass(frozen=True, slots=True)
class IndustryImpact:
    """A row of `industries`: one industry of the table in a period."""

    scenario: Annotated[str, label("scenarios")]
    table: Annotated[str, label("tables")]
    code: Annotated[str, label("table_industries", within="table")]
    period: Annotated[str, Column("", "period")]
    phase: Annotated[str, choice("phase")]
    effect: Annotated[str, choice("effect")]
    measure: Annotated[str, choice("gain")]
    value: EstimateInUnit
    unit: UnitName
    without_parts: WithoutParts = NO_PARTS


@dataclass(frozen=True, slots=True)
class BalanceImpact:
    """A row of `balance`: a step from gross to net in one year."""

    scenario: Annotated[str, label("scenarios")]
    year: int
    step: Annotated[str, choice("step")]
    effect: Annotated[str, choice("effect")]
    measure: Annotated[str, choice("gain")]
    value: EstimateInUnit
    unit: UnitName
    without_parts: WithoutParts = NO_PARTS


@dataclass(frozen=True, slots=True)
class LeakagePart:
    """A row of `leakage`: a part of what a project spends or sells."""

    scenario: Annotated[str, label("scenarios")]
    project: EntityId
    phase: Annotated[str, choice("phase")]
    part: Annotated[str, choice("leakage_part")]
    value: EstimateInUnit
    unit: UnitName


@dataclass(frozen=True, slots=True)
class ValueAddedFlow:
    """A row of `flows`: median value added of type I of a project in an industry."""

    scenario: Annotated[str, label("scenarios")]
    project: EntityId
    phase: Annotated[str, choice("phase")]
    table: Annotated[str, label("tables")]
    code: Annotated[str, label("table_industries", within="table")]
    value: Annotated[float, number(unit_in="unit", digits=3)]
    unit: UnitName


@dataclass(frozen=True, slots=True)
class Driver:
    """A row of `drivers`: the share of an outcome's variance that an assumption explains.

    `low` and `high` are the mean outcome in its lowest and its highest tenth.
    """

    scenario: Annotated[str, label("scenarios")]
    outcome: Annotated[str, choice("headline")]
    driver: Annotated[str, choice("driver")]
    project: EntityId
    share: Annotated[float, number(unit="%", decimals=0)]
    low: Annotated[float, number(unit_in="unit", digits=3)]
    high: Annotated[float, number(unit_in="unit", digits=3)]
    unit: UnitName


@dataclass(frozen=True, slots=True)
class CapacityLimit:
    """A row of `limits`: in how many draws (%) an industry's limit binds, and what it costs."""

    scenario: Annotated[str, label("scenarios")]
    year: int
    table: Annotated[str, label("tables")]
    code: Annotated[str, label("table_industries", within="table")]
    binds: Annotated[float, number(unit="%", decimals=0)]
    unmet: Annotated[float, number(unit_in="unit", digits=3)]
    unit: UnitName


@dataclass(frozen=True, slots=True)
class RegionalOutput:
    """A row of `outputs`: the region's output that was used, and what is bought in the region."""

    table: Annotated[str, label("tables")]
    code: Annotated[str, label("table_industries", within="table")]
    value: EstimateInUnit
    unit: UnitName
    basis: Annotated[str, choice("output_basis")]
    bought_in_region: Annotated[float, number(unit="%", decimals=0)]


@dataclass(frozen=True, slots=True)
class OwnSupply:
    """A row of `own_supply`: an observed share bought in the region beside its estimate, in %.

    `used` is the median of what the draws took.
    """

    table: Annotated[str, label("tables")]
    code: Annotated[str, label("table_industries", within="table")]
    period: Period
    observed: Annotated[float, number(unit="%", decimals=1)]
    used: Annotated[float, number(unit="%", decimals=1)]
    estimated: Annotated[
        Estimate, estimate(unit="%", decimals=1, names=("estimated", "low", "high", "estimate"))
    ]
    observations: Citations
    source: SourceId


@dataclass(frozen=True, slots=True)
class UsedAssumption:
    """A row of `assumptions`: an assumption that the study used."""

    name: Annotated[str, choice("driver")]
    scope: Annotated[str, label("entities", blank="all_projects")]
    value: Annotated[Estimate, estimate(kind="range", unit_in="unit", digits=6)]
    distribution: Annotated[str, choice("distribution")]
    unit: UnitName
    source: Annotated[str, label("sources", blank="own_judgement")]
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
        names = [field.name for field in fields(self)]
        return {name: table("simulate", name, getattr(self, name)) for name in names}
