"""Tables of track: their rows by name, and counts by class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from songhua.plan.vocabulary import Basis, Nature
from songhua.results import Rows, table
from songhua.studies.track.assessment import Assessment
from songhua.studies.track.delivery import DepartmentCount, TaskState
from songhua.studies.track.due_items import DueItem
from songhua.studies.track.estimates import TargetEstimate
from songhua.studies.track.inferences import TargetInference
from songhua.studies.track.programmes import CohortState, RungState
from songhua.studies.track.project_sums import ProjectSum
from songhua.studies.track.projects import MilestoneState, ProjectState
from songhua.studies.track.readings import Reading
from songhua.studies.track.report_use import ReportRow
from songhua.studies.track.rows import ClassCount, OddsRow, TargetRow, TestedYear, TrackView

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True)
class Tracking:
    """All that track finds of a plan, as values."""

    day: date
    targets: Sequence[Assessment]
    tasks: Sequence[TaskState]
    departments: Sequence[DepartmentCount]
    projects: Sequence[ProjectState]
    sums: Sequence[ProjectSum]
    milestones: Sequence[MilestoneState]
    rungs: Sequence[RungState]
    cohorts: Sequence[CohortState]
    calendar: Sequence[DueItem]
    reports: Sequence[ReportRow]
    inferred: Sequence[TargetInference]


def tables(tracking: Tracking) -> dict[str, pd.DataFrame]:
    """The tables of track by name.

    >>> from songhua.studies.track.examples import town_tracking
    >>> result = tables(town_tracking("reach 1000", "firms"))
    >>> result["targets"].at[0, "progress_class"], result["view"].at[0, "day"]
    ('in_line', '2023-06-30')
    """
    rows: dict[str, Rows] = {
        "targets": [assessment.row for assessment in tracking.targets],
        "odds": [row for assessment in tracking.targets for row in assessment.odds],
        "years": [row for assessment in tracking.targets for row in assessment.years],
        "classes": class_counts(tracking.targets),
        "readings": [row for assessment in tracking.targets for row in assessment.readings],
        "measures": tracking.tasks,
        "departments": tracking.departments,
        "projects": tracking.projects,
        "project_sums": tracking.sums,
        "milestones": tracking.milestones,
        "products": tracking.rungs,
        "programmes": tracking.cohorts,
        "calendar": tracking.calendar,
        "reported": tracking.reports,
        "inferred": tracking.inferred,
        "view": [TrackView(tracking.day)],
    }
    return {name: table("track", name, entries) for name, entries in rows.items()}


def class_counts(targets: Sequence[Assessment]) -> list[ClassCount]:
    """Counts of targets in each class, by nature and by the basis of the figure.

    >>> from songhua.studies.track.examples import town_assessment
    >>> class_counts([town_assessment("reach 1000", "firms")])[0].progress_class
    'in_line'
    """
    by_class: dict[tuple[Nature, str, str, Basis], list[str]] = {}
    for row in (assessment.row for assessment in targets):
        key = row.nature, row.scheme, row.progress_class, row.basis
        by_class.setdefault(key, []).append(row.target)
    order = list(Nature)
    ranked = sorted(by_class.items(), key=lambda item: (order.index(item[0][0]), item[0][1:]))
    return [ClassCount(*key, len(ids), tuple(ids)) for key, ids in ranked]


#: The tables of track, each with the class of its rows.
TABLES: Mapping[str, type[DataclassInstance]] = {
    "targets": TargetRow,
    "odds": OddsRow,
    "years": TestedYear,
    "classes": ClassCount,
    "readings": Reading,
    "measures": TaskState,
    "departments": DepartmentCount,
    "projects": ProjectState,
    "project_sums": ProjectSum,
    "milestones": MilestoneState,
    "products": RungState,
    "programmes": CohortState,
    "calendar": DueItem,
    "reported": ReportRow,
    "inferred": TargetInference,
    "view": TrackView,
    "estimates": TargetEstimate,
}
