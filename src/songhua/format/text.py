"""Text as plain parts: strings, links, marks, small print, code and line breaks.

A renderer decides how they look; `plain` gives them without looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from songhua import messages


@dataclass(frozen=True)
class Link:
    """A text that leads to a place of the document, or to an address.

    `to` is the id of a block (`obs-…`, `src-…`, `claim-…`), or an address with its scheme.
    """

    text: Text
    to: str


@dataclass(frozen=True)
class Mark:
    """A word of a closed list as a badge; its sign tells it without colour.

    `kind` is what the list is of: grade, doubt, verdict, class, state or estimate. A `bare` one
    shows the sign alone and tells the word to those who ask.
    """

    kind: Literal["grade", "doubt", "verdict", "class", "state", "estimate"]
    value: str
    text: str
    sign: str = ""
    bare: bool = False


@dataclass(frozen=True)
class Small:
    """Small print beside a text; `ends` are the ends of a number."""

    text: Text
    ends: bool = False


@dataclass(frozen=True)
class Strong:
    """A text that stands out."""

    text: Text


@dataclass(frozen=True)
class Code:
    """A name, a formula or a command as it is typed."""

    text: str


@dataclass(frozen=True)
class Break:
    """A new line within a text."""


@dataclass(frozen=True)
class Foreign:
    """A text in another language than the document's, by its tag."""

    text: str
    lang: str

    @classmethod
    def of(cls, text: str) -> Foreign:
        """A text under the tag of the language whose script it is in.

        >>> Foreign.of("公报").lang, Foreign.of("bulletin").lang
        ('zh-Hans', 'en')
        """
        return cls(text, messages.language(messages.language_of(text)).tag)


@dataclass(frozen=True)
class Trend:
    """Numbers of years as a small line, None for a year without; `says` tells it in words."""

    values: tuple[float | None, ...]
    says: str


#: The heights of a trend in a text.
_HEIGHTS = "▁▂▃▄▅▆▇█"

Part = str | Link | Mark | Small | Strong | Code | Break | Foreign | Trend
Text = str | tuple[Part, ...]


def parts(text: Text) -> tuple[Part, ...]:
    """A text as its parts.

    >>> parts("a"), parts(("a", Break()))
    (('a',), ('a', Break()))
    """
    return (text,) if isinstance(text, str) else text


def joined(texts: Sequence[Text], between: Part = " ") -> Text:
    """Several texts as one, with something between them.

    >>> joined(["a", ("b", Break())], ", ")
    ('a', ', ', 'b', Break())
    """
    pieces: list[Part] = []
    for text in texts:
        if pieces:
            pieces.append(between)
        pieces += parts(text)
    return tuple(pieces)


def enclosed(text: Text) -> Text:
    """A text in the brackets of its language.

    >>> plain(enclosed("5 to 6")), plain(enclosed("5至6"))
    ('(5 to 6)', '（5至6）')
    """
    brackets = messages.language(messages.language_of(plain(text))).brackets.strip()
    before, _, after = brackets.partition("{text}")
    return (before, *parts(text), after)


def plain(text: Text) -> str:
    """A text without looks, for a terminal or a document that has none.

    >>> plain(("more than ", Small("5 to 6", ends=True), Break(), Link("here", "x")))
    'more than (5 to 6)\\nhere'
    """
    pieces = []
    for part in parts(text):
        match part:
            case str():
                pieces.append(part)
            case Break():
                pieces.append("\n")
            case Small(inner, True):
                pieces.append(plain(enclosed(inner)))
            case Mark(text=word, sign=sign, bare=bare):
                pieces.append(sign if bare else word)
            case Trend(values=values):
                pieces.append(bars(values))
            case Link() | Small() | Strong() | Code() | Foreign():
                pieces.append(plain(part.text))
    return "".join(pieces)


def bars(values: Sequence[float | None]) -> str:
    """Numbers as bars of eight heights, from the least to the most; a dot for none.

    >>> bars((1.0, 2.0, 8.0)), bars((3.0, None, 3.0))
    ('▁▂█', '▁·▁')
    """
    known = [value for value in values if value is not None]
    least, most = min(known, default=0.0), max(known, default=0.0)
    steps = (len(_HEIGHTS) - 1) / (most - least) if most > least else 0.0
    return "".join(
        "·" if value is None else _HEIGHTS[round((value - least) * steps)] for value in values
    )


def marks(text: Text) -> list[Mark]:
    """The marks of a text, those in small print or in a link too.

    >>> marks(("5 ", Small(("4 to 6", Mark("estimate", "bound", "bounds")))))[0].text
    'bounds'
    """
    gathered: list[Mark] = []
    for part in parts(text):
        if isinstance(part, Mark):
            gathered.append(part)
        elif isinstance(part, (Link, Small, Strong)):
            gathered += marks(part.text)
    return gathered


@dataclass(frozen=True)
class Cell:
    """A cell: its text, and what stands behind it for renderers that keep numbers as numbers.

    `value` is the number, or the name of what the text says in words (a label, a period, a word
    of a closed list). A number is in `unit`, and so are its ends `low` and `high`, whose kind is
    `estimate`; a share is from 0 to 1 and has no unit, and an end that is open is infinite.
    """

    text: Text
    value: float | int | str | bool | None = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    estimate: str = ""
