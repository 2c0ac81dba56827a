"""The figures that the sizes of accounts rest on, and figures far from what others expect."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from songhua.document import account_words as words
from songhua.document.blocks import Block, Fold, Paragraph, Points
from songhua.format.numbers import known, rough
from songhua.format.text import Text, joined
from songhua.format.view import View
from songhua.studies.accounts.rows import Influence, Tension


def influence(view: View) -> Iterator[Block]:
    """For each industry how much of it is print, and the figures that do most."""
    by_industry: dict[str, list[Influence]] = {}
    for row in view.rows("accounts", "influence", Influence):
        if row.industry:
            by_industry.setdefault(row.industry, []).append(row)
    folds, plain = list[Block](), list[str]()
    for industry, group in groupby(words.of_plan(view), lambda row: row.industry):
        size = next((row for row in group if row.measure == "value_added"), None)
        rows = by_industry.get(industry, [])
        if size is None:
            continue
        heading = _heading(view, industry, size.by_print)
        if rows:
            folds.append(Fold(heading, [_points(view, rows)]))
        elif known(size.by_print):
            plain.append(heading)
    if folds:
        note = Paragraph(view.say("accounts_influence_note"))
        tail = [Paragraph(view.say("accounts_influence_none")), Points(plain)] if plain else []
        yield Fold(view.say("accounts_influence"), [note, *folds, *tail])


def _heading(view: View, industry: str, by_print: float) -> str:
    """The industry, and what part of its value added is print."""
    name = view.name("industries", industry)
    if not known(by_print):
        return name
    part = rough(by_print, view.lang, 2)
    return view.say("accounts_industry_by_print", industry=name, part=part)


def _points(view: View, rows: list[Influence]) -> Points:
    """A line for each figure: what it takes, and what would be known without it."""
    return Points([_line(view, row) for row in rows])


def _line(view: View, row: Influence) -> Text:
    figure = words.figure(
        view,
        row.indicator,
        row.of_industry,
        row.entity,
        row.of_period,
        row.printed,
        row.printed_unit,
    )
    measure = view.choice("account_measure", row.measure)
    clauses: list[str] = []
    if known(row.narrows):
        part = rough(row.narrows, view.lang, 2)
        clauses.append(view.say("accounts_narrows", part=part, measure=measure))
        range_ = words.range_of(view, row.value, row.unit)
        clauses.append(view.say("accounts_without_it", range=range_))
    else:
        ends = {
            "print": words.possible(view, row.print_low, row.print_high, row.unit),
            "assumed": words.possible(view, row.assumed_low, row.assumed_high, row.unit),
        }
        possible = view.say("accounts_without_possible", **ends)
        clauses.append(f"{measure}{view.written.colon}{possible}")
    effect = view.written.semicolon.join(clauses)
    return joined(
        [view.say("accounts_without", figure=figure, effect=effect), view.rests(row.observations)]
    )


def far(view: View) -> list[Text]:
    """A line for each figure that lies far from what the others let expect, the farthest first."""
    rows = [row for row in view.rows("accounts", "tensions", Tension) if row.far]
    rows.sort(key=lambda row: -abs(row.position - 50))
    return [_far(view, row) for row in rows]


def _far(view: View, row: Tension) -> Text:
    figure = words.figure(
        view, row.indicator, row.industry, row.entity, row.period, row.value, row.unit
    )
    above = row.position > 50
    part = row.position if above else 100 - row.position
    place = view.say(
        f"accounts_far_{'above' if above else 'below'}", part=rough(part, view.lang, 3)
    )
    clauses = [place]
    if row.expected.known:
        range_ = words.range_of(view, row.expected, row.unit)
        clauses.append(view.say("accounts_expected", range=range_))
    effect = view.written.semicolon.join(clauses)
    return joined(
        [view.say("accounts_without", figure=figure, effect=effect), view.rests(row.observations)]
    )
