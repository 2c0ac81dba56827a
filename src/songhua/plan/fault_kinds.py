"""Faults of targets, schemes and works, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class ClassWithoutWords(Fault):
    name: str
    langs: Sequence[str]


class ScenarioUnknown(Fault, nature="unknown"):
    name: str
    names: Sequence[str]


class SchemeBands(Fault):
    scheme: str


class SchemeClassUnknown(Fault):
    scheme: str
    name: str


class TargetBuilt(Fault):
    text: str


class TargetCompound(Fault):
    text: str


class TargetConflict(Fault):
    text: str


class TargetEmpty(Fault): ...


class TargetLong(Fault, nature="limit"):
    n: int
    most: int


class TargetNumbers(Fault):
    n: int


class TargetNumeral(Fault):
    text: str


class TargetPace(Fault):
    text: str


class TargetRange(Fault):
    low: str
    high: str


class TargetSense(Fault):
    text: str


class TargetUnit(Fault):
    unit: str


class TargetUnjoined(Fault):
    text: str


class TargetUnplaced(Fault):
    text: str


class TargetUnread(Fault):
    text: str
    near: Sequence[str] = ()
    named: str = ""


class TargetUnwritable(Fault):
    text: Sequence[str]


class TargetYear(Fault):
    text: str


class TargetYearly(Fault):
    text: str
    name: str
