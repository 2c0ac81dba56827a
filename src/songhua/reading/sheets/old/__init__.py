"""Reading an .xls workbook (BIFF) into grids that are like those of an .xlsx workbook."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from songhua.errors import SonghuaError
from songhua.reading import limits
from songhua.reading.sheets import days
from songhua.reading.sheets.fault_kinds import ImportSheetMissing
from songhua.reading.sheets.grid import Area, Grid
from songhua.reading.sheets.looks import (
    ERROR,
    FORMULA,
    Looks,
    Sign,
    Style,
    taken_out,
    with_comments,
)
from songhua.reading.sheets.numbers import Cell
from songhua.reading.sheets.old.process import extracted
from songhua.reading.sheets.workbook.texts import named_letters
from songhua.reading.table_fault_kinds import ImportCellLong, ImportTooLarge, ImportUnreadable

#: The first bytes: of a compound document, and of workbooks older than these.
STARTS = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\t\x08\x10\0\0\x06", b"\t\x08\x08\0\0\x05")
STARTS += (b"\t\x04\x06\0", b"\t\x02\x06\0", b"\t\0\x04\0")
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!"}
_TEXT, _TRUTH, _WRONG = 1, 4, 5
_FILLED = frozenset(range(1, 6))


@dataclass
class OldBook:
    """An opened workbook; `sheets` takes the name of each sheet to what was taken out of it."""

    sheets: dict[str, Sequence[Any]]
    hidden: set[str]
    looks: Looks
    late: bool

    @classmethod
    def open(cls, content: bytes, room: int = limits.CELLS) -> OldBook:
        """Open a workbook whose sheets have at most so many cells together.

        Raises:
            SonghuaError: it is broken, locked, too large or of another kind.
        """
        styles, sheets, late = extracted(content, room)
        looks = Looks.of([Style(_code(number, code), *traits) for number, code, *traits in styles])
        if looks is None:
            raise SonghuaError(ImportTooLarge(text="XLS"))
        if len({name for name, *_ in sheets}) < len(sheets):
            raise SonghuaError(ImportUnreadable(text="two sheets of one name"))
        return cls(
            {name: parts for name, _, *parts in sheets},
            {name for name, hidden, *_ in sheets if hidden},
            looks,
            late,
        )

    @property
    def names(self) -> list[str]:
        """The names of the sheets in their order, hidden ones among them."""
        return list(self.sheets)

    def chosen(self, sheet: str) -> str:
        """The sheet of a name; without one the first that is shown.

        Raises:
            SonghuaError: `import_sheet_missing`.
        """
        visible = [name for name in self.sheets if name not in self.hidden]
        name = sheet or next(iter(visible or self.sheets), "")
        if name not in self.sheets:
            sheets = tuple(self.sheets)[:20]
            raise SonghuaError(ImportSheetMissing(sheet=sheet[:80], sheets=sheets))
        return name

    def grid(self, sheet: str) -> Grid:
        """A sheet as a grid that starts at A1.

        Raises:
            SonghuaError: the sheet is missing, broken or too large.
        """
        name = self.chosen(sheet)
        rows, merged, hidden_rows, hidden_columns, parted, comments, formulas = self.sheets[name]
        if sum(end - top for top, end, *_ in merged) > limits.CELLS // 10:
            raise SonghuaError(ImportTooLarge(text="XLS"))
        cells, marks, signs = self._cells(
            rows, {(row, column): parts for row, column, parts in parted}
        )
        for row, column in formulas:
            if row < len(marks) and column < len(marks[row]):
                marks[row][column] |= FORMULA
        return _checked(
            Grid(
                cells,
                name,
                tuple(Area(top, left, end - 1, right - 1) for top, end, left, right in merged),
                tuple(title for title in self.sheets if title != name),
                self.looks.formats,
                marks,
                tuple(row for row in hidden_rows if row < len(cells)),
                tuple(hidden_columns),
                looks=self.looks.signs,
                own=with_comments(signs, {(row, column): text for row, column, text in comments}),
            )
        )

    def _cells(
        self, rows: Iterable[Any], parted: Mapping[tuple[int, int], Sequence[tuple[str, str]]]
    ) -> tuple[list[list[Cell | None]], list[array[int]], dict[tuple[int, int], Sign]]:
        """The cells, their marks, and what was taken out of the texts of some."""
        looks, signs = self.looks, dict[tuple[int, int], Sign]()
        cells: list[list[Cell | None]] = []
        marks: list[array[int]] = []
        for row, (values, kinds, packed) in enumerate(rows):
            line: list[Cell | None] = list(values)
            mark = array("H", bytes(2 * len(line)))
            for column, (kind, style) in enumerate(zip(kinds, array("h", packed), strict=True)):
                if kind not in _FILLED:
                    continue
                if not 0 <= style < len(looks.styles):
                    raise SonghuaError(ImportUnreadable(text="a cell without a style"))
                mark[column] = (looks.worded if kind == _TEXT else looks.numbers)[style]
                if kind == _TRUTH:
                    line[column] = bool(values[column])
                elif kind == _WRONG:
                    line[column] = _ERRORS.get(values[column], "#N/A")
                    mark[column] |= ERROR
                elif (row, column) in parted:
                    line[column], sign = taken_out(parted[row, column])
                    signs |= {(row, column): sign} if sign is not None else {}
                else:
                    if kind == _TEXT and "&" in values[column]:
                        line[column] = named_letters(values[column])
                    if style in looks.special:
                        line[column], sign = looks.as_shown(line[column] or "", style, self.late)
                        signs |= {(row, column): sign} if sign is not None else {}
            cells.append(line)
            marks.append(mark)
        return cells, marks, signs


def _code(number: int, code: str) -> str:
    """The code of a format; that of a day by its number, where a workbook does not spell it out."""
    return code if days.shows_day(code) else days.BUILT_IN.get(number, code)


def _checked(grid: Grid) -> Grid:
    if grid.overlapping():
        raise SonghuaError(ImportUnreadable(text="merged cells overlap"))
    lengths = [len(cell) for line in grid.cells for cell in line if isinstance(cell, str)]
    if max(lengths, default=0) > limits.CELL:
        raise SonghuaError(ImportCellLong(most=limits.CELL))
    if sum(lengths) > limits.TEXTS:
        raise SonghuaError(ImportTooLarge(text="XLS"))
    return grid
