"""Accounts: industries as printed, likely and possible; contradictions; how each figure is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from songhua.document import account_influence
from songhua.document import account_words as words
from songhua.document.blocks import Block, Figure, Fold, Paragraph, Points, Table
from songhua.document.charts import accounts as charts
from songhua.document.sections import section
from songhua.document.sections.findings import told
from songhua.document.tables import grid, table
from songhua.format.cells import percent
from songhua.format.numbers import known, span
from songhua.format.text import Strong, Text, joined
from songhua.format.view import View
from songhua.maths.accounts import prior
from songhua.studies.accounts.finding_kinds import (
    AccountsLearnt,
    AccountsRestOn,
    AccountsTransferred,
)
from songhua.studies.accounts.perimeters import TURNOVER
from songhua.studies.accounts.rows import Cell, Industry, LedgerRow, Member, PerimeterPart

HEADING = (AccountsTransferred, AccountsLearnt, AccountsRestOn)
#: The measures of which an industry is looked at by what belongs to it.
MEASURES = ("value_added", "output")


@section("accounts", 130)
def accounts(view: View) -> Iterator[Block]:
    """What part is model, then charts, industries, contradictions, and where all of it is from."""
    cells = view.rows("accounts", "cells", Cell)
    if not cells:
        return
    for found in view.results["accounts"].findings:
        if isinstance(found, HEADING):
            yield Paragraph((Strong(view.sentence(found)),), "lede")
    yield Paragraph(view.say("accounts_lede", period=view.period(cells[0].period)), "lede")
    yield from _charts(view, cells)
    yield from told(view, "accounts", HEADING)
    yield from (one for one in _industries(view) if one.rows)
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
    yield from (one for one in _sources(view, cells) if one.rows)


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
    every = view.rows("accounts", "industries", Industry)
    others = [words.unlikely(row) for row in every if row not in rows and _shown(row)]
    yield table(
        view,
        "accounts",
        "industries",
        columns,
        others,
        kind="wide",
        title=view.say("accounts_others"),
    )


def _shown(row: Industry | Cell) -> bool:
    """Whether a row stands on the page: value added, and of output what is printed."""
    return row.measure == "value_added" or known(words.printed(row))


def _contradictions(view: View) -> Iterator[Block]:
    """Each set: its figures with their sources, and how far each alone would have to move."""
    sets = words.sets(view)
    if sets:
        yield Paragraph(view.say("accounts_contradictions"), "lede")
    for members in sets:
        where = view.choice("account_stage", members[0].stage)
        summary = view.say("accounts_set", set=members[0].set, n=len(members), where=where)
        yield Fold(summary, [Points([_member(view, row) for row in members])], open=True)


def _far(view: View) -> Iterator[Block]:
    """Figures that may hold and lie far from what the others let expect."""
    lines = account_influence.far(view)
    if lines:
        note = Paragraph(view.say("accounts_far_note"))
        yield Fold(view.say("accounts_far"), [note, Points(lines)], open=True)


def _member(view: View, row: Member) -> Text:
    """A figure with how far it alone would have to move, and where it stands."""
    said = f"{words.told(view, row)}{words.change(view, row)}"
    return joined([said, view.rests(row.observations)])


def _sources(view: View, cells: Sequence[Cell]) -> Iterator[Table]:
    """Industries of the table; how figures are read; what belongs to what."""
    yield table(
        view,
        "accounts",
        "cells",
        ("code", "value", *words.ends(view), "nation", "model", "by_print", "rests_on"),
        list(filter(_shown, cells)),
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
        (
            "indicator",
            "industry",
            "entity",
            "period",
            "value",
            "reason",
            "observations",
        ),
        [row for row in rows if row.reading == "none"],
        title=view.say("accounts_unused"),
        kind="wide",
    )
    yield _perimeters(view)
    yield _record(view)
    if any(row.reading == "jobs_quotient" for row in rows):
        yield _jobs_record(view)


def _jobs_record(view: View) -> Table:
    """How the model did with quotients of jobs and without, on regions that it had not seen."""
    heads = [
        view.say(f"accounts_{name}")
        for name in (
            "tried_on",
            "learnt_from",
            "sizes",
            "inside",
            "score",
            "inside_without",
            "score_without",
        )
    ]
    rows = [
        [
            view.choice("learnt_in", one.country),
            view.choice("learnt_as", one.classes),
            view.number(one.n),
            percent(one.coverage, view.lang),
            view.digits(one.score, 3),
            percent(one.coverage_without, view.lang),
            view.digits(one.score_without, 3),
        ]
        for one in prior.load().jobs.scores
    ]
    title, note = view.say("accounts_jobs_record_title"), view.say("accounts_jobs_record")
    return replace(grid(title, heads, rows, range(2, 7), note, "wide"), fold="closed")


def _record(view: View) -> Table:
    """How the model did on regions that it had not seen, beside two rivals."""
    heads = [
        view.say(f"accounts_{name}")
        for name in (
            "tried_on",
            "learnt_from",
            "sizes",
            "inside",
            "small",
            "middle",
            "large",
            "score",
            "naive",
            "dirichlet",
        )
    ]
    rows = [
        [
            view.choice("learnt_in", one.country),
            view.choice("learnt_as", one.classes),
            view.number(one.n),
            *(
                percent(part, view.lang)
                for part in (one.coverage, one.small, one.middle, one.large)
            ),
            *(view.digits(score, 3) for score in (one.score, one.naive, one.dirichlet)),
        ]
        for one in prior.load().scores
        if not one.fragments
    ]
    title, note = view.say("accounts_record_title"), view.say("accounts_record")
    return replace(grid(title, heads, rows, range(2, 10), note, "wide"), fold="closed")


def _perimeters(view: View) -> Table:
    """What an industry holds whole and in part, in a row each."""
    parts = view.rows("accounts", "perimeters", PerimeterPart)
    rows: list[list[Text]] = []
    listed = [row for row in parts if row.measure in MEASURES]
    for (industry, measure), group in groupby(listed, lambda row: (row.industry, row.measure)):
        members = list(group)
        whole = [_code(view, row) for row in members if row.print_low == row.print_high == 100]
        some = [_part(view, row) for row in members if row.print_low < row.print_high]
        if some:
            rows.append(
                [
                    view.name("industries", industry),
                    view.choice("account_measure", measure),
                    view.join(whole),
                    view.written.semicolon.join(some),
                ]
            )
    heads = [view.say(f"accounts_{name}") for name in ("industry", "measure", "whole", "part")]
    low, high = (view.number(end * 100) for end in (TURNOVER.low, TURNOVER.high))
    note = view.say("accounts_turnover", low=low, high=high)
    made = grid(view.title("accounts", "perimeters"), heads, rows, note=note)
    return replace(made, study="accounts", name="perimeters", fold="closed")


def _code(view: View, row: PerimeterPart) -> str:
    return view.name("table_industries", row.code, row.table)


def _part(view: View, row: PerimeterPart) -> str:
    """An industry of the table of which a part is held, by definition and as assumed."""
    said = span(row.print_low, row.print_high, "%", view.lang)
    if (row.assumed_low, row.assumed_high) != (row.print_low, row.print_high):
        near = span(row.assumed_low, row.assumed_high, "%", view.lang)
        said = view.say("accounts_part_assumed", part=said, assumed=near)
    return f"{_code(view, row)}{view.written.bracketed(said)}"
