"""At a glance: the system as a board, and how to read the signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from songhua.document import account_words, industry
from songhua.document.blocks import Block, Card, Cards, Paragraph
from songhua.document.legend import LEGEND
from songhua.document.studies import listing
from songhua.format.numbers import known
from songhua.format.text import Break, Link, Strong, Text, joined
from songhua.format.view import View
from songhua.plan import ROLES
from songhua.studies.accounts.rows import Industry
from songhua.studies.diagnose.system import IndustrySize

BLOCKS = listing("glance", 100, "")


@BLOCKS("full")
def glance(view: View) -> Iterator[Block]:
    """The industries by role, then what the signs say."""
    board = [
        Cards(view.choice("role_group", role), cards, role)
        for role in ROLES
        if role != "product" and (cards := _cards(view, role))
    ]
    if board:
        yield Paragraph(view.say("measures_apart"), "lede")
        yield from board
        if any(card.estimated for group in board for card in group.cards):
            link = Link(view.say("narrow_most"), account_words.MISSING)
            yield Paragraph((f"{view.say('board_estimated')} ", link), "note")
    if products := _cards(view, "product"):
        yield Cards(view.choice("role_group", "product"), products, "product", chips=True)
    yield Paragraph((Link(view.say("how_to_read"), LEGEND),), "more")


def _cards(view: View, role: str) -> list[Card]:
    rows = view.rows("diagnose", "system", IndustrySize)
    return [
        replace(_card(view, row), to=industry.place(row.industry))
        for row in rows
        if row.role == role
    ]


def _card(view: View, row: IndustrySize) -> Card:
    """An industry: its size by what, when and how it grew; or that nothing is known of it."""
    name = view.name("industries", row.industry)
    if not row.value.known:
        return _unpublished(view, row, name)
    size: Text = view.show(row.value, row.unit)
    if row.role == "product":
        size = view.amount(row.value, row.unit)
    measure = Strong(view.choice("measure", row.measure))
    lines: list[Text] = [(measure, f" · {view.period(row.period)}")]
    if row.growth.known:
        growth = view.show(row.growth, "%")
        growth = growth if growth.startswith("−") else f"+{growth}"
        lines.append((Strong(growth), " " + view.growth(row.growth_basis)))
    rests = view.rests(row.observations)
    between = " " if row.role == "product" else Break()
    return Card(name, size, lines, joined([view.grade(row.grade), rests], between))


def _unpublished(view: View, row: IndustrySize, name: str) -> Card:
    """An industry without a published size: its likely size, else its possible range."""
    state = view.choice("system_state", row.state)
    of = next(
        (
            account
            for account in view.rows("accounts", "industries", Industry)
            if (account.industry, account.measure) == (row.industry, "value_added")
        ),
        None,
    )
    if of is None or known(of.printed):
        return Card(name, "–", [state], blank=True)
    measure: Text = (Strong(view.choice("measure", of.measure)), f" · {view.period(of.period)}")
    if not of.value.known:
        ends = account_words.possible(view, of.assumed_low, of.assumed_high, of.unit)
        return Card(name, ends, [measure, view.say("board_possible")], blank=True)
    lines = [measure, *account_words.beside_nation(view, of)]
    tail = (view.estimate(of.value.kind), " ", view.say("estimated"))
    return Card(name, account_words.size(view, of), lines, tail, estimated=True)
