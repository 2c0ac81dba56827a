"""Faults of input-output tables that checks find, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class _Outside(Fault):
    """A range outside another."""

    low: str
    high: str
    least: str
    most: str
    where: int | str


class _Gap(Fault):
    """Rows or columns that do not add up to their totals."""

    axis: str
    total: str
    n: int
    of: int
    labels: Sequence[str]
    worst: str
    gap: float
    allowed: float


class _Sum(Fault):
    """An industry or a category that is the sum of others."""

    part: str
    axis: str
    label: str
    n: int
    labels: Sequence[str]


class PartCodeUnknown(Fault):
    low: str
    high: str
    text: str
    near: str
    labels: Sequence[str]


class PartOutside(_Outside): ...


class PartOutsideList(_Outside): ...


class PartRange(Fault):
    low: str
    high: str


class TableCellsMissing(Fault, nature="missing"):
    part: str
    n: int
    labels: Sequence[str]


class TableIndustriesDiffer(Fault):
    labels: Sequence[str]
    n: int
    table: str


class TableKnownDiffers(Fault):
    total: str
    ours: float
    known: float
    ratio: float | None = None


class TableKnownUnknown(Fault):
    name: str


class TableOutputNegative(Fault):
    n: int
    labels: Sequence[str]


class TableOutputZeroUsed(Fault):
    n: int
    labels: Sequence[str]


class TableScale(Fault):
    part: str
    factor: float


class TableScaleKnown(Fault):
    total: str
    ours: float
    known: float
    ratio: float
    factor: int | str


class TableScaleUnit(Fault):
    unit: str
    told: str
    factor: float


class TableShares(Fault):
    of_code: str
    sum: float


class TableSign(Fault):
    part: str


class TableSubtotal(_Sum): ...


class TableTotalDiffers(_Gap): ...


class TableTotalInside(_Sum): ...


class TableTransposed(Fault):
    share: float
    now: float


class TableUnbalancedColumns(_Gap): ...


class TableUnbalancedRows(_Gap): ...


class TableUnitDiffers(Fault):
    unit: str
    told: str
