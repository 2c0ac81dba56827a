"""The plan against the outcome: bullets, milestones with slip, ladders, due items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from songhua.document.blocks import Chart
from songhua.document.charts.specification import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    PHONE,
    SKY,
    WIDTH,
    YELLOW,
    data,
    flat,
    names_axis,
    specified,
    step,
    wrap,
)
from songhua.document.charts.time import Place, Time, place_of
from songhua.document.verdict import verdict
from songhua.format.cells import percent
from songhua.format.marks import DOUBT
from songhua.format.numbers import known
from songhua.format.view import View
from songhua.labels import Period
from songhua.labels.periods import OPEN_END
from songhua.plan.schemes import classes
from songhua.plan.vocabulary import Standing
from songhua.studies.track.due_items import DueItem
from songhua.studies.track.programmes import RungState
from songhua.studies.track.projects import MilestoneState
from songhua.studies.track.rows import TargetRow

COLOURS = {
    Standing.ACHIEVED: GREEN,
    Standing.AHEAD: GREEN,
    Standing.BEHIND: ORANGE,
    Standing.MISSED: ORANGE,
}
STATES = {
    "done": GREEN,
    "done_late": YELLOW,
    "late": ORANGE,
    "no_report": ORANGE,
    "overdue": ORANGE,
}
SHAPES = {"target": "circle", "measure": "square", "milestone": "diamond", "money": "triangle-up"}


def colour(name: str) -> str:
    """The colour of a class of targets."""
    return COLOURS.get(classes()[name].standing, BLUE)


@dataclass(frozen=True)
class Bullet:
    """A target's progress with its bounds and the time elapsed, in %."""

    name: str
    progress: float
    low: float
    high: float
    elapsed: float
    c: str
    label: str

    @classmethod
    def of(cls, view: View, row: TargetRow, name: str) -> Bullet:
        """A target under a name; bounds beyond one length on either side are cut."""
        of = row.progress
        low, high = (min(max(end, -1.0), 2.0) for end in (of.low, of.high))
        shares = f"{percent(of.value, view.lang)} / {percent(row.elapsed, view.lang)}"
        return cls(
            wrap(name),
            of.value * 100,
            low * 100,
            high * 100,
            row.elapsed * 100,
            colour(row.progress_class),
            f"{shares}  {verdict(view, row)} {DOUBT if row.doubts else ''}".rstrip(),
        )


def bullets(
    view: View, rows: Sequence[TargetRow], names: Sequence[str], id: str = "c-bullets"
) -> Chart | None:
    """A bullet a target: the bar is progress, the whisker its bounds, the mark the time elapsed."""
    if not rows:
        return None
    points = [Bullet.of(view, row, name) for row, name in zip(rows, names, strict=True)]
    tops = [end for bullet in points for end in (bullet.progress, bullet.high, bullet.elapsed)]
    lows = [end for bullet in points for end in (bullet.progress, bullet.low)]
    ends = [min(0.0, *filter(known, lows)), max(100.0, *filter(known, tops))]
    y = alt.Y("name:N", sort=None, title=None, axis=names_axis())
    scale = alt.Scale(domain=ends, nice=False)
    x = alt.X("progress:Q", title="%", scale=scale, axis=alt.Axis(tickCount=5))
    base = alt.Chart(data(points)).encode(y=y)
    back = base.mark_bar(height=26, color="#e8edf1").encode(x=alt.datum(0), x2=alt.datum(100))
    bars = base.mark_bar(height=13).encode(x=x, color=alt.Color("c:N", scale=None))
    whisk = base.mark_rule(color=INK, strokeWidth=1.5).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"))
    mark = base.mark_tick(color=INK, thickness=3, size=26).encode(x=alt.X("elapsed:Q"))
    wide = WIDTH - 420
    text = base.mark_text(align="left").encode(x=alt.value(wide + 14), text=alt.Text("label:N"))
    chart = alt.layer(back, bars, whisk, mark, text)
    chart = chart.properties(width=wide, height=step(bullet.name for bullet in points))
    listed = view.join(f"{flat(bullet.name)} {bullet.label}" for bullet in points)
    return specified(
        view, chart, id, view.say("chart_bullets"), view.say("chart_bullets_desc", list=listed)
    )


