"""The gateway for reading: the bytes of a file, and of nothing else.

A file that a person names is read wherever it stands. A file of a folder that came from somebody is
read below that folder alone: no link in it is followed, for it may lead anywhere.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import FileMissing
from songhua.reading.file_fault_kinds import (
    FileLinked,
    FileOutside,
    FilePointer,
    FileTooLarge,
    FileUnreadable,
)
from songhua.reading.table_fault_kinds import FileNotRegular

#: Opening does not wait for a pipe, and follows no link.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
#: True where a file can be opened in an open folder, so that nobody swaps a part of its path.
_BY_HANDLE = os.open in os.supports_dir_fd and bool(_NO_LINK)
#: The attribute of a link, a junction, or whatever leads elsewhere on Windows.
_ELSEWHERE = getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0)


def bytes_of(
    file: Path,
    name: str = "",
    missing: type[Fault] | None = FileMissing,
    most: int | None = None,
) -> bytes:
    """The bytes of a file that a person names; `name` is what faults call it, else its own name.

    `missing` is the fault where there is none; without it, that is `file_unreadable` too. A file
    of more than `most` bytes is not read.

    A folder is none, and neither is a pipe or a device: reading it might never end.

    Raises:
        SonghuaError: `file_missing`, `file_not_regular`, `file_too_large`, or `file_unreadable`
            with the system's reason.
    """
    name = name or file.name
    with _faults(name, missing):
        return _read(os.open(file, _READ), name, most)


def bytes_below(home: Path, file: str, name: str = "", most: int | None = None) -> bytes:
    """The bytes of a file below a folder, of which no part is a link.

    The folder itself may be one: a person named it.

    Raises:
        SonghuaError: `file_linked`, at the part that is a link; `file_outside`, for a name that
            leads out of the folder; else as `bytes_of`.

    >>> from tempfile import mkdtemp
    >>> home = Path(mkdtemp())
    >>> _ = (home / "a.csv").write_bytes(b"1")
    >>> bytes_below(home, "a.csv")
    b'1'
    >>> try:
    ...     bytes_below(home, "../a.csv")
    ... except SonghuaError as error:
    ...     error.faults[0].code
    'file_outside'
    """
    name = name or file
    parts = parts_of(file)
    with _faults(name, FileMissing):
        try:
            return _read(_opened(home, parts, _READ | _NO_LINK), name, most)
        except OSError:
            refuse_links(home, file)
            raise


def parts_of(file: str) -> tuple[str, ...]:
    """The parts of a name below a folder.

    Raises:
        SonghuaError: `file_outside`.

    >>> parts_of("plan/plan.toml")
    ('plan', 'plan.toml')
    """
    path = PurePosixPath(file)
    outside = not path.parts or path.is_absolute() or ".." in path.parts
    if outside or Path(file).anchor or "\0" in file:
        raise SonghuaError(FileOutside(file[:80]))
    return path.parts


def _opened(home: Path, parts: tuple[str, ...], flags: int) -> int:
    """A handle of a file or folder below a folder, each part opened in the one before."""
    if not _BY_HANDLE:
        refuse_links(home, "/".join(parts))
        return os.open(home.joinpath(*parts), flags)
    at = os.open(home, _FOLDER)
    try:
        for part in parts[:-1]:
            inner = os.open(part, _FOLDER | _NO_LINK, dir_fd=at)
            os.close(at)
            at = inner
        return os.open(parts[-1], flags, dir_fd=at)
    finally:
        os.close(at)


def refuse_links(home: Path, file: str) -> None:
    """Let no part of a name below a folder be a link.

    Raises:
        SonghuaError: `file_linked`, `file_outside`.
    """
    at = home
    for n, part in enumerate(parts := parts_of(file), 1):
        at /= part
        if is_link(at):
            raise SonghuaError(FileLinked("/".join(parts[:n])))


def is_link(file: Path) -> bool:
    """True for a name that leads elsewhere: a link, or what is one on Windows.

    >>> is_link(Path("nowhere"))
    False
    """
    try:
        state = os.lstat(file)
    except (OSError, ValueError):
        return False
    return stat.S_ISLNK(state.st_mode) or bool(getattr(state, "st_file_attributes", 0) & _ELSEWHERE)


def is_there(home: Path, file: str) -> bool:
    """True if there is something of a name below a folder, a link that leads nowhere too.

    >>> is_there(Path("nowhere"), "region.toml")
    False
    """
    return os.path.lexists(home.joinpath(*parts_of(file)))


def names_below(home: Path, folder: str = "") -> list[str]:
    """The names in a folder, or in one below it, in order; none where there is no such folder.

    Raises:
        SonghuaError: `file_linked`, where a part of it is a link; `file_outside`.
    """
    try:
        if not folder:
            return sorted(os.listdir(home))
        if not _BY_HANDLE:
            refuse_links(home, folder)
            return sorted(os.listdir(home / folder))
        handle = _opened(home, parts_of(folder), _FOLDER | _NO_LINK)
        try:
            return sorted(os.listdir(handle))
        finally:
            os.close(handle)
    except OSError:
        if folder:
            refuse_links(home, folder)
        return []


def files_below(home: Path, folder: str = "") -> Iterator[str]:
    """The names of all files below a folder and in its folders, in order; links are among them."""
    for name in names_below(home, folder):
        inner = f"{folder}/{name}" if folder else name
        if (home / inner).is_dir() and not is_link(home / inner):
            yield from files_below(home, inner)
        else:
            yield inner


def _read(handle: int, name: str, most: int | None) -> bytes:
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise SonghuaError(FileNotRegular(name))
        data = stream.read() if most is None else stream.read(most + 1)
    if most is not None and len(data) > most:
        raise SonghuaError(FileTooLarge(name, most=most // 1_000_000))
    return data


@contextmanager
def _faults(name: str, missing: type[Fault] | None) -> Iterator[None]:
    """Make a fault of what the system refuses."""
    try:
        yield
    except SonghuaError:
        raise
    except IsADirectoryError:
        raise SonghuaError(FileNotRegular(name)) from None
    except (OSError, ValueError) as error:  # a name with a null byte is no name
        if missing is not None and isinstance(error, FileNotFoundError):
            raise SonghuaError(missing(name)) from None
        why = getattr(error, "strerror", None) or type(error).__name__
        raise SonghuaError(FileUnreadable(name, why=why)) from None


#: First bytes of a file that Git LFS puts in place of a large one, until that is fetched.
POINTER = b"version https://git-lfs.github.com/spec/"


def fetched(data: bytes, name: str) -> bytes:
    """Bytes that are no pointer of Git LFS to a file that was not fetched.

    Raises:
        SonghuaError: `file_pointer`.

    >>> fetched(b"a,b\\n", "a.csv")
    b'a,b\\n'
    """
    if data.startswith(POINTER):
        raise SonghuaError(FilePointer(name))
    return data
