"""A table whose form is damaged ends in a fault, or says the same: never another thing in silence."""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from damages import DAMAGES, KEYED, SCHEMED, Damage, Table
from songhua import schema, session, store
from songhua.checks.table_cells import repeated
from songhua.errors import SonghuaError
from songhua.labels import parse_period, parse_unit, parse_when
from songhua.plan import parse_target
from songhua.reading import tables
from songhua.reading.interindustry import cross, plain
from songhua.reading.interindustry.about import About
from songhua.store import firms, packs
from songhua.store.assembly import Assembly
from songhua.store.packs.pack import TERRITORIES

MOST_ROWS = 40
STATUSES = ("cn/sci-tech-sme", "cn/high-tech-enterprise", "cn/size-class")
#: Files are compared by their meaning, not by their notation.
MEANT: dict[str, Callable[[str], object]] = {
    "period": parse_period, "when": parse_when, "date": parse_period, "unit": parse_unit,
    "target": lambda text: (parse_target(text), text.strip()),
}  # fmt: skip
Content = Callable[[bytes], object]


@dataclass(frozen=True)
class Subject:
    """A table of a case, how what it says is read, and the damages that it may suffer."""

    name: str
    table: Table
    content: Content
    damages: Mapping[str, Damage]


def content_of_table(file: str, name: str, known: Mapping[str, set[str]]) -> Content:
    def content(data: bytes) -> object:
        table = schema.table(name)
        parsed = tables.read(data, file, table, known)
        if parsed.faults:
            raise SonghuaError(*parsed.faults)
        frame = parsed.frame()
        if wrong := repeated(
            frame, table.key if name not in ("observations", "panels") else (), file
        ):
            raise SonghuaError(*wrong)
        for column in table.columns:
            if column.type in MEANT:
                read = MEANT[column.type]
                frame[column.name] = [read(text) if text else None for text in frame[column.name]]
        return frame.drop(columns="row").astype(object).to_numpy().tolist()

    return content


def content_of_firms(data: bytes) -> object:
    frame = firms.read("register/enterprises.csv", data, STATUSES).frame
    return frame[sorted(frame.columns)].astype(object).where(frame.notna(), None).to_dict("records")


def content_of_numbers(data: bytes) -> object:
    from songhua.reading import csv_rows

    if wrong := csv_rows.strict(data, "t.csv"):
        raise SonghuaError(*wrong)
    grid = cross.grids(data, "t.csv")[0]
    if not plain.is_plain(grid):
        raise SonghuaError
    found = plain.read(grid, "t.csv", About(), unit="m CNY", year=2020)
    parts: list[pd.DataFrame] = [found.Z, found.f, found.v, found.x.to_frame()]
    return [
        (list(part.index), list(part.columns), part.fillna(-1).to_numpy().tolist())
        for part in parts
    ]


def subjects(home: Path) -> list[Subject]:
    """Every table of the three cases that are built in, and a pack's; long ones cut short."""
    found = []
    session.new(home / "register", "register")
    for name in ("harbin", "washington", "register"):
        folder = home / name if name == "register" else session.example(name)
        raw = store.at(folder).read()
        known = Assembly(raw).labels
        for file, data in raw.files.items():
            if file.endswith(".csv"):
                found.append(subject(f"{name}/{file}", file, data, known))
    return [*found, countries(home / "generic")]


def countries(home: Path) -> Subject:
    """The countries of a pack, by which a folder is begun."""
    shutil.copytree(packs.pack("generic").home, home)
    rows = list(csv.reader(io.StringIO((home / TERRITORIES).read_text("utf-8"), newline="")))
    with_names = [row for row in rows[1:] if row[-1]]

    def content(data: bytes) -> object:
        (home / TERRITORIES).write_bytes(data)
        return packs.read_pack(home).territories

    table = Table([rows[0], *with_names[:MOST_ROWS]], (0, 3))
    return Subject(f"pack/{TERRITORIES}", table, content, DAMAGES | SCHEMED | KEYED)


def subject(name: str, file: str, data: bytes, known: Mapping[str, set[str]]) -> Subject:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    fitting = [one for one in schema.names() if fnmatch(file, schema.table(one).where)]
    if not fitting:
        return Subject(name, Table(rows, ()), content_of_numbers, DAMAGES)
    sort = max(fitting, key=lambda one: len(schema.table(one).where))
    prose = {column.name for column in schema.table(sort).columns if column.type == "text"}
    labels = [
        at for at, one in enumerate(rows[0]) if one not in prose and any(r[at] for r in rows[1:])
    ]
    table = Table(rows[: MOST_ROWS + 1], labels)
    if sort == "register_enterprises":
        return Subject(name, table, content_of_firms, DAMAGES | SCHEMED | KEYED)
    keyed = KEYED if schema.table(sort).key and sort not in ("observations", "panels") else {}
    return Subject(name, table, content_of_table(file, sort, known), DAMAGES | SCHEMED | keyed)


def outcome(one: Subject, kind: str, seed: str) -> str:
    """The outcome of a damaged table: `fault`, `same`, or `other`."""
    damaged = one.damages[kind](Random(seed), one.table)
    data = damaged if isinstance(damaged, bytes) else damaged.encode("utf-8", "surrogatepass")
    try:
        found = one.content(data)
    except SonghuaError:
        return "fault"
    return "same" if found == one.content(one.table.text().encode()) else "other"


def damaged(home: Path, n: int) -> tuple[Counter[str], list[tuple[str, str, str]]]:
    """So many damages over all tables and kinds by turns: the outcomes, and those that are wrong."""
    every = subjects(home)
    counted: Counter[str] = Counter()
    wrong = []
    for at in range(n):
        one = every[at % len(every)]
        kinds = sorted(one.damages)
        kind, seed = kinds[(at // len(every)) % len(kinds)], f"damage-{at}"
        result = outcome(one, kind, seed)
        counted[result] += 1
        if result == "other":
            wrong.append((one.name, kind, seed))
    return counted, wrong


def test_spaces_about_the_words_of_a_target_say_nothing(tmp_path: Path) -> None:
    one = next(one for one in subjects(tmp_path) if one.name == "harbin/plan/targets.csv")
    assert outcome(one, "spaces in a label", "new-500205") == "same"


@pytest.mark.parametrize("n", [150, pytest.param(10_000, marks=pytest.mark.exhaustive)])
def test_a_damaged_table_ends_in_a_fault_or_says_the_same(n: int, tmp_path: Path) -> None:
    counted, wrong = damaged(tmp_path, n)
    assert wrong == []
    assert counted["fault"] > n // 2
