"""Charts of a region's industries as they move, and of the space of industries around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np

from songhua.document.blocks import Chart
from songhua.document.charts.places import PADDING, NamedPoint, beside
from songhua.document.charts.specification import (
    BROAD,
    FAINT,
    GRID,
    PHONE,
    WIDTH,
    data,
    names_beside,
    specified,
)
from songhua.document.charts.spread import spread
from songhua.format.view import View


@dataclass(frozen=True)
class Moved:
    """An industry by its quotient, with its lower bound, and how that changed, in %.

    `kind` is the list that it stands on.
    """

    name: str
    quotient: float
    low: float
    change: float
    kind: str


def moves(
    view: View, moved: Sequence[Moved], since: str, title: str, colours: Mapping[str, str]
) -> Chart | None:
    """The quotient, on a log scale, against its change; a line reaches to the lower bound."""
    if not moved:
        return None
    fastest = [mover.name for mover in sorted(moved, key=lambda mover: -abs(mover.change))[:5]]
    desc = view.say("moves_desc", list=view.join(fastest))
    page, phone = (
        _moved(view, moved, since, colours, *size)
        for size in ((WIDTH - 60, 420), (PHONE - 60, 380))
    )
    return specified(view, page, "c-moves", title, desc, phone)


def _moved(
    view: View,
    moved: Sequence[Moved],
    since: str,
    colours: Mapping[str, str],
    wide: int,
    high: int,
) -> Any:
    kinds = [kind for kind in colours if any(mover.kind == kind for mover in moved)]
    scale = alt.Scale(type="log", padding=PADDING, nice=False)
    x = alt.X(
        "quotient:Q", title=view.say("axis_quotient"), scale=scale, axis=alt.Axis(tickCount=6)
    )
    y = alt.Y(
        "change:Q",
        title=view.say("axis_quotient_change", period=since),
        scale=alt.Scale(padding=PADDING),
    )
    base = alt.Chart(data(moved)).encode(
        color=alt.Color(
            "kind:N",
            sort=None,
            scale=alt.Scale(domain=kinds, range=[colours[kind] for kind in kinds]),
        )
    )
    ends = base.mark_rule(opacity=0.6).encode(x=alt.X("low:Q"), x2="quotient:Q", y=y)
    dots = base.mark_point(filled=True, size=70, opacity=1).encode(x=x, y=y)
    order = sorted(moved, key=lambda mover: -abs(mover.change) - abs(np.log(mover.quotient)))
    points = [NamedPoint(np.log(mover.quotient), mover.change, mover.name) for mover in order]
    placed = [
        type(place)(float(np.exp(place.x)), place.y, place.name, place.before)
        for place in beside(points, wide, high, 16)
    ]
    names = names_beside(placed, x, y, "quotient", "change")
    lines = [
        alt.Chart(data([Line(value)])).mark_rule(color=FAINT, strokeDash=[4, 3]).encode(axis)
        for value, axis in ((1.0, alt.X("value:Q", scale=scale)), (0.0, alt.Y("value:Q")))
    ]
    return alt.layer(*lines, ends, dots, *names).properties(width=wide, height=high)


@dataclass(frozen=True)
class Line:
    """A line across the plot."""

    value: float


@dataclass(frozen=True)
class Star:
    """An industry in the space of industries."""

    name: str
    size: float
    kind: str


@dataclass(frozen=True)
class Dot:
    """An industry at its place."""

    x: float
    y: float
    kind: str
    area: float


@dataclass(frozen=True)
class Link:
    """Two industries that the same regions have."""

    x: float
    y: float
    x2: float
    y2: float


def space(
    view: View,
    stars: Sequence[Star],
    links: Sequence[tuple[int, int, float]],
    title: str,
    colours: Mapping[str, str],
) -> Chart | None:
    """The industries, near where the same regions have both; colours say how the region stands."""
    if len(stars) < 3:
        return None
    at = spread(len(stars), links)
    desc = view.say("space_desc", list=view.join(star.name for star in stars[:8]))
    pairs = [
        Link(float(at[a, 0]), float(at[a, 1]), float(at[b, 0]), float(at[b, 1]))
        for a, b, _ in links
    ]
    page = _space(stars, at, pairs, colours, BROAD, 560)
    return specified(
        view,
        page,
        "c-space",
        title,
        desc,
        _space(
            stars,
            at[:, ::-1],
            [Link(link.y, link.x, link.y2, link.x2) for link in pairs],
            colours,
            PHONE - 10,
            560,
        ),
    )


def _space(
    stars: Sequence[Star],
    at: Any,
    pairs: Sequence[Link],
    colours: Mapping[str, str],
    wide: int,
    high: int,
) -> Any:
    scale = alt.Scale(zero=False, padding=PADDING, nice=False)
    x, y = (alt.X("x:Q", axis=None, scale=scale), alt.Y("y:Q", axis=None, scale=scale))
    most = max(star.size for star in stars) or 1.0
    dots = [
        Dot(float(place[0]), float(place[1]), star.kind, 60 + 700 * star.size / most)
        for star, place in zip(stars, at, strict=True)
    ]
    kinds = [kind for kind in colours if any(star.kind == kind for star in stars)]
    colour = alt.Color(
        "kind:N", sort=None, scale=alt.Scale(domain=kinds, range=[colours[kind] for kind in kinds])
    )
    lines = alt.Chart(data(pairs)).mark_rule(color=GRID, strokeWidth=1.5)
    marks = (
        alt.Chart(data(dots))
        .mark_point(filled=True, opacity=1, stroke="white")
        .encode(x=x, y=y, color=colour, size=alt.Size("area:Q", scale=None))
    )
    points = [
        NamedPoint(dot.x, dot.y, star.name, dot.area**0.5)
        for dot, star in zip(dots, stars, strict=True)
    ]
    names = names_beside(beside(points, wide, high, len(points)), x, y, "x", "y")
    return alt.layer(lines.encode(x=x, y=y, x2="x2:Q", y2="y2:Q"), marks, *names).properties(
        width=wide, height=high
    )
