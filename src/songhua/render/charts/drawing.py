"""A specification drawn: as SVG for a page and for a phone, the same bytes each time, or as PNG."""

from __future__ import annotations

import json
import tempfile
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from songhua.document.blocks import Chart
from songhua.document.charts.specification import BROAD, COLUMN, FAINT, GRID, INK, PALETTE, PHONE
from songhua.labels.text import drawable
from songhua.render.charts.markup import Picture, picture
from songhua.render.charts.narrow import legends, narrowed, resized
from songhua.render.font import FAMILY, folder_of_fonts, ruler

#: The greatest width of a chart in one of two columns, and on a phone.
COLUMN_MOST, PHONE_MOST = 660, 358
#: The extent of a legend beyond its plot.
BESIDE = 40
#: The font that labels are measured with, and those that a picture by itself is drawn with.
RULER, FONTS = "Songhua Ruler", f"{FAMILY}, Noto Sans SC"


def svg(chart: Chart) -> Markup:
    """The chart as an SVG element with `title` and `desc`.

    Behind it stands the same chart for a phone, which a page shows in its place.
    """
    page, spec = _page(chart)
    phone = _phone(chart, page, spec)
    id = chart.id
    template = Markup(
        '<svg class="{look}" {size} role="img" aria-labelledby="{id}-t {id}-d">'
        '<title id="{id}-t">{title}</title><desc id="{id}-d">{desc}</desc>{body}</svg>'
        '<svg class="narrow" display="none" {slim} role="img" aria-labelledby="{id}-t {id}-d">'
        "{phone}</svg>"
    )
    return template.format(
        look="plot broad" if page.width > BROAD else "plot",
        size=Markup(page.size),
        id=id,
        title=drawable(chart.title),
        desc=drawable(chart.description),
        body=Markup(page.body),
        slim=Markup(phone.size),
        phone=Markup(phone.body),
    )


def ratio(chart: Chart) -> float:
    """A chart's height over its width, as it is drawn for a page."""
    page, _ = _page(chart)
    return page.height / page.width


def alone(chart: Chart) -> str:
    """A chart as an SVG file of its own, its font named."""
    page, _ = _page(chart)
    head = f'xmlns="http://www.w3.org/2000/svg" font-family="{FONTS}"'
    return f"<svg {head} {page.size}>{page.body}</svg>"


def png(chart: Chart, scale: float = 2.5) -> bytes:
    """A chart as a picture, for documents that hold no SVG."""
    import vl_convert

    _fonts()
    return vl_convert.svg_to_png(alone(chart), scale=scale)


def _page(chart: Chart) -> tuple[Picture, Any]:
    """A chart as a page has it, and the specification with the width that it has there."""
    spec = _drawable(chart.spec)
    legends(spec, spec["width"] + BESIDE)
    if spec["width"] < BROAD:
        return _fitted(spec, chart.id, COLUMN, COLUMN_MOST)
    return _picture(_text(spec), chart.id), spec


def _phone(chart: Chart, page: Picture, spec: Any) -> Picture:
    """A chart as a phone has it: specified so, or narrowed from the one of the page."""
    if chart.narrow is not None:
        spec = _drawable(chart.narrow)
        legends(spec, spec["width"])
    elif page.width > PHONE:
        spec = narrowed(spec, page.left, page.width)
    return _fitted(spec, f"{chart.id}-s", PHONE, PHONE_MOST)[0]


def _fitted(spec: Any, id: str, aim: int, most: int) -> tuple[Picture, Any]:
    """A chart no wider than `most`: what it names may reach beyond its plot."""
    drawing = _picture(_text(spec), id)
    for _ in range(2):
        if drawing.width <= most:
            break
        spec = resized(spec, int(spec["width"] + aim - drawing.width))
        drawing = _picture(_text(spec), id)
    return drawing, spec


def _text(spec: Any) -> str:
    return json.dumps(spec, ensure_ascii=False)


def _drawable(spec: Any) -> Any:
    """A copy of a specification whose every text can be drawn: a control ends the program.

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
def _picture(spec: str, id: str) -> Picture:
    """A specification drawn."""
    import vl_convert

    _fonts()
    parsed = json.loads(spec)
    return picture(vl_convert.vegalite_to_svg(parsed | {"config": look() | parsed["config"]}), id)


@cache
def _fonts() -> tempfile.TemporaryDirectory[str]:
    """Register with the drawing program the font for measuring and the font of pictures.

    Returns:
        The folder of the first: it lasts as long as the process.
    """
    import vl_convert

    folder = tempfile.TemporaryDirectory(prefix="songhua-font-")
    (Path(folder.name) / "ruler.ttf").write_bytes(ruler(RULER))
    vl_convert.register_font_directory(folder.name)
    vl_convert.register_font_directory(folder_of_fonts())
    return folder


def look() -> dict[str, object]:
    """The look that all charts share; a page tells of a chart in words, and no mark for itself."""
    text = {"labelColor": INK, "titleColor": FAINT, "labelFontSize": 13, "titleFontSize": 12.5}
    return {
        "aria": False,
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
