"""Reading a workbook into a grid, behind checks against broken and hostile ones."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from songhua.store.sheets.faults import Faults, column_number
from songhua.store.sheets.formats import sheet_text, shown_formats
from songhua.store.sheets.grid import MOST_CELLS, Area, Grid

MOST_BYTES = 300_000_000
_PLACE = re.compile(rb"\sr\s*=\s*([\"'])([A-Za-z]*)(\d+)\1(?!(?:\s+s\s*=\s*\"\d*\")?\s*/>)")

_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*)>(\s*<(?:\w+:)?f[\s/>])?")
_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_PLACE_OF = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")


def _unpacked(data: bytes, info: zipfile.ZipInfo, room: int) -> bytes | None:
    """One part of the package as it really unpacks; None if it is larger than `room`.

    The size that the package declares is not trusted.
    """
    head = data[info.header_offset : info.header_offset + 30]
    if len(head) < 30:
        return b""
    start = (
        info.header_offset + 30 + sum(int.from_bytes(head[i : i + 2], "little") for i in (26, 28))
    )
    packed = data[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        return packed if len(packed) <= room else None
    if info.compress_type != zipfile.ZIP_DEFLATED:
        return b""
    unpacker = zlib.decompressobj(-15)
    text = unpacker.decompress(packed, room + 1)
    return text if len(text) <= room else None


def _open(data: bytes) -> tuple[dict[str, bytes], str]:
    """The parts of a package as they unpack, or the code of the fault that keeps it shut."""
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return parts, "import_unreadable"
    room = MOST_BYTES
    for info in entries:
        try:
            text = _unpacked(data, info, room)
        except zlib.error:
            return parts, "import_unreadable"
        if text is None:
            return parts, "import_too_large"
        room -= len(text)
        if info.filename.endswith((".xml", ".rels")):
            if not _well_formed(text):
                return parts, "import_unreadable"
            parts[info.filename] = text
        if _span(text) > MOST_CELLS:
            return parts, "import_too_large"
    return parts, ""


def _well_formed(text: bytes) -> bool:
    """Whether a part is XML that says one thing only: no tag has an attribute twice."""
    try:
        expat.ParserCreate("utf-8").Parse(text, True)
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return b"\0" not in text


def _span(text: bytes) -> int:
    """Rows times columns of the rectangle that a sheet's cells span.

    The reader makes room for all of it at once, so one cell far out would take all memory. A
    cell that is styled and holds nothing does not count, as it does not for the reader.

    >>> _span(b'<c r="B3"><v>1</v></c><c r="ZZ9999" s="2"/>')
    6
    """
    rows = columns = 1
    for found in _PLACE.finditer(text):
        rows = max(rows, int(found[3][:12]))
        column = 0
        for letter in found[2][:8].upper():
            column = column * 26 + letter - 64
        columns = max(columns, column)
    return rows * columns


def not_typed(data: bytes, sheet: str) -> dict[tuple[int, int], str]:
    """The cells of a sheet that hold a `formula` or an `error`, by row and column from 0.

    The reader gives a formula's last value, and nothing for an error.
    """
    found: dict[tuple[int, int], str] = {}
    for cell in _CELL.finditer(sheet_text(_open(data)[0], sheet)):
        place = _PLACE_OF.search(cell[1])
        column = column_number(place[1].decode()) if place else None
        if place is not None and column is not None and (cell[2] or _ERROR.search(cell[1])):
            found[int(place[2]) - 1, column] = "formula" if cell[2] else "error"
    return found


def read_workbook(data: bytes, sheet: str, faults: Faults) -> Grid | None:
    """A sheet of a workbook as a grid that starts at A1; without a name, the first sheet."""
    parts, harm = _open(data)
    if harm:
        faults.add(harm, text="XLSX")
        return None
    from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            names = book.sheet_names
            if not names or (sheet and sheet not in names):
                faults.add("import_sheet_missing", sheet=sheet, sheets=tuple(names[:20]))
                return None
            chosen = sheet or names[0]
            page = book.get_sheet_by_name(chosen)
            cells = page.to_python(skip_empty_area=False)
            merged = page.merged_cell_ranges or []
            others = tuple(name for name in names if name != chosen)
    except (
        CalamineError,
        WorksheetNotFound,
        ValueError,
        OSError,
        OverflowError,
        TypeError,
    ) as error:
        faults.add("import_unreadable", text=str(error)[:200])
        return None
    except BaseException as error:
        # A panic inside the reader arrives as a BaseException of its own kind; nothing else of
        # that rank (an interrupt, the end of the program, no memory) may be held up here.
        if type(error).__name__ != "PanicException":
            raise
        faults.add("import_unreadable", text=str(error)[:200])
        return None
    areas = tuple(Area(top, left, bottom, right) for (top, left), (bottom, right) in merged)
    if sum(min(area.bottom, len(cells)) - area.top + 1 for area in areas) > MOST_CELLS // 10:
        faults.add("import_too_large", text="XLSX")
        return None
    return Grid(cells, chosen, areas, others, shown_formats(parts, chosen))
