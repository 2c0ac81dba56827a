"""Source of a case: the raw text of its tables, with the row on which each thing stands."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import FileMissing, FolderMissing
from songhua.reading.file_fault_kinds import FilePassedOver, FolderChanging
from songhua.store.disk import bytes_below, fetched, names_below

if TYPE_CHECKING:
    from songhua.reading.documents import Document

REGISTER = "register/register.toml"
CERTIFICATES = "register/certificates.csv"
SECRET = "register/secret.txt"
ENTERPRISES = ("register/enterprises.csv", "register/enterprises.parquet")
NEEDED = ("region.toml", "sources.toml", "indicators.toml")
FILES = (
    *NEEDED,
    "industries.toml",
    "entities.toml",
    "claims.toml",
    "indices.toml",
    "tables.toml",
    "left_out.csv",
    "plan/plan.toml",
    "plan/industries.csv",
    "plan/seed_map.csv",
    "plan/targets.csv",
    "plan/changes.csv",
    "plan/measures.csv",
    "plan/projects.csv",
    "plan/products.csv",
    "plan/programmes.csv",
    "plan/spending.csv",
    "plan/operation.csv",
    "plan/assumptions.csv",
    REGISTER,
    CERTIFICATES,
    SECRET,
    *ENTERPRISES,
)
#: Folders of any number of files, and how their names end.
MANY = (
    ("observations", ".csv"),
    ("panels", ".csv"),
    ("tables", ".csv"),
    ("tables", ".xlsx"),
    ("reviews", ".csv"),
    ("plan/scenarios", ".toml"),
    ("learnt", ".json"),
)
#: What is recorded again of a figure stands in such files of its table, the later in the next.
CORRECTIONS = "corrections"
_CORRECTIONS = re.compile(rf"{CORRECTIONS}(?:-(\d+))?\.csv")
_FOLDERS = [*dict.fromkeys(folder for folder, _ in MANY)]


def entered(file: str) -> tuple[int, int, int, str]:
    """The place of a file among those of a folder, by which its rows are in order of entry.

    Files of the same table stand by name, those of corrections behind them by their number.

    >>> names = ("corrections.csv", "written.csv", "corrections-10.csv", "corrections-2.csv")
    >>> sorted((f"observations/{name}" for name in names), key=entered)[1:]
    ['observations/corrections.csv', 'observations/corrections-2.csv', 'observations/corrections-10.csv']
    """  # noqa: E501
    folder, _, name = file.rpartition("/")
    if file in _PLACES:
        return 0, _PLACES[file], 0, name
    later = _CORRECTIONS.fullmatch(name)
    number = int(later[1] or 0) + 1 if later else 0
    if folder in _FOLDERS:
        return 1, _FOLDERS.index(folder), number, name
    return 2, 0, 0, file


def files_behind(file: str) -> Iterator[str]:
    """The names of files of corrections that stand behind a file of their table, in order.

    >>> next(files_behind("observations/jobs.csv"))
    'observations/corrections.csv'
    >>> next(files_behind("observations/corrections.csv"))
    'observations/corrections-1.csv'
    """
    folder = file.rpartition("/")[0]
    names = (f"{folder}/{CORRECTIONS}{f'-{n}' if n else ''}.csv" for n in count())
    return (name for name in names if entered(name) > entered(file))


_PLACES = {name: at for at, name in enumerate(FILES)}
#: How often a folder is read while its files change, and the seconds by which each wait is longer.
TRIES, PAUSE = 6, 0.05
#: How the names of files with figures end.
TABULAR = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".feather")


@dataclass(frozen=True)
class Raw:
    """The raw tables of a source, nothing of them understood yet.

    `files` has the bytes of every table by its name in a folder, in order of entry, whoever gave
    them; `documents` those of them that are TOML, parsed; `faults` says what could not be read.
    `home` is the folder in which a table of a publisher may have siblings.
    """

    files: Mapping[str, bytes]
    documents: Mapping[str, Document]
    faults: tuple[Fault, ...] = ()
    home: Path = Path()

    def __post_init__(self) -> None:
        """Files in order of entry: a folder that is to be is judged as it will be read."""
        files = {name: self.files[name] for name in sorted(self.files, key=entered)}
        object.__setattr__(self, "files", files)

    def row(self, file: str, *keys: str) -> int | None:
        """The row of a document on which an entry (and a key in it) stands."""
        document = self.documents.get(file)
        return document.row(*keys) if document else None

    def within(self, folder: str) -> list[str]:
        """The names of all files in one folder, or of one file."""
        return [name for name in self.files if name == folder or name.startswith(f"{folder}/")]

    def digests(self) -> dict[str, str]:
        """The digest of every file."""
        return digests_of(self.files)


def digests_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """The digest of every file, in the order of their names."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}


