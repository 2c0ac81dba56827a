"""Sentences of claims for the brief: printed sentences that contradict published figures."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.labels import parse_date
from songhua.region import GRADES, Region
from songhua.results import Result
from songhua.studies.brief.sentence import Sentence
from songhua.studies.claims.finding_kinds import BriefClaimsInconsistent, BriefCorrect
from songhua.studies.claims.rows import CheckedClaim


def sentences(result: Result, region: Region) -> Iterator[Sentence]:
    """The number of sentences that contradict figures, the one of the best source; whom to ask.

    >>> import songhua
    >>> session = songhua.open(songhua.example("washington"))
    >>> [one.finding.code for one in sentences(session.run("claims"), session.region)]
    ['brief_claims_inconsistent', 'brief_correct']
    """
    rows = result.rows(CheckedClaim)
    checked = [row for row in rows if row.verdict != "not_checkable"]
    wrong = [row for row in checked if row.verdict == "inconsistent"]
    if not wrong:
        return
    first = min(wrong, key=lambda row: GRADES.index(row.grade))
    source = region.sources[first.source]
    published = str(source.get("published") or "")
    publisher = str(source["publisher"])
    n, extent = len(wrong), len(wrong) / len(checked)
    yield Sentence(
        BriefClaimsInconsistent(
            n=n,
            total=len(checked),
            claim=first.claim,
            unit=first.unit,
            left=f"{first.left_low:.4g}..{first.left_high:.4g}",
            right=f"{first.right_low:.4g}..{first.right_high:.4g}",
            doubts=first.doubts,
            owner=publisher,
            observations=first.observations,
        ),
        extent,
        when=parse_date(published) if len(published) == 10 else None,
        grade=first.grade,
        owner=publisher,
    )
    yield Sentence(BriefCorrect(n=n, claim=first.claim, owner=publisher), extent, owner=publisher)
