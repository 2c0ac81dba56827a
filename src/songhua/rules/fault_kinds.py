"""Faults of rulebooks and facts, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault
from songhua.messages import Words


class _Contradiction(Fault):
    """A fact that contradicts others of the same firm."""

    fact: Words
    others: Sequence[Words]
    times: int


class ActionUnreadable(Fault): ...


class CaseDiffers(Fault):
    what: str
    wanted: object
    found: object


class CaseIncomplete(Fault): ...


class CostUnknown(Fault):
    name: str
    names: Sequence[str]


class FactAboveAll(_Contradiction): ...


class FactAboveWhole(_Contradiction): ...


class FactNegative(Fault):
    text: str


class FactOtherUnit(_Contradiction): ...


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


class LintFixed(Fault): ...


class LintJudged(Fault): ...


class LintNoReference(Fault, nature="missing"): ...


class LintNotRuled(Fault):
    name: str


class LintNotTold(Fault):
    name: str


class LintUnchecked(Fault, nature="missing"): ...


class LintUntried(Fault):
    outcomes: Sequence[str]


class LintUnused(Fault):
    name: str


class NameMissing(Fault, nature="missing"):
    lang: Sequence[str]


class ParameterForms(Fault): ...


class ParameterNotYet(Fault, nature="missing"):
    day: str


class ParameterTwice(Fault, nature="conflict"): ...


class ParameterUnreadable(Fault):
    text: str


class RuleCircle(Fault):
    name: str


class RuleDivisor(Fault):
    text: str


class RuleForm(Fault):
    text: str
    form: str
    wants: str


class RuleKeyUnknown(Fault):
    name: str
    names: Sequence[str]


class RuleNameUnknown(Fault):
    name: str
    near: str


class RuleSpan(Fault): ...


class RuleUnits(Fault):
    text: str
    unit: str
    other: str


class RuleUnreadable(Fault):
    text: str


class RulebookIncomplete(Fault):
    name: Words | str
    day: str
    start: str
    law: str


class RulebookNotBeside(Fault):
    name: str
