"""A pack as it is read from its folder: what it answers to, its places, and its files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from songhua import messages, schema
from songhua.checks import table_cells, values
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import NotAList, PackMissing
from songhua.messages import Words
from songhua.reading import documents, limits, tables
from songhua.reading.table_fault_kinds import FileNotRegular
from songhua.schema import Column, TableSchema
from songhua.store.disk import bytes_below, bytes_of, files_below
from songhua.store.packs.fault_kinds import PackBorrows

HEAD, TERRITORIES, PAGE = "pack.toml", "territories.csv", "README.md"
#: The places of panels, and those that a folder knows by name only.
PLACES, KNOWN_PLACES = "places.toml", "known.toml"
FILES = (HEAD, PLACES, KNOWN_PLACES, TERRITORIES, PAGE)
#: The files that every folder begins with, and those added for a place that it has panels of.
FOLDER, LIKE = "folder", "like"
ALWAYS = "always"
_SECTIONS = ("pack", "borrow")
#: First characters of names that are no part of a pack: of an editor, git or Python.
_LEFT_OUT = (".", "__")
#: Ends of names that stand for no folder.
_ENDS = (".csv", ".json", ".md", ".toml")
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

    `money` is the unit in which sums are printed there, such as `100m CNY`; `own_names`
    are those in its own languages.

    >>> Territory("DE", Words({"en": "Germany"}), "m EUR").id
    'germany'
    """

    code: str
    name: Words
    money: str
    own_names: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All that it is called."""
        return (self.code, *self.name.texts.values(), *self.own_names)

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

    `known_places` are places without panels, which tables print beside others. `borrowed` names
    files of built-in cases, as (case, when, file); `adds_to` is the pack whose places and panels
    one adds to, blank for a pack that folders are begun with.
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
    known_places: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    borrowed: tuple[tuple[str, str, str], ...] = ()

    def files(self, when: str) -> dict[str, bytes]:
        """The files that it gives a folder, by name: its own, and those of built-in cases."""
        files = files_in(self.home / (FOLDER if when == ALWAYS else when))
        lent = [(case, file) for case, moment, file in self.borrowed if moment == when]
        return {file: bytes_of(_case(case) / file) for case, file in lent} | files


def read_pack(home: Path) -> Pack:
    """The pack that stands in a folder; the folder's name is its id.

    Raises:
        SonghuaError: `pack_missing`, where it holds no `pack.toml`, or every fault of its heads.
    """
    if not (home / HEAD).is_file():
        raise SonghuaError(PackMissing(path=str(home)))
    faults: list[Fault] = []
    head = _document(home, HEAD, faults)
    places, known_places = (
        _document(home, name, faults) if os.path.lexists(home / name) else {}
        for name in (PLACES, KNOWN_PLACES)
    )
    strange = [values.unknown(name, _SECTIONS) for name in head if name not in _SECTIONS]
    faults += [replace(fault, file=HEAD) for fault in strange]
    entry, lent = head.get("pack"), head.get("borrow", [])
    entry = entry if isinstance(entry, dict) else {}
    faults += table_cells.entry(HEAD, ("pack",), entry, _PACK, {})
    for file, document in ((PLACES, places), (KNOWN_PLACES, known_places)):
        faults += table_cells.catalogue(file, document, schema.table("places"), {})
    faults += values.check(Column("id", "slug"), home.name, {})
    borrowed = tuple(_borrowed(lent, faults))
    territories = _territories(home, faults)
    if faults:
        raise SonghuaError(*(_within(fault, home) for fault in faults))
    name, about, licence = (Words.of(entry[key]) for key in ("name", "about", "licence"))
    year, adds = int(entry.get("base_year", 0)), str(entry.get("adds_to", ""))
    plan = Words.of(entry.get("plan"))
    return Pack(
        home.name,
        home,
        name,
        about,
        licence,
        year,
        plan,
        adds,
        territories,
        places,
        known_places,
        borrowed,
    )


def _document(home: Path, name: str, faults: list[Fault]) -> Mapping[str, Any]:
    """A TOML file of a pack; nothing, and its faults, where it cannot be read."""
    document, wrong = documents.parse(bytes_of(home / name), name)
    faults += wrong
    return document.data if document else {}


def _borrowed(lent: Any, faults: list[Fault]) -> Iterator[tuple[str, str, str]]:
    """The files of built-in cases that a pack names, each of which must be there."""
    if not isinstance(lent, list):
        faults.append(NotAList(HEAD, None, "borrow", text=str(lent)[:80]))
        return
    for loan in lent:
        wrong = table_cells.entry(HEAD, ("borrow",), loan, _BORROW, {})
        faults += wrong
        for file in [] if wrong else loan["files"]:
            apart = Path(file).anchor or ".." in Path(file).parts
            if apart or not (_case(loan["case"]) / file).is_file():
                faults.append(PackBorrows(HEAD, None, "borrow", case=loan["case"], path=file))
            yield str(loan["case"]), str(loan.get("when", ALWAYS)), str(file)


def _case(name: str) -> Path:
    return Path(str(files("songhua") / "examples" / name))


def _territories(home: Path, faults: list[Fault]) -> tuple[Territory, ...]:
    """The countries and territories that a pack answers to; none without their file."""
    if not os.path.lexists(home / TERRITORIES):
        return ()
    table, content = _territory_table(), bytes_of(home / TERRITORIES, most=limits.FILE)
    parsed = tables.read(content, TERRITORIES, table, {})
    wrong = parsed.faults or table_cells.repeated(parsed.frame(), table.key, TERRITORIES)
    faults += wrong
    rows: list[dict[str, str]] = [] if wrong else parsed.data.to_pylist()
    return tuple(
        _territory({name: " ".join(text.split()) for name, text in row.items()}) for row in rows
    )


def _territory(row: Mapping[str, str]) -> Territory:
    names = (name.strip() for name in row["own"].split(";"))
    return Territory(row["code"], Words.of(row), row["money"], tuple(filter(None, names)))


def _territory_table() -> TableSchema:
    """The columns of `territories.csv`; a name must be in each language that is demanded."""
    demanded = messages.demanded()
    names = (Column(lang, "text", required=lang in demanded) for lang in messages.LANGUAGES)
    code, money = Column("code", "code", required=True), Column("money", "unit", required=True)
    return TableSchema("territories", (code, *names, money, Column("own", "text")), key=("code",))


def files_in(folder: Path) -> dict[str, bytes]:
    """The files of a folder and of those within it, by name; what is kept beside is left out.

    Raises:
        SonghuaError: `file_linked`, for each link; `file_not_regular`, for a pipe or a device;
            `file_too_large`, `file_unreadable`.
    """
    contents: dict[str, bytes] = {}
    faults: list[Fault] = []
    for name in files_below(folder):
        *within, _ = parts = name.split("/")
        if any(part.startswith(_LEFT_OUT) for part in parts):
            continue
        try:
            if any(part.endswith(_ENDS) for part in within):
                raise SonghuaError(FileNotRegular(name))
            contents[name] = bytes_below(folder, name, most=limits.FILE)
        except SonghuaError as error:
            faults += error.faults
    if faults:
        raise SonghuaError(*faults)
    return contents


def _within(fault: Fault, home: Path) -> Fault:
    """A fault with the pack's folder before the name of its file."""
    return replace(fault, file=f"{home.name}/{fault.file}" if fault.file else home.name)
