"""Rows of the plan corrected in the browser: targets, tasks, milestones and values of projects."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from fastapi import FastAPI
from fastapi import Path as Part
from fastapi.responses import HTMLResponse, Response

from songhua import schema, session, store
from songhua.errors import Fault, SonghuaError
from songhua.format.view import View
from songhua.labels.lookup import refuse_absent
from songhua.schema import Column
from songhua.web import forms, shell
from songhua.web.address import Address
from songhua.web.answers import At
from songhua.web.figure_form import confirmation, preview
from songhua.web.forms import FormRequest, States
from songhua.web.pages import fragment_of
from songhua.web.workbench import Workbench

PAGE = "plan/rows"
RowId = Annotated[str, Part(pattern="^[0-9a-f]{16}$", description="A row of the plan.")]
Table = StrEnum("Table", store.PLAN_TABLES)


def add(api: FastAPI, bench: Workbench) -> None:
    """Add the addresses at which rows of the plan are listed and corrected."""
    states = States(bench)
    fields = forms.typed(lambda parts: columns_of(parts["table"]))

    @api.get(f"/{{lang}}/{PAGE}", response_class=HTMLResponse)
    def rows(at: At) -> Response:
        """The rows of the plan's tables, each with the way to its form."""
        view = forms.view_of(bench, at)
        listed = [
            (
                view.word(f"web_plan_{table}"),
                [
                    (at.to(f"{PAGE}/{table}/{id}"), _name(view, table, cells))
                    for id, cells in store.rows_of_plan(store.at(bench.folder), table).items()
                ],
            )
            for table in store.PLAN_TABLES
        ]
        body = shell.template("plan_rows.html", v=view, tables=listed)
        return forms.page(bench, at, view, PAGE, view.word("web_plan_rows"), body)

    @api.get(f"/{{lang}}/{PAGE}/{{table}}/{{id}}", response_class=HTMLResponse)
    def show(at: At, table: Table, id: RowId) -> Response:
        """The form of one row of the plan."""
        forms.refuse_songhua(bench)
        return _row(states, at, table.value, id, {})

    @api.post(f"/{{lang}}/{PAGE}/{{table}}/{{id}}", response_class=HTMLResponse)
    def take(at: At, table: Table, id: RowId, typed: dict[str, str] = fields) -> Response:
        """A preview of a changed row, or the row written."""
        forms.refuse_songhua(bench)
        bench.session()
        with forms.alone(bench, {"_what": "look", **typed}, at.lang) as sent:
            return _row(states, at, table.value, id, sent)


def _name(view: View, table: str, cells: Mapping[str, str]) -> str:
    """A row in a line, as a reader knows it."""
    title = cells.get(f"name_{view.lang}") or cells.get(f"task_{view.lang}")
    if table == "targets":
        name, period = view.name("indicators", cells["indicator"]), view.period(cells["period"])
        return " · ".join((name, period, cells["text"]))
    if table == "projects":
        kind = view.choice("project_row", cells["kind"])
        return " · ".join((view.name("entities", cells["project"]), kind, title or cells["item"]))
    return title or next((text for n, text in cells.items() if n.startswith("task_") and text), "")


def _row(states: States, at: Address, table: str, id: str, typed: Mapping[str, str]) -> Response:
    """The form of one row of the plan: as it stands, looked at, or taken."""
    bench, view, name = states.bench, forms.view_of(states.bench, at), f"{PAGE}/{table}/{id}"
    current = store.rows_of_plan(store.at(bench.folder), table)
    refuse_absent(table, current, id)
    columns = columns_of(table)
    cells = forms.read_cells(view, columns, typed)
    request, faults, outcome = FormRequest.of(states, typed, cells, at.lang), list[Fault](), None
    if typed.get("_what"):
        try:
            outcome = session.change_plan_row(
                bench.folder, table, id, cells, dry_run=not request.take
            )
        except SonghuaError as error:
            faults = [*error.faults]
    title = _name(view, table, current[id])
    if outcome is not None and request.take:
        return confirmation(bench, at, name, title, [], [(at.to(PAGE), "web_plan_rows")])
    html = "" if outcome is None else fragment_of(view, preview(view, columns, cells), at)
    rows = forms.fields(view, columns, typed if typed.get("_what") else current[id], faults)
    body = forms.entry(
        view,
        at.to(name),
        rows,
        request,
        may=outcome is not None,
        found=html,
        faults=forms.unplaced(view, faults, columns),
        lede=view.word("web_plan_row_how"),
    )
    return forms.page(bench, at, view, name, title, body, 422 if faults else 200)


def columns_of(table: str) -> list[Column]:
    """The columns of a table of the plan that a form has; those by which a row is known stay.

    There are none of a table that has no form.

    >>> [column.name for column in columns_of("targets")][:2], columns_of("none")
    (['indicator', 'region'], [])
    """
    if table not in store.PLAN_TABLES:
        return []
    described = schema.table(f"plan_{table}")
    return [column for column in described.columns if column.name not in described.key]
