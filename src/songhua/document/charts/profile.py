"""One region beside three others and the larger area, industry by industry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from songhua.document.blocks import Chart
from songhua.document.charts.specification import (
    BLUE,
    GREEN,
    GRID,
    INK,
    ORANGE,
    PURPLE,
    WIDTH,
    data,
    flat,
    names_axis,
    specified,
    step,
    wrap,
)
from songhua.format.order import falling
from songhua.format.view import View
from songhua.studies.diagnose.peer_figures import PeerFigure

LOOKS = [
    ("circle", BLUE),
    ("square", ORANGE),
    ("triangle-up", GREEN),
    ("diamond", PURPLE),
    ("cross", INK),
]
MOST = 12


@dataclass(frozen=True)
class Dot:
    """A place's figure of an industry."""

    industry: str
    place: str
    value: float


def profile(
    view: View,
    figures: Sequence[PeerFigure],
    places: Sequence[str],
    axis: str,
    title: str,
    at: int = 0,
) -> Chart | None:
    """A dot a place in each industry's row; a line joins the least and the most.

    The rows stand by the region's own figure; shapes tell the places apart without colour.
    """
    local = [row for row in figures if row.region == view.region.code and row.region in places]
    local.sort(key=lambda row: falling(row.value.value))
    largest = list(dict.fromkeys(row.industry for row in local))[:MOST]
    rows = [row for row in figures if row.region in places and row.industry in largest]
    if len(largest) < 2 or len({row.region for row in rows}) < 2:
        return None
    names = {id: wrap(view.name("industries", id)) for id in largest}
    dots = [
        Dot(names[row.industry], view.name("places", row.region), row.value.value) for row in rows
    ]
    order, labels = list(names.values()), [view.name("places", id) for id in places]
    y = alt.Y("industry:N", sort=order, title=None, axis=names_axis(minExtent=195))
    x = alt.X("value:Q", title=view.say(f"axis_{axis}"))
    base = alt.Chart(data(dots)).encode(y=y)
    span = base.mark_rule(color=GRID, strokeWidth=3).encode(
        x=alt.X("min(value):Q"), x2=alt.X2("max(value):Q")
    )
    marks = base.mark_point(filled=True, size=85, opacity=0.9, stroke="white", strokeWidth=0.6)
    shapes, colours = ([look[k] for look in LOOKS[: len(labels)]] for k in (0, 1))
    marks = marks.encode(
        x=x,
        shape=alt.Shape("place:N", sort=None, scale=alt.Scale(domain=labels, range=shapes)),
        color=alt.Color("place:N", sort=None, scale=alt.Scale(domain=labels, range=colours)),
    )
    chart = alt.layer(span, marks).properties(width=WIDTH - 260, height=step(order))
    desc = view.say("profile_desc", places=view.join(labels), list=view.join(_widest(dots)))
    return specified(view, chart, f"c-profile-{axis}-{at}", title, desc)


def _widest(dots: Sequence[Dot]) -> list[str]:
    """The three industries in which the places lie furthest apart."""
    values: dict[str, list[float]] = {}
    for dot in dots:
        values.setdefault(dot.industry, []).append(dot.value)
    spread = {name: max(group) - min(group) for name, group in values.items()}
    return [flat(name) for name in sorted(spread, key=lambda name: -spread[name])[:3]]
