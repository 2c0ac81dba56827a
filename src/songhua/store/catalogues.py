"""Entries of TOML documents by the columns of their schema, with all their faults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from songhua.checks import cells, values
from songhua.checks.places import Rows
from songhua.errors import Fault, coded_fault
from songhua.messages import Words
from songhua.schema import Column, Entry, TableSchema
from songhua.store.documents import Document

#: After so many entries with a fault the others are not judged.
MOST_ENTRIES = 200


def entries(
    document: Document,
    tables: Mapping[str, object],
    schema: TableSchema,
    known: values.Known,
    under: str = "",
) -> tuple[dict[str, Entry], list[Fault]]:
    """The sound tables of a catalogue, and the faults of the others, which are not handed on."""
    faults: list[Fault] = []
    sound: dict[str, Entry] = {}
    rows, spoiled = rows_of(document), 0
    for id, data in tables.items():
        if isinstance(data, dict):
            wrong = cells.catalogue(document.file, {id: data}, schema, known, rows, under)
            faults += wrong
            if not wrong:
                sound[id] = filled(data, schema)
                continue
            spoiled += 1
            if spoiled == MOST_ENTRIES:
                params = {"n": spoiled, "of": len(tables)}
                faults.append(coded_fault("more_entries", document.file, None, under, params))
                break
            continue
        row = document.row(*((under, id) if under else (id,)))
        params = {"name": id, "columns": tuple(schema.names)}
        faults.append(coded_fault("entry_not_table", document.file, row, "", params))
    return sound, faults


def one_entry(
    document: Document,
    path: tuple[str, ...],
    data: Entry,
    schema: TableSchema,
    known: values.Known,
) -> tuple[Entry | None, list[Fault]]:
    """One table's values by the schema's columns, or its faults: unknown keys, wrong values."""
    faults = cells.entry(document.file, path, data, schema, known, rows_of(document))
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
