"""A register in two pictures: the pipeline by status, and certificates by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from songhua.document.blocks import Chart
from songhua.document.charts.sizes import plain
from songhua.document.charts.specification import (
    BLUE,
    ORANGE,
    PALETTE,
    WIDTH,
    data,
    names_axis,
    specified,
    step,
    wrap,
)
from songhua.format.numbers import number
from songhua.format.view import View
from songhua.studies.certify.counts import FirmCount, StageCount

STAGES = {
    "qualified": BLUE,
    "possible": "#8fc7e8",
    "open": "#c9d1d7",
    "near": "#f0c75e",
    "far": ORANGE,
    "not_in_force": "#eef1f3",
    "no_text": "#dfe4e8",
}


@dataclass(frozen=True)
class Part:
    """The firms of a status at a stage."""

    name: str
    word: str
    firms: float
    order: int


@dataclass(frozen=True)
class Year:
    """The firms with a certificate in a year."""

    name: str
    year: int
    firms: float
    label: str


def pipeline(view: View, counts: Sequence[StageCount], title: str, mark: str) -> Chart | None:
    """A bar a status, its parts the stages."""
    rows = [row for row in counts if row.firms.value > 0]
    if not rows:
        return None
    names = {row.status: wrap(view.name("rulebooks", row.status)) for row in rows}
    order = list(STAGES)
    parts = data(
        Part(
            names[row.status],
            view.choice("stage", row.stage),
            row.firms.value,
            order.index(row.stage),
        )
        for row in rows
    )
    stages = {row.stage for row in rows}
    words = [view.choice("stage", stage) for stage in STAGES if stage in stages]
    range_ = [colour for stage, colour in STAGES.items() if stage in stages]
    y = alt.Y("name:N", sort=list(names.values()), title=None, axis=names_axis())
    x = alt.X(
        "firms:Q",
        title=view.say("firms_axis"),
        stack="zero",
        axis=alt.Axis(tickCount=6, format=plain(view)),
    )
    colour = alt.Color("word:N", sort=None, scale=alt.Scale(domain=words, range=range_))
    chart = (
        alt.Chart(parts)
        .mark_bar(height=22, stroke="white", strokeWidth=1)
        .encode(y=y, x=x, color=colour, order=alt.Order("order:Q"))
        .properties(width=WIDTH - 260, height=step(names.values()), **_marked(mark))
    )
    descriptions = [
        f"{view.name('rulebooks', row.status)} {view.choice('stage', row.stage)}"
        f" {number(row.firms.value, view.lang)}"
        for row in rows
    ]
    return specified(view, chart, "c-pipeline", title, _desc(view, descriptions, mark))


def by_year(view: View, counts: Sequence[FirmCount], title: str, mark: str) -> Chart | None:
    """Firms with a certificate by year, a line a status."""
    rows = [row for row in counts if row.by == "year"]
    if not rows:
        return None
    names = {row.status: view.name("rulebooks", row.status) for row in rows}
    points = [
        Year(names[row.status], int(row.group), of.value, number(of.value, view.lang))
        for row in rows
        for of in (row.firms,)
    ]
    point_years = [point.year for point in points]
    years = list(range(min(point_years), max(point_years) + 1))
    axis = alt.Axis(format="d", values=years, title=None, grid=False)
    scale = alt.Scale(domain=[years[0] - 0.4, years[-1] + 0.4], nice=False)
    x = alt.X("year:Q", axis=axis, scale=scale)
    y = alt.Y(
        "firms:Q",
        title=view.say("firms_axis"),
        scale=alt.Scale(zero=True),
        axis=alt.Axis(format=plain(view)),
    )
    domain = list(names.values())
    colours = alt.Scale(domain=domain, range=[PALETTE[2 * at % 5] for at in range(len(domain))])
    shape = alt.Shape("name:N", sort=None, scale=alt.Scale(domain=domain))
    base = alt.Chart(data(points)).encode(
        x=x, y=y, color=alt.Color("name:N", sort=None, scale=colours)
    )
    line, dots = base.mark_line(strokeWidth=2.2), base.mark_point(size=70, filled=True)
    text = base.mark_text(dy=-13).encode(text=alt.Text("label:N"))
    chart = alt.layer(line, dots.encode(shape=shape), text)
    chart = chart.properties(width=WIDTH - 90, height=270, **_marked(mark))
    descriptions = [f"{point.name} {point.year}: {point.label}" for point in points]
    return specified(view, chart, "c-certificates", title, _desc(view, descriptions, mark))


def _marked(mark: str) -> dict[str, Any]:
    """The mark of an invented register as a title inside the picture."""
    if not mark:
        return {}
    return {"title": alt.TitleParams(mark, fontSize=12, color=ORANGE, anchor="start")}


def _desc(view: View, descriptions: Sequence[str], mark: str) -> str:
    listed = view.say("certify_desc", list=view.join(descriptions))
    return f"{mark} {listed}" if mark else listed
