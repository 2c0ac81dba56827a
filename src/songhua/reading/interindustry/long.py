"""Symmetric tables in long form: a line a cell, as Eurostat and those who pass it on give them."""

from __future__ import annotations

import re

import numpy as np

from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import NumberUnreadable, RowRepeats
from songhua.reading.interindustry.cross import MOST_DECIMALS, Cross, as_number, decimals_of
from songhua.reading.sheets.grid import Grid

DOWN = ("prod_na", "t_rows2", "prd_use", "prd_ava")
ACROSS = ("induse", "t_cols2", "ind_use", "ind_ava")
UNITS = {"MIO_EUR": "m EUR", "THS_EUR": "k EUR", "MIO_NAC": "m national currency"}
ORIGIN = ("stk_flow",)


def read(grid: Grid, file: str) -> Cross | None:
    """The lines as a cross table, with unit and year as they say; None if it is no such list.

    Raises:
        SonghuaError: `number_unreadable`, `row_repeats`.
    """
    heading = [grid.text(0, column) for column in range(grid.width)] if grid.cells else []
    at = [
        next((heading.index(n) for n in names if n in heading), None)
        for names in (DOWN, ACROSS, ("values", "value", "OBS_VALUE"))
    ]
    if None in at:
        return None
    down, across, value = (int(column or 0) for column in at)
    rows: dict[str, int] = {}
    columns: dict[str, int] = {}
    cells: dict[tuple[int, int], float] = {}
    faults: list[Fault] = []
    most = 0
    for row in range(1, len(grid.cells)):
        text = grid.text(row, value)
        number = as_number(text)
        key = (
            rows.setdefault(grid.text(row, down), len(rows)),
            columns.setdefault(_plain(grid.text(row, across)), len(columns)),
        )
        if number is None:
            faults.append(NumberUnreadable(file, row + 1, heading[value], text=text[:80]))
        elif key in cells:
            faults.append(
                RowRepeats(
                    file, row + 1, "", key=f"{grid.text(row, down)} {grid.text(row, across)}"
                )
            )
        else:
            cells[key] = number
            most = max(most, decimals_of(text))
    if faults:
        raise SonghuaError(*faults[:100])
    numbers = np.full((len(rows), len(columns)), np.nan)
    for (i, j), number in cells.items():
        numbers[i, j] = number
    year = re.match(r"\d{4}", _stated(grid, heading, "time"))
    return Cross(
        file,
        list(rows),
        list(columns),
        numbers,
        [""] * len(rows),
        most if most <= MOST_DECIMALS else None,
        unit=UNITS.get(_stated(grid, heading, "unit"), ""),
        year=int(year[0]) if year else None,
    )


def _plain(label: str) -> str:
    """A column's code without the prefix of products, so that it is that of its row."""
    return re.sub(r"^CPA_", "", label)


def _stated(grid: Grid, heading: list[str], name: str) -> str:
    """Unit or year as the first line states it; blank where it does not."""
    return grid.text(1, heading.index(name)) if name in heading else ""
