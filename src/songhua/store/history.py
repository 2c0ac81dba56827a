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

#: Folders and files whose recorded rows may not change.
APPENDED = ("observations", "panels", "reviews", "plan/targets.csv", "plan/changes.csv")
#: What is told of a row of a file, where it is not that of figures.
TOLD = {"plan/targets.csv": "target_rewritten"}


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


def _rows(data: bytes) -> Counter[tuple[tuple[str, str], ...]]:
    """The rows as sets of filled cells by column, so that a new column changes no row.

    A text that is no table is taken line by line.
    """
    text = data.decode("utf-8-sig", "replace")
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""))
        return Counter(tuple(sorted(_filled(row))) for row in reader)
    except csv.Error:
        return Counter((("", line),) for line in text.splitlines())


def _filled(row: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in row.items():
        if key and isinstance(value, str) and value:
            yield key, value


def check(folder: Path, files: Mapping[str, bytes]) -> list[Fault]:
    """A fault for each recorded row that the folder no longer holds.

    `files` is every file of `APPENDED` by its name in the folder. A row may move to another file;
    it may not change or go. A folder without git, or without a commit, has nothing to compare.
    """
    gone: Counter[tuple[tuple[str, str], ...]] = Counter()
    from_file: dict[tuple[tuple[str, str], ...], str] = {}
    same: set[str] = set()
    for name, digest in recorded(folder).items():
        data = files.get(name, b"")
        if name in files and _blob(data) == digest:
            same.add(name)
            continue
        before = _git(folder, "cat-file", "blob", digest) or b""
        if data.startswith(before) and before.endswith(b"\n"):
            continue
        old = _rows(before)
        gone.update(old)
        from_file.update(dict.fromkeys(old, name))
    if not gone:
        return []
    held: Counter[tuple[tuple[str, str], ...]] = Counter()
    for name, data in files.items():
        if name not in same:
            held.update(_rows(data))
    lost = (row for row, n in (gone - held).items() if n > 0)
    return [_lost(row, from_file[row]) for row in lost]


def _lost(row: tuple[tuple[str, str], ...], file: str) -> Fault:
    code = TOLD.get(file, "recorded_row_changed")
    return Fault(code, file=file, params={"row": _show(row)})


def _show(row: tuple[tuple[str, str], ...]) -> str:
    cells = dict(row)
    order = (
        "id", "target", "column", "indicator", "region", "industry", "entity", "period", "text",
        "value", "unit", "source",
    )  # fmt: skip
    return " ".join(cells[name] for name in order if name in cells)[:200]


def _blob(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
