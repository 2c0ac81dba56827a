"""Faults of sheets that departments return, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class ReviewChoice(Fault):
    text: str
    choices: Sequence[str]


class ReviewDate(Fault):
    text: str


class ReviewDateFuture(Fault):
    text: str
    today: str


class ReviewDateNotDone(Fault): ...


class ReviewDepartmentChanged(Fault):
    found: str
    wanted: str


class ReviewDoneUndated(Fault, nature="missing"): ...


class ReviewError(Fault): ...


class ReviewEvidenceMissing(Fault, nature="missing"): ...


class ReviewFixedChanged(Fault):
    found: str
    wanted: str


class ReviewFormula(Fault): ...


class ReviewGone(Fault, nature="conflict"):
    text: str


class ReviewHeading(Fault):
    found: str
    wanted: str


class ReviewKindMissing(Fault, nature="missing"): ...


class ReviewMarkerChanged(Fault): ...


class ReviewMarkerMissing(Fault, nature="missing"): ...


class ReviewMerged(Fault): ...


class ReviewNegative(Fault):
    text: str
    unit: str


class ReviewNoPlan(Fault, nature="missing"): ...


class ReviewNotANumber(Fault):
    text: str
    unit: str


class ReviewNotAsked(Fault):
    text: str


class ReviewNotWhole(Fault):
    text: str
    unit: str


class ReviewNothing(Fault, nature="missing"): ...


class ReviewNothingAsked(Fault):
    period: str


class ReviewNothingTyped(Fault, nature="missing"): ...


class ReviewOtherRegion(Fault):
    found: str
    wanted: str


class ReviewOutside(Fault):
    text: str


class ReviewPeriodChanged(Fault):
    found: str
    wanted: str


class ReviewQualifierInside(Fault):
    text: str


class ReviewReporterMissing(Fault, nature="missing"): ...


class ReviewRowMissing(Fault, nature="missing"):
    text: str


class ReviewRowMoved(Fault):
    text: str
    was: int


class ReviewRowRepeats(Fault, nature="conflict"):
    text: str


class ReviewRowUnknown(Fault):
    text: str


class ReviewSheetExtra(Fault): ...


class ReviewSheetMissing(Fault, nature="missing"): ...


class ReviewStateMissing(Fault, nature="missing"): ...


class ReviewTextLong(Fault, nature="limit"):
    n: int
    most: int


class ReviewTooLong(Fault):
    text: str
    unit: str | None = None


class ReviewUnitChanged(Fault):
    found: str
    wanted: str


class ReviewUnitInside(Fault):
    text: str
    unit: str


class ReviewValueMissing(Fault, nature="missing"): ...


class ReviewVersion(Fault):
    found: str
    wanted: str
