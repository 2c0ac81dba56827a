"""The bounded process beside, in which an .xls workbook is opened.

Its reader is another's, and makes room for what a file claims before anyone can look at it. So
it works in a process of its own, under bounds of memory and of the processor's time that the
system holds; what ends there is a fault here.
"""

from __future__ import annotations

import marshal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Any

from songhua.errors import SonghuaError
from songhua.reading import limits
from songhua.reading.sheets.fault_kinds import ImportLocked, ImportOtherKind
from songhua.reading.table_fault_kinds import ImportTooLarge, ImportUnreadable

_PROGRAM = Path(__file__).with_name("extraction.py")


def extracted(content: bytes, cells: int = limits.CELLS) -> tuple[Any, ...]:
    """The formats, the sheets and the first year of days of a workbook, as plain tuples.

    `cells` is the most that its sheets may have together. The program says what the tuples hold.

    Raises:
        SonghuaError: it is broken, locked, of another kind, or takes more than a workbook may.

    >>> try:
    ...     extracted(b"\\xd0\\xcf\\x11\\xe0\\xa1\\xb1\\x1a\\xe1" + bytes(600))
    ... except SonghuaError as error:
    ...     error.faults[0].code
    'import_unreadable'
    """
    bounds = (cells, limits.OLD_MEMORY, limits.OLD_SECONDS)
    command = [sys.executable, "-P", str(_PROGRAM), *map(str, bounds)]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere) as process:
        timer = Timer(2 * limits.OLD_SECONDS, process.kill)
        timer.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            with suppress(BrokenPipeError):
                process.stdin.write(len(content).to_bytes(8, "little"))
                process.stdin.write(content)
                process.stdin.flush()
            report = process.stdout.read()
        finally:
            timer.cancel()
            process.kill()
    return _book(report)


def _book(report: bytes) -> tuple[Any, ...]:
    """The report of the process; one that has none was ended for what it took."""
    try:
        kind, *parts = marshal.loads(report)
    except (EOFError, ValueError, TypeError):
        kind, parts = "large", []
    if kind == "book":
        return tuple(parts)
    if kind == "locked":
        raise SonghuaError(ImportLocked())
    if kind == "other":
        raise SonghuaError(ImportOtherKind(kind="OLE"))
    if kind == "broken":
        raise SonghuaError(ImportUnreadable(text=parts[0]))
    raise SonghuaError(ImportTooLarge(text="XLS"))
