"""Nothing recorded is changed or removed: the folder against what git holds of it."""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from songhua import schema
from songhua.errors import Fault
from songhua.reading.file_fault_kinds import (
    HistoryBlob,
    HistorySparse,
    HistoryUnreadable,
    ProgressRewritten,
    PromiseRewritten,
    RecordedEntryChanged,
    RecordedRowChanged,
)
from songhua.schema import Entry, TableSchema
from songhua.store.committed import Committed, blobs, committed, digest_of, left_out
from songhua.store.repository import UnknownError

if TYPE_CHECKING:
    from songhua.reading.documents import Document

#: Columns about the progress of a row that are no progress themselves.
ABOUT = ("recorded", "note")
#: Columns that a message quotes of a row of figures or of a revision.
LINE_COLUMNS = (
    "table",
    "entry",
    "column",
    "indicator",
    "region",
    "industry",
    "entity",
    "period",
    "value",
    "unit",
    "source",
)
#: Catalogues of which some keys of an entry may not change.
CATALOGUES = ("sources", "indicators")
Cells = tuple[tuple[str, str], ...]


@cache
def promised() -> Mapping[str, TableSchema]:
    """The plan's files, whose rows are revised by rows of `plan/changes.csv`."""
    return {schema.where(name): schema.table(name) for name in _plan_tables()}


@cache
def appended() -> tuple[str, ...]:
    """Folders and files whose recorded rows may not change; no table's columns are read for it."""
    plan = (schema.where(name) for name in _plan_tables())
    return ("observations", "panels", "reviews", "plan/changes.csv", *plan)


def _plan_tables() -> list[str]:
    return [f"plan_{name}" for name in schema.vocabularies()["plan_table"]]


@cache
def fixed() -> Mapping[str, tuple[str, ...]]:
    """Catalogues with the keys of an entry that say how its figures are read."""
    return {schema.where(name): schema.table(name).fixed for name in CATALOGUES}


def recorded(folder: Path) -> Committed:
    """The last commit's files whose rows and entries may not change."""
    return committed(folder, (*appended(), *map(schema.where, CATALOGUES)))


def _rows(file: str, data: bytes) -> Counter[Cells]:
    """The rows as sets of filled cells by column, so that a new column changes no row.

    Of the plan's files without the cells that tell progress, which are written anew, and without
    the rows that are assumed. A text that is no table is taken line by line.
    """
    table = promised().get(file)
    text = data.decode("utf-8-sig", "replace")
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""))
        rows = (row for row in reader if table is None or not _assumed(row, table))
        return Counter(tuple(sorted(_filled(row, table))) for row in rows)
    except csv.Error:
        return Counter((("", line),) for line in text.splitlines())


def _assumed(row: Entry, table: TableSchema) -> bool:
    """True for an assumption: a row that names no source, where that is no fault."""
    return bool(table.timeless) and not any(row.get(name) for name in table.known)


def _filled(row: Mapping[str, object], table: TableSchema | None) -> Iterator[tuple[str, str]]:
    progress = () if table is None else table.progress_of(row)
    for key, value in row.items():
        if key and key not in progress and isinstance(value, str) and value:
            yield key, value


def holds(folder: Path, files: Mapping[str, bytes], file: str, at: int) -> bool:
    """True if the last commit holds a row of a file, there or in another, or git is silent.

    `files` are those of the folder by name, `at` is the row as a spreadsheet numbers it.
    """
    commit = recorded(folder)
    if commit.unknown or digest_of(files[file], commit.files.get(file, "")):
        return True
    lines, part = files[file].splitlines(keepends=True), file.partition("/")[0]
    (wanted,) = _rows(file, lines[0] + lines[at - 1])
    moved = {
        name: digest
        for name, digest in commit.files.items()
        if name.partition("/")[0] == part
        and (name not in files or not digest_of(files[name], digest))
    }
    try:
        contents = blobs(folder, moved.values())
    except UnknownError:
        return True
    return any(
        digest not in contents or wanted in _rows(name, contents[digest])
        for name, digest in moved.items()
    )


