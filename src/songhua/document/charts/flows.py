"""Value added of the projects on its way to the industries: wide lines are large flows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair as alt
import pandas as pd

from songhua.document.blocks import Chart
from songhua.document.charts.specification import BLUE, COLUMN, PHONE, SKY, data, specified
from songhua.format.lines import wrapped
from songhua.format.numbers import spell
from songhua.format.view import View
from songhua.studies.simulate.rows import ValueAddedFlow

MOST = 14


@dataclass(frozen=True)
class Node:
    """An end of a flow: its place and its name."""

    key: str
    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Line:
    """A flow from a project to an industry, and how wide it is drawn."""

    x: float
    x2: float
    y: float
    y2: float
    w: float


def flow(view: View, flows: Sequence[ValueAddedFlow], phase: str) -> Chart | None:
    """From projects on the left to the industries on the right, wide lines being large flows."""
    rows = [row for row in flows if row.phase == phase]
    if not rows:
        return None
    factor, unit = spell(rows[0].unit, view.lang, max(row.value for row in rows))
    rows = [replace(row, value=row.value * factor) for row in rows]
    right = dict(list(_sums((row.code, row.value) for row in rows).items())[:MOST])
    rows = [row for row in rows if row.code in right]
    left = _sums((row.project, row.value) for row in rows)
    names = {row.code: view.name("table_industries", row.code, row.table) for row in rows}
    names |= {row.project: view.name("entities", row.project) for row in rows}
    ends = [
        {key: f"{names[key]} {view.digits(value, 3)}" for key, value in side.items()}
        for side in (left, right)
    ]
    title = view.say("chart_flow", phase=view.choice("phase", phase))
    listed = (f"{names[code]} {view.digits(value, 3)}" for code, value in list(right.items())[:5])
    return specified(
        view,
        _chart(rows, ends, COLUMN - 10, 28, 0.55),
        f"c-flow-{phase}",
        title,
        view.say("gains_desc", list=view.join(listed), unit=unit),
        _chart(rows, ends, PHONE - 10, 20, 1.6),
    )


def _chart(
    rows: Sequence[ValueAddedFlow],
    ends: Sequence[Mapping[str, str]],
    wide: int,
    columns: int,
    beside: float,
) -> Any:
    """The flows in so wide a plot; names of so many columns stand on both sides."""
    labels = [
        {key: "\n".join(wrapped(name, columns)) for key, name in side.items()} for side in ends
    ]
    tall = max(map(len, ends))
    nodes = [*_nodes(labels[0], 0.0, tall), *_nodes(labels[1], 1.0, tall)]
    place = {(node.x, node.key): node.y for node in nodes}
    most = max(row.value for row in rows)
    lines = data(
        Line(0.0, 1.0, place[0.0, row.project], place[1.0, row.code], 0.4 + 12 * row.value / most)
        for row in rows
        if row.value > most / 200
    )
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-beside, 1 + beside], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(reverse=True, domain=[-0.7, tall - 0.3]))
    links = (
        alt.Chart(lines)
        .mark_rule(color=SKY, opacity=0.55)
        .encode(
            x=x,
            y=y,
            x2=alt.X2("x2:Q"),
            y2=alt.Y2("y2:Q"),
            strokeWidth=alt.StrokeWidth("w:Q", scale=None),
        )
    )
    chart = alt.layer(links, *_ends(alt.Chart(data(nodes)).encode(x=x, y=y)))
    lines_most = max(node.label.count("\n") + 1 for node in nodes)
    return chart.properties(width=wide, height=max(30, 15 * lines_most + 6) * tall)


def _ends(base: alt.Chart) -> list[alt.Chart]:
    """A dot for each end of the flows, and its name outside."""
    dots = base.mark_circle(size=60, color=BLUE, opacity=1)
    left, right = (base.transform_filter(f"datum.x == {at}") for at in (0, 1))
    return [
        dots,
        left.mark_text(align="right", dx=-10, fontSize=11.5, lineBreak="\n").encode(
            text=alt.Text("label:N")
        ),
        right.mark_text(align="left", dx=10, fontSize=11.5, lineBreak="\n").encode(
            text=alt.Text("label:N")
        ),
    ]


def _sums(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The sum of each name, the largest first."""
    listed = list(pairs)
    values = pd.Series([value for _, value in listed], dtype=float)
    sums = values.groupby([name for name, _ in listed], sort=False).sum()
    by_name = {str(name): float(sums[name]) for name in sums.index}
    return dict(sorted(by_name.items(), key=lambda item: item[1], reverse=True))


def _nodes(labels: Mapping[str, str], x: float, tall: int) -> list[Node]:
    """The ends on one side, in their order, spread over the height."""
    gap = tall / len(labels)
    return [
        Node(key, x, (at + 0.5) * gap - 0.5, label)
        for at, (key, label) in enumerate(labels.items())
    ]
