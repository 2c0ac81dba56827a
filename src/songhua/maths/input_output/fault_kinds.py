"""Faults of input-output arrays, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class IoChoice(Fault):
    argument: str
    given: str
    choices: Sequence[str]


class IoHouseholds(Fault): ...


class IoLength(Fault):
    shape: str
    n: int


class IoMissing(Fault):
    n: int
    label: str


class IoNotSquare(Fault):
    shape: str


class IoPair(Fault): ...


class IoRegions(Fault):
    n: int


class IoUnknown(Fault):
    labels: Sequence[str]
