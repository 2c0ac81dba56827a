"""What the projects do: by year, by industry, from gross to net, and what drives the width."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
from markupsafe import Markup

from songhua.document.charts.svg import (
    BLUE,
    FAINT,
    GREEN,
    GRID,
    INK,
    ORANGE,
    SKY,
    WIDTH,
    draw,
    names_axis,
    step,
    wrap,
)
from songhua.format.numbers import spell
from songhua.format.view import View

PHASES = {"construction": ORANGE, "operation": BLUE}
EFFECTS = {"direct": BLUE, "indirect": "#8fc7e8", "induced": "#dfb0cb"}
MOST = 14


def scaled(view: View, rows: pd.DataFrame, size: float) -> tuple[pd.DataFrame, str]:
    """Rows in the language's scale of their unit that this size reaches, and the unit's words."""
    factor, unit = spell(str(rows["unit"].iloc[0]), view.lang, size)
    columns = [c for c in ("low", "value", "high") if c in rows]
    return rows.assign(**{c: rows[c] * factor for c in columns}), unit


def fan(view: View, rows: pd.DataFrame, measure: str) -> Markup:
    """A band of 90 % and the median by year, a panel a phase; type I, type II as a dashed line."""
    rows = rows[rows["measure"] == measure]
    one = rows[rows["effect"] == "type_i"]
    if one.empty:
        return Markup("")
    rows, unit = scaled(view, rows, float(one["high"].max()))
    rows = rows.assign(word=[view.choice("phase", phase) for phase in rows["phase"]])
    one, two = (rows[rows["effect"] == effect] for effect in ("type_i", "type_ii"))
    years = sorted(set(rows["year"]))
    axis = alt.Axis(format="d", title=None, values=years, grid=False, labelOverlap=True)
    scale = alt.Scale(domain=[years[0], years[-1]], nice=False, padding=8)
    x = alt.X("year:Q", axis=axis, scale=scale)
    words = [view.choice("phase", phase) for phase in PHASES]
    colour = alt.Color("word:N", scale=alt.Scale(domain=words, range=list(PHASES.values())))
    y = alt.Y("value:Q", title=unit, axis=alt.Axis(tickCount=6))
    base = alt.Chart(one).encode(x=x, color=colour)
    band = base.mark_area(opacity=0.22).encode(y=alt.Y("low:Q"), y2="high:Q")
    line = base.mark_line(strokeWidth=2.5, point=True).encode(y=y)
    upper = alt.Chart(two).mark_line(strokeDash=[5, 4], strokeWidth=1.5)
    upper = upper.encode(x=x, y=y, color=colour)
    chart = alt.layer(band, line, upper).properties(width=WIDTH - 90, height=280)
    last = one[(one["phase"] == "operation") & (one["year"] == years[-1])]
    said = [f"{r.low:.3g}–{r.high:.3g} {unit}" for r in last.itertuples()]
    title = view.say("chart_fan", measure=view.choice("gain", measure))
    desc = view.say("fan_desc", year=years[-1], ends=view.join(said) or "–")
    return draw(chart, f"c-fan-{measure.replace('_', '-')}", title, desc)


def bars(view: View, rows: pd.DataFrame, phase: str) -> Markup:
    """The industries that gain most value added: direct, indirect and induced, with a whisker."""
    rows = rows[(rows["measure"] == "value_added") & (rows["phase"] == phase)]
    total = rows[(rows["effect"] == "type_ii")].nlargest(MOST, "value")
    if total.empty:
        return Markup("")
    rows, unit = scaled(view, rows, float(total["high"].max()))
    rows = rows.assign(
        name=[wrap(name) for name in _industries(view, rows)],
        word=[view.choice("effect", effect) for effect in rows["effect"]],
    )
    total = rows.loc[total.index]
    order = total["name"].tolist()
    parts = rows[rows["effect"].isin(EFFECTS) & rows["name"].isin(order)]
    parts = parts.assign(order=parts["effect"].map(list(EFFECTS).index))
    words = [view.choice("effect", effect) for effect in EFFECTS]
    y = alt.Y("name:N", sort=order, title=None, axis=names_axis())
    colour = alt.Color(
        "word:N", sort=None, scale=alt.Scale(domain=words, range=list(EFFECTS.values()))
    )
    shown = ["name", "value", "low", "high"]
    bar = alt.Chart(parts[[*shown, "word", "order"]]).mark_bar(height=16).encode(
        y=y, x=alt.X("value:Q", title=unit, stack="zero"), color=colour, order="order:Q"
    )  # fmt: skip
    ends = alt.Chart(total[shown]).mark_rule(color=INK, strokeWidth=1.3).encode(
        y=y, x="low:Q", x2="high:Q"
    )  # fmt: skip
    chart = alt.layer(bar, ends).properties(width=WIDTH - 330, height=step(order))
    title = view.say("chart_gains", phase=view.choice("phase", phase))
    first = total.head(5)
    named = zip(_industries(view, first), first["value"], strict=True)
    said = (f"{name} {value:.3g}" for name, value in named)
    desc = view.say("gains_desc", list=view.join(said), unit=unit)
    return draw(chart, f"c-gains-{phase}", title, desc)


def flow(view: View, rows: pd.DataFrame, phase: str) -> Markup:
    """From projects on the left to the industries on the right, wide lines being large flows."""
    rows = rows[rows["phase"] == phase]
    if rows.empty:
        return Markup("")
    rows, unit = scaled(view, rows, float(rows["value"].max()))
    sums = rows.groupby("code", sort=False)["value"].sum().nlargest(MOST)
    rows = rows[rows["code"].isin(sums.index)]
    left = rows.groupby("project", sort=False)["value"].sum().sort_values(ascending=False)
    tall = max(len(left), len(sums))
    names = dict(zip(rows["code"], _industries(view, rows), strict=True))
    nodes = [
        *_nodes(left, {p: view.name("entities", str(p)) for p in left.index}, 0.0, tall),
        *_nodes(sums, names, 1.0, tall),
    ]
    place = {(node["x"], node["key"]): node["y"] for node in nodes}
    most = float(rows["value"].max())
    lines = [
        {
            "x": 0.0, "x2": 1.0, "y": place[0.0, r["project"]], "y2": place[1.0, r["code"]],
            "w": 0.4 + 12 * r["value"] / most,
        }
        for r in rows.to_dict("records") if r["value"] > most / 200
    ]  # fmt: skip
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.55, 1.55]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(reverse=True, domain=[-0.7, tall - 0.3]))
    links = alt.Chart(pd.DataFrame(lines)).mark_rule(color=SKY, opacity=0.55).encode(
        x=x, y=y, x2="x2:Q", y2="y2:Q", strokeWidth=alt.StrokeWidth("w:Q", scale=None)
    )  # fmt: skip
    base = alt.Chart(pd.DataFrame(nodes)).encode(x=x, y=y)
    dots = base.mark_circle(size=60, color=BLUE, opacity=1)
    left_names, right_names = (base.transform_filter(f"datum.x == {at}") for at in (0, 1))
    style: dict[str, Any] = {"fontSize": 11.5, "lineBreak": "\n"}
    text = [
        left_names.mark_text(align="right", dx=-10, **style).encode(text="label:N"),
        right_names.mark_text(align="left", dx=10, **style).encode(text="label:N"),
    ]
    chart = alt.layer(links, dots, *text).properties(width=WIDTH + 40, height=34 * tall)
    title = view.say("chart_flow", phase=view.choice("phase", phase))
    said = (f"{names[code]} {value:.3g}" for code, value in sums.head(5).items())
    return draw(
        chart, f"c-flow-{phase}", title, view.say("gains_desc", list=view.join(said), unit=unit)
    )


def _nodes(values: pd.Series, names: dict[Any, str], x: float, tall: int) -> list[dict[str, Any]]:
    """The ends on one side, the largest first, spread over the height."""
    gap = tall / len(values)
    return [
        {
            "key": key, "x": x, "y": (at + 0.5) * gap - 0.5,
            "label": f"{wrap(names[key])}\n{value:.3g}",
        }
        for at, (key, value) in enumerate(values.items())
    ]  # fmt: skip


def tornado(view: View, rows: pd.DataFrame, outcome: str) -> Markup:
    """What share of the variance each driver makes; the structure's prior is marked and first."""
    rows = rows[rows["outcome"] == outcome].head(10)
    if rows.empty:
        return Markup("")
    data = rows.assign(
        name=[
            wrap(driver_name(view, driver, project))
            for driver, project in zip(rows["driver"], rows["project"], strict=True)
        ],
        colour=[ORANGE if driver == "structure" else BLUE for driver in rows["driver"]],
        label=[f"{share:.0f}%" for share in rows["share"]],
    )
    y = alt.Y("name:N", sort=data["name"].tolist(), title=None, axis=names_axis())
    base = alt.Chart(data).encode(y=y, x=alt.X("share:Q", axis=None))
    bar = base.mark_bar(height=16).encode(color=alt.Color("colour:N", scale=None))
    text = base.mark_text(align="left", dx=5).encode(text="label:N")
    chart = alt.layer(bar, text).properties(width=WIDTH - 380, height=step(data["name"]))
    title = view.say("chart_tornado", outcome=view.choice("headline", outcome))
    said = (f"{n} {s}" for n, s in zip(data["name"], data["label"], strict=True))
    desc = view.say("tornado_desc", list=view.join(said))
    return draw(chart, f"c-tornado-{outcome.replace('_', '-')}", title, desc)


