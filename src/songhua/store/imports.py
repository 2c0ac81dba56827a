"""Adding rows to the observations: all of a file or nothing, and the same rows only once."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from songhua import checks, schema
from songhua.checks.plausibility import doubts, speaking_of
from songhua.errors import Fault, SonghuaError
from songhua.reading import csv_rows, limits, observations, tables
from songhua.reading.crosstabs.options import question_fault
from songhua.reading.csv_lines import quoted
from songhua.reading.encoding import plain_text
from songhua.reading.file_fault_kinds import FileEmpty
from songhua.reading.rows import with_more
from songhua.reading.sheets import Candidates, Skipped, Tables, hidden, open_tables
from songhua.reading.table_fault_kinds import ImportSaid, MemoryShort, TableList
from songhua.region import Region
from songhua.region.figures import FigureTable
from songhua.store.case import assembled
from songhua.store.disk import bytes_of, fetched
from songhua.store.earlier_figures import ask_previous, settle_previous
from songhua.store.port import Store
from songhua.store.source import Raw
from songhua.store.succession import NEW, above_whole, lacking, unwritten
from songhua.store.tables_read import TablesRead, answers_file, entry_files, read_tables

#: The place of a row of a long sheet.
ROW = re.compile(r"row (\d+)")


@dataclass(frozen=True)
class Import:
    """Rows that an import adds, or would add, those passed over, and what is doubtful in it.

    `region` has the names of the labels of its rows, `left_out` the names in a plan's table without
    an entry in the folder, `read` a file of tables as it was read.
    """

    rows: pd.DataFrame
    file: str
    repeated: int
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...]
    warnings: tuple[Fault, ...] = ()
    read: TablesRead | None = None
    region: Region | None = None
    left_out: tuple[str, ...] = ()


def add(
    store: Store,
    file: Path,
    answers: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
    day: str = "",
    forget: bool = False,
) -> Import:
    """Add the rows of a CSV, XLSX, XLS or Parquet file to `observations/`, as one new file.

    Rows that the folder holds already are passed over and counted. Of a file of tables, `answers`
    settle questions by their keys, before those that the folder keeps for its layout unless it is
    to `forget` them; `defaults` are columns that hold for all its rows, `day` is when they are
    recorded if that is not given. New entries and the answers are kept with the rows.

    Raises:
        SonghuaError: every fault of the folder or of the file, or every question that is open;
            `import_said`, for given columns of a list; nothing is written.
    """
    content = content_of(file)
    try:
        opened = open_tables(content, file.name)
        if isinstance(opened, Candidates):
            refuse_defaults(defaults, file)
        columns = ({"recorded": day} if day else {}) | dict(defaults or {})
        with store.alone():
            raw = store.read()
            planned, files = _plan(store, raw, file, opened, columns, answers or {}, forget)
            if len(planned.rows):
                broken = planned.read is not None and planned.read.book.breaks()
                (store.revise if broken else store.append)(raw, files)
    except MemoryError:
        raise SonghuaError(MemoryShort(file.name)) from None
    return planned


def refuse_defaults(defaults: Mapping[str, str] | None, file: Path) -> None:
    """Refuse columns that are given of a file whose rows have their own.

    Raises:
        SonghuaError: `import_said`.
    """
    if defaults:
        names = tuple(f"--{name}" for name in defaults)
        raise SonghuaError(ImportSaid(file.name, names=names))


def read_file(
    store: Store,
    file: Path,
    answers: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
    forget: bool = False,
) -> TablesRead:
    """A file of tables as it is read with the answers so far; nothing is written.

    Raises:
        SonghuaError: faults of the folder or of the file; `table_list`, for a list of observations.
    """
    opened = open_tables(content_of(file), file.name)
    if isinstance(opened, Candidates):
        raise SonghuaError(TableList(file.name))
    region = assembled(store.read()).region
    read = read_tables(
        store, region, opened.book, opened.grids, defaults or {}, answers or {}, forget
    )
    if not read.book.faults and not read.book.questions:
        ask_previous(read)
    return read


def content_of(file: Path, most: int = limits.FILE) -> bytes:
    """The bytes of a file that is to be imported.

    Raises:
        SonghuaError: `file_empty`, `file_not_regular`, `file_too_large`, or `file_unreadable` with
            the system's reason.
    """
    content = fetched(bytes_of(file, str(file), missing=None, most=most), str(file))
    if not content.strip():
        raise SonghuaError(FileEmpty(str(file)))
    return content


def _read(
    store: Store, region: Region, opened: Tables, defaults: Mapping[str, str],
    answers: Mapping[str, str], forget: bool,
) -> TablesRead:  # fmt: skip
    """A file of tables whose questions are all settled.

    Raises:
        SonghuaError: its faults, or its questions.
    """
    read = read_tables(store, region, opened.book, opened.grids, defaults, answers, forget)
    book = read.book
    if not book.faults and not book.questions:
        ask_previous(read)
    if book.faults or book.questions:
        raise SonghuaError(
            *(book.faults or [question_fault(q, region, book.file) for q in book.questions])
        )
    return read


def _plan(
    store: Store, raw: Raw, file: Path, opened: Candidates | Tables, defaults: Mapping[str, str],
    answers: Mapping[str, str], forget: bool,
) -> tuple[Import, dict[str, bytes]]:  # fmt: skip
    """The rows that are new, checked against the folder's catalogues, and the files to write."""
    region = assembled(raw).region
    read: TablesRead | None = None
    files: dict[str, bytes] = {}
    if isinstance(opened, Candidates):
        candidates = opened
    else:
        read = _read(store, region, opened, defaults, answers, forget)
        candidates = settle_previous(read)
        warnings = tuple(fault for grid in opened.grids for fault in hidden(grid, file.name))
        candidates = replace(candidates, warnings=(*warnings, *opened.book.warnings))
        if files := entry_files(read, raw.files):
            raw = raw.with_files(files)
            region = assembled(raw).region
    content = _csv(candidates.table)
    parsed = _parsed(candidates.table, content, file.name, region)
    _refuse(parsed.faults, file, candidates)
    frame = observations.assemble([parsed], region.sources, region.indicators)
    alone = replace(region, figures=FigureTable.of(unwritten(frame)))
    _refuse(checks.check_figures(alone), file, candidates)
    keep, behind = lacking(region.figures.observations.frame, frame)
    rows = candidates.table
    if not keep.all():
        rows = rows.filter(pa.array(keep))
        content = _csv(rows)
    _refuse(above_whole(region, frame[keep]), file, candidates)
    target = raw.free("observations", file.stem, content, behind)
    doubted = candidates.warnings + tuple(
        _placed(doubt, file, candidates) for doubt in _doubts(region, frame[keep])
    )
    repeats = int((~keep).sum())
    skipped, notes = candidates.skipped, candidates.notes
    planned = Import(rows.to_pandas(), target, repeats, skipped, notes, doubted, read, region)
    return planned, files | {target: content} | (answers_file(read) if read else {})


