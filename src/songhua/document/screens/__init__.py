"""What a terminal shows of each study: a module each, found by itself by the study's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from songhua.document.blocks import Block
from songhua.format.view import View

Screen = Callable[[View], Iterable[Block]]
_screens: dict[tuple[str, bool], Screen] = {}


def screen(study: str, brief: bool = False) -> Callable[[Screen], Screen]:
    """Register what is shown of a study; `brief` is what is shown of it among others."""

    def register(make: Screen) -> Screen:
        _screens[study, brief] = make
        return make

    return register


@cache
def _load() -> None:
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")


def of_study(view: View, study: str, brief: bool = False) -> list[Block]:
    """The screen of a study; its findings alone where it has none of its own."""
    from songhua.document.screens.findings import findings

    _load()
    make = _screens.get((study, brief)) or (None if brief else _screens.get((study, False)))
    return list(make(view) if make else findings(view, study))
