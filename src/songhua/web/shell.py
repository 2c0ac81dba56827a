"""The frame of a page: where it leads to, language, day and scenario, and its data."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from songhua import messages
from songhua.format.language import Language
from songhua.render.html.templates import script, style
from songhua.shipped import installed
from songhua.web.address import Address

#: Files that pages fetch from the workbench itself, and their types; what they are made of.
PARTS = ("web", "what_if")
TYPES = {"style.css": "text/css", "web.js": "text/javascript", "icon.svg": "image/svg+xml"}


#: The chapter that stands at the address of the language itself.
HOME = "brief"


@dataclass(frozen=True)
class Leaf:
    """A link of the frame."""

    title: str
    to: str
    current: bool = False
    tag: str = ""


@cache
def static() -> Mapping[str, bytes]:
    """The files that pages fetch, by name."""
    place = "web", "files"
    css = style() + "".join(installed.text(*place, f"{part}.css") for part in PARTS)
    js = script() + "".join(installed.text(*place, f"{part}.js") for part in PARTS)
    icon = installed.data(*place, "icon.svg")
    return {"style.css": css.encode(), "web.js": js.encode(), "icon.svg": icon}


@cache
def static_at() -> str:
    """The address of those files: it changes with them, so that a browser may keep them."""
    digest = hashlib.sha256(b"\0".join(static().values())).hexdigest()[:16]
    return f"/static/{digest}"


def framed(at: Address, page: str, title: str, body: str, **more: Any) -> str:
    """A page in its frame.

    Args:
        at: language, day and scenario.
        page: the page's own part of its address.
        title: its title.
        body: its content as HTML.
        more: `place` (the region's name), `pages` (links), `scenarios` (ids with names), `asked`
            (further words of its address), `data` and `csv` (True if the page is also data),
            `again` (seconds until the page reloads).
    """
    words = Language(at.lang)
    query: Mapping[str, str] = more.pop("asked", {})
    translations = [
        Leaf(
            messages.language(lang).name,
            Address(lang, at.as_of, at.scenario).to(page, **query),
            tag=messages.language(lang).tag,
        )
        for lang in messages.LANGUAGES
        if lang != at.lang
    ]
    address = at.to(page, **query)
    usual: dict[str, Any] = {
        "place": "",
        "pages": (),
        "scenarios": (),
        "again": 0,
        "data": "",
        "csv": False,
        "known": True,
        "fonts": (),
    }
    if more.pop("as_data", False):
        more["data"] = at.to(page or HOME).partition("?")[0]
    return template(
        "shell.html",
        v=words,
        at=at,
        title=title,
        body=Markup(body),
        others=translations,
        static=static_at(),
        path=address.partition("?")[0],
        kept=sorted(query.items()),
        query=f"?{address.partition('?')[2]}" if "?" in address else "",
        **(usual | more),
    )


def template(name: str, **params: Any) -> str:
    """One of the workbench's own templates filled."""
    return _templates().get_template(name).render(**params)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("songhua.web", "files"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def links(at: Address, current: str, names: Sequence[tuple[str, str]]) -> list[Leaf]:
    """The pages that every page leads to; the one that it belongs to is `here`."""
    return [Leaf(title, at.to(page), page.partition("/")[0] == current) for page, title in names]
