"""Writing is safe: a lock, a temporary file, an atomic rename. All of a write is there or none."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from songhua.errors import Fault, SonghuaError
from songhua.store.disk import bytes_of
from songhua.store.kept import own_home, refuse_songhua

TEMPORARY = ".songhua-writing-"
#: Where files of a folder stand; what a killed writer left there is taken away by the next.
HELD = (
    "", "learnt", "observations", "panels", "plan", "plan/scenarios", "register", "reviews",
    "tables",
)  # fmt: skip
LOCK = "lock"
#: How Windows says that another program has a file open (no right, sharing, a locked part).
OPEN_ELSEWHERE = (5, 32, 33)
#: How often a rename is tried where a file is open, and the seconds between: a scanner lets go.
TRIES, PAUSE = 10, 0.2


@contextmanager
def told(file: Path | None = None) -> Iterator[None]:
    """What the system refuses (no room, no right to write) is a fault like any other.

    `file` is what is written, where the system names no place (a full disk), or one of a moment.

    Raises:
        SonghuaError: `system_refused`, with the system's reason and the place; `file_in_use`,
            where another program has the file open.
    """
    try:
        yield
    except OSError as error:
        params = {"why": _why(error)}
        if _open_elsewhere(error):  # what is replaced is the second file
            place = str(error.filename2 or error.filename or "")
            raise SonghuaError(Fault("file_in_use", file=place)) from None
        place = str(error.filename or "")
        if file is not None and (not place or TEMPORARY in place):
            place = str(file)
        raise SonghuaError(Fault("system_refused", file=place, params=params)) from None


def _why(error: OSError) -> str:
    """The system's reason; of a folder that is copied, what it said of the first file."""
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list):
        return str(error.args[0][0][-1]).partition("] ")[2].partition(": '")[0]
    return error.strerror or type(error).__name__


@contextmanager
def locked(folder: Path, seconds: float = 10.0) -> Iterator[None]:
    """Be the only writer of a folder; readers are not held up. Who holds it may hold it again.

    Raises:
        SonghuaError: `lock_held`, when another process still writes after `seconds`;
            `case_of_songhua` or `part_of_songhua`, for what comes with songhua.
    """
    from filelock import FileLock, Timeout

    refuse_songhua(folder)
    with told():
        lock = FileLock(own_home(folder) / LOCK, is_singleton=True)
        try:
            lock.acquire(timeout=seconds)
        except Timeout:
            raise SonghuaError(Fault("lock_held", params={"path": str(folder)})) from None
    try:
        with told():
            for inner in HELD:
                for left in (folder / inner).glob(f"{TEMPORARY}*"):
                    left.unlink(missing_ok=True)
        yield
    finally:
        lock.release()


def write_new(file: Path, data: bytes) -> Path:
    """Write a file that readers see whole or not at all, also after a power cut.

    The rights of one that is replaced stay.

    Raises:
        SonghuaError: `system_refused`; `case_of_songhua` or `part_of_songhua`, for what comes with
            songhua.
    """
    with told(file):
        refuse_songhua(file)
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = _temporary(file)
        try:
            _write(temporary, data)
            if file.exists():
                shutil.copymode(file, temporary)
            replaced(temporary, file)
        finally:
            temporary.unlink(missing_ok=True)
        _sync(file.parent)
        return file


@told()
def replace_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Give files of a folder another content: all of them, or none where the system refuses one.

    Readers see each file old or new, never in part. Its rights stay.

    Raises:
        SonghuaError: `system_refused`, `file_unreadable`; the files are as they were.
            `case_of_songhua` or `part_of_songhua`, for what comes with songhua.
    """
    refuse_songhua(folder)
    before = {name: bytes_of(folder / name, name) for name in files}
    made = {name: _temporary(folder / name) for name in files}
    done: list[str] = []
    try:
        for name, data in files.items():
            with told(folder / name):
                _write(made[name], data)
                shutil.copymode(folder / name, made[name])
        for name in files:
            replaced(made[name], folder / name)
            done.append(name)
    except BaseException:
        for name in done:
            write_new(folder / name, before[name])
        raise
    finally:
        for temporary in made.values():
            temporary.unlink(missing_ok=True)
    for place in {(folder / name).parent for name in files}:
        _sync(place)


def replaced(source: Path, target: Path) -> None:
    """Put a file in the place of another; where that is open for a moment, a moment later.

    Windows refuses to replace a file that is open: for good if a spreadsheet program has it, and
    for a moment if a virus scanner or another reader does.
    """
    for again in range(TRIES, 0, -1):
        try:
            os.replace(source, target)
            return
        except OSError as error:
            if again == 1 or not _open_elsewhere(error):
                raise
        time.sleep(PAUSE)


def _open_elsewhere(error: OSError) -> bool:
    return getattr(error, "winerror", None) in OPEN_ELSEWHERE


def _temporary(file: Path) -> Path:
    return file.parent / f"{TEMPORARY}{secrets.token_hex(8)}"


def _write(file: Path, data: bytes) -> None:
    with file.open("xb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def _sync(folder: Path) -> None:
    """Make a rename last; not every system lets a folder be opened for that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copy(source: Path | None, target: Path, more: Mapping[str, bytes] | None = None) -> Path:
    """Copy a folder, and what else it is to hold, to a new place, whole or not at all.

    Without a source all that it holds is given.

    What another left beside it that was killed is taken away.

    Raises:
        SonghuaError: `folder_not_empty`, when something is there already; `system_refused`;
            `case_of_songhua` or `part_of_songhua`, for a place within songhua.
    """
    with told(target):
        from filelock import FileLock

        refuse_songhua(target)

        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise SonghuaError(Fault("folder_not_empty", params={"path": str(target)}))
        target.parent.mkdir(parents=True, exist_ok=True)
        _tidy(target.parent)
        beside = _temporary(target)
        beside.mkdir()
        lock = FileLock(beside / LOCK)
        try:
            lock.acquire(timeout=0)
            made = beside / "made"
            if source is None:
                made.mkdir()
            else:
                shutil.copytree(source, made, ignore=shutil.ignore_patterns("__*", ".*"))
            for name, data in (more or {}).items():
                (made / name).parent.mkdir(parents=True, exist_ok=True)
                _write(made / name, data)
            if target.exists():
                target.rmdir()
            made.rename(target)
        finally:
            lock.release()
            shutil.rmtree(beside, ignore_errors=True)
        return target


def _tidy(folder: Path) -> None:
    """Take away what copies left whose process has ended: nobody holds their lock."""
    from filelock import FileLock, Timeout

    for left in folder.glob(f"{TEMPORARY}*/{LOCK}"):
        if left.is_symlink() or left.parent.is_symlink() or not left.is_file():
            continue
        lock = FileLock(left)
        with suppress(Timeout, OSError):
            lock.acquire(timeout=0)
            lock.release()
            shutil.rmtree(left.parent, ignore_errors=True)
