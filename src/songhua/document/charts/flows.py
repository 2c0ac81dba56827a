"""Value added of the projects on its way to the industries: wide lines are large flows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import altair as alt
import pandas as pd
from markupsafe import Markup

from songhua.document.charts.svg import BLUE, SKY, WIDTH, data, draw, wrap
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


def flow(view: View, flows: Sequence[ValueAddedFlow], phase: str) -> Markup:
    """From projects on the left to the industries on the right, wide lines being large flows."""
    rows = [row for row in flows if row.phase == phase]
    if not rows:
        return Markup("")
    factor, unit = spell(rows[0].unit, view.lang, max(row.value for row in rows))
    rows = [replace(row, value=row.value * factor) for row in rows]
    right = dict(list(_sums((row.code, row.value) for row in rows).items())[:MOST])
    rows = [row for row in rows if row.code in right]
    left = _sums((row.project, row.value) for row in rows)
    tall = max(len(left), len(right))
    names = {row.code: view.name("table_industries", row.code, row.table) for row in rows}
    nodes = [
        *_nodes(
            view, left, {project: view.name("entities", project) for project in left}, 0.0, tall
        ),
        *_nodes(view, right, names, 1.0, tall),
    ]
    place = {(node.x, node.key): node.y for node in nodes}
    most = max(row.value for row in rows)
    lines = data(
        Line(
            0.0, 1.0, place[0.0, row.project], place[1.0, row.code], 0.4 + 12 * row.value / most
        )
        for row in rows if row.value > most / 200
    )  # fmt: skip
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.55, 1.55]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(reverse=True, domain=[-0.7, tall - 0.3]))
    links = alt.Chart(lines).mark_rule(color=SKY, opacity=0.55).encode(
        x=x, y=y, x2="x2:Q", y2="y2:Q", strokeWidth=alt.StrokeWidth("w:Q", scale=None)
    )  # fmt: skip
    chart = alt.layer(links, *_ends(alt.Chart(data(nodes)).encode(x=x, y=y)))
    chart = chart.properties(width=WIDTH + 40, height=34 * tall)
    title = view.say("chart_flow", phase=view.choice("phase", phase))
    said = (f"{names[code]} {view.digits(value, 3)}" for code, value in list(right.items())[:5])
    return draw(
        view,
        chart,
        f"c-flow-{phase}",
        title,
        view.say("gains_desc", list=view.join(said), unit=unit),
    )


def _ends(base: alt.Chart) -> list[alt.Chart]:
    """A dot for each end of the flows, and its name outside."""
    dots = base.mark_circle(size=60, color=BLUE, opacity=1)
    left, right = (base.transform_filter(f"datum.x == {at}") for at in (0, 1))
    return [
        dots,
        left.mark_text(align="right", dx=-10, fontSize=11.5, lineBreak="\n").encode(text="label:N"),
        right.mark_text(align="left", dx=10, fontSize=11.5, lineBreak="\n").encode(text="label:N"),
    ]


def _sums(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The sum of each name, the largest first."""
    listed = list(pairs)
    values = pd.Series([value for _, value in listed], dtype=float)
    sums = values.groupby([name for name, _ in listed], sort=False).sum()
    named = {str(name): float(sums[name]) for name in sums.index}
    return dict(sorted(named.items(), key=lambda item: item[1], reverse=True))


def _nodes(
    view: View, values: Mapping[str, float], names: Mapping[str, str], x: float, tall: int
) -> list[Node]:
    """The ends on one side, the largest first, spread over the height."""
    gap = tall / len(values)
    return [
        Node(key, x, (at + 0.5) * gap - 0.5, f"{wrap(names[key])}\n{view.digits(value, 3)}")
        for at, (key, value) in enumerate(values.items())
    ]
