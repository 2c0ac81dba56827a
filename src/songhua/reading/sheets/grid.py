"""A sheet as a grid of cells, with the areas that are merged in it."""

from __future__ import annotations

import csv
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from songhua.reading import limits
from songhua.reading.sheets.faults import Faults, letters
from songhua.reading.sheets.formats import Format
from songhua.reading.sheets.looks import ERROR, FORMULA, RAISED, Sign, Signs, printed_number
from songhua.reading.sheets.numbers import Cell, Number, cell_text, read_number
from songhua.reading.sheets.text import Text, split_keys
from songhua.reading.table_fault_kinds import ImportTooLarge, ImportUnreadable


@dataclass(frozen=True)
class Area:
    """A merged area: its first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Grid:
    """Cells by row and column, counted from 0; a blank cell is an empty text.

    `marks` has a number for each cell: the place of its look in `formats` and `looks` (0 for none),
    and the bits `FORMULA` and `ERROR`. `own` are signs of single cells; `signs` has all of a cell.
    `over` are headings of columns that have none in the sheet; where it has no heading at all they
    are the row -1. `title` is what the file says of the table beside its cells.
    """

    cells: Sequence[Sequence[Cell | None]]
    sheet: str = ""
    merged: tuple[Area, ...] = ()
    other_sheets: tuple[str, ...] = ()
    formats: Sequence[Format | None] = (None,)
    marks: Sequence[Sequence[int]] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    over: Mapping[int, str] = field(default_factory=dict)
    title: str = ""
    looks: Sequence[Sign] = (Sign(),)
    own: Mapping[tuple[int, int], Sign] = field(default_factory=dict)
    width: int = field(init=False)
    _filled: dict[int, list[int]] = field(init=False, default_factory=dict)
    _areas: dict[int, list[Area]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Measure the widest row, and note which merged areas each row runs through."""
        self.width = max(map(len, self.cells), default=0)
        for area in self.merged:
            for row in range(area.top, min(area.bottom + 1, len(self.cells))):
                self._areas.setdefault(row, []).append(area)
        for areas in self._areas.values():
            areas.sort(key=lambda area: area.left)

    @cached_property
    def signs(self) -> Signs:
        """Signs beside the text of cells, by row and column; only of cells that have some.

        >>> grid = Grid([["110.2"]], own={(0, 0): Sign(superscript="1")})
        >>> grid.signs[0, 0].superscript, grid.number(0, 0, None, False).marks
        ('1', '¹')
        """
        return Signs(self.own, self.looks, self.marks)

    def overlapping(self) -> bool:
        """True where two merged areas share a cell."""
        return any(
            area.right >= following.left
            for areas in self._areas.values()
            for area, following in pairwise(areas)
        )

    def mark(self, row: int, column: int) -> int:
        """The mark of a cell; 0 outside the grid."""
        line = self.marks[row] if row < len(self.marks) else ()
        return line[column] if column < len(line) else 0

    def not_typed(self) -> dict[tuple[int, int], str]:
        """The cells that hold a `formula` or an `error`, by row and column."""
        return {
            (row, column): "formula" if mark & FORMULA else "error"
            for row, line in enumerate(self.marks)
            for column, mark in enumerate(line)
            if mark >= ERROR
        }

    def cell(self, row: int, column: int) -> Cell:
        """A cell as it is; blank outside the grid."""
        if row < 0:
            return self.over.get(column, "")
        line = self.cells[row] if row < len(self.cells) else []
        value = line[column] if column < len(line) else ""
        return "" if value is None else value

    def text(self, row: int, column: int) -> str:
        """A cell as text."""
        return cell_text(self.cell(row, column))

    def row_areas(self, row: int) -> list[Area]:
        """The merged areas that a row runs through."""
        return self._areas.get(row, [])

    def area_text(self, row: int, column: int) -> str:
        """The text that a reader sees in a cell: in a merged area, the area's text."""
        text = self.text(row, column)
        if not text:
            areas = self.row_areas(row)
            at = bisect_right(areas, column, key=lambda area: area.left) - 1
            if at >= 0 and column <= areas[at].right:
                return self.text(areas[at].top, areas[at].left)
        return text

    def number(self, row: int, column: int, decimals: int | None, comma: bool) -> Number | None:
        """A cell as a number as the sheet shows it; `decimals` goes before the cell's format."""
        cell = self.cell(row, column)
        form = self.format(row, column)
        if form is None or isinstance(cell, str | bool):
            number = read_number(cell, comma=comma, decimals=decimals)
        else:
            number = printed_number(cell, form, decimals)
        sign = self.own.get((row, column))
        if number is not None and sign is not None and sign.superscript:
            return replace(number, marks=number.marks + sign.superscript.translate(RAISED))
        return number

    def format(self, row: int, column: int) -> Format | None:
        """The number format of a cell, where it fixes how a number is shown.

        >>> Grid([["gdp", 5.25]], formats=(None, Format(1)), marks=[[0, 1]]).format(0, 1).decimals
        1
        """
        return self.formats[self.mark(row, column) & (ERROR - 1)]

    def filled(self, row: int) -> list[int]:
        """The columns of a row that hold something."""
        if row < 0:
            return sorted(self.over)
        line = self.cells[row]
        return [c for c, value in enumerate(line) if value is not None and cell_text(value)]

    def left_of(self, row: int, column: int) -> int:
        """The nearest column to the left that holds something; -1 where none does."""
        if row not in self._filled:
            self._filled[row] = self.filled(row)
        at = bisect_left(self._filled[row], column) - 1
        return self._filled[row][at] if at >= 0 else -1

    def place(self, row: int, column: int) -> str:
        """`Sheet1!C7`, or `C7` where there is only one sheet."""
        cell = f"{letters(column)}{row + 1}"
        return f"{self.sheet}!{cell}" if self.sheet else cell


def read_csv_grid(text: Text, faults: Faults) -> Grid | None:
    """A text with delimiters as a grid."""
    cells: list[list[str]] = []
    width = 0
    try:
        for record in text.records():
            cells.append(record)
            width = max(width, len(record))
            if width > limits.COLUMNS or len(cells) * width > limits.CELLS:
                faults.add(ImportTooLarge(text="CSV"))
                return None
    except csv.Error as error:
        faults.add(ImportUnreadable(text=str(error)))
        return None
    return Grid(split_keys(cells) if text.delimiter == "\t" else cells)
