"""The layout of a document to send in a language: shared by DOCX and PDF, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from songhua.messages import BASE
from songhua.shipped import installed

#: The signs that count in a pattern of numbers, each with Word's name for it.
COUNTERS = {"1": "decimal", "一": "chineseCountingThousand"}
#: A4, in centimetres.
PAPER = (21.0, 29.7)
#: Kinds of headings.
DEEPEST = 3


@dataclass(frozen=True)
class Face:
    """A font for narrow and one for wide letters, with its size in points."""

    latin: str
    wide: str
    size: float
    bold: bool = False


@dataclass(frozen=True)
class Office:
    """Margins (cm), faces, numbers of headings, lines (points) and indent (letters).

    `inset` is the room above and below a table's cells, in points.

    `numbers` are patterns, one a level: `1.1` counts this level below the one above it, `（一）`
    this level alone.
    """

    numbers: tuple[str, ...]
    indent: int
    line: float
    after: float
    margin: Mapping[str, float]
    inset: float
    faces: Mapping[str, Face]

    @property
    def width(self) -> float:
        """The width of the text, in centimetres."""
        return PAPER[0] - self.margin["left"] - self.margin["right"]


@cache
def _data() -> Mapping[str, Mapping[str, Any]]:
    return installed.toml("render", "office.toml")


@cache
def office(lang: str, close: bool = False) -> Office:
    """The layout of a language; one that has none takes that of the base language.

    A `close` one has room for more on a page.

    >>> office("zh").numbers[:2], office("zh").faces["body"].size, office("en").indent
    (('一、', '（一）'), 16, 0)
    """
    layout: Mapping[str, Any] = _data().get(lang, _data()[BASE])
    if close:
        faces = {**layout["faces"], **layout["close"].get("faces", {})}
        layout = {**layout, **layout["close"], "faces": faces}
    layout = {name: value for name, value in layout.items() if name != "close"}
    read = {**layout, "faces": {k: Face(**v) for k, v in layout["faces"].items()}}
    return Office(**{**read, "numbers": tuple(layout["numbers"])})


def font_substitutes() -> Mapping[str, str]:
    """Substitutes for fonts that are not there, by the font's name.

    >>> font_substitutes()["黑体"]
    'SimHei'
    """
    return {str(name): str(substitute) for name, substitute in _data()["instead"].items()}


def word_number(pattern: str, level: int) -> tuple[str, str]:
    """A pattern of numbers as Word writes it: its kind, and its text with `%` and a level.

    >>> word_number("（一）", 2), word_number("1.1", 2)
    (('chineseCountingThousand', '（%2）'), ('decimal', '%1.%2'))
    """
    signs = re.findall("[" + "".join(COUNTERS) + "]", pattern)
    levels = iter(range(level - len(signs) + 1, level + 1))
    text = re.sub("[" + "".join(COUNTERS) + "]", lambda _: f"%{next(levels)}", pattern)
    return COUNTERS[signs[-1]], text
