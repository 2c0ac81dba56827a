"""Notes on figures and method: every finding of the studies, grouped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, cast

from songhua.document.blocks import Block, Group, Heading, Points
from songhua.document.legend import LEGEND, legend
from songhua.document.studies import listing
from songhua.format.labels import claim
from songhua.format.text import Link, Text, joined
from songhua.format.view import View, anchor
from songhua.results import Finding

BLOCKS = listing("findings", 720, "")

GROUPS = ("facts", "conflicts", "gaps", "verdicts")
MOST_SOURCES = 6
Kinds: TypeAlias = tuple[type[Finding], ...]


@BLOCKS("full")
def findings(view: View) -> Iterator[Block]:
    """The signs explained, then the groups of findings that no other section tells."""
    yield Group([Heading(2, view.say("how_to_read")), *legend(view)], LEGEND, LEGEND)
    sorted_out: dict[str, list[Text]] = {name: [] for name in GROUPS}
    for finding in view.findings():
        if finding.section is None:
            sorted_out[finding.group].append(item(view, finding))
    for name, items in sorted_out.items():
        if items:
            yield Heading(2, view.say(f"findings_{name}"))
            yield Points(items, kind=f"found f-{name}")


def section_findings(
    view: View, name: str, but: Kinds = (), kinds: Kinds = (Finding,)
) -> Iterator[Points]:
    """The findings that a section tells: without the kinds that head it, or some kinds `only`."""
    items = [
        item(view, finding)
        for finding in view.findings()
        if finding.section == name and isinstance(finding, kinds) and not isinstance(finding, but)
    ]
    if items:
        yield Points(items)


def item(view: View, finding: Finding) -> Text:
    """A finding as its sentence and the links that it rests on, at most six."""
    text = _claims_linked(view, view.sentence(finding), finding)
    if not finding.observations:
        return text
    rests = view.rests(finding.observations[:MOST_SOURCES])
    more = [" …"] if len(finding.observations) > MOST_SOURCES else []
    return joined([text, rests, *more])


def _claims_linked(view: View, text: str, finding: Finding) -> Text:
    """A sentence in which each claim that it speaks of leads to the claim."""
    values = (finding.params.get("claim", ()), finding.params.get("claims", ()))
    ids = [
        id
        for value in values
        for id in ([value] if isinstance(value, str) else cast("tuple", value))
    ]
    names = {claim(view.region, id, view.lang): id for id in ids}
    names |= {f"“{view.name('claims', id)}”": id for id in ids}
    return _linked(view, text, names, tuple(names))


def claims_named(view: View, text: str) -> Text:
    """A text of the folder in which each id of a claim is the claim's sentence and leads there."""
    names = {id: id for id in view.region.claims}
    labels = [claim(view.region, id, view.lang) for id in names]
    return _linked(view, text, names, labels, r"(?<![\w-])", r"(?![\w-])")


def _linked(
    view: View,
    text: str,
    names: Mapping[str, str],
    labels: Sequence[str],
    before: str = "",
    after: str = "",
) -> Text:
    """A text with its names as they are shown, as links where the claims are shown too."""
    if not names:
        return text
    by_name = dict(zip(names, labels, strict=True))
    among = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    pieces = re.split(f"{before}({among}){after}", text)
    linked = "claims" in view.results
    return tuple(
        piece
        if not at % 2
        else Link(by_name[piece], anchor("claim", names[piece]))
        if linked
        else by_name[piece]
        for at, piece in enumerate(pieces)
    )
