"""The rows of track as the tables of its schema: the one place where values become cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date

import pandas as pd

from songhua import schema
from songhua.labels import Period
from songhua.maths.forecast import Forecast
from songhua.plan.vocabulary import Nature, TargetPath
from songhua.results import table
from songhua.studies.observations import Figure
from songhua.studies.track.assessment import Assessment, TestedYear
from songhua.studies.track.delivery import DepartmentCount, TaskState
from songhua.studies.track.department_reports import ReportedFigure
from songhua.studies.track.due_items import DueItem
from songhua.studies.track.measurement import Measurement
from songhua.studies.track.outlook import Outlook
from songhua.studies.track.programmes import CohortState, RungState
from songhua.studies.track.projects import MilestoneState, ProjectState
from songhua.studies.track.report_use import ReportRow

Cells = Mapping[str, object]


@dataclass(frozen=True)
class Tracking:
    """All that track finds of a plan, as values."""

    day: date
    targets: Sequence[Assessment]
    tasks: Sequence[TaskState]
    departments: Sequence[DepartmentCount]
    projects: Sequence[ProjectState]
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
    rows: dict[str, Iterable[Cells]] = {
        "targets": map(target_cells, tracking.targets),
        "years": map(plain_cells, tracking.years),
        "classes": class_counts(tracking.targets),
        "readings": [cells for one in tracking.targets for cells in reading_cells(one)],
        "measures": map(plain_cells, tracking.tasks),
        "departments": (
            {**plain_cells(count), "other": count.other} for count in tracking.departments
        ),
        "projects": map(project_cells, tracking.projects),
        "milestones": map(plain_cells, tracking.milestones),
        "products": map(plain_cells, tracking.rungs),
        "programmes": map(plain_cells, tracking.cohorts),
        "calendar": map(plain_cells, tracking.calendar),
        "reported": map(plain_cells, tracking.reports),
        "view": [{"day": cell(tracking.day)}],
    }
    return {name: _table(name, list(cells)) for name, cells in rows.items()}


def _table(name: str, rows: Sequence[Cells]) -> pd.DataFrame:
    """A table; a cell that has no column is a mistake, and said to be one."""
    known = set(schema.results("track")[name].names)
    unknown = {column for row in rows for column in row} - known
    if unknown:
        raise KeyError(f"track.{name}: {', '.join(sorted(unknown))}")
    return table("track", name, rows)


def cell(value: object) -> object:
    """A value as a result table holds it; numbers stay numbers, and None is left blank.

    >>> from songhua.labels import parse_period
    >>> cell(parse_period("2021-01..2021-06")), cell(("a", "b")), cell(date(2024, 7, 1)), cell(None)
    ('2021-H1', 'a b', '2024-07-01', '')
    """
    match value:
        case None:
            return ""
        case tuple():
            return " ".join(dict.fromkeys(map(str, value)))
        case date():
            return value.isoformat()
        case Period() | str():
            return str(value)
    return value


def plain_cells(row: object) -> Cells:
    """The cells of a row whose fields are the columns of its table.

    >>> from songhua.plan.delivery_vocabulary import DueKind
    >>> plain_cells(DueItem(date(2024, 12, 31), DueKind.MEASURE, measure="road"))["due"]
    '2024-12-31'
    """
    assert is_dataclass(row)
    return {one.name: cell(getattr(row, one.name)) for one in fields(row)}


def project_cells(project: ProjectState) -> Cells:
    """A project with its earned value.

    >>> from songhua.plan.delivery_vocabulary import DeliveryState
    >>> from songhua.studies.track.projects import EarnedValue
    >>> mill = ProjectState("mill", 2, 1, "complete", None, DeliveryState.OPEN, 0.0,
    ...                     EarnedValue(total=100.0, actual_value=70.0), "paper")
    >>> cells = project_cells(mill)
    >>> cells["in_place"], cells["next"], cells["next_due"]
    (70.0, 'complete', '')
    """
    cells = dict(plain_cells(project))
    value = project.value
    del cells["value"]
    return {
        **cells, **plain_cells(value), "schedule_index": value.schedule_index,
        "cost_index": value.cost_index, "in_place": value.in_place,
    }  # fmt: skip


def target_cells(one: Assessment) -> Cells:
    """A target with its figures, class, outlook and what was reported.

    >>> from songhua.studies.track.examples import town_assessment
    >>> cells = target_cells(town_assessment("reach 1000", "firms"))
    >>> cells["base"], cells["latest"], cells["gap"], cells["required"]
    (500.0, 700.0, 300.0, 100.0)
    """
    target, entry = one.target, one.target.entry
    labels, judgement, measured = target.labels, one.judgement, one.measured
    cells: dict[str, object] = {
        "target": entry.id, "indicator": entry.indicator, "region": labels.region,
        "industry": labels.industry, "entity": labels.entity, "period": cell(entry.period),
        "text": entry.text, "nature": cell(one.nature), "path": cell(target.path),
        "direction": cell(target.direction), "unit": target.unit, "scheme": entry.scheme.name,
        "goal": digits(measured.goal), "owner": entry.owner, "source": entry.source,
        "grade": one.grade, "basis": cell(one.basis), "missing": cell(one.missing),
        "position": cell(one.position), "outcome": cell(judgement.outcome),
        "progress_class": judgement.progress_class, "possible": cell(judgement.possible),
        "observations": cell(measured.ids),
    }  # fmt: skip
    if target.words.low:
        cells |= {"asked_low": target.asked.low, "asked_high": target.asked.high}
    if target.path != TargetPath.COURSE or measured.base is not None:
        accepted = measured.accepted
        cells |= {"accepted_low": accepted.low, "accepted_high": accepted.high}
    if measured.base is not None:
        cells |= {"base": measured.base.value, "base_period": cell(measured.base.period)}
    if measured.latest is not None:
        cells |= {**_latest_cells(measured, measured.latest), **outlook_cells(one.outlook)}
    return cells | (report_cells(one.report) if one.report else {})


def digits(value: float) -> float:
    """A number without the noise of its last digits.

    >>> digits(0.1 + 0.2)
    0.3
    """
    return float(f"{value:.12g}")


def _latest_cells(measured: Measurement, latest: Figure) -> dict[str, object]:
    """The latest figure with its ends, how much time had passed, the gap and the progress."""
    cells: dict[str, object] = {
        "latest": latest.value, "latest_low": latest.bound.low, "latest_high": latest.bound.high,
        "latest_period": cell(latest.period), "estimate": latest.estimate,
        "elapsed": measured.elapsed, "gap": digits(measured.goal - latest.value),
    }  # fmt: skip
    if measured.progress is None:
        return cells
    lead = digits(measured.central - measured.elapsed)
    return cells | {
        "progress": digits(measured.central), "progress_low": measured.progress.low,
        "progress_high": measured.progress.high, "lead": lead,
    }  # fmt: skip


def outlook_cells(outlook: Outlook) -> dict[str, object]:
    """The pace required, those managed before and elsewhere, and the forecast with its record.

    >>> outlook_cells(Outlook(required=0.1 + 0.2))["required"]
    0.3
    """
    cells: dict[str, object] = {
        "required": digits(outlook.required), "pace_unit": cell(outlook.unit),
        "best": digits(outlook.best), "worst": digits(outlook.worst), "paces": outlook.paces,
        "managed": outlook.managed, "compared": outlook.compared,
    }  # fmt: skip
    return cells | (_forecast_cells(outlook.forecast) if outlook.forecast else {})


def _forecast_cells(forecast: Forecast) -> dict[str, object]:
    record = forecast.record
    return {
        "probability": forecast.probability, "probability_years": forecast.years,
        "ahead_low": digits(forecast.low), "ahead_high": digits(forecast.high),
        "record_n": record.n, "record_inside": digits(record.inside),
        "record_pinball": digits(record.pinball),
        "record_pinball_naive": digits(record.pinball_naive),
        "record_brier": digits(record.brier), "record_brier_naive": digits(record.brier_naive),
    }  # fmt: skip


def report_cells(reported: ReportedFigure) -> dict[str, object]:
    """The last reported figure of a target, and whose it is.

    >>> from songhua.studies.track.department_reports import read_report, reported_figure
    >>> row = {"sort": "figure", "value": "700", "unit": "count", "review": "2022",
    ...        "reporter": "Li", "received": "2023-01-10"}
    >>> report = read_report(row)
    >>> cells = report_cells(ReportedFigure(reported_figure(report, "count"), report))
    >>> cells["reported"], cells["reported_by"], cells["reported_on"]
    (700.0, 'Li', '2023-01-10')
    """
    figure, report = reported.figure, reported.report
    return {
        "reported": figure.value, "reported_low": figure.bound.low,
        "reported_high": figure.bound.high, "reported_period": cell(figure.period),
        "reported_by": report.reporter, "reported_on": cell(report.received_on),
        "report": report.id,
    }  # fmt: skip


def reading_cells(one: Assessment) -> list[Cells]:
    """The readings of a target that are judgements, a row each.

    >>> from songhua.studies.track.examples import town_assessment
    >>> [cells["reading"] for cells in reading_cells(town_assessment("reach about 1000", "firms"))]
    ['about_width', 'unit_as_indicator']
    """
    return [
        {
            "target": one.target.entry.id, "reading": cell(reading.code), "value": reading.value,
            "unit": reading.unit, "word": cell(reading.word),
        }
        for reading in one.readings
    ]  # fmt: skip


def class_counts(targets: Sequence[Assessment]) -> list[Cells]:
    """How many targets are in each class, by nature, and by what the figure rests on.

    >>> from songhua.studies.track.examples import town_assessment
    >>> class_counts([town_assessment("reach 1000", "firms")])[0]["progress_class"]
    'in_line'
    """
    found: dict[tuple[Nature, str, str, str], list[str]] = {}
    for one in targets:
        scheme, named = one.target.entry.scheme.name, one.judgement.progress_class
        key = (one.nature, scheme, named, str(one.basis))
        found.setdefault(key, []).append(one.target.entry.id)
    order = list(Nature)
    ranked = sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1:]))
    return [
        {
            "nature": cell(nature), "scheme": scheme, "progress_class": named, "basis": basis,
            "n": len(ids), "list": " ".join(ids),
        }
        for (nature, scheme, named, basis), ids in ranked
    ]  # fmt: skip
