"""Track: the plan against what happened, target by target, task by task."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from songhua.errors import SonghuaError
from songhua.studies.fault_kinds import EvaluationNoPlan, PeriodFuture, PeriodOpen
from songhua.studies.registry import Inputs, option, study

if TYPE_CHECKING:
    from songhua.results import Result

WORKS = ("plan.targets", "plan.measures", "plan.projects", "plan.products", "plan.programmes")
NEEDS = (
    "sources",
    "indicators",
    "industries",
    "entities",
    "observations",
    "panels",
    "tables",
    "reviews",
    *WORKS,
    "plan.changes",
)


@dataclass(frozen=True)
class TrackOptions:
    """Options of track."""

    until: str = option(
        "", "Judge on the last day of a period, by what is of that time, as 2023.", "PERIOD"
    )
    #: The numbers of targets, by target; by how many points a year the nation grows faster.
    levels: tuple[tuple[str, float], ...] = option(())
    faster: float = option(0.0)


def lacks(inputs: Inputs) -> str | None:
    """Targets, or another table of what is to be done."""
    works = (getattr(inputs.plan, name.removeprefix("plan.")) for name in WORKS)
    return None if inputs.plan is not None and any(map(len, works)) else "plan/targets.csv"


def evidence(options: TrackOptions) -> dict[str, dict[str, object]]:
    """The accounts, for targets without a figure; of an earlier day there are none."""
    return {} if options.until else {"accounts": {}}


@study(
    "track", needs=NEEDS, options=TrackOptions, rank=5, lacks=lacks, evidence=evidence, summing=True
)
def track(inputs: Inputs, options: TrackOptions) -> Result:
    """Compare the targets, tasks and projects of DIR's plan with what happened."""
    from songhua.labels import parse_period
    from songhua.plan.days import day_of_view
    from songhua.studies.track.asked_otherwise import levels_of
    from songhua.studies.track.study import track as compute

    region, plan = inputs.region, inputs.plan
    if options.until:
        period = parse_period(options.until)
        if period.open:
            raise SonghuaError(PeriodOpen(text=options.until))
        today = day_of_view(region, plan)
        if today is not None and period.end > today:
            raise SonghuaError(PeriodFuture(text=options.until, day=today.isoformat()))
        region = replace(region.until(period), as_of=period.end)
        plan = plan and plan.up_to(period.end, region.sources)
    if plan is None or lacks(inputs):
        raise SonghuaError(EvaluationNoPlan("plan/targets.csv"))
    return compute(
        region,
        plan,
        inputs.evidence,
        inputs.rng,
        inputs.progress,
        levels=levels_of(plan, options.levels),
        faster=options.faster,
    )
