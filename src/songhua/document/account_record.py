"""The record of the model of accounts on regions it had not seen, and each industry's extent."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from songhua.document.blocks import Table
from songhua.document.tables import grid
from songhua.format.cells import percent
from songhua.format.numbers import span
from songhua.format.text import Text
from songhua.format.view import View
from songhua.maths.accounts import prior
from songhua.studies.accounts.perimeters import TURNOVER
from songhua.studies.accounts.rows import PerimeterPart

#: The covariates that each reading of the ledger rests on.
COVARIATES = {
    "jobs_quotient": ("jobs",),
    "area_quotient": ("areas", "seats"),
    "other_year": ("earlier",),
}


def covariates_record(view: View, readings: Collection[str]) -> Iterator[Table]:
    """Scores of the model with what some readings rest on and without, on regions not seen."""
    names = [name for how, of in COVARIATES.items() if how in readings for name in of]
    heads = ("covariate", "tried_on", "learnt_from", "sizes", "inside", "small", "score")
    heads = [*heads, "inside_without", "score_without"]
    rows = [
        [
            view.choice("covariate", name),
            view.choice("learnt_in", trial.country),
            view.choice("learnt_as", trial.classes),
            view.number(trial.n),
            percent(trial.coverage, view.lang),
            percent(trial.small, view.lang),
            view.digits(trial.score, 3),
            percent(trial.coverage_without, view.lang),
            view.digits(trial.score_without, 3),
        ]
        for name in names
        for trial in getattr(prior.load(), name).scores
    ]
    if rows:
        title, note = (view.say(f"accounts_covariates_record{end}") for end in ("_title", ""))
        words = [view.say(f"accounts_{head}") for head in heads]
        yield replace(grid(title, words, rows, range(3, 9), note, "wide"), fold="closed")


def record(view: View) -> Table:
    """Scores of the model on regions that it had not seen, beside two rivals."""
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
            view.choice("learnt_in", trial.country),
            view.choice("learnt_as", trial.classes),
            view.number(trial.n),
            *(
                percent(part, view.lang)
                for part in (trial.coverage, trial.small, trial.middle, trial.large)
            ),
            *(view.digits(score, 3) for score in (trial.score, trial.naive, trial.dirichlet)),
        ]
        for trial in prior.load().scores
        if not trial.fragments
    ]
    title, note = view.say("accounts_record_title"), view.say("accounts_record")
    return replace(grid(title, heads, rows, range(2, 10), note, "wide"), fold="closed")


def perimeters(view: View, measures: Sequence[str]) -> Table:
    """The table industries that an industry holds whole and in part, in a row each."""
    parts = view.rows("accounts", "perimeters", PerimeterPart)
    rows: list[list[Text]] = []
    listed = [row for row in parts if row.measure in measures]
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
    table = grid(view.title("accounts", "perimeters"), heads, rows, note=note)
    return replace(table, study="accounts", name="perimeters", fold="closed")


def _code(view: View, row: PerimeterPart) -> str:
    return view.name("table_industries", row.code, row.table)


def _part(view: View, row: PerimeterPart) -> str:
    """An industry of the table that belongs in part, by definition and as assumed."""
    share = span(row.print_low, row.print_high, "%", view.lang)
    if (row.assumed_low, row.assumed_high) != (row.print_low, row.print_high):
        near = span(row.assumed_low, row.assumed_high, "%", view.lang)
        share = view.say("accounts_part_assumed", part=share, assumed=near)
    return f"{_code(view, row)}{view.written.bracketed(share)}"
