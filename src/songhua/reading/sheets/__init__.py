"""Reading a bureau's sheet (CSV, XLSX, XLS, Parquet) into candidate rows of the observations.

A list with the observations' own headings needs no map; a cross table with merged headings is
read with a map (see `mapping`). Whatever the bytes are, the answer is rows or faults.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace

from songhua.errors import Fault, SonghuaError
from songhua.reading import limits
from songhua.reading.encoding import unended
from songhua.reading.sheets.books import PARQUET, Book, is_workbook, open_book
from songhua.reading.sheets.candidates import Candidates, Skipped, nothing, required
from songhua.reading.sheets.fault_kinds import ImportHidden
from songhua.reading.sheets.faults import MOST, Faults, letters
from songhua.reading.sheets.grid import Grid, read_csv_grid
from songhua.reading.sheets.json_stat import is_json
from songhua.reading.sheets.long import read_long
from songhua.reading.sheets.mapping import Mapping, read_map
from songhua.reading.sheets.raw import raw_csv, raw_grid, raw_parquet, raw_texts
from songhua.reading.sheets.text import Text, decode, delimiter
from songhua.reading.sheets.wide import read_wide
from songhua.reading.table_fault_kinds import ImportTooLarge

__all__ = [
    "Book",
    "Candidates",
    "Mapping",
    "Sheet",
    "Skipped",
    "cross_table",
    "open_book",
    "read",
    "read_map",
    "read_mapped",
]


@dataclass(frozen=True)
class Sheet:
    """A sheet as it stands: its grid, what parts the cells of a text, whether it is a list."""

    grid: Grid
    delimiter: str = ""
    warnings: tuple[Fault, ...] = ()
    listed: bool = False


def cross_table(data: bytes, name: str, sheet: str = "") -> tuple[Sheet | None, list[Fault]]:
    """The grid of a sheet, of a workbook that of the first one shown; none with faults.

    A list names at least half of the columns that an observation must have in its first row. Of a
    list in CSV no grid is made, and of Parquet neither.
    """
    if data.startswith(PARQUET) or (not is_workbook(data) and _is_list(_first(data))):
        return None, []
    try:
        book = open_book(data, name)
        grid = book.grid(sheet)
    except SonghuaError as error:
        return None, list(error.faults)
    first = next((row for row in range(len(grid.cells)) if grid.filled(row)), 0)
    names = [grid.text(first, c) for c in range(grid.width)] if grid.cells else []
    return Sheet(grid, book.delimiter, book.warnings, not names or _is_list(names)), []


def _first(data: bytes) -> list[str]:
    """The cells of a text's first line, as far as they can be told from its first bytes."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    head = data[:20_000].decode("utf-16" if wide else "utf-8-sig", "replace").split("\n", 1)[0]
    return [cell.strip('"\r ') for cell in head.split(delimiter(head))]


def _is_list(names: list[str]) -> bool:
    wanted = set(required())
    return 2 * len(wanted & {name.strip().lstrip("\ufeff").casefold() for name in names}) >= len(
        wanted
    )


def read_mapped(sheet: Sheet, name: str, mapping: Mapping) -> Candidates:
    """The observations of a sheet whose map is known; of a list, with an empty one."""
    candidates = _from_grid(sheet.grid, mapping, Faults(name))
    return replace(candidates, warnings=(*candidates.warnings, *sheet.warnings))


def read(data: bytes, name: str, mapping: Mapping | None = None) -> Candidates:
    """The observations that a file holds, with the place of each, and all its faults.

    The kind of file is seen from its first bytes, never from its name. Nothing is raised for
    what the bytes hold: a file that cannot be read has no rows and a fault.

    >>> sheet = b"indicator,region,period,value,unit,kind,source,recorded\\n"
    >>> sheet += b"gdp,bilbao,2020,\\"5,183.80\\",%,actual,yb21,2026-11-25\\n"
    >>> found = read(sheet, "gdp.csv")
    >>> found.rows[0]["value"], found.origin(0), found.faults
    ('5183.80', 'row 2', ())
    """
    faults = Faults(name)
    mapping = mapping or Mapping()
    if is_workbook(data) or is_json(data):
        try:
            grid = open_book(data, name).grid(mapping.sheet)
        except SonghuaError as error:
            return nothing(list(error.faults))
        return _from_grid(grid, mapping, faults)
    if data.startswith(PARQUET):
        raw = raw_parquet(data, mapping, faults)
        if raw is not None:
            if not mapping.wide:
                return read_long(raw, mapping, faults)
            if len(raw.rows) * len(raw.names) <= limits.CELLS:
                return read_wide(raw_texts(raw), mapping, faults)
            faults.add(ImportTooLarge(text="Parquet"))
    elif (text := decode(data, faults)) is not None:
        candidates = _from_text(text, mapping, faults)
        return replace(candidates, warnings=(*candidates.warnings, *unended(text.utf8(), name)))
    return nothing(faults.listed())


def _from_grid(grid: Grid, mapping: Mapping, faults: Faults) -> Candidates:
    if mapping.wide:
        candidates = read_wide(grid, mapping, faults)
    else:
        candidates = read_long(raw_grid(grid, mapping, faults), mapping, faults)
    return replace(candidates, warnings=tuple(_hidden(grid, faults.file)))


def _hidden(grid: Grid, file: str) -> list[Fault]:
    """A warning for rows and columns that hold something and are not shown."""
    rows = [str(row + 1) for row in grid.hidden_rows]
    columns = [letters(column) for column in grid.hidden_columns if column < grid.width]
    return (
        [
            ImportHidden(
                file, rows=tuple(rows[:MOST]) or ("–",), columns=tuple(columns[:MOST]) or ("–",)
            )
        ]
        if rows or columns
        else []
    )


def _from_text(text: Text, mapping: Mapping, faults: Faults) -> Candidates:
    if mapping.wide or mapping.heading or mapping.body:
        grid = read_csv_grid(text, faults)
        return _from_grid(grid, mapping, faults) if grid is not None else nothing(faults.listed())
    raw = raw_csv(text, faults)
    return read_long(raw, mapping, faults) if raw is not None else nothing(faults.listed())
