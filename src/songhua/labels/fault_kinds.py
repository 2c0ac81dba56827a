"""Faults of periods, days and units, a class each with the fields of its words."""

from __future__ import annotations

from songhua.errors import Fault
from songhua.fault_kinds import TextRefused


class CurrencyUnreadable(Fault):
    text: str


class DateUnreadable(TextRefused, nature="request"): ...


class UnitsDiffer(Fault):
    unit: str
    other: str


class WhenUnreadable(TextRefused): ...


class YearOutside(Fault):
    text: str
    least: int
    most: int
