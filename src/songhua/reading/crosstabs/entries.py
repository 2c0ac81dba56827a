"""New entries for the words of a sheet that the folder does not have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from songhua.errors import SonghuaError
from songhua.labels import parse_unit
from songhua.messages import language_of
from songhua.reading.crosstabs.axes import CATALOGUED, INDICATOR
from songhua.reading.crosstabs.lexicon import Lexicon
from songhua.reading.crosstabs.questions import LEAVE, NEW, Answers
from songhua.reading.sheets.words import key
from songhua.region.catalogues import Catalogues

_CATALOGUES = {"indicator": "indicators", "region": "places", "industry": "industries"}
_SIGN = "+"


@dataclass(frozen=True)
class Entry:
    """A name that the folder lacks: of an indicator with its unit and its form."""

    column: str
    id: str
    name: str
    unit: str = ""
    form: str = ""
    of: str = ""

    @property
    def language(self) -> str:
        """The language of its name."""
        return language_of(self.name)


@dataclass
class NewEntries:
    """The entries that a sheet's figures need, each once, with ids that the folder lacks."""

    folder: Catalogues
    answers: Answers = field(default_factory=Answers)
    lexicon: Lexicon | None = None
    by_key: dict[tuple[str, str, str, str], Entry] = field(default_factory=dict)
    by_id: dict[str, Entry] = field(default_factory=dict)
    ids_taken: set[str] = field(default_factory=set)
    next: dict[str, int] = field(default_factory=dict)
    labels: set[tuple[str, str]] = field(default_factory=set)

    def add(self, column: str, name: str, unit: str = "", form: str = "", of: str = "") -> str:
        """The id of a new entry, or of the entry that was answered; blank to leave it out."""
        chosen = self.answers.get("word", f"{column} {name}")
        if chosen and chosen != NEW:
            return "" if chosen == LEAVE else chosen
        which = (column, key(name), _dimension(unit), form)
        if which not in self.by_key:
            is_taken = which[:2] in self.labels or (unit and self.is_known(column, name))
            label = f"{name} ({unit})" if unit and is_taken else name
            self.labels.add(which[:2])
            id = self._id(column, label)
            self.by_key[which] = Entry(column, id, label, unit, form, of)
            self.by_id[_SIGN + id] = self.by_key[which]
        return _SIGN + self.by_key[which].id

    def is_known(self, column: str, name: str) -> bool:
        """True for the name of an entry that the folder has, in a unit that does not fit it."""
        if self.lexicon is None:
            return False
        return any(token.column == column for token in self.lexicon.meanings(key(name)))

    def ids(self) -> list[str]:
        """The ids of the new entries behind their sign, in the order met."""
        return [_SIGN + entry.id for entry in self.by_key.values()]

    def entry(self, id: str) -> Entry:
        """The new entry of an id with its sign."""
        return self.by_id[id]

    def names(self) -> Mapping[str, list[str]]:
        """The names of the new entries by column."""
        return {
            column: [entry.name for entry in self.by_key.values() if entry.column == column]
            for column in CATALOGUED
            if any(entry.column == column for entry in self.by_key.values())
        }

    def _id(self, column: str, name: str) -> str:
        catalogue = getattr(self.folder, _CATALOGUES[column])
        join = "_" if column == INDICATOR else "-"
        stem = re.sub(r"[^a-z0-9]+", join, name.casefold()).strip(join)[:40].strip(join)
        if not stem or not stem[0].isalpha() or not name.isascii():
            stem = f"new{join}{column}"
        id, n = stem, 2
        while id in catalogue or id in self.ids_taken:
            n = self.next.get(stem, n)
            id, self.next[stem] = f"{stem}{join}{n}", n + 1
        self.ids_taken.add(id)
        return id


def is_new(id: str) -> bool:
    """True for the id of an entry that is new."""
    return id.startswith(_SIGN)


def _dimension(unit: str) -> str:
    try:
        return str(parse_unit(unit).dimension) if unit else ""
    except SonghuaError:
        return unit
