"""Entries of TOML documents by the columns of their schema, with all their faults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from songhua.checks import table_cells, values
from songhua.checks.places import Rows
from songhua.errors import Fault
from songhua.messages import Words
from songhua.reading.documents import Document
from songhua.reading.table_fault_kinds import EntryNotTable, MoreEntries
from songhua.schema import Column, Entry, TableSchema

#: After so many entries with a fault the others are not judged.
MOST_ENTRIES = 200


def entries(
    document: Document,
    tables: Mapping[str, object],
    schema: TableSchema,
    ids: values.Ids,
    under: str = "",
) -> tuple[dict[str, Entry], list[Fault]]:
    """The sound tables of a catalogue, and the faults of the others, which are not handed on."""
    faults: list[Fault] = []
    sound: dict[str, Entry] = {}
    rows, spoiled = rows_of(document), 0
    for id, data in tables.items():
        if isinstance(data, dict):
            wrong = table_cells.catalogue(document.file, {id: data}, schema, ids, rows, under)
            faults += wrong
            if not wrong:
                sound[id] = filled(data, schema)
                continue
            spoiled += 1
            if spoiled == MOST_ENTRIES:
                faults.append(MoreEntries(document.file, None, under, n=spoiled, of=len(tables)))
                break
            continue
        row = document.row(*((under, id) if under else (id,)))
        faults.append(EntryNotTable(document.file, row, name=id, columns=tuple(schema.names)))
    return sound, faults


def one_entry(
    document: Document,
    path: tuple[str, ...],
    data: Entry,
    schema: TableSchema,
    ids: values.Ids,
) -> tuple[Entry | None, list[Fault]]:
    """One table's values by the schema's columns, or its faults: unknown keys, wrong values."""
    faults = table_cells.entry(document.file, path, data, schema, ids, rows_of(document))
    return None if faults else filled(data, schema), faults


def filled(data: Entry, schema: TableSchema) -> Entry:
    """The values of all columns, with the default where an entry has none; days as text,
    names as words.

    >>> from songhua.schema import table
    >>> filled({"en": "x"}, table("index_parts"))["weight"]
    '1'
    """
    return {column.name: _value(data.get(column.name), column) for column in schema.columns}


def rows_of(document: Document) -> Rows:
    """The rows of one document, as the checks ask for them."""
    return lambda file, *keys: document.row(*keys) if file == document.file else None


def _value(value: Any, column: Column) -> Any:
    if column.type == "names":
        return Words.of(value if isinstance(value, dict) else None)
    if value is None:
        return column.default
    return value.isoformat() if hasattr(value, "isoformat") else value
