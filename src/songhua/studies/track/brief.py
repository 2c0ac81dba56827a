"""What track has for the brief: targets missed, behind or unproven, tasks without a report."""

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
from songhua.results import Result, read_rows
from songhua.studies.brief.said import Said
from songhua.studies.panels import WHOLE
from songhua.studies.track.delivery import TaskState
from songhua.studies.track.due_items import DueItem
from songhua.studies.track.projects import MilestoneState
from songhua.studies.track.rows import TargetRow, TrackView

#: How many targets, tasks or projects a sentence names.
NAMED = 3
#: Of how many days to come the brief tells what is due: the nearest, and others within a year.
DAYS = 2
YEAR = timedelta(366)
SECTION = "track"


def said(result: Result, region: Region) -> Iterator[Said]:
    """Targets first, then what nobody reported, then whom to ask for what.

    >>> import songhua
    >>> session = songhua.open(songhua.example("washington"))
    >>> found = said(session.run("track"), session.region)
    >>> [one.code for one in found if one.kind == "target_behind"][0]
    'brief_target_behind_also'
    """
    tables = result.tables
    rows = read_rows(tables["targets"], TargetRow)
    day = read_rows(tables["view"], TrackView)[0].day
    yield from worries(rows)
    yield from _open(rows, region, day)
    yield from _tasks(read_rows(tables["measures"], TaskState))
    yield from _milestones(read_rows(tables["milestones"], MilestoneState))
    order = [row.target for row in sorted(rows, key=lambda row: _matters(row, region))]
    yield from falling_due(read_rows(tables["calendar"], DueItem), order, day)
    if read := [row for row in rows if row.target in set(tables["readings"]["target"])]:
        params = {"n": len(read), "of": len(rows)}
        yield Said("sure", "brief_readings", params, section=SECTION)


def worries(rows: Sequence[TargetRow]) -> Iterator[Said]:
    """Targets that were missed, that lag, and that cannot be told of.

    >>> list(worries([]))
    []
    """
    yield from _missed([row for row in rows if classes()[row.progress_class].standing == "missed"])
    yield from _behind([row for row in rows if classes()[row.progress_class].standing == "behind"])
    yield from _unproven(rows)


def _missed(rows: Sequence[TargetRow]) -> Iterator[Said]:
    """Each target that was missed, with the others, the last due first."""
    latest = sorted(rows, key=lambda row: row.period, reverse=True)
    for row in rows:
        others = [one for one in latest if one is not row]
        code = "brief_target_missed_also" if others else "brief_target_missed"
        yield _target(row, "target_missed", code, {"other_targets": _ids(others)})


def _behind(rows: Sequence[TargetRow]) -> Iterator[Said]:
    """Each target that lags, with the others, the next due first."""
    near = sorted(rows, key=lambda row: row.period)
    for row in rows:
        others = [one for one in near if one is not row]
        code = "brief_target_behind_also" if others else "brief_target_behind"
        yield _target(row, "target_behind", code, {"other_targets": _ids(others)})


def _unproven(rows: Sequence[TargetRow]) -> Iterator[Said]:
    """Targets whose time is over without a figure of its end, and that lagged until then.

    The whole of it is at stake where what was left needed a pace that was never seen.
    """
    for row in rows:
        if row.missing == Missing.NO_OUTCOME and row.lead < 0:
            yearly = row.path == TargetPath.GROWTH and not math.isnan(row.required)
            code = "brief_target_unproven_pace" if yearly else "brief_target_unproven"
            found = _target(row, "target_unproven", code, {"required": f"{row.required:.1f}"})
            yield replace(found, extent=1.0) if row.required > row.best else found


def _target(row: TargetRow, kind: str, code: str, more: dict[str, object]) -> Said:
    """A target: what came, what was aimed at, how far and since when, who is responsible."""
    shown = {
        "targets": [row.target],
        "unit": row.unit,
        "value": row.latest.value,
        "expected": row.goal,
        "ends": f"{row.latest.low}..{row.latest.high}",
        "seen": str(row.latest_period or ""),
        "owner": row.owner,
    }
    for name, share in (("elapsed", row.elapsed), ("progress", row.progress.value)):
        shown |= {} if math.isnan(share) else {name: round(share * 100)}
    if math.isnan(row.goal):  # a range has no single number
        shown["expected"] = f"{row.asked_low}..{row.asked_high}"
    return Said(
        "worry",
        code,
        shown | more,
        kind,
        -row.lead if row.lead < 0 else 0.0,
        str(row.nature),
        row.period.end,
        row.grade,
        len(row.possible) > 1,
        row.owner,
        SECTION,
        observations=row.observations,
    )


