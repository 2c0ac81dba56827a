"""Faults that several packages raise, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class Counted(Fault):
    """Base of kinds that repeat in a sheet; `n` is how often, where that was counted."""

    n: int | None = None


class TextRefused(Counted):
    """Base of kinds of a text not in a folder's form; `write` is that form, where it is known."""

    text: str
    write: str | None = None


class AssumptionMissing(Fault, nature="missing"):
    name: str
    scope: str


class BelowLeast(Fault):
    name: str
    text: str
    least: str


class CharacterOdd(Counted):
    name: str
    where: int


class ChoiceUnknown(TextRefused, nature="unknown"):
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


class FolderIsFile(Fault):
    path: str


class FolderMissing(Fault, nature="missing"):
    path: str


class ImportsInside(Fault):
    kind: str


class LabelUnknown(TextRefused, nature="unknown"):
    of: str
    near: str = ""


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


class NotWhole(TextRefused): ...


class NumberUnreadable(TextRefused): ...


class ObservationUnknown(Fault, nature="unknown"):
    text: str


class PackMissing(Fault, nature="missing"):
    path: str


class PeriodUnreadable(TextRefused, nature="request"): ...


class RegisterDay(Fault): ...


class RegisterMissing(Fault, nature="unknown"): ...


class RelationNameUnknown(Fault):
    name: str


class RowRepeats(Counted, nature="conflict"):
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


class UnitUnknown(TextRefused): ...


class ValueMissing(Counted, nature="missing"): ...
