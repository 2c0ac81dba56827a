"""What a reader of the tracking must know, as findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from songhua.plan.delivery_vocabulary import DeliveryState, ReportUse
from songhua.plan.project_parts import possible_parts
from songhua.plan.schemes import NO_DATA, classes
from songhua.plan.vocabulary import Basis, Nature
from songhua.results import Finding
from songhua.studies.track.assessment import Assessment
from songhua.studies.track.projects import ProjectState
from songhua.studies.track.report_use import ReportRow
from songhua.studies.track.tables import Tracking

OVERDUE = (DeliveryState.LATE, DeliveryState.NO_REPORT)


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
        params = {"n": len(other), "targets": _ids(other), "words": words}
        yield Finding("targets_name_another", params)


def _behind(targets: Sequence[Assessment]) -> Iterator[Finding]:
    """Targets that lag or were missed, the binding ones first."""
    for nature in Nature:
        lagging = [
            one
            for one in targets
            if one.row.nature == nature and classes()[one.row.progress_class].behind
        ]
        if lagging:
            params = {"nature": str(nature), "n": len(lagging), "targets": _ids(lagging)}
            yield Finding("targets_behind", params, _observations(lagging))


def _unassessed(targets: Sequence[Assessment]) -> Iterator[Finding]:
    """Targets that could not be classed, by what is missing."""
    blank = [one for one in targets if one.row.progress_class == NO_DATA]
    for missing in sorted({one.row.missing for one in blank}):
        own = [one for one in blank if one.row.missing == missing]
        params = {"missing": str(missing), "n": len(own), "targets": _ids(own)}
        yield Finding("targets_not_assessable", params, _observations(own))


def _judgements(targets: Sequence[Assessment]) -> Iterator[Finding]:
    """How many targets rest on a reading that is a judgement."""
    read = sum(bool(one.readings) for one in targets)
    if read:
        yield Finding("targets_read_by_judgement", {"n": read, "of": len(targets)})


def _no_better_than_the_rate(targets: Sequence[Assessment]) -> Iterator[Finding]:
    """Targets whose odds were no better than how often such a pace had come before."""
    weak = [one for one in targets if _weak(one)]
    if weak:
        yield Finding("outlook_no_better", {"n": len(weak), "targets": _ids(weak)})


def _weak(one: Assessment) -> bool:
    asked = (record for record in one.odds if record.ahead == one.row.probability_ahead)
    return any(record.brier >= record.brier_base for record in asked)


def _overdue(tracking: Tracking) -> Iterator[Finding]:
    """Tasks and milestones that are due and not known to be done."""
    works = {
        ("measures", "tasks"): [(task.measure, task.state) for task in tracking.tasks],
        ("milestones", "projects"): [(m.project, m.state) for m in tracking.milestones],
    }
    for (name, param), states in works.items():
        for state in OVERDUE:
            late = [label for label, found in states if found == state]
            if late:
                day = tracking.day.isoformat()
                params = {"n": len(late), param: list(dict.fromkeys(late)), "day": day}
                yield Finding(f"{name}_{state}", params)


def _possible_parts(projects: Sequence[ProjectState]) -> Iterator[Finding]:
    """Projects that may be part of others, and how many there then are."""
    wholes = {one.project: one.may_be_part_of for one in projects if one.may_be_part_of}
    parts = possible_parts(wholes, [one.project for one in projects])
    n = len(projects)
    for part in parts:
        params = {"entity": part, "entities": wholes[part], "n": n, "least": n - len(parts)}
        yield Finding("project_possible_part", params)


def _reported(tracking: Tracking) -> Iterator[Finding]:
    """Reports that stand where nothing is published, and those that contradict what is."""
    alone = [one for one in tracking.targets if one.row.basis == Basis.REPORTED]
    if alone:
        yield Finding("targets_by_report", {"n": len(alone), "targets": _ids(alone)})
    for row in tracking.reports:
        if row.use == ReportUse.DIFFERS:
            yield Finding("report_differs", _differs_params(row), row.observations)


def _differs_params(row: ReportRow) -> dict[str, object]:
    return {
        "indicator": row.indicator,
        "period": str(row.period),
        "reporter": row.reporter,
        "department": row.department,
        "unit": row.unit,
        "value": row.value.value,
        "actual": row.published,
        "received": row.received[:10],
    }


def _ids(targets: Iterable[Assessment]) -> list[str]:
    return [one.row.target for one in targets]


def _observations(targets: Iterable[Assessment]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for one in targets for id in one.row.observations))
