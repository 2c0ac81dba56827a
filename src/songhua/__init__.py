"""songhua: an open workbench for a city's or region's industrial system.

Every figure has a source, every estimate an interval, every recommendation a track record.

>>> import songhua
>>> songhua.convert(5183.8, "100m CNY", "bn CNY")
518.38
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from songhua.hooks.displayed import drawn_by
from songhua.version import VERSION

__version__ = VERSION

if TYPE_CHECKING:  # the same names for tools that read types
    from songhua.errors import Fault as Fault
    from songhua.errors import SonghuaError as SonghuaError
    from songhua.labels import align as align
    from songhua.labels import convert as convert
    from songhua.labels import parse_period as parse_period
    from songhua.region import Region as Region
    from songhua.render.notebook import show as show
    from songhua.results import Finding as Finding
    from songhua.results import Recipe as Recipe
    from songhua.results import Result as Result
    from songhua.session import Run as Run
    from songhua.session import Session as Session
    from songhua.session import example as example
    from songhua.session import new as new
    from songhua.session import open as open
    from songhua.session import rerun as rerun
    from songhua.store import load_rulebook as load_rulebook

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


if not TYPE_CHECKING:  # which would make any name one of the package

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
