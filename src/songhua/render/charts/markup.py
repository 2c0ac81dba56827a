"""A drawn chart as markup: read once as a tree, and written short."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

#: Attributes that describe the file, attributes with their default, and paths that show nothing.
DROPPED = ("aria-", "class", "role", "font-family", "pointer-events")
USUAL = (("opacity", "1"), ("stroke-width", "1"))
NOTHING = ("", "M0,0h0v0h0Z")
DIGITS = "0123456789"


@dataclass(frozen=True)
class Picture:
    """A drawn chart: its size, how far its plot stands from the left edge, and what is in it."""

    width: float
    height: float
    left: float
    body: str

    @property
    def size(self) -> str:
        """Its size as attributes.

        >>> Picture(2.0, 1.5, 0.0, "").size
        'viewBox="0 0 2 1.5" width="2" height="1.5"'
        """
        wide, high = f"{self.width:g}", f"{self.height:g}"
        return f'viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"'


def picture(svg: str, id: str) -> Picture:
    """An SVG as a picture; what it names within has names that begin with `id`.

    >>> drawn = '<g transform="translate(8.125,3)" id="x1" role="a"><text>0.787</text></g>'
    >>> picture(f'<svg width="2" height="1">{drawn}</svg>', "a").body  # numbers that are read stay
    '<g transform="translate(8.12,3)" id="a-0"><text>0.787</text></g>'
    """
    tree = ElementTree.fromstring(svg)
    names = [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]
    ids = {old: f"{id}-{at}" for at, old in enumerate(names)}
    plot = next((element.get("transform", "") for element in tree if _tag(element) == "g"), "")
    left = plot.removeprefix("translate(").partition(",")[0]
    body = "".join(_written(element, ids) for element in tree)
    return Picture(
        float(tree.attrib["width"]), float(tree.attrib["height"]), float(left or 0), body
    )


def _written(element: Element, ids: Mapping[str, str]) -> str:
    """An element as markup; blank where it shows nothing."""
    name = _tag(element)
    if name == "path" and element.get("d", "") in NOTHING:
        return ""
    attributes = "".join(
        f' {key}="{_value(value, ids)}"'
        for key, value in element.attrib.items()
        if not key.startswith(DROPPED) and (key, value) not in USUAL
    )
    inner = html.escape(element.text or "", quote=False) + "".join(
        _written(part, ids) + html.escape(part.tail or "", quote=False) for part in element
    )
    return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes}/>"


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _value(value: str, ids: Mapping[str, str]) -> str:
    """An attribute's value, its numbers with two decimals."""
    if value.startswith("url(#"):
        return f"url(#{ids[value[5:-1]]})"
    return html.escape(ids.get(value) or shortened(value))


def shortened(value: str) -> str:
    """Numbers of a path or a place with two decimals at most.

    >>> shortened("M0.125,12.5h-3.14159Z")
    'M0.12,12.5h-3.14Z'
    """
    first, *tails = value.split(".")
    cut = (tail[:2] + tail[2:].lstrip(DIGITS) if tail[:2].isdigit() else tail for tail in tails)
    return ".".join((first, *cut))
