"""The gateway for writing: a lock, a look at what is replaced, and all of a write or none of it.

A file is written beside the one that it replaces, the two change places in one step, and what came
out is read once more: where a hand changed it meanwhile, both stay and that is told. What a write
is about to do is noted in the user's place first, so that the next command finishes one that was
killed. Nothing but what is noted there is ever moved or removed.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import secrets
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from songhua.errors import Fault, SonghuaError
from songhua.store import user_home
from songhua.store.disk import bytes_below, is_link, is_there, parts_of, refuse_links
from songhua.store.kept import refuse_songhua

TEMPORARY = ".songhua-writing-"
#: What stands in the name of a file that a hand changed while it was replaced.
BY_HAND = ".by-hand-"
#: How Windows says that another program has a file open (no right, sharing, a locked part).
OPEN_ELSEWHERE = (5, 32, 33)
#: How often a rename is tried where a file is open, and the seconds between: a scanner lets go.
TRIES, PAUSE = 10, 0.2
#: The most bytes of a note, and how the third name ends by which two files change places.
_NOTE, _THIRD = 16_000_000, "-old"


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
        in_use = _open_elsewhere(error)
        place = str((error.filename2 if in_use else None) or error.filename or "")
        if file is not None and (not place or TEMPORARY in place):
            place = str(file)
        if in_use:  # what is replaced is the second file
            raise SonghuaError(Fault("file_in_use", file=place)) from None
        params = {"why": _why(error)}
        raise SonghuaError(Fault("system_refused", file=place, params=params)) from None


def _why(error: OSError) -> str:
    """The system's reason; of a folder that is copied, what it said of the first file."""
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list):
        return str(error.args[0][0][-1]).partition("] ")[2].partition(": '")[0]
    return error.strerror or type(error).__name__


@contextmanager
def locked(folder: Path, seconds: float = 10.0) -> Iterator[None]:
    """Be this user's only writer of a folder; readers are not held up. It may be held again.

    The lock lies in the user's place, so that it leaves no trace in a folder. What a killed
    command left half-done in the folder is finished first.

    Raises:
        SonghuaError: `lock_held`, when another process still writes after `seconds`;
            `case_of_songhua` or `part_of_songhua`, for what comes with songhua;
            `file_changed_by_hand`, of what was finished.
    """
    from filelock import FileLock, Timeout

    refuse_songhua(folder)
    with told():
        lock = FileLock(user_home.room("locks") / _about(folder), is_singleton=True)
        try:
            lock.acquire(timeout=seconds)
        except Timeout:
            raise SonghuaError(Fault("lock_held", params={"path": str(folder)})) from None
    try:
        if not lock.lock_counter > 1:
            with told(folder):
                _finished(folder)
        yield
    finally:
        lock.release()


def _about(folder: Path) -> str:
    """The name of what is noted of a folder, wherever it is asked from."""
    return user_home.name_of("folder", os.path.realpath(folder))


def finish(folder: Path) -> None:
    """Finish what a killed command left half-done in a folder, where there is such.

    Raises:
        SonghuaError: as `locked`.
    """
    noted = False
    with suppress(SonghuaError):  # where there is no place of the user, nothing was noted
        noted = (user_home.room("notes") / _about(folder)).exists()
    if noted:
        with locked(folder):
            pass


@dataclass(frozen=True)
class Step:
    """One file of a write: its name, those beside it of a moment, and digests of both contents.

    `before` is blank for a file that is new.
    """

    name: str
    beside: str
    before: str
    after: str


def write(folder: Path, files: Mapping[str, bytes], before: Mapping[str, bytes | None]) -> None:
    """Give files of a folder another content: all of them, or none where one is refused.

    `before` has of each what it is to hold now, None for one that there is not yet. A file that
    holds something else stays as it is. Readers see each file old or new, never in part; its rights
    stay. The folder is locked by whoever calls.

    Raises:
        SonghuaError: `folder_changed`, `system_refused`, `file_in_use`, `file_linked`; the files
            are as they were. `file_changed_by_hand`, where a hand changed a file at the moment at
            which it was replaced: then the new one stands, and that of the hand beside it.
            `case_of_songhua` or `part_of_songhua`, for what comes with songhua.
    """
    refuse_songhua(folder)
    if not files:
        return
    steps = [_step(name, before.get(name), data) for name, data in files.items()]
    _refuse_changed(folder, steps)
    note = user_home.room("notes"), _about(folder)
    made: list[Path] = []
    done: list[Step] = []
    try:
        for name in files:
            _make_folders(folder, name, made)
        _noted(*note, folder, steps, ready=False)
        for one in steps:
            with told(folder / one.name):
                _new(folder, one, files[one.name])
        _noted(*note, folder, steps, ready=True)
        _refuse_changed(folder, steps)
        for one in steps:
            _swap(folder, one)
            done.append(one)
    except BaseException:
        if _undone(folder, steps, done, made):  # else the next command goes on where this ended
            user_home.delete(note[0] / note[1])
        raise
    kept = [fault for one in steps for fault in _settled(folder, one)]
    with told():
        for place in {(folder / one.name).parent for one in steps}:
            _sync(place)
    user_home.delete(note[0] / note[1])
    if kept:
        raise SonghuaError(*kept)


