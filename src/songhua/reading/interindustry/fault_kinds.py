"""Faults of published input-output tables, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault
from songhua.fault_kinds import Counted


class MrioLibraryMissing(Fault, nature="missing"):
    layout: str


class MrioUnreadable(Fault):
    layout: str
    why: str


class TableCellBlank(Counted, nature="missing"): ...


class TableColumnMissing(Counted, nature="missing"):
    label: str


class TableFileUnused(Fault): ...


class TableKindDiffers(Fault):
    kind: str
    found: str


class TableLabelsApart(Fault):
    labels: Sequence[str]
    n: int


class TableLayoutUnknown(Fault):
    layout: str
    layouts: Sequence[str]


class TableNotPlain(Fault): ...


class TablePartMissing(Counted, nature="missing"):
    part: str


class TablePartUnknown(Counted):
    text: str
    parts: Sequence[str]


class TableRowWithoutColumn(Counted):
    label: str


class TableSheetTurned(Fault): ...


class TableUnitMissing(Fault, nature="missing"): ...


class TableYearNeeded(Fault, nature="missing"):
    years: str
    year: str
