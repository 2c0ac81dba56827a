"""Files are written where a user wants them: one there that is not songhua's own is kept.

Of what songhua writes the digest is noted in the user's place. A file whose content is not noted
there belongs to someone else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from songhua.errors import SonghuaError
from songhua.fault_kinds import FileKept
from songhua.reading.file_fault_kinds import OutputKept
from songhua.store.disk import bytes_below, bytes_of, is_there
from songhua.store.exchange import refusals
from songhua.store.kept import mark, marked, refuse_songhua
from songhua.store.writing import locked, new_folder, write

#: The name under which it is noted that songhua wrote something.
WRITTEN = "written"


def write_outputs(
    files: Mapping[Path, bytes],
    replace: bool = False,
    fault_kind: type[OutputKept | FileKept] = OutputKept,
) -> list[Path]:
    """Write files for a user: all of them, or none where one would replace what is not ours.

    With `replace` whatever is there is replaced. `fault_kind` is that of a file that is in the way:
    `FileKept`, where the user cannot ask for `replace`.

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
        _refuse((file for place in places for file in _foreign(place, files)), fault_kind)
    for place in places:
        refuse_songhua(place)
        new_folder(place)
        with locked(place):
            if not replace:
                _refuse(_foreign(place, files), fault_kind)
            mine = {file.name: data for file, data in files.items() if file.parent == place}
            before = {n: bytes_below(place, n) if is_there(place, n) else None for n in mine}
            for data in mine.values():
                mark(WRITTEN, _digest(data))
            write(place, mine, before)
    return list(files)


@refusals()
def standing(place: Path, digests: Mapping[str, str]) -> bool:
    """True if each file of a folder, by name, holds what its digest says and was noted as ours.

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
    return all(
        marked(WRITTEN, digest)
        and _plain(place / name)
        and _digest(bytes_of(place / name)) == digest
        for name, digest in digests.items()
    )


@refusals()
def _written(file: Path, data: bytes) -> bool:
    """True if just this was written and noted before, so that nothing is left to do."""
    return _plain(file) and bytes_of(file) == data and marked(WRITTEN, _digest(data))


def _refuse(files: Iterable[Path], kind: type[OutputKept | FileKept]) -> None:
    if faults := [kind(str(file)) for file in files]:
        raise SonghuaError(*faults)


@refusals()
def _foreign(place: Path, files: Mapping[Path, bytes]) -> list[Path]:
    """The files of a folder that stand in the way and are not known to be songhua's."""
    return [
        file
        for file, data in files.items()
        if file.parent == place and is_there(place, file.name) and not _is_own(file, data)
    ]


def _plain(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()


def _is_own(file: Path, data: bytes) -> bool:
    """True for a plain file that songhua wrote, or that already has the new content."""
    if not _plain(file):
        return False
    content = bytes_of(file)
    return content == data or marked(WRITTEN, _digest(content))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
