"""Kinds of faults: a class each, with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class MrioLibraryMissing(Fault, nature="missing"):
    layout: str


class MrioUnreadable(Fault):
    layout: str
    why: str


class TableFileUnused(Fault): ...


class TableLabelsApart(Fault):
    labels: Sequence[str]
    n: int


class TableLayoutUnknown(Fault):
    layout: str
    layouts: Sequence[str]


class TableNotPlain(Fault): ...


class TablePartMissing(Fault, nature="missing"):
    part: str


class TableSheetTurned(Fault): ...


class TableUnitMissing(Fault, nature="missing"): ...


class TableYearNeeded(Fault, nature="missing"):
    years: str
    year: str
