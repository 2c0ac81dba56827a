"""Sentences of track for the brief: targets missed, behind or unproven, tasks without a report."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from songhua.plan import Plan
from songhua.plan.asked import asked_of, due_within
from songhua.plan.delivery_vocabulary import DeliveryState
from songhua.plan.schemes import NO_DATA, classes
from songhua.plan.vocabulary import Missing, Nature, PaceUnit
from songhua.region import GRADES, Region
from songhua.results import Finding, Result
from songhua.results.estimates import LEVEL
from songhua.studies.brief.rules import rules, years
from songhua.studies.brief.sentence import Sentence
from songhua.studies.panels import WHOLE
from songhua.studies.track.brief_due import falling_due
from songhua.studies.track.brief_met import by_goal, met
from songhua.studies.track.delivery import TaskState
from songhua.studies.track.due_items import DueItem
from songhua.studies.track.finding_kinds import (
    BriefAskFigures,
    BriefAskFiguresUnnamed,
    BriefAskReports,
    BriefAskReportsUnnamed,
    BriefMilestoneLate,
    BriefPlanOver,
    BriefReadings,
    BriefTargetBehind,
    BriefTargetMissed,
    BriefTargetProbablyMissed,
    BriefTargetsOpen,
    BriefTargetUnproven,
    BriefTaskNoReport,
)
from songhua.studies.track.projects import MilestoneState
from songhua.studies.track.readings import Reading
from songhua.studies.track.rows import TargetRow, TrackView

#: Most targets, tasks or projects that a sentence names.
MOST_NAMES = 3


def sentences(result: Result, region: Region) -> Iterator[Sentence]:
    """Targets first, then missing reports, then requests to departments; of no expectation.

    >>> import songhua
    >>> session = songhua.open(songhua.example("washington"))
    >>> found = sentences(session.run("track"), session.region)
    >>> [one.finding.code for one in found if one.finding.brief_weight == "target_behind"][0]
    'brief_target_behind'
    """
    rows = _aims(result.rows(TargetRow))
    day = result.rows(TrackView)[0].day
    if result.plan and result.plan.period.end < day:
        yield Sentence(BriefPlanOver(period=result.plan.period, day=result.plan.period.end))
    yield from met(rows, region.code, result.plan.period if result.plan else None)
    yield from worries(rows, region.code)
    yield from _open(rows, region, result.plan, day)
    yield from _tasks(result.rows(TaskState), region, result.plan)
    yield from _milestones(result.rows(MilestoneState))
    order = sorted(rows, key=lambda row: _matters(row, region, day))
    places = {row.target: row.region for row in order}
    yield from falling_due(result.rows(DueItem), places, region, day)
    readings = {row.target for row in result.rows(Reading)}
    if read := [row for row in rows if row.target in readings]:
        yield Sentence(BriefReadings(n=len(read), of=len(rows)))


def worries(rows: Sequence[TargetRow], place: str) -> Iterator[Sentence]:
    """Targets that were missed, that lag, and of which too early a time is the last known.

    Those of other places than the region's `place` are told where none of its own is, else counted;
    those that a weak source sets are told where no better one does, else named last.

    >>> list(worries([], "here"))
    []
    """
    rows = _aims(rows)
    by_standing = {"missed": BriefTargetMissed, "behind": BriefTargetBehind}
    for standing, kind in by_standing.items():
        every = [row for row in rows if classes()[row.progress_class].standing == standing]
        alike = [row for row in every if row.region == place] or every
        sound = [row for row in alike if row.grade != GRADES[-1]]
        order = sorted(sound, key=lambda row: row.period, reverse=standing == "missed")
        shown = sound or alike
        for row in shown:
            others = [other for other in order if other is not row]
            finding = _finding(
                kind,
                row,
                other_targets=tuple(other.target for other in others if not other.doubts),
                doubted_targets=tuple(other.target for other in others if other.doubts),
                weak_targets=tuple(other.target for other in alike if other not in (row, *sound)),
                elsewhere=len(every) - len(alike) or None,
            )
            yield _of_target(row, finding)
    yield from _unproven(rows)


def _aims(rows: Sequence[TargetRow]) -> list[TargetRow]:
    """The targets, without what was an expectation."""
    return [row for row in rows if row.nature != Nature.EXPECTATION]


def _unproven(rows: Sequence[TargetRow]) -> Iterator[Sentence]:
    """Targets that lagged when last seen, and for which that is too early to tell.

    Where they had odds, the word and the weight follow from these; else what was needed stands
    beside the best that there was.
    """
    for row in rows:
        if row.missing in (Missing.NO_OUTCOME, Missing.OUTDATED) and row.lead < 0:
            odds = row.probability
            kind = BriefTargetProbablyMissed if odds <= 1 - LEVEL else BriefTargetUnproven
            yearly = row.pace_unit == PaceUnit.PERCENT
            paces = {"required": row.required, "best": row.best if math.isnan(odds) else math.nan}
            texts = {n: "" if math.isnan(x) or not yearly else f"{x:.1f}" for n, x in paces.items()}
            most = math.ceil if kind is BriefTargetProbablyMissed else round
            chance = "" if math.isnan(odds) else str(max(1, most(odds * 100)))
            finding = _finding(kind, row, since=row.since, chance=chance, **texts)
            sentence = _of_target(row, finding)
            yield sentence if math.isnan(odds) else replace(sentence, extent=1 - odds)


def _finding(kind: type[Finding], row: TargetRow, **more: object) -> Finding:
    """A target: what came, what was aimed at, how far and since when, who is responsible."""
    shares = {"elapsed": row.elapsed, "progress": row.progress.value}
    percent = {n: None if math.isnan(part) else round(part * 100) for n, part in shares.items()}
    wide = not math.isfinite(row.goal) or row.asked_low < row.asked_high < math.inf
    return kind.from_row(
        row,
        targets=(row.target,),
        value=row.latest.value,
        expected=f"{row.asked_low}..{row.asked_high}" if wide else row.goal,
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


def _open(
    rows: Sequence[TargetRow], region: Region, plan: Plan | None, day: date
) -> Iterator[Sentence]:
    """Targets of the region and its parts that no figure decides, and whom to ask for figures.

    Those of other places and plans are counted, and told where the plan has none of the region's.

    A department is asked for what is the region's own, of the plan in force, else of what it leads
    to, and not over for so long that a figure of it would decide nothing now.
    """
    every = [row for row in rows if row.progress_class == NO_DATA]
    if not every:
        return
    span = plan.period if plan else None
    of_place = [row for row in rows if asked_of(region, None, None, row.region)]
    own = [row for row in of_place if due_within(span, row.period)]
    reports = by_goal(own or rows)
    rows = [min(goal, key=lambda row: row.progress_class == NO_DATA) for goal in reports]
    blank = [row for row in rows if row.progress_class == NO_DATA]
    if not blank:
        return
    due = [row for row in blank if row.period.end <= day]
    owner = _first_name(row.owner for row in blank)
    listed = _by_weight([row for row in due or blank if row.owner == owner], region, day)
    undecided = sum(row.latest.known for row in blank)
    open_ = BriefTargetsOpen(
        region=region.code if own else "",
        plan_period=span if own else None,
        n=len(blank),
        total=len(rows),
        parts=sum(row.region != region.code for row in blank if own) or None,
        elsewhere=len(every) - len(blank) or None,
        due=len(due),
        without=len(blank) - undecided,
        undecided=undecided or None,
        targets=listed,
        owner=owner,
    )
    yield Sentence(open_, len(blank) / len(rows), owner=owner)
    for part in (rows, [row for row in of_place if not due_within(span, row.period)]):
        asked = [
            row
            for row in part
            if row.progress_class == NO_DATA
            and asked_of(region, plan, row.period, row.region, row.owner)
            and years(row.period.end, day) <= rules().stale_years
        ]
        owner = _first_name(row.owner for row in asked)
        mine = [row for row in asked if row.owner == owner]
        if mine:
            judged = sum(row.progress_class != NO_DATA for row in part)
            yield Sentence(
                (BriefAskFigures if owner else BriefAskFiguresUnnamed)(
                    n=len(mine),
                    total=len(part),
                    judged=judged,
                    more=judged + len(mine),
                    targets=_by_weight(mine, region, day),
                    owner=owner,
                ),
                len(mine) / len(part),
                owner=owner,
            )
            return


def _first_name(names: Iterable[str]) -> str:
    """The department that is named most often; blank where none is."""
    counts = Counter(name for name in names if name)
    return counts.most_common(1)[0][0] if counts else ""


def _by_weight(rows: Sequence[TargetRow], region: Region, day: date) -> tuple[str, ...]:
    """The targets that a sentence names, those first that matter most."""
    return _ids(sorted(rows, key=lambda row: _matters(row, region, day)))


def _matters(row: TargetRow, region: Region, day: date) -> tuple[object, ...]:
    """An order of targets: binding, of the whole region, due about now, of the longest time."""
    narrow = (row.region != region.code, row.entity != "", row.industry != WHOLE)
    span = (row.period.end - row.period.start).days
    near = abs((row.period.end - day).days)
    return row.nature != Nature.BINDING, narrow, near, -span, row.target


def _tasks(rows: Sequence[TaskState], region: Region, plan: Plan | None) -> Iterator[Sentence]:
    """Tasks that were due and of which nobody reported, the first due first; and whom to ask."""
    quiet = [row for row in rows if row.state in (DeliveryState.NO_REPORT, DeliveryState.LATE)]
    if not quiet:
        return
    quiet.sort(key=lambda row: (row.due.end, row.due.start) if row.due else (date.max, date.max))
    leads = {row.lead for row in quiet}
    last = max((row.due.end for row in quiet if row.due), default=None)
    yield _unreported(
        BriefTaskNoReport, quiet, len(rows), leads.pop() if len(leads) == 1 else "", last
    )
    asked = [row for row in quiet if asked_of(region, plan, row.due)]
    lead = _first_name(row.lead for row in asked)
    mine = [row for row in asked if row.lead == lead]
    if mine:
        yield _unreported(
            BriefAskReports if lead else BriefAskReportsUnnamed, mine, len(rows), lead
        )


def _unreported(
    kind: Callable[..., Finding],
    rows: Sequence[TaskState],
    of: int,
    lead: str,
    when: date | None = None,
) -> Sentence:
    """A sentence on tasks without a report, of a department or of several."""
    tasks = tuple(row.measure for row in rows[:MOST_NAMES])
    finding = kind(n=len(rows), of=of, tasks=tasks, period=rows[0].due, owner=lead)
    return Sentence(finding, len(rows) / of, when=when, owner=lead)


def _milestones(rows: Sequence[MilestoneState]) -> Iterator[Sentence]:
    """Projects with a milestone that is late."""
    late = [row for row in rows if row.state == DeliveryState.LATE]
    if late:
        worst = max(late, key=lambda row: row.slip_days)
        projects = tuple(dict.fromkeys(row.project for row in late))[:MOST_NAMES]
        finding = BriefMilestoneLate(n=len(late), projects=projects, days=worst.slip_days)
        when = worst.planned.end if worst.planned else None
        yield Sentence(finding, len(late) / len(rows), when=when)


def _ids(rows: Sequence[TargetRow]) -> tuple[str, ...]:
    """The targets that a sentence names beside its own."""
    return tuple(row.target for row in rows[:MOST_NAMES])
