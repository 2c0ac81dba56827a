"""Faults of corrections and of changes to a plan, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault
from songhua.messages import Words


class CorrectColumn(Fault):
    names: Sequence[str]
    where: str


class CorrectNever(Fault):
    period: str
    periods: Sequence[str]
    name: Words


class CorrectNone(Fault):
    period: str
    periods: Sequence[str]
    name: Words


class CorrectQualifier(Fault): ...


class CorrectSame(Fault): ...


class CorrectSameDay(Fault):
    day: str


class CorrectSeveral(Fault):
    figure: Words
    n: int
    where: str


class CorrectShared(Fault):
    text: str
    option: str
    names: Sequence[str]


class CorrectUnknown(Fault):
    text: str
    option: str
    near: Sequence[str]
    n: int


class EntryHeld(Fault, nature="conflict"):
    id: str


class PlanRowOvertaken(Fault, nature="conflict"):
    day: str
    reporter: str


class PlanTableColumns(Fault):
    names: Sequence[str]


class PlanTableGrowth(Fault):
    text: str
    base: str
    said: str
    computed: str


class PlanTableLevels(Fault):
    text: str
    printed: str
    base: str
    goal: str
    growth: str
    change: str
    name: Words | str = "unit"
    line: str = ""


class PlanTableNear(Fault):
    text: str
    near: str


class PlanTableNames(Fault, nature="conflict"):
    text: str
    meanings: Sequence[str]


class PlanTableNature(Fault):
    text: str
    line: str = ""


class PlanTableNoPlan(Fault, nature="missing"): ...


class PlanTableNone(Fault, nature="missing"): ...


class PlanTableRate(Fault, nature="conflict"):
    name: Words
    choices: Sequence[Words]


class PlanTableStands(Fault, nature="conflict"):
    indicator: str
    text: str
    held: str
    line: str = ""


class PlanTableSum(Fault):
    text: str
    printed: str
    name: Words | str = "unit"
    line: str = ""


class ScenarioName(Fault, nature="request"):
    name: str


class ScenarioThere(Fault, nature="conflict"):
    name: str


class TextOverLines(Fault): ...


class PlanTableUnit(Fault, nature="missing"):
    text: str
