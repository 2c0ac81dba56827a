"""songhua: an open workbench for a city's or region's industrial system.

Every figure has a source, every estimate an interval, every recommendation a track record.

>>> import songhua
>>> songhua.convert(5183.8, "100m CNY", "bn CNY")
518.38
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from songhua.displayed import drawn_by
from songhua.version import VERSION

__version__ = VERSION

_HOMES = {
    "open": "songhua.session",
    "rerun": "songhua.session",
    "new": "songhua.session",
    "example": "songhua.session",
    "show": "songhua.render.notebook",
    "load_rulebook": "songhua.store",
    "Session": "songhua.session",
    "Run": "songhua.session",
    "Region": "songhua.region",
    "Result": "songhua.results",
    "Recipe": "songhua.results",
    "Finding": "songhua.results",
    "Fault": "songhua.errors",
    "SonghuaError": "songhua.errors",
    "parse_period": "songhua.labels",
    "convert": "songhua.labels",
    "align": "songhua.labels",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that the import is quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'songhua' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def _draw(value: object) -> str:
    """A value as HTML for a notebook; what draws it is loaded when it is first asked for."""
    from songhua.render.notebook import html

    return html(value)


drawn_by(_draw)


def __dir__() -> list[str]:
    return [*_HOMES, "__version__"]
