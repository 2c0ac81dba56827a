"""Kinds of faults: a class each, with the fields of its words."""

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


class TargetUnread(Fault):
    text: str


class TargetUnwritable(Fault):
    text: Sequence[str]
