"""The bytes of a file that a person names or a folder holds: of a file, and of nothing else."""

from __future__ import annotations

import stat
from pathlib import Path

from songhua.errors import Fault, SonghuaError


def bytes_of(
    file: Path,
    name: str = "",
    missing: str = "file_missing",
    most: int | None = None,
    links: bool = True,
) -> bytes:
    """The bytes of a file; `name` is what faults call it, else its own name.

    `missing` is the code of the fault where there is none. A file of more than `most` bytes is
    not read, and without `links` none to which another name leads.

    A folder is none, and neither is a pipe or a device: reading it might never end.

    Raises:
        SonghuaError: `file_missing`, `file_linked`, `file_not_regular`, `file_too_large`, or
            `file_unreadable` with the system's reason.
    """
    name = name or file.name
    try:
        if not links and file.is_symlink():
            raise SonghuaError(Fault("file_linked", name))
        if not stat.S_ISREG(file.stat().st_mode):
            raise SonghuaError(Fault("file_not_regular", name))
        if most is None:
            return file.read_bytes()
        with file.open("rb") as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            params = {"most": most // 1_000_000}
            raise SonghuaError(Fault("file_too_large", name, params=params))
        return data
    except SonghuaError:
        raise
    except (OSError, ValueError) as error:  # a name with a null byte is no name
        code = missing if isinstance(error, FileNotFoundError) else "file_unreadable"
        why = getattr(error, "strerror", None) or type(error).__name__
        raise SonghuaError(Fault(code, name, params={"why": why})) from None


#: How a file begins that Git LFS puts in place of a large one, until that is fetched.
POINTER = b"version https://git-lfs.github.com/spec/"


def fetched(data: bytes, name: str) -> bytes:
    """Bytes that are no pointer of Git LFS to a file that was not fetched.

    Raises:
        SonghuaError: `file_pointer`.

    >>> fetched(b"a,b\\n", "a.csv")
    b'a,b\\n'
    """
    if data.startswith(POINTER):
        raise SonghuaError(Fault("file_pointer", name))
    return data
