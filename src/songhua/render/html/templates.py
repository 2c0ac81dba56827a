"""What all pages share: the templates, the style sheet, and the font fitted to the text."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from songhua.document.charts.font import face
from songhua.render.html.inline import inline

_SLOT = "/*songhua-font*/"


def render(template: str, whole: bool = True, **params: Any) -> str:
    """A template filled: one page that carries its style and the font for its characters.

    A page that is not `whole` lacks what leads around it: the link over the head, and the foot.
    """
    text = _templates().get_template(template).render(slot=Markup(_SLOT), whole=whole, **params)
    return text.replace(_SLOT, face(text), 1) if _SLOT in text else text


def style() -> str:
    """The style sheet of all pages, which a page of fragments has once.

    >>> ".scroll" in style()
    True
    """
    return files("songhua.render.html").joinpath("files/style.css").read_text("utf-8")


@cache
def _templates() -> Environment:
    env = Environment(
        loader=PackageLoader("songhua.render.html", "files"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    env.filters["inline"] = inline
    env.filters["identity"] = id
    env.globals["style"] = Markup(style())
    return env
