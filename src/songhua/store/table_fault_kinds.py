"""Kinds of faults: a class each, with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class ColumnMissingEach(Fault, nature="missing"):
    names: Sequence[str]


class ColumnRepeats(Fault, nature="conflict"):
    name: str


class ColumnUnknown(Fault):
    name: str
    near: str
    columns: Sequence[str]


class ColumnsMore(Fault, nature="limit"):
    n: int


class CsvUnreadable(Fault):
    why: str


class DraftList(Fault): ...


class FileNotRegular(Fault): ...


class HeadingAgain(Fault): ...


class HeadingMissing(Fault, nature="missing"):
    columns: Sequence[str]


class ImportCellLong(Fault, nature="limit"):
    most: int


class ImportColumnType(Fault):
    text: str


class ImportSaid(Fault):
    names: Sequence[str]


class ImportTooLarge(Fault, nature="limit"):
    text: str


class ImportUnreadable(Fault):
    text: str


class MemoryShort(Fault, nature="limit"): ...


class MoreRows(Fault, nature="limit"):
    n: int
    line: int


class MoreValues(Fault, nature="limit"):
    n: int
    of: int


class RegisterSecretUnreadable(Fault): ...


class RegisterTwice(Fault, nature="conflict"):
    other: str


class RegisterUnended(Fault): ...


class RowWidth(Fault):
    found: int
    wanted: int


class TableMissing(Fault, nature="missing"):
    name: str
