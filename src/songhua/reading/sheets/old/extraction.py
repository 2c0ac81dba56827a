"""The program of the process that takes the cells out of an .xls workbook.

It is begun by `process.extracted` with the workbook on its input, and writes plain tuples. It
imports a reader of such workbooks and nothing of songhua, so it begins at once and is small.
"""

from __future__ import annotations

import io
import marshal
import os
import struct
import sys
import threading
from contextlib import suppress
from typing import Any

_FORMULAS = frozenset((0x0006, 0x0206, 0x0406))
_BEGIN, _END = frozenset((0x0009, 0x0209, 0x0409, 0x0809)), 0x000A
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_NO_BOOK = "Can't find workbook"


def extract(content: bytes, cells: int) -> tuple[Any, ...]:
    """`("book", styles, sheets, late)`, or the kind of fault with its words.

    A style is the number and the code of its number format, its ground, its indent, whether it is
    struck out and raised. A sheet is its name, whether it is hidden, its rows (each the values, the
    kinds of value and the numbers of the styles), merged areas, hidden rows and columns, texts of
    which runs are raised or struck out, comments, and the cells that are formulas.
    """
    import xlrd
    from xlrd.biffh import XLRDError

    try:
        book = xlrd.open_workbook(
            logfile=io.StringIO(),
            file_contents=content,
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
        )
        names = book.sheet_names()
        sheets, room = [], cells
        for at, name in enumerate(names):
            sheet = book.sheet_by_index(at)
            room -= sheet.nrows * sheet.ncols
            if room < 0:
                return ("large",)
            sheets.append((name, sheet.visibility != 0, *_sheet(book, sheet), _formulas(book, at)))
            book.unload_sheet(at)
        return "book", _styles(book), sheets, book.datemode == 1
    except MemoryError:
        return ("large",)
    except XLRDError as error:
        if "encrypted" in str(error) or _LOCKED in content:
            return ("locked",)
        return ("other",) if str(error).startswith(_NO_BOOK) else ("broken", str(error)[:160])
    except RecursionError:
        return "broken", "RecursionError"
    except Exception as error:
        return "broken", type(error).__name__


def _styles(book: Any) -> list[tuple[int, str, str, int, bool, bool]]:
    codes: Any = book.format_map
    styles = []
    for style in book.xf_list:
        key, ground, font = style.format_key, style.background, book.font_list[style.font_index]
        filled = ground is not None and ground.fill_pattern == 1
        colour = book.colour_map.get(ground.pattern_colour_index) if ground and filled else None
        fill = "" if colour in (None, (255, 255, 255)) else "{:02X}{:02X}{:02X}".format(*colour)
        indent = style.alignment.indent_level if style.alignment else 0
        code = (codes[key].format_str if key in codes else "") or ""
        struck, raised = bool(font.struck_out), font.escapement == 1
        styles.append((key, code, fill, indent, struck, raised))
    return styles


def _parted(book: Any, sheet: Any) -> list[tuple[int, int, list[tuple[str, str]]]]:
    """The row and column of a text in runs, and its parts, of which some are raised or struck."""
    texts = []
    for (row, column), runs in sheet.rich_text_runlist_map.items():
        text = str(sheet.cell_value(row, column))
        cell = book.xf_list[sheet.cell_xf_index(row, column)].font_index
        starts = [(0, cell), *runs]
        ends = [at for at, _ in runs] + [len(text)]
        parts = [
            (text[start:end], _kind(book.font_list[font]))
            for (start, font), end in zip(starts, ends, strict=True)
        ]
        if any(kind for part, kind in parts if part):
            texts.append((row, column, parts))
    return texts


def _kind(font: Any) -> str:
    return "struck" if font.struck_out else "raised" if font.escapement == 1 else ""


def _sheet(book: Any, sheet: Any) -> tuple[Any, ...]:
    rows = [
        (
            sheet.row_values(row),
            bytes(sheet.row_types(row)),
            sheet._cell_xf_indexes[row].tobytes(),
        )
        for row in range(sheet.nrows)
    ]
    hidden_rows = [row for row, line in sheet.rowinfo_map.items() if line.hidden]
    hidden_columns = [column for column, line in sheet.colinfo_map.items() if line.hidden]
    comments = [(row, column, note.text) for (row, column), note in sheet.cell_note_map.items()]
    lines = list(sheet.merged_cells), sorted(hidden_rows), sorted(hidden_columns)
    return rows, *lines, _parted(book, sheet), comments


def _formulas(book: Any, at: int) -> list[tuple[int, int]]:
    """The row and column of each formula of a sheet, by its records."""
    places, depth = [], 0
    if book.biff_version < 50:
        return places
    position, stream = book._sh_abs_posn[at], book.mem
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        if kind in _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                break
        elif kind in _FORMULAS and depth == 1 and position + 8 <= len(stream):
            places.append(struct.unpack_from("<HH", stream, position + 4))
        position += 4 + length
    return places


def main(cells: int, megabytes: int, seconds: int) -> None:
    """Take a workbook from the input and give its cells to the output, within bounds.

    The input stays open as long as the process that began this one lives.
    """
    limit(megabytes, seconds)
    size = int.from_bytes(sys.stdin.buffer.read(8), "little")
    content = sys.stdin.buffer.read(size)
    threading.Thread(target=_end_with_input, daemon=True).start()
    try:
        outcome = marshal.dumps(extract(content, cells))
    except MemoryError:
        outcome = marshal.dumps(("large",))
    sys.stdout.buffer.write(outcome)
    sys.stdout.buffer.flush()
    os._exit(0)


def limit(megabytes: int, seconds: int) -> None:
    """Bound the memory and the processor's time of this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, megabytes << 20), (resource.RLIMIT_CPU, seconds)):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _end_with_input() -> None:
    sys.stdin.buffer.read(1)
    os._exit(1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
