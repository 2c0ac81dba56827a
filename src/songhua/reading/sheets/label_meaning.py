"""Meaning of a label of a row or a column: the observations columns it sets, and its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from songhua.errors import SonghuaError
from songhua.grammar.periods import spoken_period
from songhua.labels import parse_when
from songhua.reading.sheets.fault_kinds import ImportWordsUnlisted
from songhua.reading.sheets.faults import Faults
from songhua.reading.sheets.mapping import Mapping
from songhua.reading.sheets.units import split_unit, spoken_unit
from songhua.reading.sheets.words import is_ratio, key, split_marks, without_prefix
from songhua.reading.toml import quoted
from songhua.schema import table

ID = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*", re.ASCII)
_FIRST = re.compile(r"\d{4}-\d{2}-01", re.ASCII)
MOST_WORDS = 200
#: Between the word of a row and that of a column which only together say what a figure is.
PAIR = " × "


@dataclass(frozen=True)
class Meaning:
    """Meaning of a label.

    `unit` is printed beside the label, `map_unit` the unit that the map gives the label, `odd` a
    text in brackets that looks like a unit and cannot be read, and `ignored` the word by which
    the map leaves the label out.
    """

    sets: dict[str, str] = field(default_factory=dict)
    unit: str = ""
    map_unit: str = ""
    marks: str = ""
    ratio: bool = False
    odd: str = ""
    ignored: str = ""


@dataclass
class Dictionary:
    """Looks words up in the map, and keeps those that it does not list."""

    mapping: Mapping
    unlisted: dict[str, dict[str, tuple[int, str]]] = field(default_factory=dict)
    _meanings: dict[tuple[str, str], Meaning | None] = field(default_factory=dict)
    _paired: dict[tuple[str, str], Meaning | None] = field(default_factory=dict)
    _halves: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Note the words that the map lists as one half of a pair."""
        listed = (*self.mapping.labels.get("indicator", {}), *self.mapping.ignore)
        self._halves = frozenset(
            half for word in listed if PAIR in word for half in word.split(PAIR)
        )

    def look_up(self, column: str, text: str, row: int, where: str) -> Meaning | None:
        """Meaning of a text for an observations column; None if the map does not list it."""
        which = (column, text)
        if which not in self._meanings:
            self._meanings[which] = self._read(column, text)
        meaning = self._meanings[which]
        if meaning is None and column == "indicator" and self._halves.intersection(_forms(text)):
            meaning = self._meanings[which] = self.bare(text)
        if meaning is None:
            words = self.unlisted.setdefault(column, {})
            words.setdefault(split_unit(split_marks(text)[0])[0], (row, where))
        return meaning

    def pair(self, row: str, column: str) -> Meaning | None:
        """Meaning of a row's and a column's word together; None where the map lists none."""
        which = (row, column)
        if which not in self._paired:
            self._paired[which] = self._read_pair(row, column)
        return self._paired[which]

    def _read_pair(self, row: str, column: str) -> Meaning | None:
        listed = self.mapping.labels.get("indicator", {})
        for row_form in _forms(row):
            for column_form in _forms(column):
                word = f"{row_form}{PAIR}{column_form}"
                if word in self.mapping.ignore:
                    return Meaning(ignored=word)
                if word in listed:
                    sets = {n: v for n, v in listed[word].items() if n != "unit"}
                    halves = self.bare(column), self.bare(row)
                    printed = next((half.unit for half in halves if half.unit), "")
                    map_unit = listed[word].get("unit", "")
                    return Meaning(
                        sets, printed, map_unit, ratio=any(half.ratio for half in halves)
                    )
        return None

    @property
    def paired(self) -> bool:
        """True where the map lists any pair."""
        return bool(self._halves)

    def ignored(self, texts: list[str]) -> str:
        """The first of some texts that the map leaves out, or an empty text."""
        for text in texts:
            if any(form in self.mapping.ignore for form in _forms(text)):
                return text
        return ""

    def bare(self, text: str) -> Meaning:
        """Unit and marks of a heading that the map does not use."""
        unmarked, marks = split_marks(text)
        _, unit, odd = split_unit(unmarked)
        return Meaning({}, unit, marks=marks, ratio=is_ratio(unmarked), odd=odd)

    def _read(self, column: str, text: str) -> Meaning | None:
        unmarked, marks = split_marks(text)
        bare, unit, odd = split_unit(unmarked)
        if word := self.ignored([text]):
            return Meaning(ignored=word)
        listed = self.mapping.labels.get(column, {})
        forms = _forms(text)
        settings = next((listed[form] for form in forms if form in listed), None)
        if settings is None:
            plain = self._plain(column, unmarked, bare)
            if plain is None:
                return None
            settings = {column: plain}
        sets = {name: value for name, value in settings.items() if name != "unit"}
        if column == "unit":
            return Meaning(sets, settings.get("unit", ""), marks=marks)
        return Meaning(sets, unit, settings.get("unit", ""), marks, is_ratio(unmarked), odd)

    def _plain(self, column: str, unmarked: str, bare: str) -> str | None:
        """A text that needs no list: a period, a unit, an id, a choice, a date, free text."""
        schema = table("observations").column(column)
        match schema.type:
            case "period":
                if _FIRST.fullmatch(unmarked):
                    return None  # a workbook keeps the month 2021-03 as the day 2021-03-01
                year = self.mapping.year
                return spoken_period(unmarked, year) or spoken_period(bare, year)
            case "unit":
                return spoken_unit(unmarked)
            case "choice":
                return unmarked if unmarked in schema.choices else None
            case "when" | "date":
                try:
                    return str(parse_when(unmarked))
                except SonghuaError:
                    return None
            case "label":
                return bare if ID.fullmatch(bare) else None
        return unmarked

    def tell(self, faults: Faults) -> None:
        """A fault for each column with words that are not listed, with lines to paste."""
        for column, words in self.unlisted.items():
            row, where = next(iter(words.values()))
            lines = [f'{quoted(word)} = ""' for word in words]
            text = "\n".join([f"[labels.{column}]", *lines[:MOST_WORDS]])
            fault = ImportWordsUnlisted(name=column, many=len(words), lines=text)
            faults.add(fault.at("", row + 1, where))


def _forms(text: str) -> list[str]:
    """The forms in which a label is looked up, the most particular first."""
    unmarked = split_marks(text)[0]
    bare = split_unit(unmarked)[0]
    forms = [text, unmarked, bare, without_prefix(unmarked), without_prefix(bare)]
    return list(dict.fromkeys(map(key, forms)))
