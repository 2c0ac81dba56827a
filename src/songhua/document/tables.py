"""A result's table as a block: its columns by name, each cell made by its schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Literal, TypeVar, cast

import pandas as pd

from songhua import results, schema
from songhua.document.blocks import Table
from songhua.format.cells import NUMERIC, Row, cell
from songhua.format.text import Cell, Text, marks
from songhua.format.view import DASH, View

T = TypeVar("T", bound=results.Row)


@dataclass(frozen=True)
class TextColumn(Generic[T]):
    """A column that is made of several: its heading, and its text from a row."""

    heading: str
    text: Callable[[T], Text]
    numeric: bool = False


@dataclass(frozen=True)
class Headed:
    """A column of the result under another heading."""

    name: str
    heading: str


def table(
    view: View,
    study: str,
    name: str,
    columns: Sequence[str | TextColumn[T] | Headed],
    rows: Sequence[T] | None = None,
    *,
    title: str = "",
    note: str = "",
    ids: Callable[[T], str] | None = None,
    fold: Literal["", "open", "closed"] = "closed",
    kind: str = "",
) -> Table:
    """A table of a result with some of its columns, or of some of its rows.

    A column is a name of the result's table, such a name under another heading, or made of
    several.
    """
    described = results.tables(study)[name]
    prepared = [_column(view, described, column) for column in columns]
    if rows is None:
        rows = cast("Sequence[T]", view.rows(study, name, results.rows_of(study)[name]))
    cells = [[make(row) for _, make, _ in prepared] for row in rows]
    return Table(
        title or described.title(view.lang),
        [heading for heading, _, _ in prepared],
        cells,
        frozenset(at for at, (_, _, numeric) in enumerate(prepared) if numeric),
        note,
        _estimates(cells),
        [ids(row) for row in rows] if ids else (),
        study,
        name,
        fold,
        kind,
    )


def grid(
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Text]],
    numeric: Iterable[int] = (),
    note: str = "",
    kind: str = "",
) -> Table:
    """A table of texts that shows no result's columns as they are.

    >>> grid("t", ["a"], [["x"]]).texts
    [['x']]
    """
    cells = [[Cell(text) for text in row] for row in rows]
    return Table(title, headings, cells, frozenset(numeric), note, kind=kind)


def without_blank(table: Table) -> tuple[Table, list[str]]:
    """The table without columns that hold no figure, and the names of those.

    >>> slim, lacking = without_blank(grid("t", ("a", "b"), (("x", "–"),), {1}))
    >>> slim.headings, slim.texts, sorted(slim.numeric), lacking
    (['a'], [['x']], [], ['b'])
    """
    texts, columns = table.texts, range(len(table.headings))
    filled = [at for at in columns if any(row[at] != DASH for row in texts)]
    rows = [[row[at] for at in filled] for row in table.rows]
    numeric = frozenset(new for new, at in enumerate(filled) if at in table.numeric)
    lacking = [table.headings[at] for at in columns if at not in filled]
    headings = [table.headings[at] for at in filled]
    return replace(table, headings=headings, rows=rows, numeric=numeric), lacking


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a result's table by column."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


PreparedColumn = tuple[str, Callable[[T], Cell], bool]


def _column(
    view: View, described: schema.TableSchema, wanted: str | TextColumn[T] | Headed
) -> PreparedColumn[T]:
    """A column's heading, how its cell is made, and whether it holds numbers."""
    if isinstance(wanted, TextColumn):
        return wanted.heading, lambda row: Cell(wanted.text(row)), wanted.numeric
    column = described.column(wanted if isinstance(wanted, str) else wanted.name)
    heading = column.heading(view.lang) if isinstance(wanted, str) else wanted.heading
    return heading, lambda row: cell(view, column, row), column.type in NUMERIC


def _estimates(rows: Iterable[Iterable[Cell]]) -> list[str]:
    """The kinds of ends that occur in the cells."""
    return sorted(
        {
            mark.value
            for row in rows
            for cell in row
            for mark in marks(cell.text)
            if mark.kind == "estimate"
        }
    )
