"""A pack as it is read from its folder: what it answers to, its places, and its files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from songhua import schema
from songhua.checks import cells, values
from songhua.errors import Fault, SonghuaError
from songhua.messages import Words
from songhua.schema import Column, TableSchema
from songhua.store import documents
from songhua.store.disk import bytes_of
from songhua.store.encoding import clean

HEAD, PLACES, TERRITORIES, PAGE = "pack.toml", "places.toml", "territories.csv", "README.md"
#: What every folder of a pack begins with, and what is added for a place that it has panels of.
FOLDER, LIKE = "folder", "like"
ALWAYS = "always"
_COLUMNS = ("code", "en", "zh", "money")
_PACK = TableSchema(
    "pack",
    (
        Column("name", "names", required=True),
        Column("about", "names", required=True),
        Column("licence", "names", required=True),
        Column("base_year", "integer", least=1000, most=2999),
        Column("plan", "names"),
        Column("adds_to", "slug"),
    ),
)
_BORROW = TableSchema(
    "borrow",
    (
        Column("case", "slug", required=True),
        Column("when", "choice", choices=(ALWAYS, LIKE), default=ALWAYS),
        Column("files", "texts", required=True),
    ),
)


@dataclass(frozen=True)
class Territory:
    """A country or territory that a pack answers to: its code, its names, and its money.

    `money` is the unit in which sums are printed there, such as `100m CNY`; `own` are its names
    in its own languages.

    >>> Territory("DE", Words({"en": "Germany"}), "m EUR").id
    'germany'
    """

    code: str
    name: Words
    money: str
    own: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All that it is called."""
        return (self.code, *self.name.texts.values(), *self.own)

    @property
    def currency(self) -> str:
        """The currency of its money."""
        return self.money.rpartition(" ")[2]

    @property
    def id(self) -> str:
        """Its id as a place, from its English name."""
        return re.sub("[^a-z0-9]+", "-", self.name("en").lower()).strip("-")


@dataclass(frozen=True)
class Pack:
    """A country's defaults: what its folder holds, read, and where it stands.

    `borrowed` names files of built-in cases, as (case, when, file); `adds_to` is the pack whose
    places and panels one adds to, blank for a pack that folders are begun with.
    """

    id: str
    home: Path
    name: Words
    about: Words
    licence: Words
    base_year: int = 0
    plan: Words = field(default_factory=Words)
    adds_to: str = ""
    territories: tuple[Territory, ...] = ()
    places: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    borrowed: tuple[tuple[str, str, str], ...] = ()

    def files(self, when: str) -> dict[str, bytes]:
        """The files that it gives a folder, by name: its own, and those of built-in cases."""
        own = self.home / (FOLDER if when == ALWAYS else when)
        found = {
            file.relative_to(own).as_posix(): bytes_of(file)
            for file in sorted(own.rglob("*")) if file.is_file() and not file.is_symlink()
        }  # fmt: skip
        lent = [(case, file) for case, each, file in self.borrowed if each == when]
        return {file: bytes_of(_case(case) / file) for case, file in lent} | found


def read_pack(home: Path) -> Pack:
    """The pack that stands in a folder; the folder's name is its id.

    Raises:
        SonghuaError: `pack_missing`, where it holds no `pack.toml`, or every fault of its heads.
    """
    if not (home / HEAD).is_file():
        raise SonghuaError(Fault("pack_missing", params={"path": str(home)}))
    faults: list[Fault] = []
    head = _document(home, HEAD, faults)
    places = _document(home, PLACES, faults) if (home / PLACES).is_file() else {}
    entry, lent = head.get("pack"), head.get("borrow", [])
    entry = entry if isinstance(entry, dict) else {}
    faults += cells.entry(HEAD, ("pack",), entry, _PACK, {})
    faults += cells.catalogue(PLACES, places, schema.table("places"), {})
    faults += values.check(Column("id", "slug"), home.name, {})
    borrowed = tuple(_borrowed(lent, faults))
    territories = _territories(home, faults)
    if faults:
        raise SonghuaError(*(_within(one, home) for one in faults))
    name, about, licence = (Words.of(entry[key]) for key in ("name", "about", "licence"))
    year, adds = int(entry.get("base_year", 0)), str(entry.get("adds_to", ""))
    plan = Words.of(entry.get("plan"))
    return Pack(
        home.name, home, name, about, licence, year, plan, adds, territories, places, borrowed
    )


def _document(home: Path, name: str, faults: list[Fault]) -> Mapping[str, Any]:
    """A TOML file of a pack; nothing, and its faults, where it cannot be read."""
    document, wrong = documents.parse(bytes_of(home / name), name)
    faults += wrong
    return document.data if document else {}


def _borrowed(lent: Any, faults: list[Fault]) -> Iterator[tuple[str, str, str]]:
    """The files of built-in cases that a pack names, each of which must be there."""
    for one in lent if isinstance(lent, list) else []:
        wrong = cells.entry(HEAD, ("borrow",), one, _BORROW, {})
        faults += wrong
        for file in [] if wrong else one["files"]:
            if ".." in Path(file).parts or not (_case(one["case"]) / file).is_file():
                params = {"case": one["case"], "file": file}
                faults.append(Fault("pack_borrows", HEAD, None, "borrow", params))
            yield str(one["case"]), str(one.get("when", ALWAYS)), str(file)


def _case(name: str) -> Path:
    return Path(str(files("songhua") / "examples" / name))


def _territories(home: Path, faults: list[Fault]) -> tuple[Territory, ...]:
    """The countries and territories that a pack answers to; none without their file."""
    if not (home / TERRITORIES).is_file():
        return ()
    text = clean(bytes_of(home / TERRITORIES), TERRITORIES).decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    found: list[Territory] = []
    for at, row in enumerate(rows, 2):
        lacking = [name for name in _COLUMNS if not row.get(name)]
        if lacking:
            params = {"columns": tuple(lacking)}
            faults.append(Fault("columns_missing", TERRITORIES, at, params=params))
            continue
        faults += [
            replace(one, file=TERRITORIES, row=at, column="money")
            for one in values.check(Column("money", "unit"), row["money"], {})
        ]
        own = tuple(filter(None, (row.get("own") or "").split("; ")))
        found.append(Territory(row["code"], Words.of(row), row["money"], own))
    return tuple(found)


def _within(fault: Fault, home: Path) -> Fault:
    """A fault with the pack's folder before the name of its file."""
    return replace(fault, file=f"{home.name}/{fault.file}" if fault.file else home.name)