@dataclass(frozen=True)
class Mark:
    """A milestone on the axis of years: when it was planned and when it came."""

    name: str
    planned: float | None
    actual: float | None
    first: float
    last: float
    label: str
    c: str


def gantt(view: View, rows: Sequence[MilestoneState], day: date) -> Chart | None:
    """A line a milestone: a hollow mark for the plan, a full one for what came, and the slip."""
    marks = [mark for row in rows if (mark := _milestone(view, row)) is not None]
    if not marks:
        return None
    names = list(dict.fromkeys(mark.name for mark in marks))
    y = alt.Y("name:N", sort=names, title=None, axis=names_axis())
    base = alt.Chart(data(marks)).encode(y=y)
    time = Time.over(end for mark in marks for end in (mark.first, mark.last, place_of(day)))
    slip = base.mark_rule(strokeWidth=6, opacity=0.5).encode(
        x=time.axis("first"), x2=alt.X2("last:Q"), color=alt.Color("c:N", scale=None)
    )
    plan = base.transform_filter("isValid(datum.planned)").mark_point(
        shape="diamond", size=130, color=INK, strokeWidth=1.8, fill="white", opacity=1
    )
    actual = base.transform_filter("isValid(datum.actual)").mark_point(
        shape="diamond", size=130, filled=True, opacity=1
    )
    text = base.mark_text(align="left", dx=12).encode(x=alt.X("last:Q"), text=alt.Text("label:N"))
    layers = [
        time.turns(),
        time.today(day),
        slip,
        plan.encode(x=alt.X("planned:Q")),
        actual.encode(x=alt.X("actual:Q"), color=alt.Color("c:N", scale=None)),
        text,
    ]
    chart = alt.layer(*layers).properties(width=WIDTH - 380, height=step(names))
    listed = view.join(f"{flat(mark.name)} {mark.label}" for mark in marks)
    desc = view.say("chart_gantt_desc", day=view.period(day), list=listed)
    return specified(view, chart, "c-gantt", view.say("chart_gantt"), desc)


def _milestone(view: View, row: MilestoneState) -> Mark | None:
    """The mark of a milestone; None where nothing says when."""
    planned, actual = _year(row.planned), _year(row.actual)
    ends = [end for end in (planned, actual) if end is not None]
    if not ends:
        return None
    label = view.choice("delivery_state", row.state)
    if known(row.slip_days):
        label += " " + view.say("slip_days", n=view.signed(row.slip_days, 0))
    step = view.name("milestones", row.item, row.project)
    name = wrap(f"{view.name('entities', row.project)}{view.written.comma}{step}")
    colour = STATES.get(row.state, BLUE)
    return Mark(name, planned, actual, min(ends), max(ends), label, colour)


def _year(period: Period | None) -> float | None:
    """The end of a period on an axis of years; None where there is none."""
    return None if period is None or period.end == OPEN_END else place_of(period.end)


@dataclass(frozen=True)
class Rung:
    """A rung of a product's ladder."""

    name: str
    rung: str
    state: str
    label: str


def ladder(view: View, rows: Sequence[RungState]) -> Chart | None:
    """Each product's rungs: full where reached, hollow where unknown, a cross where not reached."""
    if not rows:
        return None
    rungs = [view.choice("rung", rung) for rung in dict.fromkeys(row.rung for row in rows)]
    drawn = [
        Rung(
            wrap(view.name("entities", row.product)),
            view.choice("rung", row.rung),
            view.choice("delivery_state", row.state),
            str(row.reached.end.year) if row.reached else "",
        )
        for row in rows
    ]
    listed = view.join(
        f"{flat(mark.name)} {mark.rung} {view.period(row.reached)}"
        for mark, row in zip(drawn, rows, strict=True)
        if row.state == "reached"
    )
    return specified(
        view,
        _rungs(view, drawn, rungs, WIDTH - 200),
        "c-ladder",
        view.say("chart_ladder"),
        view.say("chart_ladder_desc", list=listed),
        _rungs(view, drawn, rungs, PHONE - 20, True),
    )


