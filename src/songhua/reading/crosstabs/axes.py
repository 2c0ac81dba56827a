"""Columns of labels and rows of the heading: the role of each, and the sense of its texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from songhua.reading.crosstabs.blocks import Block
from songhua.reading.crosstabs.printed_units import printed_unit
from songhua.reading.crosstabs.texts import TextSense, Words
from songhua.reading.crosstabs.unit_axes import power_sense, unit_sense
from songhua.reading.crosstabs.vocabulary import corner, is_aside
from songhua.reading.sheets.faults import letters
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.words import key

#: Roles that a column of labels or a row of the heading may have. A `part` is a part of the names
#: of the indicators; what is `left` says nothing of the figures.
INDICATOR, REGION, INDUSTRY, PERIOD, UNIT = "indicator", "region", "industry", "period", "unit"
STATUS, FREQUENCY, NOTE, SOURCE, PART, LEFT = (
    "status",
    "frequency",
    "note",
    "source",
    "part",
    "left",
)
QUARTER, MONTH, MULTIPLIER = "quarter", "month", "multiplier"
CATALOGUED = (INDICATOR, REGION, INDUSTRY)
#: The numbers of footnotes behind a label, and how many of the labels have such.
_NOTED = re.compile(r"(?<=[^\W\d])(?: \d{1,2})+$")
_MANY = 0.8
#: Between the pieces of a heading that is a path.
PATH = "!!"
_FLAG = re.compile("[a-z]{1,3}")


@dataclass
class Axis:
    """A column of labels (`row`: it speaks of rows) or a row of the heading (`column`).

    `at` is its column, or its row, counted from 0; `caption` the word that stands over or before
    it; `first` the cell of each of its different texts. `share` is how many of them are known
    under its role, `guess` the role under which any of them is known, and `sure` whether its role
    stands in the sheet or in an answer.
    """

    side: str
    at: int
    caption: str
    first: Mapping[str, str]
    role: str = ""
    share: float = 0.0
    guess: str = ""
    numbered: bool | None = None
    sure: bool = False
    senses: dict[str, TextSense] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The key of an axis in the answers that are remembered: its side and its caption."""
        return f"{self.side} {key(self.caption) or self.at}"

    @property
    def place(self) -> str:
        """The letter of its column, or the number of its row."""
        return letters(self.at) if self.side == "row" else str(self.at + 1)

    def read(self, words: Words, role: str, year: str = "") -> None:
        """Read all texts of the axis under a role."""
        self.role = role
        spoken = role if role in (*CATALOGUED, PERIOD) else INDICATOR if role == PART else ""
        self.senses = {text: words.sense(self.bare(text), spoken, year) for text in self.first}
        if role == UNIT:
            self.senses = {text: unit_sense(text, sense) for text, sense in self.senses.items()}
        elif role == MULTIPLIER:
            self.senses = {text: power_sense(text) for text in self.first}
        self.share = self.known(role) / len(self.senses) if self.senses else 0.0

    def bare(self, text: str) -> str:
        """A text without the numbers of its footnotes, where nearly all texts have such."""
        if self.numbered is None:
            many = sum(_NOTED.search(text) is not None for text in self.first)
            self.numbered = len(self.first) > 3 and many >= _MANY * len(self.first)
        return _NOTED.sub("", text) if self.numbered else text

    def known(self, role: str) -> int:
        """The number of texts that are understood and name something of the role."""
        senses = self.senses.values()
        return sum(sense.clear and sense.sets.get(role, "all") != "all" for sense in senses)


def is_flags(axis: Axis, block: Block) -> bool:
    """True for a column without a heading that holds the flags of the figures at its left."""
    flags = all(_FLAG.fullmatch(text) for text in axis.first)
    return flags and axis.at - 1 in block.values and not axis.caption and bool(axis.first)


def odd_units(axis: Axis) -> int:
    """The number of words on an axis of units that are no units."""
    senses = axis.senses.values() if axis.role == UNIT else ()
    return sum(not sense.units and not sense.base for sense in senses)


