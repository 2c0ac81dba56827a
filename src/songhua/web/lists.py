"""The addresses of lists, each as a page, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any

import pandas as pd
from fastapi import Depends, FastAPI
from fastapi import Path as Part
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from markupsafe import Markup

from songhua import results
from songhua.document.tables import grid, records
from songhua.errors import SonghuaError
from songhua.format.cells import NUMERIC, Row, cell
from songhua.format.text import Link, Text, plain
from songhua.format.view import View
from songhua.render import json as as_json
from songhua.results import plain_value
from songhua.schema import Column
from songhua.studies import registry
from songhua.web import answers, shell
from songhua.web.address import Address
from songhua.web.answers import At
from songhua.web.asking import Parts, Words
from songhua.web.described import Csv
from songhua.web.held import HOLD
from songhua.web.listing import (
    OF_PAGE,
    Listing,
    RowQuery,
    columns_of,
    listing,
    matching,
    of_page,
)
from songhua.web.pages import fragment_of
from songhua.web.rows import LISTED, Rows, result
from songhua.web.workbench import Waiting, Workbench

Name = Annotated[str, Part(max_length=100, pattern="^[a-z_]+$")]
#: The answer of a list, by its address, the words of the address, and the form.
Answers = Callable[[Address, Mapping[str, str], str], Response]
#: Rows that are written at once.
CHUNK = 20_000


def list_words(columns: Callable[[Parts], Iterable[Column]]) -> Any:
    """The words by which a list may be asked that has these columns; a parameter's default."""
    return Depends(
        Words(lambda parts: (*OF_PAGE, *(column.name for column in columns(parts))), of_page)
    )


def _of_result(parts: Parts) -> Iterable[Column]:
    """The columns of a result's table; none where there is no such table."""
    study, name = parts["study"], parts["name"]
    described = results.tables(study) if study in registry.studies() else {}
    return described[name].columns if name in described else ()


OfResult = Annotated[dict[str, str], list_words(_of_result)]


def add(api: FastAPI, bench: Workbench) -> None:
    """Add the addresses of lists, each as a page, as JSON and as CSV."""
    for name, (table, make) in LISTED.items():
        of_list(api, name, columns_of(table), _answers(bench, name, make))

    @api.get("/{lang}/tables/{study}/{name}.json")
    def table_json(at: At, study: Name, name: Name, words: OfResult) -> Response:
        """A table of a result as JSON: the rows asked for, a page at a time."""
        return _table(bench, at, study, name, words, "json")

    @api.get("/{lang}/tables/{study}/{name}.csv", response_class=Csv)
    def table_csv(at: At, study: Name, name: Name, words: OfResult) -> Response:
        """A table of a result as CSV: all rows asked for."""
        return _table(bench, at, study, name, words, "csv")

    @api.get("/{lang}/tables/{study}/{name}", response_class=HTMLResponse)
    def table_page(at: At, study: Name, name: Name, words: OfResult) -> Response:
        """A table of a result: the rows asked for, a page at a time."""
        return _table(bench, at, study, name, words, "")


def of_list(api: FastAPI, name: str, columns: Sequence[Column], answer: Answers) -> None:
    """Add a list as JSON, as CSV and as a page; `answer` has the form, the page's being blank."""
    for form in ("json", "csv", ""):
        _of_form(api, name, columns, answer, form)


def _of_form(
    api: FastAPI, name: str, columns: Sequence[Column], answer: Answers, form: str
) -> None:
    dependency = list_words(lambda _: columns)

    def rows(at: At, words: dict[str, str] = dependency) -> Response:
        return answer(at, words, form)

    end = f".{form}" if form else ""
    kind = {"json": JSONResponse, "csv": Csv}.get(form, HTMLResponse)
    api.get(f"/{{lang}}/{name}{end}", name=f"{name} {form}".strip(), response_class=kind)(rows)


def _answers(bench: Workbench, name: str, make: Callable[[View], Rows]) -> Answers:
    """The function that answers for a list of the folder."""

    def answer(at: Address, words: Mapping[str, str], form: str) -> Response:
        view = bench.folder_view(at)
        return list_answer(bench, at, view, name, make(view), words, form)

    return answer


def _table(
    bench: Workbench, at: Address, study: str, name: str, words: Mapping[str, str], form: str
) -> Response:
    view, page = bench.view(at), f"tables/{study}/{name}"
    if isinstance(view, Waiting):
        return answers.waiting(bench, at, page, view.job, form != "")
    return list_answer(bench, at, view, page, result(view, study, name), words, form)


def list_answer(
    bench: Workbench,
    at: Address,
    view: View,
    name: str,
    rows: Rows,
    words: Mapping[str, str],
    form: str,
) -> Response:
    """A table as its address asks for it: as a page, as JSON or as CSV."""
    query = RowQuery.of(words, rows.columns)
    if form == "csv":
        file = name.replace("/", "-")
        headers = {"content-disposition": f'attachment; filename="{file}.csv"'}
        listed = matching(rows.frame, rows.columns, query, view)
        return StreamingResponse(
            _sheet(rows, listed), media_type="text/csv; charset=utf-8", headers=headers
        )
    page = listing(rows.frame, rows.columns, query, view)
    if form == "json":
        data = as_json.written(_data(view, rows, page, at, name))
        return Response(data, media_type=answers.JSON, headers=HOLD)
    body, query_words = _body(view, rows, page, at, name), _query_words(query)
    text = answers.framed(
        bench, at, view, name, rows.title, body, asked=query_words, as_data=True, csv=True
    )
    return HTMLResponse(text, headers=HOLD)


