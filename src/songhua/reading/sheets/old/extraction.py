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


def extract(data: bytes, cells: int) -> tuple[Any, ...]:
    """`("book", formats, sheets, late)`, or the kind of fault with its words.

    A format is its number, its code. A sheet is its name, whether it is hidden, its rows (each the
    values, the kinds of value and the numbers of the formats), merged areas, hidden rows and
    columns, and the cells that are formulas.
    """
    import xlrd
    from xlrd.biffh import XLRDError

    try:
        book = xlrd.open_workbook(
            logfile=io.StringIO(),
            file_contents=data,
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
            sheets.append((name, sheet.visibility != 0, *_sheet(sheet), _formulas(book, at)))
            book.unload_sheet(at)
        return "book", _formats(book), sheets, book.datemode == 1
    except MemoryError:
        return ("large",)
    except XLRDError as error:
        if "encrypted" in str(error) or _LOCKED in data:
            return ("locked",)
        return ("other",) if str(error).startswith(_NO_BOOK) else ("broken", str(error)[:160])
    except RecursionError:
        return "broken", "RecursionError"
    except Exception as error:
        return "broken", type(error).__name__


def _formats(book: Any) -> list[tuple[int, str]]:
    """The number and the code of each cell style's number format."""
    codes = book.format_map
    keys = (style.format_key for style in book.xf_list)
    return [(key, (codes[key].format_str if key in codes else "") or "") for key in keys]


def _sheet(sheet: Any) -> tuple[Any, ...]:
    rows = [
        (
            sheet.row_values(row),
            bytes(sheet.row_types(row)),
            sheet._cell_xf_indexes[row].tobytes(),
        )
        for row in range(sheet.nrows)
    ]
    hidden_rows = [row for row, info in sheet.rowinfo_map.items() if info.hidden]
    hidden_columns = [column for column, info in sheet.colinfo_map.items() if info.hidden]
    return rows, list(sheet.merged_cells), sorted(hidden_rows), sorted(hidden_columns)


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
    data = sys.stdin.buffer.read(size)
    threading.Thread(target=_end_with_input, daemon=True).start()
    try:
        outcome = marshal.dumps(extract(data, cells))
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
