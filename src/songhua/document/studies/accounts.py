"""Accounts: industries as printed, likely and possible; contradictions; how each figure is read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from songhua.document import account_influence
from songhua.document import account_record as record
from songhua.document import account_words as words
from songhua.document.blocks import Block, Figure, Fold, Heading, Paragraph, Points, Table
from songhua.document.charts import accounts as charts
from songhua.document.studies import listing
from songhua.document.studies.findings import section_findings
from songhua.document.tables import grid, table
from songhua.format.numbers import known, rough
from songhua.format.text import Strong, Text, joined
from songhua.format.view import DASH, View
from songhua.studies.accounts.finding_kinds import (
    AccountsArea,
    AccountsLearnt,
    AccountsNoArea,
    AccountsRestOn,
    AccountsTransferred,
)
from songhua.studies.accounts.rows import Cell, Industry, LedgerRow, Member, MissingFigure

BLOCKS = listing("accounts", 130)

HEADING = (AccountsTransferred, AccountsLearnt, AccountsRestOn, AccountsArea, AccountsNoArea)
#: The measures of which an industry is looked at by what belongs to it.
MEASURES = ("value_added", "output")
#: The number of missing figures that a terminal names, and the width of a bar there.
MOST_NAMES, WIDE = 5, 22
OPEN, INSIDE, MIDDLE, PRINTED = "·", "=", "●", "◆"


@BLOCKS("full")
def accounts(view: View) -> Iterator[Block]:
    """The part that is model, then charts, industries, contradictions, and all sources."""
    cells = view.rows("accounts", "cells", Cell)
    if not cells:
        return
    for finding in view.results["accounts"].findings:
        if isinstance(finding, HEADING):
            yield Paragraph((Strong(view.sentence(finding)),), "lede")
    yield Paragraph(view.say("accounts_lede", period=view.period(cells[0].period)), "lede")
    yield from _charts(view, cells)
    yield from section_findings(view, "accounts", HEADING)
    yield from (part for part in _industries(view) if part.rows)
    by_year = words.shares_by_year(view)
    if by_year.rows:
        note = view.say("accounts_years_note")
        yield replace(
            by_year, title=view.say("accounts_years_title"), note=note, kind="wide", fold="open"
        )
    yield from account_influence.influence(view)
    yield from _contradictions(view)
    yield from _far(view)
    columns = ("rank", "measure", "code", "narrows", "own")
    note = view.say("accounts_missing")
    missing = table(view, "accounts", "missing_figures", columns, note=note, fold="open")
    if missing.rows:
        yield Fold(missing.title, [replace(missing, fold="")], id=words.MISSING)
    yield from (part for part in _sources(view, cells) if part.rows)


def _charts(view: View, cells: Sequence[Cell]) -> Iterator[Block]:
    """The plan's industries by value added, and by output where any was printed; then all."""
    say = view.say
    for measure in MEASURES:
        rows = [row for row in words.of_plan(view) if row.measure == measure]
        if measure != "value_added" and not any(known(row.printed) for row in rows):
            continue
        title = say("chart_accounts", measure=view.choice("account_measure", measure))
        drawn = charts.accounts(view, rows, f"c-accounts-{measure.replace('_', '-')}", title)
        yield Figure(title, drawn, say("accounts_chart_note"))
    rows = sorted(
        (row for row in cells if row.measure == "value_added"),
        key=lambda row: row.value.value,
        reverse=True,
    )
    title = say("chart_accounts_table", table=view.name("tables", cells[0].table))
    drawn = charts.accounts(view, rows, "c-accounts-table", title)
    yield Fold(title, [Figure(title, drawn, say("accounts_chart_note"))])


def _industries(view: View) -> Iterator[Table]:
    """The industries of the plan, then the others of the region."""
    rows = words.of_plan(view)
    columns = (
        "industry",
        "measure",
        "printed",
        "observations",
        "value",
        *words.ends(view),
        "nation",
        "share",
        "quotient",
        "by_print",
    )
    plan = [words.unlikely(row) for row in rows]
    yield table(
        view,
        "accounts",
        "industries",
        columns,
        plan,
        note=view.say("accounts_columns"),
        kind="wide",
    )
    industries = view.rows("accounts", "industries", Industry)
    unplanned = [words.unlikely(row) for row in industries if row not in rows and _on_page(row)]
    yield table(
        view,
        "accounts",
        "industries",
        columns,
        unplanned,
        kind="wide",
        title=view.say("accounts_others"),
    )


def _on_page(row: Industry | Cell) -> bool:
    """True where a row stands on the page: value added, and of output what is printed."""
    return row.measure == "value_added" or known(words.printed(row))


