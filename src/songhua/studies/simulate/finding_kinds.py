"""The findings of simulate: the projects' effects, their drivers, and assumptions."""

from __future__ import annotations

from typing import Annotated

from songhua.messages import Words
from songhua.results.columns import (
    Bounded,
    Column,
    EntityId,
    EntityIds,
    InUnit,
    TableId,
    UnitName,
    choice,
)
from songhua.results.finding import ABSENCE, METHOD, Finding

PeriodText = Annotated[str, Column("", "period")]
DriverName = Annotated[str, choice("driver")]


class RegionalErrorUntested(Finding, section="simulate", rests=METHOD):
    """The region may lie outside those that the error of its table was estimated from."""


class RegionalErrorNoArea(Finding, section="simulate", rests=ABSENCE):
    """The region's area is not given."""


class _Beyond(Finding):
    """A measure of the region that lies outside those learnt from, as texts."""

    size: str
    low: str
    high: str


class RegionalErrorArea(_Beyond, section="simulate", rests="assumptions"):
    """Its area."""


class RegionalErrorSize(_Beyond, section="simulate", rests="outputs"):
    """Its share of the nation's output."""


class RegionalErrorLearnt(Finding, section="simulate", rests=METHOD):
    n: int
    error_study: Words
    low: str
    high: str


class RegionalErrorWidened(Finding, section="simulate", rests="assumptions"):
    transfer: float


class _Structure(Finding):
    """A source of the region's output by industry, and the part of the variance it makes."""

    table: TableId
    n: int
    low: Bounded
    high: Bounded


class SimulateDrivenByAssumption(_Structure, section="simulate", rests="outputs"):
    """As in the nation."""


class SimulateDrivenByAccounts(_Structure, section="simulate", rests="outputs"):
    """As the draws of accounts have it."""


class SimulateNoAccounts(Finding, section="simulate", rests=ABSENCE):
    no_accounts: Annotated[str, choice("no_accounts")]


class SimulateFromJobs(Finding, section="simulate", rests="outputs"):
    n: int
    of: int


class SimulateWider(Finding, section="simulate", rests="outputs"):
    n: int
    of: int


class SimulatePossiblePart(Finding, section="simulate", rests="projects"):
    entity: EntityId
    entities: EntityIds


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
    """Value added with its interval, to three digits."""

    period: PeriodText
    value: InUnit
    unit: UnitName
    left: InUnit
    right: InUnit


class SimulateNet(_Sum, section="simulate", rests="balance"):
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
    """In operation, before displacement."""


class BriefProjectsConstruction(_Gains, part="projects", section="simulate", rests="totals"):
    """While they are built."""


class BriefProjectsNet(_Gains, part="projects", section="simulate", rests="totals"):
    actual: InUnit
    implied: InUnit
    expected: InUnit


class BriefProjectsOperationBoth(_GainsBoth, part="projects", section="simulate", rests="totals"):
    """In operation, before displacement."""


class BriefProjectsConstructionBoth(
    _GainsBoth, part="projects", section="simulate", rests="totals"
):
    """While they are built."""


class BriefProjectsNetBoth(_GainsBoth, part="projects", section="simulate", rests="totals"):
    actual: InUnit
    implied: InUnit
    expected: InUnit
    without_net: InUnit
    without_net_left: InUnit
    without_net_right: InUnit


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
    share: int


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
