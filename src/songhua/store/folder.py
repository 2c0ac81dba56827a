"""A folder of text as a store: read in one state, compared once more, and written whole."""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import FileMissing, FolderIsFile, FolderMissing
from songhua.reading import limits
from songhua.reading.file_fault_kinds import FilePassedOver, FolderChanged, FolderChanging
from songhua.store import history
from songhua.store.committed import under_git
from songhua.store.disk import bytes_below, fetched, is_there, names_below
from songhua.store.kept import LEARNT, is_own
from songhua.store.port import Files, State, Store
from songhua.store.source import (
    FILES,
    FOLDERS,
    MANY,
    MAPS,
    NEEDED,
    Raw,
    digests_of,
    entered,
    parsed,
)
from songhua.store.writing import finish, locked, write

#: Readings of a folder while its files change, and the seconds by which each wait is longer.
TRIES, PAUSE = 6, 0.05
#: Ends of the names of files with figures.
TABULAR = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".feather")
#: Nanoseconds within which two changes may have the same time: of a clock that tells them, and
#: of one that tells whole seconds.
TICK, COARSE = 50_000_000, 2_100_000_000
Stamp = tuple[tuple[str, int, int, int, int, str], ...]


def at(place: str | Path, dry_run: bool = False) -> Store:
    """The store at a place; with `dry_run` it is only read."""
    return Folder(Path(place), dry_run)


def refuse_no_folder(place: Path) -> None:
    """Refuse a path where no folder is.

    Raises:
        SonghuaError: `folder_missing`; `folder_is_file`.
    """
    if not place.is_dir():
        kind = FolderIsFile if place.is_file() else FolderMissing
        raise SonghuaError(kind(path=str(place)))


def is_region(place: str | Path) -> bool:
    """True if the rows of a region are kept at a place, beside a register or without."""
    return (Path(place) / NEEDED[0]).is_file()


