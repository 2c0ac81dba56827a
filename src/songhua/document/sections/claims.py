"""Claims checked: a chart of the verdicts, then every claim with what was computed."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from songhua.document.blocks import Block, Facts, Figure, Fold, Group, Paragraph
from songhua.document.charts import tallies
from songhua.document.sections import section
from songhua.document.tables import records
from songhua.format.cells import Row
from songhua.format.numbers import known, span
from songhua.format.text import Break, Code, Text, joined
from songhua.format.view import DASH, View, anchor

ORDER = ("inconsistent", "consistent_if", "consistent", "not_checkable")
OPEN = 2


@section("claims", 120)
def claims(view: View) -> Iterator[Block]:
    """The chart and, verdict by verdict, the claims; those that cannot be right come first."""
    rows, say = view.table("claims", "claims"), view.say
    if rows.empty:
        yield Paragraph(
            say("claims_none" if "claims" in view.results else "study_missing"), "empty"
        )
        return
    yield Paragraph(say("claims_intro"), "lede")
    yield Figure(say("chart_claims"), tallies.verdicts(view, rows))
    yield Paragraph(view.explained(("bound", "identity")), "note")
    found = [(name, rows[rows["verdict"] == name]) for name in ORDER]
    shown = [(name, chosen) for name, chosen in found if len(chosen)]
    numbers = {
        str(id): frame for id, frame in view.table("claims", "claim_numbers").groupby("claim")
    }
    for at, (verdict, chosen) in enumerate(shown):
        summary = (view.verdict(verdict), f" ({len(chosen)})")
        items = [claim(view, row, numbers.get(row["claim"])) for row in records(chosen)]
        yield Fold(summary, [Group(items, "claims", listed=True)], open=at < OPEN)


def claim(view: View, row: Row, numbers: pd.DataFrame | None) -> Group:
    """A claim: what it says, its verdict, what was computed, and what that rests on."""
    id, say = row["claim"], view.say
    verdict: Text = (view.verdict(row["verdict"]),)
    if row["reason"]:
        verdict = joined([verdict, view.choice("reason", row["reason"])])
    pairs: list[tuple[Text, Text]] = _sides(view, row)
    for word, what in (
        (say("premise"), "premise"),
        (view.choice("reason", "uncheckable"), "uncheckable"),
    ):
        if said := view.claim_text(id, what):
            pairs.append((word, said))
    wide = len(pairs)
    if row["relation"]:
        pairs.append((say("formula"), (Code(row["relation"]),)))
    if numbers is not None:
        pairs.append((say("numbers_used"), _numbers(view, numbers)))
    facts = Facts([*pairs, (view.heading("source")[0], view.source(row["source"]))],
                  frozenset(range(wide, len(pairs))))  # fmt: skip
    says = Paragraph(view.name("claims", id), "says")
    tail = Paragraph((Code(id),), "tail")
    return Group([says, Paragraph(verdict, "sub"), facts, tail], "claim", anchor("claim", id))


def _sides(view: View, row: Row) -> list[tuple[Text, Text]]:
    """What was computed: both sides, and what is implied, each with its bounds."""
    shown: list[tuple[Text, Text]] = []
    for side, word in (("left", "left"), ("right", "right"), ("implied", "claims_unknown")):
        low, high = row[f"{side}_low"], row[f"{side}_high"]
        if known(low) or known(high):
            kind = row["estimate"] if low != high else "identity"
            said = (span(low, high, row["unit"], view.lang), view.estimate(kind))
            shown.append((view.say(word), said))
    return shown


def _numbers(view: View, rows: pd.DataFrame) -> Text:
    """The numbers that a claim names: as printed, with the observation or source of each."""
    shown: list[Text] = []
    for row in records(rows):
        name = view.name("claim_numbers", row["name"], row["claim"])
        value = "?"
        if row["value"]:
            said = view.show(float(row["value"]), row["unit"], row["low"], row["high"])
            value = view.qualified(row["qualifier"], said)
        where = view.rests(row["observation"]) if row["observation"] else ""
        shown.append(joined([f"{name} = {value}", where]) if where else f"{name} = {value}")
    return joined(shown, Break())


def computed(view: View, row: Row) -> str:
    """What arithmetic gives: the two sides, or the number that was unknown; blank for neither."""
    left, right, implied = (
        span(row[f"{side}_low"], row[f"{side}_high"], row["unit"], view.lang)
        for side in ("left", "right", "implied")
    )
    if DASH not in (left, right):
        return view.word("claim_sides", left=left, right=right)
    return "" if implied == DASH else view.word("claim_implied", value=implied)
