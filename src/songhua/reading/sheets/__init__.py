"""Reading a sheet (CSV, XLSX, XLS, Parquet): a list of observations, or tables.

A list has the observations' own headings and is read at once; tables are read by
`songhua.reading.crosstabs`. Whatever the bytes are, the answer is rows, a book of tables, or
faults.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace
from itertools import islice

from songhua.errors import Fault, SonghuaError
from songhua.reading import limits
from songhua.reading.encoding import unended
from songhua.reading.sheets.books import PARQUET, Book, is_workbook, open_book
from songhua.reading.sheets.candidates import Candidates, Skipped, nothing, required
from songhua.reading.sheets.fault_kinds import ImportHidden
from songhua.reading.sheets.faults import MOST, Faults, letters
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.long import read_long
from songhua.reading.sheets.raw import Raw, raw_csv, raw_grid, raw_parquet, raw_texts
from songhua.reading.sheets.text import decode, delimiter
from songhua.reading.table_fault_kinds import ImportTooLarge

__all__ = ["Candidates", "Skipped", "Tables", "first_table", "hidden", "open_tables"]


@dataclass(frozen=True)
class Tables:
    """An opened file of tables: its book, and the grids of its sheets that are shown, in order."""

    book: Book
    grids: tuple[Grid, ...]


def open_tables(content: bytes, name: str) -> Candidates | Tables:
    """A list of observations as rows, or a file of tables with its sheets.

    A list names at least half of the columns that an observation must have in its first row. The
    kind of file is seen from its first bytes, never from its name.

    Raises:
        SonghuaError: all faults of the file.

    >>> sheet = b"indicator,region,period,value,unit,kind,source,recorded\\n"
    >>> sheet += b"gdp,bilbao,2020,\\"5,183.80\\",%,actual,yb21,2026-11-25\\n"
    >>> rows = open_tables(sheet, "gdp.csv")
    >>> rows.rows[0]["value"], rows.origin(0)
    ('5183.80', 'row 2')
    >>> open_tables(b"City,2020\\nBilbao,5\\n", "gdp.csv").grids[0].text(1, 0)
    'Bilbao'
    """
    faults = Faults(name)
    if content.startswith(PARQUET):
        raw = raw_parquet(content, faults)
        if raw is None or _is_list(raw.names):
            return _listed(raw, faults)
        if len(raw.rows) * len(raw.names) > limits.CELLS:
            raise SonghuaError(ImportTooLarge(name, text="Parquet"))
        grid = raw_texts(raw)
        return Tables(Book(name, ("",), frozenset(), lambda _: grid), (grid,))
    if not is_workbook(content) and _is_list(_first(content)):
        text = decode(content, faults)
        rows = _listed(None if text is None else raw_csv(text, faults), faults)
        ended = () if text is None else unended(text.utf8(), name)
        return replace(rows, warnings=(*rows.warnings, *ended))
    book = open_book(content, name)
    visible = [sheet for sheet in book.names if sheet not in book.hidden] or list(book.names)
    grids = tuple(map(book.grid, visible))
    if len(grids) == 1 and (_names(grids[0]) == [] or _is_list(_names(grids[0]))):
        rows = _listed(raw_grid(grids[0], faults), faults)
        return replace(rows, warnings=(*hidden(grids[0], name), *book.warnings))
    return Tables(book, grids)


def first_table(content: bytes, name: str) -> Grid | None:
    """The first sheet of a file of tables that is shown; none of a list or of a broken file.

    >>> first_table(b"City,2020\\nBilbao,5\\n", "gdp.csv").text(1, 1)
    '5'
    """
    try:
        opened = open_tables(content, name)
    except SonghuaError:
        return None
    return opened.grids[0] if isinstance(opened, Tables) else None


def _listed(raw: Raw | None, faults: Faults) -> Candidates:
    """The rows of a list.

    Raises:
        SonghuaError: all its faults.
    """
    rows = nothing(faults.listed()) if raw is None else read_long(raw, faults)
    if rows.faults:
        raise SonghuaError(*rows.faults)
    return rows


def _names(grid: Grid) -> list[str]:
    """The texts of a sheet's first row that holds any; none of an empty sheet."""
    rows = (row for row in range(len(grid.cells)) if grid.filled(row))
    return [grid.text(row, c) for row in islice(rows, 1) for c in range(grid.width)]


def _first(content: bytes) -> list[str]:
    """The cells of a text's first line, as far as they can be told from its first bytes."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    head = content[:20_000].decode("utf-16" if wide else "utf-8-sig", "replace").split("\n", 1)[0]
    return [cell.strip('"\r ') for cell in head.split(delimiter(head))]


def _is_list(names: list[str]) -> bool:
    wanted = set(required())
    headings = {name.strip().lstrip("\ufeff").casefold() for name in names}
    return 2 * len(wanted & headings) >= len(wanted)


def hidden(grid: Grid, file: str) -> list[Fault]:
    """A warning for rows and columns that hold something and are not shown."""
    rows = [str(row + 1) for row in grid.hidden_rows]
    columns = [letters(column) for column in grid.hidden_columns if column < grid.width]
    if not rows and not columns:
        return []
    listed = (tuple(part[:MOST]) or ("–",) for part in (rows, columns))
    first, second = listed
    return [ImportHidden(file, rows=first, columns=second)]
