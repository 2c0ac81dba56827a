"""Tasks, projects, products, programmes, what falls due, and what departments reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from songhua.document import targets
from songhua.document.blocks import Block, Figure, Heading, Paragraph, Table
from songhua.document.charts import track as charts
from songhua.document.project import possible_part, sums
from songhua.document.tables import grid
from songhua.format.labels import evidence
from songhua.format.numbers import known
from songhua.format.text import Text
from songhua.format.view import DASH, View
from songhua.format.words import reported_by_on
from songhua.plan.delivery_vocabulary import DeliveryState, RungStatus
from songhua.studies.track.delivery import DepartmentCount, TaskState
from songhua.studies.track.due_items import DueItem
from songhua.studies.track.programmes import CohortState, RungState
from songhua.studies.track.projects import MilestoneState, ProjectState

LATE = (DeliveryState.LATE, DeliveryState.NO_REPORT, DeliveryState.BLOCKED, DeliveryState.STOPPED)
AHEAD = timedelta(days=366)


def delivery(view: View, day: date) -> Iterator[Block]:
    """All parts that the folder has something for."""
    yield from _departments(view)
    yield from _projects(view, day)
    yield from _products(view)
    yield from _programmes(view)
    yield from _calendar(view, day)
    yield from _reported(view)


def _departments(view: View) -> Iterator[Block]:
    """Tasks counted by department, then those that are late, blocked or stopped by name."""
    counts = view.rows("track", "departments", DepartmentCount)
    if not counts:
        return
    yield Heading(1, view.title("track", "departments"))
    cells = [
        [
            view.name("tags", row.lead) or view.say("not_said"),
            *map(str, (row.n, row.done, row.late, row.blocked, row.other)),
        ]
        for row in counts
    ]
    heads = view.heading("department", "n_tasks", "done", "late", "blocked", "other_tasks")
    note = view.say("evaluation_departments_note")
    yield grid(view.title("track", "departments"), heads, cells, range(1, 6), note)
    late = [row for row in view.rows("track", "measures", TaskState) if row.state in LATE]
    late.sort(key=lambda row: (LATE.index(row.state), str(row.due or "")))
    if not late:
        yield Paragraph(view.say("evaluation_no_late"))
        return
    cells = [
        [
            view.name("measures", row.measure),
            view.name("tags", row.lead) or view.say("not_said"),
            view.period(row.due) or DASH,
            state(view, row),
            view.number(row.days_late, 0) if known(row.days_late) else DASH,
            view.join(view.name("measures", id) for id in row.blocked_by) or DASH,
            view.rests((), row.source),
        ]
        for row in late
    ]
    heads = view.heading("task", "department", "due", "state", "days_late", "blocked_by", "source")
    yield grid(view.say("evaluation_late"), heads, cells, {4})


def state(view: View, row: TaskState | MilestoneState) -> str:
    """The state of a task or milestone, with who reported it."""
    label = view.choice("delivery_state", row.state)
    if not row.reported_on:
        return label
    return (
        label + view.written.semicolon + reported_by_on(row.reported_by, row.reported_on, view.lang)
    )


def _projects(view: View, day: date) -> Iterator[Block]:
    projects = view.rows("track", "projects", ProjectState)
    if not projects:
        return
    yield Heading(1, view.title("track", "projects"))
    cells = [
        [
            view.name("entities", row.project),
            f"{row.done} / {row.milestones}",
            view.choice("delivery_state", row.state),
            view.period(row.next_due) or DASH,
            view.show(row.total, row.unit),
            view.number(row.in_place, 1) + "%" if known(row.in_place) else DASH,
            _index(view, row.schedule_index),
            _index(view, row.cost_index),
            view.rests((), row.source),
        ]
        for row in projects
    ]
    heads = view.heading(
        "project",
        "milestones",
        "state",
        "next_due",
        "planned_total",
        "in_place",
        "schedule_index",
        "cost_index",
        "source",
    )
    note = view.say("evaluation_projects_note")
    yield grid(view.title("track", "projects"), heads, cells, range(4, 8), note)
    for row in projects:
        yield from possible_part(view, row.project, row.may_be_part_of)
    if (summed := sums(view)).rows:
        yield replace(summed, fold="", study="", name="")
    points = view.rows("track", "milestones", MilestoneState)
    if points:
        yield _milestones(view)
        chart = charts.gantt(view, points, day)
        yield Figure(view.say("chart_gantt"), chart, view.say("gantt_note"))


def _index(view: View, value: float) -> str:
    return view.number(value, 2) if known(value) else DASH


def _milestones(view: View) -> Table:
    cells = [
        [
            view.name("entities", row.project),
            view.name("milestones", row.item, row.project),
            view.period(row.planned) or DASH,
            view.period(row.actual) or DASH,
            view.signed(row.slip_days, 0) if known(row.slip_days) else DASH,
            state(view, row),
            view.rests((), row.source),
        ]
        for row in view.rows("track", "milestones", MilestoneState)
    ]
    heads = view.heading(
        "project", "milestone", "planned", "reached", "slip_days", "state", "source"
    )
    return grid(view.title("track", "milestones"), heads, cells, {4})


def _products(view: View) -> Iterator[Block]:
    """The highest rung of each product that evidence shows, and the next one."""
    rows = view.rows("track", "products", RungState)
    if not rows:
        return
    yield Heading(1, view.title("track", "products"))
    yield Figure(view.say("chart_ladder"), charts.ladder(view, rows), view.say("ladder_note"))
    ladders: dict[str, list[RungState]] = {}
    for row in rows:
        ladders.setdefault(row.product, []).append(row)
    cells = [_ladder(view, product, rungs) for product, rungs in ladders.items()]
    heads = view.heading("product", "rung", "reached", "evidence", "next_rung", "state", "source")
    yield grid(view.title("track", "products"), heads, cells)


def _ladder(view: View, product: str, rungs: Sequence[RungState]) -> Sequence[Text]:
    """A product's highest rung that was reached with its evidence, and the next one."""
    climbed = [row for row in rungs if row.state == RungStatus.REACHED]
    top = climbed[-1] if climbed else None
    after = next((row for row in rungs if top is None or row.step > top.step), None)
    reached = view.period(top.reached) if top else ""
    proof = evidence(view.plan, top, view.lang) if top else ""
    return [
        view.name("entities", product),
        view.choice("rung", top.rung) if top else DASH,
        reached or DASH,
        proof or DASH,
        view.choice("rung", after.rung) if after else DASH,
        view.choice("delivery_state", after.state) if after else DASH,
        view.rests((), *(row.source for row in rungs)),
    ]


