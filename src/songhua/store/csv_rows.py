# pyright: reportAttributeAccessIssue=false
# (the functions of pyarrow.compute are made when it is imported)
"""Rows of a CSV file as columns of text, with the number that a spreadsheet gives each row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from songhua.checks import values
from songhua.errors import Fault, SonghuaError
from songhua.schema import Column, TableSchema, former_names
from songhua.store.encoding import clean

FREE = {"decimal", "text"}
REPEATS = 100
WORTH_THREADS = 1 << 20
SOUND = re.compile(rb'(?:[^"]++|(?<![^,\r\n])"[^"]*+(?:""[^"]*+)*+"(?![^,\r\n]))*+')
ENCODED = pa.dictionary(pa.int32(), pa.string())


@dataclass
class CsvRows:
    """The rows of a file that hold anything, their numbers, and what is wrong with the file."""

    data: pa.Table = field(default_factory=lambda: pa.table({}))
    rows: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    faults: list[Fault] = field(default_factory=list)


def read(data: bytes, file: str, table: TableSchema) -> CsvRows:
    """The columns of a CSV file as dictionaries and strings; no row where the file is faulty."""
    try:
        data = clean(data, file)
    except SonghuaError as error:
        return CsvRows(faults=list(error.faults))
    if not data.endswith((b"\n", b"\r")):
        data += b"\n"
    names, faults = _heading(data, file, table)
    faults += stray_quote(data, file)
    if faults:
        return CsvRows(faults=faults)
    try:
        types = {name: _type(table.column(name)) for name in names}
        raw, rows, faults = _split(data, file, types)
    except (pa.ArrowException, ValueError) as error:
        params = {"why": _first_line(error)}
        return CsvRows(faults=[Fault("csv_unreadable", file=file, params=params)])
    return CsvRows(*_without_blank(raw, rows), faults)


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0][:200]


def stray_quote(data: bytes, file: str) -> list[Fault]:
    """A quotation mark that opens or closes no cell: what follows it would be read as one cell."""
    if b'"' not in data:
        return []
    sound = SOUND.match(data)
    end = sound.end() if sound else 0
    if end == len(data):
        return []
    return [Fault("quote_alone", file=file, row=data.count(b"\n", 0, end) + 1)]


def _heading(data: bytes, file: str, table: TableSchema) -> tuple[list[str], list[Fault]]:
    """The names in the heading row; unknown, repeated or missing ones are faults."""
    columns = ", ".join(table.names)
    try:
        names = next(
            csv.reader(io.StringIO(data[:100_000].decode("utf-8", "ignore"), newline="")), []
        )
    except csv.Error:
        names = []
    if not any(name.strip() for name in names):
        return [], [Fault("heading_missing", file=file, row=1, params={"columns": columns})]
    faults: list[Fault] = []
    former = former_names.columns(table.id)
    for name in names:
        if name in former:
            wrong = former[name].fault(name)
            faults.append(Fault(wrong.code, file=file, row=1, params=wrong.params))
        elif name not in table.names:
            near = values.nearest(name, table.names)
            params = {"name": name, "near": near, "columns": columns}
            faults.append(Fault("column_unknown", file=file, row=1, params=params))
    for name in sorted({name for name in names if names.count(name) > 1}):
        faults.append(Fault("column_repeats", file=file, row=1, params={"name": name}))
    for column in table.columns:
        if column.required and column.name not in names:
            faults.append(Fault("column_missing", file=file, row=1, params={"name": column.name}))
    return names, faults


def _type(column: Column) -> pa.DataType:
    return pa.string() if column.type in FREE else ENCODED


def _split(
    data: bytes, file: str, types: Mapping[str, pa.DataType]
) -> tuple[pa.Table, np.ndarray, list[Fault]]:
    """The rows as dictionary and string columns; rows of another width are faults.

    Rows are numbered as records are read, so a first pass may use threads; only when it meets a
    row of another width (or an empty line) is a second pass made that knows their numbers.
    """
    odd: list[tuple[int | None, int, str]] = []

    def note(row: pacsv.InvalidRow) -> str:
        odd.append((row.number, row.actual_columns, row.text))
        return "skip"

    def once(threads: bool) -> pa.Table:
        odd.clear()
        return pacsv.read_csv(
            pa.BufferReader(data),
            read_options=pacsv.ReadOptions(
                use_threads=threads,
                block_size=1 << 22,
                column_names=list(types),
                skip_rows_after_names=1,
            ),
            parse_options=pacsv.ParseOptions(
                newlines_in_values=b'"' in data,
                ignore_empty_lines=False,
                invalid_row_handler=note,
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=types,
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
            ),
        )

    raw = once(threads=len(data) > WORTH_THREADS)
    if not odd:
        return raw, np.arange(2, raw.num_rows + 2), []
    raw = once(threads=False)
    taken = {number for number, _, _ in odd if number is not None}
    total = raw.num_rows + len(taken) + 1
    rows = np.setdiff1d(np.arange(2, total + 1), np.fromiter(taken, dtype=np.int64))
    wide = [(number or 0, found) for number, found, text in odd if text.strip()]
    faults = [
        Fault("row_width", file=file, row=number, params={"found": found, "wanted": len(types)})
        for number, found in wide[:REPEATS]
    ]
    if len(wide) > REPEATS:
        params = {"n": len(wide) - REPEATS, "row": wide[REPEATS - 1][0]}
        faults.append(Fault("more_rows", file, wide[REPEATS][0], "", params))
    return raw, rows, faults


def _without_blank(raw: pa.Table, rows: np.ndarray) -> tuple[pa.Table, np.ndarray]:
    """The rows that hold anything: an empty line is no row."""
    blank = np.ones(len(rows), dtype=bool)
    for column in raw.columns:
        blank &= pc.equal(column.cast(pa.string()), "").to_numpy()
        if not blank.any():
            return raw, rows
    kept = raw.filter(pa.array(~blank))
    columns = [
        column.cast(pa.string()).dictionary_encode() if column.type == ENCODED else column
        for column in kept.columns
    ]
    return pa.table(columns, names=kept.column_names), rows[~blank]
