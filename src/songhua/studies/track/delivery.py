"""Tasks, milestones and projects: what is done, due, late or blocked on a day."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from songhua.labels import Period
from songhua.labels.periods import parse_when
from songhua.plan import Measure, Milestone, Plan, ProjectValue
from songhua.plan.delivery_vocabulary import DeliveryState, MilestoneStatus, TaskStatus
from songhua.region import Region
from songhua.studies.track.department_reports import LastWord

DONE = (DeliveryState.DONE, DeliveryState.DONE_LATE)
LATE = (DeliveryState.LATE, DeliveryState.NO_REPORT)
#: The states of a project's milestones, the one that decides the project's own first.
WORST = (
    DeliveryState.LATE, DeliveryState.STOPPED, DeliveryState.NO_REPORT, DeliveryState.OPEN,
    DeliveryState.UNKNOWN,
)  # fmt: skip


@dataclass(frozen=True)
class TaskState:
    """A task on the day of the view: the columns of track's table `measures`."""

    measure: str
    clause: str
    lead: str
    due: Period | None
    status: TaskStatus
    state: DeliveryState
    days_late: float
    blocked_by: tuple[str, ...]
    done_on: Period | None
    evidence: str
    reported_by: str
    reported_on: date | None
    source: str


@dataclass(frozen=True)
class MilestoneState:
    """A milestone on the day of the view: the columns of track's table `milestones`."""

    project: str
    item: str
    planned: Period | None
    actual: Period | None
    slip_days: float
    state: DeliveryState
    evidence: str
    reported_by: str
    reported_on: date | None
    source: str


@dataclass(frozen=True)
class EarnedValue:
    """Planned, earned and actual value up to a period, and their indices."""

    period: Period | None = None
    total: float = math.nan
    planned_value: float = math.nan
    earned_value: float = math.nan
    actual_value: float = math.nan
    unit: str = ""

    @property
    def schedule_index(self) -> float:
        """EV / PV: below 1 is behind.

        >>> EarnedValue(planned_value=40.0, earned_value=36.0).schedule_index
        0.9
        """
        return ratio(self.earned_value, self.planned_value)

    @property
    def cost_index(self) -> float:
        """EV / AC: below 1 costs more than planned.

        >>> EarnedValue(earned_value=36.0, actual_value=40.0).cost_index
        0.9
        """
        return ratio(self.earned_value, self.actual_value)

    @property
    def in_place(self) -> float:
        """Actual value as a share of the whole, in percent.

        >>> EarnedValue(total=80.0, actual_value=20.0).in_place
        25.0
        """
        return ratio(self.actual_value, self.total) * 100


@dataclass(frozen=True)
class ProjectState:
    """A project on the day of the view: its milestones, and earned value where it has values."""

    project: str
    milestones: int
    done: int
    next: str
    next_due: Period | None
    state: DeliveryState
    slip_days: float
    value: EarnedValue
    source: str


@dataclass(frozen=True)
class DepartmentCount:
    """The tasks that a department leads, counted by state."""

    lead: str
    n: int
    done: int
    late: int
    blocked: int

    @property
    def other(self) -> int:
        """Tasks not yet due, stopped, or without a date.

        >>> DepartmentCount("Works", n=5, done=1, late=2, blocked=1).other
        1
        """
        return self.n - self.done - self.late - self.blocked


def slip(planned: Period | None, actual: Period | None) -> float:
    """Days from the end of one stated time to the end of the other; missing if one is.

    >>> from songhua.labels import parse_period
    >>> slip(parse_period("2024"), parse_period("2025-01-31")), slip(None, parse_period("2024"))
    (31.0, nan)
    """
    if planned is None or actual is None:
        return math.nan
    return float((actual.end - planned.end).days)


def ratio(top: float, bottom: float) -> float:
    """A ratio; missing unless what it is taken of is positive.

    >>> ratio(1.0, 4.0), ratio(1.0, 0.0)
    (0.25, nan)
    """
    return top / bottom if bottom > 0 else math.nan


def task_states(words: Sequence[LastWord[Measure]], region: Region, day: date) -> list[TaskState]:
    """Tasks with their state; late means reported as not done after it was due."""
    status = {word.entry.id: word.entry.status for word in words}
    return [_task_state(word, status, region, day) for word in words]


def _task_state(
    word: LastWord[Measure], status: dict[str, TaskStatus], region: Region, day: date
) -> TaskState:
    task = word.entry
    waits = tuple(id for id in task.blocked_by if status.get(id) != TaskStatus.DONE)
    state, days = _task(word, bool(waits), region, day)
    return TaskState(
        task.id, task.clause, task.lead, task.due, task.status, state, days, waits,
        task.done_on, task.evidence, word.reported_by, word.reported_on, task.source,
    )  # fmt: skip


