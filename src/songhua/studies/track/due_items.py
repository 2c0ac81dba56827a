"""Everything of the plan with a date, in order of the day it is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from songhua.plan.delivery_vocabulary import DeliveryState, DueKind
from songhua.plan.vocabulary import Nature
from songhua.results.columns import Column, EntityId, Tag, TargetId, choice, label
from songhua.studies.track.assessment import Assessment
from songhua.studies.track.delivery import TaskState
from songhua.studies.track.programmes import CohortState
from songhua.studies.track.projects import MilestoneState


@dataclass(frozen=True)
class DueItem:
    """An item with a due day: the columns of track's table `calendar`.

    One of `target`, `measure` and `entity` (a project or a programme) says which; `item` is the
    milestone of a project, or what is counted of a programme. A target has a class, the others
    have a state.
    """

    due: date
    what: Annotated[DueKind, choice("due_what")]
    target: TargetId = ""
    measure: Annotated[str, label("measures")] = ""
    entity: EntityId = ""
    item: Annotated[
        str,
        Column(
            "",
            "label",
            of_in="what",
            of_each=(("milestone", "milestones"), ("money", "programme_measure")),
            within="entity",
        ),
    ] = ""
    owner: Tag = ""
    progress_class: Annotated[str, choice("target_class")] = ""
    state: DeliveryState | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """By day, then by kind, then by name."""
        which = self.target or self.measure or self.entity
        return (self.due.isoformat(), self.what, which, self.item)


def due_items(
    targets: Sequence[Assessment],
    tasks: Sequence[TaskState],
    steps: Sequence[MilestoneState],
    cohorts: Sequence[CohortState],
) -> list[DueItem]:
    """Targets at the end of their time, tasks, milestones, and money and certificates owed.

    >>> from songhua.studies.track.delivery import task_states
    >>> from songhua.studies.track.department_reports import LastWord
    >>> from songhua.studies.track.examples import town
    >>> from songhua.plan import Measure
    >>> road = Measure.read({"id": "road", "due": "2024", "status": "planned", "source": "paper"})
    >>> tasks = task_states([LastWord(road)], town()[0], date(2023, 6, 30))
    >>> [(item.due.isoformat(), item.measure, item.state) for item in due_items([], tasks, [], [])]
    [('2024-12-31', 'road', 'open')]
    """
    items = [*_of_targets(targets), *_of_works(tasks, steps, cohorts)]
    return sorted(items, key=lambda item: item.order)


def _of_targets(targets: Sequence[Assessment]) -> Iterator[DueItem]:
    """Targets at the end of their time; nothing is due of an expectation."""
    for row in (of.row for of in targets if of.row.nature != Nature.EXPECTATION):
        yield DueItem(
            row.period.end,
            DueKind.TARGET,
            target=row.target,
            owner=row.owner,
            progress_class=row.progress_class,
        )


def _of_works(
    tasks: Sequence[TaskState], steps: Sequence[MilestoneState], cohorts: Sequence[CohortState]
) -> Iterator[DueItem]:
    for task in tasks:
        if task.due is not None:
            yield DueItem(
                task.due.end,
                DueKind.MEASURE,
                measure=task.measure,
                owner=task.lead,
                state=task.state,
            )
    for step in steps:
        if step.planned is not None:
            yield DueItem(
                step.planned.end,
                DueKind.MILESTONE,
                entity=step.project,
                item=step.item,
                state=step.state,
            )
    for cohort in cohorts:
        if cohort.due is not None:
            yield DueItem(
                cohort.due.end,
                DueKind.MONEY,
                entity=cohort.programme,
                item=cohort.measure,
                state=cohort.state,
            )
