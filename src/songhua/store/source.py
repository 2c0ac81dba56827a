"""Source of a case: the raw text of its tables, with the row on which each thing stands."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from songhua.errors import Fault

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
#: Where a folder keeps the maps that its sheets were read with, one a layout: none of its tables.
MAPS = "imports"
#: Corrected figures stand in such files of their table, the later in the next.
CORRECTIONS = "corrections"
_CORRECTIONS = re.compile(rf"{CORRECTIONS}(?:-(\d+))?\.csv")
FOLDERS = [*dict.fromkeys(folder for folder, _ in MANY)]


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
    if folder in FOLDERS:
        return 1, FOLDERS.index(folder), number, name
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

    def holds(self, name: str) -> bool:
        """True if there is a file of this name, though it could not be read."""
        return name in self.files or any(fault.file == name for fault in self.faults)

    def free(self, folder: str, stem: str, content: bytes, behind: str = "") -> str:
        """A name for a file of rows that none has yet: a file that is there is never written over.

        A row that differs from a row of the same day is a correction, and stands behind its file.
        """
        name = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:40] or "rows"
        name = f"{folder}/{name}-{hashlib.sha256(content).hexdigest()[:8]}"
        names = (f"{name}{f'-{n}' if n else ''}.csv" for n in count())
        names = files_behind(behind) if behind else names
        return next(name for name in names if not self.holds(name))

    def with_files(self, files: Mapping[str, bytes]) -> Raw:
        """The same with files of another content, as they will be read."""
        unread = [fault for fault in self.faults if fault.file not in self.files]
        return parsed({**self.files, **files}, unread, self.home)

    def digests(self) -> dict[str, str]:
        """The digest of every file."""
        return digests_of(self.files)


def digests_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """The digest of every file, in the order of their names."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}


def parsed(files: Mapping[str, bytes], faults: list[Fault], home: Path = Path()) -> Raw:
    """Raw tables from the bytes of their files, the TOML ones parsed.

    >>> raw = parsed({"sources.toml": b"[paper]\\n"}, [])
    >>> raw.documents["sources.toml"].data, raw.row("sources.toml", "paper"), raw.faults
    ({'paper': {}}, 1, ())
    """
    from songhua.reading.documents import parse

    documents: dict[str, Document] = {}
    issues = list(faults)
    for name, data in files.items():
        if name.endswith(".toml"):
            document, wrong = parse(data, name)
            issues += wrong
            if document is not None:
                documents[name] = document
    return Raw(files, documents, tuple(issues), home)
