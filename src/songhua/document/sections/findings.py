"""Notes on figures and method: every finding of the studies, grouped."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import cast

from songhua.document.blocks import Block, Group, Heading, Points
from songhua.document.legend import LEGEND, legend
from songhua.document.sections import section
from songhua.format.labels import claim
from songhua.format.text import Link, Text, joined
from songhua.format.view import View, anchor
from songhua.results import Finding
from songhua.results.finding import CodedFinding

GROUPS = ("facts", "conflicts", "gaps", "verdicts")
_CONFLICTS = (
    "accounts_contradiction",
    "claim_sources_differ",
)
_GAPS = (
    "accounts_missing_figure",
    "plan_rows",
    "study_skipped",
    "claim_number_missing",
)
_VERDICTS = ("claim",)
MOST_SOURCES = 6


#: The section that tells a finding, by the beginning of its code; the others stand here.
HOMES = {
    "study_no_answer": "",
    "claim": "",
    "accounts_contradiction": "",
    "accounts_missing_figure": "",
    "choose_": "choose",
    "accounts_": "accounts",
    "targets_": "track",
    "measures_": "track",
    "milestones_": "track",
    "plan_rows": "track",
    "regional_error": "simulate",
    "simulate_": "simulate",
}


@section("findings", 720)
def findings(view: View) -> Iterator[Block]:
    """What the signs say, then the groups of findings that no other section tells."""
    yield Group([Heading(2, view.say("how_to_read")), *legend(view)], LEGEND, LEGEND)
    sorted_out: dict[str, list[Text]] = {name: [] for name in GROUPS}
    for found in view.findings():
        if section_of(found) is None:
            sorted_out[group_of(found)].append(item(view, found))
    for name, items in sorted_out.items():
        if items:
            yield Heading(2, view.say(f"findings_{name}"))
            yield Points(items, kind=f"found f-{name}")


def section_of(found: Finding) -> str | None:
    """Transitional."""
    return home(found.code) if isinstance(found, CodedFinding) else found.section


def group_of(found: Finding) -> str:
    """Transitional."""
    return group(found.code) if isinstance(found, CodedFinding) else found.group


def home(code: str) -> str | None:
    """The section that tells a finding; blank where a chart or a table says the same.

    >>> home("choose_value"), home("study_no_answer"), home("other")
    ('choose', '', None)
    """
    return next((name for start, name in HOMES.items() if code.startswith(start)), None)


def told(view: View, name: str, but: Container[str] = ()) -> Iterator[Points]:
    """The findings that a section tells, without those that head it."""
    items = [
        item(view, found)
        for found in view.findings()
        if section_of(found) == name and found.code not in but
    ]
    if items:
        yield Points(items)


def group(code: str) -> str:
    """The group of a finding's code.

    >>> group("claim_sources_differ"), group("plan_rows"), group("claims"), group("other")
    ('conflicts', 'gaps', 'verdicts', 'facts')
    """
    for name, starts in (("conflicts", _CONFLICTS), ("gaps", _GAPS), ("verdicts", _VERDICTS)):
        if code.startswith(starts):
            return name
    return "facts"


def item(view: View, found: Finding) -> Text:
    """A finding as its sentence and the links that it rests on, at most six."""
    said = _claims_linked(view, view.sentence(found), found)
    if not found.observations:
        return said
    rests = view.rests(found.observations[:MOST_SOURCES])
    more = [" …"] if len(found.observations) > MOST_SOURCES else []
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
    view: View,
    text: str,
    names: Mapping[str, str],
    shown: Sequence[str],
    before: str = "",
    after: str = "",
) -> Text:
    """A text with its names as they are shown, as links where the claims are shown too."""
    if not names:
        return text
    said = dict(zip(names, shown, strict=True))
    among = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    pieces = re.split(f"{before}({among}){after}", text)
    linked = "claims" in view.results
    return tuple(
        piece
        if not at % 2
        else Link(said[piece], anchor("claim", names[piece]))
        if linked
        else said[piece]
        for at, piece in enumerate(pieces)
    )
