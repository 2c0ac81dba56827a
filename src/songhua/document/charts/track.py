"""The plan against what happened: bullets, milestones with slip, ladders, what is due."""

from __future__ import annotations

import math
from collections.abc import Sequence
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
    YELLOW,
    draw,
    flat,
    names_axis,
    step,
    wrap,
)
from songhua.format.view import View
from songhua.labels import parse_period
from songhua.labels.periods import OPEN_END
from songhua.plan.schemes import classes
from songhua.plan.vocabulary import Standing
from songhua.studies.track.rows import TargetRow

COLOURS = {
    Standing.ACHIEVED: GREEN, Standing.AHEAD: GREEN, Standing.BEHIND: ORANGE,
    Standing.MISSED: ORANGE,
}  # fmt: skip
STATES = {
    "done": GREEN, "done_late": YELLOW, "late": ORANGE, "no_report": ORANGE, "overdue": ORANGE,
}  # fmt: skip
SHAPES = {"target": "circle", "measure": "square", "milestone": "diamond", "money": "triangle-up"}


def colour(name: str) -> str:
    """The colour of a class of targets."""
    return COLOURS.get(classes()[name].standing, BLUE)


def bullets(
    view: View, rows: Sequence[TargetRow], names: list[str], id: str = "c-bullets"
) -> Markup:
    """A bullet a target: the bar is progress, the whisker its bounds, the mark the time elapsed."""
    if not rows:
        return Markup("")
    data = pd.DataFrame(
        {
            "name": [wrap(name) for name in names],
            "progress": [row.progress * 100 for row in rows],
            "low": [min(max(row.progress_low, -1.0), 2.0) * 100 for row in rows],
            "high": [min(max(row.progress_high, -1.0), 2.0) * 100 for row in rows],
            "elapsed": [row.elapsed * 100 for row in rows],
            "c": [colour(row.progress_class) for row in rows],
            "label": [_said(view, row) for row in rows],
        }
    )
    y = alt.Y("name:N", sort=None, title=None, axis=names_axis())
    top = max(100.0, float(data[["progress", "high", "elapsed"]].max().max()))
    low = min(0.0, float(data[["progress", "low"]].min().min()))
    scale = alt.Scale(domain=[low, top], nice=False)
    x = alt.X("progress:Q", title="%", scale=scale, axis=alt.Axis(tickCount=5))
    base = alt.Chart(data).encode(y=y)
    back = base.mark_bar(height=26, color="#e8edf1").encode(x=alt.datum(0), x2=alt.datum(100))
    bars = base.mark_bar(height=13).encode(x=x, color=alt.Color("c:N", scale=None))
    whisk = base.mark_rule(color=INK, strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    mark = base.mark_tick(color=INK, thickness=3, size=26).encode(x="elapsed:Q")
    wide = WIDTH - 420
    text = base.mark_text(align="left").encode(x=alt.value(wide + 14), text="label:N")
    chart = alt.layer(back, bars, whisk, mark, text)
    chart = chart.properties(width=wide, height=step(data["name"]))
    listed = view.join(f"{flat(n)} {t}" for n, t in zip(data["name"], data["label"], strict=True))
    return draw(chart, id, view.say("chart_bullets"), view.say("chart_bullets_desc", list=listed))


def _said(view: View, row: TargetRow) -> str:
    """Progress, time elapsed and class in words."""
    parts = f"{row.progress * 100:.0f}%", f"{row.elapsed * 100:.0f}%"
    return f"{parts[0]} / {parts[1]}  {view.choice('target_class', row.progress_class)}"


def gantt(view: View, rows: pd.DataFrame, day: str) -> Markup:
    """A line a milestone: a hollow mark for the plan, a full one for what came, and the slip."""
    points = [_milestone(view, row) for row in rows.to_dict("records")]
    data = pd.DataFrame([point for point in points if point["first"] is not None])
    if data.empty:
        return Markup("")
    names = list(dict.fromkeys(data["name"]))
    y = alt.Y("name:N", sort=names, title=None, axis=names_axis())
    base = alt.Chart(data).encode(y=y)
    x = _time([*data["first"], *data["last"], _year(day)])
    slip = base.mark_rule(strokeWidth=6, opacity=0.5).encode(
        x=alt.X("first:Q", **x), x2="last:Q", color=alt.Color("c:N", scale=None)
    )
    plan = base.transform_filter("isValid(datum.planned)").mark_point(
        shape="diamond", size=130, color=INK, strokeWidth=1.8, fill="white", opacity=1
    )
    came = base.transform_filter("isValid(datum.actual)").mark_point(
        shape="diamond", size=130, filled=True, opacity=1
    )
    text = base.mark_text(align="left", dx=12).encode(x="last:Q", text="label:N")
    layers = [
        _turns(x), _today(day, x), slip, plan.encode(x="planned:Q"),
        came.encode(x="actual:Q", color=alt.Color("c:N", scale=None)), text,
    ]  # fmt: skip
    chart = alt.layer(*layers).properties(width=WIDTH - 380, height=step(names))
    listed = view.join(f"{flat(r['name'])} {r['label']}" for r in data.to_dict("records"))
    desc = view.say("chart_gantt_desc", day=view.period(day), list=listed)
    return draw(chart, "c-gantt", view.say("chart_gantt"), desc)


def _milestone(view: View, row: dict[Any, Any]) -> dict[str, Any]:
    planned, actual = (_year(row[name]) for name in ("planned", "actual"))
    ends = [end for end in (planned, actual) if end is not None]
    label = view.choice("delivery_state", row["state"])
    if not math.isnan(row["slip_days"]):
        days = f"{row['slip_days']:+.0f}".replace("-", "−")
        label += " " + view.say("slip_days", n=days)
    comma = "，" if view.lang == "zh" else ", "
    return {
        "name": wrap(
            view.name("entities", row["project"])
            + comma
            + view.name("milestones", row["item"], row["project"])
        ),
        "planned": planned,
        "actual": actual,
        "label": label,
        "first": min(ends) if ends else None,
        "last": max(ends) if ends else None,
        "c": STATES.get(row["state"], BLUE),
    }


def _year(text: str) -> float | None:
    """The end of a period on an axis of years; None where there is none."""
    if not text:
        return None
    end = parse_period(text).end
    return None if end == OPEN_END else end.year + end.timetuple().tm_yday / 366


def _time(places: list[Any]) -> dict[str, Any]:
    """A scale and an axis that hold all places; a year's name stands in its middle."""
    known = [place for place in places if place is not None]
    first, last = math.floor(min(known) - 0.01), math.ceil(max(known))
    middles = [year + 0.5 for year in range(first, last)]
    axis = alt.Axis(
        values=middles, labelExpr="floor(datum.value)", title=None, grid=False, ticks=False,
        labelOverlap=True,
    )  # fmt: skip
    return {"scale": alt.Scale(domain=[first, last + 0.3], nice=False), "axis": axis}


def _turns(x: dict[str, Any]) -> Any:
    """A faint line at each turn of the year."""
    first, last = x["scale"].domain
    turns = pd.DataFrame({"turn": range(int(first), int(last) + 1)})
    return alt.Chart(turns).mark_rule(color=GRID).encode(x=alt.X("turn:Q", **x))


def _today(day: str, x: dict[str, Any]) -> Any:
    """A line at the day of the view."""
    mark = alt.Chart(pd.DataFrame({"day": [_year(day)]}))
    return mark.mark_rule(color=FAINT, strokeDash=[4, 3]).encode(x=alt.X("day:Q", **x))


def ladder(view: View, rows: pd.DataFrame) -> Markup:
    """Each product's rungs: full where reached, hollow where unknown, a cross where not reached."""
    if rows.empty:
        return Markup("")
    rungs = [view.choice("rung", rung) for rung in dict.fromkeys(rows["rung"])]
    data = pd.DataFrame(
        {
            "name": [wrap(view.name("entities", id)) for id in rows["product"]],
            "rung": [view.choice("rung", rung) for rung in rows["rung"]],
            "state": [view.choice("delivery_state", state) for state in rows["state"]],
            "label": [view.period(text) for text in rows["reached"]],
        }
    )
    y = alt.Y("name:N", sort=None, title=None, axis=names_axis(grid=True))
    x = alt.X(
        "rung:N", sort=rungs, title=None,
        axis=alt.Axis(orient="top", labelAngle=0, ticks=False, labelPadding=10),
    )  # fmt: skip
    states = ("reached", "unknown", "not_reached")
    shown = [view.choice("delivery_state", state) for state in states]
    base = alt.Chart(data).encode(x=x, y=y)
    marks = base.mark_point(size=170, opacity=1, strokeWidth=2).encode(
        shape=alt.Shape(
            "state:N", scale=alt.Scale(domain=shown, range=["circle", "circle", "cross"])
        ),
        fill=alt.Fill("state:N", scale=alt.Scale(domain=shown, range=[GREEN, "white", ORANGE])),
        stroke=alt.Stroke("state:N", scale=alt.Scale(domain=shown, range=[GREEN, FAINT, ORANGE])),
    )
    text = base.mark_text(dy=20, fontSize=11.5).encode(text="label:N")
    chart = alt.layer(marks, text).properties(width=WIDTH - 200, height=alt.Step(64))
    listed = view.join(
        f"{flat(r['name'])} {r['rung']} {r['label']}"
        for r in data[data["state"] == shown[0]].to_dict("records")
    )
    return draw(
        chart, "c-ladder", view.say("chart_ladder"), view.say("chart_ladder_desc", list=listed)
    )


def calendar(view: View, rows: pd.DataFrame, day: str) -> Markup:
    """Everything with a date on one line a sort: how many fall due on each day."""
    if rows.empty:
        return Markup("")
    made = rows.assign(place=rows["due"].map(_year)).dropna(subset=["place"])
    grouped = made.groupby(["what", "place"], sort=True).size().reset_index(name="n")
    order = [what for what in SHAPES if what in set(grouped["what"])]
    words = {what: view.choice("due_what", what) for what in order}
    data = grouped.assign(word=grouped["what"].map(words))
    x = _time([*data["place"], _year(day)])
    y = alt.Y("word:N", sort=[words[w] for w in order], title=None, axis=alt.Axis(ticks=False))
    base = alt.Chart(data).encode(y=y, x=alt.X("place:Q", **x))
    marks = base.mark_circle(opacity=1, color=SKY).encode(
        size=alt.Size("n:Q", scale=alt.Scale(range=[260, 700]), legend=None)
    )
    text = base.mark_text(fontWeight="bold", fontSize=12).encode(text="n:Q")
    chart = alt.layer(_turns(x), _today(day, x), marks, text)
    chart = chart.properties(width=WIDTH - 160, height=alt.Step(46))
    listed = view.join(f"{r['word']} {r['n']}" for r in data.to_dict("records"))
    desc = view.say("chart_calendar_desc", day=view.period(day), list=listed)
    return draw(chart, "c-calendar", view.say("chart_calendar"), desc)
