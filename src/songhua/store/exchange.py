"""Two files change places: in one step where the system can, and never over anything."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from songhua.errors import SonghuaError
from songhua.reading.file_fault_kinds import FileInUse, SystemRefused
from songhua.store import user_home

#: First part of the name of a file being written, and end of the third name in an exchange.
TEMPORARY, THIRD = ".songhua-writing-", "-old"
#: Windows' errors where another program has a file open (no right, sharing, a locked part).
OPEN_ELSEWHERE = (5, 32, 33)
#: Tries of an exchange where a file is open, and the seconds between: a scanner lets go.
TRIES, PAUSE = 10, 0.2


@contextmanager
def refusals(file: Path | None = None) -> Iterator[None]:
    """Make a fault like any other of what the system refuses (no room, no right to write).

    `file` is what is written, where the system names no place (a full disk), or one of a moment.

    Raises:
        SonghuaError: `system_refused`, with the system's reason and the place; `file_in_use`,
            where another program has the file open.
    """
    try:
        yield
    except OSError as error:
        in_use = _open_elsewhere(error)
        place = str((error.filename2 if in_use else None) or error.filename or "")
        if file is not None and (not place or TEMPORARY in place):
            place = str(file)
        if in_use:  # what is replaced is the second file
            raise SonghuaError(FileInUse(file=place)) from None
        raise SonghuaError(SystemRefused(file=place, why=_why(error))) from None


def _why(error: OSError) -> str:
    """The system's reason; of a folder that is copied, what it said of the first file."""
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list):
        return str(error.args[0][0][-1]).partition("] ")[2].partition(": '")[0]
    return error.strerror or type(error).__name__


def exchange(first: Path, second: Path) -> None:
    """Let two files change places: in one step where the system can, else by a third name.

    Raises:
        FileNotFoundError: where one is gone; both are as they were.
        OSError: what the system refuses.
    """
    for again in range(TRIES, 0, -1):
        try:
            if not _exchanged(first, second):
                _by_third(first, second)
            return
        except OSError as error:
            if again == 1 or not _open_elsewhere(error):
                raise
        time.sleep(PAUSE)


def _by_third(first: Path, second: Path) -> None:
    """Two files change places by a third name; nothing that comes between is written over."""
    third = first.with_name(f"{first.name}{THIRD}")
    os.rename(second, third)
    try:
        user_home.create(first, second)
    except OSError:
        with suppress(FileExistsError):
            user_home.create(third, second)
            third.unlink(missing_ok=True)
        raise
    first.unlink(missing_ok=True)
    os.rename(third, first)


@cache
def _library() -> Any:
    """The system's call that lets two files change places, where there is one."""
    if sys.platform != "linux":
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)


def _exchanged(first: Path, second: Path) -> bool:
    """True if two files changed places in one step; not every system of files can."""
    if _library() is None:
        return False
    at_here, exchange_both = -100, 2
    status = _library()(at_here, os.fsencode(first), at_here, os.fsencode(second), exchange_both)
    if status == 0:
        return True
    number = ctypes.get_errno()
    if number == 2:
        raise FileNotFoundError(number, os.strerror(number), str(second))
    return False


def _open_elsewhere(error: OSError) -> bool:
    return getattr(error, "winerror", None) in OPEN_ELSEWHERE
