"""Warnings of figures that are hardly right, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class _Doubt(Fault):
    """A figure that is hardly right, in the unit of its row."""

    indicator: str
    period: str
    unit: str
    value: str


class FigureOffSeries(_Doubt):
    fits: str
    factor: str
    times: str
    beside: Sequence[str]


class FigureOffSource(_Doubt):
    other: str
    times: str


class GrowthOffLevels(_Doubt):
    level: str
    level_unit: str
    before: str
    when: str
    change: str


class GrowthOffSeries(_Doubt):
    fits: str
    beside: Sequence[str]


class GrowthOutsideItsParts(_Doubt):
    least: str
    most: str


class PartAboveTotal(_Doubt):
    industry: str
    parent: str
    total: str


class TotalOffParts(_Doubt):
    industry: str
    parent: str
    total: str
    sum: str