class Source(Protocol):
    """Whatever holds a case: a folder, later a database."""

    def read(self) -> Raw:
        """Its raw tables, with all faults of reading them."""
        ...


@dataclass(frozen=True)
class Held:
    """Raw tables that were read already, as a source."""

    raw: Raw

    def read(self) -> Raw:
        """The tables."""
        return self.raw


@dataclass(frozen=True)
class FolderSource:
    """A case as a folder of text."""

    path: Path

    def read(self) -> Raw:
        """The bytes of every file that belongs to the folder, and the TOML ones parsed.

        Raises:
            SonghuaError: `folder_missing`; `folder_changing`, where it did not come to rest.
        """
        files, faults = self.contents()
        return parsed(files, faults, self.path.absolute())

    def contents(self) -> tuple[dict[str, bytes], list[Fault]]:
        """The bytes of every file that belongs to the folder, with the faults of the others.

        They are of one state: where a file is written meanwhile, all are read again. No link
        below the folder is followed: one in the place of a file or a folder is a fault.

        Raises:
            SonghuaError: `folder_missing`; `folder_changing`.
        """
        if not self.path.is_dir():
            raise SonghuaError(FolderMissing(path=str(self.path)))
        for again in range(TRIES):
            time.sleep(again * PAUSE)
            before = stamp(self.path)
            files, faults = self._contents()
            if stamp(self.path) == before:
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
                faults += [one for one in error.faults if not absent and one not in faults]
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
        for folder in _FOLDERS:
            ends = tuple(end for one, end in MANY if one == folder)
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


#: Nanoseconds within which two changes may have the same time: of a clock that tells them, and
#: of one that tells whole seconds.
TICK, COARSE = 50_000_000, 2_100_000_000
Stamp = tuple[tuple[str, int, int, int, int, str], ...]


def stamp(path: Path) -> Stamp:
    """By which files are told from what they were: name, size, times, file, and at times digest.

    The times are those of the last change of the content, which a program may set, and of the
    file, which none can; with them stands which file it is. Of a file that was changed within a
    tick of the clock the digest is taken too, for the next change may have the same times; any
    other is not opened, so it is fast enough to ask before each answer.

    >>> from songhua.examples import FIRST
    >>> from songhua.session import example
    >>> stamp(example(FIRST)) == stamp(example(FIRST)), stamp(Path("nowhere"))
    (True, ())
    """
    home = str(path)  # a path made of each file would cost as much again
    found: list[tuple[str, int, int, int, int, str]] = []
    now = time.time_ns()
    for name in FolderSource(path).listing()[0]:
        with suppress(OSError):
            of = os.lstat(os.path.join(home, name))
            times = of.st_mtime_ns, of.st_ctime_ns
            tick = TICK if any(one % 1_000_000 for one in times) else COARSE
            text = _digest(path, name) if now - max(times) < tick else ""
            found.append((name, of.st_size, *times, of.st_ino, text))
    return tuple(found)


def _digest(path: Path, name: str) -> str:
    try:
        return hashlib.sha256(bytes_below(path, name)).hexdigest()
    except SonghuaError as error:
        return error.faults[0].code


def parsed(files: Mapping[str, bytes], faults: list[Fault], home: Path = Path()) -> Raw:
    """Raw tables from the bytes of their files, the TOML ones parsed.

    >>> raw = parsed({"sources.toml": b"[paper]\\n"}, [])
    >>> raw.documents["sources.toml"].data, raw.row("sources.toml", "paper"), raw.faults
    ({'paper': {}}, 1, ())
    """
    from songhua.reading.documents import parse

    documents: dict[str, Document] = {}
    found = list(faults)
    for name, data in files.items():
        if name.endswith(".toml"):
            document, wrong = parse(data, name)
            found += wrong
            if document is not None:
                documents[name] = document
    return Raw(files, documents, tuple(found), home)
