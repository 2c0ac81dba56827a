"""The brief to send: its headlines as sentences, and a line for each industry of the plan."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document.blocks import Table
from songhua.document.studies.brief import STUDY, largest, place_among, subject
from songhua.document.tables import grid
from songhua.format.numbers import known
from songhua.format.text import Small, Text, joined
from songhua.format.view import View
from songhua.results import Estimate
from songhua.studies.brief.headlines import HeadlineRow
from songhua.studies.diagnose.system import IndustrySize


def headline_sentences(view: View) -> Iterator[Text]:
    """A sentence for each headline, in their order; its figures stand behind it."""
    for row in view.rows(STUDY, "headlines", HeadlineRow):
        if row.held == "missing":
            name = view.choice("brief_headline", row.headline)
            yield name + view.written.colon + view.say("brief_none") + view.written.stop
            continue
        pieces = [view.written.comma.join(_clauses(view, row)) + _source(view, row)]
        pieces.append(view.written.stop)
        text = "".join(pieces)
        yield joined([text, (Small(view.rests(row.observations)),)]) if row.observations else text


def _clauses(view: View, row: HeadlineRow) -> Iterator[str]:
    """The value of a headline, its growth, and its rank among places."""
    indicator = subject(view, row)
    if row.members:
        indicator = view.say(
            "prose_of", what=view.name("indicators", row.indicator), industry=indicator
        )
    if row.value.known:
        value = view.show(row.value, row.unit)
        yield view.say("prose_level", what=indicator, value=value, period=view.period(row.period))
        if row.growth.known:
            yield _grown(view, row) + _prices(view, row)
    elif row.rate_start is not None:
        growth = _size(view, row, 1) + _prices(view, row)
        yield view.say("prose_average", what=indicator, growth=growth, **_span(view, row))
    else:
        growth = view.show(row.growth, "%") + _prices(view, row)
        when = view.period(row.rate_period)
        yield view.say("prose_rate", what=indicator, growth=growth, period=when)
    if row.rank.known:
        yield place_among(view, row)
    yield from largest(view, row)


def _prices(view: View, row: HeadlineRow) -> str:
    """The prices of a growth in brackets: real, nominal, or not said."""
    return view.written.bracketed(view.growth(row.growth_basis))


def _grown(view: View, row: HeadlineRow) -> str:
    """The growth of a level: over the same time, over another, or a year on average."""
    way, sign = ("up", 1) if row.growth.value >= 0 else ("down", -1)
    growth = _size(view, row, sign)
    if row.rate_start is not None:
        return view.say(f"prose_{way}_average", growth=growth, **_span(view, row))
    if row.rate_period == row.period:
        return view.say(f"prose_{way}", growth=growth)
    return view.say(f"prose_{way}_then", growth=growth, period=view.period(row.rate_period))


def _size(view: View, row: HeadlineRow, sign: int) -> str:
    """A growth without its sign."""
    low, high = sorted((sign * row.growth.low, sign * row.growth.high))
    return view.show(Estimate(sign * row.growth.value, low, high), "%")


def _span(view: View, row: HeadlineRow) -> dict[str, str]:
    return {"start": view.period(row.rate_start), "end": view.period(row.rate_period)}


def _source(view: View, row: HeadlineRow) -> str:
    """The grade of the source and how old the figure is, in brackets."""
    notes = [view.choice("grade", row.grade)] if row.grade else []
    if known(row.age):
        notes.append(view.say("brief_years_old", years=view.number(row.age, 1)))
    return view.written.bracketed(view.written.comma.join(notes)) if notes else ""


def industry_lines(view: View) -> Iterator[Table]:
    """The industries of the plan, a line each: role, and the newest size or growth with its year.

    There is none without a plan, or where diagnose was not run.
    """
    newest: dict[str, IndustrySize] = {}
    for row in view.rows("diagnose", "system", IndustrySize):
        first = newest.setdefault(row.industry, row)
        if row.period and first.period and row.period.end > first.period.end:
            newest[row.industry] = row
    if newest:
        rows = [
            [view.name("industries", row.industry), view.choice("role", row.role), _line(view, row)]
            for row in newest.values()
        ]
        heads = view.heading("industry", "role", "latest")
        plan = view.plan.name(view.lang) if view.plan else ""
        yield grid(view.say("brief_industries", plan=plan), heads, rows)


def _line(view: View, row: IndustrySize) -> Text:
    """The newest size or growth of an industry, with its time and the number of its figure."""
    if row.period is None:
        return view.say("brief_none")
    sized, growth = row.value.known, view.signed(row.growth.value)
    size = view.choice("measure", row.measure) + view.written.colon
    pieces = [size + view.show(row.value, row.unit)] if sized else []
    pieces += [f"{growth}% {view.growth(row.growth_basis)}"] if row.growth.known else []
    text = view.written.comma.join([*pieces, view.period(row.period)])
    return joined([text, (Small(view.rests(row.observations)),)])
