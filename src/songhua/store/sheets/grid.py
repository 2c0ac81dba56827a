"""A sheet as a grid of cells, with the areas that are merged in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from songhua.labels.text import character_name, odd_characters
from songhua.store.sheets.faults import Faults, letters
from songhua.store.sheets.formats import Format
from songhua.store.sheets.numbers import Cell, Number, cell_text, read_number

MOST_CELLS = 20_000_000
_DELIMITERS = "\t;,"


@dataclass(frozen=True)
class Area:
    """A merged area: its first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass
class Grid:
    """Cells by row and column, counted from 0; a blank cell is an empty text."""

    cells: Sequence[Sequence[Cell | None]]
    sheet: str = ""
    merged: tuple[Area, ...] = ()
    others: tuple[str, ...] = ()
    formats: dict[tuple[int, int], Format] = field(default_factory=dict)
    width: int = field(init=False)
    _areas: dict[int, list[Area]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Measure the widest row, and note which merged areas each row runs through."""
        self.width = max(map(len, self.cells), default=0)
        for area in self.merged:
            for row in range(area.top, min(area.bottom + 1, len(self.cells))):
                self._areas.setdefault(row, []).append(area)

    def cell(self, row: int, column: int) -> Cell:
        """A cell as it is; blank outside the grid."""
        line = self.cells[row] if row < len(self.cells) else []
        value = line[column] if column < len(line) else ""
        return "" if value is None else value

    def text(self, row: int, column: int) -> str:
        """A cell as text."""
        return cell_text(self.cell(row, column))

    def row_areas(self, row: int) -> list[Area]:
        """The merged areas that a row runs through."""
        return self._areas.get(row, [])

    def shown(self, row: int, column: int) -> str:
        """The text that a reader sees in a cell: in a merged area, the area's text."""
        text = self.text(row, column)
        if not text:
            for area in self.row_areas(row):
                if area.holds(row, column):
                    return self.text(area.top, area.left)
        return text

    def number(self, row: int, column: int, decimals: int | None, comma: bool) -> Number | None:
        """A cell as a number as the sheet shows it; `decimals` goes before the cell's format."""
        cell, shown = self.cell(row, column), self.formats.get((row, column))
        if shown is None or isinstance(cell, str | bool):
            return read_number(cell, comma=comma, decimals=decimals)
        digits = shown.decimals if decimals is None else decimals
        return read_number(cell, decimals=digits, percent=shown.percent)

    def filled(self, row: int) -> list[int]:
        """The columns of a row that hold something."""
        line = self.cells[row]
        return [c for c, value in enumerate(line) if value is not None and cell_text(value)]

    def place(self, row: int, column: int) -> str:
        """`Sheet1!C7`, or `C7` where there is only one sheet."""
        there = f"{letters(column)}{row + 1}"
        return f"{self.sheet}!{there}" if self.sheet else there


def decode(data: bytes, faults: Faults) -> str | None:
    """Bytes as text: UTF-8, UTF-16 with its mark, or GB 18030 (GBK)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        for one in (odd := odd_characters(text)):
            at = text.index(one)
            name, place = character_name(one), at - text.rfind("\n", 0, at)
            faults.add("character_odd", text.count("\n", 0, at) + 1, name=name, at=place)
        return None if odd else text
    faults.add("import_encoding")
    return None


def delimiter(text: str) -> str:
    """Tab, semicolon or comma: the first that most of the first lines hold.

    >>> delimiter("a;b\\n1,5;2,5"), delimiter("a,b\\n1,2"), delimiter("Title\\na\\tb\\n1\\t2")
    (';', ',', '\\t')
    """
    lines = [line for line in text[:20_000].splitlines()[:50] if line.strip()]
    counts = {mark: sum(mark in line for line in lines) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: (counts[mark], -_DELIMITERS.index(mark)))


def read_csv_grid(text: str, faults: Faults) -> Grid | None:
    """A text with delimiters as a grid."""
    try:
        cells = list(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
        )
    except csv.Error as error:
        faults.add("import_unreadable", text=str(error))
        return None
    return Grid(cells)
