"""Accounts in words: likely and possible sizes, and the figures of a contradiction."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from songhua.document.blocks import Table
from songhua.document.tables import TextColumn, grid
from songhua.format.numbers import attach, entry, known, rough, show, spell
from songhua.format.text import Text, Trend
from songhua.format.view import DASH, View
from songhua.labels import Period
from songhua.results import Estimate
from songhua.studies.accounts.rows import Cell, Industry, IndustryYear, Member

Sized = Cell | Industry
#: Ends that lie nearer to one another than this part of them are shown with more digits.
NEAR = 0.01
#: Where the figures stand that are missing most.
MISSING = "accounts-missing"


def of_plan(view: View) -> list[Industry]:
    """The industries of the plan; where it has none, all of the region but the whole economy."""
    rows = view.rows("accounts", "industries", Industry)
    return [row for row in rows if row.role] or [row for row in rows if row.industry != "all"]


def name(view: View, row: Sized) -> str:
    """The industry of a row."""
    if isinstance(row, Industry):
        return view.name("industries", row.industry)
    return view.name("table_industries", row.code, row.table)


def printed(row: Sized) -> float:
    """The size as published, where it is."""
    return row.printed if isinstance(row, Industry) else math.nan


def unlikely(row: Industry) -> Industry:
    """The row without what is likely, where its size is published."""
    if not known(row.printed):
        return row
    return replace(row, value=Estimate(kind=row.value.kind))


def scale(view: View, rows: Iterable[Sized]) -> tuple[float, str]:
    """One scale for all rows: what an amount is multiplied by, and the unit in words."""
    listed = list(rows)
    sizes = [amount for row in listed for amount in (printed(row), row.value.high) if known(amount)]
    return spell(listed[0].unit, view.lang, max(sizes, default=0.0))


def likely(view: View, row: Sized, factor: float) -> str:
    """The middle of the draws with the ends of 90% of them, to three digits."""
    return _ends(view, "accounts_likely", row.value.times(factor)) if row.value.known else DASH


def size(view: View, row: Sized) -> str:
    """The likely size with its unit, on the scale of the row."""
    factor, unit = scale(view, [row])
    return attach(likely(view, row, factor), unit, view.lang)


def beside_nation(view: View, row: Industry) -> list[str]:
    """The share in the whole economy and the location quotient, each with 90% of the draws."""
    return [
        _ends(view, sentence, estimate)
        for sentence, estimate in (("board_share", row.share), ("board_quotient", row.quotient))
        if estimate.known
    ]


def _ends(view: View, sentence: str, estimate: Estimate) -> str:
    """A sentence with a number and its ends, to three digits."""
    ends = {"low": estimate.low, "value": estimate.value, "high": estimate.high}
    return view.say(sentence, **{name: rough(end, view.lang) for name, end in ends.items()})


def possible(view: View, low: float, high: float, unit: str) -> str:
    """The range between two ends; the high one may be open."""
    closed = known(high) and not math.isinf(high)
    if not known(low) or not (closed or low > 0):
        return DASH
    factor, scaled_unit = spell(unit, view.lang, high if closed else low)
    if not closed:
        least = attach(rough(low * factor, view.lang), scaled_unit, view.lang)
        return view.say("and_more", low=least)
    digits = 5 if high - low < NEAR * high else 3
    first, last = (rough(end * factor, view.lang, digits) for end in (low, high))
    span = first if first == last else entry("unit_words", "span", view.lang, low=first, high=last)
    return attach(span, scaled_unit, view.lang)


def ends(view: View) -> tuple[TextColumn[Sized], TextColumn[Sized]]:
    """Two columns: the range by print and identities alone, and the range with assumptions."""
    say = view.say

    def by_print(row: Sized) -> str:
        return possible(view, row.print_low, row.print_high, row.unit)

    def assumed(row: Sized) -> str:
        return possible(view, row.assumed_low, row.assumed_high, row.unit)

    return TextColumn(say("accounts_by_print"), by_print), TextColumn(
        say("accounts_assumed"), assumed
    )


def shares_by_year(view: View, ends: bool = False) -> Table:
    """The share of each industry of the plan in the whole economy, a column a year.

    A printed figure alone; else the median with 90% of the draws. With `ends` the first and the
    last year stand as numbers, and all middles as bars between them.
    """
    rows = view.rows("accounts", "years", IndustryYear)
    rows = [row for row in rows if row.role] or [row for row in rows if row.industry != "all"]
    years = list(dict.fromkeys(row.period for row in rows))
    by_year = {(row.industry, row.period): row for row in rows}
    names = list(dict.fromkeys(row.industry for row in rows))
    columns = list(dict.fromkeys([years[0], years[-1]])) if ends and years else years
    heads = [view.word("head_industry"), *map(view.period, columns)]
    cells: list[list[Text]] = [
        [view.name("industries", name), *(_share(view, by_year[name, year]) for year in columns)]
        for name in names
    ]
    if ends:
        heads.append("")
        for name, line in zip(names, cells, strict=True):
            middles = [by_year[name, year].share.value for year in years]
            course = Trend(tuple(middles), view.join(map(view.period, years)))
            line.append((course,) if all(map(known, middles)) else "")
    return grid("", heads, cells, range(1, len(columns) + 1))


def _share(view: View, row: IndustryYear) -> str:
    """A share: by the printed size, marked; else what is likely."""
    if not row.share.known:
        return DASH
    if known(row.printed):
        return view.say("accounts_share_printed", value=rough(row.share.value, view.lang))
    return _ends(view, "accounts_likely", row.share)


def sets(view: View) -> list[tuple[str, Sequence[Member]]]:
    """The title of each contradiction, and its members."""
    by_set: dict[int, list[Member]] = {}
    for row in view.rows("accounts", "contradictions", Member):
        by_set.setdefault(row.set, []).append(row)
    return [(_set(view, members), members) for members in by_set.values()]


def _set(view: View, members: Sequence[Member]) -> str:
    where = view.choice("account_stage", members[0].stage)
    return view.say("accounts_set", set=members[0].set, n=len(members), where=where)


def range_of(view: View, likely: Estimate, unit: str) -> str:
    """The likely range of a size or of a figure, in its unit."""
    factor, scaled_unit = spell(unit, view.lang, likely.high)
    return attach(_ends(view, "accounts_likely", likely.times(factor)), scaled_unit, view.lang)


def member(view: View, row: Member) -> str:
    """A member of a contradiction: a figure, or what is assumed."""
    if row.assumption:
        label = (
            ("table_industries", row.code, row.table) if row.code else ("industries", row.industry)
        )
        industry = view.name(*label)
        assumption = view.choice("account_assumption", row.assumption)
        return view.say("accounts_assumption", assumption=assumption, industry=industry)
    figure_ = (row.indicator, row.industry, row.entity, row.period, row.value, row.unit)
    return figure(view, *figure_)


def figure(
    view: View, indicator: str, industry: str, entity: str, period: Period, value: float, unit: str
) -> str:
    """A figure: what it is of, and its value as published."""
    parts = (
        view.name("indicators", indicator),
        "" if industry == "all" else view.name("industries", industry),
        view.name("entities", entity),
        view.period(period),
    )
    subject = view.written.comma.join(part for part in parts if part)
    return f"{subject}{view.written.colon}{view.show(value, unit)}"


def change(view: View, row: Member) -> str:
    """In brackets, the least by which a figure alone would have to move."""
    if not known(row.change):
        return ""
    amount = show(row.change, row.change_unit, view.lang, digits=2)
    return view.written.bracketed(view.say("accounts_change", amount=amount))
