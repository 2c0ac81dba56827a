"""Entries of catalogues and rows of tables in memory, each value held against its column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from songhua.checks import values
from songhua.checks.fault_kinds import NotText, SlugUnreadable
from songhua.checks.places import LIMIT, Rows, nowhere, row_of
from songhua.errors import Fault
from songhua.fault_kinds import ColumnMissing, NotATable, RowRepeats
from songhua.schema import Catalogue, Column, Entry, TableSchema


def entry(
    file: str,
    path: tuple[str, ...],
    data: Entry,
    schema: TableSchema,
    ids: values.Ids,
    rows: Rows = nowhere,
) -> list[Fault]:
    """Faults of one entry of a catalogue: no entry, keys that its table has not, wrong values.

    >>> from songhua.schema import table
    >>> given = {"title": "Bulletin", "publisher": "Office", "grade": "best"}
    >>> [(f.code, f.column) for f in entry("sources.toml", ("b",), given, table("sources"), {})]
    [('choice_unknown', 'b.grade')]
    """
    name = ".".join(path)
    if not isinstance(data, Mapping):
        return [NotATable(file, rows(file, *path), name, text=str(data)[:80])]
    faults: list[Fault] = []
    for key in data:
        if key not in schema.names:
            wrong = values.unknown(key, schema.names)
            faults.append(wrong.at(file, rows(file, *path, key), name))
    for column in schema.columns:
        for wrong in values.check(column, data.get(column.name), ids):
            place = f"{name}.{column.name}"
            row = rows(file, *path, column.name)
            faults.append(wrong.at(file, row, place))
    return faults


def catalogue(
    file: str,
    entries: Catalogue,
    schema: TableSchema,
    ids: values.Ids,
    rows: Rows = nowhere,
    under: str = "",
) -> list[Fault]:
    """Faults of all entries of a catalogue, and of the names that they go by."""
    faults: list[Fault] = []
    for id, data in entries.items():
        path = (under, id) if under else (id,)
        if not (schema.free or values.SLUG.fullmatch(id)):
            faults.append(SlugUnreadable(file, rows(file, *path), "", text=id[:80]))
        faults += entry(file, path, data, schema, ids, rows)
    return faults


def table(frame: pd.DataFrame, schema: TableSchema, ids: values.Ids, file: str) -> list[Fault]:
    """Faults of the cells of a table, and of rows that say in its key what another says.

    Every cell is a text, a blank one an empty text; each different text of a column is judged
    once. The day of recording is not asked of a row that stands in no file.

    >>> from songhua.schema import table as schema
    >>> given = {"name": "pay", "value": "many", "distribution": "fixed", "row": 0}
    >>> row = dict.fromkeys(schema("plan_assumptions").names, "") | given
    >>> wrong = table(pd.DataFrame([row]), schema("plan_assumptions"), {}, "plan/assumptions.csv")
    >>> [(fault.code, fault.column) for fault in wrong]
    [('number_unreadable', 'value')]
    """
    faults: list[Fault] = []
    for column in schema.columns:
        if column.name in frame:
            for at, wrong in _cells(frame, column, ids):
                faults += [fault.at(file, row_of(frame.iloc[at]), column.name) for fault in wrong]
        elif len(frame):
            faults.append(ColumnMissing(file, name=column.name))
    return faults + repeated(frame, schema.key, file)


def files(
    frame: pd.DataFrame, schema: TableSchema, ids: values.Ids, folder: str
) -> Iterator[Fault]:
    """Faults of the cells of a table that stands in several files, but for its numbers."""
    for column in schema.columns:
        if column.name not in frame or column.type == "decimal":
            continue
        for at, wrong in _cells(frame, column, ids):
            row = frame.iloc[at]
            file = folder + str(row["file"]).removeprefix(folder)
            for fault in wrong:
                yield fault.at(file, row_of(row), column.name)


def _cells(
    frame: pd.DataFrame, column: Column, ids: values.Ids
) -> Iterator[tuple[int, list[Fault]]]:
    """The places of a column's wrong cells, each with what is wrong."""
    texts = frame[column.name]
    odd = _no_text(texts)
    for at in np.flatnonzero(odd)[:LIMIT]:
        yield int(at), [NotText(text=str(texts.iloc[at])[:80])]
    for text in texts[~odd].unique():
        wrong = values.check(column, text, ids)
        if wrong:
            where = ~odd & np.asarray(texts == text)
            if column.name == "recorded" and "row" in frame and text == "":
                where &= (frame["row"] != 0).to_numpy()
            for at in np.flatnonzero(where)[:LIMIT]:
                yield int(at), wrong


def _no_text(cells: pd.Series) -> np.ndarray:
    """Where a cell is no text; a blank one is an empty text."""
    if cells.dtype == object:
        return np.array([not isinstance(cell, str) for cell in cells], dtype=bool)
    if isinstance(cells.dtype, (pd.CategoricalDtype, pd.StringDtype)):
        return cells.isna().to_numpy()
    return np.ones(len(cells), dtype=bool)


def repeated(frame: pd.DataFrame, key: tuple[str, ...], file: str) -> list[Fault]:
    """Rows whose key an earlier row has.

    >>> rows = pd.DataFrame({"id": ["a", "b", "a"], "row": [2, 3, 4]})
    >>> [(fault.code, fault.row) for fault in repeated(rows, ("id",), "plan/targets.csv")]
    [('row_repeats', 4)]
    """
    if not key or frame.empty or not set(key) <= set(frame):
        return []
    names = list(key)
    faults: list[Fault] = []
    for at in np.flatnonzero(frame[names].astype(str).duplicated())[:LIMIT]:
        row = frame.iloc[at]
        faults.append(RowRepeats(file, row_of(row), "", key=" ".join(map(str, row[names]))))
    return faults
