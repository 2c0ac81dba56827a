"""Entries of catalogues written in the browser: sources, indicators, industries, places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fastapi import FastAPI
from fastapi.responses import Response

from songhua import messages, schema, session
from songhua.errors import Fault, SonghuaError
from songhua.messages import LANGUAGES
from songhua.schema import Column
from songhua.web import forms
from songhua.web.address import Address
from songhua.web.figure_form import FIGURE, add_form, confirmation, preview
from songhua.web.forms import Field, FormRequest, States
from songhua.web.pages import fragment_of
from songhua.web.workbench import Workbench

CATALOGUES = ("sources", "indicators", "industries", "places")
ID = Column("id", "slug")
#: Types of columns that hold several things, which are written in the file.
SEVERAL = ("texts", "labels", "periods")
#: Where a sheet that was sent is looked at, to which the form leads back.
BACK = re.compile(r"import/[0-9a-f]{16}")


def add(api: FastAPI, bench: Workbench) -> None:
    """Add the addresses of entries that are written."""
    states = States(bench)
    for catalogue in CATALOGUES:
        _add(api, states, catalogue)


def _add(api: FastAPI, states: States, catalogue: str) -> None:
    def form(at: Address, typed: Mapping[str, str]) -> Response:
        return _entry(states, at, catalogue, typed)

    columns = (*columns_of(catalogue), ID, Column("_back", "text"))
    add_form(api, states.bench, f"write/{catalogue}", columns, form)


def columns_of(catalogue: str) -> list[Column]:
    """The columns of a catalogue that a form has; a name has one for each language."""
    columns: list[Column] = []
    for column in schema.table(catalogue).columns:
        if column.type == "names":
            columns += [
                replace(column, name=f"{column.name}.{lang}", type="text", each=column.name)
                for lang in LANGUAGES
            ]
        elif column.type not in SEVERAL:
            columns.append(column)
    return columns


def _entry(states: States, at: Address, catalogue: str, typed: Mapping[str, str]) -> Response:
    """The form of a new entry: empty, looked at, or taken."""
    bench, view, name = states.bench, forms.view_of(states.bench, at), f"write/{catalogue}"
    columns, id = columns_of(catalogue), typed.get("id", "").strip()
    cells = forms.read_cells(view, columns, typed)
    request = FormRequest.of(states, typed, {**cells, "id": id}, at.lang)
    faults, outcome = list[Fault](), None
    if typed.get("_what"):
        try:
            outcome = session.add_entry(
                bench.folder, catalogue, id, cells, dry_run=not request.take
            )
        except SonghuaError as error:
            faults = [_at_field(fault, columns, at.lang) for fault in error.faults]
    title = view.word(f"web_write_{catalogue}")
    back = typed.get("_back", "") if BACK.fullmatch(typed.get("_back", "")) else ""
    if outcome is not None and request.take:
        ways = [
            (at.to(f"sources/{outcome.id}"), "web_see_it"),
            (at.to(FIGURE, source=outcome.id), "web_write_figure"),
        ]
        ways = ways if catalogue == "sources" else [(at.to(FIGURE), "web_write_figure")]
        ways = [(at.to(back), "web_back_to_sheet")] if back else ways
        return confirmation(bench, at, name, title, [], ways)
    html = "" if outcome is None else fragment_of(view, preview(view, columns, cells), at)
    how = "web_write_sources_how" if catalogue == "sources" else "web_write_entry_how"
    body = forms.entry(
        view,
        at.to(name),
        _fields(forms.fields(view, (*columns, ID), typed, faults), at.lang),
        request,
        may=outcome is not None,
        found=html,
        lede=view.word(how),
        faults=forms.unplaced(view, faults, (*columns, ID)),
        hidden={"_back": back} if back else {},
    )
    return forms.page(bench, at, view, name, title, body, 422 if faults else 200)


def _at_field(fault: Fault, columns: Sequence[Column], lang: str) -> Fault:
    """A fault of a name at the field of the name in the page's language."""
    names = [
        column.name for column in columns if column.each == fault.column and "." in column.name
    ]
    fields = [name for name in names if name.endswith(f".{lang}")]
    return replace(fault, column=fields[0]) if fields and not fault.file else fault


def _fields(fields: Sequence[Field], lang: str) -> list[Field]:
    """The fields with what is no column of the schema named: the languages of names, the id."""
    labelled: list[Field] = []
    for field in fields:
        written = field.name.partition(".")[2]
        if written:
            label = f"{field.label} ({messages.tongue(written, lang)})"
            field = replace(field, label=label, required=False)
        elif field.name == "id":
            texts = messages.word("web_entry_id", lang), messages.word("web_entry_id_how", lang)
            field = replace(field, label=texts[0], hint=texts[1])
        labelled.append(field)
    return labelled
