"""Parts that all pages share: the templates, the style sheet, and the font fitted to the text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from songhua.render.charts.drawing import svg
from songhua.render.font import face
from songhua.render.html.inline import Writer, labels
from songhua.shipped import installed

_SLOT = "/*songhua-font*/"


def render(template: str, writer: Writer, whole: bool = True, **params: Any) -> str:
    """A template filled; where it has a style sheet, with a slot for the font (`fitted`).

    A page that is not `whole` lacks what leads around it: the link over the head, and the foot.
    """
    writes = {"inline": writer.inline, "word": writer.word, "link": writer.link}
    context = {"slot": Markup(_SLOT), "whole": whole, **writes, **params}
    return _templates().get_template(template).render(context)


def fitted(texts: Sequence[str]) -> list[str]:
    """Pages with one font for the characters of them all.

    >>> fitted(["a"])
    ['a']
    """
    if not any(_SLOT in text for text in texts):
        return list(texts)
    font = face("".join(sorted(set().union(*texts))))
    return [text.replace(_SLOT, font, 1) for text in texts]


def style() -> str:
    """The style sheet of all pages, which a page of fragments has once.

    >>> ".scroll" in style()
    True
    """
    return _file("style.css")


def script() -> str:
    """The script of all pages: search, light and dark, print all. They work without it.

    >>> "localStorage" in script()
    True
    """
    return _file("script.js")


def _file(name: str) -> str:
    return installed.text("render", "html", "files", name)


@cache
def _templates() -> Environment:
    env = Environment(
        loader=PackageLoader("songhua.render.html", "files"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    env.filters["identity"] = id
    env.filters["labels"] = labels
    env.filters["svg"] = svg
    env.globals["style"] = Markup(style())
    env.globals["script"] = Markup(script())
    return env
