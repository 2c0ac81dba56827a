"""Industries that could enter or are at risk: odds as marks of a hundred, with record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from songhua.document.blocks import Chart
from songhua.document.charts.specification import (
    BLUE,
    FAINT,
    LINE,
    ORANGE,
    PHONE,
    WIDTH,
    data,
    names_axis,
    specified,
    wrap,
)
from songhua.format.lines import wrapped
from songhua.format.view import View
from songhua.results import Estimate

#: Marks in a row, and rows of marks for one industry.
ACROSS, DOWN = 25, 4
SIDE = 11


@dataclass(frozen=True)
class Chance:
    """An industry's odds in %, with the ends of the band."""

    name: str
    odds: Estimate
    text: str


@dataclass(frozen=True)
class Mark:
    """One of a hundred: whether it comes true as stated, at the upper end only, or not."""

    name: str
    x: int
    y: int
    colour: str


def marks(view: View, chances: Sequence[Chance], id: str, title: str) -> Chart | None:
    """A hundred marks an industry: as many dark ones as come true, light ones up to the band."""
    if not chances:
        return None
    listed = view.join(f"{chance.name} {chance.text}" for chance in chances)
    desc = view.say("chart_odds_desc", list=listed)
    page, phone = (_hundred(chances, narrow) for narrow in (False, True))
    return specified(view, page, id, title, desc, phone)


def _hundred(chances: Sequence[Chance], narrow: bool) -> Any:
    names = {
        chance.name: "\n".join(wrapped(chance.name, LINE)) if narrow else wrap(chance.name)
        for chance in chances
    }
    dots = [
        Mark(names[chance.name], at % ACROSS, at // ACROSS, _colour(at, chance))
        for chance in chances
        for at in range(100)
    ]
    wide = ACROSS * SIDE
    above = {
        "labelAlign": "left",
        "labelPadding": 0,
        "labelOffset": -DOWN * SIDE / 2 - 8,
        "labelBaseline": "bottom",
        "labelLimit": PHONE,
    }
    y = alt.Y("name:N", sort=None, title=None, axis=names_axis(**above if narrow else {}))
    base = alt.Chart(data(dots)).encode(y=y)
    squares = base.mark_square(size=(SIDE - 2) ** 2, opacity=1).encode(
        x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.5, ACROSS - 0.5], nice=False)),
        yOffset=alt.YOffset("y:Q", scale=alt.Scale(domain=[-0.5, DOWN - 0.5])),
        color=alt.Color("colour:N", scale=None),
    )
    return squares.properties(width=wide, height=alt.Step(DOWN * SIDE + (28 if narrow else 14)))


def _colour(at: int, chance: Chance) -> str:
    if at < round(chance.odds.value):
        return BLUE
    return "#a9d0e8" if at < round(chance.odds.high) else "#e6eaee"


@dataclass(frozen=True)
class Tried:
    """A class of past picks: the stated odds, and the actual share with its interval, in %."""

    kind: str
    stated: float
    came: float
    low: float
    high: float


@dataclass(frozen=True)
class End:
    """An end of the line on which what was stated came true."""

    stated: float


def reliability(view: View, tried: Sequence[Tried], id: str, title: str) -> Chart | None:
    """Past events as came true against as stated, with intervals; on the line both are the same."""
    if not tried:
        return None
    listed = view.join(
        view.say(
            "reliability_said",
            kind=pick.kind,
            stated=view.number(pick.stated, 1),
            came=view.number(pick.came, 1),
        )
        for pick in tried
    )
    page, phone = (_tried(view, tried, wide) for wide in (WIDTH - 220, PHONE - 60))
    return specified(view, page, id, title, view.say("reliability_desc", list=listed), phone)


def _tried(view: View, tried: Sequence[Tried], wide: int) -> Any:
    kinds = list(dict.fromkeys(pick.kind for pick in tried))
    most = max(max(pick.stated, pick.high) for pick in tried)
    scale = alt.Scale(domain=[0, most], nice=True)
    x = alt.X("stated:Q", title=view.say("axis_stated"), scale=scale, axis=alt.Axis(tickCount=5))
    y = alt.Y("came:Q", title=view.say("axis_came"), scale=scale, axis=alt.Axis(tickCount=5))
    line = alt.Chart(data([End(0.0), End(most)])).mark_line(color=FAINT, strokeDash=[4, 3])
    base = alt.Chart(data(tried)).encode(
        x=x,
        color=alt.Color(
            "kind:N", sort=None, scale=alt.Scale(domain=kinds, range=[BLUE, ORANGE][: len(kinds)])
        ),
    )
    shape = alt.Shape(
        "kind:N", sort=None, scale=alt.Scale(domain=kinds, range=["circle", "square"][: len(kinds)])
    )
    ends = base.mark_rule(strokeWidth=1.5).encode(y=alt.Y("low:Q"), y2="high:Q")
    dots = base.mark_point(filled=True, size=70, opacity=1).encode(y=y, shape=shape)
    same = line.encode(x=x, y=alt.Y("stated:Q"))
    return alt.layer(same, ends, dots).properties(width=wide, height=min(wide, 320))
