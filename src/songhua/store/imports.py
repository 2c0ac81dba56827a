"""Adding rows to the observations: all of a file or nothing, and the same rows only once."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from songhua import checks, schema
from songhua.checks.plausibility import doubts, speaking_of
from songhua.errors import Fault, SonghuaError
from songhua.reading import csv_rows, limits, observations, tables
from songhua.reading.csv_lines import quoted
from songhua.reading.drafts import Explainer
from songhua.reading.drafts.choices import AnsweredDoubt
from songhua.reading.encoding import plain_text
from songhua.reading.rows import with_more
from songhua.reading.sheets import Candidates, Sheet, Skipped, cross_table, read_map, read_mapped
from songhua.reading.sheets import Mapping as SheetMap
from songhua.reading.sheets import read as read_sheet
from songhua.reading.table_fault_kinds import DraftList, ImportSaid, MemoryShort
from songhua.region import Region
from songhua.region.figures import FigureTable
from songhua.store.case import assembled
from songhua.store.disk import bytes_of, fetched
from songhua.store.drafted import Drafted, drafted, kept_name, layout_of
from songhua.store.port import Store
from songhua.store.source import Raw
from songhua.store.succession import NEW, above_whole, lacking, unwritten

#: The place of a row of a long sheet.
ROW = re.compile(r"row (\d+)")


@dataclass(frozen=True)
class Import:
    """Rows that an import adds, or would add, those passed over, and what is doubtful in it.

    `region` has the names of the labels of its rows, `left_out` the names in a plan's table without
    an entry in the folder.
    """

    rows: pd.DataFrame
    file: str
    repeated: int
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...]
    warnings: tuple[Fault, ...] = ()
    drafted: Drafted | None = None
    region: Region | None = None
    left_out: tuple[str, ...] = ()


def add(
    store: Store,
    file: Path,
    map_file: Path | None = None,
    defaults: Mapping[str, str] | None = None,
    day: str = "",
) -> Import:
    """Add the rows of a CSV, XLSX or Parquet file to `observations/`, as one new file.

    Rows that the folder holds already are passed over and counted. The map of a cross table is
    drafted where none is given; `defaults` are columns that then hold for all its rows, `day` is
    when they are recorded if that is not given. A map that was given is kept, and answers for the
    next sheet of the same layout.

    Raises:
        SonghuaError: every fault of the folder, of the map, or of the file, or what is doubtful
            in a drafted map; `import_said`, for given columns where no draft is needed; nothing is
            written.
    """
    data = content_of(file)
    mapping, text = _map(map_file)
    try:
        opened, sheet = _opened(data, file, mapping)
        refuse_defaults(defaults, file, drafts=isinstance(opened, Sheet))
        columns = ({"recorded": day} if day else {}) | dict(defaults or {})
        with store.alone():
            raw = store.read()
            planned, content = _plan(store, raw, file, opened, columns)
            if len(planned.rows):
                files = {planned.file: content}
                if mapping is not None and sheet is not None and planned.region is not None:
                    files |= _kept_map(store, file, sheet, mapping, text, planned.region)
                store.append(raw, files)
    except MemoryError:
        raise SonghuaError(MemoryShort(file.name)) from None
    return planned


def refuse_defaults(defaults: Mapping[str, str] | None, file: Path, drafts: bool = False) -> None:
    """Refuse columns that are given of a file whose rows have their own.

    Raises:
        SonghuaError: `import_said`.
    """
    if defaults and not drafts:
        names = tuple(f"--{name}" for name in defaults)
        raise SonghuaError(ImportSaid(file.name, names=names))


def draft_map(
    store: Store, file: Path, defaults: Mapping[str, str] | None = None, lang: str = "en",
    answered: Sequence[AnsweredDoubt] = (),
) -> Drafted:  # fmt: skip
    """The draft of the map of a cross table, with what is doubtful in it; nothing is written.

    Raises:
        SonghuaError: faults of the folder or of the file; `draft_list`, for a list that needs no
            map.
    """
    sheet, faults = cross_table(content_of(file), file.name)
    if faults:
        raise SonghuaError(*faults)
    if sheet is None or sheet.listed:
        raise SonghuaError(DraftList(file.name))
    region = assembled(store.read()).region
    return drafted(store, region, sheet, file, defaults or {}, lang, answered)


def _map(map_file: Path | None) -> tuple[SheetMap | None, bytes]:
    """A map and its text; none where no map is given."""
    if map_file is None:
        return None, b""
    text = content_of(map_file, limits.MAP)
    mapping, faults = read_map(text, map_file.name)
    if faults:
        raise SonghuaError(*faults)
    return mapping, text


def _opened(
    data: bytes, file: Path, mapping: SheetMap | None
) -> tuple[Candidates | Sheet, Sheet | None]:
    """The rows of a file, or a cross table whose map is still to be drafted; and a cross table."""
    sheet, candidates = None, None
    if mapping is None or mapping.wide:
        sheet, faults = cross_table(data, file.name, mapping.sheet if mapping else "")
        if faults:
            raise SonghuaError(*faults)
    if sheet is not None and mapping is None:
        if not sheet.listed:
            return sheet, sheet
        mapping = SheetMap()
    candidates = (
        read_mapped(sheet, file.name, mapping)
        if sheet and mapping
        else read_sheet(data, file.name, mapping)
    )
    if candidates.faults:
        raise SonghuaError(*candidates.faults)
    return candidates, sheet


def _kept_map(
    store: Store, file: Path, sheet: Sheet, mapping: SheetMap, text: bytes, region: Region
) -> dict[str, bytes]:
    """The file that keeps the map of a cross table by its layout, in the place of an older one."""
    mark = layout_of(sheet, Explainer(region), mapping.comma)
    if not mark:
        return {}
    older = store.maps(mark)
    return {older[0] if older else kept_name(file, mark): text}


def content_of(file: Path, most: int = limits.FILE) -> bytes:
    """The bytes of a file that is to be imported.

    Raises:
        SonghuaError: `file_not_regular`, `file_too_large`, or `file_unreadable` with the system's
            reason.
    """
    return fetched(bytes_of(file, str(file), missing=None, most=most), str(file))


def _drafted(
    store: Store, region: Region, file: Path, sheet: Sheet, defaults: Mapping[str, str]
) -> Drafted:
    """A cross table read with a drafted map.

    Raises:
        SonghuaError: what is doubtful in the draft, or the faults of the sheet.
    """
    draft = drafted(store, region, sheet, file, defaults)
    if draft.doubts or draft.candidates is None:
        raise SonghuaError(*draft.doubts)
    if draft.candidates.faults:
        raise SonghuaError(*draft.candidates.faults)
    return draft


def _plan(
    store: Store, raw: Raw, file: Path, opened: Candidates | Sheet, defaults: Mapping[str, str]
) -> tuple[Import, bytes]:
    """The rows that are new, checked against the folder's catalogues, and the file to write."""
    region = assembled(raw).region
    draft = _drafted(store, region, file, opened, defaults) if isinstance(opened, Sheet) else None
    candidates = draft.candidates if draft else opened
    assert isinstance(candidates, Candidates)
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
    planned = Import(rows.to_pandas(), target, repeats, skipped, notes, doubted, draft, region)
    return planned, content


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
