"""Claims on a terminal: how many have each verdict, then the claims with what was computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from songhua.document.blocks import Block, Heading, Paragraph, Points
from songhua.document.screens import screen
from songhua.document.sections.claims import computed
from songhua.format import marks
from songhua.format.view import View
from songhua.studies.claims.findings import ESTIMATED
from songhua.studies.claims.rows import CheckedClaim


@screen("claims")
def claims(view: View) -> Iterator[Block]:
    """Every claim, those that cannot be right first."""
    yield from _of(view, tuple(marks.VERDICTS))


@screen("claims", brief=True)
def failing(view: View) -> Iterator[Block]:
    """The claims that cannot be right, goals that were missed, and what needs a premise."""
    yield from _of(view, ("inconsistent", "missed", "consistent_if"))


def _of(view: View, verdicts: Sequence[str]) -> Iterator[Block]:
    claims = view.rows("claims", "claims", CheckedClaim)
    held = [claim.verdict for claim in claims]
    listed = [one for one in marks.VERDICTS if one not in ESTIMATED or one in held]
    counts = [f"{view.choice('verdict', one)} {held.count(one)}" for one in listed]
    yield Heading(1, f"{view.word('title_claims')} {' · '.join(counts)}")
    for verdict in verdicts:
        rows = [row for row in claims if row.verdict == verdict]
        if rows:
            yield Paragraph(view.choice("verdict", verdict), "lede")
            yield Points([_claim(view, row) for row in rows])


def _claim(view: View, row: CheckedClaim) -> str:
    """What a claim says, what arithmetic gives, and the premise that it needs."""
    premise = view.claim_text(row.claim, "premise")
    parts = [view.name("claims", row.claim), computed(view, row)]
    return " ".join(p for p in (*parts, premise and view.word("only_if") + premise) if p)
