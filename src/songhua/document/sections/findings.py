"""Notes on figures and method: every finding of the studies, grouped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from songhua.document.blocks import Block, Heading, Paragraph, Points
from songhua.document.sections import section
from songhua.format.labels import claim
from songhua.format.text import Link, Text, joined
from songhua.format.view import View, anchor
from songhua.results import Finding

GROUPS = ("facts", "conflicts", "gaps", "verdicts")
_CONFLICTS = (
    "accounts_contradiction",
    "growth_outside_parts",
    "total_mixes",
    "n_",
    "claim_sources_differ",
    "parts_do_not_sum",
)
_GAPS = (
    "accounts_missing_figure",
    "industries_without",
    "definition_own", "stale", "rows_left", "view_hides", "plan_rows", "no_", "study_skipped",
    "claim_number_missing",
)  # fmt: skip
_VERDICTS = ("claim", "contributions_", "expectation_")
MOST_SOURCES = 6


@section("findings", 145)
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
    said = _claims_linked(view, view.sentence(found), found)
    if not found.sources:
        return said
    rests = view.rests(found.sources[:MOST_SOURCES])
    more = [" …"] if len(found.sources) > MOST_SOURCES else []
    return joined([said, rests, *more])


def _claims_linked(view: View, text: str, found: Finding) -> Text:
    """A sentence in which each claim that it speaks of leads to the claim."""
    given = (found.params.get("claim", ()), found.params.get("claims", ()))
    ids = [id for one in given for id in ([one] if isinstance(one, str) else cast("tuple", one))]
    names = {claim(view.region, id, view.lang): id for id in ids}
    names |= {f"“{view.name('claims', id)}”": id for id in ids}
    return _linked(view, text, names, tuple(names))


def claims_named(view: View, text: str) -> Text:
    """A text of the folder in which each id of a claim is the claim's sentence and leads there."""
    names = {id: id for id in view.region.claims}
    shown = [claim(view.region, id, view.lang) for id in names]
    return _linked(view, text, names, shown, r"(?<![\w-])", r"(?![\w-])")


def _linked(
    view: View, text: str, names: Mapping[str, str], shown: Sequence[str], before: str = "",
    after: str = "",
) -> Text:  # fmt: skip
    """A text with its names as they are shown, as links where the claims are shown too."""
    if not names:
        return text
    said = dict(zip(names, shown, strict=True))
    among = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    pieces = re.split(f"{before}({among}){after}", text)
    linked = "claims" in view.results
    return tuple(
        piece if not at % 2 else Link(said[piece], anchor("claim", names[piece])) if linked
        else said[piece]
        for at, piece in enumerate(pieces)
    )  # fmt: skip
