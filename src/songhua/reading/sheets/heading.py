"""Finding the heading of a cross table, and its texts over each column."""

from __future__ import annotations

from songhua.reading.sheets.fault_kinds import (
    ImportHeadingShort,
    ImportHeadingUnclear,
    ImportNothingFound,
)
from songhua.reading.sheets.faults import Faults
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.mapping import Mapping
from songhua.reading.sheets.numbers import Cell, read_number
from songhua.reading.sheets.units import unit_line
from songhua.reading.sheets.words import is_note


def find_heading(grid: Grid, mapping: Mapping, faults: Faults) -> tuple[int, ...] | None:
    """The rows of the heading, counted from 0; None, with a fault, where they are not clear.

    The heading is the run of rows with two or more texts directly above the first row of
    figures. It is taken only if it has as many rows as the map speaks of levels.
    """
    levels = max((max(levels) for levels in mapping.columns.values()), default=1)
    if mapping.heading:
        if len(mapping.heading) < levels or mapping.heading[-1] >= len(grid.cells):
            faults.add(ImportHeadingShort(levels=levels, rows=_numbers(mapping.heading)))
            return None
        return mapping.heading
    first = mapping.body[0] if mapping.body else _first_figures(grid, mapping)
    if first is None:
        faults.add(ImportNothingFound())
        return None
    heading_rows = _above(grid, min(first, len(grid.cells)))
    if len(heading_rows) == levels:
        return tuple(heading_rows)
    if not heading_rows and not mapping.columns:
        return ()
    rows = range(min(first, 12, len(grid.cells)))
    listed = heading_rows or [row for row in rows if grid.filled(row)]
    lines = "\n".join(f"  {row + 1}: {_line(grid, row)}" for row in listed[-12:])
    faults.add(ImportHeadingUnclear(levels=levels, found=len(heading_rows), rows=lines))
    return None


def _numbers(rows: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(row + 1 for row in rows)


def _line(grid: Grid, row: int) -> str:
    return " | ".join(grid.text(row, column)[:20] for column in grid.filled(row)[:8])


def value_columns(grid: Grid, mapping: Mapping) -> list[int]:
    """The columns that hold figures: those of the map, or all that hold no label."""
    labels = set(mapping.rows.values())
    chosen = mapping.values or range(grid.width)
    return [column for column in chosen if column not in labels and column < grid.width]


def _first_figures(grid: Grid, mapping: Mapping) -> int | None:
    """The first row that has a label and a figure which is not just a year."""
    values = set(value_columns(grid, mapping))
    for row in range(len(grid.cells)):
        filled = grid.filled(row)
        labels = [c for c in filled if c not in values]
        if (mapping.rows and not labels) or is_note(grid.text(row, filled[0]) if filled else ""):
            continue
        if any(_figure(grid.cell(row, column), mapping) for column in filled if column in values):
            return row
    return None


def _figure(cell: Cell, mapping: Mapping) -> bool:
    """True for a cell that holds a figure, and not just a year such as a heading has."""
    number = read_number(cell, comma=mapping.comma)
    if number is None:
        return isinstance(cell, float | int) and not isinstance(cell, bool)
    return number.blank is None and not _year(number.value)


def _year(value: str) -> bool:
    return len(value) == 4 and value.isdigit() and 1900 <= int(value) <= 2100


def _above(grid: Grid, first: int) -> list[int]:
    """The run of rows with two or more texts above a row; lines between may have one text."""
    run: list[int] = []
    for row in range(first - 1, -1, -1):
        filled = grid.filled(row)
        texts = [grid.text(row, column) for column in filled]
        if len(filled) >= 2 and not any(unit_line(text) for text in texts[1:]):
            run.insert(0, row)
        elif run or any(unit_line(text) for text in texts):
            break
    return run


def heading_texts(grid: Grid, rows: tuple[int, ...], column: int, labels: set[int]) -> list[str]:
    """Texts of the heading over a column, level by level.

    In a merged area it is the area's text. Where nothing is merged (a CSV), a blank of an upper
    level belongs to the text at its left, and a blank of a lower level to the text above it.
    """
    texts: list[str] = []
    for level, row in enumerate(rows):
        text = grid.area_text(row, column)
        below = any(grid.area_text(lower, column) for lower in rows[level + 1 :])
        if not text and below and not grid.row_areas(row):
            left = grid.left_of(row, column)
            between = any(left <= label < column for label in labels)
            text = grid.text(row, left) if left >= 0 and not between else ""
        if not text and texts:
            text = texts[-1]
        texts.append(text)
    if texts and not any(texts):
        texts[-1] = grid.over.get(column, "")
    return texts
