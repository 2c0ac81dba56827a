"""Two small charts that only count rows: claims by verdict, and years with a figure."""

from __future__ import annotations

import altair as alt
import pandas as pd
from markupsafe import Markup

from songhua.document.charts.svg import BLUE, GREEN, ORANGE, WIDTH, YELLOW, draw
from songhua.format import marks
from songhua.format.view import View

VERDICTS = {
    "consistent": GREEN, "consistent_if": YELLOW, "inconsistent": ORANGE,
    "not_checkable": "#7d8891",
}  # fmt: skip


def verdicts(view: View, claims: pd.DataFrame) -> Markup:
    """How many claims have each verdict: a bar each."""
    if claims.empty:
        return Markup("")
    counts = claims["verdict"].value_counts()
    rows = [
        {
            "word": f"{marks.VERDICTS[v]}  {view.choice('verdict', v)}",
            "n": int(counts[v]),
            "c": colour,
        }
        for v, colour in VERDICTS.items()
        if v in counts.index
    ]
    data = pd.DataFrame(rows)
    y = alt.Y("word:N", sort=None, title=None, axis=alt.Axis(ticks=False))
    base = alt.Chart(data).encode(y=y, x=alt.X("n:Q", axis=None))
    bars = base.mark_bar(height=22).encode(color=alt.Color("c:N", scale=None))
    text = base.mark_text(align="left", dx=6, fontWeight="bold").encode(text="n:Q")
    chart = alt.layer(bars, text).properties(width=240, height=alt.Step(32))
    desc = view.say("chart_claims_desc", list=view.join(f"{r['word']} {r['n']}" for r in rows))
    return draw(chart, "c-claims", view.say("chart_claims"), desc)


def years(view: View, pairs: pd.DataFrame) -> Markup:
    """A dot for each indicator and year with a figure."""
    if pairs.empty:
        return Markup("")
    order = list(dict.fromkeys(pairs["name"]))
    first, last = int(pairs["year"].min()), int(pairs["year"].max())
    axis = alt.Axis(
        format="d", values=list(range(first, last + 1)), title=None, grid=True, ticks=False
    )
    scale = alt.Scale(domain=[first - 0.5, last + 0.5], nice=False)
    y = alt.Y(
        "name:N", sort=order, title=None, axis=alt.Axis(grid=True, labelLimit=340, ticks=False)
    )
    chart = (
        alt.Chart(pairs)
        .mark_circle(size=70, color=BLUE, opacity=1)
        .encode(x=alt.X("year:Q", axis=axis, scale=scale), y=y)
        .properties(width=WIDTH - 190, height=alt.Step(20))
    )
    desc = view.say("chart_availability_desc", region=view.region.name[view.lang])
    return draw(chart, "c-years", view.say("chart_availability"), desc)
