"""Findings of track: targets behind, without figures or by judgement, works late, reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from songhua.labels import Period
from songhua.plan.asked import due_within
from songhua.plan.delivery_vocabulary import DeliveryState, ReportUse
from songhua.plan.project_parts import possible_parts
from songhua.plan.schemes import NO_DATA, classes
from songhua.plan.vocabulary import Basis, Nature
from songhua.results import Finding
from songhua.studies.track.assessment import Assessment
from songhua.studies.track.finding_kinds import (
    MeasuresLate,
    MeasuresNoReport,
    MilestonesLate,
    MilestonesNoReport,
    OutlookNoBetter,
    ProjectPossiblePart,
    ReportDiffers,
    TargetsBehind,
    TargetsByReport,
    TargetsInferred,
    TargetsNotAssessable,
    TargetsReadByJudgement,
)
from songhua.studies.track.projects import ProjectState
from songhua.studies.track.report_use import ReportRow
from songhua.studies.track.tables import Tracking


def findings(tracking: Tracking, place: str = "", span: Period | None = None) -> Iterator[Finding]:
    """Lagging targets first, by nature; then those that cannot be assessed, and late works.

    Those of the `place` in the plan's `span` are counted apart from those of other places or plans.

    >>> from songhua.studies.track.examples import town_tracking
    >>> [finding.code for finding in findings(town_tracking("reach 2000", "firms"))]
    ['targets_behind', 'targets_read_by_judgement']
    """
    yield from _behind(tracking.targets, place, span)
    yield from _unassessed(tracking.targets)
    if tracking.inferred:
        names = tuple(row.target for row in tracking.inferred)
        yield TargetsInferred(n=len(names), targets=names)
    yield from _judgements(tracking.targets)
    yield from _no_better_than_the_rate(tracking.targets)
    yield from _overdue(tracking)
    yield from _possible_parts(tracking.projects)
    yield from _reported(tracking)


def _behind(targets: Sequence[Assessment], place: str, span: Period | None) -> Iterator[Finding]:
    """Targets that lag or were missed, the binding ones first, the region's own before others."""
    for nature, own in product(Nature, (True, False)):
        lagging = [
            assessment
            for assessment in targets
            if (row := assessment.row).nature == nature
            and classes()[row.progress_class].behind
            and (place in ("", row.region) and due_within(span, row.period)) == own
        ]
        if lagging:
            yield TargetsBehind(
                nature=nature,
                plan_period=span if own else None,
                elsewhere=None if own else len(lagging),
                n=len(lagging),
                targets=_ids(lagging),
                observations=_observations(lagging),
            )


def _unassessed(targets: Sequence[Assessment]) -> Iterator[Finding]:
    """Targets that could not be classed, by the reason."""
    blank = [assessment for assessment in targets if assessment.row.progress_class == NO_DATA]
    for missing in sorted({assessment.row.missing for assessment in blank}):
        unclassed = [assessment for assessment in blank if assessment.row.missing == missing]
        yield TargetsNotAssessable(
            missing=missing,
            n=len(unclassed),
            targets=_ids(unclassed),
            observations=_observations(unclassed),
        )


def _judgements(targets: Sequence[Assessment]) -> Iterator[Finding]:
    """The number of targets that rest on a reading that is a judgement."""
    aims = [target for target in targets if target.row.nature != Nature.EXPECTATION]
    read = sum(bool(assessment.readings) for assessment in aims)
    if read:
        yield TargetsReadByJudgement(n=read, of=len(aims))


def _no_better_than_the_rate(targets: Sequence[Assessment]) -> Iterator[Finding]:
    """Targets whose odds did no better than the past frequency of such a pace."""
    weak = [assessment for assessment in targets if _weak(assessment)]
    if weak:
        yield OutlookNoBetter(n=len(weak), targets=_ids(weak))


def _weak(assessment: Assessment) -> bool:
    records = (
        record for record in assessment.odds if record.ahead == assessment.row.probability_ahead
    )
    return any(record.brier >= record.brier_base for record in records)


def _overdue(tracking: Tracking) -> Iterator[Finding]:
    """Tasks and milestones that are due and not known to be done."""
    tasks = {DeliveryState.LATE: MeasuresLate, DeliveryState.NO_REPORT: MeasuresNoReport}
    for state, kind in tasks.items():
        late = [task.measure for task in tracking.tasks if task.state == state]
        if late:
            yield kind(n=len(late), tasks=tuple(dict.fromkeys(late)), day=tracking.day)
    steps = {DeliveryState.LATE: MilestonesLate, DeliveryState.NO_REPORT: MilestonesNoReport}
    for state, kind in steps.items():
        late = [step.project for step in tracking.milestones if step.state == state]
        if late:
            yield kind(n=len(late), projects=tuple(dict.fromkeys(late)), day=tracking.day)


def _possible_parts(projects: Sequence[ProjectState]) -> Iterator[Finding]:
    """Projects that may be part of others, and how many there then are."""
    wholes = {
        project.project: project.may_be_part_of for project in projects if project.may_be_part_of
    }
    parts = possible_parts(wholes, [project.project for project in projects])
    n = len(projects)
    for part in parts:
        yield ProjectPossiblePart(entity=part, entities=wholes[part], n=n, least=n - len(parts))


def _reported(tracking: Tracking) -> Iterator[Finding]:
    """Reports that stand where nothing is published, and those that contradict published ones."""
    alone = [
        assessment for assessment in tracking.targets if assessment.row.basis == Basis.REPORTED
    ]
    if alone:
        yield TargetsByReport(n=len(alone), targets=_ids(alone))
    for row in tracking.reports:
        if row.use == ReportUse.DIFFERS:
            yield _differs(row)


def _differs(row: ReportRow) -> ReportDiffers:
    return ReportDiffers(
        indicator=row.indicator,
        period=row.period,
        reporter=row.reporter,
        department=row.department,
        unit=row.unit,
        value=row.value.value,
        actual=row.published,
        received=row.received[:10],
        observations=row.observations,
    )


def _ids(targets: Iterable[Assessment]) -> tuple[str, ...]:
    return tuple(assessment.row.target for assessment in targets)


def _observations(targets: Iterable[Assessment]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for assessment in targets for id in assessment.row.observations))
