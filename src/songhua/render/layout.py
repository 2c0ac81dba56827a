"""The measures of a printed page that documents share, in centimetres."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from songhua.document.blocks import Block, Heading, Section, Table, walk
from songhua.format.text import Link, Part, Small, Strong, Text, Trend, parts, plain
from songhua.messages import width

LEAST = 9  # characters that a column has room for
USUAL = 12  # characters of a longer text that a column has room for
LONGEST = 24  # characters of a word that are kept on one line
LETTER, PADDING = (
    0.0183,
    0.35,
)  # a letter of a table for each point of its size, and the room beside
AREA = 85.0  # of a chart, in square centimetres
SMALLEST = 6.5  # points of a table's letters


def widths(block: Table, room: float, size: float) -> tuple[list[float], float]:
    """Column widths by how much text stands in them, and the size of letters that fits.

    No column is narrower than its longest word; where they have no room, letters get smaller.

    >>> from songhua.document.tables import grid
    >>> [round(w, 1) for w in widths(grid("t", ("a", "b"), (("x" * 30, "1"),)), 16, 9)[0]]
    [12.3, 3.7]
    >>> wide, size = widths(grid("t", ("a", "b"), (("x" * 20, "y" * 20),)), 5, 9)
    >>> round(sum(wide), 1), size < 9
    (5.0, True)
    """
    texts = block.texts
    needs, longest = [], []
    for at, head in enumerate(block.headings):
        lengths = sorted(width(row[at]) for row in texts) or [0]
        usual = lengths[len(lengths) * 3 // 4]
        needs.append(min(max(min(width(head), 16), usual, LEAST), 60))
        cells = (head, *(row[at] for row in texts))
        most = max(width(word) for text in cells for word in _words(text))
        longest.append(min(max(most, min(usual, USUAL)), LONGEST))
    free = room - PADDING * len(longest)
    fits = min(size, max(SMALLEST, free / (LETTER * sum(longest))))
    least = [letters * LETTER * fits + PADDING for letters in longest]
    scale = min(1.0, room / sum(least))
    least = [floor * scale for floor in least]
    spare = max(0.0, room - sum(least))
    over = [max(0.0, room * n / sum(needs) - floor) for n, floor in zip(needs, least, strict=True)]
    total = sum(over) or 1.0
    shares = over if sum(over) else [1.0 / len(over)] * len(over)
    return [floor + spare * more / total for floor, more in zip(least, shares, strict=True)], fits


def chart_width(room: float, ratio: float) -> float:
    """The width of a chart by its height over its width: all charts take about the same room.

    >>> chart_width(16.0, 0.3), round(chart_width(16.0, 0.85), 1)
    (16.0, 10.0)
    """
    return min(room, (AREA / ratio) ** 0.5)


def _words(text: str) -> list[str]:
    """Unbreakable pieces: words, single wide letters, and numbers with these, such as a day."""
    number = r"(?:\d[\d.,]*[\u2e80-\uffef])+"
    return re.findall(rf"{number}|[^\s\u2e80-\uffef/–·-]+[/–·-]?|[\u2e80-\uffef]", text) or [""]


def places(blocks: Sequence[Block]) -> set[str]:
    """The places of a document that something may lead to: sections, headings and rows."""
    reachable: set[str] = set()
    for block in walk(blocks):
        if isinstance(block, Table):
            reachable.update(block.ids)
        elif isinstance(block, (Section, Heading)) and block.id:
            reachable.add(block.id)
    return reachable


def targets(blocks: Sequence[Block]) -> dict[str, str]:
    """The places that something does lead to, each with a short name for a bookmark.

    >>> from songhua.document.blocks import Paragraph
    >>> from songhua.document.tables import grid
    >>> from dataclasses import replace
    >>> rows = replace(grid("t", ["a"], [["x"], ["y"]]), ids=["obs-x", "obs-y"])
    >>> targets([Paragraph((Link("[1]", "obs-x"), Link("[9]", "obs-z"))), rows])
    {'obs-x': 'place1'}
    """
    existing = places(blocks)
    led = dict.fromkeys(to for text in texts(blocks) for to in leads(text) if to in existing)
    return {place: f"place{at}" for at, place in enumerate(led, 1)}


def texts(blocks: Sequence[Block]) -> Iterator[Text]:
    """All texts of blocks that may hold links."""
    for block in walk(blocks):
        for name in ("text", "summary"):
            if hasattr(block, name):
                yield getattr(block, name)
        yield from getattr(block, "items", ())
        for pair in getattr(block, "pairs", ()):
            yield from pair
        for row in getattr(block, "rows", ()):
            yield from (cell.text for cell in row)
        for card in getattr(block, "cards", ()):
            yield from (card.size, *card.lines, card.tail)


def leads(text: Text) -> list[str]:
    """Where the links of a text lead, those in small print too.

    >>> leads(("see ", Small((Link("[1]", "obs-x"),))))
    ['obs-x']
    """
    addresses: list[str] = []
    for part in parts(text):
        if isinstance(part, Link):
            addresses.append(part.to)
        if isinstance(part, (Link, Small, Strong)):
            addresses += leads(part.text)
    return addresses


def external(to: str) -> bool:
    """True for a link that leads out of the document."""
    return to.startswith(("http://", "https://"))


def drawn(part: Part) -> str:
    """A part of a text that is shown as plain text in a document; a trend has no letters there."""
    return "" if isinstance(part, Trend) else plain((part,))
