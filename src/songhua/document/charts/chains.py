"""How the industries of an input-output table hang together: linkages, and one industry's chain."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd
from markupsafe import Markup

from songhua.document.charts.svg import BLUE, FAINT, GRID, ORANGE, WIDTH, data, draw
from songhua.format.order import falling
from songhua.format.view import View
from songhua.messages import width
from songhua.studies.diagnose.linkages import Linkage
from songhua.studies.diagnose.supply_chains import ChainFlow

KINDS = {"key": ORANGE, "backward": BLUE, "forward": "#6cb4dd", "weak": "#9aa5ae"}
SHAPES = {"key": "diamond", "backward": "circle", "forward": "square", "weak": "cross"}
ROW = 62
NAMED = 14


@dataclass(frozen=True)
class Point:
    """An industry by its linkages, and of which kind it is."""

    backward: float
    forward: float
    kind: str
    name: str

    @property
    def far(self) -> float:
        """How far it is from the mean in both."""
        return abs(self.backward - 1) + abs(self.forward - 1)


@dataclass(frozen=True)
class Label:
    """The name of a point, and where it stands."""

    backward: float
    forward: float
    short: str


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


def linkages(view: View, industries: Iterable[Linkage]) -> Markup:
    """Backward against forward linkage; those furthest from the mean are named."""
    rows = [row for row in industries if row.kind]
    if not rows:
        return Markup("")
    points = [
        Point(row.backward, row.forward, view.choice("linkage", row.kind), _name(view, row))
        for row in rows
    ]
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
    dots = alt.Chart(data(points)).mark_point(filled=True, size=70, opacity=0.9)
    dots = dots.encode(x=x, y=y, color=colour, shape=shape)
    text = alt.Chart(data(_apart(points))).mark_text(align="left", dx=8, fontSize=11)
    ones = [
        alt.Chart(pd.DataFrame({"one": [1.0]}))
        .mark_rule(color=FAINT, strokeDash=[4, 3])
        .encode(axis)
        for axis in (alt.X("one:Q"), alt.Y("one:Q"))
    ]
    chart = alt.layer(*ones, dots, text.encode(x=x, y=y, text="short:N"))
    key = sorted((row for row in rows if row.kind == "key"), key=lambda row: falling(row.backward))
    desc = view.say("linkages_desc", list=view.join(_name(view, row) for row in key[:5]))
    chart = chart.properties(width=WIDTH - 120, height=440)
    return draw(view, chart, "c-linkages", view.say("chart_linkages"), desc)


def _name(view: View, row: Linkage) -> str:
    """The name of an industry of the table."""
    return view.name("table_industries", row.code, row.table)


def _apart(points: Sequence[Point]) -> list[Label]:
    """The points furthest from the mean whose names do not run into one another."""
    ends = ([point.backward for point in points], [point.forward for point in points])
    wide, high = (max(values) - min(values) or 1.0 for values in ends)
    kept: list[Point] = []
    for here in sorted(points, key=lambda point: falling(point.far)):
        if all(
            abs(here.backward - one.backward) / wide > 0.3
            or abs(here.forward - one.forward) / high > 0.045
            for one in kept
        ):
            kept.append(here)
        if len(kept) == NAMED:
            break
    return [
        Label(one.backward, one.forward, textwrap.shorten(one.name, 30, placeholder="…"))
        for one in kept
    ]


def chain(view: View, rows: Sequence[ChainFlow], at: str) -> Markup:
    """Suppliers to the left, buyers to the right, three rounds each; wide lines are large flows."""
    nodes = _nodes(view, rows)
    if len(nodes) < 2:
        return Markup("")
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-3.45, 3.45]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(reverse=True))
    lines = alt.Chart(data(_edges(rows, nodes))).mark_rule(color=GRID, strokeCap="round").encode(
        x=x, y=y, x2="x2:Q", y2="y2:Q", strokeWidth=alt.StrokeWidth("w:Q", scale=None),
    )  # fmt: skip
    base = alt.Chart(data(nodes.values())).encode(x=x, y=y)
    dots = base.transform_filter("!datum.gap").mark_circle(size=110, color=BLUE, opacity=1)
    gaps = base.transform_filter("datum.gap").mark_point(
        size=150, color=ORANGE, strokeDash=[3, 2], strokeWidth=2.5, fill="white", opacity=1
    )
    text = base.mark_text(dy=12, fontSize=10.5, lineBreak="\n", baseline="top", lineHeight=12)
    text = text.encode(text="label:N")
    rounds = [
        Head(float(side * n), -0.75, view.say(f"round_{word}", n=n))
        for side, word in ((-1, "up"), (1, "down"))
        for n in (1, 2, 3)
    ]
    heads = alt.Chart(data(rounds)).mark_text(fontSize=11, color=FAINT)
    layers = (lines, dots, gaps, text, heads.encode(x=x, y=y, text="word:N"))
    tall = max(node.y for node in nodes.values()) + 1.6
    chart = alt.layer(*layers).properties(width=WIDTH + 160, height=ROW * tall)
    industry = view.name("industries", rows[0].industry)
    return draw(
        view, chart, f"c-chain-{at}", view.say("chart_chain", industry=industry), _said(view, rows)
    )


Key = tuple[int, str]


def _side(row: ChainFlow) -> int:
    """The round of a flow: suppliers below zero, buyers above."""
    return -row.round if row.direction == "upstream" else row.round


def _nodes(view: View, rows: Sequence[ChainFlow]) -> dict[Key, Node]:
    """Every supplier and buyer by its round and its code; the industry itself is in the middle."""
    industry = view.name("industries", rows[0].industry)
    found = {(0, ""): Node(0.0, 2.0, _lines(industry), False)}
    rounds: dict[int, dict[str, ChainFlow]] = {}
    for row in rows:
        rounds.setdefault(_side(row), {}).setdefault(row.destination, row)
    for x, group in rounds.items():
        shown = sorted(group.values(), key=lambda row: falling(row.of_round))
        for y, row in enumerate(shown):
            name = _lines(view.name("table_industries", row.destination, row.table))
            label = f"{name}\n{view.number(row.of_round, 1)}{' !' if row.gap else ''}"
            found[x, row.destination] = Node(float(x), float(y), label, row.gap)
    return found


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


def _said(view: View, rows: Sequence[ChainFlow]) -> str:
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
