"""A register's secret: drawn whole and once, in a file that its owner alone may read.

It is written beside its place and linked there, which the system refuses where something stands:
of two that draw at once the first holds, and who is killed leaves all of it or none. Where there
are no links, and for an empty file that a killed writer of version 0.1 left, it is put in its place
under the folder's lock.
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from songhua.errors import Fault, SonghuaError
from songhua.store.disk import bytes_of
from songhua.store.kept import refuse_songhua
from songhua.store.writing import TEMPORARY, _sync, locked, replaced


def written(secret: bytes) -> bytes:
    """The secret in the bytes of its file; blank where there is none to read.

    >>> written(b"00ff" * 8 + b"\\n") == bytes.fromhex("00ff" * 8), written(b"no secret")
    (True, b'')
    """
    found = re.fullmatch(rb"([0-9a-f]{32,})\s*", secret)
    return bytes.fromhex(found[1].decode()) if found and len(found[1]) % 2 == 0 else b""


def undrawn(secret: bytes) -> bool:
    """True if the file holds nothing: a writer of version 0.1 was killed before the first byte.

    >>> undrawn(b""), undrawn(b"\\0" * 65), undrawn(b"no secret")
    (True, True, False)
    """
    return not secret.strip(b"\0\r\n ")


def drawn(file: Path, name: str) -> bytes:
    """The secret of a register, drawn now unless it stands there; `name` is what faults call it.

    Raises:
        SonghuaError: `register_secret_unwritable`, `file_linked`, `file_not_regular`, `lock_held`;
            `case_of_songhua`.
    """
    try:
        while undrawn(held := _standing(file, name)):
            refuse_songhua(file)
            _draw(file, f"{secrets.token_hex(32)}\n".encode(), name)
    except OSError as error:
        params = {"why": error.strerror or type(error).__name__}
        raise SonghuaError(Fault("register_secret_unwritable", name, params=params)) from None
    return written(held)


def _standing(file: Path, name: str) -> bytes:
    return bytes_of(file, name, links=False) if os.path.lexists(file) else b""


def _draw(file: Path, data: bytes, name: str) -> None:
    """Put a secret in a place where none stands; another may come before."""
    made = file.parent / f"{TEMPORARY}{secrets.token_hex(8)}"
    try:
        _write(made, data)
        try:
            os.link(made, file)
        except FileNotFoundError:
            return  # a writer of the folder swept it away: once more
        except (OSError, NotImplementedError):  # something stands there, or there are no links
            if undrawn(_standing(file, name)):
                made.unlink(missing_ok=True)
                _replace(file, data, name, made)
        _sync(file.parent)
    finally:
        made.unlink(missing_ok=True)


def _replace(file: Path, data: bytes, name: str, made: Path) -> None:
    """Put a secret in the place of an empty file; no other writer does so meanwhile."""
    with locked(file.parent.parent if file.parent.name == "register" else file.parent):
        if undrawn(_standing(file, name)):
            _write(made, data)
            replaced(made, file)


def _write(file: Path, data: bytes) -> None:
    """A new file with these bytes, on the disk, for its owner alone."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(file, flags, 0o600), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
