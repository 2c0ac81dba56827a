"""Faults of sheets and their maps, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault
from songhua.fault_kinds import Counted


class ImportColumnMissing(Counted, nature="missing"):
    name: str


class ImportDecimalsMany(Counted):
    text: str


class ImportEncoding(Counted): ...


class ImportFiguresMany(Counted, nature="limit"):
    most: int


class ImportFormulaUnstored(Counted, nature="missing"):
    text: str


class ImportHidden(Fault):
    rows: Sequence[str]
    columns: Sequence[str]


class ImportLocked(Counted): ...


class ImportMonthOrDay(Counted):
    text: str
    month: str


class ImportMore(Counted, nature="limit"): ...


class ImportNotANumber(Counted):
    text: str


class ImportNotLong(Counted):
    text: str
    columns: Sequence[str]


class ImportNothingFound(Counted, nature="missing"): ...


class ImportOtherKind(Counted):
    kind: str


class ImportPcAxis(Counted): ...


class ImportRecordedMissing(Counted, nature="missing"):
    name: str


class ImportSetTwice(Counted, nature="conflict"):
    name: str
    one: str
    other: str


class ImportSheetMissing(Counted, nature="missing"):
    sheet: str
    sheets: Sequence[str]
