"""Accounts on a log axis: the printed, the likely and the possible size of each industry."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from songhua.document.account_words import Sized, likely, name, printed, scale
from songhua.document.blocks import Chart
from songhua.document.charts.sizes import plain
from songhua.document.charts.specification import (
    BLUE,
    INK,
    ORANGE,
    WIDTH,
    data,
    flat,
    names_axis,
    specified,
    step,
    wrap,
)
from songhua.format.numbers import known, rough
from songhua.format.view import View
from songhua.results import Estimate

#: The margin of the axis beyond the marks, as a factor.
BEYOND = 1.6
PALE = "#b9c3cb"


@dataclass(frozen=True)
class Mark:
    """A mark of an industry: from one amount to another."""

    name: str
    low: float
    high: float


@dataclass(frozen=True)
class Label:
    """The words beside an industry."""

    name: str
    text: str


def accounts(view: View, rows: Sequence[Sized], id: str, title: str) -> Chart | None:
    """For each row its interval, its size as printed, its bounds and the nation's structure."""
    rows = [row for row in rows if row.value.known or known(printed(row))]
    if not rows:
        return None
    factor, unit = scale(view, rows)
    names = [wrap(name(view, row)) for row in rows]
    marks = {
        "print": _marks(names, [(row.print_low, row.print_high) for row in rows], factor),
        "likely": _marks(
            names, [(estimate.low, estimate.high) for estimate in map(_likely, rows)], factor
        ),
        "middle": _marks(names, [(_likely(row).value,) * 2 for row in rows], factor),
        "nation": _marks(names, [(row.nation,) * 2 for row in rows], factor),
        "printed": _marks(names, [(printed(row),) * 2 for row in rows], factor),
    }
    visible = [mark for kind in ("likely", "nation", "printed") for mark in marks[kind]]
    least = min((mark.low for mark in visible if mark.low > 0), default=1.0) / BEYOND
    most = max((mark.high for mark in visible), default=1.0) * BEYOND
    texts = [_label(view, row, factor) for row in rows]
    words = (f"{flat(name)} {text}" for name, text in zip(names, texts, strict=True))
    x = alt.Scale(type="log", domain=[least, most], nice=False)
    axis = alt.Axis(tickCount=5, format=plain(view), grid=True)
    layers = _layers({kind: _within(group, least, most) for kind, group in marks.items()})
    encoded = [
        mark.encode(
            y=alt.Y("name:N", sort=names, title=None, axis=names_axis(minExtent=195)),
            x=alt.X("low:Q", scale=x, title=unit, axis=axis),
            x2=alt.X2("high:Q"),
        )
        if ranged
        else mark.encode(y=alt.Y("name:N", sort=names), x=alt.X("low:Q", scale=x))
        for mark, ranged in layers
    ]
    beside = alt.Chart(data(Label(*pair) for pair in zip(names, texts, strict=True)))
    text = beside.mark_text(align="left", fontSize=12).encode(
        y=alt.Y("name:N", sort=names), x=alt.value(WIDTH - 390), text=alt.Text("text:N")
    )
    chart = alt.layer(*encoded, text).properties(width=WIDTH - 400, height=step(names))
    return specified(view, chart, id, title, view.say("accounts_chart_desc", list=view.join(words)))


def _layers(marks: dict[str, list[Mark]]) -> list[tuple[alt.Chart, bool]]:
    """The marks from the faintest to the strongest, and whether they reach from end to end."""
    chart = {kind: alt.Chart(data(group)) for kind, group in marks.items() if group}
    drawn = {
        "print": lambda base: base.mark_rule(color=PALE, strokeWidth=1.5),
        "likely": lambda base: base.mark_bar(
            height=10, fill="white", stroke=BLUE, strokeWidth=1.5, strokeDash=[4, 2]
        ),
        "middle": lambda base: base.mark_tick(color=BLUE, thickness=3, size=10),
        "nation": lambda base: base.mark_tick(color=INK, thickness=2, size=18),
        "printed": lambda base: base.mark_point(
            shape="diamond", filled=True, size=110, color=ORANGE, opacity=1
        ),
    }
    return [
        (draw(chart[kind]), kind in ("print", "likely"))
        for kind, draw in drawn.items()
        if kind in chart
    ]


def _likely(row: Sized) -> Estimate:
    """The ends and the middle of the draws; none where the size is printed."""
    return Estimate() if known(printed(row)) else row.value


def _marks(names: Sequence[str], amounts: Sequence[tuple[float, ...]], factor: float) -> list[Mark]:
    """The marks of those that have an amount; an end that is open is infinite."""
    marks: list[Mark] = []
    for label, (low, high) in zip(names, amounts, strict=True):
        if known(low):
            marks.append(Mark(label, low * factor, high * factor if known(high) else math.inf))
    return marks


def _within(marks: Sequence[Mark], least: float, most: float) -> list[Mark]:
    """The marks as far as the axis reaches."""
    cut = (Mark(mark.name, max(mark.low, least), min(mark.high, most)) for mark in marks)
    return [mark for mark in cut if mark.low <= mark.high]


def _label(view: View, row: Sized, factor: float) -> str:
    """The size as printed, else what is likely."""
    size = printed(row)
    if known(size):
        return view.say("accounts_as_printed", value=rough(size * factor, view.lang, 5))
    return likely(view, row, factor)
