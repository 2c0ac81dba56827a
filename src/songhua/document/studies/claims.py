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
from songhua.format.text import Break, Code, Small, Text, joined
from songhua.format.view import View, anchor
from songhua.results import Estimate
from songhua.studies.claims.claim_findings import ESTIMATED
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
    by_verdict = [(name, [row for row in rows if row.verdict == name]) for name in marks.VERDICTS]
    listed = [(name, chosen) for name, chosen in by_verdict if chosen]
    numbers: dict[str, list[CheckedNumber]] = {}
    all_numbers = view.rows("claims", "claim_numbers", CheckedNumber)
    if any(known(number.width) for number in all_numbers):
        yield Paragraph(say("claims_words"), "note")
    for number in all_numbers:
        numbers.setdefault(number.claim, []).append(number)
    for verdict, chosen in listed:
        summary = (view.verdict(verdict), view.written.bracketed(str(len(chosen))))
        items = [claim(view, row, numbers.get(row.claim, ())) for row in chosen]
        yield Fold(summary, [Group(items, "claims", listed=True)], open=verdict in OPEN)


def claim(view: View, row: CheckedClaim, numbers: Sequence[CheckedNumber]) -> Group:
    """A claim: its sentence, its verdict, the computation, and the figures behind it."""
    id, say = row.claim, view.say
    verdict: Text = (view.verdict(row.verdict),)
    if row.reason:
        verdict = joined([verdict, view.choice("reason", row.reason)])
    pairs: list[tuple[Text, Text]] = _sides(view, row)
    for word, part in (
        (say("premise"), "premise"),
        (view.choice("reason", "uncheckable"), "uncheckable"),
    ):
        if text := view.claim_text(id, part):
            pairs.append((word, text))
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
    """The computed values: both sides, and the implied one, each with its bounds."""
    sides: list[tuple[Text, Text]] = []
    for side, ends in row.sides.items():
        kind = row.estimate if ends.low != ends.high else "identity"
        bounds = (span(ends.low, ends.high, row.unit, view.lang), view.estimate(kind))
        sides.append((view.say("claims_unknown" if side == "implied" else side), bounds))
    return sides


def _numbers(view: View, rows: Iterable[CheckedNumber]) -> Text:
    """The numbers that a claim names: as printed, with the observation or source of each."""
    lines: list[Text] = []
    for row in rows:
        value, mark = "?", list[Text]()
        if row.value:
            text = view.show(Estimate(float(row.value), row.low, row.high), row.unit)
            value = view.qualified(row.qualifier, text)
            if known(row.width):
                value += view.written.bracketed(span(row.low, row.high, row.unit, view.lang))
        elif row.estimate == "interval":
            value = span(row.low, row.high, row.unit, view.lang)
            mark.append((view.estimate(row.estimate),))
        where = view.rests(row.observation, doubted=False) if row.observation else ""
        text: Text = (Code(row.name), f" = {value}")
        if doubts := view.doubts(row.doubts):
            mark.append((Small(doubts),))
        lines.append(joined([text, *mark, *([where] if where else [])]))
    return joined(lines, Break())


def computed(view: View, row: CheckedClaim) -> str:
    """The computed values: the two sides, or the number that was unknown; blank for neither."""
    bounds = {
        side: span(ends.low, ends.high, row.unit, view.lang) for side, ends in row.sides.items()
    }
    if {"left", "right"} <= bounds.keys():
        return view.word("claim_sides", left=bounds["left"], right=bounds["right"])
    return view.word("claim_implied", value=bounds["implied"]) if "implied" in bounds else ""


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
    reached = [claim.verdict for claim in claims]
    listed = [
        verdict for verdict in marks.VERDICTS if verdict not in ESTIMATED or verdict in reached
    ]
    counts = [f"{view.choice('verdict', verdict)} {reached.count(verdict)}" for verdict in listed]
    yield Heading(1, f"{view.word('title_claims')} {' · '.join(counts)}")
    for verdict in verdicts:
        rows = [row for row in claims if row.verdict == verdict]
        if rows:
            yield Paragraph(view.choice("verdict", verdict), "lede")
            yield Points([_line(view, row) for row in rows])


def _line(view: View, row: CheckedClaim) -> str:
    """A claim's sentence, the result of arithmetic, and the premise that it needs."""
    premise = view.claim_text(row.claim, "premise")
    doubts = view.doubts(row.doubts)
    parts = [view.name("claims", row.claim), computed(view, row)]
    parts.append(doubts and view.word("claim_doubts", doubts=doubts))
    parts.append(premise and view.word("only_if") + premise)
    return view.written.gap.join(filter(None, parts))
