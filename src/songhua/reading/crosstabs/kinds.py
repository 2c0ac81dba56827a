"""Kinds of cells: number, year, mark, text, day or blank; and of rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.numbers import PLAIN, Cell, cell_text, read_number

BLANK, FIGURE, YEAR, MARK, TEXT, DAY = " ", "9", "y", "-", "t", "d"
#: Kinds of cells that may stand in a column of figures.
NUMBERS = frozenset({FIGURE, YEAR, MARK})
_MONTH = re.compile(r"((?:19|20)\d\d)\.(0[1-9]|1[0-2])", re.ASCII)
_YEAR = re.compile(r"1[89]\d\d|20\d\d|2100", re.ASCII)


@dataclass
class Kinds:
    """Kind of each cell of a sheet.

    >>> Kinds(Grid([["City", 2020.0], ["Bilbao", "5.2"], ["Vitoria", "…"]])).rows
    ['ty', 't9', 't-']
    """

    grid: Grid
    comma: bool = False
    rows: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Look at each cell once, and at each different text once."""
        by_text: dict[str, str] = {}
        for line in self.grid.cells:
            self.rows.append("".join([self._kind(cell, by_text) for cell in line]))
        for row, line in enumerate(self.rows):
            if line.count(FIGURE) > 1 and TEXT in line and self.months(row):
                self.rows[row] = line.replace(FIGURE, DAY)

    def _kind(self, cell: Cell | None, by_text: dict[str, str]) -> str:
        if isinstance(cell, str):
            kind = by_text.get(cell)
            if kind is None:
                kind = by_text[cell] = _text_kind(cell, self.comma)
            return kind
        if isinstance(cell, float):
            return YEAR if 1800 <= cell <= 2100 and cell.is_integer() else FIGURE
        if cell is None:
            return BLANK
        if isinstance(cell, date):
            return DAY
        if isinstance(cell, bool):
            return TEXT
        return YEAR if _YEAR.fullmatch(cell_text(cell)) else FIGURE

    def months(self, row: int) -> bool:
        """True for a row of months that follow one another, printed as `2023.01`."""
        line = self.rows[row]
        texts = [self.grid.text(row, c) for c, kind in enumerate(line) if kind == FIGURE]
        matches = [_MONTH.fullmatch(text) for text in texts]
        months = [12 * int(match[1]) + int(match[2]) for match in matches if match]
        steps = {after - before for before, after in pairwise(months)}
        return len(months) == len(texts) and steps in ({1}, {-1})

    def at(self, row: int, column: int) -> str:
        """The kind of a cell; blank outside the sheet."""
        line = self.rows[row] if 0 <= row < len(self.rows) else ""
        return line[column] if column < len(line) else BLANK

    def count(self, row: int) -> Counter[str]:
        """The number of cells of each kind in a row."""
        return Counter(self.rows[row])

    def numbering(self, row: int) -> bool:
        """True for a row that numbers the columns: `甲 1 2 3`."""
        line = self.rows[row]
        if line.count(FIGURE) < 2 or YEAR in line:
            return False
        numbers = [self.grid.text(row, c) for c, kind in enumerate(line) if kind == FIGURE]
        start = int(numbers[0]) if numbers[0].isdigit() and len(numbers[0]) < 2 else -1
        return start in (0, 1, 2) and numbers == [str(start + n) for n in range(len(numbers))]


def _text_kind(text: str, comma: bool) -> str:
    if not text.strip():
        return BLANK
    if PLAIN.fullmatch(text):
        return YEAR if _YEAR.fullmatch(text) else FIGURE
    number = read_number(text, comma=comma)
    if number is None or (number.unit and not number.value):
        return TEXT
    if number.blank is not None:
        return MARK
    return YEAR if _YEAR.fullmatch(number.value) else FIGURE
