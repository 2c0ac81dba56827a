"""Charts of the region beside others: no radar, each axis one quantity."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import altair as alt
import pandas as pd
from markupsafe import Markup

from songhua.document.charts.svg import (
    BLUE,
    GREEN,
    INK,
    PURPLE,
    WIDTH,
    data,
    draw,
    flat,
    names_axis,
    step,
    wrap,
)
from songhua.format.numbers import known, spell
from songhua.format.order import falling
from songhua.format.view import View
from songhua.studies.diagnose.location_quotients import LocationQuotient
from songhua.studies.diagnose.shift_share import ShiftShare

NAMED = 8
LEAST = 0.1
ROOM = (4.5, 0.09)  # of growth and of log10 of the quotient, that a label needs for itself
PARTS = ("national", "industry_mix", "regional")


@dataclass(frozen=True)
class Bubble:
    """An industry by its growth and its quotient; the area is its share in the region."""

    name: str
    growth: float
    quotient: float
    share: float

    @property
    def short(self) -> str:
        """Its name where there is little room."""
        return flat(self.name).split(" (")[0][:34]


@dataclass(frozen=True)
class Label:
    """The name of a bubble, and where it stands."""

    growth: float
    quotient: float
    short: str


@dataclass(frozen=True)
class Bar:
    """A part of an industry's change."""

    name: str
    part: str
    value: float


def quotients(view: View, rows: Iterable[LocationQuotient], title: str, at: int = 0) -> Markup:
    """Quotient against growth; the area of a bubble is the industry's share in the region."""
    bubbles = [
        Bubble(view.name("industries", row.industry), row.growth, row.value, row.share)
        for row in rows if row.value >= LEAST and known(row.growth)
    ]  # fmt: skip
    if not bubbles:
        return Markup("")
    bubbles.sort(key=lambda one: falling(one.share))
    wide = alt.Scale(zero=False, nice=True, padding=24)
    x = alt.X("growth:Q", title=view.say("axis_growth"), scale=wide)
    y = alt.Y("quotient:Q", title=view.say("axis_quotient"), scale=alt.Scale(type="log"))
    size = alt.Size("share:Q", title=view.say("axis_share"), scale=alt.Scale(range=[12, 900]))
    base = alt.Chart(data(bubbles)).encode(x=x, y=y)
    dots = base.mark_circle(color=BLUE, opacity=0.55, stroke=INK, strokeWidth=0.5).encode(size=size)
    one = alt.Chart(pd.DataFrame({"one": [1.0]})).mark_rule(color=INK, strokeDash=[4, 3])
    top = _apart(sorted(bubbles, key=lambda one: falling(one.quotient)))
    labels = data(Label(one.growth, one.quotient, one.short) for one in top)
    text = (
        alt.Chart(labels)
        .mark_text(align="left", dx=9, fontSize=11)
        .encode(x=x, y=y, text="short:N")
    )
    chart = alt.layer(one.encode(y="one:Q"), dots, text).properties(width=WIDTH - 160, height=380)
    shown = [f"{one.name} {view.number(one.quotient, 2)}" for one in top]
    desc = view.say("chart_sizes_desc", list=view.join(shown))
    return draw(view, chart, f"c-quotients-{at}", title, desc)


def _apart(bubbles: Iterable[Bubble]) -> list[Bubble]:
    """The first bubbles whose labels do not run into one another."""
    kept: list[Bubble] = []
    placed: list[tuple[float, float]] = []
    for one in bubbles:
        here = (one.growth, math.log10(one.quotient))
        if all(abs(here[0] - x) > ROOM[0] or abs(here[1] - y) > ROOM[1] for x, y in placed):
            kept.append(one)
            placed.append(here)
        if len(kept) == NAMED:
            break
    return kept


def shifts(view: View, changes: Iterable[ShiftShare], title: str, at: int = 0) -> Markup:
    """What the region's own part added or took, industry by industry."""
    rows = [row for row in changes if row.industry != "all"]
    if not rows:
        return Markup("")
    rows.sort(key=lambda row: falling(row.regional))
    factor, words = spell(rows[0].unit, view.lang, max(abs(row.change) for row in rows))
    bars = list(_bars(view, rows, factor))
    y = alt.Y("name:N", sort=None, title=None, axis=names_axis(minExtent=195))
    colour = alt.Color(
        "part:N", title=None, sort=None,
        scale=alt.Scale(domain=[view.say(f"part_{p}") for p in PARTS], range=[BLUE, GREEN, PURPLE]),
        legend=alt.Legend(orient="top"),
    )  # fmt: skip
    chart = (
        alt.Chart(data(bars))
        .mark_bar()
        .encode(y=y, x=alt.X("value:Q", title=words), color=colour)
        .properties(width=WIDTH - 260, height=step(dict.fromkeys(bar.name for bar in bars)))
    )
    listed = view.join(view.name("industries", row.industry) for row in rows[:3])
    desc = view.say("chart_sizes_desc", list=listed)
    return draw(view, chart, f"c-shifts-{at}", title, desc)


def _bars(view: View, rows: Iterable[ShiftShare], factor: float) -> Iterator[Bar]:
    """A bar an industry and part."""
    for row in rows:
        name = wrap(view.name("industries", row.industry))
        values = row.national, row.industry_mix, row.regional
        for part, value in zip(PARTS, values, strict=True):
            yield Bar(name, view.say(f"part_{part}"), value * factor)
