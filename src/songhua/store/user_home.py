"""The user's own place: what songhua keeps to itself lies in the user's cache, under a key.

A folder is sent around, and so is all that lies in it. So results, files sent in the browser and
notes of unfinished writes are never kept in the folder. They are kept here, where nobody else may
write, under names made with a key of this user. All of it may be deleted at any time; nothing is
deleted here whose name songhua did not make.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from platformdirs import user_cache_path

from songhua.errors import SonghuaError
from songhua.reading.file_fault_kinds import SystemRefused

NAME = "songhua"
KEY = "key"
#: Names of the files and folders that songhua makes here.
OUR_NAME = re.compile(r"[0-9a-f]{64}|[0-9a-f]{16}|writing-[0-9a-f]{16}")
_KEY = re.compile(rb"[0-9a-f]{64}\n?")
_WRITING = "writing-"
#: Seconds after which what a killed process left half-written goes.
STALE = 86_400
#: A file counts as so many bytes at least.
LEAST = 64


def room(name: str) -> Path:
    """A folder of the user's place, made if need be.

    Raises:
        SonghuaError: `system_refused`, where no place can be made that is this user's alone.

    >>> room("kept").name, room("kept").parent == room("locks").parent
    ('kept', True)
    """
    folder = home() / name
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink():
            raise OSError(40, "Too many levels of symbolic links")
    except OSError as error:
        raise _refused(folder, error) from None
    return folder


def home() -> Path:
    """The folder of songhua in the user's cache; else one in the system's temporary folder.

    It belongs to this user, is no link, and nobody else may read it.

    Raises:
        SonghuaError: `system_refused`.
    """
    refused: SonghuaError | None = None
    for place in (_cache(), _temporary()):
        try:
            if place is not None:
                place.mkdir(mode=0o700, parents=True, exist_ok=True)
                if _private(place):
                    return place
        except OSError as error:
            refused = _refused(place or Path(NAME), error)
    raise refused or SonghuaError(SystemRefused(NAME, why="EACCES"))


def _refused(place: Path, error: OSError) -> SonghuaError:
    why = error.strerror or type(error).__name__
    return SonghuaError(SystemRefused(str(place), why=why))


def _cache() -> Path | None:
    place = user_cache_path(NAME, appauthor=False, ensure_exists=False)
    return place if place.is_absolute() else None


def _temporary() -> Path:
    return Path(tempfile.gettempdir()) / f"{NAME}-{_user()}"


def _user() -> int:
    """The number of the user; -1 where the system has none."""
    return getattr(os, "geteuid", lambda: -1)()


def _private(place: Path) -> bool:
    """A folder of this user is made unreadable for others; another's is not used."""
    state = os.lstat(place)
    if not stat.S_ISDIR(state.st_mode) or not os.access(place, os.W_OK | os.X_OK):
        return False
    if _user() >= 0:
        if state.st_uid != _user():
            return False
        if stat.S_IMODE(state.st_mode) & 0o077:
            place.chmod(0o700)
    return True


def name_of(*parts: str) -> str:
    """A name that only this user's songhua can make: a digest of texts under the user's key.

    Raises:
        SonghuaError: `system_refused`.

    >>> name_of("a", "b") == name_of("a", "b"), name_of("a", "b") == name_of("ab", "")
    (True, False)
    >>> bool(OUR_NAME.fullmatch(name_of("a")))
    True
    """
    text = "\0".join(f"{len(part)}:{part}" for part in parts)
    return sealed(text.encode("utf-8", "replace")).hex()


def sealed(data: bytes) -> bytes:
    """A seal of bytes under the user's key: 32 bytes.

    Raises:
        SonghuaError: `system_refused`.
    """
    return hmac.digest(_key(), data, hashlib.sha256)


def _key() -> bytes:
    """The user's key, drawn when it is first needed; of two that are drawn at once one stays."""
    file = home() / KEY
    for _ in range(3):
        with suppress(OSError):
            if not file.is_symlink() and _KEY.fullmatch(data := file.read_bytes()):
                return bytes.fromhex(data.decode())
            file.unlink()
        new = _half_written(file.parent, f"{secrets.token_hex(32)}\n".encode())
        try:
            with suppress(FileExistsError):
                create(new, file)
        except OSError as error:
            raise _refused(file, error) from None
        finally:
            new.unlink(missing_ok=True)
    raise SonghuaError(SystemRefused(str(file), why="EACCES"))