def _rungs(
    view: View, drawn: Sequence[Rung], rungs: Sequence[str], wide: int, above: bool = False
) -> Any:
    """A row a product; its name begins the row, or stands `above` it."""
    over = {"labelAlign": "left", "labelPadding": 0, "labelOffset": -26} if above else {}
    y = alt.Y("name:N", sort=None, title=None, axis=names_axis(grid=True, **over))
    top = alt.Axis(
        orient="top",
        labelAngle=0,
        ticks=False,
        labelPadding=24 if above else 10,
        labelExpr="split(datum.label, ' ')" if above else "datum.label",
        labelFontSize=11.5 if above else 13,
    )
    x = alt.X("rung:N", sort=rungs, title=None, axis=top)
    states = ("reached", "unknown", "not_reached")
    words = [view.choice("delivery_state", state) for state in states]
    shapes = alt.Scale(domain=words, range=["circle", "circle", "cross"])
    fills = alt.Scale(domain=words, range=[GREEN, "white", ORANGE])
    edges = alt.Scale(domain=words, range=[GREEN, FAINT, ORANGE])
    base = alt.Chart(data(drawn)).encode(x=x, y=y)
    marks = base.mark_point(size=170, opacity=1, strokeWidth=2).encode(
        shape=alt.Shape("state:N", scale=shapes),
        fill=alt.Fill("state:N", scale=fills),
        stroke=alt.Stroke("state:N", scale=edges),
    )
    text = base.mark_text(dy=20, fontSize=12).encode(text=alt.Text("label:N"))
    height = alt.Step(90 if above else 64)
    return alt.layer(marks, text).properties(width=wide, height=height)


def calendar(view: View, rows: Sequence[DueItem], day: date) -> Chart | None:
    """Everything with a date on one line a sort: how many fall due on each day."""
    counted = Counter((row.what, row.due) for row in rows if row.due != OPEN_END)
    if not counted:
        return None
    words = {kind: view.choice("due_what", kind) for kind in SHAPES}
    points = [Place(place_of(due), words[kind], n) for (kind, due), n in sorted(counted.items())]
    kinds = {kind for kind, _ in counted}
    order = [word for kind, word in words.items() if kind in kinds]
    time = Time.over([*(point.place for point in points), place_of(day)])
    y = alt.Y("word:N", sort=order, title=None, axis=alt.Axis(ticks=False))
    top = alt.Axis(orient="top", labelAngle=0, ticks=False, labelExpr="split(datum.label, ' ')")
    base = alt.Chart(data(points)).encode(y=y, x=time.axis("place"))
    marks = base.mark_circle(opacity=1, color=SKY).encode(
        size=alt.Size("n:Q", scale=alt.Scale(range=[210, 340]), legend=None)
    )
    text = base.mark_text(fontWeight="bold", fontSize=12).encode(text=alt.Text("n:Q"))
    chart = alt.layer(time.turns(), time.today(day), marks, text)
    chart = chart.properties(width=WIDTH - 160, height=alt.Step(46))
    slim = alt.layer(
        time.today(day, "y"),
        *(
            layer.encode(x=alt.X("word:N", sort=order, title=None, axis=top), y=time.down("place"))
            for layer in (marks, text)
        ),
    ).properties(width=PHONE - 50, height=26 * (time.last - time.first))
    listed = view.join(f"{point.word} {point.n}" for point in points)
    desc = view.say("chart_calendar_desc", day=view.period(day), list=listed)
    return specified(view, chart, "c-calendar", view.say("chart_calendar"), desc, slim)