def _contradictions(view: View) -> Iterator[Block]:
    """Each set: its figures with their sources, and how far each alone would have to move."""
    sets = words.sets(view)
    if sets:
        yield Paragraph(view.say("accounts_contradictions"), "lede")
    for summary, members in sets:
        yield Fold(summary, [Points([_member(view, row) for row in members])], open=True)


def _far(view: View) -> Iterator[Block]:
    """Figures that may hold and lie far from what the others let expect."""
    lines = account_influence.far(view)
    if lines:
        note = Paragraph(view.say("accounts_far_note"))
        yield Fold(view.say("accounts_far"), [note, Points(lines)], open=True)


def _member(view: View, row: Member) -> Text:
    """A figure with how far it alone would have to move, and where it stands."""
    text = f"{words.member(view, row)}{words.change(view, row)}"
    return joined([text, view.rests(row.observations)])


def _sources(view: View, cells: Sequence[Cell]) -> Iterator[Table]:
    """Industries of the table; how figures are read; what belongs to what."""
    yield table(
        view,
        "accounts",
        "cells",
        ("code", "value", *words.ends(view), "nation", "model", "by_print", "rests_on"),
        list(filter(_on_page, cells)),
        note=view.say("accounts_output"),
        kind="wide",
    )
    yield table(
        view,
        "accounts",
        "pay_and_jobs",
        ("code", "measure", "value", "nation"),
        note=view.say("accounts_following"),
        fold="closed",
    )
    rows = view.rows("accounts", "ledger", LedgerRow)
    read = sorted((row for row in rows if row.reading != "none"), key=lambda row: -row.binds)
    yield table(view, "accounts", "ledger", (
        "indicator", "industry", "entity", "period", "value", "reading", "assumed", "binds",
        "observations",
    ), read, title=view.say("accounts_used"), kind="wide")  # fmt: skip
    yield table(
        view,
        "accounts",
        "ledger",
        ("indicator", "industry", "entity", "period", "value", "reason", "observations"),
        [row for row in rows if row.reading == "none"],
        title=view.say("accounts_unused"),
        kind="wide",
    )
    yield record.perimeters(view, MEASURES)
    yield record.record(view)
    yield from record.covariates_record(view, {row.reading for row in rows})


@BLOCKS("sentence", "short")
def heading(view: View) -> Iterator[Block]:
    """The title with the year, and the findings."""
    cells = view.rows("accounts", "cells", Cell)
    year = f" · {view.period(cells[0].period)}" if cells else ""
    yield Heading(1, f"{view.region.name(view.lang)} · {view.choice('study', 'accounts')}{year}")
    yield Points([view.sentence(finding) for finding in view.results["accounts"].findings])


@BLOCKS("short")
def bars(view: View) -> Iterator[Block]:
    """The value added of each industry of the plan: printed, else likely; with a bar."""
    rows = [row for row in words.of_plan(view) if row.measure == "value_added"]
    sizes = [amount for row in rows for amount in _amounts(row) if known(amount) and amount > 0]
    if not sizes:
        return
    least, most = min(sizes), max(sizes)
    factor, unit = words.scale(view, rows)
    measure = view.choice("account_measure", "value_added")
    yield Heading(1, view.word("gain_in", gain=measure, unit=unit))
    heads = [view.word(f"head_{name}") for name in ("industry", "printed", "likely")]
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
    at = [_place(amount, least, most) for amount in _amounts(row)]
    bar = [INSIDE if at[0] <= k <= at[-1] else OPEN for k in range(WIDE)]
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


@BLOCKS("short")
def years(view: View) -> Iterator[Block]:
    """The share of each industry of the plan in each year, where several were asked for."""
    shares = words.shares_by_year(view, ends=True)
    if shares.rows:
        yield Heading(1, view.say("accounts_years_title"))
        yield shares
        yield Paragraph(view.say("accounts_years_note"))


@BLOCKS("short")
def doubtful(view: View) -> Iterator[Block]:
    """Each contradiction with its figures, figures far from the others, and what lacks."""
    for summary, members in words.sets(view):
        yield Heading(1, summary)
        yield Points([f"{words.member(view, row)}{words.change(view, row)}" for row in members])
    far = account_influence.far(view)
    if far:
        yield Heading(1, view.say("accounts_far"))
        yield Points(far)
    missing = view.rows("accounts", "missing_figures", MissingFigure)[:MOST_NAMES]
    if missing:
        yield Heading(1, view.title("accounts", "missing_figures"))
        yield Points([_missing(view, row) for row in missing])


def _missing(view: View, row: MissingFigure) -> str:
    """A figure that is missing, and what it would take of all that is open."""
    return view.word(
        "accounts_missing",
        measure=view.choice("account_measure", row.measure),
        industry=view.name("table_industries", row.code, row.table),
        narrows=rough(row.narrows, view.lang, 2),
    )
