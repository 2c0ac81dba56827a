"""The findings of claims: sentences that contradict figures, and what a check rests on."""

from __future__ import annotations

from songhua.results.columns import ClaimId, Ends, UnitName
from songhua.results.finding import Finding


class BriefClaimsInconsistent(
    Finding, part="worry", weight="claims_inconsistent", section="claims"
):
    n: int
    total: int
    claim: ClaimId
    unit: UnitName
    left: Ends
    right: Ends
    owner: str


class BriefCorrect(Finding, part="step", weight="correct", section="claims", rests="claims"):
    n: int
    claim: ClaimId
    owner: str
