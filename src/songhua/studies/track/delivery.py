"""Tasks: those done, due, late or blocked on a day, by department."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from songhua.labels import Period
from songhua.labels.periods import parse_when
from songhua.plan import Measure, Milestone
from songhua.plan.delivery_vocabulary import DeliveryState, TaskStatus
from songhua.region import Region
from songhua.results.columns import SourceId, choice, label, labels, tag
from songhua.studies.track.department_reports import LastWord

COMPLETED = (DeliveryState.DONE, DeliveryState.DONE_LATE)
LATE = (DeliveryState.LATE, DeliveryState.NO_REPORT)


@dataclass(frozen=True)
class TaskState:
    """A task on the day of the view: the columns of track's table `measures`."""

    measure: Annotated[str, label("measures")]
    clause: str
    lead: Annotated[str, tag(blank="not_said")]
    due: Period | None
    status: Annotated[TaskStatus, choice("review_state")]
    state: DeliveryState
    days_late: float
    blocked_by: Annotated[tuple[str, ...], labels("measures")]
    done_on: Period | None
    evidence: str
    reported_by: str
    reported_on: date | None
    source: SourceId


@dataclass(frozen=True)
class DepartmentCount:
    """The tasks that a department leads, counted by state."""

    lead: Annotated[str, tag(blank="not_said")]
    n: int
    done: int
    late: int
    blocked: int
    other: int

    @classmethod
    def of(cls, lead: str, states: Sequence[DeliveryState]) -> DepartmentCount:
        """The count of a department's tasks; `other` are not yet due, stopped or without a date.

        >>> states = [DeliveryState.DONE, DeliveryState.LATE, DeliveryState.OPEN]
        >>> DepartmentCount.of("Works", states)
        DepartmentCount(lead='Works', n=3, done=1, late=1, blocked=0, other=1)
        """
        completed, late = (sum(state in kind for state in states) for kind in (COMPLETED, LATE))
        n, blocked = len(states), states.count(DeliveryState.BLOCKED)
        return cls(lead, n, completed, late, blocked, n - completed - late - blocked)


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
    """A ratio; missing unless its denominator is positive.

    >>> ratio(1.0, 4.0), ratio(1.0, 0.0)
    (0.25, nan)
    """
    return top / bottom if bottom > 0 else math.nan


def after_day(when: Period | None, recorded: date | None, day: date) -> bool:
    """True where an event came after a day, so that the state of that day leaves it out.

    A time that the day lies in is taken to be past if it was on record by then.

    >>> from songhua.labels import parse_period
    >>> spring = parse_period("2024-03..2024-05")
    >>> [after_day(spring, date(2024, 6, 10), date(*on)) for on in ((2023, 12, 31), (2024, 4, 30))]
    [True, True]
    >>> after_day(spring, date(2024, 4, 2), date(2024, 4, 30))
    False
    """
    if when is None or when.end <= day:
        return False
    return when.start > day or (recorded is not None and recorded > day)


def task_as_of(word: LastWord[Measure], day: date) -> LastWord[Measure]:
    """A task as it stood on a day: one that was done later was still under way.

    >>> row = {"id": "road", "status": "done", "done_on": "2024-05", "recorded": "2024-06-10"}
    >>> task_as_of(LastWord(Measure.read(row)), date(2023, 12, 31)).entry.status
    'under_way'
    """
    task = word.entry
    if not after_day(task.done_on, word.reported_on or task.recorded, day):
        return word
    open_yet = replace(task, status=TaskStatus.UNDER_WAY, done_on=None, evidence="")
    return replace(word, entry=open_yet)


def task_states(words: Sequence[LastWord[Measure]], region: Region, day: date) -> list[TaskState]:
    """Tasks with their state; late means reported as not done after it was due.

    >>> from songhua.studies.track.examples import town
    >>> rows = [{"id": "road", "due": "2022"}, {"id": "park", "due": "2024", "blocked_by": "road"}]
    >>> tasks = [Measure.read({**row, "status": "planned", "source": "paper"}) for row in rows]
    >>> states = task_states([LastWord(task) for task in tasks], town()[0], date(2023, 6, 30))
    >>> [(task.state, task.days_late, task.blocked_by) for task in states]
    [('no_report', 181.0, ()), ('blocked', nan, ('road',))]
    """
    words = [task_as_of(word, day) for word in words]
    status = {word.entry.id: word.entry.status for word in words}
    return [_task_state(word, status, region, day) for word in words]


def _task_state(
    word: LastWord[Measure], status: dict[str, TaskStatus], region: Region, day: date
) -> TaskState:
    task = word.entry
    waits = tuple(id for id in task.blocked_by if status.get(id) != TaskStatus.DONE)
    state, days = _task(word, bool(waits), region, day)
    return TaskState(
        task.id,
        task.clause,
        task.lead,
        task.due,
        task.status,
        state,
        days,
        waits,
        task.done_on,
        task.evidence,
        word.reported_by,
        word.reported_on,
        task.source,
    )


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
        fresh = task.status != TaskStatus.UNKNOWN and reported_after(word, region, due)
        return (DeliveryState.LATE if fresh else DeliveryState.NO_REPORT), float((day - due).days)
    if waits:
        return DeliveryState.BLOCKED, math.nan
    return (DeliveryState.OPEN if due is not None else DeliveryState.DUE_UNKNOWN), math.nan


def reported_after(
    word: LastWord[Measure] | LastWord[Milestone], region: Region, due: date
) -> bool:
    """True where the last word is from after a day: an earlier one says nothing of the time since.

    A source without a date is taken to.

    >>> from songhua.studies.track.examples import town
    >>> region, _ = town()  # whose paper was published on 1 July 2022
    >>> road = Measure.read({"id": "road", "status": "planned", "source": "paper"})
    >>> [reported_after(LastWord(road), region, date(2022, month, 30)) for month in (6, 9)]
    [True, False]
    """
    if word.reported_on is not None:
        return word.reported_on > due
    published = str(region.sources[word.entry.source].get("published") or "")
    return not published or parse_when(published).end > due


def department_counts(tasks: Sequence[TaskState]) -> list[DepartmentCount]:
    """Tasks counted by the department that leads, those with most late ones first.

    >>> from songhua.studies.track.examples import town
    >>> rows = [{"id": "road", "lead": "Works", "due": "2022"}, {"id": "park", "lead": "Works"}]
    >>> tasks = [Measure.read({**row, "status": "planned", "source": "paper"}) for row in rows]
    >>> states = task_states([LastWord(task) for task in tasks], town()[0], date(2023, 6, 30))
    >>> [(count.lead, count.n, count.late, count.other) for count in department_counts(states)]
    [('Works', 2, 1, 1)]
    """
    states: dict[str, list[DeliveryState]] = {}
    for task in tasks:
        states.setdefault(task.lead, []).append(task.state)
    counts = [DepartmentCount.of(lead, of_department) for lead, of_department in states.items()]
    return sorted(counts, key=lambda count: (-count.late, count.lead))
