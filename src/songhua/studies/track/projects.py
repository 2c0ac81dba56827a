"""Milestones and projects: those reached, due or late on a day, and earned value."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Annotated

from songhua.labels import Period
from songhua.plan import Milestone, Plan, ProjectValue
from songhua.plan.delivery_vocabulary import DeliveryState, MilestoneStatus
from songhua.region import Region
from songhua.results.columns import (
    EntityId,
    InUnit,
    SourceId,
    UnitName,
    label,
    labels,
    number,
)
from songhua.studies.track.delivery import after_day, ratio, reported_after, slip
from songhua.studies.track.department_reports import LastWord

#: The states of a project's milestones, the one that decides the project's own first.
WORST = (
    DeliveryState.LATE,
    DeliveryState.STOPPED,
    DeliveryState.NO_REPORT,
    DeliveryState.OPEN,
    DeliveryState.UNKNOWN,
)


@dataclass(frozen=True)
class MilestoneState:
    """A milestone on the day of the view: the columns of track's table `milestones`."""

    project: EntityId
    item: Annotated[str, label("milestones", within="project")]
    planned: Period | None
    actual: Period | None
    slip_days: Annotated[float, number(signed=True)]
    state: DeliveryState
    evidence: str
    reported_by: str
    reported_on: date | None
    source: SourceId


@dataclass(frozen=True)
class ProjectState:
    """A project on the day of the view: the columns of track's table `projects`.

    Planned, earned and actual value are those up to `period`, where it has values. The schedule
    index is EV / PV: below 1 is behind; the cost index EV / AC: below 1 costs more than planned.
    `in_place` is the actual value as a share of the whole, in percent.
    """

    project: EntityId
    milestones: int
    done: int
    next: Annotated[str, label("milestones", within="project")]
    next_due: Period | None
    state: DeliveryState
    slip_days: Annotated[float, number(signed=True)]
    period: Period | None = None
    total: InUnit = math.nan
    planned_value: InUnit = math.nan
    earned_value: InUnit = math.nan
    actual_value: InUnit = math.nan
    schedule_index: Annotated[float, number(decimals=2)] = math.nan
    cost_index: Annotated[float, number(decimals=2)] = math.nan
    in_place: Annotated[float, number(unit="%", decimals=1)] = math.nan
    unit: UnitName = ""
    may_be_part_of: Annotated[tuple[str, ...], labels("entities")] = ()
    source: SourceId = ""


def milestone_states(
    words: Sequence[LastWord[Milestone]], region: Region, day: date
) -> list[MilestoneState]:
    """Milestones with their slip.

    >>> from songhua.studies.track.examples import town
    >>> cells = {"project": "mill", "item": "start", "planned": "2021-06", "actual": "2021-09"}
    >>> words = [LastWord(Milestone.read({**cells, "source": "paper"}))]
    >>> start = milestone_states(words, town()[0], date(2023, 6, 30))[0]
    >>> start.state, start.slip_days
    ('done', 92.0)

    One that was reached after the day was not yet reached on it:

    >>> milestone_states(words, town()[0], date(2021, 8, 31))[0].state
    'late'
    """
    return [_milestone_state(milestone_as_of(word, day), region, day) for word in words]


def milestone_as_of(word: LastWord[Milestone], day: date) -> LastWord[Milestone]:
    """A milestone as it stood on a day: one that was reached later was not yet reached.

    >>> cells = {"project": "mill", "item": "start", "actual": "2021-09", "source": "paper"}
    >>> milestone_as_of(LastWord(Milestone.read(cells)), date(2021, 8, 31)).entry.state
    'not_done'
    """
    step = word.entry
    if not after_day(step.actual, word.reported_on or step.recorded, day):
        return word
    open_yet = replace(step, actual=None, state=MilestoneStatus.NOT_DONE)
    return replace(word, entry=open_yet)


def _milestone_state(word: LastWord[Milestone], region: Region, day: date) -> MilestoneState:
    step = word.entry
    return MilestoneState(
        step.project,
        step.item,
        step.planned,
        step.actual,
        slip(step.planned, step.actual),
        _milestone(word, region, day),
        word.report.answer.evidence if word.report else "",
        word.reported_by,
        word.reported_on,
        step.source,
    )


