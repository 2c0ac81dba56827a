"""A chart's SVG as markup: named for screen readers, its ids its own, short."""

from __future__ import annotations

import re

from markupsafe import Markup

#: A picture so wide keeps the width of the page to itself.
BROAD = 900
FONT = "Songhua Sans, Noto Sans SC"
#: What a page says of itself, what is so anyhow, and marks that show nothing.
_SAID = re.compile(
    r' (?:aria-[a-z]+|role|font-family|class|xmlns(?::\w+)?|pointer-events)="[^"]*"'
    r'| (?:opacity|stroke-width)="1"|<path d="(?:M0,0h0v0h0Z)?"(?: display="none")?/>'
)
_DIGITS = re.compile(r"(\d\.\d\d)\d+")


def named(svg: str, id: str, title: str, desc: str) -> Markup:
    """The SVG as one image with a name; nothing in it asks for a network or counts up.

    >>> named('<svg width="2" height="1" viewBox="0 0 2 1"><g id="clip7"/></svg>', "a", "T", "D")
    Markup('<svg class="plot" viewBox="0 0 2 1" width="2" height="1" role="img" aria-labelledby="a-t a-d"><title id="a-t">T</title><desc id="a-d">D</desc><g id="a-0"/></svg>')
    """  # noqa: E501
    markup = Markup(
        '<svg class="{cls}" viewBox="{viewBox}" width="{width}" height="{height}" role="img"'
        ' aria-labelledby="{id}-t {id}-d"><title id="{id}-t">{title}</title>'
        '<desc id="{id}-d">{desc}</desc>'
    )
    size, body = _parts(svg, id)
    cls = "plot broad" if wide(svg) > BROAD else "plot"
    return markup.format(cls=cls, id=id, title=title, desc=desc, **size) + Markup(body)


def slim(svg: str, id: str) -> Markup:
    """The SVG for a phone, under the name of the one before it; only a style sheet shows it."""
    markup = Markup(
        '<svg class="narrow" display="none" viewBox="{viewBox}" width="{width}"'
        ' height="{height}" role="img" aria-labelledby="{id}-t {id}-d">'
    )
    size, body = _parts(svg, f"{id}-s")
    return markup.format(id=id, **size) + Markup(body)


def _parts(svg: str, id: str) -> tuple[dict[str, str], str]:
    """The size of a picture, and what is in it: short, its ids its own."""
    head, _, body = svg.partition(">")
    size = {key: _attribute(head, key) for key in ("viewBox", "width", "height")}
    for at, old in enumerate(dict.fromkeys(re.findall(r' id="([^"]+)"', body))):
        body = re.sub(rf"\b{re.escape(old)}\b(?=[\")])", f"{id}-{at}", body)
    body = _SAID.sub("", body)
    return size, _DIGITS.sub(r"\1", body)


def alone(svg: Markup) -> tuple[str, float]:
    """A chart as an SVG file of its own, with its font named, and its height over its width."""
    text = page(svg)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{FONT}" '
    return text.replace("<svg ", head, 1), height(svg)


def page(svg: Markup) -> str:
    """A chart alone, without the one for a phone behind it.

    >>> page(Markup("<svg>a</svg><svg>b</svg>"))
    '<svg>a</svg>'
    """
    first, end, _ = str(svg).partition("</svg>")
    return first + end


def height(svg: Markup) -> float:
    """A chart's height over its width.

    >>> height(Markup('<svg width="4" height="2">'))
    0.5
    """
    head = str(svg).partition(">")[0]
    return float(_attribute(head, "height")) / float(_attribute(head, "width"))


def wide(svg: str) -> float:
    """How many pixels a picture is wide."""
    return float(_attribute(svg.partition(">")[0], "width"))


def left(svg: str) -> float:
    """How far the plot stands from the left edge."""
    found = re.search(r"translate\(([\d.]+),", svg)
    return float(found[1]) if found else 0.0


def _attribute(head: str, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', head)
    return found[1] if found else ""
