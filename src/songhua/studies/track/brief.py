"""Sentences of track for the brief: targets missed, behind or unproven, tasks without a report."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from songhua.plan.delivery_vocabulary import DeliveryState, DueKind
from songhua.plan.schemes import NO_DATA, classes
from songhua.plan.vocabulary import Missing, Nature, TargetPath
from songhua.region import Region
from songhua.results import Finding, Result
from songhua.studies.brief.sentence import Sentence
from songhua.studies.panels import WHOLE
from songhua.studies.track.delivery import TaskState
from songhua.studies.track.due_items import DueItem
from songhua.studies.track.finding_kinds import (
    BriefAskFigures,
    BriefAskFiguresUnnamed,
    BriefAskReports,
    BriefAskReportsUnnamed,
    BriefDueMilestones,
    BriefDueTargets,
    BriefDueTasks,
    BriefMilestoneLate,
    BriefReadings,
    BriefTargetBehind,
    BriefTargetBehindAlso,
    BriefTargetMissed,
    BriefTargetMissedAlso,
    BriefTargetsOpen,
    BriefTargetUnproven,
    BriefTargetUnprovenPace,
    BriefTaskNoReport,
)
from songhua.studies.track.projects import MilestoneState
from songhua.studies.track.readings import Reading
from songhua.studies.track.rows import TargetRow, TrackView

#: Most targets, tasks or projects that a sentence names.
MOST_NAMES = 3
#: Of how many days to come the brief tells what is due: the nearest, and others within a year.
DAYS = 2
YEAR = timedelta(366)


def sentences(result: Result, region: Region) -> Iterator[Sentence]:
    """Targets first, then missing reports, then requests to departments.

    >>> import songhua
    >>> session = songhua.open(songhua.example("washington"))
    >>> found = sentences(session.run("track"), session.region)
    >>> [one.finding.code for one in found if one.finding.brief_weight == "target_behind"][0]
    'brief_target_behind_also'
    """
    rows, day = result.rows(TargetRow), result.rows(TrackView)[0].day
    yield from worries(rows)
    yield from _open(rows, region, day)
    yield from _tasks(result.rows(TaskState))
    yield from _milestones(result.rows(MilestoneState))
    order = [row.target for row in sorted(rows, key=lambda row: _matters(row, region))]
    yield from falling_due(result.rows(DueItem), order, day)
    readings = {row.target for row in result.rows(Reading)}
    if read := [row for row in rows if row.target in readings]:
        yield Sentence(BriefReadings(n=len(read), of=len(rows)))


def worries(rows: Sequence[TargetRow]) -> Iterator[Sentence]:
    """Targets that were missed, that lag, and that cannot be told of.

    >>> list(worries([]))
    []
    """
    yield from _missed([row for row in rows if classes()[row.progress_class].standing == "missed"])
    yield from _behind([row for row in rows if classes()[row.progress_class].standing == "behind"])
    yield from _unproven(rows)


def _missed(rows: Sequence[TargetRow]) -> Iterator[Sentence]:
    """Each target that was missed, with the others, the last due first."""
    latest = sorted(rows, key=lambda row: row.period, reverse=True)
    for row in rows:
        beside = _ids([target for target in latest if target is not row])
        kind = BriefTargetMissedAlso if beside else BriefTargetMissed
        yield _of_target(row, _finding(kind, row, other_targets=beside))


def _behind(rows: Sequence[TargetRow]) -> Iterator[Sentence]:
    """Each target that lags, with the others, the next due first."""
    near = sorted(rows, key=lambda row: row.period)
    for row in rows:
        beside = _ids([target for target in near if target is not row])
        kind = BriefTargetBehindAlso if beside else BriefTargetBehind
        yield _of_target(row, _finding(kind, row, other_targets=beside))


def _unproven(rows: Sequence[TargetRow]) -> Iterator[Sentence]:
    """Targets whose time is over without a figure of its end, and that lagged until then.

    The whole of it is at stake where what was left needed a pace that was never seen.
    """
    for row in rows:
        if row.missing == Missing.NO_OUTCOME and row.lead < 0:
            yearly = row.path == TargetPath.GROWTH and not math.isnan(row.required)
            kind = BriefTargetUnprovenPace if yearly else BriefTargetUnproven
            sentence = _of_target(row, _finding(kind, row, required=f"{row.required:.1f}"))
            yield replace(sentence, extent=1.0) if row.required > row.best else sentence


def _finding(kind: type[Finding], row: TargetRow, **more: object) -> Finding:
    """A target: what came, what was aimed at, how far and since when, who is responsible."""
    shares = {"elapsed": row.elapsed, "progress": row.progress.value}
    percent = {n: None if math.isnan(part) else round(part * 100) for n, part in shares.items()}
    interval = f"{row.asked_low}..{row.asked_high}"
    return kind.from_row(
        row,
        targets=(row.target,),
        value=row.latest.value,
        expected=interval if math.isnan(row.goal) else row.goal,
        ends=f"{row.latest.low}..{row.latest.high}",
        seen=row.latest_period,
        **percent,
        **more,
    )


def _of_target(row: TargetRow, finding: Finding) -> Sentence:
    """A sentence on a target, with what ranks it."""
    return Sentence(
        finding,
        -row.lead if row.lead < 0 else 0.0,
        str(row.nature),
        row.period.end,
        row.grade,
        len(row.possible) > 1,
        row.owner,
    )


def _open(rows: Sequence[TargetRow], region: Region, day: date) -> Iterator[Sentence]:
    """Targets that no figure decides, the last due first; and whom to ask for the figures."""
    blank = [row for row in rows if row.progress_class == NO_DATA]
    if not blank:
        return
    due = [row for row in blank if row.period.end <= day]
    owners = Counter(row.owner for row in blank if row.owner)
    owner = owners.most_common(1)[0][0] if owners else ""
    mine = [row for row in due or blank if row.owner == owner]
    listed = sorted(mine, key=lambda row: _matters(row, region))
    finding = BriefTargetsOpen(
        n=len(blank), total=len(rows), due=len(due), targets=_ids(listed), owner=owner
    )
    extent = len(blank) / len(rows)
    yield Sentence(finding, extent, owner=owner)
    ask = BriefAskFigures if owner else BriefAskFiguresUnnamed
    yield Sentence(ask.from_row(finding), extent, owner=owner)


def _matters(row: TargetRow, region: Region) -> tuple[object, ...]:
    """An order of targets: binding, of the whole region, due last, of the longest time."""
    narrow = (row.region != region.code, row.entity != "", row.industry != WHOLE)
    span = (row.period.end - row.period.start).days
    return row.nature != Nature.BINDING, narrow, -row.period.end.toordinal(), -span, row.target


def _tasks(rows: Sequence[TaskState]) -> Iterator[Sentence]:
    """Tasks that were due and of which nobody reported, the first due first."""
    quiet = [row for row in rows if row.state in (DeliveryState.NO_REPORT, DeliveryState.LATE)]
    if not quiet:
        return
    quiet.sort(key=lambda row: (row.due.end, row.due.start) if row.due else (date.max, date.max))
    leads = Counter(row.lead for row in quiet if row.lead)
    lead = leads.most_common(1)[0][0] if leads else ""
    finding = BriefTaskNoReport(
        n=len(quiet),
        of=len(rows),
        tasks=tuple(row.measure for row in quiet[:MOST_NAMES]),
        period=quiet[0].due,
        owner=lead,
    )
    extent = len(quiet) / len(rows)
    last = max((row.due.end for row in quiet if row.due), default=None)
    yield Sentence(finding, extent, when=last, owner=lead)
    ask = BriefAskReports if lead else BriefAskReportsUnnamed
    yield Sentence(ask.from_row(finding), extent, owner=lead)


def _milestones(rows: Sequence[MilestoneState]) -> Iterator[Sentence]:
    """Projects with a milestone that is late."""
    late = [row for row in rows if row.state == DeliveryState.LATE]
    if late:
        worst = max(late, key=lambda row: row.slip_days)
        projects = tuple(dict.fromkeys(row.project for row in late))[:MOST_NAMES]
        finding = BriefMilestoneLate(n=len(late), projects=projects, days=worst.slip_days)
        when = worst.planned.end if worst.planned else None
        yield Sentence(finding, len(late) / len(rows), when=when)


def falling_due(rows: Sequence[DueItem], order: Sequence[str], day: date) -> Iterator[Sentence]:
    """Targets, tasks and milestones due on the nearest days; targets in an order of their own.

    >>> list(falling_due([], [], date(2026, 6, 30)))
    []
    """
    coming = [row for row in rows if row.due > day and row.state != DeliveryState.DONE]
    days = sorted({row.due for row in coming})[:DAYS]
    days = [due for due in days if due == days[0] or due <= day + YEAR]
    for (due, kind), group in groupby(
        (row for row in coming if row.due in days), lambda row: (row.due, row.what)
    ):
        items = list(group)
        n = len(items)
        match kind:
            case DueKind.TARGET:
                ids = sorted({row.target for row in items}, key=order.index)[:MOST_NAMES]
                yield Sentence(BriefDueTargets(n=n, day=due, targets=tuple(ids)), when=due)
            case DueKind.MEASURE:
                tasks = tuple(dict.fromkeys(row.measure for row in items))[:MOST_NAMES]
                yield Sentence(BriefDueTasks(n=n, day=due, tasks=tasks), when=due)
            case DueKind.MILESTONE:
                projects = tuple(dict.fromkeys(row.entity for row in items))[:MOST_NAMES]
                yield Sentence(BriefDueMilestones(n=n, day=due, projects=projects), when=due)
            case _:
                pass


def _ids(rows: Sequence[TargetRow]) -> tuple[str, ...]:
    """The targets that a sentence names beside its own."""
    return tuple(row.target for row in rows[:MOST_NAMES])
