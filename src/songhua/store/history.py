"""Nothing recorded is changed or removed: the folder against what git holds of it."""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from songhua.errors import Fault
from songhua.plan import ENTRIES
from songhua.schema import TableSchema

#: The plan's files, whose rows are revised by rows of `plan/changes.csv`.
PROMISED = {
    kind.layout().where: kind.layout() for name, kind in ENTRIES.items() if name != "changes"
}  # fmt: skip
#: Folders and files whose recorded rows may not change.
APPENDED = ("observations", "panels", "reviews", "plan/changes.csv", *PROMISED)
#: What is shown of a row of figures or of a revision.
SHOWN = (
    "table", "entry", "column", "indicator", "region", "industry", "entity", "period", "value",
    "unit", "source",
)  # fmt: skip
Cells = tuple[tuple[str, str], ...]


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git answers, or None where there is no git, no repository or no such object."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def under_git(folder: Path) -> bool:
    """Whether a repository stands above the folder."""
    at = folder.resolve()
    return any((parent / ".git").exists() for parent in (at, *at.parents))


def recorded(folder: Path) -> dict[str, str]:
    """The last commit's files of `APPENDED`: name to git's digest of the content."""
    if not under_git(folder):
        return {}
    listing = _git(folder, "ls-tree", "-r", "-z", "HEAD", *APPENDED)
    found: dict[str, str] = {}
    for entry in (listing or b"").split(b"\0"):
        meta, _, name = entry.partition(b"\t")
        if name.endswith(b".csv"):
            found[name.decode("utf-8", "replace")] = meta.split()[-1].decode()
    return found


def _rows(file: str, data: bytes) -> Counter[Cells]:
    """The rows as sets of filled cells by column, so that a new column changes no row.

    Of the plan's files without the cells that tell progress, which are written anew. A text that
    is no table is taken line by line.
    """
    table = PROMISED.get(file)
    text = data.decode("utf-8-sig", "replace")
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""))
        return Counter(tuple(sorted(_filled(row, table))) for row in reader)
    except csv.Error:
        return Counter((("", line),) for line in text.splitlines())


def _filled(row: Mapping[str, object], table: TableSchema | None) -> Iterator[tuple[str, str]]:
    told = () if table is None else table.progress_of(row)
    for key, value in row.items():
        if key and key not in told and isinstance(value, str) and value:
            yield key, value


def check(folder: Path, files: Mapping[str, bytes]) -> list[Fault]:
    """A fault for each recorded row that the folder no longer holds.

    `files` is every file of `APPENDED` by its name in the folder. A row may move to another file;
    it may not change or go; of a row of the plan this holds for what it promises. A folder without
    git, or without a commit, has nothing to compare.
    """
    gone: Counter[Cells] = Counter()
    from_file: dict[Cells, str] = {}
    same: set[str] = set()
    for name, digest in recorded(folder).items():
        data = files.get(name, b"")
        if name in files and _blob(data) == digest:
            same.add(name)
            continue
        before = _git(folder, "cat-file", "blob", digest) or b""
        if data.startswith(before) and before.endswith(b"\n"):
            continue
        old = _rows(name, before)
        gone.update(old)
        from_file.update(dict.fromkeys(old, name))
    if not gone:
        return []
    held: Counter[Cells] = Counter()
    for name, data in files.items():
        if name not in same:
            held.update(_rows(name, data))
    lost = (row for row, n in (gone - held).items() if n > 0)
    return [_lost(row, from_file[row]) for row in lost]


def _lost(row: Cells, file: str) -> Fault:
    table = PROMISED.get(file)
    code = "promise_rewritten" if table else "recorded_row_changed"
    cells = dict(row)
    order = table.names if table else SHOWN
    shown = " ".join(cells[name] for name in order if name in cells)
    return Fault(code, file=file, params={"row": shown[:200]})


def _blob(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
