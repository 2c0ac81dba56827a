"""How the industries of an input-output table hang together: linkages, and one industry's chain."""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt
import pandas as pd
from markupsafe import Markup

from songhua.document.charts.svg import BLUE, FAINT, GRID, ORANGE, WIDTH, draw
from songhua.format.view import View
from songhua.messages import width

KINDS = {"key": ORANGE, "backward": BLUE, "forward": "#6cb4dd", "weak": "#9aa5ae"}
SHAPES = {"key": "diamond", "backward": "circle", "forward": "square", "weak": "cross"}
ROW = 62
NAMED = 14


def linkages(view: View, rows: pd.DataFrame) -> Markup:
    """Backward against forward linkage; those furthest from the mean are named."""
    rows = rows[rows["kind"] != ""]
    if rows.empty:
        return Markup("")
    data = pd.DataFrame({
        "backward": rows["backward"], "forward": rows["forward"],
        "kind": [view.choice("linkage", kind) for kind in rows["kind"]],
        "name": _names(view, rows, "code"),
    })  # fmt: skip
    x = alt.X(
        "backward:Q", title=view.say("axis_backward"), scale=alt.Scale(zero=False, padding=20)
    )
    y = alt.Y("forward:Q", title=view.say("axis_forward"), scale=alt.Scale(zero=False, padding=20))
    words = [view.choice("linkage", kind) for kind in KINDS]
    colour = alt.Color(
        "kind:N", sort=None, scale=alt.Scale(domain=words, range=list(KINDS.values()))
    )
    shape = alt.Shape(
        "kind:N", sort=None, scale=alt.Scale(domain=words, range=list(SHAPES.values()))
    )
    dots = alt.Chart(data).mark_point(filled=True, size=70, opacity=0.9)
    dots = dots.encode(x=x, y=y, color=colour, shape=shape)
    text = alt.Chart(_apart(data)).mark_text(align="left", dx=8, fontSize=11)
    ones = [
        alt.Chart(pd.DataFrame({"one": [1.0]}))
        .mark_rule(color=FAINT, strokeDash=[4, 3])
        .encode(axis)
        for axis in (alt.X("one:Q"), alt.Y("one:Q"))
    ]
    chart = alt.layer(*ones, dots, text.encode(x=x, y=y, text="short:N"))
    key = rows[rows["kind"] == "key"].sort_values("backward", ascending=False)
    desc = view.say("linkages_desc", list=view.join(_names(view, key.head(5), "code")))
    chart = chart.properties(width=WIDTH - 120, height=440)
    return draw(chart, "c-linkages", view.say("chart_linkages"), desc)


def _apart(data: pd.DataFrame) -> pd.DataFrame:
    """The points furthest from the mean whose names do not run into one another."""
    far = (data["backward"] - 1).abs() + (data["forward"] - 1).abs()
    wide, high = (float(data[c].max() - data[c].min()) or 1.0 for c in ("backward", "forward"))
    kept: list[Any] = []
    for at in far.sort_values(ascending=False).index:
        here = data.loc[at]
        if all(
            abs(here["backward"] - data.at[k, "backward"]) / wide > 0.3
            or abs(here["forward"] - data.at[k, "forward"]) / high > 0.045
            for k in kept
        ):
            kept.append(at)
        if len(kept) == NAMED:
            break
    short = [textwrap.shorten(str(name), 30, placeholder="…") for name in data.loc[kept, "name"]]
    return data.loc[kept].assign(short=short)


