"""songhua: an open workbench for a city's or region's industrial system.

Every figure has a source, every estimate an interval, every recommendation a track record.

>>> import songhua
>>> songhua.convert(5183.8, "100m CNY", "bn CNY")
518.38
"""

from __future__ import annotations

from lazy_loader import attach_stub

from songhua.hooks.displayed import drawn_by
from songhua.version import VERSION

__version__ = VERSION

#: Public names stand in `__init__.pyi`; each is loaded when it is first asked for.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)


def _draw(value: object) -> str:
    """A value as HTML for a notebook; what draws it is loaded when it is first asked for."""
    from songhua.render.notebook import html

    return html(value)


drawn_by(_draw)