def label_axes(grid: Grid, block: Block) -> list[Axis]:
    """The columns of labels, with the word in the heading over each."""
    axes: list[Axis] = []
    for column in block.labels:
        captions = [grid.area_text(r, column) for r in block.heading if r >= 0]
        caption = next((t for t in reversed(captions) if t and corner(t)), "")
        caption = caption or next((t for t in reversed(captions) if t), "")
        first: dict[str, str] = {}
        for row in block.body:
            text = grid.area_text(row, column)
            if text and text not in first:
                first[text] = f"{letters(column)}{row + 1}"
        axes.append(Axis("row", column, caption, first))
    return axes


def heading_axes(grid: Grid, block: Block) -> tuple[list[Axis], dict[int, list[str]]]:
    """The rows of the heading, and by column the texts over the figures, from top to bottom."""
    over = {column: _over(grid, block, column) for column in block.values}
    rows = _in_pieces(over, block.heading)
    over = {c: texts for c, texts in over.items() if not any(map(is_aside, texts))} or over
    axes: list[Axis] = []
    for level, row in enumerate(rows):
        before = [c for c in block.labels if c < block.values[0]] or block.labels
        captions = [text for c in before if (text := grid.text(row, c))]
        first: dict[str, str] = {}
        for column in over:
            text = over[column][level]
            if text and text not in first:
                first[text] = f"{letters(column)}{row + 1}"
        if first and all(printed_unit(text, frozenset()) for text in first):
            _spread(over, level)
        caption = captions[-1] if captions else ""
        again = rows.index(row) < level
        axes.append(Axis("column", row, f"{PATH}{level}" if again else caption, first))
    return axes, over


def _in_pieces(over: Mapping[int, list[str]], heading: Sequence[int]) -> list[int]:
    """The row of each level of the heading; a row of paths such as Ohio!!Estimate is several."""
    rows: list[int] = []
    for row in heading:
        level = len(rows)
        pieces = [texts[level].split(PATH) for texts in over.values() if texts[level]]
        sizes = {len(parts) for parts in pieces}
        size = sizes.pop() if len(sizes) == 1 else 1
        rows += [row] * size
        for texts in over.values() if size > 1 else ():
            texts[level : level + 1] = texts[level].split(PATH) if texts[level] else [""] * size
    return rows


def _spread(over: Mapping[int, list[str]], level: int) -> None:
    """Let a unit that stands over the first of several columns hold for those at its right."""
    current = ""
    for texts in over.values():
        current = texts[level] or current
        texts[level] = current


def _over(grid: Grid, block: Block, column: int) -> list[str]:
    """Texts of the heading over a column; each once, where it stands lowest for the column.

    In a merged area it is the area's text. Where nothing is merged, a blank of an upper level
    belongs to the text at its left, if that is no label's.
    """
    texts: list[str] = []
    labels = set(block.labels)
    for level, row in enumerate(block.heading):
        text = grid.area_text(row, column)
        below = any(grid.area_text(lower, column) for lower in block.heading[level + 1 :])
        if not text and below and not grid.row_areas(row):
            left = grid.left_of(row, column)
            between = any(left <= label < column for label in labels)
            text = grid.text(row, left) if left >= 0 and not between else ""
        if text in texts:
            texts[texts.index(text)] = ""
        texts.append(text)
    return texts


def period_of(period: str, frequency: str) -> str:
    """The quarter or year in which a day or month lies, where figures come so often.

    >>> period_of("2018-06", "quarter"), period_of("2018-12-31", "year"), period_of("2018", "year")
    ('2018-Q2', '2018', '2018')
    """
    match = re.fullmatch(r"(\d{4})-(\d{2})(?:-\d{2})?", period)
    if match is None:
        return period
    if frequency == "month":
        return period[:7]
    quarter = f"{match[1]}-Q{(int(match[2]) + 2) // 3}"
    return {"quarter": quarter, "year": match[1]}.get(frequency, period)
