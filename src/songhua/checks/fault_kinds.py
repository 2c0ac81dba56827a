"""Faults of entries, labels and figures, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault
from songhua.messages import Words


class _Beyond(Fault):
    """A figure beyond what its indicator can be."""

    value: str
    unit: str
    indicator: str
    end: str


class AboveMost(Fault):
    name: str
    text: str
    most: str


class ActualInFuture(Fault):
    period: str
    recorded: str


class AnswerOffLast(Fault):
    indicator: str
    value: str
    last: str
    period: str
    factor: str


class CellWithReason(Fault): ...


class CellWithoutReason(Fault): ...


class CertificateSpan(Fault):
    since: str
    until: str


class ClaimUnknowns(Fault):
    names: Sequence[str]


class ClaimWithoutRelation(Fault): ...


class CodeUnreadable(Fault):
    text: str


class CodeWithoutScheme(Fault): ...


class CountNotWhole(Fault):
    text: str
    unit: str


class FieldMissing(Fault, nature="missing"):
    project: str
    field: str


class FigureAbove(_Beyond): ...


class FigureBelow(_Beyond): ...


class FirmIsTotal(Fault):
    text: str


class HorizonFar(Fault, nature="limit"):
    year: str
    base: str
    most: int


class KeyUnknown(Fault):
    name: str
    near: str
    columns: Sequence[str]


class LabelUntidy(Fault):
    text: str
    write: str


class MemberWithoutPart(Fault):
    parts: Sequence[str]


class NameNone(Fault, nature="missing"):
    lang: Sequence[str]


class NamesAskedFor(Fault):
    n: int
    lang: Words
    files: Sequence[str]


class NotNames(Fault):
    text: str


class NotPositive(Fault):
    name: str
    text: str
    least: str


class NotText(Fault):
    text: str


class OwnColumnNear(Fault):
    name: str
    near: str


class OwnColumnRead(Fault):
    name: str


class ParentsCircle(Fault):
    id: str


class PartWithoutMember(Fault):
    part: str


class PartitionOrphan(Fault):
    id: str


class PartsAboveWhole(Fault):
    indicator: str
    period: str
    parent: str
    unit: str
    parts: Sequence[str]
    sum: str
    total: str


class PercentOutside(Fault):
    text: str


class PublishedAfterRecorded(Fault):
    recorded: str


class RatioWithoutPer(Fault): ...


class ReportIncomplete(Fault):
    sort: str
    name: str


class ReportReceived(Fault):
    text: str


class ReportUnitMisfit(Fault):
    unit: str
    other: str


class SameAsItself(Fault):
    indicator: str
    other: str


class SameAsNotComparable(Fault):
    indicator: str
    other: str


class SameAsUnlike(Fault):
    indicator: str
    other: str
    columns: Sequence[str]


class SlugUnreadable(Fault):
    text: str


class SourceUnfilled(Fault, nature="missing"):
    id: str


class TableAcceptedAbsent(Fault, nature="missing"):
    of_code: str


class UnitMisfit(Fault):
    unit: str
    other: str
    indicator: str


class UnitNotMoney(Fault):
    unit: str


class UnitNotWanted(Fault):
    unit: str
    wanted: str


class WeightNotPositive(Fault):
    text: int


class WidthNegative(Fault):
    text: str


class WithinNoParent(Fault):
    text: str
    places: Sequence[str]


class YearsWanted(Fault):
    text: str
