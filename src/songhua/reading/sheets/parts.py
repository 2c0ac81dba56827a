"""Which part of a sheet is its table, where the sheet itself does not say it.

Of two tables one is read, a repeated row is skipped, and a column without a heading gets one or is
left out. Rows are identified by their first text without its numbers, so that the answers for a
workbook serve the next of its form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.numbers import Cell, read_number
from songhua.reading.sheets.words import key

_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)


@dataclass(frozen=True)
class Parts:
    """Answers about the parts of a sheet.

    Only the table `above` or `below` the row that begins with a text (`start`) is read, rows that
    begin with one of `skip` are skipped, and `headings` are given to columns without one; a blank
    heading leaves its column out.
    """

    above: str = ""
    below: str = ""
    skip: frozenset[str] = frozenset()
    headings: Mapping[int, str] = field(default_factory=dict)

    def of(self, grid: Grid) -> Grid:
        """A sheet without what is not of its table, and with the headings that it lacks.

        >>> cells = [["Jobs"], ["Place", 2020], ["East", 5], ["Place", 2021], ["East", 6]]
        >>> Parts(above=start("Place")).of(Grid(cells)).filled(3)
        []
        >>> Parts(below=start("Place")).of(Grid(cells)).filled(1)
        []
        """
        if self == Parts():
            return grid
        cells = [list(row) for row in grid.cells]
        out: set[int] = set()
        if self.above and (at := _first(grid, self.above)):
            out |= {*range(at, len(cells))}
        if self.below and (at := _first(grid, self.below)):
            out |= {*range(_title(grid, at))}
        if self.skip:
            begun = _first(grid, "")
            rows = range(begun, len(cells)) if begun else range(0)
            out |= {
                row for row in rows if _begins(grid, row) in self.skip and not _plain(grid, row)
            }
        for row in out:
            cells[row] = []
        for column, text in self.headings.items():
            for row in cells if not text else ():
                if column < len(row) and _number(row[column]):
                    row[column] = ""
        over = {column: text for column, text in self.headings.items() if text}
        return replace(grid, cells=cells, over=over)


def start(text: str) -> str:
    """The first text of a row as it is known again.

    >>> start("Table 2: 2021") == start("table 3: 2022")
    True
    """
    return re.sub(r"\d+", "#", key(text))


def _begins(grid: Grid, row: int) -> str:
    filled = grid.filled(row)
    return start(grid.text(row, filled[0])) if filled else ""


def _first(grid: Grid, text: str) -> int:
    """The first row below a row of figures that begins with a text, or any; 0 where none does."""
    begun = False
    for row in range(len(grid.cells)):
        if begun and (not text or _begins(grid, row) == text):
            return row
        begun = begun or _plain(grid, row)
    return 0


def _plain(grid: Grid, row: int) -> bool:
    """True for a row with a label, and beside it numbers that are not all years."""
    cells = [grid.cell(row, column) for column in grid.filled(row)]
    numbers = [cell for cell in cells[1:] if _number(cell)]
    years = [cell for cell in numbers if _YEAR.fullmatch(str(cell).strip().removesuffix(".0"))]
    return len(numbers) > len(years) and len(numbers) == len(cells) - 1


def _title(grid: Grid, at: int) -> int:
    """The first of the lines of one text that stand right above a row."""
    while at and len(grid.filled(at - 1)) <= 1:
        at -= 1
    return at


def _number(cell: Cell | None) -> bool:
    return cell not in (None, "") and not isinstance(cell, bool) and read_number(cell) is not None
