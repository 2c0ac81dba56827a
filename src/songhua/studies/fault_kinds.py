"""Faults of the inputs of a study, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault
from songhua.messages import Words


class AccountsNoTable(Fault, nature="missing"): ...


class AccountsNoTotal(Fault, nature="missing"):
    year: int


class ChooseNoneHere(Fault, nature="missing"):
    indicator: Words
    period: str


class ChooseNumber(Fault):
    name: str
    text: str
    least: float
    most: float


class EvaluationNoPlan(Fault, nature="missing"): ...


class OptionUnknown(Fault):
    study: str
    name: str
    names: Sequence[str]


class PeriodFuture(Fault):
    text: str
    day: str


class PeriodNotInYear(Fault):
    text: str


class PeriodOpen(Fault):
    text: str


class RegisterSecret(Fault): ...


class SimulateDraws(Fault):
    n: int
    least: int


class SimulateLarge(Fault, nature="limit"):
    draws: int
    industries: int
    years: int
    needed: str
    most: str


class SimulateNoOutput(Fault, nature="missing"):
    list: Sequence[str]
    year: int


class SimulateNoProjects(Fault, nature="request"): ...


class SimulateNoTable(Fault, nature="missing"): ...


class SimulatePartMissing(Fault, nature="missing"):
    table: str
    list: Sequence[str]


class StudyUnknown(Fault):
    name: str
    names: Sequence[str]


class OptionMissing(Fault, nature="missing"):
    study: str
    name: str


class OptionUnreadable(Fault):
    study: str
    name: str
    text: str
