"""A document as plain blocks: one description of what is shown, whatever it is rendered as.

A block holds texts (`format.text`), cells and charts; a renderer decides how they look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from songhua.format.text import Cell, Text, plain


@dataclass(frozen=True)
class Heading:
    """A heading; level 0 is the title of the document."""

    level: int
    text: str
    id: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `kind` says whether it leads a part, stands below one, or says it is empty.

    One of `signs` is a note on the signs of ends, which a page needs once.
    """

    text: Text
    kind: Literal[
        "", "lede", "note", "signs", "empty", "plan", "purpose", "says", "sub", "tail", "more"
    ] = ""


@dataclass(frozen=True)
class Points:
    """Short statements, a line each; `kind` is a name for their look."""

    items: Sequence[Text]
    ordered: bool = False
    kind: str = ""


@dataclass(frozen=True)
class Table:
    """A table with a title; columns of `numeric` are set to the right, `note` stands below.

    `estimates` are the kinds of ends that occur, explained below the table. `ids` name the rows.
    `study` and `name` say which result it shows, where it shows one. `fold` puts it away until
    asked for.
    """

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    numeric: frozenset[int] = frozenset()
    note: str = ""
    estimates: Sequence[str] = ()
    ids: Sequence[str] = ()
    study: str = ""
    name: str = ""
    fold: Literal["", "open", "closed"] = ""
    kind: str = ""

    @property
    def texts(self) -> list[list[str]]:
        """The cells as plain texts."""
        return [[plain(cell.text) for cell in row] for row in self.rows]


@dataclass(frozen=True)
class Chart:
    """A chart as Vega-Lite specifies it, the rows that it shows within; nothing of it is drawn.

    `title` and `description` tell it to whoever does not see it, `id` is its own in a page.
    `narrow` is the same for a phone; without it the chart is narrowed where it is drawn. `signs`
    explains the signs in it that no legend has, with the gap of its language before it.
    """

    id: str
    title: str
    description: str
    spec: Mapping[str, Any]
    narrow: Mapping[str, Any] | None = None
    signs: str = ""


@dataclass(frozen=True)
class Figure:
    """A chart with a title and with what it says in words; JSON has the chart as SVG."""

    title: str
    chart: Chart | None
    says: str = ""

    @property
    def note(self) -> str:
        """The words below the chart: what it says, and its signs explained."""
        return (self.says + (self.chart.signs if self.chart else "")).strip()


@dataclass(frozen=True)
class Facts:
    """Names and values in pairs; `wide` ones take a line of their own."""

    pairs: Sequence[tuple[Text, Text]]
    wide: frozenset[int] = frozenset()
    kind: str = ""


@dataclass(frozen=True)
class Card:
    """A name with its size and the lines below it; a `blank` one has no size.

    The size of an `estimated` one was not published: it comes from a model. The name leads `to`
    the place with that id, where there is one.
    """

    name: str
    size: Text
    lines: Sequence[Text] = ()
    tail: Text = ""
    blank: bool = False
    estimated: bool = False
    to: str = ""


@dataclass(frozen=True)
class Cards:
    """A group of cards under a title; `chips` are set in one line each."""

    title: str
    cards: Sequence[Card]
    role: str = ""
    chips: bool = False


@dataclass(frozen=True)
class Fold:
    """Blocks that are put away under a summary until asked for."""

    summary: Text
    blocks: Sequence[Block]
    open: bool = False
    id: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Group:
    """Blocks that belong together side by side or one below the other, by `kind`.

    Where it is `listed`, its blocks are groups, the entries of a list.
    """

    blocks: Sequence[Block]
    kind: str = ""
    id: str = ""
    listed: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the document with a heading of its own, an id to link to, and its blocks.

    `chapter` names the part of the whole that it belongs to, where there is one.
    """

    id: str
    title: str
    blocks: Sequence[Block]
    chapter: str = ""


Block = Heading | Paragraph | Points | Table | Figure | Facts | Cards | Fold | Group | Section


@dataclass(frozen=True)
class Document:
    """A whole document: its title, what stands under it, its blocks in order, and an annex.

    The `annex` stands after the place where a document to send is signed. One that bears a `day`
    is a brief: set close, and its annex begins a page.
    """

    title: str
    blocks: Sequence[Block]
    head: Sequence[Block] = field(default_factory=tuple)
    annex: Sequence[Block] = field(default_factory=tuple)
    day: date | None = None

    @property
    def all(self) -> Sequence[Block]:
        """Head, blocks and annex."""
        return (*self.head, *self.blocks, *self.annex)


def walk(blocks: Sequence[Block]) -> Sequence[Block]:
    """All blocks in order, those inside others too.

    >>> [type(b).__name__ for b in walk([Section("a", "A", [Paragraph("x")])])]
    ['Section', 'Paragraph']
    """
    walked: list[Block] = []
    for block in blocks:
        walked.append(block)
        if isinstance(block, (Fold, Group, Section)):
            walked += walk(block.blocks)
    return walked