@dataclass(frozen=True)
class Folder:
    """The rows of a region as a folder of text."""

    path: Path
    dry_run: bool = False

    def read(self) -> Raw:
        """The bytes of every file that belongs to the folder, and the TOML ones parsed.

        Unfinished writes of a killed command are finished first.

        Raises:
            SonghuaError: as `contents`, and as `finish` of the gateway.
        """
        if not self.dry_run:
            finish(self.path)
        files, faults = self.contents()
        return parsed(files, faults, self.path.absolute())

    def alone(self) -> AbstractContextManager[None]:
        """Let nobody else of this user write to the folder meanwhile.

        Raises:
            SonghuaError: `folder_missing`, and what `locked` raises.
        """
        refuse_no_folder(self.path)
        return nullcontext() if self.dry_run else locked(self.path)

    def append(self, looked: Raw, files: Files) -> None:
        """Write files that are new or go on behind what they held.

        Raises:
            SonghuaError: as `revise`.
            ValueError: for a file that changes existing rows; nothing is written then.
        """
        for name, data in files.items():
            if not data.startswith(looked.files.get(name, b"").rstrip()):
                raise ValueError(f"{name} does not go on behind what it held")
        self.revise(looked, files)

    def revise(self, looked: Raw, files: Files, actor: str = "", reason: str = "") -> None:
        """Write files of the folder, if nothing that was looked at is another by now.

        Actor and reason are not stored here: git records the actor, and the row its reason.

        Raises:
            SonghuaError: `folder_changed`, at each file that another wrote meanwhile; what `write`
                of the gateway raises. Nothing is written then.
        """
        del actor, reason
        if self.dry_run or not files:
            return
        current, _ = self.contents()
        names = {*looked.files, *current}
        changed = sorted(name for name in names if looked.files.get(name) != current.get(name))
        if changed:
            raise SonghuaError(*(FolderChanged(name) for name in changed))
        write(self.path, files, {name: self._before(looked, name) for name in files})

    def _before(self, looked: Raw, name: str) -> bytes | None:
        """The bytes of a file when the folder was looked at; of a map, which is none of it, now."""
        if name in looked.files:
            return looked.files[name]
        return bytes_below(self.path, name) if is_there(self.path, name) else None

    def is_recorded(self, raw: Raw, file: str, row: int, of_today: bool) -> bool:
        """True if the last commit has a row; without git, if it is of an earlier day."""
        if not under_git(self.path):
            return not of_today
        return history.holds(self.path, raw.files, file, row)

    def rewritten(self, raw: Raw) -> tuple[list[Fault], list[Fault], list[Fault]]:
        """Recorded rows that git holds and the folder does not: see `history.check`."""
        files = {name: raw.files[name] for part in history.appended() for name in raw.within(part)}
        return history.check(self.path, files, raw.documents)

    def maps(self, layout: str = "") -> list[str]:
        """The maps that the folder keeps, or those of one layout.

        Raises:
            SonghuaError: `file_linked`.
        """
        end = f"-{layout}.toml" if layout else ".toml"
        return [f"{MAPS}/{name}" for name in names_below(self.path, MAPS) if name.endswith(end)]

    def map_named(self, name: str) -> bytes:
        """One of them.

        Raises:
            SonghuaError: as `bytes_below`.
        """
        return bytes_below(self.path, name, most=limits.MAP)

    def state(self) -> State | None:
        """Its files, and what git holds of them.

        None, where the folder cannot be read; what is wrong is for its readers to say.
        """
        try:
            contents, faults = self.contents()
            recorded = history.recorded(self.path)
        except SonghuaError:
            return None
        if faults:
            return None
        taught = {name: data for name, data in contents.items() if name.startswith(f"{LEARNT}/")}
        authorship = {name: str(is_own(data)) for name, data in taught.items()}
        unknown = recorded.unknown
        return {
            "files": digests_of(contents),
            "recorded": dict(recorded.files),
            "own": authorship,
            "untold": {
                "why": unknown.code if unknown else "",
                "at": unknown.file if unknown else "",
            },
        }

    def contents(self) -> tuple[dict[str, bytes], list[Fault]]:
        """The bytes of every file that belongs to the folder, with the faults of the others.

        They are of one state: where a file is written meanwhile, all are read again. No link
        below the folder is followed: one in the place of a file or a folder is a fault.

        Raises:
            SonghuaError: `folder_missing`; `folder_changing`, where it did not come to rest.
        """
        refuse_no_folder(self.path)
        for again in range(TRIES):
            time.sleep(again * PAUSE)
            before = self.stamp()
            files, faults = self._contents()
            if self.stamp() == before:
                return files, faults
        raise SonghuaError(FolderChanging(path=str(self.path)))

    def _contents(self) -> tuple[dict[str, bytes], list[Fault]]:
        files: dict[str, bytes] = {}
        faults: list[Fault] = []
        names, passed_over = self.listing()
        for name in names:
            try:
                files[name] = fetched(bytes_below(self.path, name), name)
            except SonghuaError as error:
                absent = isinstance(error.faults[0], FileMissing) and name not in NEEDED
                faults += [fault for fault in error.faults if not absent and fault not in faults]
        faults += [FilePassedOver(name) for name in passed_over]
        return files, faults

    def listing(self) -> tuple[list[str], list[str]]:
        """The files that belong to the folder, and those passed over in its folders of many.

        A file passed over has figures, but not the form that is read there (a workbook among
        observations, or a CSV in capitals): they would be missing in silence. Hidden files and
        those of an editor are none. Each folder is listed once, for an import may write into it
        meanwhile: a file that came later belongs to neither. A folder that is a link is among the
        files, for what reads it to refuse.
        """
        read: list[str] = [*FILES]
        passed_over: list[str] = []
        for folder in FOLDERS:
            ends = tuple(end for place, end in MANY if place == folder)
            try:
                files = names_below(self.path, folder)
            except SonghuaError:
                read.append(folder)
                continue
            for file in files:
                if file.endswith(ends) and not file.startswith("."):
                    read.append(f"{folder}/{file}")
                elif file.lower().endswith(TABULAR) and not file.startswith((".", "~")):
                    passed_over.append(f"{folder}/{file}")
        return sorted(read, key=entered), passed_over

    def stamp(self) -> Stamp:
        """By which files are told from what they were: name, size, times, file, at times digest.

        The times are those of the last change of the content, which a program may set, and of the
        file, which none can; with them stands which file it is. Of a file that was changed within a
        tick of the clock the digest is taken too, for the next change may have the same times; any
        other is not opened, so it is fast enough to ask before each answer.

        >>> from songhua.session import example
        >>> at(example()).stamp() == at(example()).stamp(), at("nowhere").stamp()
        (True, ())
        """
        home = str(self.path)  # a path made of each file would cost as much again
        stamps: list[tuple[str, int, int, int, int, str]] = []
        clock = time.time_ns()
        for name in self.listing()[0]:
            with suppress(OSError):
                of = os.lstat(os.path.join(home, name))
                times = of.st_mtime_ns, of.st_ctime_ns
                tick = TICK if any(moment % 1_000_000 for moment in times) else COARSE
                text = self._digest(name) if clock - max(times) < tick else ""
                stamps.append((name, of.st_size, *times, of.st_ino, text))
        return tuple(stamps)

    def _digest(self, name: str) -> str:
        try:
            return hashlib.sha256(bytes_below(self.path, name)).hexdigest()
        except SonghuaError as error:
            return error.faults[0].code
