"""The plan against the outcome: targets, tasks, projects, products, programmes, due items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from songhua.document import odds, targets, verdict
from songhua.document.blocks import Block, Chart, Figure, Heading, Paragraph, Table
from songhua.document.charts import track as charts
from songhua.document.project import delivery_state, sums
from songhua.document.studies import all_findings, listing
from songhua.document.studies.findings import section_findings
from songhua.document.tables import TextColumn, grid, table
from songhua.format.cells import percent
from songhua.format.labels import evidence
from songhua.format.numbers import known
from songhua.format.text import Break, Text, joined
from songhua.format.view import View, anchor
from songhua.format.words import reported_by_on
from songhua.plan.delivery_vocabulary import DueKind
from songhua.plan.vocabulary import Nature
from songhua.studies.track.delivery import TaskState
from songhua.studies.track.due_items import DueItem
from songhua.studies.track.programmes import CohortState, RungState
from songhua.studies.track.projects import MilestoneState, ProjectState
from songhua.studies.track.rows import TargetRow, TrackView

BLOCKS = listing("track", 300)


TITLES = {
    Nature.BINDING: "binding",
    Nature.ANTICIPATORY: "anticipatory",
    Nature.NOT_STATED: "plain",
    Nature.EXPECTATION: "expectation",
}


@BLOCKS("full")
def track(view: View) -> Iterator[Block]:
    """Charts and tables; binding and anticipatory targets stand apart."""
    if "track" not in view.results:
        return
    (tracked,) = view.rows("track", "view", TrackView)
    say, day, rows = view.say, tracked.day, targets.rows(view)
    yield Paragraph(say("track_lede", day=view.period(day)), "lede")
    yield Figure(say("chart_bullets"), _bullets(view, rows), say("track_note"))
    yield from section_findings(view, "track")
    yield from (part for part in _targets(view, rows) if part.rows)
    yield from (part for part in targets.odds_records(view, rows) if isinstance(part, Table))
    yield from (part for part in _tasks(view) if part.rows)
    drawn = charts.gantt(view, view.rows("track", "milestones", MilestoneState), day)
    yield Figure(say("chart_gantt"), drawn, say("gantt_note"))
    yield from (part for part in _projects(view) if part.rows)
    rungs = view.rows("track", "products", RungState)
    yield Figure(say("chart_ladder"), charts.ladder(view, rungs))
    drawn = charts.calendar(view, view.rows("track", "calendar", DueItem), day)
    yield Figure(say("chart_calendar"), drawn)
    reports = targets.reports(view)
    if reports.rows:
        yield Paragraph(say("reported_lede"))
        yield replace(reports, study="track", name="reported", fold="closed")
    yield from (part for part in _deliverables(view) if part.rows)


def _bullets(view: View, rows: Sequence[TargetRow]) -> Chart | None:
    """Progress of the targets that have one, the furthest behind first."""
    drawn = sorted((row for row in rows if row.progress.known), key=targets.order)
    return charts.bullets(view, drawn, targets.distinct(view, drawn))


def _of(rows: Iterable[TargetRow], nature: Nature) -> list[TargetRow]:
    return [row for row in rows if row.nature == nature]


def _targets(view: View, rows: Sequence[TargetRow]) -> Iterator[Table]:
    """Targets that have a figure, by nature, then those that have none; the first table is open."""
    column = TextColumn[TargetRow]
    name = column(view.heading("target")[0], lambda row: targets.name(view, row))
    text = column(view.heading("text")[0], lambda row: targets.text(view, row))
    assessed = column(view.heading("progress_class")[0], lambda row: targets.assessment(view, row))
    source = column(view.heading("source")[0], lambda row: _sources(view, row))
    latest = column(view.heading("latest")[0], lambda row: targets.latest(view, row))
    outlook = column(view.heading("required")[0], lambda row: targets.outlook(view, row))
    figured = [row for row in rows if row.latest.known]
    opened = True
    for nature in Nature:
        listing = table(
            view,
            "track",
            "targets",
            (name, text, latest, "gap", "elapsed", "progress", assessed, outlook, source),
            _of(figured, nature),
            ids=_place,
            title=f"{view.title('track', 'targets')} · {view.choice('nature', nature)}",
            fold="open" if opened else "closed",
            kind="wide",
        )
        opened = opened and not listing.rows
        yield listing
    blank = [row for row in rows if not row.latest.known]
    yield table(
        view,
        "track",
        "targets",
        (name, text, "nature", assessed, source),
        blank,
        title=view.say("targets_unfigured"),
        ids=_place,
        fold="open" if opened else "closed",
    )


def _place(row: TargetRow) -> str:
    """Where a target stands in the page."""
    return anchor("target", row.target)


def _sources(view: View, row: TargetRow) -> Text:
    """The source of the target, and the observations that it is held against."""
    source = view.source(row.source)
    if not row.observations:
        return source
    return joined([source, view.rests(row.observations, doubted=False)], Break())


def _tasks(view: View) -> Iterator[Table]:
    """Targets tested year by year, tasks, and tasks by department."""
    columns = ("target", "period", "value", "outcome", "observations")
    yield table(view, "track", "years", columns)
    state = TextColumn[TaskState](view.heading("state")[0], lambda row: delivery_state(view, row))
    yield table(
        view,
        "track",
        "measures",
        ("measure", "lead", "due", state, "days_late", "blocked_by", "source"),
        view.rows("track", "measures", TaskState),
    )
    columns = ("lead", "n", "done", "late", "blocked", "other")
    yield table(view, "track", "departments", columns)


def _projects(view: View) -> Iterator[Table]:
    """Projects, their sums, and their milestones."""
    completed = TextColumn[ProjectState](
        view.heading("milestones")[0], lambda row: f"{row.done} / {row.milestones}"
    )
    rows = view.rows("track", "projects", ProjectState)
    part = ("may_be_part_of",) if any(row.may_be_part_of for row in rows) else ()
    yield table(
        view,
        "track",
        "projects",
        (
            "project",
            *part,
            completed,
            "state",
            "next_due",
            "total",
            "in_place",
            "schedule_index",
            "cost_index",
            "source",
        ),
        rows,
    )
    yield sums(view)
    state = TextColumn[MilestoneState](
        view.heading("state")[0], lambda row: delivery_state(view, row)
    )
    yield table(
        view,
        "track",
        "milestones",
        ("project", "item", "planned", "actual", "slip_days", state, "source"),
        view.rows("track", "milestones", MilestoneState),
    )


def _deliverables(view: View) -> Iterator[Table]:
    """Products, programmes, and what falls due."""
    proof = TextColumn[RungState](
        view.heading("evidence")[0],
        lambda row: evidence(view.plan, row, view.lang),
    )
    columns = ("product", "rung", "state", "reached", proof, "source")
    yield table(view, "track", "products", columns, view.rows("track", "products", RungState))
    value = TextColumn[CohortState](
        view.heading("value")[0], lambda row: _value(view, row), numeric=True
    )
    yield table(
        view,
        "track",
        "programmes",
        ("programme", "cohort", "measure", value, "rate", "due", "source"),
        view.rows("track", "programmes", CohortState),
    )
    item = TextColumn[DueItem](view.heading("item")[0], lambda row: targets.due(view, row))
    state = TextColumn[DueItem](view.heading("state")[0], lambda row: targets.due_state(view, row))
    columns = ("due", "what", item, "owner", state)
    yield table(view, "track", "calendar", columns, view.rows("track", "calendar", DueItem))


def _value(view: View, row: CohortState) -> str:
    """A programme's number with the word before it, or how it stands."""
    if not known(row.value):
        return view.choice("delivery_state", row.state)
    return view.qualified(row.qualifier, view.show(row.value, row.unit))


