"""Kinds of faults: a class each, with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault
from songhua.messages import Words


class ActionUnreadable(Fault): ...


class CaseDiffers(Fault):
    what: str
    wanted: object
    found: object


class CaseIncomplete(Fault): ...


class CostUnknown(Fault):
    name: str
    names: Sequence[str]


class FactNegative(Fault):
    text: str


class FactReadOtherwise(Fault):
    fact: str
    read: str | Sequence[str]
    taken: str | Sequence[str]
    status: str


class FactScore(Fault):
    text: str
    most: str


class FormerKey(Fault):
    text: str
    today: str
    version: str


class LinksUnreadable(Fault): ...


class ParameterTwice(Fault, nature="conflict"): ...


class RuleKeyUnknown(Fault):
    name: str
    names: Sequence[str]


class RuleNameUnknown(Fault):
    name: str
    near: str


class RuleUnits(Fault):
    text: str
    unit: str
    other: str


class RulebookIncomplete(Fault):
    name: Words | str
    day: str
    start: str
    law: str
