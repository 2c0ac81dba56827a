"""Charts of the region beside others: no radar, each axis one quantity."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd
from markupsafe import Markup

from songhua.document.charts.svg import (
    BLUE,
    GREEN,
    INK,
    PURPLE,
    WIDTH,
    draw,
    flat,
    names_axis,
    step,
    wrap,
)
from songhua.format.numbers import spell
from songhua.format.view import View

NAMED = 8
LEAST = 0.1
ROOM = (4.5, 0.09)  # of growth and of log10 of the quotient, that a label needs for itself
PARTS = ("national", "industry_mix", "regional")


def quotients(view: View, rows: pd.DataFrame) -> Markup:
    """Quotient against growth; the area of a bubble is the industry's share in the region."""
    rows = rows[(rows["value"] >= LEAST) & rows["growth"].notna()]
    if rows.empty:
        return Markup("")
    data = pd.DataFrame({
        "name": [view.name("industries", id) for id in rows["industry"]],
        "growth": rows["growth"], "quotient": rows["value"], "share": rows["share"],
    }).sort_values("share", ascending=False)  # fmt: skip
    wide = alt.Scale(zero=False, nice=True, padding=24)
    x = alt.X("growth:Q", title=view.say("axis_growth"), scale=wide)
    y = alt.Y("quotient:Q", title=view.say("axis_quotient"), scale=alt.Scale(type="log"))
    size = alt.Size("share:Q", title=view.say("axis_share"), scale=alt.Scale(range=[12, 900]))
    base = alt.Chart(data).encode(x=x, y=y)
    dots = base.mark_circle(color=BLUE, opacity=0.55, stroke=INK, strokeWidth=0.5).encode(size=size)
    one = alt.Chart(pd.DataFrame({"one": [1.0]})).mark_rule(color=INK, strokeDash=[4, 3])
    top = _apart(data.sort_values("quotient", ascending=False))
    top = top.assign(short=[flat(name).split(" (")[0][:34] for name in top["name"]])
    text = (
        alt.Chart(top).mark_text(align="left", dx=9, fontSize=11).encode(x=x, y=y, text="short:N")
    )
    chart = alt.layer(one.encode(y="one:Q"), dots, text).properties(width=WIDTH - 160, height=380)
    shown = [f"{n} {q:.2f}" for n, q in zip(top["name"], top["quotient"], strict=True)]
    title = view.say("chart_quotients")
    return draw(chart, "c-quotients", title, view.say("chart_sizes_desc", list=view.join(shown)))


def _apart(data: pd.DataFrame) -> pd.DataFrame:
    """The first rows whose labels do not run into one another."""
    kept: list[Any] = []
    placed: list[tuple[float, float]] = []
    for at, growth, quotient in zip(data.index, data["growth"], data["quotient"], strict=True):
        here = (float(growth), math.log10(quotient))
        if all(abs(here[0] - x) > ROOM[0] or abs(here[1] - y) > ROOM[1] for x, y in placed):
            kept.append(at)
            placed.append(here)
        if len(kept) == NAMED:
            break
    return data.loc[kept]


def shifts(view: View, rows: pd.DataFrame) -> Markup:
    """What the region's own part added or took, industry by industry."""
    rows = rows[rows["industry"] != "all"]
    if rows.empty:
        return Markup("")
    factor, words = spell(str(rows["unit"].iloc[0]), view.lang, float(rows["change"].abs().max()))
    data = _long(view, rows, factor)
    y = alt.Y("name:N", sort=None, title=None, axis=names_axis(minExtent=195))
    colour = alt.Color(
        "part:N", title=None, sort=None,
        scale=alt.Scale(domain=[view.say(f"part_{p}") for p in PARTS], range=[BLUE, GREEN, PURPLE]),
        legend=alt.Legend(orient="top"),
    )  # fmt: skip
    chart = (
        alt.Chart(data)
        .mark_bar()
        .encode(y=y, x=alt.X("value:Q", title=words), color=colour)
        .properties(width=WIDTH - 260, height=step(data["name"].unique()))
    )
    own = rows.nlargest(3, "regional")["industry"]
    listed = view.join(view.name("industries", id) for id in own)
    return draw(
        chart, "c-shifts", view.say("chart_shifts"), view.say("chart_sizes_desc", list=listed)
    )


def _long(view: View, rows: pd.DataFrame, factor: float) -> pd.DataFrame:
    """A row an industry and part, the industries with the largest own part first."""
    found: list[dict[str, Any]] = []
    for row in rows.sort_values("regional", ascending=False).to_dict("records"):
        name = wrap(view.name("industries", str(row["industry"])))
        found += [
            {"name": name, "part": view.say(f"part_{part}"), "value": row[part] * factor}
            for part in PARTS
        ]
    return pd.DataFrame(found)
