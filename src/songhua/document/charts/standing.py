"""Standing of the region among the others: its rank by each indicator, and the gap to the best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair as alt

from songhua.document.blocks import Chart
from songhua.document.charts.specification import (
    BLUE,
    GRID,
    LINE,
    LINE_HEIGHT,
    NAMES,
    ORANGE,
    PHONE,
    WIDTH,
    data,
    names_axis,
    specified,
    step,
    wrap,
)
from songhua.format.lines import wrapped
from songhua.format.order import rising
from songhua.format.view import View
from songhua.region.observations import grouped
from songhua.studies.diagnose.peer_figures import PeerFigure
from songhua.wording.digits import dashed

#: The look of a place that is neither the region nor the best.
OTHER_PLACE = "#8fc7e8"
#: Among how many places a rank says something.
LEAST = 3


@dataclass(frozen=True)
class Standing:
    """An indicator: who is compared, the best place, and where the region stands among them."""

    region: PeerFigure
    best: PeerFigure
    rows: Sequence[PeerFigure]
    rank_low: float
    rank_high: float

    def share(self, row: PeerFigure) -> float:
        """The way of a place from the last towards the best, in %."""
        values, best = [figure.value.value for figure in self.rows], self.best.value.value
        last = min(values) if best == max(values) else max(values)
        return 100 * (row.value.value - last) / (best - last)


@dataclass(frozen=True)
class Dot:
    """A place in an indicator's row."""

    name: str
    share: float
    colour: str
    size: int


@dataclass(frozen=True)
class Label:
    """The words beside an indicator's row."""

    name: str
    text: str


def standings(view: View, figures: Iterable[PeerFigure]) -> list[Standing]:
    """Of the whole economy, the latest of each indicator and form that has a good end.

    The region's rank counts from that end; the furthest behind come first.
    """
    places = {view.region.code, *view.region.places_of("comparison")}
    rows = [row for row in figures if row.region in places and row.industry == "all"]
    placed: list[Standing] = []
    for group in grouped(rows, "indicator", "form").values():
        latest = max(row.period for row in group)
        compared = [row for row in group if row.period == latest]
        figure = next((row for row in compared if row.region == view.region.code), None)
        direction = view.region.indicator(group[0].indicator).direction
        values = {row.value.value for row in compared}
        known_end = direction in ("higher", "lower") and len(values) > 1
        if figure is None or figure.of < LEAST or not known_end:
            continue
        up = direction == "higher"
        best = (max if up else min)(compared, key=lambda row: row.value.value)
        ends = (figure.rank.low, figure.rank.high)
        low, high = ends if up else (figure.of + 1 - ends[1], figure.of + 1 - ends[0])
        placed.append(Standing(figure, best, compared, low, high))
    return sorted(placed, key=lambda standing: rising(standing.share(standing.region)))


def standing(view: View, standings: Sequence[Standing]) -> Chart | None:
    """A row an indicator, from the last place to the best; the region is marked."""
    if not standings:
        return None
    names = [_name(view, standing.region) for standing in standings]
    dots = [
        Dot(name, standing.share(row), *_look(standing, row))
        for name, standing in zip(names, standings, strict=True)
        for row in sorted(standing.rows, key=lambda row: row.region == view.region.code)
    ]
    labels = [
        Label(name, _rank_text(view, standing))
        for name, standing in zip(names, standings, strict=True)
    ]
    desc = view.say(
        "standing_desc", list=view.join(f"{label.name} {label.text}" for label in labels)
    )
    chart, slim = (_rows(view, dots, labels, narrow) for narrow in (False, True))
    return specified(view, chart, "c-standing", view.say("chart_standing"), desc, slim)


def _rows(view: View, dots: Sequence[Dot], labels: Sequence[Label], narrow: bool) -> Any:
    """The rows; on a phone the name is above its row and the text below."""
    wide = PHONE - 30 if narrow else WIDTH - 430
    lines = {
        name: "\n".join(wrapped(name, LINE)) if narrow else wrap(name)
        for name in dict.fromkeys(dot.name for dot in dots)
    }
    more = LINE_HEIGHT * max(name.count("\n") for name in lines.values())
    above = {
        "labelAlign": "left",
        "labelPadding": 0,
        "labelOffset": -12 - more,
        "labelExpr": NAMES if more else "datum.label",
        "labelBaseline": "bottom",
        "labelLimit": PHONE,
    }
    y = alt.Y("name:N", sort=None, title=None, axis=names_axis(**above if narrow else {}))
    x = alt.X(
        "share:Q",
        title=view.say("axis_standing"),
        scale=alt.Scale(domain=[0, 100], padding=8),
        axis=alt.Axis(values=[0, 50, 100]),
    )
    base = alt.Chart(data(replace(dot, name=lines[dot.name]) for dot in dots)).encode(y=y)
    line = base.mark_rule(color=GRID, strokeWidth=3).encode(
        x=alt.X("min(share):Q"), x2=alt.X2("max(share):Q")
    )
    marks = base.mark_point(filled=True, opacity=1, stroke="white", strokeWidth=0.6).encode(
        x=x, color=alt.Color("colour:N", scale=None), size=alt.Size("size:Q", scale=None)
    )
    words = alt.Chart(data(replace(label, name=lines[label.name]) for label in labels)).mark_text(
        align="left", fontSize=12, dy=16 if narrow else 0
    )
    text = words.encode(
        y=alt.Y("name:N", sort=None),
        x=alt.value(0 if narrow else wide + 14),
        text=alt.Text("text:N"),
    )
    height = alt.Step(70 + more) if narrow else step(lines.values())
    return alt.layer(line, marks, text).properties(width=wide, height=height)


def _look(standing: Standing, row: PeerFigure) -> tuple[str, int]:
    """The region in a strong colour and large: another where it is last of all or nearly so."""
    if row != standing.region:
        return OTHER_PLACE, 45
    return ORANGE if standing.share(row) < 100 / 3 else BLUE, 150


def _name(view: View, row: PeerFigure) -> str:
    """The indicator, the form where it is not the usual one, and the period."""
    name, comma = view.name("indicators", row.indicator), view.written.comma
    if row.form != view.region.indicator(row.indicator).form:
        name += comma + view.choice("form", row.form)
    return f"{name}{comma}{view.period(row.period)}"


def _rank_text(view: View, standing: Standing) -> str:
    """The rank, and the best place with its figure."""
    low, high = int(standing.rank_low), int(standing.rank_high)
    best = view.show(standing.best.value, standing.best.unit)
    place = view.name("places", standing.best.region)
    rank = dashed(str(low), str(high))
    return view.say("standing_said", rank=rank, of=standing.region.of, place=place, value=best)