def driver_name(view: View, driver: str, project: str) -> str:
    """A driver in words, with the project that it is about."""
    word = view.choice("driver", driver)
    return f"{word} · {view.name('entities', project)}" if project else word


def net(view: View, rows: pd.DataFrame) -> Markup:
    """Gross and net value added side by side, by year, type I."""
    rows = rows[(rows["measure"] == "value_added") & (rows["effect"] == "type_i")]
    if rows.empty:
        return Markup("")
    rows, unit = scaled(view, rows, float(rows["high"].max()))
    names = {"gross": view.choice("step", "gross"), "net": view.choice("step", "net")}
    words = list(names.values())
    rows = rows[rows["step"].isin(names)]
    data = rows[["low", "value", "high"]].assign(
        year=rows["year"].astype(str), word=rows["step"].map(names)
    )
    x = alt.X("year:N", title=None, axis=alt.Axis(labelAngle=0))
    offset = alt.XOffset("word:N", sort=words)
    colour = alt.Color("word:N", sort=None, scale=alt.Scale(domain=words, range=[GRID, GREEN]))
    y = alt.Y("value:Q", title=unit, axis=alt.Axis(tickCount=6))
    bar = alt.Chart(data).mark_bar(stroke=FAINT, strokeWidth=0.6)
    bar = bar.encode(x=x, xOffset=offset, y=y, color=colour)
    whisk = alt.Chart(data).mark_rule(color=INK, strokeWidth=1.4)
    whisk = whisk.encode(x=x, xOffset=offset, y="low:Q", y2="high:Q")
    chart = alt.layer(bar, whisk).properties(width=WIDTH - 90, height=260)
    title = view.say("chart_net")
    last = rows[rows["year"] == rows["year"].max()].set_index("step")["value"]
    shown = {step: f"{value:.3g}" for step, value in last.items()}
    desc = view.say("net_desc", year=rows["year"].max(), gross=shown.get("gross", "–"),
                    net=shown.get("net", "–"), unit=unit)  # fmt: skip
    return draw(chart, "c-net", title, desc)


def _industries(view: View, rows: pd.DataFrame) -> list[str]:
    """The names of the industries of the rows."""
    pairs = zip(rows["code"], rows["table"], strict=True)
    return [view.name("table_industries", code, table) for code, table in pairs]
