"""Use of each report: it counts, is older, or agrees with the published figure or not."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from songhua.labels import Period
from songhua.plan import Plan
from songhua.plan.delivery_vocabulary import ReportSort, ReportState, ReportUse
from songhua.plan.vocabulary import Qualifier
from songhua.region.observations import Figure
from songhua.results.columns import (
    Citations,
    Column,
    EntityId,
    Estimate,
    IndicatorId,
    IndustryId,
    InUnit,
    PlaceId,
    Tag,
    UnitName,
    choice,
    estimate,
    tag,
)
from songhua.studies.series import Figures
from songhua.studies.track.department_reports import (
    Report,
    Reports,
    full_labels,
    reported_figure,
)
from songhua.studies.track.target_series import series_of


@dataclass(frozen=True)
class ReportRow:
    """A report with its use: the columns of track's table `reported`."""

    sort: Annotated[ReportSort, choice("review_sort")]
    department: Annotated[str, tag(blank="not_said")]
    reporter: str
    received: str
    period: Period
    indicator: IndicatorId
    region: PlaceId
    industry: IndustryId
    entity: EntityId
    vintage: Tag
    scope: Tag
    item: Annotated[
        str,
        Column(
            "",
            "label",
            of_in="sort",
            of_each=(("task", "measures"), ("milestone", "milestones")),
            within="entity",
        ),
    ]
    value: Annotated[Estimate, estimate(kind="bound", unit_in="unit", qualifier="qualifier")]
    unit: UnitName
    qualifier: Qualifier
    kind: Annotated[str, choice("kind")]
    state: Annotated[ReportState, choice("review_state")]
    done_on: Period | None
    evidence: str
    note: str
    published: InUnit
    use: ReportUse
    observations: Citations
    report: str


def report_rows(figures: Figures, reports: Reports, plan: Plan) -> Iterator[ReportRow]:
    """A row a report, the newest first.

    >>> from songhua.region.newest import Answer
    >>> from songhua.studies.track.department_reports import read_report
    >>> from songhua.studies.track.examples import town, town_figures
    >>> row = Answer(sort="figure", indicator="firms", value="700", unit="count",
    ...              review="2022", received="2023-01-10")
    >>> rows = report_rows(town_figures(), Reports((read_report(row),)), town()[1])
    >>> [(row.value.value, row.published, row.use) for row in rows]
    [(700.0, 700.0, 'agrees')]
    """
    for report in reports.rows:
        if report.sort == ReportSort.FIGURE:
            yield _figure_row(report, figures, reports)
        else:
            yield _row(report, _state_use(report, reports, plan))


def _row(
    report: Report, use: ReportUse, figure: Figure | None = None, public: Figure | None = None
) -> ReportRow:
    """The row of a report, with its number and the one that is published."""
    subject = report.subject
    labels, none = subject.labels, Estimate(kind="bound")
    return ReportRow(
        subject.sort,
        report.answer.department,
        report.answer.reporter,
        report.answer.received,
        report.review,
        subject.indicator,
        labels.region,
        labels.industry,
        labels.entity,
        labels.vintage,
        labels.scope,
        subject.item,
        value=Estimate.of(figure.value, figure.bound) if figure else none,
        unit=report.unit.text if report.unit else "",
        qualifier=report.qualifier,
        kind=report.answer.kind,
        state=report.state,
        done_on=report.done_on,
        evidence=report.answer.evidence,
        note=report.answer.note,
        published=public.value if public else math.nan,
        use=use,
        observations=public.ids if public else (),
        report=report.id,
    )


def _figure_row(report: Report, figures: Figures, reports: Reports) -> ReportRow:
    """A reported figure beside the one published for the same period."""
    subject, unit = report.subject, report.unit.text if report.unit else ""
    reported, labels = (
        reported_figure(report, unit),
        full_labels(subject.labels, figures.region.code),
    )
    public = series_of(figures, subject.indicator, labels, unit).at(report.review)
    if reports.newest[subject] is not report:
        use = ReportUse.OLDER
    elif public is None:
        use = ReportUse.ALONE
    else:
        same = public.bound.overlaps(reported.bound)
        use = ReportUse.AGREES if same else ReportUse.DIFFERS
    return _row(report, use, reported, public)


def _state_use(report: Report, reports: Reports, plan: Plan) -> ReportUse:
    """The use of a report on a task or a milestone."""
    subject = report.subject
    if reports.newest[subject] is not report:
        return ReportUse.OLDER
    if report.sort == ReportSort.TASK:
        words = [reports.measure(task) for task in plan.measures if task.id == subject.item]
    else:
        about = (subject.labels.entity, subject.item)
        steps = [step for step in plan.milestones if (step.project, step.item) == about]
        words = [reports.milestone(step) for step in steps]
    if not words:
        return ReportUse.GONE
    counts = any(word.report is report for word in words)
    return ReportUse.COUNTS if counts else ReportUse.OVERTAKEN
