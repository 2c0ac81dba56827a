"""The map that a draft leads to, as plain data and as commented TOML."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from songhua.reading.sheets.faults import letters
from songhua.reading.sheets.parts import Parts

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
        """The map as TOML: comments first, then what it says, then what is left to be decided."""
        lines = [*_comments(comments), *self._head()]
        if self.parts.headings:
            lines += ["", "[headings]"]
            lines += [f"{letters(n)} = {_text(text)}" for n, text in self.parts.headings.items()]
        for part, axes in (("rows", self.rows), ("columns", self.columns)):
            if axes:
                lines += ["", f"[{part}]"]
                lines += [f"{name} = {_axis(at)}" for name, at in axes.items()]
        for column, words in self.labels.items():
            if words:
                lines += ["", f"[labels.{column}]"]
                lines += [f"{_text(word)} = {_settings(column, s)}" for word, s in words.items()]
        if self.defaults:
            lines += ["", "[defaults]"]
            lines += [f"{name} = {_text(value)}" for name, value in self.defaults.items()]
        return "\n".join([*lines, *_comments(undecided)]) + "\n"

    def _head(self) -> list[str]:
        lines = [f"sheet = {_text(self.sheet)}"] if self.sheet else []
        if self.heading:
            lines.append(f"heading = {[row + 1 for row in self.heading]}")
        if self.body:
            lines.append(f"body = {[row + 1 for row in self.body]}")
        if self.values:
            lines.append(f"values = {json.dumps(spans(self.values))}")
        if self.fill:
            lines.append(f"fill = {json.dumps(spans(self.fill))}")
        if self.blank:
            lines.append(f"blank = {json.dumps(spans(self.blank))}")
        for name, text in (("above", self.parts.above), ("below", self.parts.below)):
            lines += [f"{name} = {_text(text)}"] if text else []
        for name, some in (("skip", self.parts.skip), ("as_named", self.as_named)):
            listed = json.dumps(sorted(some), ensure_ascii=False)
            lines += [f"{name} = {listed}"] if some else []
        if self.comma:
            lines.append('decimal = ","')
        if self.ignore:
            lines.append("ignore = [")
            lines += [f"    {_text(word)}," for word in dict.fromkeys(self.ignore)]
            lines.append("]")
        return lines


def _comments(lines: Iterable[str]) -> list[str]:
    return [f"# {part}".rstrip() for line in lines for part in line.split("\n")]


def _axis(at: int | tuple[int, ...]) -> str:
    if isinstance(at, int):
        return _text(letters(at))
    levels = [level + 1 for level in at]
    return str(levels[0] if len(levels) == 1 else levels)


def _settings(column: str, settings: Mapping[str, Any]) -> str:
    if set(settings) == {column}:
        return _text(settings[column])
    inner = ", ".join(f"{name} = {_text(value)}" for name, value in settings.items())
    return f"{{ {inner} }}" if inner else "{}"


def _text(text: str) -> str:
    """A TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


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
