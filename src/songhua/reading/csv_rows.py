# pyright: reportAttributeAccessIssue=false
# (the functions of pyarrow.compute are made when it is imported)
"""The one reader of CSV tables: rows as columns of text, each a line, with the number of its line.

A row stands on one line, and every row is as wide as the heading: so a lost comma, a stray
quotation mark or a file that was cut cannot move a cell to another column in silence.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from songhua.checks import values
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import ColumnMissing
from songhua.reading.encoding import clean
from songhua.reading.table_fault_kinds import (
    CellOverLines,
    ColumnMissingEach,
    ColumnRepeats,
    ColumnsMore,
    ColumnUnknown,
    CsvUnreadable,
    HeadingAgain,
    HeadingMissing,
    MoreRows,
    QuoteAlone,
    RowWidth,
)
from songhua.schema import Column, TableSchema, former_names

FREE = {"decimal", "text"}
REPEATS = 100
MOST_NAMES = 20
WORTH_THREADS = 1 << 20
LINE = re.compile(rb"[^\r\n]*+")
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
    names = _heading(data)
    faults = heading_faults(names, file, table) + quotes_alone(data, file)
    if faults:
        return CsvRows(faults=faults)
    try:
        types = {name: _type(table.column(name)) for name in names}
        raw, rows, faults = _split(data, file, types)
    except (pa.ArrowException, ValueError) as error:
        return CsvRows(faults=[CsvUnreadable(file=file, why=_first_line(error))])
    raw, rows = _without_blank(raw, rows)
    return CsvRows(raw, rows, faults + _heading_again(raw, rows, file))


def of_table(raw: pa.Table, table: TableSchema) -> CsvRows:
    """Columns of text as they are read from a file that they are written to.

    No text of theirs needs quotation marks there, and no row is blank.
    """
    columns = {
        name: _coded(raw.column(name))
        if table.column(name).type not in FREE
        else raw.column(name).cast(pa.string())
        for name in raw.column_names
    }
    return CsvRows(pa.table(columns), np.arange(2, raw.num_rows + 2))


def _coded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column if column.type == ENCODED else column.cast(pa.string()).dictionary_encode()


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0][:200]


@cache
def _sound(mark: bytes, inside: bytes) -> re.Pattern[bytes]:
    """Text whose quotation marks open and close cells, with these characters inside of one."""
    cell = rb'(?<![^%b\r\n])"%b*+(?:""%b*+)*+"(?![^%b\r\n])' % (mark, inside, inside, mark)
    return re.compile(rb'(?:[^"]++|%b)*+' % cell)


def quotes_alone(data: bytes, file: str, mark: bytes = b",") -> list[Fault]:
    """Quotation marks that open or close no cell of one line: a row would be swallowed.

    >>> [(f.code, f.row) for f in quotes_alone(b'a,b\\n"x\\ny",1\\n2,3"4\\n"5"6,\\n', "a.csv")]
    [('cell_over_lines', 2), ('quote_alone', 4), ('quote_alone', 5)]
    """
    if b'"' not in data or _sound(mark, rb'[^"\r\n]').fullmatch(data):
        return []
    return list(islice(_quotes(data, file, mark), REPEATS))


def _quotes(data: bytes, file: str, mark: bytes) -> Iterator[Fault]:
    sound, over_lines = _sound(mark, rb'[^"\r\n]'), _sound(mark, rb'[^"]')
    closing = re.compile(rb'"(?=[%b\r\n])' % mark)
    at = row = 0
    while at < len(data):
        row += 1
        line = LINE.match(data, at)
        end = line.end() if line else len(data)
        if not sound.fullmatch(data, at, end):
            whole = over_lines.match(data, at)
            over = whole is not None and whole.end() > end
            yield (CellOverLines if over else QuoteAlone)(file, row)
            closed = closing.search(data, end) if over else None
            if closed is not None:
                inner = data[end : closed.start()]
                row += inner.count(b"\n") or inner.count(b"\r")
                line = LINE.match(data, closed.end())
                end = line.end() if line else len(data)
        at = end + (2 if data[end : end + 2] == b"\r\n" else 1)


def strict(data: bytes, file: str) -> list[Fault]:
    """Faults of a text whose every row must be as wide as its first.

    >>> [(f.code, f.row) for f in strict(b"part,code,a\\nall,a\\n,,\\n\\nall,b,1,2", "t.csv")]
    [('row_width', 2), ('row_width', 5)]
    """
    try:
        data = clean(data, file)
    except SonghuaError as error:
        return list(error.faults)
    if faults := quotes_alone(data, file):
        return faults
    try:
        rows = list(csv.reader(data.decode("utf-8").splitlines()))
    except csv.Error as error:
        return [CsvUnreadable(file, why=str(error))]
    wanted = len(rows[0]) if rows else 0
    wrong = [(at, len(row)) for at, row in enumerate(rows, 1) if len(row) != wanted and any(row)]
    return [RowWidth(file, at, found=width, wanted=wanted) for at, width in wrong[:REPEATS]]


def heading(data: bytes, file: str) -> list[str]:
    """The names in the first line of a file that can be read.

    Raises:
        SonghuaError: `not_utf8`, `character_odd`.
    """
    return _heading(clean(data, file))


def _heading(data: bytes) -> list[str]:
    """The names in the first line."""
    line = LINE.match(data)
    text = line[0].decode("utf-8") if line else ""
    try:
        return next(csv.reader([text]), [])
    except csv.Error:
        return []


def heading_faults(names: list[str], file: str, table: TableSchema) -> list[Fault]:
    """Faults of a heading: none at all, and unknown, repeated or missing names.

    >>> from songhua.schema import table
    >>> faults = heading_faults(["frim"], "a.csv", table("register_enterprises"))
    >>> [(fault.code, fault.params["name"]) for fault in faults]
    [('column_unknown', 'frim'), ('column_missing', 'firm')]
    """
    columns = tuple(table.names[:40])
    if not any(name.strip() for name in names):
        return [HeadingMissing(file=file, row=1, columns=columns)]
    faults: list[Fault] = []
    former = former_names.columns(table.id)
    strange = [name for name in dict.fromkeys(names) if name not in table.names]
    for name in strange[:MOST_NAMES]:
        if name in former:
            wrong = former[name].fault(name)
            faults.append(wrong.at(file=file, row=1))
            continue
        near = values.nearest(name, table.names)
        faults.append(ColumnUnknown(file=file, row=1, name=name[:80], near=near, columns=columns))
    if len(strange) > MOST_NAMES:
        faults.append(ColumnsMore(file, 1, "", n=len(strange) - MOST_NAMES))
    distinct: set[str] = set()
    again = {name for name in names if name in distinct or distinct.add(name)}
    for name in sorted(again)[:MOST_NAMES]:
        faults.append(ColumnRepeats(file=file, row=1, name=name[:80]))
    for column in table.columns:
        if column.required and column.name not in distinct:
            faults.append(ColumnMissing(file=file, row=1, name=column.name))
    for group in table.spoken:
        if distinct.isdisjoint(group):
            faults.append(ColumnMissingEach(file, 1, names=tuple(group)))
    return faults


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
                newlines_in_values=False,
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
    odd_rows = {number for number, _, _ in odd if number is not None}
    total = raw.num_rows + len(odd_rows) + 1
    rows = np.setdiff1d(np.arange(2, total + 1), np.fromiter(odd_rows, dtype=np.int64))
    wide = [(number or 0, width) for number, width, text in odd if text.strip()]
    faults: list[Fault] = [
        RowWidth(file=file, row=number, found=width, wanted=len(types))
        for number, width in wide[:REPEATS]
    ]
    if len(wide) > REPEATS:
        faults.append(
            MoreRows(file, wide[REPEATS][0], "", n=len(wide) - REPEATS, line=wide[REPEATS - 1][0])
        )
    return raw, rows, faults


def _without_blank(raw: pa.Table, rows: np.ndarray) -> tuple[pa.Table, np.ndarray]:
    """The rows that hold anything: an empty line is no row."""
    blank = np.ones(len(rows), dtype=bool)
    for column in raw.columns:
        blank &= pc.equal(column.cast(pa.string()), "").to_numpy()
        if not blank.any():
            return raw, rows
    filled = raw.filter(pa.array(~blank))
    columns = [
        column.cast(pa.string()).dictionary_encode() if column.type == ENCODED else column
        for column in filled.columns
    ]
    return pa.table(columns, names=filled.column_names), rows[~blank]


def _heading_again(raw: pa.Table, rows: np.ndarray, file: str) -> list[Fault]:
    """Rows that are the heading once more, as where two files were put one after the other."""
    same = np.ones(len(rows), dtype=bool)
    for name in raw.column_names:
        same &= pc.equal(raw.column(name).cast(pa.string()), name).to_numpy()
        if not same.any():
            return []
    return [HeadingAgain(file, int(row)) for row in rows[same][:REPEATS]]
