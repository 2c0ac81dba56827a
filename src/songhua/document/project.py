"""One project of the plan: what it brings, what drives that, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from songhua import results, schema
from songhua.document.blocks import Block, Figure, Group, Paragraph, Section, Table
from songhua.document.charts import simulate as charts
from songhua.document.tables import Made, grid, records, table
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

#: What is asked of a project's drivers, the first that there is.
OUTCOMES = ("net_value_added", "operation_jobs", "construction_jobs")
SHOWN = ("value_added", "jobs", "income", "taxes")
#: The amounts of a project up to a date.
VALUES = ("total", "planned_value", "earned_value", "actual_value")


def project_ids(view: View) -> list[str]:
    """The projects of the plan: those that spend or sell, then those with milestones or values."""
    if view.plan is None:
        return []
    found = [*view.plan.simulated_projects(), *(one.project for one in view.plan.projects)]
    return list(dict.fromkeys(found))


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
    blocks += [one for one in _facts(view, id) if one.rows]
    return Section(place(id), view.name("entities", id), blocks)


def _lede(view: View, id: str) -> Iterator[Block]:
    """What it is, and the way to what if."""
    entry = view.region.entities.get(id, {})
    note = str(entry.get("note") or "")
    kind = str(entry.get("type") or "")
    said = [view.choice("entity_type", kind)] if kind else []
    said += [view.name("industries", one) for one in _industries(view, id)]
    if said:
        yield Paragraph(" · ".join(said), "lede")
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
    return [one for one in dict.fromkeys(owners) if one in view.region.industries]


def _fan(view: View, id: str) -> Iterator[Block]:
    """Value added and jobs by year, construction and operation."""
    rows = [
        row
        for row in view.rows("simulate", "projects", ProjectImpact)
        if row.project == id and row.phase in charts.PHASES
    ]
    found: list[Block] = []
    for measure in ("value_added", "jobs"):
        drawn = charts.fan(view, rows, measure)
        if drawn:
            title = view.say("project_fan", measure=view.choice("gain", measure))
            found.append(Figure(title, drawn, view.say("fan_note")))
    if found:
        yield Group(found, "charts")


def _totals(view: View, id: str) -> Iterator[Block]:
    rows = [
        row
        for row in view.rows("simulate", "totals", TotalImpact)
        if (row.project, row.effect) == (id, "type_i") and row.measure in SHOWN
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
    """What moves its results: a bar a driver."""
    found: list[Block] = []
    for outcome in OUTCOMES:
        drawn = charts.tornado(view, drivers, outcome)
        if drawn:
            title = view.say("chart_tornado", outcome=view.choice("headline", outcome))
            found.append(Figure(title, drawn, view.say("tornado_note")))
    if found:
        yield Group(found[:2], "charts")


def _facts(view: View, id: str) -> Iterator[Table]:
    """What is known with a source: money, operation, milestones and values."""
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
    lead = {(one.project, one.item): one.lead for one in plan.milestones}
    state = Made[MilestoneState](view.heading("state")[0], lambda row: delivery_state(view, row))
    led = Made[MilestoneState](
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
    values = [one for one in plan.project_values if one.project == id]
    cells: list[list[Text]] = [
        [
            Words.of(one.name)(view.lang) or one.item,
            view.period(one.period),
            *(_amount(view, getattr(one, name), str(one.unit or "")) for name in VALUES),
            one.lead,
            view.source(one.source),
        ]
        for one in values
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
    columns = [described.column(one) for one in names]
    own = [{key: str(value) for key, value in row.items()} for row in rows if row["project"] == id]
    shown = [one for one in columns if any(row.get(one.name) for row in own)]
    cells: list[list[Text]] = [[_cell(view, row, one) for one in shown] for row in own]
    return grid(view.say(f"project_{name}"), [one.heading(view.lang) for one in shown], cells)


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
    for id, one in view.region.tables.items():
        if one.industries is not None and code in one.industries.index:
            return view.name("table_industries", code, id)
    return code


def delivery_state(view: View, row: TaskState | MilestoneState) -> str:
    """The state of a task or milestone, with who reported it."""
    said = view.choice("delivery_state", row.state)
    if not row.reported_on:
        return said
    by = reported_by_on(row.reported_by, row.reported_on, view.lang)
    return f"{said}{view.written.comma}{by}"


def possible_part(view: View, project: str, wholes: Sequence[str]) -> Iterator[Paragraph]:
    """That a project may be part of others, if it may."""
    if wholes:
        of = view.join(view.name("entities", one) for one in wholes)
        said = view.say("possible_part", name=view.name("entities", project), of=of)
        yield Paragraph(said, "note")


def sums(view: View) -> Table:
    """The values of projects in sum, with and without what may be part of another."""
    rows = view.rows("track", "project_sums", ProjectSum)
    parts = ("without_parts",) if any(known(row.without_parts) for row in rows) else ()
    columns = ("amount", "projects", "period", "value", *parts)
    return table(view, "track", "project_sums", columns, rows)
