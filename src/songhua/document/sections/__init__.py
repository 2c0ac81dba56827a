"""The sections of the report: a module each, found by itself, in the order that each names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from songhua.document.blocks import Block, Section
from songhua.format.view import View

Make = Callable[[View], Iterable[Block]]


@dataclass(frozen=True)
class Maker:
    """A section under way: its name and place in the report, and what makes its blocks."""

    name: str
    order: int
    make: Make

    def section(self, view: View) -> Section | None:
        """The section with its heading; None where there is nothing to show."""
        blocks = list(self.make(view))
        return Section(self.name, view.say(f"section_{self.name}"), blocks) if blocks else None


_found: dict[str, Maker] = {}


def section(name: str, order: int) -> Callable[[Make], Make]:
    """Register what makes a section; the smallest `order` stands first."""

    def register(make: Make) -> Make:
        _found[name] = Maker(name, order, make)
        return make

    return register


@cache
def makers() -> Mapping[str, Maker]:
    """All sections by name, in the order of the report.

    >>> list(makers())[:2]
    ['brief', 'glance']
    """
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return {one.name: one for one in sorted(_found.values(), key=lambda one: one.order)}
