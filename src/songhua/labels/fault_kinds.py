"""Kinds of faults: a class each, with the fields of its words."""

from __future__ import annotations

from songhua.errors import Fault


class CurrencyUnreadable(Fault):
    text: str


class DateUnreadable(Fault, nature="request"):
    text: str


class UnitsDiffer(Fault):
    unit: str
    other: str


class WhenUnreadable(Fault):
    text: str


class YearOutside(Fault):
    text: str
    least: int
    most: int
