"""A register in two pictures: the pipeline by status, and certificates by year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
from markupsafe import Markup

from songhua.document.charts.sizes import plain
from songhua.document.charts.svg import BLUE, ORANGE, PALETTE, WIDTH, draw, names_axis, step, wrap
from songhua.format.numbers import number
from songhua.format.view import View

STAGES = {
    "qualified": BLUE, "possible": "#8fc7e8", "open": "#c9d1d7", "near": "#f0c75e", "far": ORANGE,
    "not_in_force": "#eef1f3", "no_text": "#dfe4e8",
}  # fmt: skip


def pipeline(view: View, rows: pd.DataFrame, title: str, mark: str) -> Markup:
    """A bar a status, its parts the stages; a stage whose number is blank has no part."""
    rows = rows[rows["shown"] & (rows["firms"] > 0)]
    if rows.empty:
        return Markup("")
    names = {id: wrap(view.name("rulebooks", id)) for id in rows["status"].unique()}
    data = rows.assign(
        name=rows["status"].map(names),
        word=[view.choice("stage", stage) for stage in rows["stage"]],
        order=rows["stage"].map(list(STAGES).index),
    )[["name", "word", "firms", "order"]]
    words = [view.choice("stage", stage) for stage in STAGES if (rows["stage"] == stage).any()]
    range_ = [colour for stage, colour in STAGES.items() if (rows["stage"] == stage).any()]
    y = alt.Y("name:N", sort=list(names.values()), title=None, axis=names_axis())
    x = alt.X(
        "firms:Q",
        title=view.say("firms_axis"),
        stack="zero",
        axis=alt.Axis(tickCount=6, format=plain(view)),
    )
    colour = alt.Color("word:N", sort=None, scale=alt.Scale(domain=words, range=range_))
    chart = (
        alt.Chart(data)
        .mark_bar(height=22, stroke="white", strokeWidth=1)
        .encode(y=y, x=x, color=colour, order="order:Q")
        .properties(width=WIDTH - 260, height=step(names.values()), **_marked(mark))
    )
    said = [
        f"{view.name('rulebooks', id)} {view.choice('stage', stage)} {number(n, view.lang)}"
        for id, stage, n in zip(rows["status"], rows["stage"], rows["firms"], strict=True)
    ]
    return draw(chart, "c-pipeline", title, _desc(view, said, mark))


def by_year(view: View, rows: pd.DataFrame, title: str, mark: str) -> Markup:
    """Firms with a certificate by year, a line a status; a blank year is a gap."""
    rows = rows[(rows["by"] == "year") & rows["shown"]]
    if rows.empty:
        return Markup("")
    ids = list(rows["status"].unique())
    names = {id: view.name("rulebooks", id) for id in ids}
    data = rows.assign(name=rows["status"].map(names), year=rows["group"].astype(int))
    data = data[["name", "year", "firms"]].assign(
        label=[number(n, view.lang) for n in data["firms"]]
    )
    years = list(range(int(data["year"].min()), int(data["year"].max()) + 1))
    axis = alt.Axis(format="d", values=years, title=None, grid=False)
    scale = alt.Scale(domain=[years[0] - 0.4, years[-1] + 0.4], nice=False)
    x = alt.X("year:Q", axis=axis, scale=scale)
    y = alt.Y(
        "firms:Q",
        title=view.say("firms_axis"),
        scale=alt.Scale(zero=True),
        axis=alt.Axis(format=plain(view)),
    )
    domain = [names[id] for id in ids]
    colours = alt.Scale(domain=domain, range=[PALETTE[2 * at % 5] for at in range(len(ids))])
    shape = alt.Shape("name:N", sort=None, scale=alt.Scale(domain=domain))
    base = alt.Chart(data).encode(x=x, y=y, color=alt.Color("name:N", sort=None, scale=colours))
    line, dots = base.mark_line(strokeWidth=2.2), base.mark_point(size=70, filled=True)
    text = base.mark_text(dy=-13).encode(text="label:N")
    chart = alt.layer(line, dots.encode(shape=shape), text)
    chart = chart.properties(width=WIDTH - 90, height=270, **_marked(mark))
    said = [f"{r.name} {r.year}: {r.label}" for r in data.itertuples(index=False)]
    return draw(chart, "c-certificates", title, _desc(view, said, mark))


def _marked(mark: str) -> dict[str, Any]:
    """The mark of an invented register as a title inside the picture."""
    if not mark:
        return {}
    return {"title": alt.TitleParams(mark, fontSize=12, color=ORANGE, anchor="start")}


def _desc(view: View, said: Sequence[str], mark: str) -> str:
    listed = view.say("certify_desc", list=view.join(said))
    return f"{mark} {listed}" if mark else listed
