"""Growth through time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import altair as alt

from songhua.document.blocks import Chart
from songhua.document.charts.contributions import Place
from songhua.document.charts.specification import (
    BLUE,
    FAINT,
    INK,
    PHONE,
    WIDTH,
    data,
    specified,
)
from songhua.format.lines import width
from songhua.format.numbers import known
from songhua.format.view import View
from songhua.studies.diagnose.availability import BestFigure

SHAPES = {
    "year": "circle",
    "half": "square",
    "quarter": "triangle-up",
    "cumulative": "diamond",
    "month": "triangle-down",
    "span": "stroke",
    "season": "cross",
    "date": "cross",
}
#: The height of the plot, the width of a column of a label, and half that of a mark.
HEIGHT, COLUMN_WIDE, MARK = 280, 7.0, 4


@dataclass(frozen=True)
class Point:
    """A growth rate in the middle of its period."""

    x: float
    value: float
    low: float
    high: float
    word: str
    main: bool
    label: str
    doubt: str


def growth(view: View, rows: Sequence[BestFigure]) -> Chart | None:
    """Growth rates of one indicator: a place in time, a shape by kind of period, whiskers.

    A single figure needs no chart; the table has it.
    """
    if len(rows) < 2:
        return None
    kinds = list(dict.fromkeys(row.period.kind for row in rows))
    points = [_point(view, row) for row in rows]
    name = view.name("indicators", rows[0].indicator)
    desc = view.say("chart_growth_desc", region=view.name("places", rows[0].region))
    chart, slim = (_through_time(view, points, kinds, wide) for wide in (WIDTH - 50, PHONE - 50))
    return specified(view, chart, "c-growth", name, desc, slim)


def _through_time(view: View, points: Sequence[Point], kinds: list[str], wide: int) -> Any:
    """The rates in a plot of a width, with as many labels as have room."""
    years = range(int(min(point.x for point in points)), int(max(point.x for point in points)) + 1)
    axis = alt.Axis(
        values=[year + 0.5 for year in years],
        labelExpr="floor(datum.value)",
        grid=False,
        ticks=False,
        title=None,
        labelOverlap=True,
    )
    scale = alt.Scale(domain=[years[0], years[-1] + 1], nice=False)
    x = alt.X("x:Q", axis=axis, scale=scale)
    base = alt.Chart(data(_with_room(points, wide))).encode(x=x)
    y = alt.Y("value:Q", title="%", axis=alt.Axis(titleAngle=0, titleY=-12, tickCount=6))
    zero = alt.Chart(data([Place()])).mark_rule(color=FAINT).encode(y=alt.Y("y:Q"))
    stems = base.mark_rule(color=BLUE, opacity=0.35, strokeWidth=2).encode(y=y, y2=alt.datum(0))
    whisk = base.mark_rule(color=INK, strokeWidth=1.5).encode(y=alt.Y("low:Q"), y2=alt.Y2("high:Q"))
    shape = alt.Shape("word:N", scale=_shapes(view, kinds), legend=alt.Legend(title=None))
    marks = base.mark_point(filled=True, size=90, opacity=1, color=BLUE).encode(y=y, shape=shape)
    texts = [mark.encode(y=y, text=alt.Text("label:N")) for mark in _labels(base)]
    texts += [mark.encode(y=y, text=alt.Text("doubt:N")) for mark in _doubts(base)]
    return alt.layer(zero, stems, whisk, marks, *texts).properties(width=wide, height=HEIGHT)


def _with_room(points: Sequence[Point], wide: int) -> list[Point]:
    """The points, without the label of one that would cover another: full years, the newest, first.

    A label takes so many columns; it stands above the mark of a full year, else beside the mark.
    """
    first, last = min(point.x for point in points) // 1, max(point.x for point in points) // 1 + 1
    bottom, top = (of(0, *(p.value for p in points)) for of in (min, max))
    across, up = wide / (last - first), HEIGHT / ((top - bottom) or 1)
    marks = [((p.x - first) * across, (p.value - bottom) * up) for p in points]
    taken = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in marks]
    shown: set[int] = set()
    for at in sorted(range(len(points)), key=lambda at: (not points[at].main, -points[at].x)):
        point = points[at]
        x, y = marks[at]
        long = COLUMN_WIDE * width(point.label)
        left, low = (x - long / 2, y + 7) if point.main else (x - 9 - long, y - 7)
        box = (left, low, left + long, low + (30 if point.main and point.doubt else 14))
        if all(_apart(box, other) for other in (*taken[:at], *taken[at + 1 :])):
            taken.append(box)
            shown.add(at)
    return [
        point if at in shown else replace(point, label="", doubt="")
        for at, point in enumerate(points)
    ]


def _apart(box: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """True for two boxes (left, low, right, high) that have no place in common."""
    return box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]


def _labels(base: alt.Chart) -> list[alt.Chart]:
    """Full years above their mark, other periods beside it; a white edge keeps both legible."""
    full = base.transform_filter("datum.main")
    part = base.transform_filter("!datum.main")
    edge = {"stroke": "white", "strokeWidth": 4}
    above = {"dy": -14, "fontSize": 14, "fontWeight": "bold"}
    beside = {"dx": -9, "align": "right"}
    return [
        full.mark_text(**above, **edge),
        part.mark_text(**beside, **edge),
        full.mark_text(**above),
        part.mark_text(**beside, color=FAINT),
    ]


def _doubts(base: alt.Chart) -> list[alt.Chart]:
    """The mark of a doubtful figure: above the number of a full year, else below it."""
    full = base.transform_filter("datum.main").mark_text(dy=-30, fontSize=11)
    part = base.transform_filter("!datum.main").mark_text(dx=-9, dy=13, fontSize=11, align="right")
    return [full, part]


def _point(view: View, row: BestFigure) -> Point:
    period, rate = row.period, row.value
    low, high = (end if known(end) else rate.value for end in (rate.low, rate.high))
    return Point(
        (_year(period.start) + _year(period.end)) / 2,
        rate.value,
        low,
        high,
        view.choice("period_kind", period.kind),
        period.kind == "year",
        view.bare(rate, "%"),
        view.starred("", [row.observation]),
    )


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 0.5) / 366


def _shapes(view: View, kinds: list[str]) -> alt.Scale:
    return alt.Scale(
        domain=[view.choice("period_kind", kind) for kind in kinds],
        range=[SHAPES.get(kind, "circle") for kind in kinds],
    )
