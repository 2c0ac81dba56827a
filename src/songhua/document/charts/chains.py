"""Charts of an input-output table: linkages of its industries, and one industry's chain."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from songhua.document.blocks import Chart
from songhua.document.charts.places import PADDING, NamedPoint, beside
from songhua.document.charts.specification import (
    BLUE,
    FAINT,
    GRID,
    ORANGE,
    PHONE,
    WIDTH,
    data,
    names_beside,
    specified,
    table,
)
from songhua.format.order import falling
from songhua.format.view import View
from songhua.messages import width
from songhua.studies.diagnose.linkages import Linkage
from songhua.studies.diagnose.supply_chains import ChainFlow

KINDS = {"key": ORANGE, "backward": BLUE, "forward": "#6cb4dd", "weak": "#9aa5ae"}
SHAPES = {"key": "diamond", "backward": "circle", "forward": "square", "weak": "cross"}
ROW = 64
ROUNDS = 3
MOST_NAMES = 14


@dataclass(frozen=True)
class Point:
    """An industry by its linkages, and of which kind it is."""

    backward: float
    forward: float
    kind: str
    name: str

    @property
    def far(self) -> float:
        """Distance from the mean in both."""
        return abs(self.backward - 1) + abs(self.forward - 1)


@dataclass(frozen=True)
class Node:
    """A supplier or a buyer: its place, its name and its part of 100."""

    x: float
    y: float
    label: str
    gap: bool


@dataclass(frozen=True)
class Edge:
    """A flow from one node to another, and how wide it is drawn."""

    x: float
    y: float
    x2: float
    y2: float
    w: float


@dataclass(frozen=True)
class Head:
    """The word over a round."""

    x: float
    y: float
    word: str


def linkages(view: View, industries: Iterable[Linkage]) -> Chart | None:
    """Backward against forward linkage; those furthest from the mean are named."""
    rows = [row for row in industries if row.kind]
    if not rows:
        return None
    points = [
        Point(row.backward, row.forward, view.choice("linkage", row.kind), _name(view, row))
        for row in rows
    ]
    key = sorted((row for row in rows if row.kind == "key"), key=lambda row: falling(row.backward))
    desc = view.say("linkages_desc", list=view.join(_name(view, row) for row in key[:5]))
    return specified(
        view,
        _scatter(view, points, WIDTH - 70, 440),
        "c-linkages",
        view.say("chart_linkages"),
        desc,
        _scatter(view, points, PHONE - 60, 400),
    )


def _scatter(view: View, points: Sequence[Point], wide: int, high: int) -> Any:
    """The points, as many names as there is room for, and lines at the mean of both."""
    scale = alt.Scale(zero=False, padding=PADDING, nice=False)
    ticks = alt.Axis(tickCount=wide // 70)
    x = alt.X("backward:Q", title=view.say("axis_backward"), scale=scale, axis=ticks)
    y = alt.Y("forward:Q", title=view.say("axis_forward"), scale=scale)
    present = {point.kind for point in points}
    kinds = [kind for kind in KINDS if view.choice("linkage", kind) in present]
    words = [view.choice("linkage", kind) for kind in kinds]
    colour, shape = (
        alt.Scale(domain=words, range=[looks[kind] for kind in kinds]) for looks in (KINDS, SHAPES)
    )
    dots = (
        alt.Chart(data(points))
        .mark_point(filled=True, size=70, opacity=0.9)
        .encode(
            x=x,
            y=y,
            color=alt.Color("kind:N", sort=None, scale=colour),
            shape=alt.Shape("kind:N", sort=None, scale=shape),
        )
    )
    far = sorted(points, key=lambda point: falling(point.far))
    labels = [
        NamedPoint(point.backward, point.forward, textwrap.shorten(point.name, 30, placeholder="…"))
        for point in far
    ]
    texts = names_beside(beside(labels, wide, high, MOST_NAMES), x, y, "backward", "forward")
    ones = [
        alt.Chart(table([{"one": 1.0}])).mark_rule(color=FAINT, strokeDash=[4, 3]).encode(axis)
        for axis in (alt.X("one:Q"), alt.Y("one:Q"))
    ]
    return alt.layer(*ones, dots, *texts).properties(width=wide, height=high)


def _name(view: View, row: Linkage) -> str:
    """The name of an industry of the table."""
    return view.name("table_industries", row.code, row.table)


def chain(view: View, rows: Sequence[ChainFlow], at: str) -> Chart | None:
    """Suppliers to the left, buyers to the right, three rounds each; wide lines are large flows."""
    nodes = _nodes(view, rows)
    if len(nodes) < 2:
        return None
    near = [row for row in rows if row.round == 1]
    industry = view.name("industries", rows[0].industry)
    return specified(
        view,
        _rounds(view, rows, nodes, ROUNDS),
        f"c-chain-{at}",
        view.say("chart_chain", industry=industry),
        _description(view, rows),
        _rounds(view, near, _nodes(view, near), 1),
    )


def _rounds(view: View, rows: Sequence[ChainFlow], nodes: Mapping[Key, Node], rounds: int) -> Any:
    """So many rounds to either side; a phone has room for one."""
    scale = alt.Scale(domain=[-rounds - 0.5, rounds + 0.5], nice=False)
    x = alt.X("x:Q", axis=None, scale=scale)
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(reverse=True))
    lines = (
        alt.Chart(data(_edges(rows, nodes)))
        .mark_rule(color=GRID, strokeCap="round")
        .encode(
            x=x,
            y=y,
            x2=alt.X2("x2:Q"),
            y2=alt.Y2("y2:Q"),
            strokeWidth=alt.StrokeWidth("w:Q", scale=None),
        )
    )
    base = alt.Chart(data(nodes.values())).encode(x=x, y=y)
    dots = base.transform_filter("!datum.gap").mark_circle(size=110, color=BLUE, opacity=1)
    gaps = base.transform_filter("datum.gap").mark_point(
        size=150, color=ORANGE, strokeDash=[3, 2], strokeWidth=2.5, fill="white", opacity=1
    )
    text = base.mark_text(dy=12, fontSize=13, lineBreak="\n", baseline="top", lineHeight=14)
    text = text.encode(text=alt.Text("label:N"))
    words = [
        Head(float(side * n), -0.75, view.say(f"round_{word}", n=n))
        for side, word in ((-1, "up"), (1, "down"))
        for n in range(1, rounds + 1)
    ]
    heads = alt.Chart(data(words)).mark_text(fontSize=13, color=FAINT)
    layers = (lines, dots, gaps, text, heads.encode(x=x, y=y, text=alt.Text("word:N")))
    tall = max(node.y for node in nodes.values()) + 1.6
    wide = WIDTH + 280 if rounds > 1 else PHONE - 10
    return alt.layer(*layers).properties(width=wide, height=ROW * tall)


Key = tuple[int, str]


def _side(row: ChainFlow) -> int:
    """The round of a flow: suppliers below zero, buyers above."""
    return -row.round if row.direction == "upstream" else row.round


def _nodes(view: View, rows: Sequence[ChainFlow]) -> dict[Key, Node]:
    """Every supplier and buyer by its round and its code; the industry itself is in the middle."""
    industry = view.name("industries", rows[0].industry)
    nodes = {(0, ""): Node(0.0, 2.0, _lines(industry), False)}
    rounds: dict[int, dict[str, ChainFlow]] = {}
    for row in rows:
        rounds.setdefault(_side(row), {}).setdefault(row.destination, row)
    for x, group in rounds.items():
        ordered = sorted(group.values(), key=lambda row: falling(row.of_round))
        for y, row in enumerate(ordered):
            name = _lines(view.name("table_industries", row.destination, row.table))
            label = f"{name}\n{view.number(row.of_round, 1)}{' !' if row.gap else ''}"
            nodes[x, row.destination] = Node(float(x), float(y), label, row.gap)
    return nodes


def _lines(name: str) -> str:
    """A name on two lines, a long one cut off; only a name of wide letters is broken anywhere."""
    packed = width(name) > len(name)
    lines = textwrap.wrap(
        name, 8 if packed else 17, max_lines=2, placeholder="…", break_long_words=packed
    )
    return "\n".join(lines)


def _edges(rows: Sequence[ChainFlow], nodes: Mapping[Key, Node]) -> Iterator[Edge]:
    """A line a flow, from the industry it comes from to who meets it."""
    most = max(row.flow for row in rows)
    for row in rows:
        side = _side(row)
        before = side - 1 if side > 0 else side + 1
        start = nodes[before, row.origin if before else ""]
        end = nodes[side, row.destination]
        yield Edge(start.x, start.y, end.x, end.y, 0.8 + 9 * row.flow / most)


def _description(view: View, rows: Sequence[ChainFlow]) -> str:
    first = sorted((row for row in rows if row.round == 1), key=lambda row: falling(row.of_round))
    up, down = (
        [row for row in first if row.direction == direction]
        for direction in ("upstream", "downstream")
    )

    def listed(part: Sequence[ChainFlow]) -> str:
        names = (
            f"{view.name('table_industries', row.destination, row.table)}"
            f" {view.number(row.of_round, 1)}"
            for row in part[:3]
        )
        return view.join(names) or view.say("chain_none")

    gaps = listed([row for row in up if row.gap])
    return view.say("chain_desc", suppliers=listed(up), buyers=listed(down), gaps=gaps)
