"""Display of a value in a notebook, by a function that was put in place from above.

Values stand below whatever draws them and cannot call it; `songhua` puts it in place here.
"""

from __future__ import annotations

from collections.abc import Callable

Draw = Callable[[object], str]
_drawn: list[Draw] = []


def drawn_by(draw: Draw) -> None:
    """Put in place what makes HTML of a value.

    >>> before = _drawn[:]
    >>> drawn_by(lambda value: f"<p>{type(value).__name__}</p>")
    >>> Displayed()._repr_html_()
    '<p>Displayed</p>'
    >>> _drawn[:] = before
    """
    _drawn[:] = [draw]


class Displayed:
    """A value that a notebook shows as HTML."""

    def _repr_html_(self) -> str | None:
        """The value as HTML; nothing where nothing draws it."""
        return _drawn[0](self) if _drawn else None
