"""The steps of a write: the old and the new content of each file, noted before any change."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from songhua.errors import Fault, SonghuaError
from songhua.reading.file_fault_kinds import FileChangedByHand, FileLinked, FolderChanged
from songhua.store import user_home
from songhua.store.disk import bytes_below, is_link, is_there, parts_of, refuse_links
from songhua.store.exchange import TEMPORARY, THIRD, exchange, refusals

#: Part of the name of a file that a hand changed while it was replaced.
BY_HAND = ".by-hand-"
#: The most bytes of a note.
_NOTE = 16_000_000


@dataclass(frozen=True)
class Step:
    """One file of a write: its name, those beside it of a moment, and digests of both contents.

    `before` is blank for a file that is new.
    """

    name: str
    beside: str
    before: str
    after: str


def about(folder: Path) -> str:
    """The name of the notes of a folder, from every working directory."""
    return user_home.name_of("folder", os.path.realpath(folder))


def step_of(name: str, before: bytes | None, after: bytes) -> Step:
    """The step of a file, from its old content (None for a new file) to its new content.

    >>> step_of("plan/a.csv", None, b"1").beside.startswith("plan/.songhua-writing-")
    True
    """
    parts = parts_of(name)
    beside = "/".join((*parts[:-1], f"{TEMPORARY}{secrets.token_hex(8)}"))
    return Step(name, beside, "" if before is None else _digest(before), _digest(after))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest_of(folder: Path, name: str) -> str:
    """The digest of what a file holds; blank where there is none.

    Raises:
        SonghuaError: `file_linked`, `file_not_regular`, `file_unreadable`.
    """
    return _digest(bytes_below(folder, name)) if is_there(folder, name) else ""


def refuse_changed(folder: Path, steps: list[Step]) -> None:
    """Let every file hold what it was looked at with.

    Raises:
        SonghuaError: `folder_changed`.
    """
    changed = [step.name for step in steps if _digest_of(folder, step.name) != step.before]
    if changed:
        raise SonghuaError(*(FolderChanged(name) for name in changed))


def make_folders(folder: Path, name: str, folders: list[Path]) -> None:
    """Make the folders that a file needs, none of them through a link, and say which."""
    at = folder
    for part in parts_of(name)[:-1]:
        at /= part
        if is_link(at):
            refuse_links(folder, name)
        with refusals(at):
            if not at.is_dir():
                at.mkdir()
                folders.append(at)


def write_beside(folder: Path, step: Step, data: bytes, rights: int | None = None) -> None:
    """Write the new content beside the old one, with its rights or those that are given."""
    beside, file = folder / step.beside, folder / step.name
    write_whole(beside, data, 0o666 if rights is None else rights)
    if step.before and rights is None:
        try:
            shutil.copymode(file, beside, follow_symlinks=False)
        except FileNotFoundError:
            raise SonghuaError(FolderChanged(step.name)) from None


def write_whole(file: Path, data: bytes, rights: int = 0o666) -> None:
    """Write a new file, so that it lasts before it is named."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(file, flags, rights), "wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def note(
    room: Path, name: str, folder: Path, steps: list[Step], ready: bool, new_folder: str = ""
) -> None:
    """Note what a write is about to do, sealed, before it does it; with its `new_folder`."""
    data = {
        "folder": os.path.realpath(folder),
        "ready": ready,
        "steps": [*map(asdict, steps)],
        "made": new_folder,
    }
    body = json.dumps(data).encode("utf-8", "surrogateescape")
    user_home.save(room, name, user_home.sealed(body) + body)


def swap(folder: Path, step: Step) -> None:
    """Let the new content and the old one change places; a new file gets its name.

    Raises:
        SonghuaError: `folder_changed`, where the file is gone or one is there that was not;
            `system_refused`, `file_in_use`.
    """
    beside, file = folder / step.beside, folder / step.name
    refuse_links(folder, step.beside)
    with refusals(file):
        try:
            if step.before:
                exchange(beside, file)
            else:
                user_home.create(beside, file)
                beside.unlink(missing_ok=True)
        except (FileExistsError, FileNotFoundError):
            raise SonghuaError(FolderChanged(step.name)) from None


def settled(folder: Path, step: Step, ready: bool = True) -> list[Fault]:
    """Remove the replaced files if they are unchanged since they were read; else keep them, named.

    While a write was not `ready`, nothing was replaced: the file beside is its own unfinished copy.
    """
    names: list[str] = []
    for beside in (step.beside, f"{step.beside}{THIRD}"):
        try:
            digest = _digest_of(folder, beside)
        except SonghuaError as error:
            if isinstance(error.faults[0], FileLinked):  # it leads out of the folder by now
                continue
            digest = "unreadable"
        if not ready or digest in ("", step.before, step.after):
            if digest:
                (folder / beside).unlink(missing_ok=True)
            continue
        names.append(f"{step.name}{BY_HAND}{beside[-8:].strip('-')}")
        with refusals(folder / step.name):
            os.rename(folder / beside, folder / names[-1])
    return [FileChangedByHand(step.name, kept=name) for name in names]


def undone(
    folder: Path, steps: list[Step], swapped: list[Step], folders: list[Path], ready: bool
) -> list[Fault] | None:
    """Restore the replaced files and remove the files written beside them.

    A fault names each file that somebody changed meanwhile. None, where it cannot be done.
    """
    faults: list[Fault] = []
    try:
        for step in swapped:
            if step.before:
                exchange(folder / step.beside, folder / step.name)
            elif _digest_of(folder, step.name) == step.after:
                (folder / step.name).unlink()
        for step in steps:
            faults += settled(folder, step, ready)
    except (OSError, SonghuaError):
        return None
    for place in reversed(folders):
        with suppress(OSError):
            place.rmdir()
    return faults


def finished(folder: Path) -> None:
    """Finish what a killed command noted of a folder: forward, if all of it was written.

    Raises:
        SonghuaError: `file_changed_by_hand`.
    """
    room, name = user_home.room("notes"), about(folder)
    data = user_home.get(room, name, _NOTE)
    if data is None:
        return
    faults: list[Fault] = []
    if data[:32] == user_home.sealed(data[32:]):
        noted = json.loads(data[32:].decode("utf-8", "surrogateescape"))
        for step in [Step(**fields) for fields in noted["steps"]]:
            with suppress(SonghuaError):
                refuse_links(folder, step.beside)
                _third_gone(folder, step)
                forward = noted["ready"] and _digest_of(folder, step.beside) == step.after
                if forward and _digest_of(folder, step.name) == step.before:
                    swap(folder, step)
            faults += settled(folder, step, noted["ready"])
        if noted["made"] and not is_link(folder / noted["made"]):
            shutil.rmtree(folder / noted["made"], ignore_errors=True)
    user_home.delete(room / name)
    if faults:
        raise SonghuaError(*faults)


def _third_gone(folder: Path, step: Step) -> None:
    """Let no file stand under the third name by which two change places."""
    third = folder / f"{step.beside}{THIRD}"
    if not os.path.lexists(third):
        return
    if not is_there(folder, step.name):
        os.rename(third, folder / step.name)
    else:
        os.replace(third, folder / step.beside)
