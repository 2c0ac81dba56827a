"""Figures written in the browser: one added, one corrected, with all checks first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from fastapi import Depends, FastAPI
from fastapi.responses import HTMLResponse, Response

from songhua import schema, session
from songhua.document.blocks import Block, Facts, Heading, Paragraph
from songhua.errors import Fault, SonghuaError
from songhua.format.cells import cell
from songhua.format.numbers import as_printed
from songhua.format.text import Text
from songhua.format.view import View
from songhua.schema import Column
from songhua.store import Correction
from songhua.web import forms, shell
from songhua.web.address import Address
from songhua.web.answers import At, Id
from songhua.web.asking import Words
from songhua.web.fault_kinds import FigureSuperseded
from songhua.web.forms import FormRequest, States, body_schema
from songhua.web.pages import fragment_of
from songhua.web.workbench import Workbench

FIGURE = "write/figure"
FIGURES = schema.table("observations").columns
#: The columns that may change in a correction, each with the field for its faults.
CORRECTED = tuple(
    column for column in FIGURES if column.name in ("value", "published", "recorded", "note")
)
OF_FIELD = {
    "number_unreadable": "value",
    "unit_unknown": "value",
    "correct_same": "value",
    "correct_qualifier": "value",
    "correct_same_day": "recorded",
    "date_unreadable": "recorded",
}


def add(api: FastAPI, bench: Workbench) -> None:
    """Add the addresses of figures that are written."""
    states = States(bench)
    add_form(api, bench, FIGURE, FIGURES, lambda at, typed: _figure(states, at, typed))
    fields = forms.typed(lambda _: CORRECTED)

    @api.get("/{lang}/figures/{id}/correct", response_class=HTMLResponse)
    def correct(at: At, id: Id) -> Response:
        """The form by which a figure is corrected."""
        forms.refuse_songhua(bench)
        return _correct(states, at, id, {})

    @api.post(
        "/{lang}/figures/{id}/correct",
        response_class=HTMLResponse,
        openapi_extra=body_schema(CORRECTED),
    )
    def corrected(at: At, id: Id, typed: dict[str, str] = fields) -> Response:
        """A preview of a correction, or the correction taken."""
        forms.refuse_songhua(bench)
        bench.session()
        with forms.alone(bench, typed, at.lang) as sent:
            return _correct(states, at, id, sent)


def add_form(
    api: FastAPI,
    bench: Workbench,
    name: str,
    columns: Sequence[Column],
    answer: Callable[[Address, Mapping[str, str]], Response],
) -> None:
    """The address of a form by which something is added."""
    words = Depends(Words(lambda _: [column.name for column in columns]))
    fields = forms.typed(lambda _: columns)

    @api.get(f"/{{lang}}/{name}", response_class=HTMLResponse, name=f"{name}: the form")
    def show(at: At, typed: dict[str, str] = words) -> Response:
        forms.refuse_songhua(bench)
        return answer(at, typed)

    @api.post(
        f"/{{lang}}/{name}",
        response_class=HTMLResponse,
        name=f"{name}: looked at or taken",
        openapi_extra=body_schema(columns),
    )
    def take(at: At, typed: dict[str, str] = fields) -> Response:
        forms.refuse_songhua(bench)
        bench.session()
        with forms.alone(bench, typed, at.lang) as sent:
            return answer(at, {**sent, "_what": sent.get("_what") or "look"})


def _figure(states: States, at: Address, typed: Mapping[str, str]) -> Response:
    """The form of a new figure: empty, looked at, or taken."""
    bench, view = states.bench, forms.view_of(states.bench, at)
    cells = forms.read_cells(view, FIGURES, typed)
    request, faults, outcome = FormRequest.of(states, typed, cells, at.lang), list[Fault](), None
    if typed.get("_what"):
        try:
            outcome = session.add_figure(bench.folder, cells, dry_run=not request.take)
        except SonghuaError as error:
            faults = [*error.faults]
    title = view.word("web_write_figure")
    if outcome is not None and request.take:
        ways = [(at.to(f"figures/{outcome.id}"), "web_see_it"), (at.to(FIGURE), "web_write_figure")]
        return confirmation(
            bench,
            at,
            FIGURE,
            title,
            forms.words(outcome.warnings, at.lang),
            ways,
        )
    usual = {"recorded": str(date.today()), "region": view.region.code}
    values = typed if typed.get("_what") else usual | {k: v for k, v in typed.items() if v}
    html = "" if outcome is None else fragment_of(view, preview(view, FIGURES, cells), at)
    warnings = [] if outcome is None else forms.words(outcome.warnings, at.lang)
    rows = forms.fields(view, FIGURES, values, faults)
    body = forms.entry(
        view,
        at.to(FIGURE),
        rows,
        request,
        may=outcome is not None,
        found=html,
        warnings=warnings,
        faults=forms.unplaced(view, faults, FIGURES),
        lede=view.word("web_write_figure_how"),
    )
    return forms.page(bench, at, view, FIGURE, title, body, 422 if faults else 200)


def preview(view: View, columns: Sequence[Column], cells: Mapping[str, str]) -> list[Block]:
    """A row before it is written, as a reader reads it; a number as it is printed."""
    pairs: list[tuple[Text, Text]] = []
    row = {column.name: cells.get(column.name, "") or column.default for column in columns}
    for column in columns:
        if row[column.name] and column.name != "unit":
            plain = column.type in ("decimal", "period", "when", "date", "text")
            text: Text = row[column.name] if plain else cell(view, column, row).text
            if column.type == "decimal":
                text = as_printed(f"{row['value']} {row['unit']}".strip(), view.lang)
            pairs.append((column.heading(view.lang), text))
    return [Heading(1, view.word("web_would_write")), Facts(pairs, frozenset(range(len(pairs))))]


def _correct(states: States, at: Address, id: str, typed: Mapping[str, str]) -> Response:
    """The form of a correction: as the figure stands, looked at, or taken."""
    bench, view = states.bench, forms.view_of(states.bench, at)
    row, name, figures = view.observation(id), f"figures/{id}/correct", view.region.figures
    at_row = figures.places[id]
    figure = figures.all_rows[at_row]
    if figure.superseded and not typed:
        raise SonghuaError(FigureSuperseded())
    cells = forms.read_cells(view, CORRECTED, typed)
    request, faults, outcome = FormRequest.of(states, typed, cells, at.lang), list[Fault](), None
    if typed:
        key = session.Named(
            figure.indicator,
            str(figure.period),
            figure.region,
            figure.industry,
            figure.source,
            f"{figures.files[at_row]}:{row['row']}",
        )
        try:
            outcome = session.correct(
                bench.folder,
                key,
                cells["value"],
                published=cells["published"],
                note=cells["note"],
                recorded=cells["recorded"],
                dry_run=not request.take,
            )
        except SonghuaError as error:
            faults = [_at_field(fault) for fault in error.faults]
    title = view.word("web_correct")
    if outcome is not None and request.take:
        ways = [(at.to(f"figures/{id}"), "web_see_it")]
        texts = [view.word("correct_after", figure=outcome.after)]
        texts += forms.words(outcome.warnings, at.lang)
        return confirmation(bench, at, name, title, texts, ways)
    values = typed or {"value": str(row["value"]), "recorded": str(date.today())}
    head = fragment_of(view, _change(view, outcome, row), at)
    rows = forms.fields(view, CORRECTED, values, faults)
    warnings = [] if outcome is None else forms.words(outcome.warnings, at.lang)
    body = forms.entry(
        view,
        at.to(name),
        rows,
        request,
        may=outcome is not None,
        found=head,
        warnings=warnings,
        faults=forms.unplaced(view, faults, CORRECTED),
        lede=view.word("web_correct_how"),
    )
    return forms.page(bench, at, view, name, title, body, 422 if faults else 200)


def _at_field(fault: Fault) -> Fault:
    """A fault of a typed value, at its field."""
    field = OF_FIELD.get(fault.code, "")
    return fault.at(column=field) if field else fault


def _change(view: View, outcome: Correction | None, row: Mapping[str, object]) -> list[Block]:
    """The figure as it stands, and as it would."""
    if outcome is None:
        return preview(view, FIGURES, {k: str(v) for k, v in row.items()})[1:]
    return [
        Paragraph(view.word("correct_before", figure=outcome.before)),
        Paragraph(view.word("correct_after", figure=outcome.after)),
        Paragraph(
            view.word(f"correct_{outcome.how}_would", file=outcome.file, row=outcome.row), "note"
        ),
    ]


def confirmation(
    bench: Workbench,
    at: Address,
    name: str,
    title: str,
    texts: Sequence[str],
    ways: Sequence[tuple[str, str]],
) -> Response:
    """The page after something was written: that it was, and where it is seen."""
    view = forms.view_of(bench, at)
    body = shell.template("taken.html", v=view, said=texts, ways=ways)
    return forms.page(bench, at, view, name, title, body)