def _parsed(rows: pa.Table, content: bytes, file: str, region: Region) -> tables.Parsed:
    """The rows as they will be read from the folder; `content` is their file.

    A text without quotation marks is the columns that it was written from.
    """
    table, labels = schema.table("observations"), checks.known_labels(region)
    if b'"' in content or not plain_text(content):
        return tables.read(content, file, table, labels)
    return tables.checked(csv_rows.of_table(rows, table), file, table, labels)


def _doubts(region: Region, new: pd.DataFrame) -> list[Fault]:
    """Doubts that the new rows raise and that were not there without them."""
    if new.empty:
        return []
    region = speaking_of(region, set(new["indicator"].unique()))
    before = doubts(region)
    after = doubts(with_more(region, unwritten(new)))
    return [doubt for doubt in after if doubt not in before]


def _refuse(faults: list[Fault], file: Path, candidates: Candidates) -> None:
    if faults:
        raise SonghuaError(*(_placed(fault, file, candidates) for fault in faults))


def _csv(table: pa.Table) -> bytes:
    """Rows as CSV in the order of the schema, quoted only where they must be."""
    names = [name for name in schema.table("observations").names if name in table.column_names]
    heading = ",".join(names) + "\n"
    table = pa.table({name: table.column(name).cast(pa.string()) for name in names})
    try:
        out = io.BytesIO()
        options = pacsv.WriteOptions(include_header=False, quoting_style="none")
        pacsv.write_csv(table, out, options)
        return heading.encode() + out.getvalue()
    except pa.ArrowInvalid:  # a cell needs quotation marks
        columns = (map(quoted, table.column(name).to_pylist()) for name in names)
        lines = map(",".join, zip(*columns, strict=True))
        return (heading + "\n".join([*lines, ""])).encode()


def _placed(fault: Fault, file: Path, candidates: Candidates) -> Fault:
    """A fault of a candidate row, at the place in the file where it came from."""
    if "/" in fault.file and not fault.file.endswith(NEW):
        return fault  # of a row that the folder holds
    if fault.row is None:
        return replace(fault, file=file.name)
    origin = candidates.origin(fault.row - 2)
    if row := ROW.fullmatch(origin):
        return replace(fault, file=file.name, row=int(row[1]))
    column = f"{origin}, {fault.column}" if fault.column else origin
    return replace(fault, file=file.name, row=None, column=column)
