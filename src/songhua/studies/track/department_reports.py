"""Reports of departments: beside the published figures, and never among them.

The newest answer on a thing counts, older ones stay in the table. A reported figure stands for a
target only where nothing is published, and the target says so. The state of a task or milestone
is that of the newest word on it, be it the plan's row or a report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from songhua.labels import Period, Unit, parse_period, parse_unit
from songhua.labels.periods import parse_when
from songhua.maths.wording import from_print
from songhua.plan import Measure, Milestone
from songhua.plan.delivery_vocabulary import (
    MilestoneStatus,
    ReportSort,
    ReportState,
    TaskStatus,
)
from songhua.plan.vocabulary import Qualifier
from songhua.region import Region
from songhua.region.newest import Answer, answers
from songhua.region.observations import Figure, sure_ends, tidy
from songhua.studies.track.resolved_targets import ResolvedTarget
from songhua.studies.track.target_series import Series, SeriesLabels, scale_to, scaled

MILESTONE_STATUS = {
    ReportState.DONE: MilestoneStatus.DONE,
    ReportState.PLANNED: MilestoneStatus.NOT_DONE,
    ReportState.UNDER_WAY: MilestoneStatus.NOT_DONE,
    ReportState.STOPPED: MilestoneStatus.STOPPED,
}
UNLABELLED = SeriesLabels("", "")
E = TypeVar("E", Measure, Milestone)


@dataclass(frozen=True)
class Subject:
    """Subject of a report: a series in a period, a task, or a milestone of a project."""

    sort: ReportSort
    indicator: str = ""
    labels: SeriesLabels = UNLABELLED
    item: str = ""
    period: Period | None = None


@dataclass(frozen=True)
class Report:
    """An answer of a department, and its cells as values."""

    answer: Answer
    subject: Subject
    review: Period
    unit: Unit | None
    qualifier: Qualifier
    state: ReportState
    done_on: Period | None

    @property
    def id(self) -> str:
        """Its file and row."""
        return f"{self.answer.file}:{self.answer.row}"

    @property
    def sort(self) -> ReportSort:
        """The sort of its subject: a figure, or the state of a task or a milestone."""
        return self.subject.sort

    @property
    def received_on(self) -> date:
        """The day it came."""
        return date.fromisoformat(self.answer.received[:10])


def read_report(row: Answer) -> Report:
    """A report from a row of `region.reviews`.

    >>> row = Answer(sort="task", item="road", state="done", done_on="2023-05",
    ...              review="2023", reporter="Li", received="2024-01-10T09:00:00Z")
    >>> report = read_report(row)
    >>> report.subject.item, str(report.done_on), report.received_on
    ('road', '2023-05', datetime.date(2024, 1, 10))
    """
    review, sort = parse_period(row.review), ReportSort(row.sort)
    labels = SeriesLabels(row.region, row.industry, row.entity, row.vintage, row.scope)
    of_period = review if sort == ReportSort.FIGURE else None
    return Report(
        row,
        Subject(sort, row.indicator, labels, row.item, of_period),
        review,
        parse_unit(row.unit) if row.unit else None,
        Qualifier(row.qualifier),
        ReportState(row.state),
        parse_when(row.done_on) if row.done_on else None,
    )


@dataclass(frozen=True)
class LastWord(Generic[E]):
    """A task or a milestone by its last report, or by the plan's row."""

    entry: E
    report: Report | None = None

    @property
    def reported_by(self) -> str:
        """The reporter of the state; blank where the plan's row is the last word."""
        return self.report.answer.reporter if self.report else ""

    @property
    def reported_on(self) -> date | None:
        """The day that report came."""
        return self.report.received_on if self.report else None


