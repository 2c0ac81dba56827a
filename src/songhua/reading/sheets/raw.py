"""A list of observations as columns of text, from CSV, a grid or Parquet; no loop over rows."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as arrow_compute
import pyarrow.csv as pacsv

from songhua.errors import SonghuaError
from songhua.reading import limits, parquet
from songhua.reading.csv_rows import ENCODED, WORTH_THREADS, quotes_alone
from songhua.reading.sheets.candidates import key_of, repeating
from songhua.reading.sheets.fault_kinds import ImportMonthOrDay, ImportMore
from songhua.reading.sheets.faults import MOST, Faults
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.numbers import cell_text
from songhua.reading.sheets.text import Text
from songhua.reading.table_fault_kinds import (
    CsvUnreadable,
    ImportColumnType,
    ImportTooLarge,
    RowWidth,
)

pc: Any = arrow_compute  # its functions are made when it is loaded, so no type is known
_BLOCK, _PIECE = 1 << 24, 1 << 22


@dataclass(frozen=True)
class Raw:
    """Names as they stand in the sheet, columns of text, and each row's number in the sheet."""

    names: list[str]
    columns: list[pa.ChunkedArray]
    rows: np.ndarray


def raw_csv(text: Text, faults: Faults) -> Raw | None:
    """A text with delimiters, its heading in row 1."""
    try:
        names = next(text.records(), [])
    except csv.Error as error:
        faults.add(CsvUnreadable(why=str(error)))
        return None
    if not any(name.strip() for name in names):
        return Raw([], [], np.zeros(0, dtype=np.int64))
    content = text.utf8()
    content = content if content.endswith(b"\n") else content + b"\n"
    for fault in quotes_alone(content, faults.file, text.delimiter.encode()):
        faults.add(fault)
    if len(names) > limits.COLUMNS or content.count(b"\n") * len(names) > limits.LISTED:
        faults.add(ImportTooLarge(text="CSV"))
    if faults:
        return None
    try:
        table, bad = _columns(content, names, text.delimiter)
    except (pa.ArrowException, UnicodeEncodeError, ValueError) as error:
        faults.add(CsvUnreadable(why=str(error).split("\n", 1)[0][:200]))
        return None
    for row, width in bad[:MOST]:
        faults.add(RowWidth(row=row, found=width, wanted=len(names)))
    if len(bad) > MOST:
        faults.add(ImportMore(), len(bad) - MOST)
    if table is None:
        return None
    if table.num_columns != len(names):
        faults.add(CsvUnreadable(why=f"{table.num_columns} / {len(names)}"))
        return None
    rows = np.arange(2, table.num_rows + len(bad) + 2, dtype=np.int64)
    if bad:
        rows = np.setdiff1d(rows, np.array([row for row, _ in bad]))[: table.num_rows]
    return Raw(names, table.columns, rows)


def _columns(
    content: bytes, names: list[str], delimiter: str
) -> tuple[pa.Table | None, list[tuple[int, int]]]:
    """The columns of text, and the number and width of each row of another width than the heading.

    No columns where such rows are too many. They are numbered where one thread reads, so a second
    pass is made where the first, with several, has met one.
    """
    bad: list[tuple[int, int]] = []

    def refuse(row: pacsv.InvalidRow) -> str:
        bad.append((row.number or 0, row.actual_columns))
        return "skip" if len(bad) < limits.ODD else "error"

    def once(threads: bool, block: int) -> pa.Table | None:
        bad.clear()
        try:
            return pacsv.read_csv(
                pa.BufferReader(content),
                pacsv.ReadOptions(use_threads=threads, block_size=block),
                pacsv.ParseOptions(
                    delimiter=delimiter,
                    newlines_in_values=False,
                    ignore_empty_lines=False,
                    invalid_row_handler=refuse,
                ),
                pacsv.ConvertOptions(
                    column_types={name: _type(name) for name in names},
                    strings_can_be_null=False,
                ),
            )
        except pa.ArrowException:
            if len(bad) < limits.ODD and not threads:
                raise
            return None

    table = once(threads=True, block=_PIECE) if len(content) > WORTH_THREADS else None
    if table is None or bad:
        table = once(threads=False, block=_BLOCK)
    return table, bad


def _type(name: str) -> pa.DataType:
    """Text, each different one once where the same texts stand in many rows."""
    return ENCODED if key_of(name) in repeating() else pa.string()


def raw_grid(grid: Grid, faults: Faults) -> Raw:
    """A grid, its heading in its first row with texts."""
    top = next((row for row in range(len(grid.cells)) if grid.filled(row)), 0)
    names = [grid.text(top, column) for column in range(grid.width)]
    start, end = top + 1, len(grid.cells)
    start = min(start, end)
    columns = []
    for column, name in enumerate(names):
        texts = [_grid_text(grid, row, column, name.strip()) for row in range(start, end)]
        columns.append(pa.chunked_array([pa.array(texts, pa.string())]))
    if "period" in names:
        _refuse_days(grid, range(start, end), names.index("period"), faults)
    while names and not names[-1] and not _any_text(columns[-1]):
        names.pop()
        columns.pop()
    return Raw(names, columns, np.arange(start + 1, end + 1, dtype=np.int64))


def _grid_text(grid: Grid, row: int, column: int, name: str) -> str:
    """A cell as text; a value as the sheet shows it."""
    cell = grid.cell(row, column)
    if name != "value" or isinstance(cell, str):
        return cell_text(cell)
    number = grid.number(row, column, None, False)
    return f"{number.value}{number.unit}" if number is not None else cell_text(cell)


def _refuse_days(grid: Grid, rows: range, column: int, faults: Faults) -> None:
    """A fault for a first of a month that a workbook keeps where a month may have been typed."""
    for row in rows:
        cell = grid.cell(row, column)
        if isinstance(cell, date) and cell.day == 1:
            text = cell_text(cell)
            fault = ImportMonthOrDay(text=text, month=text[:7])
            faults.add(fault.at("", row + 1, "period"))


def _any_text(column: pa.ChunkedArray) -> bool:
    return bool(pc.any(pc.not_equal(column, "")).as_py())


def raw_parquet(content: bytes, faults: Faults) -> Raw | None:
    """A Parquet file; its rows are counted from 1, for it has no heading row."""
    try:
        table = parquet.read(content, faults.file)
    except SonghuaError as error:
        for fault in error.faults:
            faults.add(fault)
        return None
    names = list(table.column_names)
    columns: list[pa.ChunkedArray] = []
    for name, column in zip(names, table.columns, strict=True):
        try:
            columns.append(_texts(column))
        except (pa.ArrowException, ValueError) as error:
            text = str(error).split("\n", 1)[0][:120]
            faults.add(ImportColumnType(column=name[:60], text=text))
    if faults:
        return None
    return Raw(names, columns, np.arange(1, table.num_rows + 1, dtype=np.int64))


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column of any plain type as text: a decimal keeps its scale, a day is a date."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_floating(kind):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, kind), column)
    if pa.types.is_timestamp(kind):
        midnight = pc.all(pc.equal(column, pc.floor_temporal(column, unit="day")))
        column = column.cast(pa.date32()) if midnight.as_py() is not False else column
    return pc.fill_null(column.cast(pa.string()), "")


def raw_texts(raw: Raw) -> Grid:
    """Columns of text as a grid, the names in row 1."""
    lines = zip(*(column.to_pylist() for column in raw.columns), strict=True)
    return Grid([list(map(cell_text, raw.names)), *map(list, lines)])
