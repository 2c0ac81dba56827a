"""Parts of chart specifications: colours and sizes, rows, names and the numbers' marks."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from songhua.document.blocks import Chart
from songhua.document.charts.places import SIZE, Placed
from songhua.format.language import Language as Words
from songhua.format.lines import wrapped
from songhua.format.marks import DOUBT
from songhua.messages import width

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

INK, FAINT, GRID = "#1c2733", "#5b6773", "#dfe4e8"
BLUE, ORANGE, GREEN, SKY, YELLOW, PURPLE = (
    "#0b5c8f",
    "#c2500a",
    "#00795a",
    "#6cb4dd",
    "#d99a00",
    "#a5527f",
)
# Dark and light by turns, so that neighbours differ in print and to every eye.
PALETTE = [BLUE, "#8fc7e8", ORANGE, "#f0c75e", GREEN, "#dfb0cb"]
WIDTH = 640
#: The width of a chart in one of two columns and on a phone; a wider chart than the last has the
#: page to itself.
COLUMN, PHONE, BROAD = 640, 350, 900
#: The number of letters in a line across a phone.
LINE = 52
#: The height of a line of a name; of names of two lines a short one stands on the second.
LINE_HEIGHT = 15
NAMES = "indexof(datum.label, '\\n') < 0 ? ['', datum.label] : split(datum.label, '\\n')"
#: The rows of a chart, as the drawing program reads them.
Data = dict[str, list[dict[str, Any]]]


def wrap(name: str) -> str:
    """A long name on two or more lines.

    >>> wrap("Characteristic culture and tourism")
    'Characteristic culture and\\ntourism'
    """
    wide = 24 if width(name) > len(name) else 30
    return "\n".join(wrapped(name, wide))


def flat(name: str) -> str:
    """A wrapped name on one line again.

    >>> flat("culture and\\ntourism"), flat("文化\\n旅游")
    ('culture and tourism', '文化旅游')
    """
    return re.sub(r"(?<=[^\x00-\u2e7f])\n(?=[^\x00-\u2e7f])", "", name).replace("\n", " ")


def names_axis(**more: Any) -> Any:
    """An axis of names that may have two lines."""
    import altair as alt

    lines = "split(datum.label, '\\n')"
    look = {"labelExpr": lines, "labelLimit": 0, "labelLineHeight": LINE_HEIGHT}
    return alt.Axis(ticks=False, **(look | more))


def names_beside(placed: Sequence[Placed], x: Any, y: Any, across: str, up: str) -> list[Any]:
    """The names of points on two axes, whose fields are given, as charts of their own."""
    import altair as alt

    texts: list[Any] = []
    for before in (False, True):
        rows = [
            {
                across: place.x,
                up: place.y,
                "short": place.name,
                "gap": -place.far if before else place.far,
            }
            for place in placed
            if place.before == before
        ]
        look = {"align": "right" if before else "left", "dx": alt.ExprRef("datum.gap")}
        if rows:
            text = alt.Chart(table(rows)).mark_text(fontSize=SIZE, **look)
            texts.append(text.encode(x=x, y=y, text=alt.Text("short:N")))
    return texts


def step(names: Iterable[str]) -> Any:
    """The height of a row that leaves room for the longest of the wrapped names."""
    import altair as alt

    lines = max((name.count("\n") + 1 for name in names), default=1)
    return alt.Step(max(34, 16 * lines + 14))


def data(points: Iterable[DataclassInstance]) -> Data:
    """The points of a chart, a row each.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Bar:
    ...     name: str
    ...     value: float
    >>> data([Bar("mill", 2.0), Bar("mine", math.nan)])["values"]
    [{'name': 'mill', 'value': 2.0}, {'name': 'mine', 'value': None}]
    """
    return table(asdict(point) for point in points)


def table(rows: Iterable[Mapping[str, Any]]) -> Data:
    """Rows as the data of a chart; a number that is missing is none."""
    return {"values": [{key: _finite(value) for key, value in row.items()} for row in rows]}


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def specified(
    view: Words, chart: Any, id: str, title: str, description: str, narrow: Any = None
) -> Chart:
    """The chart with what it says in words; `narrow` is one for a phone of its own.

    Where it holds the mark of doubt, that is explained below it.

    >>> import altair as alt
    >>> made = specified(Words("en"), alt.Chart(table([])).mark_bar(), "c", "Jobs", "None yet.")
    >>> made.spec["width"], made.spec["config"]["locale"]["number"]["decimal"]
    (640, '.')
    """
    spec = _plain(view, chart)
    return Chart(
        id,
        title,
        description,
        spec,
        None if narrow is None else _plain(view, narrow),
        view.written.gap + view.say("chart_doubts") if DOUBT in str(spec) else "",
    )


def _plain(view: Words, chart: Any) -> dict[str, Any]:
    """A chart as plain data: it has a width, and writes its numbers as the language does."""
    marks = {"decimal": view.written.decimal, "thousands": view.written.thousands}
    locale = {"number": marks | {"grouping": [3], "currency": ["", ""]}}
    specification = {"width": WIDTH} | chart.to_dict(validate=False)
    return specification | {"config": {"locale": locale}}