@dataclass(frozen=True)
class Reports:
    """All answers of the departments, the newest first."""

    rows: tuple[Report, ...]

    @classmethod
    def of(cls, region: Region) -> Reports:
        """The reports that a region holds."""
        return cls(tuple(map(read_report, reversed(answers(region.reviews, region.code)))))

    @cached_property
    def newest(self) -> dict[Subject, Report]:
        """The newest answer on each subject: of a figure for each period of its own."""
        by_subject: dict[Subject, Report] = {}
        for report in self.rows:
            by_subject.setdefault(report.subject, report)
        return by_subject

    @cached_property
    def by_id(self) -> dict[str, Report]:
        """The reports by file and row."""
        return {report.id: report for report in self.rows}

    def figures(self, target: ResolvedTarget) -> list[Figure]:
        """The newest reported figures of a target's series within its time, in its unit."""
        figures = [
            reported_figure(report, target.unit)
            for report in self.newest.values()
            if _speaks_of(report, target)
        ]
        return sorted(figures, key=lambda figure: (figure.end, figure.start))

    def measure(self, entry: Measure) -> LastWord[Measure]:
        """A task as last told of.

        >>> row = Answer(sort="task", item="road", state="done", done_on="2023-05",
        ...              review="2023", reporter="Li", received="2024-01-10")
        >>> road = Measure.read({"id": "road", "status": "under_way", "recorded": "2023-01-01"})
        >>> word = Reports((read_report(row),)).measure(road)
        >>> word.entry.status, str(word.entry.done_on), word.reported_by
        ('done', '2023-05', 'Li')
        """
        report = self._newer(Subject(ReportSort.TASK, item=entry.id), entry.recorded)
        if report is None:
            return LastWord(entry)
        status = TaskStatus(report.state or TaskStatus.UNKNOWN)
        evidence = report.answer.evidence
        updated = replace(entry, status=status, done_on=report.done_on, evidence=evidence)
        return LastWord(updated, report)

    def milestone(self, entry: Milestone) -> LastWord[Milestone]:
        """A milestone as last told of."""
        labels = SeriesLabels("", "", entry.project)
        subject = Subject(ReportSort.MILESTONE, labels=labels, item=entry.item)
        report = self._newer(subject, entry.recorded)
        if report is None:
            return LastWord(entry)
        status = MILESTONE_STATUS.get(report.state, MilestoneStatus.UNKNOWN)
        return LastWord(replace(entry, state=status, actual=report.done_on), report)

    def _newer(self, subject: Subject, recorded: date | None) -> Report | None:
        """The report on a subject that is not older than the plan's row, if there is one."""
        report = self.newest.get(subject)
        if report is None or (recorded is not None and report.received_on < recorded):
            return None
        return report


def _speaks_of(report: Report, target: ResolvedTarget) -> bool:
    """True where a report gives a figure of a target's series within its time."""
    subject, labels = report.subject, target.labels
    if subject.sort != ReportSort.FIGURE or subject.indicator != target.indicator:
        return False
    same = full_labels(subject.labels, labels.region) == labels
    return same and target.start < report.review.end <= target.period.end


def full_labels(labels: SeriesLabels, home: str) -> SeriesLabels:
    """The labels of a report: a blank place is `home`, a blank industry the whole economy.

    >>> full_labels(SeriesLabels("", ""), "rivertown")
    SeriesLabels(region='rivertown', industry='all', entity='', vintage='', scope='')
    """
    return replace(labels, region=labels.region or home, industry=labels.industry or "all")


def reported_figure(report: Report, unit: str) -> Figure:
    """A reported number in a unit, with its rounding bound.

    >>> row = Answer(sort="figure", indicator="jobs", value="46000", unit="persons",
    ...              review="2023", received="2024-01-10")
    >>> reported_figure(read_report(row), "10k persons").value
    4.6
    """
    report_unit = report.unit or parse_unit(unit)
    scale = scale_to(unit, report_unit.text)
    number = report.answer.value
    exact = report_unit.counted and "." not in number
    printed = from_print(number, report.qualifier, exact, unit=report_unit)
    value, bound = tidy(float(number) * scale), scaled(printed, scale)
    sure = sure_ends(value, bound, report.qualifier, f"{number} {report_unit}")
    whole = exact and not report.qualifier
    return Figure(value, bound, sure, report.review, (report.id,), whole)


def series_with_reports(
    series: Series, reported: Sequence[Figure], target: ResolvedTarget
) -> Series:
    """The published figures up to the base, and of the target's own time those reported.

    >>> from songhua.studies.track.examples import town_target
    >>> published, reported = (Series.of({year: 1.0}) for year in ("2020", "2023"))
    >>> target = town_target("reach 1000", "firms")
    >>> [str(f.period) for f in series_with_reports(published, reported.figures, target).figures]
    ['2020', '2023']
    """
    base = [figure for figure in series.figures if figure.end <= target.start]
    return Series(tuple(sorted([*base, *reported], key=lambda f: (f.end, f.start))))
