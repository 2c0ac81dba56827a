"""Kinds of faults: a class each, with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class FigureOffSeries(Fault):
    indicator: str
    period: str
    unit: str
    value: str
    fits: str
    factor: str
    times: str
    beside: Sequence[str]


class FigureOffSource(Fault):
    indicator: str
    period: str
    unit: str
    value: str
    other: str
    times: str


class GrowthOffLevels(Fault):
    indicator: str
    period: str
    unit: str
    value: str
    level: str
    level_unit: str
    before: str
    when: str
    change: str


class GrowthOffSeries(Fault):
    indicator: str
    period: str
    unit: str
    value: str
    fits: str
    beside: Sequence[str]


class GrowthOutsideItsParts(Fault):
    indicator: str
    period: str
    unit: str
    value: str
    least: str
    most: str


class PartAboveTotal(Fault):
    indicator: str
    period: str
    unit: str
    value: str
    industry: str
    parent: str
    total: str


class TotalOffParts(Fault):
    indicator: str
    period: str
    unit: str
    value: str
    industry: str
    parent: str
    total: str
    sum: str
