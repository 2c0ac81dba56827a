"""What track finds as the rows of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from songhua.maths.odds import Forecast, Record
from songhua.plan.vocabulary import Basis, Nature, TargetPath
from songhua.region.observations import Figure
from songhua.results import Rows, table
from songhua.studies.track.assessment import Assessment, TestedYear
from songhua.studies.track.delivery import DepartmentCount, TaskState
from songhua.studies.track.department_reports import ReportedFigure
from songhua.studies.track.due_items import DueItem
from songhua.studies.track.estimates import TargetEstimate
from songhua.studies.track.measurement import Measurement
from songhua.studies.track.outlook import Outlook
from songhua.studies.track.probability import Odds
from songhua.studies.track.programmes import CohortState, RungState
from songhua.studies.track.project_sums import ProjectSum
from songhua.studies.track.projects import MilestoneState, ProjectState
from songhua.studies.track.report_use import ReportRow
from songhua.studies.track.rows import (
    ClassCount,
    OddsRow,
    ProjectRow,
    ReadingRow,
    TargetRow,
    TrackView,
)


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

    @property
    def years(self) -> list[TestedYear]:
        """The years that the targets were tested in."""
        return [year for one in self.targets for year in one.years]


def tables(tracking: Tracking) -> dict[str, pd.DataFrame]:
    """The tables of track by name.

    >>> from songhua.studies.track.examples import town_tracking
    >>> made = tables(town_tracking("reach 1000", "firms"))
    >>> made["targets"].at[0, "progress_class"], made["view"].at[0, "day"]
    ('in_line', '2023-06-30')
    """
    rows: dict[str, Rows] = {
        "targets": map(target_row, tracking.targets),
        "odds": [row for one in tracking.targets for row in odds_rows(one)],
        "years": tracking.years,
        "classes": class_counts(tracking.targets),
        "readings": [row for one in tracking.targets for row in reading_rows(one)],
        "measures": tracking.tasks,
        "departments": tracking.departments,
        "projects": map(project_row, tracking.projects),
        "project_sums": tracking.sums,
        "milestones": tracking.milestones,
        "products": tracking.rungs,
        "programmes": tracking.cohorts,
        "calendar": tracking.calendar,
        "reported": tracking.reports,
        "view": [TrackView(tracking.day)],
    }
    return {name: table("track", name, own) for name, own in rows.items()}


def project_row(project: ProjectState) -> ProjectRow:
    """A project with its earned value.

    >>> from songhua.plan.delivery_vocabulary import DeliveryState
    >>> from songhua.studies.track.projects import EarnedValue
    >>> mill = ProjectState("mill", 2, 1, "complete", None, DeliveryState.OPEN, 0.0,
    ...                     EarnedValue(total=100.0, actual_value=70.0), "paper")
    >>> row = project_row(mill)
    >>> row.in_place, row.next, row.next_due
    (70.0, 'complete', None)
    """
    value = project.value
    return ProjectRow(
        project=project.project, milestones=project.milestones, done=project.done,
        next=project.next, next_due=project.next_due, state=project.state,
        slip_days=project.slip_days, period=value.period, total=value.total,
        planned_value=value.planned_value, earned_value=value.earned_value,
        actual_value=value.actual_value, schedule_index=value.schedule_index,
        cost_index=value.cost_index, in_place=value.in_place, unit=value.unit,
        may_be_part_of=project.may_be_part_of, source=project.source,
    )  # fmt: skip


def target_row(one: Assessment) -> TargetRow:
    """A target with its figures, class, outlook and what was reported.

    >>> from songhua.studies.track.examples import town_assessment
    >>> row = target_row(town_assessment("reach 1000", "firms"))
    >>> row.base, row.latest, row.gap, row.required
    (500.0, 700.0, 300.0, 100.0)
    """
    target, entry = one.target, one.target.entry
    labels, judgement, measured = target.labels, one.judgement, one.measured
    row = TargetRow(
        target=entry.id, indicator=entry.indicator, region=labels.region,
        industry=labels.industry, entity=labels.entity, period=entry.period, text=entry.text,
        nature=one.nature, path=target.path, direction=target.direction, unit=target.unit,
        scheme=entry.scheme.name, goal=digits(measured.goal), owner=entry.owner,
        source=entry.source, grade=one.grade, basis=one.basis, missing=one.missing,
        position=one.position, outcome=judgement.outcome,
        progress_class=judgement.progress_class, possible=judgement.possible,
        observations=measured.ids,
    )  # fmt: skip
    if target.words.low:
        row = replace(row, asked_low=target.asked.low, asked_high=target.asked.high)
    if target.path != TargetPath.COURSE or measured.base is not None:
        accepted = measured.accepted
        row = replace(row, accepted_low=accepted.low, accepted_high=accepted.high)
    if measured.base is not None:
        row = replace(row, base=measured.base.value, base_period=measured.base.period)
    if measured.latest is not None:
        row = with_outlook(_with_latest(row, measured, measured.latest), one.outlook)
    return with_report(row, one.report) if one.report else row


def digits(value: float) -> float:
    """A number without the noise of its last digits.

    >>> digits(0.1 + 0.2)
    0.3
    """
    return float(f"{value:.12g}")


def _with_latest(row: TargetRow, measured: Measurement, latest: Figure) -> TargetRow:
    """With the latest figure and its ends, the time that had passed, the gap and the progress."""
    row = replace(
        row, latest=latest.value, latest_low=latest.bound.low, latest_high=latest.bound.high,
        latest_period=latest.period, estimate=latest.estimate, elapsed=measured.elapsed,
        gap=digits(measured.goal - latest.value),
    )  # fmt: skip
    if measured.progress is None:
        return row
    return replace(
        row, progress=digits(measured.central), progress_low=measured.progress.low,
        progress_high=measured.progress.high, lead=digits(measured.central - measured.elapsed),
    )  # fmt: skip


def with_outlook(row: TargetRow, outlook: Outlook) -> TargetRow:
    """With the pace required, those managed before and elsewhere, and the forecast.

    >>> from songhua.studies.track.examples import town_assessment
    >>> row = target_row(town_assessment("reach 1000", "firms"))
    >>> with_outlook(row, Outlook(required=0.1 + 0.2)).required
    0.3
    """
    row = replace(
        row, required=digits(outlook.required), pace_unit=outlook.unit, best=digits(outlook.best),
        worst=digits(outlook.worst), paces=outlook.paces, managed=outlook.managed,
        compared=outlook.compared, no_odds=outlook.odds.no_odds,
    )  # fmt: skip
    return _with_forecast(row, outlook.odds, outlook.forecast) if outlook.forecast else row


def _with_forecast(row: TargetRow, odds: Odds, forecast: Forecast) -> TargetRow:
    """With the recalibrated probability, its band, and what other names of the quantity say."""
    return replace(
        row, probability=digits(forecast.probability), probability_ahead=forecast.steps,
        probability_years=forecast.years, probability_own=forecast.own,
        ahead_low=digits(forecast.low), ahead_high=digits(forecast.high),
        odds_from=odds.made_from, odds_other=odds.other, odds_common=odds.common,
        odds_differ=odds.differ, probability_other=digits(odds.probability),
    )  # fmt: skip


def odds_rows(one: Assessment) -> list[OddsRow]:
    """The record of a target's odds, a row for each number of years ahead.

    >>> from songhua.studies.track.examples import town_assessment
    >>> odds_rows(town_assessment("reach 1000", "firms"))  # two years of figures have no odds
    []
    """
    forecast = one.outlook.forecast
    target = one.target.entry.id
    return [_odds_row(target, record) for record in (forecast.records if forecast else ())]


def _odds_row(target: str, record: Record) -> OddsRow:
    """A record of odds as a row."""
    came_10, came_30, came_50, came_70, came_90 = (digits(one.came) for one in record.bands)
    n_10, n_30, n_50, n_70, n_90 = (one.n for one in record.bands)
    return OddsRow(
        target, record.steps, record.origins, record.n, came_10, came_30, came_50, came_70,
        came_90, n_10, n_30, n_50, n_70, n_90, digits(record.brier), digits(record.brier_base),
    )  # fmt: skip


def with_report(row: TargetRow, reported: ReportedFigure) -> TargetRow:
    """With the last reported figure, and whose it is.

    >>> from songhua.studies.track.department_reports import read_report, reported_figure
    >>> from songhua.studies.track.examples import town_assessment
    >>> report = read_report(
    ...     {"sort": "figure", "value": "700", "unit": "count", "review": "2022",
    ...      "reporter": "Li", "received": "2023-01-10"})
    >>> row = target_row(town_assessment("reach 1000", "firms"))
    >>> row = with_report(row, ReportedFigure(reported_figure(report, "count"), report))
    >>> row.reported, row.reported_by, row.reported_on.isoformat()
    (700.0, 'Li', '2023-01-10')
    """
    figure, report = reported.figure, reported.report
    return replace(
        row, reported=figure.value, reported_low=figure.bound.low,
        reported_high=figure.bound.high, reported_period=figure.period,
        reported_by=report.reporter, reported_on=report.received_on, report=report.id,
    )  # fmt: skip


def reading_rows(one: Assessment) -> list[ReadingRow]:
    """The readings of a target that are judgements, a row each.

    >>> from songhua.studies.track.examples import town_assessment
    >>> [row.reading for row in reading_rows(town_assessment("reach about 1000", "firms"))]
    ['about_width', 'unit_as_indicator']
    """
    return [
        ReadingRow(one.target.entry.id, reading.code, reading.value, reading.unit, reading.word)
        for reading in one.readings
    ]


def class_counts(targets: Sequence[Assessment]) -> list[ClassCount]:
    """How many targets are in each class, by nature, and by what the figure rests on.

    >>> from songhua.studies.track.examples import town_assessment
    >>> class_counts([town_assessment("reach 1000", "firms")])[0].progress_class
    'in_line'
    """
    found: dict[tuple[Nature, str, str, Basis], list[str]] = {}
    for one in targets:
        scheme, named = one.target.entry.scheme.name, one.judgement.progress_class
        found.setdefault((one.nature, scheme, named, one.basis), []).append(one.target.entry.id)
    order = list(Nature)
    ranked = sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1:]))
    return [ClassCount(*key, len(ids), tuple(ids)) for key, ids in ranked]


#: The tables of track, each with the class of its rows.
TABLES: Mapping[str, type[DataclassInstance]] = {
    "targets": TargetRow,
    "odds": OddsRow,
    "years": TestedYear,
    "classes": ClassCount,
    "readings": ReadingRow,
    "measures": TaskState,
    "departments": DepartmentCount,
    "projects": ProjectRow,
    "project_sums": ProjectSum,
    "milestones": MilestoneState,
    "products": RungState,
    "programmes": CohortState,
    "calendar": DueItem,
    "reported": ReportRow,
    "view": TrackView,
    "estimates": TargetEstimate,
}