def _programmes(view: View) -> Iterator[Block]:
    cohorts = view.rows("track", "programmes", CohortState)
    if not cohorts:
        return
    yield Heading(1, view.title("track", "programmes"))
    cells = []
    for row in cohorts:
        outcome = view.choice("delivery_state", row.state)
        if known(row.value):
            word = view.choice("qualifier", row.qualifier) if row.qualifier else ""
            outcome = f"{word} {view.show(row.value, row.unit)}".strip()
        cells.append(
            [
                view.name("entities", row.programme),
                view.period(row.cohort),
                view.choice("programme_measure", row.measure),
                outcome,
                view.number(row.rate, 1) + "%" if known(row.rate) else DASH,
                view.period(row.due) or DASH,
                view.rests((), row.source),
            ]
        )
    heads = view.heading("programme", "cohort", "measure", "value", "rate", "due", "source")
    yield grid(view.title("track", "programmes"), heads, cells, {3, 4})


def _calendar(view: View, day: date) -> Iterator[Block]:
    """Items due on each day, and by name those due within a year."""
    rows = view.rows("track", "calendar", DueItem)
    if not rows:
        return
    yield Heading(1, view.title("track", "calendar"))
    chart = charts.calendar(view, rows, day)
    yield Figure(view.say("chart_calendar"), chart, view.say("calendar_note"))
    last = day + AHEAD
    soon = [row for row in rows if day < row.due <= last]
    if not soon:
        yield Paragraph(view.say("evaluation_nothing_due", day=view.period(last)))
        return
    cells = [
        [
            view.period(row.due),
            view.choice("due_what", row.what),
            targets.due(view, row),
            view.name("tags", row.owner) or view.say("not_said"),
            targets.due_state(view, row),
        ]
        for row in soon
    ]
    heads = view.heading("due", "kind", "item", "department", "state")
    yield grid(view.say("evaluation_due", day=view.period(last)), heads, cells)


def _reported(view: View) -> Iterator[Block]:
    """The reports of departments, the newest first."""
    reports = targets.reports(view, DASH)
    if reports.rows:
        yield Heading(1, reports.title)
        yield replace(reports, note=view.say("reported_lede"))
