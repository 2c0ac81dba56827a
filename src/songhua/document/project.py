"""One project of the plan: its effects, their drivers, and its facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from songhua import results, schema
from songhua.document.blocks import Block, Figure, Group, Paragraph, Section, Table
from songhua.document.charts import simulate as charts
from songhua.document.tables import TextColumn, grid, records, table
from songhua.format.cells import Row, cell
from songhua.format.numbers import known
from songhua.format.text import Link, Text
from songhua.format.view import DASH, View, anchor
from songhua.format.words import reported_by_on
from songhua.labels.lookup import refuse_absent
from songhua.messages import Words
from songhua.schema import Column
from songhua.studies.simulate.rows import Driver, ProjectImpact, TotalImpact
from songhua.studies.track.delivery import TaskState
from songhua.studies.track.project_sums import ProjectSum
from songhua.studies.track.projects import MilestoneState

#: The outcomes for which drivers are shown: the first that the results have.
OUTCOMES = ("net_value_added", "operation_jobs", "construction_jobs")
MEASURES = ("value_added", "jobs", "income", "taxes")
#: The amounts of a project up to a date.
VALUES = ("total", "planned_value", "earned_value", "actual_value")


def project_ids(view: View) -> list[str]:
    """The projects of the plan: those that spend or sell, then those with milestones or values."""
    if view.plan is None:
        return []
    ids = [*view.plan.simulated_projects(), *(entry.project for entry in view.plan.projects)]
    return list(dict.fromkeys(ids))


def place(id: str) -> str:
    """Where a project stands."""
    return anchor("project", id)


def project(view: View, id: str, drivers: Sequence[Driver] = ()) -> Section:
    """All that is known of a project, and what simulate says of it; `drivers` are its own.

    Raises:
        SonghuaError: `label_unknown`, where the plan has no such project.
    """
    refuse_absent("projects", project_ids(view), id)
    blocks = [*_lede(view, id), *_fan(view, id), *_totals(view, id), *_drivers(view, drivers)]
    blocks += [table for table in _facts(view, id) if table.rows]
    return Section(place(id), view.name("entities", id), blocks)


def _lede(view: View, id: str) -> Iterator[Block]:
    """The kind of project, its industries, and the way to what if."""
    entry = view.region.entities.get(id, {})
    note = str(entry.get("note") or "")
    kind = str(entry.get("type") or "")
    words = [view.choice("entity_type", kind)] if kind else []
    words += [view.name("industries", industry) for industry in _industries(view, id)]
    if words:
        yield Paragraph(" · ".join(words), "lede")
    if note:
        yield Paragraph(note, "note")
    assert view.plan is not None
    yield from possible_part(view, id, view.plan.wholes.get(id, ()))
    if id in view.plan.simulated_projects():
        yield Paragraph((Link(view.say("project_what_if"), anchor("whatif", id)),), "more")


def _industries(view: View, id: str) -> list[str]:
    """The industry in which it produces, by the table's name of it, as far as the plan has one."""
    assert view.plan is not None
    codes = [
        row.value
        for row in view.plan.operation_rows
        if (row.project, row.field) == (id, "industry")
    ]
    owners = [
        str(table.industries["industry"].get(code, ""))
        for code in codes
        for table in view.region.tables.values()
        if table.industries is not None and "industry" in table.industries
    ]
    return [owner for owner in dict.fromkeys(owners) if owner in view.region.industries]


def _fan(view: View, id: str) -> Iterator[Block]:
    """Value added and jobs by year, construction and operation."""
    rows = [
        row
        for row in view.rows("simulate", "projects", ProjectImpact)
        if row.project == id and row.phase in charts.PHASES
    ]
    figures: list[Block] = []
    for measure in ("value_added", "jobs"):
        drawn = charts.fan(view, rows, measure)
        if drawn:
            title = view.say("project_fan", measure=view.choice("gain", measure))
            note = view.say("fan_note", estimate=charts.ends_kinds(view, rows))
            figures.append(Figure(title, drawn, note))
    if figures:
        yield Group(figures, "charts")


def _totals(view: View, id: str) -> Iterator[Block]:
    rows = [
        row
        for row in view.rows("simulate", "totals", TotalImpact)
        if (row.project, row.effect) == (id, "type_i") and row.measure in MEASURES
    ]
    if rows:
        yield table(
            view,
            "simulate",
            "totals",
            ("phase", "period", "measure", "value"),
            rows,
            title=view.say("project_totals"),
            fold="open",
        )
    elif view.plan is not None and id in view.plan.simulated_projects():
        yield Paragraph(view.say("project_not_run"), "empty")


