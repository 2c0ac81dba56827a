"""What to know first: every finding, grouped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from songhua.document.blocks import Block, Heading, Paragraph, Points
from songhua.document.sections import section
from songhua.format.text import Link, Text, joined
from songhua.format.view import View, anchor
from songhua.results import Finding

GROUPS = ("facts", "conflicts", "gaps", "verdicts")
_CONFLICTS = (
    "growth_outside_parts",
    "total_mixes",
    "n_",
    "claim_sources_differ",
    "parts_do_not_sum",
)
_GAPS = ("industries_without", "definition_own", "stale", "rows_left", "view_hides", "plan_rows", "no_",
         "study_skipped", "claim_number_missing")  # fmt: skip
_VERDICTS = ("claim", "contributions_", "expectation_")
MOST_SOURCES = 6


@section("findings", 20)
def findings(view: View) -> Iterator[Block]:
    """The groups that have findings, each with its heading."""
    sorted_out: dict[str, list[Text]] = {name: [] for name in GROUPS}
    for found in view.findings():
        sorted_out[group(found.code)].append(item(view, found))
    for name, items in sorted_out.items():
        if items:
            yield Heading(2, view.say(f"findings_{name}"))
            yield Points(items, kind=f"found f-{name}")
    if not view.findings():
        yield Paragraph(view.say("none_rows"), "empty")


def group(code: str) -> str:
    """The group of a finding's code.

    >>> group("n_sources_conflict"), group("stale"), group("claim_inconsistent"), group("other")
    ('conflicts', 'gaps', 'verdicts', 'facts')
    """
    for name, starts in (("conflicts", _CONFLICTS), ("gaps", _GAPS), ("verdicts", _VERDICTS)):
        if code.startswith(starts):
            return name
    return "facts"


def item(view: View, found: Finding) -> Text:
    """A finding as its sentence and the links that it rests on, at most six."""
    text = view.sentence(found)
    said = claims_linked(view, text) if found.code.startswith("claim") else text
    if not found.sources:
        return said
    rests = view.rests(found.sources[:MOST_SOURCES])
    more = [" …"] if len(found.sources) > MOST_SOURCES else []
    return joined([said, rests, *more])


def claims_linked(view: View, text: str) -> Text:
    """A sentence in which each id of a claim leads to the claim."""
    ids = sorted(view.region.claims, key=len, reverse=True)
    if "claims" not in view.results or not ids:
        return text
    parts = re.split(rf"(?<![\w-])({'|'.join(map(re.escape, ids))})(?![\w-])", text)
    return tuple(
        Link(part, anchor("claim", part)) if at % 2 else part for at, part in enumerate(parts)
    )
