"""Claims checked: how many have each verdict, then the claims with what was computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from songhua.document.blocks import (
    Block,
    Facts,
    Figure,
    Fold,
    Group,
    Heading,
    Paragraph,
    Points,
)
from songhua.document.charts import tallies
from songhua.document.studies import listing
from songhua.format import marks
from songhua.format.numbers import known, span
from songhua.format.text import Break, Code, Text, joined
from songhua.format.view import View, anchor
from songhua.results import Estimate
from songhua.studies.claims.findings import ESTIMATED
from songhua.studies.claims.rows import CheckedClaim, CheckedNumber

BLOCKS = listing("claims", 700)

OPEN = ("inconsistent", "consistent_if")


@BLOCKS("full")
def claims(view: View) -> Iterator[Block]:
    """The chart and, verdict by verdict, the claims; those that cannot be right come first."""
    rows, say = view.rows("claims", "claims", CheckedClaim), view.say
    if not rows:
        return
    yield Paragraph(say("claims_intro"), "lede")
    yield Figure(say("chart_claims"), tallies.verdicts(view, rows))
    yield Paragraph(view.explained(("bound", "identity")), "signs")
    found = [(name, [row for row in rows if row.verdict == name]) for name in marks.VERDICTS]
    shown = [(name, chosen) for name, chosen in found if chosen]
    numbers: dict[str, list[CheckedNumber]] = {}
    every = view.rows("claims", "claim_numbers", CheckedNumber)
    if any(known(number.width) for number in every):
        yield Paragraph(say("claims_words"), "note")
    for number in every:
        numbers.setdefault(number.claim, []).append(number)
    for verdict, chosen in shown:
        summary = (view.verdict(verdict), f" ({len(chosen)})")
        items = [claim(view, row, numbers.get(row.claim, ())) for row in chosen]
        yield Fold(summary, [Group(items, "claims", listed=True)], open=verdict in OPEN)


def claim(view: View, row: CheckedClaim, numbers: Sequence[CheckedNumber]) -> Group:
    """A claim: what it says, its verdict, what was computed, and what that rests on."""
    id, say = row.claim, view.say
    verdict: Text = (view.verdict(row.verdict),)
    if row.reason:
        verdict = joined([verdict, view.choice("reason", row.reason)])
    pairs: list[tuple[Text, Text]] = _sides(view, row)
    for word, what in (
        (say("premise"), "premise"),
        (view.choice("reason", "uncheckable"), "uncheckable"),
    ):
        if said := view.claim_text(id, what):
            pairs.append((word, said))
    wide = len(pairs)
    if row.relation:
        pairs.append((say("formula"), (Code(row.relation),)))
    if numbers:
        pairs.append((say("numbers_used"), _numbers(view, numbers)))
    facts = Facts(
        [*pairs, (view.heading("source")[0], view.source(row.source))],
        frozenset(range(wide, len(pairs))),
    )
    says = Paragraph(view.name("claims", id), "says")
    return Group([says, Paragraph(verdict, "sub"), facts], "claim", anchor("claim", id))


def _sides(view: View, row: CheckedClaim) -> list[tuple[Text, Text]]:
    """What was computed: both sides, and what is implied, each with its bounds."""
    shown: list[tuple[Text, Text]] = []
    for side, ends in row.sides.items():
        kind = row.estimate if ends.low != ends.high else "identity"
        said = (span(ends.low, ends.high, row.unit, view.lang), view.estimate(kind))
        shown.append((view.say("claims_unknown" if side == "implied" else side), said))
    return shown


def _numbers(view: View, rows: Iterable[CheckedNumber]) -> Text:
    """The numbers that a claim names: as printed, with the observation or source of each."""
    shown: list[Text] = []
    for row in rows:
        value, mark = "?", list[Text]()
        if row.value:
            said = view.show(Estimate(float(row.value), row.low, row.high), row.unit)
            value = view.qualified(row.qualifier, said)
            if known(row.width):
                value += f" ({span(row.low, row.high, row.unit, view.lang)})"
        elif row.estimate == "interval":
            value = span(row.low, row.high, row.unit, view.lang)
            mark.append((view.estimate(row.estimate),))
        where = view.rests(row.observation) if row.observation else ""
        said: Text = (Code(row.name), f" = {value}")
        shown.append(joined([said, *mark, *([where] if where else [])]))
    return joined(shown, Break())


def computed(view: View, row: CheckedClaim) -> str:
    """What arithmetic gives: the two sides, or the number that was unknown; blank for neither."""
    said = {
        side: span(ends.low, ends.high, row.unit, view.lang) for side, ends in row.sides.items()
    }
    if {"left", "right"} <= said.keys():
        return view.word("claim_sides", left=said["left"], right=said["right"])
    return view.word("claim_implied", value=said["implied"]) if "implied" in said else ""


@BLOCKS("short")
def every_line(view: View) -> Iterator[Block]:
    """Every claim, those that cannot be right first."""
    yield from _listed(view, tuple(marks.VERDICTS))


@BLOCKS("sentence")
def failing(view: View) -> Iterator[Block]:
    """The claims that cannot be right, goals that were missed, and what needs a premise."""
    yield from _listed(view, ("inconsistent", "missed", "consistent_if"))


def _listed(view: View, verdicts: Sequence[str]) -> Iterator[Block]:
    claims = view.rows("claims", "claims", CheckedClaim)
    held = [claim.verdict for claim in claims]
    listed = [one for one in marks.VERDICTS if one not in ESTIMATED or one in held]
    counts = [f"{view.choice('verdict', one)} {held.count(one)}" for one in listed]
    yield Heading(1, f"{view.word('title_claims')} {' · '.join(counts)}")
    for verdict in verdicts:
        rows = [row for row in claims if row.verdict == verdict]
        if rows:
            yield Paragraph(view.choice("verdict", verdict), "lede")
            yield Points([_line(view, row) for row in rows])


def _line(view: View, row: CheckedClaim) -> str:
    """What a claim says, what arithmetic gives, and the premise that it needs."""
    premise = view.claim_text(row.claim, "premise")
    parts = [view.name("claims", row.claim), computed(view, row)]
    return " ".join(p for p in (*parts, premise and view.word("only_if") + premise) if p)
