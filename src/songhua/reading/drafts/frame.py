"""The frame of a cross table: which rows are title, heading and body, which columns hold labels.

Nothing is named here: a frame is found from where texts and numbers stand.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from songhua.reading.crosstabs.vocabulary import corner, vocabulary
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.numbers import PLAIN, Cell, cell_text, read_number
from songhua.reading.sheets.units import unit_line
from songhua.reading.sheets.words import is_note, key

#: A frame is found from the first rows; a table may be longer.
LOOKED_AT = 3000
_YEAR = re.compile(r"19\d\d|20\d\d|2100", re.ASCII)
BLANK, FIGURE, YEAR, MARK, TEXT, DAY = " ", "9", "y", "-", "t", "d"


@dataclass(frozen=True)
class Frame:
    """Rows and columns of a table, counted from 0.

    `labels` are the columns beside the figures that hold texts, `values` those of the figures,
    `others` the remaining ones that hold something.
    """

    heading: tuple[int, ...]
    first: int
    last: int
    labels: tuple[int, ...]
    values: tuple[int, ...]
    others: tuple[int, ...]
    above: tuple[int, ...]
    numbered: tuple[int, ...] = ()


@dataclass
class Kinds:
    """Kind of each cell: blank, figure, year, mark, text or day."""

    grid: Grid
    comma: bool = False
    rows: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Look at each cell once."""
        by_text: dict[str, str] = {}
        for line in self.grid.cells[:LOOKED_AT]:
            self.rows.append([self._kind(cell, by_text) for cell in line])

    def _kind(self, cell: Cell | None, by_text: dict[str, str]) -> str:
        if cell is None or cell == "":
            return BLANK
        if isinstance(cell, date):
            return DAY
        if isinstance(cell, str):
            if cell not in by_text:
                by_text[cell] = _text_kind(cell, self.comma)
            return by_text[cell]
        if isinstance(cell, bool):
            return TEXT
        return YEAR if cell_text(cell).isdigit() and 1900 <= float(cell) <= 2100 else FIGURE  # type: ignore[arg-type]

    def at(self, row: int, column: int) -> str:
        """The kind of a cell; blank outside the grid."""
        line = self.rows[row] if row < len(self.rows) else []
        return line[column] if column < len(line) else BLANK


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


def find_frame(kinds: Kinds) -> Frame | None:
    """The frame of the table of a sheet; None where there is none."""
    grid = kinds.grid
    rough = _columns(kinds, 0)
    first = next((r for r in range(len(kinds.rows)) if _is_body(kinds, r, rough)), None)
    if first is None:
        return None
    heading, numbered = _heading(kinds, first, min(rough, default=0))
    below = [r for r in range(first, len(kinds.rows)) if _figures(kinds, r, rough)]
    last = below[-1] if len(grid.cells) <= LOOKED_AT else len(grid.cells) - 1
    values, labels, beside = [], [], []
    for column in range(grid.width):
        role = next((c for r in heading if (c := corner(grid.text(r, column)))), "")
        counts = Counter(kinds.at(r, column) for r in range(first, min(last + 1, len(kinds.rows))))
        numbers = counts[FIGURE] + counts[YEAR] + counts[MARK]
        if not sum(counts.values()) - counts[BLANK]:
            continue
        if role in {"ignored", "note"}:
            beside.append(column)
        elif role and role != "value":
            labels.append(column)
        elif (counts[FIGURE] or column in rough) and numbers >= counts[TEXT] + counts[DAY]:
            values.append(column)
        elif _years(kinds, column, first, last) or not values:
            labels.append(column)
        else:
            beside.append(column)
    if not values:
        return None
    if not heading and grid.over:
        heading = [-1]
    top = first if heading == [-1] or not heading else heading[0]
    above = tuple(r for r in range(top) if grid.filled(r))
    return Frame(
        tuple(heading), first, last, tuple(labels), tuple(values), tuple(beside), above, numbered
    )


def _years(kinds: Kinds, column: int, first: int, last: int) -> bool:
    """True for a column of years only, or of days only."""
    rows = range(first, min(last + 1, len(kinds.rows)))
    return {kinds.at(row, column) for row in rows} - {BLANK} in ({YEAR}, {DAY})


