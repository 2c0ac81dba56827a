"""Faults of complexity and presence, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class ComplexityGroups(Fault):
    n: int
    labels: Sequence[str]


class ComplexitySign(Fault): ...


class ComplexityTied(Fault): ...


class PresenceEmpty(Fault): ...


class PresenceImpossible(Fault):
    value: float
    label: Sequence[str]
    n: int


class PresenceIncomplete(Fault):
    label: Sequence[str]
    n: int
