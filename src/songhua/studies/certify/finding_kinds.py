"""The findings of certify: the register that is judged, statuses without a verdict, counts."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from songhua.results.columns import label
from songhua.results.finding import ABSENCE, FOLDER, METHOD, Finding

Status = Annotated[str, label("rulebooks")]


class RegisterAbsent(Finding, section="certify", rests="published"):
    n: int


class RegisterInvented(Finding, section="certify", rests=FOLDER):
    """None of its firms exists."""


class _Judged(Finding):
    """The firms of a register, and the day of the law that they are judged by."""

    n: int
    as_of: date


class RegisterJudged(_Judged, section="certify", rests=FOLDER):
    """Their exact number."""


class RegisterJudgedAbout(_Judged, section="certify", rests=FOLDER):
    """Their number as it may be published."""


class CountsAbout(Finding, section="certify", rests=METHOD):
    base: int
    most: int


class RegisterFactsLater(Finding, section="certify", rests=FOLDER):
    as_of: date
    day: date


class StatusNoText(Finding, section="certify", rests=ABSENCE):
    status: Status
    since: str
    day: date


class StatusNotInForce(Finding, section="certify", rests=ABSENCE):
    status: Status
    day: date


class CertificatesWithoutFirm(Finding, section="certify", rests=FOLDER):
    n: int


class CertificatesWithoutFirmSome(Finding, section="certify", rests=FOLDER):
    """Their number is not published."""
