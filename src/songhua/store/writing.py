"""The gateway for writing: a lock, a look at what is replaced, and all of a write or none of it.

A file is written beside the file that it replaces, the two change places in one step, and the
replaced file is read once more: if somebody changed it meanwhile, both stay and a fault says so.
The steps of a write are first noted in the user's place, so that the next command finishes a killed
write. Only files noted there are ever moved or removed.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from songhua.errors import SonghuaError
from songhua.reading.file_fault_kinds import FolderNotEmpty, LockHeld
from songhua.store import user_home
from songhua.store.disk import bytes_below, parts_of
from songhua.store.exchange import TEMPORARY, refusals
from songhua.store.kept import refuse_songhua
from songhua.store.steps import (
    Step,
    about,
    finished,
    make_folders,
    note,
    refuse_changed,
    settled,
    step_of,
    swap,
    undone,
    write_beside,
    write_whole,
)


@contextmanager
def locked(folder: Path, seconds: float = 10.0) -> Iterator[None]:
    """Be this user's only writer of a folder; readers are not held up. It may be held again.

    The lock lies in the user's place, so that it leaves no trace in a folder. Unfinished writes of
    a killed command in the folder are finished first.

    Raises:
        SonghuaError: `lock_held`, when another process still writes after `seconds`;
            `case_of_songhua` or `part_of_songhua`, for what comes with songhua;
            `file_changed_by_hand`, of what was finished.
    """
    from filelock import FileLock, Timeout

    refuse_songhua(folder)
    with refusals():
        lock = FileLock(user_home.room("locks") / about(folder), is_singleton=True)
        try:
            lock.acquire(timeout=seconds)
        except Timeout:
            raise SonghuaError(LockHeld(path=str(folder))) from None
    try:
        if not lock.lock_counter > 1:
            with refusals(folder):
                finished(folder)
        yield
    finally:
        lock.release()


def finish(folder: Path) -> None:
    """Finish what a killed command left half-done in a folder, where there is such.

    Raises:
        SonghuaError: as `locked`.
    """
    noted = False
    with suppress(SonghuaError):  # where there is no place of the user, nothing was noted
        noted = (user_home.room("notes") / about(folder)).exists()
    if noted:
        with locked(folder):
            pass


def write(
    folder: Path,
    files: Mapping[str, bytes],
    before: Mapping[str, bytes | None],
    rights: int | None = None,
) -> None:
    """Give files of a folder another content: all of them, or none where one is refused.

    `before` has the expected present content of each file, None for a new file. A file that holds
    something else stays as it is. Readers see each file old or new, never in part; its rights stay,
    or are the `rights` that are given. The folder is locked by whoever calls.

    Raises:
        SonghuaError: `folder_changed`, `system_refused`, `file_in_use`, `file_linked`; the files
            are as they were. `file_changed_by_hand`, where a hand changed a file at the moment at
            which it was replaced: then the new one stands, and that of the hand beside it.
            `case_of_songhua` or `part_of_songhua`, for what comes with songhua.
    """
    refuse_songhua(folder)
    if not files:
        return
    steps = [step_of(name, before.get(name), data) for name, data in files.items()]
    refuse_changed(folder, steps)
    room, name = user_home.room("notes"), about(folder)
    folders: list[Path] = []
    swapped: list[Step] = []
    ready = False
    try:
        for one in files:
            make_folders(folder, one, folders)
        note(room, name, folder, steps, ready=False)
        for one in steps:
            with refusals(folder / one.name):
                write_beside(folder, one, files[one.name], rights)
        note(room, name, folder, steps, ready=True)
        ready = True
        refuse_changed(folder, steps)
        for one in steps:
            swap(folder, one)
            swapped.append(one)
    except BaseException as error:
        faults = undone(folder, steps, swapped, folders, ready)
        if faults is not None:  # else the next command goes on where this ended
            user_home.delete(room / name)
        if faults and isinstance(error, SonghuaError):
            raise SonghuaError(*error.faults, *faults) from None
        raise
    faults = [fault for step in steps for fault in settled(folder, step)]
    with refusals():
        for place in {(folder / step.name).parent for step in steps}:
            _sync(place)
    user_home.delete(room / name)
    if faults:
        raise SonghuaError(*faults)


def write_new(file: Path, data: bytes) -> Path:
    """Write one file at the place that a person names, replacing an existing file.

    Readers see it whole or not at all, also after a power cut.

    Raises:
        SonghuaError: as `write`.
    """
    refuse_songhua(file)
    new_folder(file.parent)
    with locked(file.parent):
        content = bytes_below(file.parent, file.name) if os.path.lexists(file) else None
        write(file.parent, {file.name: data}, {file.name: content})
    return file


def new_folder(place: Path) -> None:
    """Make a folder where a person wants it, if there is none.

    Raises:
        SonghuaError: `system_refused`.
    """
    with refusals(place):
        place.mkdir(parents=True, exist_ok=True)


def copy(source: Path | None, target: Path, more: Mapping[str, bytes] | None = None) -> Path:
    """Copy a folder, and what else it is to hold, to a new place, whole or not at all.

    Without a source all that it holds is given.

    Raises:
        SonghuaError: `folder_not_empty`, when something is there already; `system_refused`;
            `case_of_songhua` or `part_of_songhua`, for a place within songhua.
    """
    with refusals(target):
        refuse_songhua(target)
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise SonghuaError(FolderNotEmpty(path=str(target)))
        target.parent.mkdir(parents=True, exist_ok=True)
    with locked(target.parent), refusals(target):
        beside = target.parent / f"{TEMPORARY}{secrets.token_hex(8)}"
        room, noted = user_home.room("notes"), about(target.parent)
        note(room, noted, target.parent, [], ready=False, new_folder=beside.name)
        try:
            if source is None:
                beside.mkdir()
            else:
                shutil.copytree(source, beside, ignore=shutil.ignore_patterns("__*", ".*"))
            for name, data in (more or {}).items():
                file = beside.joinpath(*parts_of(name))
                file.parent.mkdir(parents=True, exist_ok=True)
                write_whole(file, data)
            if target.exists():
                target.rmdir()
            beside.rename(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
            user_home.delete(room / noted)
    return target


def _sync(folder: Path) -> None:
    """Make a rename last; not every system lets a folder be opened for that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