def _query_words(query: RowQuery, **changes: str) -> dict[str, str]:
    """The words of an address for a query, with `changes`."""
    size = "" if query.size == RowQuery().size else str(query.size)
    page = "" if query.page == 1 else str(query.page)
    settings = {"_q": query.search, "_sort": query.sort, "_page": page, "_size": size}
    return {
        name: value for name, value in (dict(query.filters) | settings | changes).items() if value
    }


def _sheet(rows: Rows, frame: pd.DataFrame) -> Iterator[str]:
    """The rows as CSV, with a mark at the head by which spreadsheets know UTF-8."""
    names = [column.name for column in rows.columns]
    out = io.StringIO()
    csv.writer(out).writerow(names)
    yield f"\ufeff{out.getvalue()}"
    for start in range(0, len(frame), CHUNK):
        part = frame[names].iloc[start : start + CHUNK]
        yield part.to_csv(index=False, header=False, lineterminator="\r\n")


def _data(view: View, rows: Rows, page: Listing, at: Address, name: str) -> dict[str, object]:
    """A page of rows as plain data: values, the same as texts, and where the next page stands."""
    listed, query = records(page.rows), page.query
    names = [column.name for column in rows.columns]
    after = at.to(f"{name}.json", **_query_words(query, _page=str(query.page + 1)))
    return {
        "title": rows.title,
        "total": page.total,
        "page": query.page,
        "pages": page.pages,
        "next": after if query.page < page.pages else None,
        "columns": [
            {"name": column.name, "heading": column.heading(view.lang), "type": column.type}
            for column in rows.columns
        ],
        "rows": [plain_value({key: row[key] for key in names}) for row in listed],
        "shown": [
            {column.name: plain(rows.text(view, column, row)) for column in rows.columns}
            for row in listed
        ],
        "facets": {key: dict(values) for key, values in page.facets.items()},
    }


def _body(view: View, rows: Rows, page: Listing, at: Address, name: str) -> str:
    """The form by which rows are chosen, the rows, and the way to the other pages."""
    query = page.query
    columns = [column for column in rows.columns if column.name not in rows.hidden]
    columns = [
        column for column in columns if page.rows[column.name].astype(str).ne("").any()
    ] or columns
    heads = [column.heading(view.lang) for column in columns]
    cells = [_row(view, rows, columns, row) for row in records(page.rows)]
    numeric = [at for at, column in enumerate(columns) if column.type in NUMERIC]
    table = fragment_of(view, [grid(rows.title, heads, cells, numeric)], at)
    kinds = {column.name: column for column in rows.columns}
    facets = [
        {
            "name": key,
            "heading": kinds[key].heading(view.lang),
            "chosen": query.filters.get(key, ""),
            "choices": _named(view, kinds[key], values, rows.frame),
        }
        for key, values in page.facets.items()
    ]
    orders = [
        (sign + column.name, view.word(f"web_{way}", column=column.heading(view.lang)))
        for column in rows.columns
        for sign, way in (("", "up"), ("-", "down"))
        if column.type in (*NUMERIC, "period", "date", "when", "label")
    ]
    unseen = [
        (kinds[key].heading(view.lang), (key, value))
        for key, value in query.filters.items()
        if key not in page.facets
    ]
    shared = {"_as_of": at.as_of, "_scenario": at.scenario}

    def to(page_number: int) -> str:
        return at.to(name, **_query_words(query, _page=str(page_number)))

    return shell.template(
        "listing.html",
        v=view,
        path=at.to(name).partition("?")[0],
        asked=query,
        kept=[pair for pair in shared.items() if pair[1]],
        facets=facets,
        unseen=unseen,
        orders=orders,
        clear=at.to(name),
        total=page.total,
        pages=page.pages,
        table=Markup(table),
        before=to(query.page - 1) if 1 < query.page <= page.pages else "",
        after=to(query.page + 1) if query.page < page.pages else "",
    )


def _row(view: View, rows: Rows, columns: Sequence[Column], row: Row) -> list[Text]:
    """A row as texts; its first leads to the page of the row where it has one."""
    texts: list[Text] = [rows.text(view, column, row) for column in columns]
    if rows.leads is not None and (place := rows.leads(row)):
        texts[0] = (Link(plain(texts[0]), place),)
    return texts


def _named(
    view: View, column: Column, values: Sequence[tuple[str, int]], frame: pd.DataFrame
) -> list[tuple[str, str, int]]:
    """The values of a column with their names, each by a row that has it, and their numbers."""
    some = frame.drop_duplicates(column.name).to_dict("records")
    row_of = {str(row[column.name]): {str(k): v for k, v in row.items()} for row in some}
    return [(value, _readable(view, column, value, row_of.get(value)), n) for value, n in values]


def _readable(view: View, column: Column, value: str, row: Row | None = None) -> str:
    """A value of a column as a reader reads it."""
    try:
        return plain(cell(view, column, row or _Any(column.name, value)).text) or value
    except (KeyError, SonghuaError):
        return value


class _Any(dict[str, object]):
    """A row of which one column is known; all others are blank."""

    def __init__(self, name: str, value: object) -> None:
        super().__init__({name: value})

    def __missing__(self, key: str) -> str:
        return ""
