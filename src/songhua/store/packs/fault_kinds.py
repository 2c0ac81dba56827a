"""Faults of packs, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault
from songhua.messages import Words


class CountryUnknown(Fault):
    text: str
    near: str
    names: Sequence[str]


class LikeNone(Fault, nature="missing"):
    country: str


class LikeUnknown(Fault):
    text: str
    near: Words | str
    country: str
    names: Sequence[Words]
    n: int


class PackAddsTo(Fault):
    text: str
    names: Sequence[str]


class PackBorrows(Fault):
    case: str
    path: str


class PackHeld(Fault, nature="conflict"):
    id: str


class PackHome(Fault):
    name: str


class PackPageMissing(Fault, nature="missing"): ...


class PackStrange(Fault):
    names: Sequence[str]


class PackUnknown(Fault):
    text: str
    near: str
    names: Sequence[str]