@BLOCKS("short")
def assessed(view: View) -> Iterator[Block]:
    """Targets by nature, those that lag first, and the odds of some."""
    listed = sorted(targets.rows(view), key=targets.order)
    for nature, name in TITLES.items():
        if rows := _of(listed, nature):
            yield Heading(1, view.word(f"title_targets_{name}"))
            yield table(view, "track", "targets", _columns(view), rows)
    names = targets.distinct(view, listed)
    yield from odds.lines(view, list(zip(listed, names, strict=True)))


def _columns(view: View) -> Sequence[TextColumn[TargetRow]]:
    column = TextColumn[TargetRow]
    return (
        column(view.word("head_indicator"), lambda row: targets.name(view, row)),
        column(view.word("head_target"), lambda row: targets.aim(view, row)),
        column(view.word("head_latest"), lambda row: targets.latest(view, row)),
        column(view.word("head_gap"), lambda row: targets.gap(view, row)),
        column(view.word("head_elapsed"), lambda row: targets.elapsed(view, row), numeric=True),
        column(
            view.word("head_progress"),
            lambda row: percent(row.progress.value, view.lang),
            numeric=True,
        ),
        column(view.word("head_class"), lambda row: _assessed(view, row)),
    )


def _assessed(view: View, row: TargetRow) -> Text:
    """The class; where a target cannot be assessed, what is missing."""
    called = verdict.verdict(view, row)
    if not row.missing:
        return called
    missing = [view.choice("missing", row.missing), *verdict.beside(view, row.target)]
    return f"{called}{view.written.colon}{view.join(missing)}"


@BLOCKS("short")
def due(view: View) -> Iterator[Block]:
    """Items due besides targets."""
    items = view.rows("track", "calendar", DueItem)
    rows = [row for row in items if row.what != DueKind.TARGET]
    if rows:
        yield Heading(1, view.word("title_calendar"))
        cells = [
            [
                str(row.due),
                view.choice("due_what", row.what),
                targets.due(view, row),
                targets.due_state(view, row),
            ]
            for row in rows
        ]
        yield grid(
            "", [view.word(f"head_{name}") for name in ("due", "what", "task", "state")], cells
        )


@BLOCKS("short")
def reported(view: View) -> Iterator[Block]:
    """States of tasks and milestones that departments reported, then every finding."""
    cells = [
        [
            name,
            view.choice("delivery_state", row.state),
            row.evidence,
            reported_by_on(row.reported_by, row.reported_on, view.lang),
        ]
        for name, row in _delivery(view)
        if row.reported_on
    ]
    if cells:
        yield Heading(1, view.word("title_reported"))
        heads = [view.word(f"head_{name}") for name in ("task", "state", "evidence", "told")]
        yield grid("", heads, cells)
    yield from all_findings(view, "track", view.word("title_findings"))


def _delivery(view: View) -> Iterator[tuple[str, TaskState | MilestoneState]]:
    """Tasks and milestones by name."""
    for row in view.rows("track", "measures", TaskState):
        yield view.name("measures", row.measure), row
    for row in view.rows("track", "milestones", MilestoneState):
        step = view.name("milestones", row.item, row.project)
        yield view.written.comma.join([view.name("entities", row.project), step]), row
