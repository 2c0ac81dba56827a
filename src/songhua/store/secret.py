"""A register's secret: drawn whole and once, in a file that its owner alone may read.

It is written by the gateway, under the lock and in the place of nothing: of two that draw at once
the first holds, and who is killed leaves all of it or none. An empty file that a killed writer of
version 0.1 left is replaced.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from songhua.errors import SonghuaError
from songhua.reading.file_fault_kinds import RegisterSecretUnwritable, SystemRefused
from songhua.store.disk import bytes_below, is_there
from songhua.store.writing import locked, write


def written(secret: bytes) -> bytes:
    """The secret in the bytes of its file; blank where there is none to read.

    >>> written(b"00ff" * 8 + b"\\n") == bytes.fromhex("00ff" * 8), written(b"no secret")
    (True, b'')
    """
    digits = re.fullmatch(rb"([0-9a-f]{32,})\s*", secret)
    return bytes.fromhex(digits[1].decode()) if digits and len(digits[1]) % 2 == 0 else b""


def undrawn(secret: bytes) -> bool:
    """True if the file holds nothing: a writer of version 0.1 was killed before the first byte.

    >>> undrawn(b""), undrawn(b"\\0" * 65), undrawn(b"no secret")
    (True, True, False)
    """
    return not secret.strip(b"\0\r\n ")


def drawn(home: Path, name: str) -> bytes:
    """The secret of a register in a file of a folder, drawn now unless it stands there.

    Raises:
        SonghuaError: `register_secret_unwritable`, `file_linked`, `file_not_regular`, `lock_held`;
            `case_of_songhua`.
    """
    standing = _standing(home, name)
    if undrawn(standing or b""):
        try:
            with locked(home):
                standing = _standing(home, name)
                if undrawn(standing or b""):
                    new = f"{secrets.token_hex(32)}\n".encode()
                    write(home, {name: new}, {name: standing}, rights=0o600)
                    standing = new
        except SonghuaError as error:
            raise SonghuaError(
                *(
                    RegisterSecretUnwritable(name, why=fault.why)
                    if isinstance(fault, SystemRefused)
                    else fault
                    for fault in error.faults
                )
            ) from None
    return written(standing or b"")


def _standing(home: Path, name: str) -> bytes | None:
    """The bytes of the file; None where there is none."""
    return bytes_below(home, name) if is_there(home, name) else None
