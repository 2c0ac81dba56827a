"""Faults of composite indices, a class each with the fields of its words."""

from __future__ import annotations

from songhua.errors import Fault


class CompositeBounds(Fault):
    low: float
    high: float


class CompositeDirection(Fault):
    given: float


class CompositeGroups(Fault):
    method: str


class CompositeMethod(Fault):
    step: str
    given: str


class CompositeMissing(Fault):
    n: int


class CompositeNeedsRng(Fault): ...


class CompositeNegative(Fault): ...


class CompositeNotFactorial(Fault):
    n: int


class CompositeNotNumber(Fault): ...


class CompositeTree(Fault):
    name: str


class CompositeUnknownColumn(Fault): ...


class CompositeUnknownUnit(Fault):
    unit: str


class CompositeUnlabelled(Fault): ...
