"""The pages that list rows: figures, cells of panels, sources, and the tables of results."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import pandas as pd
from fastapi import FastAPI, Request
from fastapi import Path as Part
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from markupsafe import Markup

from songhua import schema
from songhua.document.tables import grid, records
from songhua.errors import SonghuaError
from songhua.format.cells import NUMERIC, Row, cell
from songhua.format.numbers import known
from songhua.format.text import Link, Text, plain
from songhua.format.view import DASH, View, obs, src
from songhua.lookup import refuse_absent
from songhua.render import json as as_json
from songhua.results import plain_value
from songhua.schema import Column
from songhua.web import answers, shell
from songhua.web.address import Address
from songhua.web.answers import Lang
from songhua.web.held import HOLD
from songhua.web.listing import Asked, Listing, columns_of, found, listing
from songhua.web.pages import fragment_of
from songhua.web.workbench import Waiting, Workbench

Name = Annotated[str, Part(max_length=100, pattern="^[a-z_]+$")]
#: Rows that are written at once.
CHUNK = 20_000


@dataclass(frozen=True)
class Rows:
    """A table to list: where a row leads to, and columns not `shown` as their schema says."""

    title: str
    columns: Sequence[Column]
    frame: pd.DataFrame
    leads: Callable[[Row], str] | None = None
    shown: Mapping[str, Callable[[View, Row], Text]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def text(self, view: View, column: Column, row: Row) -> Text:
        """A cell as a reader reads it."""
        made = self.shown.get(column.name)
        return made(view, row) if made else cell(view, column, row).text


def figures(view: View) -> Rows:
    """The observations of the folder."""
    return Rows(
        view.word("web_page_figures"), schema.table("observations").columns,
        view.region.observations, lambda row: obs(str(row["id"])), {"value": _recorded},
        frozenset({"unit", "qualifier"}),
    )  # fmt: skip


def cells(view: View) -> Rows:
    """The cells of the panels: numbers in the units of their indicators, as they are held."""
    columns, frame = schema.table("panels").columns, view.region.panels
    if len(frame):
        units = {id: view.region.indicator(id).unit for id in frame["indicator"].unique()}
        frame = frame.assign(value=frame["number"], unit=frame["indicator"].map(units))
    lacking = {column.name: "" for column in columns if column.name not in frame}
    made, title = frame.assign(**lacking), view.word("web_page_cells")
    return Rows(title, columns, made, None, {"value": _cell}, frozenset({"unit"}))


def _recorded(view: View, row: Row) -> Text:
    """The number of an observation with the word before it and its unit."""
    said = view.show(row["number"], str(row["unit"]), row["low"], row["high"])
    return view.qualified(str(row["qualifier"]), said)


def _cell(view: View, row: Row) -> Text:
    """The number of a cell with its ends and its unit; a dash where it has none."""
    ends = row["low"], row["high"]
    return view.show(row["number"], str(row["unit"]), *ends) if known(row["number"]) else DASH


def sources(view: View) -> Rows:
    """The sources of the folder."""
    columns = columns_of("sources")
    names = [column.name for column in columns]
    made = [
        {"id": id} | {name: str(entry.get(name) or "") for name in names}
        for id, entry in view.region.sources.items()
    ]
    frame = pd.DataFrame(made, columns=["id", *names])
    return Rows(view.word("web_page_sources"), columns, frame, lambda row: src(str(row["id"])))


def result(view: View, study: str, name: str) -> Rows:
    """A table of a result.

    Raises:
        SonghuaError: `label_unknown` or `label_near`: no study that was run, no table of it.
    """
    refuse_absent("studies", view.results, study)
    described = schema.results(study)
    refuse_absent("tables", described, name)
    frame = view.table(study, name)
    columns = [column for column in described[name].columns if column.name in frame]
    return Rows(described[name].title(view.lang), columns, frame)


def add(api: FastAPI, bench: Workbench) -> None:
    """Add the addresses of lists, each as a page, as JSON and as CSV."""
    for name, make in (("figures", figures), ("cells", cells), ("sources", sources)):
        _list(api, bench, name, make)

    @api.get("/{lang}/tables/{study}/{name}.json")
    def table_json(request: Request, lang: Lang, study: Name, name: Name) -> Response:
        """A table of a result as JSON: the rows asked for, a page at a time."""
        return _answer(
            bench, request, lang, f"tables/{study}/{name}", lambda v: result(v, study, name), "json"
        )

    @api.get("/{lang}/tables/{study}/{name}.csv")
    def table_csv(request: Request, lang: Lang, study: Name, name: Name) -> Response:
        """A table of a result as CSV: all rows asked for."""
        return _answer(
            bench, request, lang, f"tables/{study}/{name}", lambda v: result(v, study, name), "csv"
        )

    @api.get("/{lang}/tables/{study}/{name}", response_class=HTMLResponse)
    def table_page(request: Request, lang: Lang, study: Name, name: Name) -> Response:
        """A table of a result: the rows asked for, a page at a time."""
        return _answer(
            bench, request, lang, f"tables/{study}/{name}", lambda v: result(v, study, name), ""
        )


def _list(api: FastAPI, bench: Workbench, name: str, make: Callable[[View], Rows]) -> None:
    """A list as a page, as JSON and as CSV."""

    def page(request: Request, lang: Lang) -> Response:
        return _answer(bench, request, lang, name, make, "")

    def data(request: Request, lang: Lang) -> Response:
        return _answer(bench, request, lang, name, make, "json")

    def sheet(request: Request, lang: Lang) -> Response:
        return _answer(bench, request, lang, name, make, "csv")

    api.get(f"/{{lang}}/{name}.json", name=f"{name} as JSON")(data)
    api.get(f"/{{lang}}/{name}.csv", name=f"{name} as CSV")(sheet)
    api.get(f"/{{lang}}/{name}", response_class=HTMLResponse, name=name)(page)


def _answer(
    bench: Workbench, request: Request, lang: str, name: str, make: Callable[[View], Rows],
    form: str,
) -> Response:  # fmt: skip
    at = answers.at_of(request, lang)
    view = bench.view(at) if name.startswith("tables/") else bench.folder_view(at)
    if isinstance(view, Waiting):
        return answers.waiting(bench, at, name, view.job, form != "")
    return listed(bench, request, at, view, name, make(view), form)


def listed(
    bench: Workbench, request: Request, at: Address, view: View, name: str, shown: Rows, form: str
) -> Response:
    """A table as its address asks for it: as a page, as JSON or as CSV."""
    words = {key: value for key, value in request.query_params.items() if value}
    asked = Asked.of(words, shown.columns)
    if form == "csv":
        file = name.replace("/", "-")
        headers = {"content-disposition": f'attachment; filename="{file}.csv"'}
        listed = found(shown.frame, shown.columns, asked, view)
        return StreamingResponse(
            _sheet(shown, listed), media_type="text/csv; charset=utf-8", headers=headers
        )
    page = listing(shown.frame, shown.columns, asked, view)
    if form == "json":
        data = as_json.written(_data(view, shown, page, at, name))
        return Response(data, media_type=answers.JSON, headers=HOLD)
    body, given = _body(view, shown, page, at, name), _given(asked)
    more: dict[str, Any] = {"asked": given, "as_data": True, "csv": True}
    text = answers.framed(bench, at, view, name, shown.title, body, **more)
    return HTMLResponse(text, headers=HOLD)


def _given(asked: Asked, **other: str) -> dict[str, str]:
    """What an address says of a list, and what is to be otherwise."""
    size = "" if asked.size == Asked().size else str(asked.size)
    page = "" if asked.page == 1 else str(asked.page)
    said = {"_q": asked.search, "_sort": asked.sort, "_page": page, "_size": size}
    return {name: value for name, value in (dict(asked.filters) | said | other).items() if value}


def _sheet(shown: Rows, frame: pd.DataFrame) -> Iterator[str]:
    """The rows as CSV, with a mark at the head by which spreadsheets know UTF-8."""
    names = [column.name for column in shown.columns]
    out = io.StringIO()
    csv.writer(out).writerow(names)
    yield f"\ufeff{out.getvalue()}"
    for start in range(0, len(frame), CHUNK):
        part = frame[names].iloc[start : start + CHUNK]
        yield part.to_csv(index=False, header=False, lineterminator="\r\n")


def _data(view: View, shown: Rows, page: Listing, at: Address, name: str) -> dict[str, object]:
    """A page of rows as plain data: values, the same as texts, and where the next page stands."""
    listed, asked = records(page.rows), page.asked
    names = [column.name for column in shown.columns]
    after = at.to(f"{name}.json", **_given(asked, _page=str(asked.page + 1)))
    return {
        "title": shown.title,
        "total": page.total,
        "page": asked.page,
        "pages": page.pages,
        "next": after if asked.page < page.pages else None,
        "columns": [
            {"name": column.name, "heading": column.heading(view.lang), "type": column.type}
            for column in shown.columns
        ],
        "rows": [plain_value({key: row[key] for key in names}) for row in listed],
        "shown": [
            {column.name: plain(shown.text(view, column, row)) for column in shown.columns}
            for row in listed
        ],
        "facets": {key: dict(values) for key, values in page.facets.items()},
    }  # fmt: skip


def _body(view: View, shown: Rows, page: Listing, at: Address, name: str) -> str:
    """The form by which rows are chosen, the rows, and the way to the other pages."""
    asked = page.asked
    columns = [column for column in shown.columns if column.name not in shown.hidden]
    columns = [one for one in columns if page.rows[one.name].astype(str).ne("").any()] or columns
    heads = [column.heading(view.lang) for column in columns]
    cells = [_row(view, shown, columns, row) for row in records(page.rows)]
    numeric = [at for at, column in enumerate(columns) if column.type in NUMERIC]
    table = fragment_of(view, [grid(shown.title, heads, cells, numeric)])
    kinds = {column.name: column for column in shown.columns}
    facets = [
        {"name": key, "heading": kinds[key].heading(view.lang),
         "chosen": asked.filters.get(key, ""),
         "choices": [(value, _said(view, kinds[key], value), n) for value, n in values]}
        for key, values in page.facets.items()
    ]  # fmt: skip
    orders = [
        (sign + column.name, view.word(f"web_{way}", column=column.heading(view.lang)))
        for column in shown.columns for sign, way in (("", "up"), ("-", "down"))
        if column.type in (*NUMERIC, "period", "date", "when", "label")
    ]  # fmt: skip
    unseen = [
        (kinds[key].heading(view.lang), (key, value))
        for key, value in asked.filters.items() if key not in page.facets
    ]  # fmt: skip
    shared = {"_as_of": at.as_of, "_scenario": at.scenario}

    def to(page_number: int) -> str:
        return at.to(name, **_given(asked, _page=str(page_number)))

    return shell.template(
        "listing.html", v=view, path=at.to(name).partition("?")[0], asked=asked,
        kept=[one for one in shared.items() if one[1]], facets=facets, unseen=unseen,
        orders=orders, clear=at.to(name), total=page.total, pages=page.pages,
        table=Markup(shell.led(table, at)),
        before=to(asked.page - 1) if 1 < asked.page <= page.pages else "",
        after=to(asked.page + 1) if asked.page < page.pages else "",
    )  # fmt: skip


def _row(view: View, shown: Rows, columns: Sequence[Column], row: Row) -> list[Text]:
    """A row as texts; its first leads to the page of the row where it has one."""
    texts: list[Text] = [shown.text(view, column, row) for column in columns]
    if shown.leads is not None and (place := shown.leads(row)):
        texts[0] = (Link(plain(texts[0]), place),)
    return texts


def _said(view: View, column: Column, value: str) -> str:
    """A value of a column as a reader reads it."""
    try:
        return plain(cell(view, column, _Any(column.name, value)).text) or value
    except (KeyError, SonghuaError):
        return value


class _Any(dict[str, object]):
    """A row of which one column is known; all others are blank."""

    def __init__(self, name: str, value: object) -> None:
        super().__init__({name: value})

    def __missing__(self, key: str) -> str:
        return ""