def _columns(kinds: Kinds, first: int) -> set[int]:
    """The columns in which more cells are numbers than texts."""
    counts = [Counter[str]() for _ in range(kinds.grid.width)]
    for row in kinds.rows[first:]:
        for column, kind in enumerate(row):
            counts[column][kind] += 1
    numeric: set[int] = set()
    for column, count in enumerate(counts):
        numbers = count[FIGURE] + count[YEAR] + count[MARK]
        if count[FIGURE] and numbers * 2 >= count[TEXT] + count[DAY]:
            numeric.add(column)
    return numeric


def _figures(kinds: Kinds, row: int, columns: set[int]) -> int:
    return sum(kinds.at(row, column) in (FIGURE, YEAR, MARK) for column in columns)


def _is_body(kinds: Kinds, row: int, columns: set[int]) -> bool:
    """True for a row with a label and figures that are not only years or the numbers 1, 2, 3 …."""
    grid = kinds.grid
    filled = grid.filled(row)
    if not filled or is_note(grid.text(row, filled[0])) or _is_line(grid, row):
        return False
    cell_kinds = [(c, kinds.at(row, c)) for c in filled]
    figures = [c for c, kind in cell_kinds if kind == FIGURE and c in columns]
    if not figures or len(filled) < 2 or _numbering(kinds, row):
        return False
    texts = [c for c, kind in cell_kinds if kind == TEXT and c in columns]
    return len(texts) <= len(figures)


def _numbering(kinds: Kinds, row: int) -> bool:
    """True for a row that numbers the columns: `甲 1 2 3`."""
    numbers = [
        kinds.grid.text(row, c) for c in kinds.grid.filled(row) if kinds.at(row, c) == FIGURE
    ]
    start = int(numbers[0]) if numbers and numbers[0].isdigit() else -1
    wanted = [str(n) for n in range(start, start + len(numbers))]
    return len(numbers) > 1 and start in (0, 1, 2) and numbers == wanted


def _is_line(grid: Grid, row: int) -> bool:
    """True for a row that only tells of the table: `Series ID | A84423`, `Unit | 000`."""
    first = key(grid.text(row, grid.filled(row)[0]))
    if corner(first) == "unit":
        return True
    return any(first.startswith(key(word)) for word in vocabulary().ignored_lines)


def _heading(kinds: Kinds, first: int, edge: int) -> tuple[list[int], tuple[int, ...]]:
    """The rows of the heading above the body, and those that only number the columns."""
    grid, rows, numbered = kinds.grid, [], []
    for row in range(first - 1, -1, -1):
        filled = grid.filled(row)
        if not filled:
            if rows:
                break
            continue
        texts = [grid.text(row, column) for column in filled]
        if _numbering(kinds, row) and len(filled) > 1:
            numbered.append(row)
        elif _is_line(grid, row) and corner(texts[0]) != "unit":
            continue
        elif any(unit_line(text) for text in texts) and not corner(texts[0]):
            break
        elif len(filled) > 1 and not _metadata(filled, texts, edge, bool(rows)):
            rows.insert(0, row)
        elif not rows and corner(texts[0]):
            rows.insert(0, row)  # a corner alone, as in `GEO (Labels)` under `TIME`
        elif len(filled) == 1 and _spread(grid, row, filled[0], edge):
            rows.insert(0, row)
        else:
            break
    return rows, tuple(numbered)


def _metadata(filled: list[int], texts: list[str], edge: int, below: bool) -> bool:
    """True for two cells above the heading that are a word and its value: `Unit of measure | %`."""
    return (
        len(filled) == 2 and below and filled[0] < edge and corner(texts[0]) in {"unit", "ignored"}
    )


def _spread(grid: Grid, row: int, column: int, edge: int) -> bool:
    """True for a single text merged over several columns of figures, and over them alone."""
    areas = [area for area in grid.row_areas(row) if area.left <= column <= area.right]
    return any(area.right > area.left and area.left >= max(edge, 1) for area in areas)
