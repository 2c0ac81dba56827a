"""Sizes by measure, and shares: two measures never stand on one axis."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
from markupsafe import Markup

from songhua.document.charts.svg import (
    BLUE,
    GREEN,
    INK,
    PALETTE,
    PURPLE,
    WIDTH,
    draw,
    flat,
    names_axis,
    step,
    wrap,
)
from songhua.format.numbers import entry, spell
from songhua.format.view import View

COLOURS = (BLUE, GREEN, PURPLE)


def sizes(view: View, rows: pd.DataFrame) -> list[tuple[str, Markup]]:
    """A chart for each measure: its own axis, its own unit, its own colour."""
    charts = []
    known = rows[rows["state"] == "known"]
    for at, (_, group) in enumerate(known.groupby(["measure", "unit"], sort=False)):
        measure = str(group["measure"].iloc[0])
        id = f"c-size-{measure}" + f"-{at}" * any(measure == other for other, _ in charts)
        charts.append((measure, _bars(view, group, id, COLOURS[at % 3])))
    return charts


def _bars(view: View, group: pd.DataFrame, id: str, colour: str) -> Markup:
    unit = str(group["unit"].iloc[0])
    factor, words = spell(unit, view.lang, float(group["value"].max()))
    data = pd.DataFrame(
        {
            "name": [wrap(view.name("industries", id)) for id in group["industry"]],
            "value": group["value"] * factor,
            "low": group["low"].fillna(group["value"]) * factor,
            "high": group["high"].fillna(group["value"]) * factor,
            "label": _labels(view, group),
        }
    ).sort_values("value", ascending=False)
    y = alt.Y("name:N", sort=None, title=None, axis=names_axis(minExtent=195))
    x = alt.X(
        "value:Q",
        title=words,
        axis=alt.Axis(tickCount=4, format=plain(view)),
        scale=alt.Scale(zero=True),
    )
    base = alt.Chart(data).encode(y=y)
    bars = base.mark_bar(height=20, color=colour).encode(x=x)
    whisk = base.mark_rule(color=INK, strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    text = base.mark_text(align="left", dx=6).encode(x="high:Q", text="label:N")
    wide = 220
    chart = alt.layer(bars, whisk, text).properties(width=wide, height=step(data["name"]))
    word = view.choice("measure", str(group["measure"].iloc[0]))
    listed = view.join(f"{flat(n)} {v}" for n, v in zip(data["name"], data["label"], strict=True))
    title = view.say("chart_sizes", measure=word)
    return draw(chart, id, title, view.say("chart_sizes_desc", list=listed))


def plain(view: View) -> str:
    """The numbers of an axis with the separators of the language."""
    return ",~f" if entry("scales", "thousands", view.lang) else "~f"


def _labels(view: View, group: pd.DataFrame) -> list[str]:
    """Each size, and its period where the periods of the bars differ."""
    differ = group["period"].nunique() > 1
    rows: list[dict[Any, Any]] = group.to_dict("records")
    return [
        view.show(row["value"], row["unit"], row["low"], row["high"])
        + (f" ({view.period(row['period'])})" if differ else "")
        for row in rows
    ]


def structure(view: View, rows: pd.DataFrame) -> Markup:
    """Published shares of one level: a stacked bar for each period."""
    if rows.empty:
        return Markup("")
    parts = list(dict.fromkeys(rows["industry"]))
    names = [view.name("industries", id) for id in parts]
    data = pd.DataFrame(
        {
            "period": [view.period(text) for text in rows["period"]],
            "part": [view.name("industries", id) for id in rows["industry"]],
            "ink": ["white" if parts.index(id) % 2 == 0 else INK for id in rows["industry"]],
            "order": [parts.index(id) for id in rows["industry"]],
            "value": rows["value"].to_numpy(),
            "label": [view.bare(r.value, "%", r.low, r.high) for r in rows.itertuples()],
        }
    )
    data["middle"] = data.groupby("period")["value"].cumsum() - data["value"] / 2
    y = alt.Y("period:N", sort=None, title=None, axis=alt.Axis(ticks=False))
    scale = alt.Scale(domain=names, range=PALETTE)
    color = alt.Color("part:N", scale=scale, legend=alt.Legend(title=None))
    axis = alt.Axis(values=[0, 25, 50, 75, 100])
    x = alt.X("value:Q", title="%", scale=alt.Scale(domain=[0, 100]), stack="zero", axis=axis)
    bars = (
        alt.Chart(data)
        .mark_bar(height=26, stroke="white", strokeWidth=2)
        .encode(y=y, x=x, color=color, order="order:Q")
    )
    text = alt.Chart(data).mark_text(fontWeight="bold").encode(
        y=y, x=alt.X("middle:Q", title="%"), text="label:N",
        color=alt.Color("ink:N", scale=None),
    )  # fmt: skip
    chart = alt.layer(bars, text).properties(width=WIDTH - 120, height=alt.Step(40))
    level = view.name("indicators", str(rows["indicator"].iloc[0]))
    said = [f"{r.period} {r.part} {r.label}%" for r in data.itertuples()]
    desc = view.say("chart_structure_desc", list=view.join(said))
    return draw(chart, "c-structure", view.say("chart_structure", indicator=level), desc)
