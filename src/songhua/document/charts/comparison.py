"""Charts of the region beside others: no radar, each axis one quantity."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from songhua.document.blocks import Chart
from songhua.document.charts.places import PADDING, NamedPoint, beside
from songhua.document.charts.specification import (
    BLUE,
    GREEN,
    INK,
    PHONE,
    PURPLE,
    WIDTH,
    data,
    flat,
    names_axis,
    names_beside,
    specified,
    step,
    table,
    wrap,
)
from songhua.format.numbers import spell
from songhua.format.order import falling
from songhua.format.view import View
from songhua.studies.diagnose.location_quotients import LocationQuotient
from songhua.studies.diagnose.shift_share import ShiftShare

MOST_NAMES = 8
LEAST = 0.1
#: A narrower plot has the title of its legend above it.
BESIDE = 400
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
class Bar:
    """A part of an industry's change."""

    name: str
    part: str
    value: float


def quotients(
    view: View, rows: Iterable[LocationQuotient], title: str, at: int = 0
) -> Chart | None:
    """Quotient against growth; the area of a bubble is the industry's share in the region."""
    bubbles = [
        Bubble(
            view.name("industries", row.industry),
            row.growth.value,
            row.value.value,
            row.share.value,
        )
        for row in rows
        if row.value.value >= LEAST and row.growth.known
    ]
    if not bubbles:
        return None
    bubbles.sort(key=lambda bubble: falling(bubble.share))
    high = sorted(bubbles, key=lambda bubble: falling(bubble.quotient))
    highest = [f"{bubble.name} {view.number(bubble.quotient, 2)}" for bubble in high[:MOST_NAMES]]
    desc = view.say("chart_sizes_desc", list=view.join(highest))
    return specified(
        view,
        _bubbles(view, bubbles, WIDTH - 90, 380),
        f"c-quotients-{at}",
        title,
        desc,
        _bubbles(view, bubbles, PHONE - 65, 380),
    )


def _bubbles(view: View, bubbles: Sequence[Bubble], wide: int, high: int) -> Any:
    """The bubbles in a plot of this size; the highest that there is room for are named."""
    linear = alt.Scale(zero=False, nice=False, padding=PADDING)
    log = alt.Scale(type="log", nice=False, padding=PADDING)
    ticks = alt.Axis(tickCount=wide // 70)
    x = alt.X("growth:Q", title=view.say("axis_growth"), scale=linear, axis=ticks)
    y = alt.Y("quotient:Q", title=view.say("axis_quotient"), scale=log)
    legend = alt.Legend(tickCount=3, titleOrient="top" if wide < BESIDE else "left")
    area = alt.Scale(range=[12, 900])
    size = alt.Size("share:Q", title=view.say("axis_share"), scale=area, legend=legend)
    base = alt.Chart(data(bubbles)).encode(x=x, y=y)
    dots = base.mark_circle(color=BLUE, opacity=0.55, stroke=INK, strokeWidth=0.5).encode(size=size)
    parity = alt.Chart(table([{"one": 1.0}])).mark_rule(color=INK, strokeDash=[4, 3])
    most = max(bubble.share for bubble in bubbles)
    labels = [
        NamedPoint(
            bubble.growth,
            math.log10(bubble.quotient),
            bubble.short,
            4 + 30 * (bubble.share / most) ** 0.5,
        )
        for bubble in sorted(bubbles, key=lambda bubble: falling(bubble.quotient))
    ]
    placed = [
        dataclasses.replace(place, y=10**place.y)
        for place in beside(labels, wide, high, MOST_NAMES)
    ]
    texts = names_beside(placed, x, y, "growth", "quotient")
    return alt.layer(parity.encode(y=alt.Y("one:Q")), dots, *texts).properties(
        width=wide, height=high
    )


def shifts(view: View, changes: Iterable[ShiftShare], title: str, at: int = 0) -> Chart | None:
    """The region's own part of the change, added or taken, industry by industry."""
    rows = [row for row in changes if row.industry != "all"]
    if not rows:
        return None
    rows.sort(key=lambda row: falling(row.regional.value))
    factor, words = spell(rows[0].unit, view.lang, max(abs(row.change.value) for row in rows))
    bars = list(_bars(view, rows, factor))
    y = alt.Y("name:N", sort=None, title=None, axis=names_axis(minExtent=195))
    colour = alt.Color(
        "part:N",
        title=None,
        sort=None,
        scale=alt.Scale(domain=[view.say(f"part_{p}") for p in PARTS], range=[BLUE, GREEN, PURPLE]),
        legend=alt.Legend(orient="top"),
    )
    chart = (
        alt.Chart(data(bars))
        .mark_bar()
        .encode(y=y, x=alt.X("value:Q", title=words), color=colour)
        .properties(width=WIDTH - 260, height=step(dict.fromkeys(bar.name for bar in bars)))
    )
    listed = view.join(view.name("industries", row.industry) for row in rows[:3])
    desc = view.say("chart_sizes_desc", list=listed)
    return specified(view, chart, f"c-shifts-{at}", title, desc)


def _bars(view: View, rows: Iterable[ShiftShare], factor: float) -> Iterator[Bar]:
    """A bar an industry and part."""
    for row in rows:
        name = wrap(view.name("industries", row.industry))
        values = row.national, row.industry_mix, row.regional
        for part, value in zip(PARTS, values, strict=True):
            yield Bar(name, view.say(f"part_{part}"), value.value * factor)
