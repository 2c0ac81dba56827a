"""Faults of declared columns, a class each with the fields of its words."""

from __future__ import annotations

from songhua.errors import Fault


class EstimateKind(Fault):
    kind: str


class FormerColumn(Fault):
    name: str
    version: str


class FormerName(Fault):
    text: str
    today: str
    version: str


class NumberOutside(Fault): ...


class SchemaColumn(Fault):
    table: str
    name: str
    text: str
