"""Faults of tables: headings, rows and cells, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault
from songhua.fault_kinds import Counted


class CellOverLines(Fault): ...


class ColumnMissingEach(Fault, nature="missing"):
    names: Sequence[str]


class ColumnRepeats(Counted, nature="conflict"):
    name: str


class ColumnUnknown(Counted):
    name: str
    near: str
    columns: Sequence[str]


class ColumnsMore(Fault, nature="limit"):
    n: int


class CsvUnreadable(Counted):
    why: str


class EntryNotTable(Fault):
    name: str
    columns: Sequence[str]


class FileNotRegular(Fault): ...


class FirmColumnUnknown(Fault):
    name: str
    near: str
    columns: Sequence[str]


class HeadingAgain(Fault): ...


class HeadingMissing(Counted, nature="missing"):
    columns: Sequence[str]


class ImportCellLong(Counted, nature="limit"):
    most: int


class ImportColumnType(Counted):
    text: str


class ImportSaid(Fault):
    names: Sequence[str]


class ImportTooLarge(Counted, nature="limit"):
    text: str


class ImportUnreadable(Counted):
    text: str


class MemoryShort(Fault, nature="limit"): ...


class MoreEntries(Fault, nature="limit"):
    n: int
    of: int


class MoreRows(Fault, nature="limit"):
    n: int
    line: int


class MoreValues(Fault, nature="limit"):
    n: int
    of: int


class QuoteAlone(Fault): ...


class RegisterSecretUnreadable(Fault): ...


class RegisterTwice(Fault, nature="conflict"):
    other: str


class RegisterUnended(Fault): ...


class RowWidth(Counted):
    found: int
    wanted: int


class TableMissing(Fault, nature="missing"):
    name: str


class ValueMissingEach(Fault, nature="missing"):
    names: Sequence[str]


class TableList(Fault): ...