def _half_written(place: Path, data: bytes) -> Path:
    """A new file under a name that was drawn, for this user alone."""
    new = place / f"{_WRITING}{secrets.token_hex(8)}"
    try:
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        new.unlink(missing_ok=True)
        raise _refused(new, error) from None
    return new


def create(new: Path, file: Path) -> None:
    """Give a file that is written whole its name, unless there is one of that name.

    Raises:
        FileExistsError: where something has the name.
        OSError: what the system refuses.
    """
    try:
        os.link(new, file)
    except FileExistsError:
        raise
    except OSError:  # no system of files has links in all places
        if os.name == "posix" and os.path.lexists(file):
            raise FileExistsError(17, "File exists", str(file)) from None
        os.rename(new, file)


def save(place: Path, name: str, data: bytes) -> None:
    """Write a file of a room; readers see it whole or not at all.

    Raises:
        SonghuaError: `system_refused`.
    """
    new = _half_written(place, data)
    try:
        os.replace(new, place / name)
    except OSError as error:
        raise _refused(place / name, error) from None
    finally:
        new.unlink(missing_ok=True)


def get(place: Path, name: str, most: int) -> bytes | None:
    """The bytes of a file of a room; None where there is none, or more than `most` bytes."""
    flags = (getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
    try:  # opening does not wait for a pipe
        with os.fdopen(os.open(place / name, os.O_RDONLY | sum(flags)), "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return None
            data = stream.read(most + 1)
            os.utime(place / name)
    except OSError:
        return None
    return data if len(data) <= most else None


def entries(place: Path) -> Iterator[tuple[int, int, Path]]:
    """Time of use in nanoseconds, size and place of all in a room that songhua made."""
    for file in place.iterdir():
        with suppress(OSError):
            state = os.lstat(file)
            if OUR_NAME.fullmatch(file.name) and not stat.S_ISLNK(state.st_mode):
                yield state.st_mtime_ns, state.st_size, file


def delete(place: Path) -> None:
    """Delete a file or a folder that songhua made in the user's place, and nothing else."""
    within = home() in (place.parent, place.parent.parent)
    if not within or not OUR_NAME.fullmatch(place.name) or place.is_symlink():
        return
    if place.is_dir():
        shutil.rmtree(place, ignore_errors=True)
    else:
        with suppress(OSError):
            place.unlink()


def bounded(place: Path, most: int) -> None:
    """Delete what was not used for longest until the rest has at most so many bytes."""
    total = 0
    for time_of_use, size, file in sorted(entries(place), reverse=True):
        total += max(size, LEAST)
        stale = file.name.startswith(_WRITING) and time.time() - time_of_use / 1e9 > STALE
        if total > most or stale:
            delete(file)


def take_sent(name: str, data: BinaryIO) -> str:
    """Keep a file that was sent in a folder of its own, and give the name of that; old ones go.

    Raises:
        SonghuaError: `system_refused`; nothing is kept then.
    """
    place = _new_folder("sent")
    try:
        with (place / name).open("xb") as file:
            shutil.copyfileobj(data, file)
    except OSError as error:
        delete(place)
        raise _refused(place, error) from None
    return place.name


def _new_folder(of: str) -> Path:
    """A new folder of a room under a name that was drawn; those go that are a day old."""
    place = room(of)
    for time_of_use, _, old in entries(place):
        if time.time() - time_of_use / 1e9 > STALE:
            delete(old)
    folder = place / secrets.token_hex(8)
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise _refused(folder, error) from None
    return folder


@contextmanager
def scratch() -> Iterator[Path]:
    """A new folder for what is needed for a moment; it goes when that is done.

    Raises:
        SonghuaError: `system_refused`.
    """
    place = _new_folder("scratch")
    try:
        yield place
    finally:
        delete(place)


def sent(id: str) -> Path:
    """The folder of a file that was sent; it may be gone.

    >>> sent("0123456789abcdef").name
    '0123456789abcdef'
    """
    return room("sent") / id
