"""A document as a plain list of blocks: one description, whatever it is written as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Heading:
    """A heading; level 0 is the title of the document."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text."""

    text: str


@dataclass(frozen=True)
class Points:
    """Short statements, a line each."""

    items: Sequence[str]


@dataclass(frozen=True)
class Grid:
    """A table with a title; columns of `numeric` are set to the right, `note` stands below."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart as SVG, with a title and with what it says in words."""

    title: str
    svg: Markup
    says: str = ""


Block = Heading | Paragraph | Points | Grid | Chart
KINDS = {Heading: "heading", Paragraph: "paragraph", Points: "points", Grid: "grid", Chart: "chart"}


def numbered(blocks: Sequence[Block]) -> list[tuple[str, Block, int]]:
    """The blocks with their kind, and the number of each table and each chart.

    >>> blocks = [Heading(0, "T"), Grid("a", (), ()), Chart("c", Markup("")), Grid("b", (), ())]
    >>> [(kind, n) for kind, _, n in numbered(blocks)]
    [('heading', 0), ('grid', 1), ('chart', 1), ('grid', 2)]
    """
    counts = {Grid: 0, Chart: 0}
    found = []
    for block in blocks:
        kind = type(block)
        if kind in counts:
            counts[kind] += 1
        found.append((KINDS[kind], block, counts.get(kind, 0)))
    return found
