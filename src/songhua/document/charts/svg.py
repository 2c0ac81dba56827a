"""A chart as inline SVG: named for screen readers, the same bytes each time."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from songhua.document.charts.font import folder_of_fonts, ruler
from songhua.document.charts.markup import BROAD, alone, left, named, wide
from songhua.document.charts.markup import slim as slim_of
from songhua.document.charts.narrow import (
    COLUMN,
    COLUMN_MOST,
    PHONE,
    PHONE_MOST,
    legends,
    narrowed,
    resized,
)
from songhua.document.charts.places import SIZE, Placed
from songhua.format.language import Language as Words
from songhua.format.lines import wrapped
from songhua.labels.text import drawable
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
#: The rows of a chart, as the drawing program reads them.
Data = dict[str, list[dict[str, Any]]]
#: How far a legend reaches beyond its plot.
BESIDE = 40


#: The font that labels are measured with.
RULER = "Songhua Ruler"


@cache
def _fonts() -> tempfile.TemporaryDirectory[str]:
    """Tell the drawing program of the font that measures, and of the one that pictures have.

    Returns:
        The folder of the first: it lasts as long as the process.
    """
    import vl_convert

    folder = tempfile.TemporaryDirectory(prefix="songhua-font-")
    (Path(folder.name) / "ruler.ttf").write_bytes(ruler(RULER))
    vl_convert.register_font_directory(folder.name)
    vl_convert.register_font_directory(folder_of_fonts())
    return folder


def config() -> dict[str, object]:
    """The look that all charts share."""
    text = {"labelColor": INK, "titleColor": FAINT, "labelFontSize": 13, "titleFontSize": 12.5}
    return {
        "font": RULER,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {
            **text,
            "titleFontWeight": "normal",
            "gridColor": GRID,
            "domain": False,
            "tickColor": GRID,
            "labelPadding": 6,
            "titlePadding": 10,
            "labelLimit": 220,
        },
        # a limit has each label measured again and again; numbers are short, names are wrapped
        "axisQuantitative": {"labelLimit": 0},
        "legend": {
            **text,
            "titleFontWeight": "normal",
            "orient": "top",
            "symbolSize": 90,
            "labelLimit": 260,
            "direction": "horizontal",
            "title": None,
        },
        "text": {"color": INK, "fontSize": 13},
        "rule": {"color": INK},
        "header": {**text, "labelFontSize": 13},
        "range": {"category": PALETTE},
    }


def wrap(name: str) -> str:
    """A long name on two or more lines.

    >>> wrap("Characteristic culture and tourism")
    'Characteristic culture and\\ntourism'
    """
    wide = 24 if width(name) > len(name) else 30
    return "\n".join(wrapped(name, wide))


def names_axis(**more: Any) -> Any:
    """An axis of names that may have two lines."""
    import altair as alt

    lines = "split(datum.label, '\\n')"
    look: dict[str, Any] = {"labelLimit": 0, "labelLineHeight": 15} | more
    return alt.Axis(labelExpr=lines, ticks=False, **look)


def names_beside(placed: Sequence[Placed], x: Any, y: Any, across: str, up: str) -> list[Any]:
    """The names of points on two axes, whose fields are given, as charts of their own."""
    import altair as alt

    found: list[Any] = []
    for before in (False, True):
        rows = [
            {across: one.x, up: one.y, "short": one.name, "gap": -one.far if before else one.far}
            for one in placed
            if one.before == before
        ]
        look = {"align": "right" if before else "left", "dx": alt.ExprRef("datum.gap")}
        if rows:
            text = alt.Chart(table(rows)).mark_text(fontSize=SIZE, **look)
            found.append(text.encode(x=x, y=y, text=alt.Text("short:N")))
    return found


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
    return table(asdict(one) for one in points)


def table(rows: Iterable[Mapping[str, Any]]) -> Data:
    """Rows as the data of a chart; a number that is missing is none."""
    return {"values": [{key: _known(value) for key, value in row.items()} for row in rows]}


def _known(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def draw(view: Words, chart: Any, id: str, title: str, desc: str, slim: Any = None) -> Markup:
    """The chart as an SVG element with `title` and `desc`, its inner ids made its own.

    Behind it stands the same chart for a phone, which a page shows in its place: `slim`, or the
    chart drawn narrow.
    """
    marks = view.written.decimal, view.written.thousands
    title, desc = drawable(title), drawable(desc)
    spec = _drawable(chart.to_dict(validate=False))
    legends(spec, spec.setdefault("width", WIDTH) + BESIDE)
    if spec["width"] < BROAD:
        spec, drawn = _fitted(spec, COLUMN, COLUMN_MOST, marks)
    else:
        drawn = _svg(_written(spec), *marks)
    if slim is not None:
        spec = _drawable(slim.to_dict(validate=False))
        legends(spec, spec["width"])
    elif wide(drawn) > PHONE:
        spec = narrowed(spec, left(drawn), wide(drawn))
    _, phone = _fitted(spec, PHONE, PHONE_MOST, marks)
    return named(drawn, id, title, desc) + slim_of(phone, id)


def _fitted(spec: Any, aim: int, most: int, marks: tuple[str, str]) -> tuple[Any, str]:
    """A chart and its picture, no wider than `most`: what it names may reach beyond its plot."""
    svg = _svg(_written(spec), *marks)
    for _ in range(2):
        if wide(svg) <= most:
            break
        spec = resized(spec, int(spec["width"] + aim - wide(svg)))
        svg = _svg(_written(spec), *marks)
    return spec, svg


def _written(spec: Any) -> str:
    return json.dumps(spec, ensure_ascii=False)


def _drawable(spec: Any) -> Any:
    """A chart's description in which every text can be drawn: a control ends the drawing program.

    >>> _drawable({"a\\x1b": ["\\ud800", 1]})
    {'a\ufffd': ['\ufffd', 1]}
    """
    match spec:
        case str():
            return drawable(spec)
        case dict():
            return {drawable(str(key)): _drawable(value) for key, value in spec.items()}
        case list() | tuple():
            return [_drawable(value) for value in spec]
    return spec


@lru_cache(maxsize=256)
def _svg(spec: str, decimal: str, thousands: str) -> str:
    """A chart's description as SVG."""
    import vl_convert

    _fonts()
    marks = {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["", ""]}
    return vl_convert.vegalite_to_svg(json.loads(spec) | {"config": config()}, format_locale=marks)


def png(svg: Markup, scale: float = 2.5) -> tuple[bytes, float]:
    """A chart as a picture, for documents that hold no SVG, and its height over its width."""
    import vl_convert

    _fonts()
    text, ratio = alone(svg)
    return vl_convert.svg_to_png(text, scale=scale), ratio
