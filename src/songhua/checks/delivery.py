"""Checks of a plan's tasks, projects and products: order, values, states and dates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter

from songhua.checks.plan_fault_kinds import (
    ProjectPartOfItself,
    ProjectPartUnknown,
    ProjectValueIncomplete,
    StateContradicts,
    TaskBlocksItself,
    TaskUnknown,
)
from songhua.errors import Fault
from songhua.labels import Period
from songhua.plan import Measure, Milestone, ProductRung, ProjectValue
from songhua.plan.delivery_vocabulary import MilestoneStatus, RungStatus, TaskStatus
from songhua.plan.project_parts import named_wholes, reached


def tasks_in_order(tasks: Iterable[Measure]) -> Iterator[Fault]:
    """A task is blocked by tasks that exist, and not by itself through others.

    >>> rows = {"road": "rail", "rail": "road port"}
    >>> tasks = [Measure.read({"id": id, "status": "planned", "blocked_by": by})
    ...          for id, by in rows.items()]
    >>> [(fault.code, fault.params["text"]) for fault in tasks_in_order(tasks)]
    [('task_blocks_itself', 'road'), ('task_unknown', 'port'), ('task_blocks_itself', 'rail')]
    """
    listed = list(tasks)
    blockers = {task.id: task.blocked_by for task in listed}
    ordered = _ordered(blockers)
    for task in listed:
        for blocker in task.blocked_by:
            if blocker not in blockers:
                yield TaskUnknown(*task.where("blocked_by"), text=blocker)
        if task.id not in ordered and task.id in reached(task.id, blockers):
            yield TaskBlocksItself(*task.where("blocked_by"), text=task.id)


def _ordered(blockers: Mapping[str, Sequence[str]]) -> set[str]:
    """The tasks that can be put in order, each after those that block it: none blocks itself."""
    sorter = TopologicalSorter(blockers)
    with suppress(CycleError):
        sorter.prepare()
    ordered: set[str] = set()
    while ready := sorter.get_ready():
        ordered.update(ready)
        sorter.done(*ready)
    return ordered


def tasks_dated(tasks: Iterable[Measure]) -> Iterator[Fault]:
    """A task with the day on which it was done is done.

    >>> road = Measure.read({"id": "road", "status": "planned", "done_on": "2023"})
    >>> [(fault.code, fault.column) for fault in tasks_dated([road])]
    [('state_contradicts', 'status')]
    """
    for task in tasks:
        if task.done_on and task.status != TaskStatus.DONE:
            yield _contradiction(task.where("status"), task.status, task.done_on)


def parts_in_order(
    projects: Iterable[Milestone | ProjectValue], elsewhere: Collection[str] | None = None
) -> Iterator[Fault]:
    """A project may be part of projects of the plan, and not of itself through others.

    `elsewhere` are projects in other tables of the plan; None, where they are not to be judged.

    >>> rows = {"base": "valley", "valley": "base", "hall": "hall port"}
    >>> steps = [Milestone.read({"project": id, "item": "start", "may_be_part_of": of})
    ...          for id, of in rows.items()]
    >>> [(fault.code, fault.params["text"]) for fault in parts_in_order(steps, ["park"])]
    [('project_part_of_itself', 'base'), ('project_part_of_itself', 'valley'), ('project_part_unknown', 'port'), ('project_part_of_itself', 'hall')]
    """  # noqa: E501
    listed = list(projects)
    wholes = named_wholes(listed)
    project_ids = {row.project for row in listed}.union(elsewhere or ())
    for row in listed:
        for whole in row.may_be_part_of:
            if elsewhere is not None and whole not in project_ids:
                yield ProjectPartUnknown(*row.where("may_be_part_of"), text=whole)
        if row.may_be_part_of and row.project in reached(row.project, wholes):
            yield ProjectPartOfItself(*row.where("may_be_part_of"), text=row.project)


def values_complete(projects: Iterable[Milestone | ProjectValue]) -> Iterator[Fault]:
    """A project's value has a period, a unit and a number.

    >>> money = ProjectValue.read({"project": "mill", "item": "money", "total": "10"})
    >>> [(fault.code, fault.column) for fault in values_complete([money])]
    [('project_value_incomplete', 'kind')]
    """
    for row in projects:
        if isinstance(row, ProjectValue):
            numbers = (row.total, row.planned_value, row.earned_value, row.actual_value)
            has_number = any(number is not None for number in numbers)
            if not (row.period and row.unit and has_number):
                yield ProjectValueIncomplete(*row.where("kind"))


def milestones_dated(projects: Iterable[Milestone | ProjectValue]) -> Iterator[Fault]:
    """The date on which a milestone was reached does not stand beside a state that denies it.

    >>> cells = {"project": "mill", "item": "start", "actual": "2023", "state": "not_done"}
    >>> [(fault.code, fault.column) for fault in milestones_dated([Milestone.read(cells)])]
    [('state_contradicts', 'state')]
    """
    fine = (MilestoneStatus.NOT_STATED, MilestoneStatus.DONE)
    for row in projects:
        if isinstance(row, Milestone) and row.actual and row.state not in fine:
            yield _contradiction(row.where("state"), row.state, row.actual)


def rungs_dated(products: Iterable[ProductRung]) -> Iterator[Fault]:
    """The date on which a rung was reached does not stand beside a state that denies it.

    >>> cells = {"product": "wheel", "rung": "volume", "reached": "2023", "state": "unknown"}
    >>> [(fault.code, fault.column) for fault in rungs_dated([ProductRung.read(cells)])]
    [('state_contradicts', 'state')]
    """
    for rung in products:
        if rung.reached and rung.state != RungStatus.REACHED:
            yield _contradiction(rung.where("state"), rung.state, rung.reached)


def _contradiction(where: tuple[str, int | None, str], state: str, when: Period) -> Fault:
    return StateContradicts(*where, state=str(state), date=str(when))
