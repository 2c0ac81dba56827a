"""Labels of a sheet that the folder does not have."""

from __future__ import annotations

import difflib

from songhua.reading.drafts.draft_findings import Findings
from songhua.reading.drafts.fault_kinds import DraftMany, DraftNear, DraftUnexplained
from songhua.reading.drafts.sense import Explainer
from songhua.reading.sheets.words import key, split_marks
from songhua.reading.toml import quoted

#: The least similarity to a name, and the least length, of a label that is asked about.
_NEAR, _SHORT = 0.9, 6


def leave_out(
    findings: Findings,
    explainer: Explainer,
    text: str,
    many: tuple[str, ...],
    place: str,
    role: str,
) -> None:
    """A label that is not understood: one that may be meant is a doubt, another is left out."""
    plain = key(split_marks(text)[0])
    if plain in explainer.answers.ignore:
        findings.left_out.setdefault(text, role)
        return
    line = f'[labels.{role}]\n{quoted(text)} = "…"'
    if many:
        findings.asked[text] = role
        findings.doubt(DraftMany(column=place, text=text, meanings=many, line=line))
        return
    if len(plain) >= _SHORT and (
        near := difflib.get_close_matches(plain, explainer.lexicon.names, 1, _NEAR)
    ):
        findings.asked[text] = role
        findings.doubt(DraftNear(column=place, text=text, near=near[0], line=line))
        return
    if role == "period" and plain[:1].isdigit():
        findings.doubt(DraftUnexplained(column=place, text=text))
        return
    findings.left_out.setdefault(text, role)
