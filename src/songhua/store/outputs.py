"""What is written where a user wants it: a file there that is not songhua's own is kept.

What songhua wrote to a folder is noted in its `.songhua/written.json`, by name and digest. A file
that is not noted, or whose content is another than noted, belongs to someone else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from songhua.errors import Fault, SonghuaError
from songhua.store import limits
from songhua.store.disk import bytes_of
from songhua.store.kept import HOME, own_home, refuse_songhua
from songhua.store.writing import locked, told, write_new

NOTES = "written.json"

Notes = dict[str, list[str]]


def write_outputs(
    files: Mapping[Path, bytes], replace: bool = False, kept: str = "output_kept"
) -> list[Path]:
    """Write files for a user: all of them, or none where one would replace what is not ours.

    With `replace` whatever is there is replaced. `kept` is the fault of what stands in the way:
    `file_kept`, where the user cannot ask for `replace`.

    Raises:
        SonghuaError: `output_kept`, one for each file that songhua did not write, or that was
            changed since; `lock_held`; `system_refused`; `case_of_songhua` or `part_of_songhua`,
            for what comes with songhua.

    >>> from tempfile import mkdtemp
    >>> page = Path(mkdtemp()) / "page.html"
    >>> [file.name for file in write_outputs({page: b"one"})]
    ['page.html']
    >>> _ = write_outputs({page: b"two"})  # songhua's own is replaced
    >>> _ = page.write_bytes(b"two, and a note by hand")
    >>> try:
    ...     write_outputs({page: b"three"})
    ... except SonghuaError as error:
    ...     error.faults[0].code
    'output_kept'
    """
    places = sorted({file.parent for file in files if not _written(file, files[file])})
    if not replace:
        _refuse((file for place in places for file in _foreign(place, files)), kept)
    for place in places:
        refuse_songhua(place)
        with told():
            place.mkdir(parents=True, exist_ok=True)
        with locked(place):
            if not replace:
                _refuse(_foreign(place, files), kept)
            _write(place, {file.name: data for file, data in files.items() if file.parent == place})
    return list(files)


@told()
def standing(place: Path, digests: Mapping[str, str]) -> bool:
    """Whether each file of a folder, by name, holds what its digest says and was noted as ours.

    >>> from tempfile import mkdtemp
    >>> place = Path(mkdtemp())
    >>> digests = {"page.html": _digest(b"one")}
    >>> _ = write_outputs({place / "page.html": b"one"})
    >>> standing(place, digests)
    True
    >>> _ = (place / "page.html").write_bytes(b"two")
    >>> standing(place, digests)
    False
    """
    notes = _notes(place)
    files = {place / name: digest for name, digest in digests.items()}
    return all(
        digest in notes.get(file.name, ()) and _plain(file) and _digest(bytes_of(file)) == digest
        for file, digest in files.items()
    )


@told()
def _written(file: Path, data: bytes) -> bool:
    """Whether just this was written and noted before, so that nothing is left to do."""
    if not _plain(file) or bytes_of(file) != data:
        return False
    return _digest(data) in _notes(file.parent).get(file.name, ())


def _refuse(files: Iterable[Path], code: str) -> None:
    faults = tuple(Fault(code, file=str(file)) for file in files)
    if faults:
        raise SonghuaError(*faults)


@told()
def _foreign(place: Path, files: Mapping[Path, bytes]) -> list[Path]:
    """The files of a folder that stand in the way and are not known to be songhua's."""
    notes = _notes(place)
    return [
        file
        for file, data in files.items()
        if file.parent == place and _stands(file) and not _own(file, data, notes)
    ]


def _stands(file: Path) -> bool:
    return file.is_symlink() or file.exists()


def _plain(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()


def _own(file: Path, data: bytes, notes: Notes) -> bool:
    """Whether a file is a plain one with what songhua wrote, or with just what it will hold."""
    if not _plain(file):
        return False
    held = bytes_of(file)
    return held == data or _digest(held) in notes.get(file.name, ())


@told()
def _write(place: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder's files; the notes name old and new content while that goes on."""
    own_home(place)
    notes, during = _notes(place), _notes(place)
    for name, data in files.items():
        held = bytes_of(place / name) if (place / name).is_file() else b""
        known = [_digest(held)] if _digest(held) in notes.get(name, ()) else []
        during[name] = [*known, _digest(data)]
    write_new(place / HOME / NOTES, json.dumps(during, indent=1).encode())  # any name has one
    for name, data in files.items():
        write_new(place / name, data)


def _notes(place: Path) -> Notes:
    """What songhua noted in a folder; notes that cannot be read tell nothing."""
    try:
        held = json.loads(bytes_of(place / HOME / NOTES, most=limits.PART))
        return {str(name): [str(one) for one in digests] for name, digests in held.items()}
    except (ValueError, AttributeError, TypeError, RecursionError):  # a fault is a ValueError
        return {}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