def check(
    folder: Path, files: Mapping[str, bytes], documents: Mapping[str, Document]
) -> tuple[list[Fault], list[Fault], list[Fault]]:
    """A fault for each recorded row or entry that the folder no longer holds; unknown history.

    `files` are those `appended` by their names in the folder, `documents` its TOML files. A row may
    move to another file; it may not change or disappear. For a row of the plan this holds for its
    promises, for a source or indicator for the columns that determine how its figures are read. A
    folder without git, or without a commit, has nothing to compare. Last come warnings of progress
    that was written over, for views of earlier days have it no longer.
    """
    commit = recorded(folder)
    if commit.unknown:
        return [], [commit.unknown], []
    moved = {n: of for n, of in commit.files.items() if not digest_of(files.get(n, b""), of)}
    try:
        sparse = left_out(folder, [name for name in moved if name not in files])
        contents = blobs(folder, (of for name, of in moved.items() if name not in sparse))
    except UnknownError as error:
        return [], [error.at(folder)], []
    before = {name: contents[of] for name, of in moved.items() if of in contents}
    lacking = [name for name in moved if name not in before and name not in sparse]
    unknown: list[Fault] = [HistoryBlob(file=name) for name in lacking]
    unknown += [HistorySparse(file=name) for name in moved if name in sparse]
    broken = [name for name in fixed() if _entries(before.get(name, b"")) is None]
    unknown += [HistoryUnreadable(file=name) for name in broken]
    # what moved into a file of which git's content is not known may be there
    rows = [] if unknown else _rows_gone(before, files, commit.files)
    faults = [*rows, *_entries_changed(before, documents)]
    return faults, unknown, [*_progress_rewritten(before, files)]


def _rows_gone(
    before: Mapping[str, bytes], files: Mapping[str, bytes], recorded: Mapping[str, str]
) -> list[Fault]:
    lacking: Counter[Cells] = Counter()
    from_file: dict[Cells, str] = {}
    for name, content in before.items():
        data = files.get(name, b"")
        if name in fixed() or (data.startswith(content) and content.endswith(b"\n")):
            continue
        old = _rows(name, content)
        lacking.update(old)
        from_file.update(dict.fromkeys(old, name))
    if not lacking:
        return []
    standing: Counter[Cells] = Counter()
    for name, data in files.items():
        if name in before or name not in recorded:
            standing.update(_rows(name, data))
    lost = (row for row, n in (lacking - standing).items() if n > 0)
    return [_lost(row, from_file[row]) for row in lost]


def _progress_rewritten(before: Mapping[str, bytes], files: Mapping[str, bytes]) -> Iterator[Fault]:
    """A warning for each row of the plan whose progress differs from the recorded one."""
    for name, table in promised().items():
        if name not in before or name not in files:
            continue
        was = {key: cells for key, _, cells in _progress_rows(before[name], table)}
        for key, row, current in _progress_rows(files[name], table):
            old = was.get(key, current)
            if changed := [column for column in current if old[column] != current[column]]:
                yield ProgressRewritten(
                    name,
                    row,
                    entry=" ".join(key),
                    before=tuple(f"{column} = {old[column] or '–'}" for column in changed),
                )


def _progress_rows(
    data: bytes, table: TableSchema
) -> Iterator[tuple[tuple[str, ...], int, Mapping[str, str]]]:
    """The key of each row, its number, and the cells that tell progress."""
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace"), newline=""))
    with suppress(csv.Error):
        for row in reader:
            names = (name for name in table.progress_of(row) if name not in ABOUT)
            key = tuple(row.get(name) or "" for name in table.key)
            yield key, reader.line_num, {name: row.get(name) or "" for name in names}


def _entries_changed(
    before: Mapping[str, bytes], documents: Mapping[str, Document]
) -> Iterator[Fault]:
    """A fault for each fixed key of an entry that is another than recorded, or gone."""
    for name, columns in fixed().items():
        was, document = _entries(before.get(name, b"")), documents.get(name)
        for entry, keys in (was or {}).items():
            values = None if document is None else document.data.get(entry)
            if document is None or not isinstance(values, dict):
                continue
            for key in columns:
                old, new = keys.get(key), values.get(key)
                if old is not None and str(old) != str(new):
                    row = document.row(entry, key)
                    yield RecordedEntryChanged(
                        name, row, key, entry=entry, before=str(old), now=str(new or "")
                    )


def _entries(content: bytes) -> dict[str, Mapping[str, object]] | None:
    """The entries of a catalogue as it was recorded; None where that cannot be read."""
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return {name: keys for name, keys in data.items() if isinstance(keys, dict)}


def _lost(row: Cells, file: str) -> Fault:
    table = promised().get(file)
    cells = dict(row)
    order = table.names if table else LINE_COLUMNS
    line = " ".join(cells[name] for name in order if name in cells)
    return (PromiseRewritten if table else RecordedRowChanged)(file, line=line[:200])
