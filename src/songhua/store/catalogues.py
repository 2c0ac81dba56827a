"""Reading the folder's TOML files against their schema: all their faults, or their entries."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from songhua.errors import Fault, SonghuaError
from songhua.schema import TableSchema
from songhua.store import values
from songhua.store.tables import clean
from songhua.store.values import nearest

Entry = dict[str, Any]


@dataclass(frozen=True)
class Document:
    """A TOML file read: its tables, and its text for finding the rows that faults name."""

    file: str
    data: Mapping[str, Any]
    text: str

    def row(self, *keys: str) -> int | None:
        """The row on which a table (and a key in it) stands; the file's row numbers from 1.

        >>> Document("a.toml", {}, "# note\\n[b.c]\\nd = 1\\n").row("b", "c", "d")
        3
        """
        for depth in range(len(keys), 0, -1):
            heading = r"\s*\.\s*".join(rf'["\']?{re.escape(key)}["\']?' for key in keys[:depth])
            if found := re.search(rf"^[ \t]*\[\s*{heading}\s*\]", self.text, re.MULTILINE):
                start = found.start()
                if depth < len(keys):
                    start = self._key_after(found.end(), keys[depth]) or start
                return self.text.count("\n", 0, start) + 1
        return None

    def _key_after(self, start: int, key: str) -> int | None:
        section = re.compile(r"^[ \t]*\[", re.MULTILINE).search(self.text, start)
        end = section.start() if section else len(self.text)
        pattern = re.compile(rf'^[ \t]*["\']?{re.escape(key)}["\']?\s*[.=]', re.MULTILINE)
        found = pattern.search(self.text, start, end)
        return found.start() if found else None


def parse(data: bytes, file: str) -> tuple[Document | None, list[Fault]]:
    """A TOML file, or the fault that makes it unreadable."""
    try:
        text = clean(data, file).decode("utf-8")
        return Document(file, tomllib.loads(text), text), []
    except SonghuaError as error:
        return None, list(error.faults)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        row = int(found[1]) if found else None
        why = re.sub(r" \(at .*\)", "", str(error))[:200]
        return None, [Fault("toml_unreadable", file=file, row=row, params={"why": why})]
    except (RecursionError, ValueError) as error:
        why = type(error).__name__
        return None, [Fault("toml_unreadable", file=file, params={"why": why})]


def entries(
    document: Document,
    tables: Mapping[str, Any],
    schema: TableSchema,
    known: values.Known,
    under: str = "",
) -> tuple[dict[str, Entry], list[Fault]]:
    """The tables of a catalogue, each held against the schema; faulty ones are left out."""
    found: dict[str, Entry] = {}
    faults: list[Fault] = []
    for id, data in tables.items():
        path = (under, id) if under else (id,)
        if not isinstance(data, dict):
            params = {"name": id, "columns": ", ".join(schema.names)}
            faults.append(Fault("entry_not_table", document.file, document.row(*path), "", params))
            continue
        if not values.SLUG.fullmatch(id):
            place = document.row(*path)
            faults.append(Fault("slug_unreadable", document.file, place, "", {"text": id[:80]}))
        entry, wrong = one_entry(document, path, data, schema, known)
        faults += wrong
        found[id] = entry
    return found, faults


def one_entry(
    document: Document,
    path: tuple[str, ...],
    data: Mapping[str, Any],
    schema: TableSchema,
    known: values.Known,
) -> tuple[Entry, list[Fault]]:
    """One table's values by the schema's columns; unknown keys and wrong values are faults."""
    faults: list[Fault] = []
    name = ".".join(path)
    for key in data:
        if key not in schema.names:
            params = {
                "name": key,
                "near": nearest(key, schema.names),
                "columns": ", ".join(schema.names),
            }
            faults.append(
                Fault("key_unknown", document.file, document.row(*path, key), name, params)
            )
    entry: Entry = {}
    for column in schema.columns:
        value = data.get(column.name)
        for wrong in values.check(column, value, known):
            row = document.row(*path, column.name)
            place = f"{name}.{column.name}"
            faults.append(Fault(wrong.code, document.file, row, place, wrong.params))
        entry[column.name] = _plain(value, column.default)
    return entry, faults


def _plain(value: Any, default: str) -> Any:
    if value is None:
        return default
    return value.isoformat() if hasattr(value, "isoformat") else value
