"""Accounts on a terminal: findings, industries with their intervals, contradictions, what lacks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from songhua.document import account_influence
from songhua.document import account_words as words
from songhua.document.blocks import Block, Heading, Paragraph, Points
from songhua.document.screens import screen
from songhua.document.tables import grid
from songhua.format.numbers import known, rough
from songhua.format.view import DASH, View
from songhua.studies.accounts.rows import Cell, Industry, MissingFigure

#: How many figures that are missing are named.
NAMED = 5
#: How wide a bar is.
WIDE = 22
OPEN, HELD, MIDDLE, PRINTED = "·", "=", "●", "◆"


@screen("accounts")
def accounts(view: View) -> Iterator[Block]:
    """Findings, since they head the numbers; industries; contradictions; missing figures."""
    yield from heading(view)
    yield from _industries(view)
    yield from _years(view)
    yield from _contradictions(view)
    far = account_influence.far(view)
    if far:
        yield Heading(1, view.say("accounts_far"))
        yield Points(far)
    missing = view.rows("accounts", "missing_figures", MissingFigure)[:NAMED]
    if missing:
        yield Heading(1, view.title("accounts", "missing_figures"))
        yield Points([_missing(view, row) for row in missing])


@screen("accounts", brief=True)
def heading(view: View) -> Iterator[Block]:
    """The title with the year, and the findings."""
    cells = view.rows("accounts", "cells", Cell)
    year = f" · {view.period(cells[0].period)}" if cells else ""
    yield Heading(1, f"{view.region.name(view.lang)} · {view.choice('study', 'accounts')}{year}")
    yield Points([view.sentence(one) for one in view.results["accounts"].findings])


def _industries(view: View) -> Iterator[Block]:
    """The value added of each industry of the plan: printed, else likely; with a bar."""
    rows = [row for row in words.of_plan(view) if row.measure == "value_added"]
    sizes = [one for row in rows for one in _amounts(row) if known(one) and one > 0]
    if not sizes:
        return
    least, most = min(sizes), max(sizes)
    factor, unit = words.scale(view, rows)
    measure = view.choice("account_measure", "value_added")
    yield Heading(1, view.word("gain_in", gain=measure, unit=unit))
    heads = [view.word(f"head_{one}") for one in ("industry", "printed", "likely")]
    cells = [
        [
            words.name(view, row),
            rough(row.printed * factor, view.lang, 5) if known(row.printed) else "",
            "" if known(row.printed) else words.likely(view, row, factor),
            _bar(row, least, most),
        ]
        for row in rows
    ]
    yield grid("", [*heads, ""], cells, {1, 2, 3})
    yield Paragraph(view.word("accounts_bar"))


def _amounts(row: Industry) -> Sequence[float]:
    """The amounts that the bar of an industry shows."""
    return (row.printed,) if known(row.printed) else (row.value.low, row.value.high)


def _bar(row: Industry, least: float, most: float) -> str:
    """An interval on a log scale, its middle marked; what is printed is a mark alone.

    >>> from songhua.results import Estimate
    >>> none, size = Estimate(), Estimate(10, 1, 100)
    >>> row = Industry("", "a", "", None, "", math.nan, 0, 1, 0, 1, size, none, none, 0, 0, ())
    >>> _bar(row, 1, 100)
    '==========●==========='
    """
    if not all(map(known, _amounts(row))):
        return DASH
    at = [_place(one, least, most) for one in _amounts(row)]
    bar = [HELD if at[0] <= k <= at[-1] else OPEN for k in range(WIDE)]
    if known(row.printed):
        bar[at[0]] = PRINTED
    else:
        bar[_place(row.value.value, least, most)] = MIDDLE
    return "".join(bar)


def _place(amount: float, least: float, most: float) -> int:
    """The place of an amount on a bar."""
    if amount <= least or most <= least:
        return 0
    return round((WIDE - 1) * min(math.log(amount / least) / math.log(most / least), 1.0))


def _years(view: View) -> Iterator[Block]:
    """The share of each industry of the plan in each year, where several were asked for."""
    made = words.shares_by_year(view, ends=True)
    if made.rows:
        yield Heading(1, view.say("accounts_years_title"))
        yield made
        yield Paragraph(view.say("accounts_years_note"))


def _contradictions(view: View) -> Iterator[Block]:
    """Each set with its figures."""
    for members in words.sets(view):
        where = view.choice("account_stage", members[0].stage)
        yield Heading(1, view.say("accounts_set", set=members[0].set, n=len(members), where=where))
        yield Points([f"{words.told(view, row)}{words.change(view, row)}" for row in members])


def _missing(view: View, row: MissingFigure) -> str:
    """A figure that is missing, and what it would take of all that is open."""
    return view.word(
        "accounts_missing",
        measure=view.choice("account_measure", row.measure),
        industry=view.name("table_industries", row.code, row.table),
        narrows=rough(row.narrows, view.lang, 2),
    )
