"""The findings of claims: sentences that contradict figures, and limits of the checks."""

from __future__ import annotations

from typing import Annotated

from songhua.labels import Period
from songhua.results.columns import (
    ClaimId,
    ClaimIds,
    Column,
    Doubted,
    Ends,
    IndicatorId,
    PrintedAmount,
    SourceId,
    SourceIds,
    UnitName,
    number,
)
from songhua.results.finding import ABSENCE, Finding

#: A side of a relation that may not be known.
Side = Annotated[str | None, number(unit_in="unit")]


class _Judged(Finding):
    """Claims with a verdict, of those that were checked."""

    n: int
    total: int
    claims: ClaimIds


class ClaimsInconsistent(_Judged, section="", rests="claims"):
    """They contradict figures."""


class ClaimsMissed(_Judged, section="", rests="claims"):
    """Goals and forecasts that did not come."""


class ClaimsConsistentIf(_Judged, section="", rests="claims"):
    """They hold under a premise alone."""


class ClaimsEstimated(Finding, section="", rests="claims"):
    n: int
    claims: ClaimIds


class _Wrong(Finding):
    """A claim that cannot be right as printed, and both sides of its relation."""

    claim: ClaimId
    source: SourceId
    unit: UnitName
    left: Side = None
    right: Side = None
    implied: Side = None
    doubts: Doubted = ()


class ClaimInconsistent(_Wrong, section="", rests="claims"):
    """The sides do not meet."""


class ClaimNoWholeNumber(_Wrong, section="", rests="claims"):
    """No whole number fits."""


class ClaimOutsideParts(_Wrong, section="", rests="claims"):
    """The total lies outside its parts."""


class ClaimBeyondAccounts(_Wrong, section="", rests="claims"):
    """Nothing that print allows for what is missing makes it right."""


class ClaimInContradiction(_Wrong, section="", rests="claims"):
    set: int


class ClaimNumberMissing(Finding, section="", rests=ABSENCE):
    claim: ClaimId
    name: str
    indicator: IndicatorId
    period: Period


class ClaimSourcesDiffer(Finding, section=""):
    claim: ClaimId
    name: str
    used: PrintedAmount
    source: SourceId
    others: Annotated[tuple[str, ...], Column("", "amount")]
    sources: SourceIds


class BriefClaimsInconsistent(
    Finding, part="worry", weight="claims_inconsistent", section="claims"
):
    n: int
    total: int
    claim: ClaimId
    unit: UnitName
    left: Ends
    right: Ends
    doubts: Doubted = ()
    owner: str


class BriefCorrect(Finding, part="step", weight="correct", section="claims", rests="claims"):
    n: int
    claim: ClaimId
    owner: str
