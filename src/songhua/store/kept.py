"""Results of studies are kept in the user's place, by the digest of all that it rests on.

It is sealed under the user's key, so nothing that another wrote is ever believed, and may be
deleted at any time. Whatever the disk refuses, nothing is found or kept there, and the work is
done. A folder's own `.songhua/`, as earlier versions made it, is never read.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import zlib
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import count
from pathlib import Path

from songhua.errors import Fault, SonghuaError
from songhua.reading.file_fault_kinds import CaseOfSonghua, PartOfSonghua, SonghuaLeftover
from songhua.store import user_home
from songhua.store.disk import bytes_below, files_below, is_there

#: Where earlier versions kept things, in the folder itself.
LEFTOVER = ".songhua"
#: Where the cases stand that come with songhua.
CASES = "examples"
#: The folder of what was learnt from panels that a case does not hold whole.
LEARNT = "learnt"
#: Most bytes of one thing that is kept, and of all of them; what was not used for longest goes.
LARGEST, MOST = 64 * 2**20, 256 * 2**20
#: Bytes that all notes of what songhua made sure of may count.
MARKS = 100_000 * user_home.LEAST
#: The room is cleared after so many files.
SWEEP_EVERY = 32
_SEAL = 32
_PUTS = count()


def stands_in_songhua(folder: Path) -> bool:
    """True for a folder that is a part of songhua as it is installed.

    >>> from songhua.session import example
    >>> stands_in_songhua(example()), stands_in_songhua(Path("elsewhere"))
    (True, False)
    """
    at = Path(os.path.realpath(folder))  # a link to itself is no error here
    return at.is_relative_to(Path(str(files("songhua"))).resolve())


def refuse_songhua(place: Path) -> None:
    """Let nothing be written to what comes with songhua: a case is written to where it was copied.

    Raises:
        SonghuaError: `case_of_songhua`, `part_of_songhua`.

    >>> from songhua.session import example
    >>> try:
    ...     refuse_songhua(example() / "observations")
    ... except SonghuaError as error:
    ...     print(error.faults[0].code, error.faults[0].params["name"])
    case_of_songhua harbin
    """
    if not stands_in_songhua(place):
        return
    parts = place.resolve().relative_to(Path(str(files("songhua"))).resolve()).parts
    if parts[:1] == (CASES,) and len(parts) > 1:
        raise SonghuaError(CaseOfSonghua(name=parts[1]))
    raise SonghuaError(PartOfSonghua(path=str(place)))


@dataclass(frozen=True)
class Shelf:
    """Bytes by key, in the user's place. One that does not keep is always empty.

    A `fresh` one finds nothing, but keeps.

    >>> shelf = Shelf(keeps=True)
    >>> shelf.save("an example", b"1")
    >>> shelf.get("an example"), Shelf().get("an example")
    (b'1', None)
    """

    keeps: bool = False
    fresh: bool = False

    def get(self, key: str) -> bytes | None:
        """The bytes kept by a key, whole and as this user's songhua wrote them, or None."""
        if not self.keeps or self.fresh:
            return None
        with suppress(SonghuaError, zlib.error):
            name = user_home.name_of("kept", key)
            data = user_home.get(user_home.room("kept"), name, LARGEST + _SEAL)
            if data is not None and data[:_SEAL] == _seal(name, data[_SEAL:]):
                return zlib.decompress(data[_SEAL:])
        return None

    def save(self, key: str, data: bytes) -> None:
        """Keep bytes by a key; readers see them whole or not at all."""
        if not self.keeps:
            return
        body = zlib.compress(data, 1)
        if len(body) > LARGEST:
            return
        with suppress(OSError, SonghuaError):
            name, room = user_home.name_of("kept", key), user_home.room("kept")
            user_home.save(room, name, _seal(name, body) + body)
            if next(_PUTS) % SWEEP_EVERY == 0:
                user_home.bounded(room, MOST)


def _seal(name: str, body: bytes) -> bytes:
    """By what a file is known that was cut, changed, renamed or made by another."""
    return user_home.sealed(name.encode() + hashlib.sha256(body).digest())


def mark(*parts: str) -> None:
    """Note something of which songhua made sure itself, for good; what the disk refuses is not.

    >>> mark("an example", "1"); marked("an example", "1"), marked("an example", "2")
    (True, False)
    """
    with suppress(SonghuaError, OSError):
        user_home.save(user_home.room("marks"), user_home.name_of("mark", *parts), b"")
        if secrets.randbelow(256) == 0:
            user_home.bounded(user_home.room("marks"), MARKS)


def marked(*parts: str) -> bool:
    """True if that was noted by this user's songhua."""
    try:
        room, name = user_home.room("marks"), user_home.name_of("mark", *parts)
        return user_home.get(room, name, 0) is not None
    except SonghuaError:
        return False


def is_own(data: bytes) -> bool:
    """True for a file of `learnt/` as this user's songhua computed it, or as it came with songhua.

    >>> is_own(b"of somebody")
    False
    """
    digest = hashlib.sha256(data).hexdigest()
    return digest in _installed() or marked(LEARNT, digest)


def keep_own(data: bytes) -> None:
    """Note that a file of `learnt/` was computed here."""
    mark(LEARNT, hashlib.sha256(data).hexdigest())


@cache
def _installed() -> frozenset[str]:
    """The digests of all files of `learnt/` that come with songhua."""
    homes = [Path(str(files("songhua"))) / place for place in (CASES, "packs")]
    names = ((home, file) for home in homes for file in files_below(home))
    contents = (bytes_below(home, file) for home, file in names if f"/{LEARNT}/" in file)
    return frozenset(hashlib.sha256(data).hexdigest() for data in contents)


def leftover(folder: Path) -> list[Fault]:
    """A warning of what an earlier version, or somebody else, kept in the folder."""
    return [SonghuaLeftover(LEFTOVER)] if is_there(folder, LEFTOVER) else []
