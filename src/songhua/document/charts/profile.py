"""One region beside three others and the larger area, industry by industry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
from markupsafe import Markup

from songhua.document.charts.svg import (
    BLUE,
    GREEN,
    GRID,
    INK,
    ORANGE,
    PURPLE,
    WIDTH,
    draw,
    flat,
    names_axis,
    step,
    wrap,
)
from songhua.format.view import View

LOOKS = [
    ("circle", BLUE),
    ("square", ORANGE),
    ("triangle-up", GREEN),
    ("diamond", PURPLE),
    ("cross", INK),
]
MOST = 12


def profile(view: View, rows: pd.DataFrame, places: Sequence[str], what: str, title: str) -> Markup:
    """A dot a place in each industry's row; a line joins the least and the most.

    The rows stand by the region's own figure; shapes tell the places apart without colour.
    """
    rows = rows[rows["region"].isin(places)]
    own = rows[rows["region"] == view.region.code].sort_values("value", ascending=False)
    own = own.drop_duplicates("industry").head(MOST)
    rows = rows[rows["industry"].isin(own["industry"])]
    if len(own) < 2 or rows["region"].nunique() < 2:
        return Markup("")
    data = pd.DataFrame({
        "industry": [wrap(view.name("industries", id)) for id in rows["industry"]],
        "place": [view.name("places", id) for id in rows["region"]],
        "value": rows["value"].to_numpy(),
    })  # fmt: skip
    order = [wrap(view.name("industries", id)) for id in own["industry"]]
    shown = [view.name("places", id) for id in places]
    y = alt.Y("industry:N", sort=order, title=None, axis=names_axis(minExtent=195))
    x = alt.X("value:Q", title=view.say(f"axis_{what}"))
    base = alt.Chart(data).encode(y=y)
    span = base.mark_rule(color=GRID, strokeWidth=3).encode(x="min(value):Q", x2="max(value):Q")
    dots = base.mark_point(filled=True, size=85, opacity=0.9, stroke="white", strokeWidth=0.6)
    shapes, colours = ([look[k] for look in LOOKS[: len(shown)]] for k in (0, 1))
    dots = dots.encode(
        x=x,
        shape=alt.Shape("place:N", sort=None, scale=alt.Scale(domain=shown, range=shapes)),
        color=alt.Color("place:N", sort=None, scale=alt.Scale(domain=shown, range=colours)),
    )
    chart = alt.layer(span, dots).properties(width=WIDTH - 260, height=step(order))
    desc = view.say("profile_desc", places=view.join(shown), list=view.join(_widest(data)))
    return draw(chart, f"c-profile-{what}", title, desc)


def _widest(data: pd.DataFrame) -> list[str]:
    """The three industries in which the places lie furthest apart."""
    spread: Any = data.groupby("industry", sort=False)["value"].agg(lambda v: v.max() - v.min())
    return [flat(str(name)) for name in spread.nlargest(3).index]
