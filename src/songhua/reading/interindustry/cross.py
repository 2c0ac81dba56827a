"""A publisher's cross table as labels and numbers: where its heading stands, what its cells say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from songhua.errors import SonghuaError
from songhua.fault_kinds import NumberUnreadable
from songhua.messages import BASE, language_of
from songhua.reading import limits
from songhua.reading.interindustry.fault_kinds import TableYearNeeded
from songhua.reading.sheets.books import open_book
from songhua.reading.sheets.faults import Faults, letters
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.numbers import cell_text, read_number
from songhua.reading.sheets.words import words

MOST_DECIMALS = 6


@dataclass(frozen=True)
class Cross:
    """Labels down and across, and the numbers between; a blank cell is missing.

    `origins` says of each row whether it is of `imported` products; `names` holds the names that
    stand beside the codes, by code and language; `decimals` the most decimals that a number has,
    None where numbers are kept to more than a publisher prints; `unit` and `year` what the lines
    of a long form say.
    """

    file: str
    rows: list[str]
    columns: list[str]
    numbers: np.ndarray
    origins: list[str]
    decimals: int | None
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unit: str = ""
    year: int | None = None


def grids(content: bytes, file: str) -> list[Grid]:
    """The sheets of a workbook, or a text with delimiters.

    Raises:
        SonghuaError: the fault that makes the file unreadable.
    """
    return list(open_book(content, file, limits.TABLES).grids())


def place(grid: Grid, marks: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """The heading row and the column of labels, known by the codes that stand in them."""
    across, down = (set(mark) for mark in marks)
    top = next((r for r in range(min(len(grid.cells), 60)) if across <= _texts(grid, r)), None)
    if top is None:
        return None
    for column in range(min(grid.width, 12)):
        if down <= {grid.text(row, column) for row in range(top + 1, len(grid.cells))}:
            return top, column
    return None


def _texts(grid: Grid, row: int) -> set[str]:
    return {cell_text(cell) for cell in grid.cells[row] if isinstance(cell, str)}


def read(grid: Grid, file: str, top: int, left: int, year: int | None = None) -> Cross:
    """The cross table whose heading is row `top` and whose labels are column `left`.

    Columns of text between the labels and the numbers are names or say where a row comes from.
    Of several years below each other, `year` picks one.

    Raises:
        SonghuaError: `number_unreadable` for every such cell; `table_year_needed`.
    """
    heading = [grid.text(top, column) for column in range(grid.width)]
    rows = [row for row in range(top + 1, len(grid.cells)) if grid.text(row, left)]
    rows = _of_year(grid, file, heading, rows, year)
    start = _first_number(grid, rows, left + 1)
    columns = [column for column in range(start, grid.width) if heading[column]]
    numbers, decimals = _numbers(grid, file, rows, columns)
    labels = [grid.text(row, left) for row in rows]
    beside = {
        heading[column]: [grid.area_text(row, column) for row in rows]
        for column in range(start)
        if column != left
    }
    return Cross(
        file,
        labels,
        [heading[column] for column in columns],
        numbers,
        _origins(beside.values(), len(rows)),
        decimals,
        _names_by_code(labels, beside),
    )


def _of_year(
    grid: Grid, file: str, heading: list[str], rows: list[int], year: int | None
) -> list[int]:
    """The rows of one year, where a column says the year."""
    at = next(
        (c for c, name in enumerate(heading) if name.casefold() in words().year_headings), None
    )
    if at is None:
        return rows
    years = list(dict.fromkeys(grid.text(row, at) for row in rows))
    wanted = str(year) if year is not None else years[0] if len(years) == 1 else ""
    if wanted not in years:
        raise SonghuaError(TableYearNeeded(file, years=f"{years[0]}..{years[-1]}", year=wanted))
    return [row for row in rows if grid.text(row, at) == wanted]


def _first_number(grid: Grid, rows: list[int], start: int) -> int:
    """The first column after the labels in which the first row holds a number."""
    for column in range(start, grid.width):
        cell = grid.cell(rows[0], column) if rows else ""
        number = read_number(cell)
        if cell != "" and number is not None and number.blank is None:
            return column
    return start


def _numbers(
    grid: Grid, file: str, rows: list[int], columns: list[int]
) -> tuple[np.ndarray, int | None]:
    """The cells as numbers, and the most decimals that one has."""
    numbers = np.full((len(rows), len(columns)), np.nan)
    faults = Faults(file)
    most = 0
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            cell = grid.cell(row, column)
            if cell == "":
                continue
            text = cell_text(cell)
            value = as_number(text)
            if value is None:
                fault = NumberUnreadable(text=text[:80])
                faults.add(fault.at("", row + 1, letters(column)))
                continue
            numbers[i, j] = value
            most = max(most, decimals_of(text))
    if faults:
        raise SonghuaError(*faults.listed())
    return numbers, most if most <= MOST_DECIMALS else None


def as_number(text: str) -> float | None:
    """A text as a number: missing for a blank or a mark of absence, None if it is no number.

    >>> as_number("1,234.5"), as_number("-2e-3"), as_number("food")
    (1234.5, -0.002, None)
    """
    try:
        value = float(text)
    except ValueError:
        number = read_number(text)
        if number is None or number.unit or number.qualifier or (number.value and number.status):
            return None
        return float("nan") if number.blank is not None else float(number.value)
    return value if np.isfinite(value) else None


def decimals_of(text: str) -> int:
    """Number of decimals that a number shows; zeros at the end do not count.

    >>> decimals_of("391010.0"), decimals_of("6265.70"), decimals_of("1e-9")
    (0, 1, 9)
    """
    mantissa, _, power = text.casefold().partition("e")
    places = len(mantissa.partition(".")[2].rstrip("0"))
    return max(0, places - int(power)) if power.lstrip("+-").isdecimal() else places


def _origins(columns: Iterable[Sequence[str]], n: int) -> list[str]:
    """`imported` or an empty text for each row, from a column that says where it comes from."""
    imported, domestic = tuple(words().imported_products), tuple(words().domestic_products)
    for texts in columns:
        foreign = [text.casefold().startswith(imported) for text in texts]
        at_home = [text.casefold().startswith(domestic) for text in texts]
        if any(foreign) and any(at_home):
            return ["imported" if is_foreign else "" for is_foreign in foreign]
    return [""] * n


def _names_by_code(labels: list[str], beside: Mapping[str, list[str]]) -> dict[str, dict[str, str]]:
    """Names by code: a column is of the language whose letters most of its texts have."""
    names: dict[str, dict[str, str]] = {label: {} for label in labels}
    for texts in beside.values():
        languages = Counter(language_of(text) for text in texts if any(map(str.isalpha, text)))
        most = [code for code, n in languages.items() if code != BASE and n > len(texts) / 2]
        lang = (*most, BASE)[0] if languages.total() > len(texts) / 2 else ""
        if not lang or len(set(texts)) < len(set(labels)) / 2:
            continue
        for label, text in zip(labels, texts, strict=True):
            names[label].setdefault(lang, text)
    return names
