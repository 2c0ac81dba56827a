"""A change of a folder: looked at, checked as it will be read, compared once more, and written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from songhua.errors import SonghuaError
from songhua.fault_kinds import FolderMissing
from songhua.reading.file_fault_kinds import FolderChanged
from songhua.store.disk import bytes_below, is_there
from songhua.store.source import FolderSource, Raw, parsed
from songhua.store.writing import locked, write


@dataclass(frozen=True)
class Change:
    """A folder as it was looked at, and the only way by which its files are written."""

    folder: Path
    raw: Raw
    dry_run: bool = False

    def with_files(self, files: Mapping[str, bytes]) -> Raw:
        """The folder with files of another content, as the next opening will read it."""
        unread = [fault for fault in self.raw.faults if fault.file not in self.raw.files]
        return parsed({**self.raw.files, **files}, unread, self.raw.home)

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write files of the folder, if nothing that was looked at is another by now.

        Raises:
            SonghuaError: `folder_changed`, at each file that another wrote meanwhile; what `write`
                of the gateway raises. Nothing is written then.
        """
        if self.dry_run or not files:
            return
        now, _ = FolderSource(self.folder).contents()
        names = {*self.raw.files, *now}
        other = sorted(one for one in names if self.raw.files.get(one) != now.get(one))
        if other:
            raise SonghuaError(*(FolderChanged(name) for name in other))
        write(self.folder, files, {name: self._before(name) for name in files})

    def _before(self, name: str) -> bytes | None:
        """The bytes of a file when the folder was looked at; of a map, which is none of it, now."""
        if name in self.raw.files:
            return self.raw.files[name]
        return bytes_below(self.folder, name) if is_there(self.folder, name) else None


@contextmanager
def changing(folder: Path, dry_run: bool = False) -> Iterator[Change]:
    """A folder that nobody else of this user writes to meanwhile; with `dry_run` it is only read.

    Raises:
        SonghuaError: `folder_missing`, `folder_changing`, and what `locked` raises.
    """
    if not folder.is_dir():
        raise SonghuaError(FolderMissing(path=str(folder)))
    with nullcontext() if dry_run else locked(folder):
        yield Change(folder, FolderSource(folder).read(), dry_run)
