"""Kinds of faults: a class each, with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class AssumptionMissing(Fault, nature="missing"):
    name: str
    scope: str


class BelowLeast(Fault):
    name: str
    text: str
    least: str


class CharacterOdd(Fault):
    name: str
    where: int


class ChoiceUnknown(Fault, nature="unknown"):
    text: str
    choices: Sequence[str]


class ChooseNoPanel(Fault, nature="missing"): ...


class CodeUnknown(Fault):
    of_code: str
    scheme: str


class ColumnMissing(Fault, nature="missing"):
    name: str


class CouplingSystems(Fault):
    n: int


class FactUnreadable(Fault):
    text: str
    type: str


class FileKept(Fault, nature="conflict"): ...


class FileMissing(Fault, nature="missing"): ...


class FolderMissing(Fault, nature="missing"):
    path: str


class ImportsInside(Fault):
    kind: str


class LabelsDiffer(Fault):
    labels: Sequence[str]


class LabelsRepeat(Fault):
    labels: Sequence[str]


class LearntChanged(Fault, nature="conflict"): ...


class NestedDeep(Fault, nature="limit"):
    most: int


class NotAList(Fault):
    text: str


class NotATable(Fault):
    text: str


class NotWhole(Fault):
    text: str


class NumberUnreadable(Fault):
    text: str


class ObservationUnknown(Fault, nature="unknown"):
    text: str


class PackMissing(Fault, nature="missing"):
    path: str


class PeriodUnreadable(Fault, nature="request"):
    text: str


class RegisterDay(Fault): ...


class RelationNameUnknown(Fault):
    name: str


class RowRepeats(Fault, nature="conflict"):
    key: str


class RulebookUnknown(Fault):
    name: str
    near: str


class TableKind(Fault):
    kind: str
    kinds: Sequence[str]


class TableKindsApart(Fault):
    kinds: Sequence[str]


class TableMakeMissing(Fault, nature="missing"): ...


class TomlUnreadable(Fault):
    why: str


class UnitUnknown(Fault):
    text: str


class ValueMissing(Fault, nature="missing"): ...


class LabelUnknown(Fault, nature="unknown"):
    text: str
    of: str
    near: str = ""