def _drivers(view: View, drivers: Sequence[Driver]) -> Iterator[Block]:
    """The drivers of its results: a bar a driver."""
    figures: list[Block] = []
    for outcome in OUTCOMES:
        drawn = charts.tornado(view, drivers, outcome)
        if drawn:
            title = view.say("chart_tornado", outcome=view.choice("headline", outcome))
            figures.append(Figure(title, drawn, view.say("tornado_note")))
    if figures:
        yield Group(figures[:2], "charts")


def _facts(view: View, id: str) -> Iterator[Table]:
    """Facts with a source: money, operation, milestones and values."""
    plan = view.plan
    assert plan is not None
    yield _listed(
        view,
        "spending",
        records(plan.spending),
        id,
        ("good", "period", "value", "local", "source", "recorded", "note"),
    )
    yield _listed(
        view,
        "operation",
        records(plan.operation),
        id,
        ("field", "value", "source", "recorded", "note"),
    )
    lead = {(milestone.project, milestone.item): milestone.lead for milestone in plan.milestones}
    state = TextColumn[MilestoneState](
        view.heading("state")[0], lambda row: delivery_state(view, row)
    )
    led = TextColumn[MilestoneState](
        view.heading("department")[0], lambda row: lead.get((row.project, row.item), "")
    )
    rows = [row for row in view.rows("track", "milestones", MilestoneState) if row.project == id]
    yield table(
        view,
        "track",
        "milestones",
        ("item", "planned", "actual", "slip_days", state, led, "source"),
        rows,
        fold="open",
    )
    values = [entry for entry in plan.project_values if entry.project == id]
    cells: list[list[Text]] = [
        [
            Words.of(entry.name)(view.lang) or entry.item,
            view.period(entry.period),
            *(_amount(view, getattr(entry, name), str(entry.unit or "")) for name in VALUES),
            entry.lead,
            view.source(entry.source),
        ]
        for entry in values
    ]
    of_values = results.tables("track")["projects"]
    heads = [
        *view.heading("item", "period"),
        *(of_values.column(name).heading(view.lang) for name in VALUES),
        *view.heading("department", "source"),
    ]
    yield grid(view.say("project_values"), heads, cells, range(2, 6))


def _listed(view: View, name: str, rows: Iterable[Row], id: str, names: Sequence[str]) -> Table:
    """The rows of a table of the plan about a project, each cell as its column has it."""
    described = schema.table(f"plan_{name}")
    columns = [described.column(column) for column in names]
    texts = [
        {key: str(value) for key, value in row.items()} for row in rows if row["project"] == id
    ]
    full = [column for column in columns if any(row.get(column.name) for row in texts)]
    cells: list[list[Text]] = [[_cell(view, row, column) for column in full] for row in texts]
    return grid(view.say(f"project_{name}"), [column.heading(view.lang) for column in full], cells)


def _cell(view: View, row: dict[str, str], column: Column) -> Text:
    text = row.get(column.name, "")
    if column.name == "value" and row.get("unit") and text:
        return view.show(float(text), row["unit"])
    if column.name == "source":
        return view.source(text) if text else view.say("project_assumed")
    if column.name == "value" and row.get("field") == "industry":
        return _industry(view, text)
    if column.name == "value" and row.get("field") == "place":
        return view.name("places", text) or text
    if column.name == "local":
        return f"{text}%" if text else ""
    if column.type in ("number", "decimal", "text"):
        return text
    return cell(view, column, row).text if text else ""


def _amount(view: View, number: object, unit: str) -> str:
    return DASH if number is None else view.show(number, unit)


def _industry(view: View, code: str) -> str:
    """The name of an industry of a table that has it."""
    for id, entry in view.region.tables.items():
        if entry.industries is not None and code in entry.industries.index:
            return view.name("table_industries", code, id)
    return code


def delivery_state(view: View, row: TaskState | MilestoneState) -> str:
    """The state of a task or milestone, with who reported it."""
    label = view.choice("delivery_state", row.state)
    if not row.reported_on:
        return label
    by = reported_by_on(row.reported_by, row.reported_on, view.lang)
    return f"{label}{view.written.comma}{by}"


def possible_part(view: View, project: str, wholes: Sequence[str]) -> Iterator[Paragraph]:
    """That a project may be part of others, if it may."""
    if wholes:
        of = view.join(view.name("entities", whole) for whole in wholes)
        text = view.say("possible_part", name=view.name("entities", project), of=of)
        yield Paragraph(text, "note")


def sums(view: View) -> Table:
    """The values of projects in sum, with and without what may be part of another."""
    rows = view.rows("track", "project_sums", ProjectSum)
    parts = ("without_parts",) if any(known(row.without_parts) for row in rows) else ()
    columns = ("amount", "projects", "period", "value", *parts)
    return table(view, "track", "project_sums", columns, rows)
