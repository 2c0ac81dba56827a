"""A picture of a sheet: the role that each cell was taken for, also as lines of text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from songhua.reading.crosstabs.axes import LEFT
from songhua.reading.crosstabs.blocks import Block
from songhua.reading.crosstabs.book import BookReading
from songhua.reading.crosstabs.reading import Labels, SheetReading
from songhua.reading.crosstabs.vocabulary import corner
from songhua.reading.sheets.faults import letters
from songhua.reading.sheets.numbers import read_number
from songhua.reading.sheets.units import spoken_unit

#: The roles of a cell, each with its sign on a terminal; `open` waits for an answer.
SIGNS = {
    "blank": "", "title": "T", "heading": "H", "label": "L", "figure": "=", "note": "N",
    "open": "?", "left": "x",
}  # fmt: skip
ROWS, COLUMNS, WIDTH = 16, 8, 18
#: So much of a sheet is looked at.
MOST_ROWS, MOST_COLUMNS = 300, 60


@dataclass(frozen=True)
class PictureCell:
    """A cell: its text, its role (one of `SIGNS`), and the labels of a figure."""

    text: str
    role: str = "blank"
    labels: Labels | None = None


def seen_cells(
    book: BookReading, sheet: SheetReading, rows: int = MOST_ROWS, columns: int = MOST_COLUMNS
) -> dict[int, tuple[PictureCell, ...]]:
    """The cells of the filled rows of a sheet, by the number of the row; not all of a large one."""
    roles, grid = _Roles(sheet, bool(book.questions)), sheet.grid
    width = range(min(grid.width, columns))
    filled = islice((row for row in range(len(grid.cells)) if grid.filled(row)), rows)
    return {row + 1: tuple(roles.cell(row, column) for column in width) for row in filled}


def picture(book: BookReading, sheet: SheetReading) -> tuple[str, ...]:
    """The first rows and columns of a sheet, each cell behind the sign of its role.

    >>> from songhua.reading.crosstabs.book import read_book
    >>> from songhua.reading.crosstabs.questions import Answers
    >>> from songhua.reading.crosstabs.texts import Words
    >>> from songhua.reading.sheets.grid import Grid
    >>> from songhua.region import Region
    >>> cells = ["Unit: %"], ["City", "2020"], ["Bilbao", "12.5"], ["Vitoria", "…"], ["Getxo", "3"]
    >>> grid = Grid([*cells, ["Note: x"]])
    >>> book = read_book("a.csv", [grid], Words(Region.of("rivertown")), Answers(), {})
    >>> print(*picture(book, book.sheets[0]), sep="\\n")
       1  T Unit: %
       2  H City | H 2020
       3  L Bilbao | ? 12.5
       4  L Vitoria | x …
       5  L Getxo | ? 3
       6  N Note: x
    """
    lines: list[str] = []
    for row, cells in seen_cells(book, sheet, ROWS, COLUMNS).items():
        texts = [f"{SIGNS[cell.role]} {_short(cell.text)}".strip() for cell in cells]
        more = " …" if sheet.grid.width > COLUMNS else ""
        lines.append(f"{row:>4}  " + " | ".join(texts).rstrip(" |") + more)
    return (*lines, *(["      …"] if lines and len(sheet.grid.cells) > ROWS else []))


def _short(text: str) -> str:
    return " ".join(text.split())[:WIDTH]


@dataclass
class _Roles:
    """The roles of the cells of a sheet; where something is `asked`, numbers may be open."""

    sheet: SheetReading
    asked: bool
    figures: Mapping[tuple[int, int], Labels] = field(init=False)
    notes: frozenset[str] = field(init=False)
    passed: frozenset[str] = field(init=False)
    rows: dict[int, tuple[str, Block]] = field(init=False, default_factory=dict)
    left_axes: set[tuple[int, str, int]] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        sheet = self.sheet
        self.figures = {
            place: labels
            for at, (place, labels) in enumerate(
                zip(sheet.figures.places, sheet.figures.labels, strict=True)
            )
            if at not in sheet.dropped
        }
        self.notes = frozenset(remark.place for remark in sheet.remarks)
        self.passed = frozenset(
            first for (why, _), (_, first) in sheet.left.items() if why == "section"
        )
        for block in sheet.blocks:
            self.rows |= dict.fromkeys(block.body, ("body", block))
            self.rows |= dict.fromkeys(block.above, ("title", block))
            self.rows |= dict.fromkeys(block.heading, ("heading", block))
            self.rows |= dict.fromkeys(block.below, ("note", block))
            self.rows |= dict.fromkeys(block.numbered, ("left", block))
        for block, axes in zip(sheet.blocks, sheet.axes, strict=False):
            self.left_axes |= {(block.first, a.side, a.at) for a in axes if a.role == LEFT}

    def cell(self, row: int, column: int) -> PictureCell:
        """A cell with its role."""
        text = self.sheet.grid.text(row, column)
        if not text:
            return PictureCell("")
        if labels := self.figures.get((row, column)):
            return PictureCell(text, "figure", labels)
        return PictureCell(text, self.role(row, column, text))

    def role(self, row: int, column: int, text: str) -> str:
        """The role of a cell that is filled and no figure."""
        place = f"{letters(column)}{row + 1}"
        part, block = self.rows.get(row, ("left", None))
        if block is not None:  # of tables beside one another the one that holds the column
            beside = (b for b in self.sheet.blocks if b.body == block.body)
            block = next((b for b in beside if column in (*b.labels, *b.values)), block)
        if place in self.notes:
            return "note"
        if block is None or place in self.passed:
            return "left"
        if part not in ("heading", "body"):
            return part
        if column in block.labels:
            role = "label" if part == "body" else part
            return "left" if (block.first, "row", column) in self.left_axes else role
        if part == "heading":
            left = (block.first, "column", row) in self.left_axes and not corner(text)
            return "left" if left else part
        return self.value(row, column, block) if column in block.values else "left"

    def value(self, row: int, column: int, block: Block) -> str:
        """The role of a cell in a column of figures that became none."""
        cell = self.sheet.grid.cell(row, column)
        number = read_number(cell) if isinstance(cell, str) else None
        if number is not None and number.blank is not None:
            return "left"
        if isinstance(cell, str) and number is None and self.is_units(row, block):
            return "label"
        return "open" if self.asked else "left"

    def is_units(self, row: int, block: Block) -> bool:
        """True for a row of units between the rows of figures."""
        texts = filter(None, (self.sheet.grid.text(row, column) for column in block.values))
        return all(map(spoken_unit, texts))
