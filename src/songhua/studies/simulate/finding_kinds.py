"""The findings of simulate: the projects' effects, their drivers, and assumptions.

Those on the region's structure stand in `structure_finding_kinds`.
"""

from __future__ import annotations

from typing import Annotated

from songhua.labels import Period
from songhua.results.columns import (
    Column,
    EntityId,
    EntityIds,
    EstimateKind,
    IndicatorId,
    InUnit,
    Tag,
    UnitName,
    choice,
)
from songhua.results.finding import METHOD, Finding
from songhua.studies.simulate import structure_finding_kinds as _structure  # noqa: F401

PeriodText = Annotated[str, Column("", "period")]
DriverName = Annotated[str, choice("driver")]
#: What is taken off the gross effect, or whose ends are meant.
Steps = Annotated[tuple[str, ...], choice("step")]
Phases = Annotated[tuple[str, ...], choice("phase")]


class SimulatePossiblePart(Finding, section="simulate", rests="projects"):
    entity: EntityId
    entities: EntityIds


class SimulateProjects(Finding, section="simulate", rests="projects"):
    n: int
    entities: EntityIds


class SimulateProjectsCount(Finding, section="simulate"):
    n: int
    entity: EntityId
    period: Period
    count: int


class SimulateProjectsMoney(Finding, section="simulate"):
    value: InUnit
    planned: InUnit
    unit: UnitName
    share: float
    indicator: IndicatorId
    entity: EntityId
    period: Period
    scope: Tag = ""


class SimulateEnds(Finding, section="simulate", rests="drivers"):
    """The part of the variance that measured errors make, from least to most (%)."""

    phases: Phases
    estimate: EstimateKind
    low: int
    high: int


class SimulateDriver(Finding, section="simulate", rests="drivers"):
    driver: DriverName
    share: int


class SimulateDriverOf(SimulateDriver, section="simulate", rests="drivers"):
    entity: EntityId


class SimulateOnlySpending(Finding, section="simulate", rests="projects"):
    entities: EntityIds


class SimulateOnlyOperation(Finding, section="simulate", rests="projects"):
    entities: EntityIds


class SimulateOwnSupply(Finding, section="simulate", rests="own_supply"):
    n: int
    of: int
    inside: int


class SimulateLimits(Finding, section="simulate", rests="limits"):
    n: int
    binds: float


class SimulateNoLimits(Finding, section="simulate", rests=METHOD):
    """Every supplier is taken to follow demand."""


class SimulateTypeTwo(Finding, section="simulate", rests=METHOD):
    """Type II is an upper end."""


class _Sum(Finding):
    """Value added with its ends and their kind, to three digits."""

    period: PeriodText
    value: InUnit
    unit: UnitName
    left: InUnit
    right: InUnit
    estimate: EstimateKind


class SimulateGross(Finding, section="simulate", rests="balance"):
    period: PeriodText


class SimulateNet(_Sum, section="simulate", rests="balance"):
    steps: Steps
    actual: InUnit


class SimulateNetBoth(SimulateNet, section="simulate", rests="balance"):
    without: InUnit
    without_left: InUnit
    without_right: InUnit
    without_gross: InUnit


class _Gains(_Sum):
    """Jobs beside it."""

    jobs: int
    jobs_low: int
    jobs_high: int


class _GainsBoth(_Gains):
    """The same also without what may be part of another project."""

    without: InUnit
    without_left: InUnit
    without_right: InUnit
    without_jobs: int
    without_jobs_low: int
    without_jobs_high: int


class SimulateConstruction(_Gains, section="simulate", rests="totals"):
    draws: int


class SimulateConstructionBoth(_GainsBoth, section="simulate", rests="totals"):
    draws: int


class SimulateOperation(_Gains, section="simulate", rests="totals"):
    draws: int


class SimulateOperationBoth(_GainsBoth, section="simulate", rests="totals"):
    draws: int


class BriefProjectsOperation(_Gains, part="projects", section="simulate", rests="totals"):
    n: int


class BriefProjectsConstruction(_Gains, part="projects", section="simulate", rests="totals"):
    n: int


class BriefProjectsNet(_Gains, part="projects", section="simulate", rests="totals"):
    n: int
    steps: Steps
    actual: InUnit
    implied: InUnit
    expected: InUnit


class BriefProjectsOperationBoth(_GainsBoth, part="projects", section="simulate", rests="totals"):
    n: int


class BriefProjectsConstructionBoth(
    _GainsBoth, part="projects", section="simulate", rests="totals"
):
    n: int


class BriefProjectsNetBoth(_GainsBoth, part="projects", section="simulate", rests="totals"):
    n: int
    steps: Steps
    actual: InUnit
    implied: InUnit
    expected: InUnit
    without_net: InUnit
    without_net_left: InUnit
    without_net_right: InUnit


class BriefProjectsAlone(SimulateProjects, part="projects", section="simulate", rests="totals"):
    """The projects of the sums, those that sell nothing yet, and which of these may hold others."""

    other_projects: EntityIds = ()
    wholes: EntityIds = ()


class BriefProjectsCount(SimulateProjectsCount, part="projects", section="simulate"):
    """The printed number of a list of projects."""


class BriefProjectsMoney(SimulateProjectsMoney, part="projects", section="simulate"):
    """Their printed money beside that of a list."""


class BriefProject(_Gains, part="projects", section="simulate", rests="totals"):
    entity: EntityId


class BriefDriver(Finding, part="step", weight="driver", section="simulate", rests="drivers"):
    driver: DriverName
    entity: EntityId
    share: int
    left: InUnit
    right: InUnit
    unit: UnitName


class BriefDriverOf(BriefDriver, part="step", weight="driver", section="simulate", rests="drivers"):
    """Of one project."""


class _Assumed(Finding):
    """Counts of fields with a source and assumed, and the part of the table's error."""

    facts: int
    assumed: int
    n: int
    least: int | None = None
    share: int | None = None


class BriefAssumed(_Assumed, part="sure", section="simulate", rests="drivers"):
    """Where the error was estimated from regions like this."""


class BriefAssumedUntested(_Assumed, part="sure", section="simulate", rests="drivers"):
    """Where it was not tested in a region like this."""


class SimulateFields(Finding, section="simulate", rests="projects"):
    facts: int
    assumed: int
    n: int


class SimulateFieldsBoth(SimulateFields, section="simulate", rests="projects"):
    least: int
