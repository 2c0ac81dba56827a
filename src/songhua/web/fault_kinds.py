"""Faults of requests to the workbench, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class ApartBusy(Fault, nature="limit"): ...


class ApartEnded(Fault, nature="machine"): ...


class ApartMemory(Fault, nature="limit"):
    most: int


class ApartTime(Fault, nature="limit"):
    most: float


class FigureSuperseded(Fault, nature="conflict"): ...


class LeverNumber(Fault, nature="request"):
    word: str
    text: str


class LeverOutside(Fault, nature="request"):
    word: str
    text: str
    ends: str


class NumberOfAddress(Fault, nature="request"):
    word: str
    text: str


class PeriodAsked(Fault, nature="request"): ...


class SentKind(Fault, nature="request"):
    name: str
    kinds: Sequence[str]


class SentNothing(Fault, nature="request"): ...


class SentTooLarge(Fault, nature="request"):
    most: float


class WorkStopped(Fault): ...


class WordOfAddress(Fault, nature="request"):
    word: str
    n: int
    near: Sequence[str]
    known: Sequence[str]


class WordRepeated(Fault, nature="request"):
    word: str
    n: int


class WordUntaken(Fault, nature="request"):
    word: str
    n: int
