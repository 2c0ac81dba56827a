"""The part of each industry in growth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from songhua.document.blocks import Chart
from songhua.document.charts.specification import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    PALETTE,
    WIDTH,
    data,
    flat,
    names_axis,
    specified,
    step,
    wrap,
)
from songhua.format.numbers import ends, known
from songhua.format.view import View
from songhua.studies.diagnose.growth_contributions import Contribution


@dataclass(frozen=True)
class Bar:
    """The contribution of a part, or of all of them."""

    name: str
    contribution_pp: float
    low: float
    high: float
    colour: str
    label: str


@dataclass(frozen=True)
class Place:
    """A place on the axes that no row stands for: a nought, or the published sum with its word."""

    x: float = 0.0
    y: float = 0.0
    name: str = ""
    word: str = ""


def contributions(view: View, rows: Sequence[Contribution], total: Contribution) -> Chart | None:
    """Contributions of the parts and their sum, with whiskers; a diamond is the published sum."""
    if not rows:
        return None
    names = [wrap(view.name("industries", row.industry)) for row in rows]
    order = [*names, wrap(view.say("sum_of_parts"))]
    colours = [*([BLUE] * len(rows)), GREEN]
    parts = [
        Bar(name, of.value, of.low, of.high, colour, _amount_text(view, row))
        for name, row, colour in zip(order, (*rows, total), colours, strict=True)
        for of in (row.contribution_pp,)
    ]
    y = alt.Y("name:N", sort=order, title=None, axis=names_axis())
    title = view.show(2, "pp").removeprefix("2").strip()
    x = alt.X("contribution_pp:Q", title=title, axis=alt.Axis(tickCount=6))
    base = alt.Chart(data(parts)).encode(y=y)
    bars = base.mark_bar(height=20).encode(x=x, color=alt.Color("colour:N", scale=None))
    whisk = base.mark_rule(color=INK, strokeWidth=1.5).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"))
    wide = WIDTH - 330
    text = base.mark_text(align="left").encode(x=alt.value(wide + 14), text=alt.Text("label:N"))
    layers = [bars, whisk, text]
    if known(total.growth):
        layers.append(_published(view, total, order))
    zero = alt.Chart(data([Place()])).mark_rule(color=FAINT).encode(x=alt.X("x:Q"))
    chart = alt.layer(zero, *layers).properties(width=wide, height=step(order))
    period = view.period(total.period)
    listed = view.join(f"{flat(part.name)} {part.label}" for part in parts)
    desc = view.say("chart_contributions_desc", list=listed)
    return specified(
        view, chart, "c-contributions", view.say("chart_contributions", period=period), desc
    )


def _amount_text(view: View, row: Contribution) -> str:
    points = row.contribution_pp
    bounds = ends(points.value, points.low, points.high, "pp", view.lang)
    return view.starred(f"{view.bare(points, 'pp')}  ({bounds})", row.observations)


def _published(view: View, total: Contribution, order: list[str]) -> alt.Chart:
    word = view.say("published_growth") + " " + view.show(total.growth, "%")
    mark = data([Place(x=total.growth, name=order[-1], word=word)])
    legend = alt.Legend(title=None, symbolType="diamond", symbolSize=130)
    return (
        alt.Chart(mark)
        .mark_point(shape="diamond", filled=True, size=150, opacity=1, stroke="white")
        .encode(
            x=alt.X("x:Q"),
            y=alt.Y("name:N", sort=order),
            color=alt.Color("word:N", scale=alt.Scale(range=[ORANGE]), legend=legend),
        )
    )


@dataclass(frozen=True)
class Part:
    """A part's contribution to the growth of a period; or the published growth itself."""

    period: str
    name: str
    value: float
    order: int = 0


def over_years(
    view: View, years: Sequence[tuple[Contribution, Sequence[Contribution]]]
) -> Chart | None:
    """A bar a period, in it what each part gave; a diamond is the published growth of the whole.

    One period needs no such chart: its contributions have one of their own.
    """
    if len(years) < 2:
        return None
    periods = [view.starred(view.period(row.period), row.observations) for row, _ in years]
    names = list(dict.fromkeys(row.industry for _, rows in years for row in rows))
    words = [view.name("industries", id) for id in names]
    parts = [
        Part(period, words[at], row.contribution_pp.value, at)
        for period, (_, rows) in zip(periods, years, strict=True)
        for row in rows
        for at in (names.index(row.industry),)
    ]
    whole = [
        Part(period, view.say("published_growth"), total.growth)
        for period, (total, _) in zip(periods, years, strict=True)
        if known(total.growth)
    ]
    x = alt.X("period:N", sort=periods, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True))
    y = alt.Y("value:Q", title=view.show(2, "pp").removeprefix("2").strip(), stack="zero")
    colour = alt.Scale(domain=words, range=PALETTE[: len(words)] if len(words) < 6 else PALETTE)
    bars = (
        alt.Chart(data(parts))
        .mark_bar(stroke="white", strokeWidth=1)
        .encode(
            x=x, y=y, color=alt.Color("name:N", sort=None, scale=colour), order=alt.Order("order:Q")
        )
    )
    layers = [bars, alt.Chart(data([Place()])).mark_rule(color=FAINT).encode(y=alt.Y("y:Q"))]
    if whole:
        mark = alt.Chart(data(whole)).mark_point(
            shape="diamond", filled=True, size=110, color=INK, stroke="white", opacity=1
        )
        layers.append(mark.encode(x=x, y=alt.Y("value:Q")))
    chart = alt.layer(*layers).properties(width=WIDTH - 90, height=280)
    listed = [f"{part.period} {part.name} {view.number(part.value, 2)}" for part in parts]
    desc = view.say("chart_contributions_desc", list=view.join(listed))
    return specified(
        view, chart, "c-contributions-over", view.say("chart_contributions_over"), desc
    )
