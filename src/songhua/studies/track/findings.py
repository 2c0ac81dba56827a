"""What a reader of the tracking must know, as findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
    TargetsNameAnother,
    TargetsNotAssessable,
    TargetsReadByJudgement,
)
from songhua.studies.track.projects import ProjectState
from songhua.studies.track.report_use import ReportRow
from songhua.studies.track.tables import Tracking


def findings(tracking: Tracking) -> Iterator[Finding]:
    """Lagging targets first, by nature; then what cannot be assessed, and what is late.

    >>> from songhua.studies.track.examples import town_tracking
    >>> [found.code for found in findings(town_tracking("reach 2000", "firms"))]
    ['targets_behind', 'targets_read_by_judgement']
    """
    yield from _named_otherwise(tracking.targets)
    yield from _behind(tracking.targets)
    yield from _unassessed(tracking.targets)
    yield from _judgements(tracking.targets)
    yield from _no_better_than_the_rate(tracking.targets)
    yield from _overdue(tracking)
    yield from _possible_parts(tracking.projects)
    yield from _reported(tracking)


def _named_otherwise(targets: Sequence[Assessment]) -> Iterator[Finding]:
    """Targets whose words name something else than the indicator of their row."""
    other = [one for one in targets if one.target.named_otherwise]
    if other:
        words = tuple(one.target.words.subject for one in other)
        yield TargetsNameAnother(n=len(other), targets=_ids(other), subjects=words)


def _behind(targets: Sequence[Assessment]) -> Iterator[Finding]:
    """Targets that lag or were missed, the binding ones first."""
    for nature in Nature:
        lagging = [
            one
            for one in targets
            if one.row.nature == nature and classes()[one.row.progress_class].behind
        ]
        if lagging:
            yield TargetsBehind(
                nature=nature,
                n=len(lagging),
                targets=_ids(lagging),
                observations=_observations(lagging),
            )


def _unassessed(targets: Sequence[Assessment]) -> Iterator[Finding]:
    """Targets that could not be classed, by what is missing."""
    blank = [one for one in targets if one.row.progress_class == NO_DATA]
    for missing in sorted({one.row.missing for one in blank}):
        own = [one for one in blank if one.row.missing == missing]
        yield TargetsNotAssessable(
            missing=missing, n=len(own), targets=_ids(own), observations=_observations(own)
        )


def _judgements(targets: Sequence[Assessment]) -> Iterator[Finding]:
    """How many targets rest on a reading that is a judgement."""
    read = sum(bool(one.readings) for one in targets)
    if read:
        yield TargetsReadByJudgement(n=read, of=len(targets))


def _no_better_than_the_rate(targets: Sequence[Assessment]) -> Iterator[Finding]:
    """Targets whose odds were no better than how often such a pace had come before."""
    weak = [one for one in targets if _weak(one)]
    if weak:
        yield OutlookNoBetter(n=len(weak), targets=_ids(weak))


def _weak(one: Assessment) -> bool:
    asked = (record for record in one.odds if record.ahead == one.row.probability_ahead)
    return any(record.brier >= record.brier_base for record in asked)


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
    wholes = {one.project: one.may_be_part_of for one in projects if one.may_be_part_of}
    parts = possible_parts(wholes, [one.project for one in projects])
    n = len(projects)
    for part in parts:
        yield ProjectPossiblePart(entity=part, entities=wholes[part], n=n, least=n - len(parts))


def _reported(tracking: Tracking) -> Iterator[Finding]:
    """Reports that stand where nothing is published, and those that contradict what is."""
    alone = [one for one in tracking.targets if one.row.basis == Basis.REPORTED]
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
    return tuple(one.row.target for one in targets)


def _observations(targets: Iterable[Assessment]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for one in targets for id in one.row.observations))
