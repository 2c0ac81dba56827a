"""The map that a draft leads to, as plain data and as commented TOML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import tomlkit

from songhua.reading.sheets.faults import letters
from songhua.reading.sheets.parts import Parts
from songhua.reading.toml import item, quoted_key, table

Settings = dict[str, str]


@dataclass
class Written:
    """A map in the making: what `read_map` reads, rows and columns counted from 0."""

    sheet: str = ""
    heading: tuple[int, ...] = ()
    body: tuple[int, int] | None = None
    values: tuple[int, ...] = ()
    comma: bool = False
    fill: tuple[int, ...] = ()
    ignore: list[str] = field(default_factory=list)
    blank: tuple[int, ...] = ()
    parts: Parts = field(default_factory=Parts)
    as_named: frozenset[str] = frozenset()
    rows: dict[str, int] = field(default_factory=dict)
    columns: dict[str, tuple[int, ...]] = field(default_factory=dict)
    labels: dict[str, dict[str, Settings]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)

    def set(self, column: str, text: str, settings: Mapping[str, str]) -> str:
        """Note what a text means; the name of a setting that it had otherwise before, or blank."""
        meaning = self.labels.setdefault(column, {}).setdefault(text, {})
        for name, value in settings.items():
            if meaning.setdefault(name, value) != value:
                return name
        return ""

    def toml(self, comments: Iterable[str] = (), undecided: Iterable[str] = ()) -> str:
        """The map as TOML: comments first, then its entries, then the open decisions."""
        made = tomlkit.document()
        for name, value in self._head().items():
            made.add(name, item(value))
        if self.ignore:
            made.add("ignore", tomlkit.item([*dict.fromkeys(self.ignore)]).multiline(True))
        headings = {letters(n): text for n, text in self.parts.headings.items()}
        axes = ({name: _axis(at) for name, at in of.items()} for of in (self.rows, self.columns))
        for name, values in zip(("headings", "rows", "columns"), (headings, *axes), strict=True):
            if values:
                made.add(name, table(values))
        labels = tomlkit.table(is_super_table=True)
        for column, words in self.labels.items():
            if words:
                means = {quoted_key(text): _meant(column, of) for text, of in words.items()}
                labels.add(column, table(means))
        if labels:
            made.add("labels", labels)
        if self.defaults:
            made.add("defaults", table(self.defaults))
        text = tomlkit.dumps(made).rstrip("\n")
        return "\n".join([*_comments(comments), text, *_comments(undecided), ""])

    def _head(self) -> dict[str, Any]:
        """The entries of the map before its tables, without blank ones."""
        told = {
            "sheet": self.sheet,
            "heading": [row + 1 for row in self.heading],
            "body": [row + 1 for row in self.body or ()],
            "values": spans(self.values),
            "fill": spans(self.fill),
            "blank": spans(self.blank),
            "above": self.parts.above,
            "below": self.parts.below,
            "skip": sorted(self.parts.skip),
            "as_named": sorted(self.as_named),
            "decimal": "," if self.comma else "",
        }
        return {name: value for name, value in told.items() if value}


def _comments(lines: Iterable[str]) -> list[str]:
    return [f"# {part}".rstrip() for line in lines for part in line.split("\n")]


def _meant(column: str, settings: Settings) -> str | Settings:
    return settings[column] if settings.keys() == {column} else settings


def _axis(at: int | tuple[int, ...]) -> str | int | list[int]:
    if isinstance(at, int):
        return letters(at)
    levels = [level + 1 for level in at]
    return levels[0] if len(levels) == 1 else levels


def spans(columns: tuple[int, ...]) -> list[str]:
    """Columns as spans of letters.

    >>> spans((1, 2, 3, 6))
    ['B:D', 'G']
    """
    runs: list[list[int]] = []
    for column in columns:
        if runs and runs[-1][1] == column - 1:
            runs[-1][1] = column
        else:
            runs.append([column, column])
    return [letters(a) if a == b else f"{letters(a)}:{letters(b)}" for a, b in runs]
