"""Faults of a session, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault
from songhua.messages import Words


class ChangeNoPlan(Fault, nature="missing"): ...


class ChangeRangeFixed(Fault): ...


class ChangeScenarioAgain(Fault):
    name: str
    other: str


class ChooseNothingLearnt(Fault, nature="missing"):
    choice_refused: str
    n: int


class ChooseWider(Fault):
    n: int
    region: str


class CurrencyWanted(Fault):
    country: str


class ExampleUnknown(Fault):
    name: str
    names: Sequence[str]


class FirmUnknown(Fault, nature="unknown"):
    firm: str


class RecipeChanged(Fault, nature="conflict"):
    files: Sequence[str]


class RecipeVersion(Fault):
    then: str
    now: str


class StudyFailed(Fault, nature="broken"):
    study: str
    kind: str
    where: str


class StudyRestsOn(Fault, nature="missing"):
    study: str
    first: str


class StudyStopped(Fault, nature="broken"):
    study: str
    seconds: str
    step: Words


class ViewUndated(Fault, nature="missing"):
    as_of: str
    undated: Sequence[str]


class WhatIfLacks(Fault, nature="missing"):
    path: str


class WhatIfNothing(Fault, nature="request"): ...
