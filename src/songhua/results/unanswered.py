"""Findings of a study that gave no answer, or had nothing to answer from."""

from __future__ import annotations

from datetime import date

from songhua.labels import Period
from songhua.messages import Words
from songhua.results.columns import StudyName, UnitName
from songhua.results.finding import ABSENCE, Finding


class StudyNoAnswer(Finding, section="", rests=ABSENCE):
    study: StudyName
    why: Words


class _Skipped(Finding):
    """A study that had nothing to answer from."""

    study: StudyName
    lacks: str


class StudySkipped(_Skipped, group="gaps", rests=ABSENCE):
    """The folder lacks a file."""


class StudySkippedAsOf(_Skipped, group="gaps", rests=ABSENCE):
    as_of: date


class StudySkippedRegister(_Skipped, group="gaps", rests=ABSENCE):
    as_of: date


class StudySkippedUndated(_Skipped, group="gaps", rests=ABSENCE):
    as_of: date
    undated: tuple[str, ...]


class StudySkippedNoValueAdded(_Skipped, group="gaps", rests=ABSENCE):
    currency: UnitName
    base_year: str


class StudySkippedNoTotal(_Skipped, group="gaps", rests=ABSENCE):
    currency: UnitName
    base_year: str
    n: int
    period: Period