def _open(rows: Sequence[TargetRow], region: Region, day: date) -> Iterator[Said]:
    """How many targets no figure decides, the last due first; and whom to ask for the figures."""
    blank = [row for row in rows if row.progress_class == NO_DATA]
    if not blank:
        return
    due = [row for row in blank if row.period.end <= day]
    owners = Counter(row.owner for row in blank if row.owner)
    owner = owners.most_common(1)[0][0] if owners else ""
    mine = [row for row in due or blank if row.owner == owner]
    listed = sorted(mine, key=lambda row: _matters(row, region))
    params = {
        "n": len(blank),
        "total": len(rows),
        "due": len(due),
        "targets": _ids(listed),
        "owner": owner,
    }
    extent = len(blank) / len(rows)
    yield Said(
        "worry", "brief_targets_open", params, "targets_open", extent, owner=owner, section=SECTION
    )
    code = "brief_ask_figures" if owner else "brief_ask_figures_unnamed"
    yield Said("step", code, params, "ask_figures", extent, owner=owner, section=SECTION)


def _matters(row: TargetRow, region: Region) -> tuple[object, ...]:
    """An order of targets: binding, of the whole region, due last, of the longest time."""
    narrow = (row.region != region.code, row.entity != "", row.industry != WHOLE)
    span = (row.period.end - row.period.start).days
    return row.nature != Nature.BINDING, narrow, -row.period.end.toordinal(), -span, row.target


def _tasks(rows: Sequence[TaskState]) -> Iterator[Said]:
    """Tasks that were due and of which nobody reported, the first due first."""
    quiet = [row for row in rows if row.state in (DeliveryState.NO_REPORT, DeliveryState.LATE)]
    if not quiet:
        return
    quiet.sort(key=lambda row: (row.due.end, row.due.start) if row.due else (date.max, date.max))
    leads = Counter(row.lead for row in quiet if row.lead)
    lead = leads.most_common(1)[0][0] if leads else ""
    params = {
        "n": len(quiet),
        "of": len(rows),
        "tasks": [row.measure for row in quiet[:NAMED]],
        "period": str(quiet[0].due or ""),
        "owner": lead,
    }
    extent = len(quiet) / len(rows)
    last = max((row.due.end for row in quiet if row.due), default=None)
    yield Said(
        "worry",
        "brief_task_no_report",
        params,
        "task_no_report",
        extent,
        when=last,
        owner=lead,
        section=SECTION,
    )
    code = "brief_ask_reports" if lead else "brief_ask_reports_unnamed"
    yield Said("step", code, params, "ask_reports", extent, owner=lead, section=SECTION)


def _milestones(rows: Sequence[MilestoneState]) -> Iterator[Said]:
    """Projects with a milestone that is late."""
    late = [row for row in rows if row.state == DeliveryState.LATE]
    if late:
        worst = max(late, key=lambda row: row.slip_days)
        projects = list(dict.fromkeys(row.project for row in late))[:NAMED]
        params = {"n": len(late), "projects": projects, "days": worst.slip_days}
        when = worst.planned.end if worst.planned else None
        yield Said(
            "worry",
            "brief_milestone_late",
            params,
            "milestone_late",
            len(late) / len(rows),
            when=when,
            section=SECTION,
        )


def falling_due(rows: Sequence[DueItem], order: Sequence[str], day: date) -> Iterator[Said]:
    """What falls due on the nearest days to come; targets are named in an order of their own.

    >>> list(falling_due([], [], date(2026, 6, 30)))
    []
    """
    coming = [row for row in rows if row.due > day and row.state != DeliveryState.DONE]
    days = sorted({row.due for row in coming})[:DAYS]
    days = [one for one in days if one == days[0] or one <= day + YEAR]
    for (due, what), group in groupby(
        (row for row in coming if row.due in days), lambda row: (row.due, row.what)
    ):
        items = list(group)
        kind = {
            DueKind.TARGET: ("targets", "target"),
            DueKind.MEASURE: ("tasks", "measure"),
            DueKind.MILESTONE: ("milestones", "entity"),
        }.get(what)
        if kind is not None:
            code, column = kind
            name = "projects" if code == "milestones" else code
            ids = list(dict.fromkeys(getattr(row, column) for row in items))
            ids = sorted(ids, key=order.index)[:NAMED] if code == "targets" else ids[:NAMED]
            params = {"n": len(items), "day": due.isoformat(), name: ids}
            yield Said("due", f"brief_due_{code}", params, when=due, section=SECTION)


def _ids(rows: Sequence[TargetRow]) -> list[str]:
    """The targets that a sentence names beside its own."""
    return [row.target for row in rows[:NAMED]]
