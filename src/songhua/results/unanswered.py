"""Findings of a study that gave no answer, or had nothing to answer from."""

from __future__ import annotations

from datetime import date

from songhua.labels import Period
from songhua.messages import Words
from songhua.results.columns import StudyName
from songhua.results.finding import ABSENCE, Finding


class StudyNoAnswer(Finding, section="", rests=ABSENCE):
    study: StudyName
    why: Words


class StudySkipped(Finding, group="gaps", rests=ABSENCE):
    study: StudyName
    lacks: str


class StudySkippedAsOf(Finding, group="gaps", rests=ABSENCE):
    study: StudyName
    lacks: str
    as_of: date


class StudySkippedRegister(Finding, group="gaps", rests=ABSENCE):
    study: StudyName
    lacks: str
    as_of: date


class StudySkippedUndated(Finding, group="gaps", rests=ABSENCE):
    study: StudyName
    lacks: str
    as_of: date
    undated: tuple[str, ...]


class StudySkippedNoValueAdded(Finding, group="gaps", rests=ABSENCE):
    study: StudyName
    lacks: str
    currency: str
    base_year: str


class StudySkippedNoTotal(Finding, group="gaps", rests=ABSENCE):
    study: StudyName
    lacks: str
    currency: str
    base_year: str
    n: int
    period: Period
