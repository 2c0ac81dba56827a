"""Ranks of each place by a composite index, under every combination of choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from songhua.document.blocks import Chart
from songhua.document.charts.specification import (
    BLUE,
    FAINT,
    INK,
    WIDTH,
    data,
    names_axis,
    specified,
    step,
    wrap,
)
from songhua.format.order import rising
from songhua.format.view import View
from songhua.results import Estimate
from songhua.studies.diagnose.composite_indices import IndexRank
from songhua.wording.digits import dashed

LABELS = 8


@dataclass(frozen=True)
class Spread:
    """A place's or a period's rank by the plain recipe, and the best and worst by any other."""

    name: str
    rank: float
    low: float
    high: float
    median: float
    own: bool = False


def places(view: View, rows: Sequence[IndexRank], at: str, region: str) -> Chart | None:
    """A row a place: a bar from its best to its worst rank, a dot for the plain recipe."""
    if not rows:
        return None
    rows = sorted(rows, key=lambda row: (rising(row.rank.value), rising(row.median)))
    names = [wrap(view.name("places", row.region)) for row in rows]
    points = data(
        Spread(name, row.rank.value, row.rank.low, row.rank.high, row.median, row.region == region)
        for name, row in zip(names, rows, strict=True)
    )
    y = alt.Y("name:N", sort=names, title=None, axis=names_axis())
    x = alt.X("low:Q", title=view.say("axis_rank"), scale=_scale(rows), axis=_whole(rows))
    base = alt.Chart(points).encode(y=y)
    colour = alt.condition("datum.own", alt.value(BLUE), alt.value("#8fc7e8"))
    bars = base.mark_rule(strokeWidth=10, strokeCap="round").encode(
        x=x, x2=alt.X2("high:Q"), color=colour
    )
    dots = base.mark_point(filled=True, size=90, color=INK, opacity=1).encode(x=alt.X("rank:Q"))
    chart = alt.layer(bars, dots).properties(width=WIDTH - 240, height=step(names))
    index = view.name("indices", rows[0].index)
    title = view.say("chart_ranks", index=index, period=view.period(rows[0].period))
    return specified(
        view, chart, f"c-ranks-{at}", title, view.say("ranks_desc", list=_listed(view, rows))
    )


def over_time(view: View, rows: Sequence[IndexRank], at: str) -> Chart | None:
    """The region's rank by the plain recipe, with the band of all others, period by period."""
    if len(rows) < 2:
        return None
    order = [view.period(row.period) for row in rows]
    points = data(
        Spread(period, row.rank.value, row.rank.low, row.rank.high, row.median)
        for period, row in zip(order, rows, strict=True)
    )
    stride = -(-len(order) // LABELS)
    axis = alt.Axis(labelAngle=0, values=order[::-stride][::-1])
    x = alt.X("name:O", sort=order, title=None, axis=axis)
    y = alt.Y("low:Q", title=view.say("axis_rank"), scale=_scale(rows), axis=_whole(rows))
    base = alt.Chart(points).encode(x=x)
    bars = base.mark_rule(strokeWidth=10, strokeCap="round", color="#8fc7e8").encode(
        y=y, y2=alt.Y2("high:Q")
    )
    line = base.mark_line(color=FAINT).encode(y=alt.Y("rank:Q"))
    dots = base.mark_point(filled=True, size=70, color=INK, opacity=1).encode(y=alt.Y("rank:Q"))
    chart = alt.layer(bars, line, dots).properties(width=WIDTH - 120, height=240)
    region = view.name("places", rows[0].region)
    title = view.say("chart_ranks_over", index=view.name("indices", rows[0].index), region=region)
    listed = view.join(
        f"{period} {row.rank.value:.0f} ({_rounded(row.rank)})"
        for period, row in zip(order, rows, strict=True)
    )
    return specified(view, chart, f"c-ranks-over-{at}", title, view.say("ranks_desc", list=listed))


def _scale(rows: Sequence[IndexRank]) -> alt.Scale:
    return alt.Scale(domain=[max(row.of for row in rows) + 0.5, 0.5], nice=False)


def _whole(rows: Sequence[IndexRank]) -> alt.Axis:
    """Whole ranks only; every one where they are few."""
    most = max(row.of for row in rows)
    stride = max(1, -(-most // 10))
    return alt.Axis(values=[1, *range(1 + stride, most + 1, stride)], format="d")


def _listed(view: View, rows: Sequence[IndexRank]) -> str:
    return view.join(
        view.say(
            "rank_said",
            place=view.name("places", row.region),
            rank=f"{row.rank.value:.0f}",
            low=f"{row.rank.low:.0f}",
            high=f"{row.rank.high:.0f}",
        )
        for row in rows
    )


def _rounded(rank: Estimate) -> str:
    """The best and the worst rank."""
    return dashed(f"{rank.low:.0f}", f"{rank.high:.0f}")