def write_new(file: Path, data: bytes) -> Path:
    """Write one file where a person wants it, in the place of one that there is.

    Readers see it whole or not at all, also after a power cut.

    Raises:
        SonghuaError: as `write`.
    """
    with told(file):
        refuse_songhua(file)
        file.parent.mkdir(parents=True, exist_ok=True)
    with locked(file.parent):
        held = bytes_below(file.parent, file.name) if os.path.lexists(file) else None
        write(file.parent, {file.name: data}, {file.name: held})
    return file


def _step(name: str, before: bytes | None, after: bytes) -> Step:
    parts = parts_of(name)
    beside = "/".join((*parts[:-1], f"{TEMPORARY}{secrets.token_hex(8)}"))
    return Step(name, beside, "" if before is None else _digest(before), _digest(after))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _held(folder: Path, name: str) -> str:
    """The digest of what a file holds; blank where there is none.

    Raises:
        SonghuaError: `file_linked`, `file_not_regular`, `file_unreadable`.
    """
    return _digest(bytes_below(folder, name)) if is_there(folder, name) else ""


def _refuse_changed(folder: Path, steps: list[Step]) -> None:
    """Let every file hold what it was looked at with.

    Raises:
        SonghuaError: `folder_changed`.
    """
    other = [one.name for one in steps if _held(folder, one.name) != one.before]
    if other:
        raise SonghuaError(*(Fault("folder_changed", name) for name in other))


def _make_folders(folder: Path, name: str, made: list[Path]) -> None:
    """Make the folders that a file needs, none of them through a link, and say which."""
    at = folder
    for part in parts_of(name)[:-1]:
        at /= part
        if is_link(at):
            refuse_links(folder, name)
        with told(at):
            if not at.is_dir():
                at.mkdir()
                made.append(at)


def _new(folder: Path, step: Step, data: bytes) -> None:
    """Write the new content beside the old one, with its rights."""
    beside, file = folder / step.beside, folder / step.name
    _written(beside, data)
    if step.before:
        try:
            shutil.copymode(file, beside, follow_symlinks=False)
        except FileNotFoundError:
            raise SonghuaError(Fault("folder_changed", step.name)) from None


def _written(file: Path, data: bytes) -> None:
    with file.open("xb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def _noted(
    room: Path, name: str, folder: Path, steps: list[Step], ready: bool, made: str = ""
) -> None:
    """Note what a write is about to do, sealed, before it does it; `made` is a new folder."""
    data = {
        "folder": os.path.realpath(folder), "ready": ready, "steps": [*map(asdict, steps)],
        "made": made,
    }  # fmt: skip
    body = json.dumps(data).encode("utf-8", "surrogateescape")
    user_home.put(room, name, user_home.sealed(body) + body)


def _swap(folder: Path, step: Step) -> None:
    """Let the new content and the old one change places; a new file gets its name.

    Raises:
        SonghuaError: `folder_changed`, where the file is gone or one is there that was not;
            `system_refused`, `file_in_use`.
    """
    beside, file = folder / step.beside, folder / step.name
    with told(file):
        try:
            if step.before:
                exchange(beside, file)
            else:
                user_home.create(beside, file)
                beside.unlink(missing_ok=True)
        except (FileExistsError, FileNotFoundError):
            raise SonghuaError(Fault("folder_changed", step.name)) from None


def exchange(one: Path, other: Path) -> None:
    """Let two files change places: in one step where the system can, else by a third name.

    Raises:
        FileNotFoundError: where one is gone; both are as they were.
        OSError: what the system refuses.
    """
    for again in range(TRIES, 0, -1):
        try:
            if not _exchanged(one, other):
                _by_third(one, other)
            return
        except OSError as error:
            if again == 1 or not _open_elsewhere(error):
                raise
        time.sleep(PAUSE)


def _by_third(one: Path, other: Path) -> None:
    """Two files change places by a third name; nothing that comes between is written over."""
    third = one.with_name(f"{one.name}{_THIRD}")
    os.rename(other, third)
    try:
        user_home.create(one, other)
    except OSError:
        with suppress(FileExistsError):
            user_home.create(third, other)
            third.unlink(missing_ok=True)
        raise
    one.unlink(missing_ok=True)
    os.rename(third, one)


