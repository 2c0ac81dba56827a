"""Where a composite index puts each place, under every combination of choices."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
from markupsafe import Markup

from songhua.document.charts.svg import BLUE, FAINT, INK, WIDTH, draw, names_axis, step, wrap
from songhua.format.view import View

LABELS = 8


def places(view: View, rows: pd.DataFrame, at: str) -> Markup:
    """A row a place: a bar from its best to its worst rank, a dot for the plain recipe."""
    if rows.empty:
        return Markup("")
    rows = rows.sort_values(["rank", "median"])
    names = [wrap(view.name("places", id)) for id in rows["region"]]
    data = rows[["rank", "low", "high", "median"]].assign(
        name=names, own=(rows["region"] == view.region.code).to_numpy()
    )
    y = alt.Y("name:N", sort=names, title=None, axis=names_axis())
    x = alt.X("low:Q", title=view.say("axis_rank"), scale=_scale(rows), axis=_whole(rows))
    base = alt.Chart(data).encode(y=y)
    colour = alt.condition("datum.own", alt.value(BLUE), alt.value("#8fc7e8"))
    bars = base.mark_rule(strokeWidth=10, strokeCap="round").encode(x=x, x2="high:Q", color=colour)
    dots = base.mark_point(filled=True, size=90, color=INK, opacity=1).encode(x="rank:Q")
    chart = alt.layer(bars, dots).properties(width=WIDTH - 240, height=step(names))
    index, period = str(rows["index"].iloc[0]), view.period(str(rows["period"].iloc[0]))
    title = view.say("chart_ranks", index=view.name("indices", index), period=period)
    return draw(chart, f"c-ranks-{at}", title, view.say("ranks_desc", list=_listed(view, rows)))


def over_time(view: View, rows: pd.DataFrame, at: str) -> Markup:
    """The region's rank by the plain recipe, with the band of all others, period by period."""
    if len(rows) < 2:
        return Markup("")
    data = rows[["rank", "low", "high"]].assign(period=[view.period(p) for p in rows["period"]])
    order = list(data["period"])
    every = -(-len(order) // LABELS)
    axis = alt.Axis(labelAngle=0, values=order[::-every][::-1])
    x = alt.X("period:O", sort=order, title=None, axis=axis)
    y = alt.Y("low:Q", title=view.say("axis_rank"), scale=_scale(rows), axis=_whole(rows))
    base = alt.Chart(data).encode(x=x)
    bars = base.mark_rule(strokeWidth=10, strokeCap="round", color="#8fc7e8").encode(
        y=y, y2="high:Q"
    )
    line = base.mark_line(color=FAINT).encode(y="rank:Q")
    dots = base.mark_point(filled=True, size=70, color=INK, opacity=1).encode(y="rank:Q")
    chart = alt.layer(bars, line, dots).properties(width=WIDTH - 120, height=240)
    region = view.name("places", view.region.code)
    index = view.name("indices", str(rows["index"].iloc[0]))
    title = view.say("chart_ranks_over", index=index, region=region)
    said = view.join(
        f"{period} {rank:.0f} ({low:.0f}–{high:.0f})"
        for period, rank, low, high in zip(
            data["period"], data["rank"], data["low"], data["high"], strict=True
        )
    )
    return draw(chart, f"c-ranks-over-{at}", title, view.say("ranks_desc", list=said))


def _scale(rows: pd.DataFrame) -> alt.Scale:
    return alt.Scale(domain=[float(rows["of"].max()) + 0.5, 0.5], nice=False)


def _whole(rows: pd.DataFrame) -> alt.Axis:
    """Whole ranks only; every one where they are few."""
    most = int(rows["of"].max())
    every = max(1, -(-most // 10))
    return alt.Axis(values=[1, *range(1 + every, most + 1, every)], format="d")


def _listed(view: View, rows: pd.DataFrame) -> str:
    def said(row: dict[Any, Any]) -> str:
        params = {name: f"{row[name]:.0f}" for name in ("rank", "low", "high")}
        return view.say("rank_said", place=view.name("places", str(row["region"])), **params)

    return view.join(said(row) for row in rows.to_dict("records"))
