"""Sizes by measure, and shares: two measures never stand on one axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import altair as alt
import pandas as pd

from songhua.document.blocks import Chart
from songhua.document.charts.specification import (
    BLUE,
    GREEN,
    INK,
    PALETTE,
    PURPLE,
    WIDTH,
    flat,
    names_axis,
    specified,
    step,
    wrap,
)
from songhua.format.numbers import known, spell
from songhua.format.view import View
from songhua.studies.diagnose.structure import IndustryShare
from songhua.studies.diagnose.system import IndustrySize

COLOURS = (BLUE, GREEN, PURPLE)


def sizes(view: View, rows: Iterable[IndustrySize]) -> list[tuple[str, Chart]]:
    """A chart for each measure: its own axis, its own unit, its own colour."""
    groups: dict[tuple[str, str], list[IndustrySize]] = {}
    for row in rows:
        if row.state == "known":
            groups.setdefault((row.measure, row.unit), []).append(row)
    charts = []
    for at, ((measure, _), group) in enumerate(groups.items()):
        id = f"c-size-{measure}" + f"-{at}" * any(measure == earlier for earlier, _ in charts)
        charts.append((measure, _bars(view, group, id, COLOURS[at % 3])))
    return charts


def _bars(view: View, group: Sequence[IndustrySize], id: str, colour: str) -> Chart | None:
    factor, words = spell(group[0].unit, view.lang, max(row.value.value for row in group))
    amounts = [row.value for row in group]
    data = pd.DataFrame(
        {
            "name": [wrap(view.name("industries", row.industry)) for row in group],
            "value": [end.value * factor for end in amounts],
            "low": [(end.low if known(end.low) else end.value) * factor for end in amounts],
            "high": [(end.high if known(end.high) else end.value) * factor for end in amounts],
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
    whisk = base.mark_rule(color=INK, strokeWidth=1.5).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"))
    text = base.mark_text(align="left", dx=6).encode(x=alt.X("high:Q"), text=alt.Text("label:N"))
    wide = 220
    chart = alt.layer(bars, whisk, text).properties(width=wide, height=step(data.name))
    word = view.choice("measure", group[0].measure)
    listed = view.join(f"{flat(n)} {v}" for n, v in zip(data.name, data.label, strict=True))
    title = view.say("chart_sizes", measure=word)
    return specified(view, chart, id, title, view.say("chart_sizes_desc", list=listed))


def plain(view: View) -> str:
    """The numbers of an axis with the separators of the language."""
    return ",~f" if view.written.thousands else "~f"


def _labels(view: View, group: Sequence[IndustrySize]) -> list[str]:
    """Each size, and its period where the periods of the bars differ."""
    differ = len({row.period for row in group}) > 1
    return [
        view.starred(
            view.show(row.value, row.unit)
            + (view.written.bracketed(view.period(row.period)) if differ else ""),
            row.observations,
        )
        for row in group
    ]


def structure(view: View, rows: Sequence[IndustryShare]) -> Chart | None:
    """Published shares of one level: a stacked bar for each period."""
    if not rows:
        return None
    parts = list(dict.fromkeys(row.industry for row in rows))
    names = [view.name("industries", id) for id in parts]
    order = [parts.index(row.industry) for row in rows]
    data = pd.DataFrame(
        {
            "period": [view.period(row.period) for row in rows],
            "part": [names[at] for at in order],
            "ink": ["white" if at % 2 == 0 else "black" for at in order],
            "order": order,
            "value": [row.value.value for row in rows],
            "label": [view.starred(view.bare(row.value, "%"), row.observations) for row in rows],
        }
    )
    data["middle"] = data.groupby("period").value.cumsum() - data.value / 2
    y = alt.Y("period:N", sort=None, title=None, axis=alt.Axis(ticks=False))
    scale = alt.Scale(domain=names, range=PALETTE)
    color = alt.Color("part:N", scale=scale, legend=alt.Legend(title=None))
    axis = alt.Axis(values=[0, 25, 50, 75, 100])
    x = alt.X("value:Q", title="%", scale=alt.Scale(domain=[0, 100]), stack="zero", axis=axis)
    bars = (
        alt.Chart(data)
        .mark_bar(height=26, stroke="white", strokeWidth=2)
        .encode(y=y, x=x, color=color, order=alt.Order("order:Q"))
    )
    text = (
        alt.Chart(data)
        .mark_text(fontWeight="bold")
        .encode(
            y=y,
            x=alt.X("middle:Q", title="%"),
            text=alt.Text("label:N"),
            color=alt.Color("ink:N", scale=None),
        )
    )
    chart = alt.layer(bars, text).properties(width=WIDTH - 120, height=alt.Step(40))
    level = view.name("indicators", rows[0].indicator)
    listed = [f"{r.period} {r.part} {r.label}%" for r in data.itertuples()]
    desc = view.say("chart_structure_desc", list=view.join(listed))
    return specified(view, chart, "c-structure", view.say("chart_structure", indicator=level), desc)