def _milestone(word: LastWord[Milestone], region: Region, day: date) -> DeliveryState:
    """done, stopped, late, open, no_report or unknown."""
    step = word.entry
    if step.actual is not None or step.state == MilestoneStatus.DONE:
        return DeliveryState.DONE
    if step.state == MilestoneStatus.STOPPED:
        return DeliveryState.STOPPED
    if step.planned is None:
        return DeliveryState.UNKNOWN
    due = step.planned.end
    if due >= day:
        return DeliveryState.OPEN
    reported = step.state == MilestoneStatus.NOT_DONE and reported_after(word, region, due)
    return DeliveryState.LATE if reported else DeliveryState.NO_REPORT


def project_states(
    plan: Plan, steps: Sequence[MilestoneState], day: date = date.max
) -> list[ProjectState]:
    """A row a project: its milestones, and earned value by the last date with values, up to a day.

    >>> from songhua.studies.track.examples import town
    >>> import pandas as pd
    >>> rows = [{"project": "mill", "kind": "milestone", "item": "start", "planned": "2025"},
    ...         {"project": "mill", "kind": "value", "item": "money", "period": "2023",
    ...          "total": "100", "actual_value": "70", "unit": "m EUR"}]
    >>> region, plan = town(projects=pd.DataFrame(rows).fillna(""))
    >>> steps = milestone_states([LastWord(m) for m in plan.milestones], region, region.as_of)
    >>> mill = project_states(plan, steps)[0]
    >>> mill.state, mill.next, mill.in_place
    ('open', 'start', 70.0)
    """
    entries: dict[str, list[Milestone | ProjectValue]] = {}
    for entry in plan.projects:
        entries.setdefault(entry.project, []).append(entry)
    by_project: dict[str, list[MilestoneState]] = {}
    for step in steps:
        by_project.setdefault(step.project, []).append(step)
    return [
        _project_state(plan, project, listed, by_project.get(project, []), day)
        for project, listed in entries.items()
    ]


def _project_state(
    plan: Plan,
    project: str,
    entries: Sequence[Milestone | ProjectValue],
    steps: Sequence[MilestoneState],
    day: date,
) -> ProjectState:
    ahead = [step for step in steps if step.state != DeliveryState.DONE]
    slips = [step.slip_days for step in steps if not math.isnan(step.slip_days)]
    values = [
        value
        for value in entries
        if isinstance(value, ProjectValue)
        and value.period
        and not after_day(value.period, value.recorded, day)
    ]
    state = ProjectState(
        project,
        milestones=len(steps),
        done=len(steps) - len(ahead),
        next=ahead[0].item if ahead else "",
        next_due=ahead[0].planned if ahead else None,
        state=project_state([step.state for step in steps]),
        slip_days=max(slips, default=math.nan),
        may_be_part_of=plan.wholes.get(project, ()),
        source=entries[0].source,
    )
    return with_value(state, values)


def project_state(states: Sequence[DeliveryState]) -> DeliveryState:
    """The state of a project: the worst of its milestones that are not done.

    >>> project_state([DeliveryState.DONE, DeliveryState.OPEN, DeliveryState.LATE])
    'late'
    """
    if not states:
        return DeliveryState.UNKNOWN
    return next((state for state in WORST if state in states), DeliveryState.DONE)


def with_value(project: ProjectState, values: Sequence[ProjectValue]) -> ProjectState:
    """Planned, earned and actual value by the last date (earned value management).

    >>> cells = {"project": "mill", "item": "money", "planned_value": "80", "unit": "m EUR"}
    >>> rows = [{"period": "2022", "earned_value": "40"}, {"period": "2023", "earned_value": "60"}]
    >>> mill = ProjectState("mill", 0, 0, "", None, DeliveryState.OPEN, math.nan)
    >>> with_value(mill, [ProjectValue.read({**cells, **row}) for row in rows]).schedule_index
    0.75
    """
    dated = [value for value in values if value.period]
    last = max(dated, key=attrgetter("period"), default=next(iter(values), None))
    if last is None:
        return project
    numbers = (last.total, last.planned_value, last.earned_value, last.actual_value)
    total, planned, earned, actual = (math.nan if n is None else float(n) for n in numbers)
    return replace(
        project,
        period=last.period,
        total=total,
        planned_value=planned,
        earned_value=earned,
        actual_value=actual,
        schedule_index=ratio(earned, planned),
        cost_index=ratio(earned, actual),
        in_place=ratio(actual, total) * 100,
        unit=last.unit.text if last.unit else "",
    )
