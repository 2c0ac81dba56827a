"""The sections of the report: a module each, found by itself, in the order that each names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import groupby
from pkgutil import iter_modules

from songhua.document.blocks import Block, Figure, Group, Paragraph, Points, Section, Table
from songhua.format.view import View

#: Paragraphs that lead to something or away from it, and by themselves are no section.
AROUND = ("lede", "more")
#: The sections of studies that have none of their own name: there stands that one gave no answer.
OF_STUDY = {"diagnose": "sizes"}
Make = Callable[[View], Iterable[Block]]
#: The chapters of the report in order; a section's `order` over a hundred is the place of its own.
CHAPTERS = ("brief", "industries", "choose", "plan", "projects", "firms", "comparison", "method")


@dataclass(frozen=True)
class Maker:
    """A section under way: its name and place in the report, and what makes its blocks."""

    name: str
    order: int
    make: Make

    def section(self, view: View) -> Section | None:
        """The section with its heading; None where there is nothing to show."""
        missed = [
            view.sentence(found)
            for found in view.no_answers
            for study in [str(found.params["study"])]
            if OF_STUDY.get(study, study) == self.name
        ]
        blocks: list[Block] = [Points(list(missed), kind="missed")] if missed else []
        blocks += [block for block in self.make(view) if not _blank(block)]
        if all(isinstance(block, Paragraph) and block.kind in AROUND for block in blocks):
            return None
        title = view.say(f"section_{self.name}")
        return Section(self.name, title, _beside(blocks), CHAPTERS[self.order // 100])


def _beside(blocks: Sequence[Block]) -> list[Block]:
    """Charts that follow one another as one group, to stand side by side where there is room."""
    found: list[Block] = []
    for drawn, group in groupby(blocks, lambda block: isinstance(block, Figure)):
        run = list(group)
        found += [Group(run, "charts")] if drawn and len(run) > 1 else run
    return found


def _blank(block: Block) -> bool:
    """Whether a block is a table without rows or a chart that was not drawn."""
    if isinstance(block, Group):
        return all(map(_blank, block.blocks))
    return (isinstance(block, Table) and not block.rows) or (
        isinstance(block, Figure) and block.chart is None
    )


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