def chain(view: View, rows: pd.DataFrame, at: str) -> Markup:
    """Suppliers to the left, buyers to the right, three rounds each; wide lines are large flows."""
    nodes = _nodes(view, rows)
    if len(nodes) < 2:
        return Markup("")
    edges = _edges(rows, nodes)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-3.45, 3.45]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(reverse=True))
    lines = alt.Chart(edges).mark_rule(color=GRID, strokeCap="round").encode(
        x=x, y=y, x2="x2:Q", y2="y2:Q", strokeWidth=alt.StrokeWidth("w:Q", scale=None),
    )  # fmt: skip
    base = alt.Chart(nodes).encode(x=x, y=y)
    dots = base.transform_filter("!datum.gap").mark_circle(size=110, color=BLUE, opacity=1)
    gaps = base.transform_filter("datum.gap").mark_point(
        size=150, color=ORANGE, strokeDash=[3, 2], strokeWidth=2.5, fill="white", opacity=1
    )
    text = base.mark_text(dy=12, fontSize=10.5, lineBreak="\n", baseline="top", lineHeight=12)
    text = text.encode(text="label:N")
    rounds = [
        {"x": float(side * n), "y": -0.75, "word": view.say(f"round_{word}", n=n)}
        for side, word in ((-1, "up"), (1, "down"))
        for n in (1, 2, 3)
    ]
    heads = alt.Chart(pd.DataFrame(rounds)).mark_text(fontSize=11, color=FAINT)
    layers = (lines, dots, gaps, text, heads.encode(x=x, y=y, text="word:N"))
    tall = float(nodes["y"].max()) + 1.6
    chart = alt.layer(*layers).properties(width=WIDTH + 160, height=ROW * tall)
    industry = view.name("industries", str(rows["industry"].iloc[0]))
    return draw(
        chart, f"c-chain-{at}", view.say("chart_chain", industry=industry), _said(view, rows)
    )


def _nodes(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """Every supplier and buyer with its place, its name and its part of 100."""
    industry = view.name("industries", str(rows["industry"].iloc[0]))
    found = [{"key": (0, ""), "x": 0.0, "y": 2.0, "label": _lines(industry), "gap": False}]
    for (direction, _), group in rows.groupby(["direction", "round"], sort=False):
        side = -1 if direction == "upstream" else 1
        shown = group.drop_duplicates("destination").sort_values("of_round", ascending=False)
        for place, row in enumerate(shown.to_dict("records")):
            mark = " !" if row["gap"] else ""
            name = _lines(view.name("table_industries", row["destination"], row["table"]))
            label = f"{name}\n{row['of_round']:.1f}{mark}"
            x = side * int(row["round"])
            key = (x, row["destination"])
            found.append(
                {
                    "key": key,
                    "x": float(x),
                    "y": float(place),
                    "label": label,
                    "gap": row["gap"],
                }
            )
    return pd.DataFrame(found)


def _lines(name: str) -> str:
    """A name on two lines, a long one cut off; only a name of wide letters is broken anywhere."""
    packed = width(name) > len(name)
    lines = textwrap.wrap(
        name, 8 if packed else 17, max_lines=2, placeholder="…", break_long_words=packed
    )
    return "\n".join(lines)


def _edges(rows: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    """A line a flow, from the industry it comes from to who meets it."""
    places = dict(zip(nodes["key"], zip(nodes["x"], nodes["y"], strict=True), strict=True))
    most = float(rows["flow"].max())
    found = []
    for row in rows.to_dict("records"):
        side = -1 if row["direction"] == "upstream" else 1
        n = int(row["round"])
        start = places[(0, "") if n == 1 else (side * (n - 1), row["origin"])]
        end = places[side * n, row["destination"]]
        width = 0.8 + 9 * row["flow"] / most
        found.append({"x": start[0], "y": start[1], "x2": end[0], "y2": end[1], "w": width})
    return pd.DataFrame(found)


def _said(view: View, rows: pd.DataFrame) -> str:
    first = rows[rows["round"] == 1].sort_values("of_round", ascending=False)

    def listed(part: pd.DataFrame) -> str:
        names = _names(view, part.head(3), "destination")
        pairs = zip(names, part["of_round"].head(3), strict=True)
        return view.join(f"{n} {v:.1f}" for n, v in pairs) or view.say("chain_none")

    up, down = (first[first["direction"] == d] for d in ("upstream", "downstream"))
    return view.say(
        "chain_desc", suppliers=listed(up), buyers=listed(down), gaps=listed(up[up["gap"]])
    )


def _names(view: View, rows: pd.DataFrame, column: str) -> list[str]:
    """The names of the industries in a column of codes."""
    pairs = zip(rows[column], rows["table"], strict=True)
    return [view.name("table_industries", code, table) for code, table in pairs]
