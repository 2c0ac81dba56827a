"""Opening of a file of tables whatever its kind: text with delimiters, .xlsx, .xls or JSON-stat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from songhua.errors import Fault, SonghuaError
from songhua.reading import limits
from songhua.reading.encoding import unended
from songhua.reading.sheets import old, workbook
from songhua.reading.sheets.fault_kinds import ImportOtherKind
from songhua.reading.sheets.faults import Faults
from songhua.reading.sheets.grid import Grid, read_csv_grid
from songhua.reading.sheets.json_stat import is_json, read_json_stat
from songhua.reading.sheets.text import decode

ZIP, PARQUET = b"PK\x03\x04", b"PAR1"


@dataclass(frozen=True)
class Book:
    """An opened file: the names of its sheets, those that are shown first, and their grids.

    A text with delimiters has one sheet without a name; `delimiter` and `warnings` are of it.
    """

    file: str
    names: tuple[str, ...]
    hidden: frozenset[str]
    read: Callable[[str], Grid]
    delimiter: str = ""
    warnings: tuple[Fault, ...] = ()

    def grid(self, name: str = "") -> Grid:
        """A sheet as a grid; without a name the first that is shown.

        Raises:
            SonghuaError: `import_sheet_missing`, or the sheet is broken or too large.

        >>> open_book(b"year,gdp\\n2020,5183.8\\n", "gdp.csv").grid().text(1, 1)
        '5183.8'
        """
        with _placed(self.file):
            return self.read(name)

    def grids(self) -> Iterator[Grid]:
        """The grids of all sheets, those that are shown first.

        Raises:
            SonghuaError: as `grid` does.

        >>> [grid.width for grid in open_book(b"year;gdp\\n2020;5\\n", "gdp.csv").grids()]
        [2]
        """
        for name in self.names:
            yield self.grid(name)


def is_workbook(content: bytes) -> bool:
    """True for bytes that begin as a workbook does, .xlsx or .xls.

    >>> is_workbook(b"PK\\x03\\x04"), is_workbook(b"year,gdp")
    (True, False)
    """
    return content.startswith((ZIP, *old.STARTS))


def open_book(content: bytes, file: str, room: int = limits.CELLS) -> Book:
    """A file of tables, opened by what its first bytes are, never by its name.

    Args:
        content: its bytes.
        file: its name, for faults.
        room: the most cells of all its sheets together.

    Raises:
        SonghuaError: it is broken, locked, too large, of another kind or in no known encoding.

    >>> open_book("地区;产值\\n河城;5\\n".encode("gb18030"), "gdp.csv").grid().text(1, 0)
    '河城'
    """
    with _placed(file):
        if content.startswith(PARQUET):
            raise SonghuaError(ImportOtherKind(kind="Parquet"))
        if is_workbook(content):
            kind = workbook.Book if content.startswith(ZIP) else old.OldBook
            book = kind.open(content, room)
            names = sorted(book.names, key=lambda name: name in book.hidden)
            return Book(file, tuple(names), frozenset(book.hidden), book.grid)
        if is_json(content):
            grid = read_json_stat(content)
            return Book(file, ("",), frozenset(), lambda _: grid)
    faults = Faults(file)
    text = decode(content, faults)
    if text is None:
        raise SonghuaError(*faults.listed())

    def read(_: str) -> Grid:
        grid = read_csv_grid(text, faults)
        if grid is None:
            raise SonghuaError(*faults.listed())
        return grid

    warnings = tuple(unended(text.utf8(), file))
    return Book(file, ("",), frozenset(), read, text.delimiter, warnings)


@contextmanager
def _placed(file: str) -> Iterator[None]:
    """Faults that name the file."""
    try:
        yield
    except SonghuaError as error:
        raise SonghuaError(*_at(file, error.faults)) from None


def _at(file: str, faults: Iterable[Fault]) -> Iterable[Fault]:
    return (fault if fault.file else fault.at(file, fault.row, fault.column) for fault in faults)
