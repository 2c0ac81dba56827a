"""Findings on checked claims: counts by verdict, and each that cannot be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from songhua.results import Finding
from songhua.studies.claims.finding_kinds import (
    ClaimBeyondAccounts,
    ClaimInconsistent,
    ClaimInContradiction,
    ClaimNoWholeNumber,
    ClaimOutsideParts,
    ClaimsConsistentIf,
    ClaimsEstimated,
    ClaimsInconsistent,
    ClaimsMissed,
)

if TYPE_CHECKING:
    from songhua.studies.claims.rows import CheckedClaim

#: The findings of claims by verdict, and of one that is inconsistent by reason.
SUMMARIES = {
    "inconsistent": ClaimsInconsistent,
    "missed": ClaimsMissed,
    "consistent_if": ClaimsConsistentIf,
}
FAILURES = {
    "no_whole_number": ClaimNoWholeNumber,
    "outside_parts": ClaimOutsideParts,
    "beyond_accounts": ClaimBeyondAccounts,
    "in_contradiction": ClaimInContradiction,
}
#: Verdicts on estimates.
ESTIMATED = ("likely_true", "likely_false", "undecided")


def findings(rows: Sequence[CheckedClaim]) -> Iterator[Finding]:
    """Claims that fail, goals that were missed, claims on a premise; then each that fails.

    >>> from songhua.studies.claims.rows import CheckedClaim
    >>> wrong = CheckedClaim("c", "bulletin", "official", "a == 2", "inconsistent", 1, 1, 2, 2)
    >>> [finding.code for finding in findings([wrong])]
    ['claims_inconsistent', 'claim_inconsistent']
    """
    checked = sum(row.verdict != "not_checkable" for row in rows)
    for verdict, kind in SUMMARIES.items():
        alike = [row for row in rows if row.verdict == verdict]
        if alike:
            ids = tuple(dict.fromkeys(id for row in alike for id in row.observations))
            names = tuple(row.claim for row in alike)
            yield kind(n=len(alike), total=checked, claims=names, observations=ids)
    estimated = [row for row in rows if row.verdict in ESTIMATED]
    if estimated:
        names = tuple(row.claim for row in estimated)
        yield ClaimsEstimated(n=len(estimated), claims=names)
    yield from (_failed(row) for row in rows if row.verdict == "inconsistent")


def _failed(row: CheckedClaim) -> Finding:
    """The finding of one claim that cannot be right as printed."""
    sides = {name: str(side) for name, side in row.sides.items()}
    return FAILURES.get(row.reason, ClaimInconsistent).from_row(row, **sides)