@cache
def _library() -> Any:
    """The system's call that lets two files change places, where there is one."""
    if sys.platform != "linux":
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether two files changed places in one step; not every system of files can."""
    if _library() is None:
        return False
    at_here, exchange_both = -100, 2
    done = _library()(at_here, os.fsencode(one), at_here, os.fsencode(other), exchange_both)
    if done == 0:
        return True
    number = ctypes.get_errno()
    if number == 2:
        raise FileNotFoundError(number, os.strerror(number), str(other))
    return False


def _settled(folder: Path, step: Step) -> list[Fault]:
    """Take away what was replaced, if it is what was looked at; else keep it, and say where."""
    kept: list[str] = []
    for beside in (step.beside, f"{step.beside}{_THIRD}"):
        with suppress(SonghuaError):
            held = _held(folder, beside)
            if held in ("", step.before, step.after):
                if held:
                    (folder / beside).unlink(missing_ok=True)
                continue
        kept.append(f"{step.name}{BY_HAND}{beside[-8:].strip('-')}")
        with told(folder / step.name):
            os.rename(folder / beside, folder / kept[-1])
    return [Fault("file_changed_by_hand", step.name, params={"kept": one}) for one in kept]


def _undone(folder: Path, steps: list[Step], done: list[Step], made: list[Path]) -> bool:
    """Give back what was replaced and take away what was written beside it, if that can be done."""
    try:
        for one in done:
            if one.before:
                exchange(folder / one.beside, folder / one.name)
            elif _held(folder, one.name) == one.after:
                (folder / one.name).unlink()
        for one in steps:
            _settled(folder, one)
    except (OSError, SonghuaError):
        return False
    for place in reversed(made):
        with suppress(OSError):
            place.rmdir()
    return True


def _finished(folder: Path) -> None:
    """Finish what a killed command noted of a folder: forward, if all of it was written.

    Raises:
        SonghuaError: `file_changed_by_hand`.
    """
    room, name = user_home.room("notes"), _about(folder)
    data = user_home.get(room, name, _NOTE)
    if data is None:
        return
    kept: list[Fault] = []
    if data[:32] == user_home.sealed(data[32:]):
        noted = json.loads(data[32:].decode("utf-8", "surrogateescape"))
        for one in [Step(**step) for step in noted["steps"]]:
            _third_settled(folder, one)
            with suppress(SonghuaError):
                forward = noted["ready"] and _held(folder, one.beside) == one.after
                if forward and _held(folder, one.name) == one.before:
                    _swap(folder, one)
            kept += _settled(folder, one)
        if noted["made"] and not is_link(folder / noted["made"]):
            shutil.rmtree(folder / noted["made"], ignore_errors=True)
    user_home.delete(room / name)
    if kept:
        raise SonghuaError(*kept)


def _third_settled(folder: Path, step: Step) -> None:
    """Let no file stand under the third name by which two change places."""
    third = folder / f"{step.beside}{_THIRD}"
    if not os.path.lexists(third):
        return
    if not is_there(folder, step.name):
        os.rename(third, folder / step.name)
    else:
        os.replace(third, folder / step.beside)


def copy(source: Path | None, target: Path, more: Mapping[str, bytes] | None = None) -> Path:
    """Copy a folder, and what else it is to hold, to a new place, whole or not at all.

    Without a source all that it holds is given.

    Raises:
        SonghuaError: `folder_not_empty`, when something is there already; `system_refused`;
            `case_of_songhua` or `part_of_songhua`, for a place within songhua.
    """
    with told(target):
        refuse_songhua(target)
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise SonghuaError(Fault("folder_not_empty", params={"path": str(target)}))
        target.parent.mkdir(parents=True, exist_ok=True)
    with locked(target.parent), told(target):
        beside = target.parent / f"{TEMPORARY}{secrets.token_hex(8)}"
        note = user_home.room("notes"), _about(target.parent)
        _noted(*note, target.parent, [], ready=False, made=beside.name)
        try:
            if source is None:
                beside.mkdir()
            else:
                shutil.copytree(source, beside, ignore=shutil.ignore_patterns("__*", ".*"))
            for name, data in (more or {}).items():
                file = beside.joinpath(*parts_of(name))
                file.parent.mkdir(parents=True, exist_ok=True)
                _written(file, data)
            if target.exists():
                target.rmdir()
            beside.rename(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
            user_home.delete(note[0] / note[1])
    return target


def _open_elsewhere(error: OSError) -> bool:
    return getattr(error, "winerror", None) in OPEN_ELSEWHERE


def _sync(folder: Path) -> None:
    """Make a rename last; not every system lets a folder be opened for that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
