"""Faults of a call, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class AnswerUnknown(Fault):
    text: str


class CallChoice(Fault):
    verb: str
    name: str
    names: Sequence[str]


class CallLacks(Fault, nature="missing"):
    verb: str
    name: str


class CallNumber(Fault):
    verb: str
    name: str
    least: float


class CallOptionBare(Fault):
    verb: str
    name: str


class CallOptionTwice(Fault, nature="conflict"):
    verb: str
    name: str


class CallOptionUnknown(Fault):
    verb: str
    name: str


class CallOptionValue(Fault):
    verb: str
    name: str


class CallTooLong(Fault, nature="limit"):
    verb: str


class CountryWanted(Fault):
    names: Sequence[str]
    near: str


class FirmWanted(Fault): ...


class NewApart(Fault):
    names: Sequence[str]


class PictureAlone(Fault):
    names: Sequence[str]


class PortTaken(Fault, nature="conflict"):
    port: int
    why: str


class TemplateForDocx(Fault): ...


class TemplateStyles(Fault):
    names: Sequence[str]


class VerbUnknown(Fault):
    verb: str
    name: str
    names: Sequence[str]


class WorkersReadOnly(Fault, nature="conflict"): ...


class AnswersMissing(Fault, nature="missing"): ...


class Unexpected(Fault, nature="broken"):
    kind: str
    where: str


class QuestionsUnanswered(Fault, nature="missing"): ...
