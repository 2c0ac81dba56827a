"""The findings of simulate: what the projects bring, what moves it, what is assumed."""

from __future__ import annotations

from typing import Annotated

from songhua.results.columns import Column, EntityId, InUnit, UnitName, choice
from songhua.results.finding import Finding

PeriodText = Annotated[str, Column("", "period")]


class _Gains(Finding):
    """Value added and jobs with their intervals, to three digits."""

    period: PeriodText
    value: InUnit
    unit: UnitName
    left: InUnit
    right: InUnit
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
    driver: Annotated[str, choice("driver")]
    entity: EntityId
    share: int
    left: InUnit
    right: InUnit
    unit: UnitName


class BriefDriverOf(BriefDriver, part="step", weight="driver", section="simulate", rests="drivers"):
    """Of one project."""


class _Assumed(Finding):
    """How many fields of projects are assumed, and the part of the table's error."""

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
