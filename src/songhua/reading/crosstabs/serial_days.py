"""Days that a workbook keeps as numbers, in a column that no format shows as days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from songhua.reading.crosstabs.vocabulary import vocabulary
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.words import key

#: Day 0 of workbooks, and the numbers of days that are taken for such: 1950 to 2050.
_ORIGIN, _SERIALS = date(1899, 12, 30), range(18264, 55153)


def with_days(grid: Grid) -> Grid:
    """A sheet of series with days in place of their serial numbers in its first column.

    Only below a row that says how often figures come, and only where all numbers of the column
    are such days in their order.

    >>> rows = [["指标名称", "GDP"], ["频率", "年"], [43465.0, 812.5], [43830.0, 798.3]]
    >>> [line[0] for line in with_days(Grid(rows)).cells]
    ['指标名称', '频率', datetime.date(2018, 12, 31), datetime.date(2019, 12, 31)]
    >>> rows[1][0] = "Town"
    >>> with_days(Grid(rows)).cells == rows
    True
    """
    words = frozenset(map(key, vocabulary().frequencies))
    top = next((r for r in range(min(len(grid.cells), 30)) if key(grid.text(r, 0)) in words), None)
    if top is None:
        return grid
    texts = {r: grid.text(r, 0) for r in range(top + 1, len(grid.cells))}
    serials = {r: int(text) for r, text in texts.items() if text.isdecimal()}
    days = [*serials.values()]
    is_ordered = len({after > before for before, after in pairwise(days)}) == 1
    if not is_ordered or len({*days}) < len(days) or not all(day in _SERIALS for day in days):
        return grid
    cells = list(grid.cells)
    for row, serial in serials.items():
        cells[row] = [_ORIGIN + timedelta(serial), *cells[row][1:]]
    return replace(grid, cells=cells)
