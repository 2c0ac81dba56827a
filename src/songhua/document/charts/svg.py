"""A chart as inline SVG: named for screen readers, the same bytes each time."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from songhua.document.charts.font import ALWAYS, measuring
from songhua.format.language import Language as Words
from songhua.format.lines import wrapped
from songhua.labels.text import drawable
from songhua.messages import width

if TYPE_CHECKING:
    import pandas as pd
    from _typeshed import DataclassInstance

INK, FAINT, GRID = "#1c2733", "#5b6773", "#dfe4e8"
BLUE, ORANGE, GREEN, SKY, YELLOW, PURPLE = (
    "#0b5c8f", "#c2500a", "#00795a", "#6cb4dd", "#d99a00", "#a5527f",
)  # fmt: skip
# Dark and light by turns, so that neighbours differ in print and to every eye.
PALETTE = [BLUE, "#8fc7e8", ORANGE, "#f0c75e", GREEN, "#dfb0cb"]
WIDTH = 760
SMALL = 500
_FONT = "Songhua Sans, Noto Sans SC"


class _Letters:
    """The letters that charts are measured with: a font of just these, since to measure one label
    the whole font file is read, and the font of all Chinese letters has eight megabytes."""

    def __init__(self) -> None:
        self.known: set[str] = set()
        self.family = ""
        self.folder = tempfile.TemporaryDirectory(prefix="songhua-font-")

    def learn(self, letters: set[str]) -> None:
        """Make a font that has these letters too; nothing where all are known."""
        import vl_convert

        if letters <= self.known:
            return
        self.known |= letters
        self.family = f"Songhua{len(self.known)}"
        place = Path(tempfile.mkdtemp(dir=self.folder.name))  # a fork shares the folder
        (place / "letters.otf").write_bytes(measuring(self.known, self.family))
        vl_convert.register_font_directory(str(place))


_letters = _Letters()


def expect(text: str) -> None:
    """Learn the letters that charts will need at once: faster than chart by chart."""
    _letters.learn({*text, *ALWAYS})


def config() -> dict[str, object]:
    """The look that all charts share."""
    text = {"labelColor": INK, "titleColor": FAINT, "labelFontSize": 13, "titleFontSize": 12.5}
    return {
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {
            **text, "titleFontWeight": "normal", "gridColor": GRID, "domain": False,
            "tickColor": GRID, "labelPadding": 6, "titlePadding": 10, "labelLimit": 220,
        },
        "legend": {
            **text, "titleFontWeight": "normal", "orient": "top", "symbolSize": 90,
            "labelLimit": 260, "direction": "horizontal", "title": None,
        },
        "text": {"color": INK, "fontSize": 13},
        "rule": {"color": INK},
        "header": {**text, "labelFontSize": 13},
        "range": {"category": PALETTE},
    }  # fmt: skip


def wrap(name: str) -> str:
    """A long name on two or more lines.

    >>> wrap("Characteristic culture and tourism")
    'Characteristic culture and\\ntourism'
    """
    wide = 24 if width(name) > len(name) else 30
    return "\n".join(wrapped(name, wide))


def flat(name: str) -> str:
    """A wrapped name on one line again."""
    return re.sub(r"(?<=[^\x00-\u2e7f])\n(?=[^\x00-\u2e7f])", "", name).replace("\n", " ")


def names_axis(**more: Any) -> Any:
    """An axis of names that may have two lines."""
    import altair as alt

    lines = "split(datum.label, '\\n')"
    return alt.Axis(labelExpr=lines, ticks=False, labelLimit=320, labelLineHeight=15, **more)


def step(names: Iterable[str]) -> Any:
    """The height of a row that leaves room for the longest of the wrapped names."""
    import altair as alt

    lines = max((name.count("\n") + 1 for name in names), default=1)
    return alt.Step(max(34, 16 * lines + 14))


def data(points: Iterable[DataclassInstance]) -> pd.DataFrame:
    """The points of a chart, a row each.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Bar:
    ...     name: str
    ...     value: float
    >>> data([Bar("mill", 2.0)]).to_dict("records")
    [{'name': 'mill', 'value': 2.0}]
    """
    import pandas as pd

    return pd.DataFrame([asdict(one) for one in points])


def draw(view: Words, chart: Any, id: str, title: str, desc: str) -> Markup:
    """The chart as an SVG element with `title` and `desc`, its inner ids made its own."""
    spec = json.dumps(_drawable(chart.to_dict(validate=False)), ensure_ascii=False)
    title, desc = drawable(title), drawable(desc)
    return named(_svg(spec, view.written.decimal, view.written.thousands), id, title, desc)


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
    """A chart's description as SVG; the letters known so far change nothing in it."""
    import vl_convert

    expect(spec + decimal + thousands)
    look = config() | {"font": _letters.family}
    marks = {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["", ""]}
    return vl_convert.vegalite_to_svg(json.loads(spec) | {"config": look}, format_locale=marks)


def named(svg: str, id: str, title: str, desc: str) -> Markup:
    """The SVG as one image with a name; nothing in it asks for a network or counts up.

    >>> named('<svg width="2" height="1" viewBox="0 0 2 1"><g id="clip7"/></svg>', "a", "T", "D")
    Markup('<svg class="plot small" viewBox="0 0 2 1" width="2" height="1" role="img" aria-labelledby="a-t a-d"><title id="a-t">T</title><desc id="a-d">D</desc><g id="a-0"/></svg>')
    """  # noqa: E501
    head, _, body = svg.partition(">")
    size = {key: _attribute(head, key) for key in ("viewBox", "width", "height")}
    for at, old in enumerate(dict.fromkeys(re.findall(r' id="([^"]+)"', body))):
        body = re.sub(rf"\b{re.escape(old)}\b(?=[\")])", f"{id}-{at}", body)
    drop = r' (?:aria-[a-z]+|role|font-family|class|xmlns(?::\w+)?|pointer-events)="[^"]*"'
    body = re.sub(drop, "", body)
    markup = Markup(
        '<svg class="{cls}" viewBox="{viewBox}" width="{width}" height="{height}" role="img"'
        ' aria-labelledby="{id}-t {id}-d"><title id="{id}-t">{title}</title>'
        '<desc id="{id}-d">{desc}</desc>'
    )
    cls = "plot small" if float(size["width"] or 0) < SMALL else "plot"
    return markup.format(cls=cls, id=id, title=title, desc=desc, **size) + Markup(body)


def alone(svg: Markup) -> tuple[str, float]:
    """A chart as an SVG file of its own, with its font named, and its height over its width."""
    text = str(svg)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{_FONT}" '
    return text.replace("<svg ", head, 1), height(svg)


def height(svg: Markup) -> float:
    """A chart's height over its width.

    >>> height(Markup('<svg width="4" height="2">'))
    0.5
    """
    head = str(svg).partition(">")[0]
    return float(_attribute(head, "height")) / float(_attribute(head, "width"))


def png(svg: Markup, scale: float = 2.5) -> tuple[bytes, float]:
    """A chart as a picture, for documents that hold no SVG, and its height over its width."""
    import vl_convert

    text, ratio = alone(svg)
    expect(text)
    text = text.replace(_FONT, _letters.family, 1)
    return vl_convert.svg_to_png(text, scale=scale), ratio


def _attribute(head: str, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', head)
    return found[1] if found else ""