def _task(
    word: LastWord[Measure], waits: bool, region: Region, day: date
) -> tuple[DeliveryState, float]:
    """The state of a task, and the days it is late."""
    task, due = word.entry, word.entry.due.end if word.entry.due else None
    if task.status == TaskStatus.DONE:
        late = slip(task.due, task.done_on)
        return (DeliveryState.DONE_LATE, late) if late > 0 else (DeliveryState.DONE, math.nan)
    if task.status == TaskStatus.STOPPED:
        return DeliveryState.STOPPED, math.nan
    if due is not None and due < day:
        told = task.status != TaskStatus.UNKNOWN and _told_after(word, region, due)
        return (DeliveryState.LATE if told else DeliveryState.NO_REPORT), float((day - due).days)
    if waits:
        return DeliveryState.BLOCKED, math.nan
    return (DeliveryState.OPEN if due is not None else DeliveryState.DUE_UNKNOWN), math.nan


def _told_after(word: LastWord[Measure] | LastWord[Milestone], region: Region, due: date) -> bool:
    """Whether the last word speaks of the time after a day: one from before says nothing of it.

    A source without a date is taken to.
    """
    if word.reported_on is not None:
        return word.reported_on > due
    published = str(region.sources[word.entry.source].get("published") or "")
    return not published or parse_when(published).end > due


def department_counts(tasks: Sequence[TaskState]) -> list[DepartmentCount]:
    """Tasks counted by the department that leads, those with most late ones first."""
    states: dict[str, list[DeliveryState]] = {}
    for task in tasks:
        states.setdefault(task.lead, []).append(task.state)
    counts = [
        DepartmentCount(
            lead, len(own), sum(state in DONE for state in own),
            sum(state in LATE for state in own), own.count(DeliveryState.BLOCKED),
        )
        for lead, own in states.items()
    ]  # fmt: skip
    return sorted(counts, key=lambda count: (-count.late, count.lead))


def milestone_states(
    words: Sequence[LastWord[Milestone]], region: Region, day: date
) -> list[MilestoneState]:
    """Milestones with their slip."""
    return [_milestone_state(word, region, day) for word in words]


def _milestone_state(word: LastWord[Milestone], region: Region, day: date) -> MilestoneState:
    step = word.entry
    return MilestoneState(
        step.project, step.item, step.planned, step.actual,
        slip(step.planned, step.actual), _milestone(word, region, day),
        word.report.evidence if word.report else "", word.reported_by, word.reported_on,
        step.source,
    )  # fmt: skip


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
    told = step.state == MilestoneStatus.NOT_DONE and _told_after(word, region, due)
    return DeliveryState.LATE if told else DeliveryState.NO_REPORT


def project_states(plan: Plan, steps: Sequence[MilestoneState]) -> list[ProjectState]:
    """A row a project: its milestones, and earned value by the last date with values."""
    return [
        _project_state(project, plan, [step for step in steps if step.project == project])
        for project in dict.fromkeys(entry.project for entry in plan.projects)
    ]


def _project_state(project: str, plan: Plan, steps: Sequence[MilestoneState]) -> ProjectState:
    ahead = [step for step in steps if step.state != DeliveryState.DONE]
    slips = [step.slip_days for step in steps if not math.isnan(step.slip_days)]
    values = [one for one in plan.project_values if one.project == project and one.period]
    return ProjectState(
        project, len(steps), len(steps) - len(ahead),
        next=ahead[0].item if ahead else "",
        next_due=ahead[0].planned if ahead else None,
        state=project_state([step.state for step in steps]),
        slip_days=max(slips, default=math.nan),
        value=earned_value(values),
        source=next(entry.source for entry in plan.projects if entry.project == project),
    )  # fmt: skip


def project_state(states: Sequence[DeliveryState]) -> DeliveryState:
    """The state of a project: the worst of its milestones that are not done.

    >>> project_state([DeliveryState.DONE, DeliveryState.OPEN, DeliveryState.LATE])
    'late'
    """
    if not states:
        return DeliveryState.UNKNOWN
    return next((state for state in WORST if state in states), DeliveryState.DONE)


def earned_value(values: Sequence[ProjectValue]) -> EarnedValue:
    """Planned, earned and actual value by the last date (earned value management)."""
    last = max(values, key=lambda one: one.period.end if one.period else date.min, default=None)
    if last is None:
        return EarnedValue()
    numbers = (last.total, last.planned_value, last.earned_value, last.actual_value)
    known = (math.nan if number is None else float(number) for number in numbers)
    return EarnedValue(last.period, *known, unit=last.unit.text if last.unit else "")
