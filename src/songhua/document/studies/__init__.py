"""The studies as lists of blocks, each found by its place, at three depths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from itertools import groupby
from pkgutil import iter_modules
from typing import Any, Literal, TypeVar

from songhua.document.blocks import Block, Figure, Group, Heading, Paragraph, Points, Section, Table
from songhua.format.view import View

Make = TypeVar("Make", bound=Callable[[Any], Iterable[Block]])
#: Paragraphs that lead to something or away from it, and by themselves are no section.
AROUND = ("lede", "more")
#: The chapters of the report in order; a list's `order` over a hundred is the place of its own.
CHAPTERS = ("brief", "industries", "choose", "plan", "projects", "firms", "comparison", "method")
#: The depth: of a study among others, of a study on a terminal, in documents and pages.
Depth = Literal["sentence", "short", "full"]


@dataclass(frozen=True)
class Listing:
    """The blocks of a study, or of a part of it, each with the depths that it belongs to.

    Those of full depth are a section of the report at its `order`, or a document of their own.
    """

    name: str
    order: int | None
    study: str
    entries: list[tuple[tuple[Depth, ...], Callable[[Any], Iterable[Block]]]] = field(
        default_factory=list
    )

    def __call__(self, *depths: Depth) -> Callable[[Make], Make]:
        """Add what a function gives, at some depths; those of a list stand in order."""

        def add(make: Make) -> Make:
            self.entries.append((depths, make))
            return make

        return add

    def at(self, depth: Depth, view: View) -> Iterator[Block]:
        """The blocks of one depth."""
        for depths, make in self.entries:
            if depth in depths:
                yield from make(view)

    @property
    def chapter(self) -> str:
        """The chapter of the report; blank where it is no section."""
        return "" if self.order is None else CHAPTERS[self.order // 100]

    def section(self, view: View) -> Section | None:
        """The section with its heading; None where there is nothing to show."""
        missed = [
            view.sentence(finding)
            for finding in view.no_answers
            if _first(str(finding.params["study"])) == self.name
        ]
        blocks: list[Block] = [Points(list(missed), kind="missed")] if missed else []
        blocks += [block for block in self.at("full", view) if not _blank(block)]
        if all(isinstance(block, Paragraph) and block.kind in AROUND for block in blocks):
            return None
        return Section(self.name, view.say(f"section_{self.name}"), _beside(blocks), self.chapter)


def _beside(blocks: Sequence[Block]) -> list[Block]:
    """Charts that follow one another as one group, to stand side by side where there is room."""
    arranged: list[Block] = []
    for drawn, group in groupby(blocks, lambda block: isinstance(block, Figure)):
        run = list(group)
        arranged += [Group(run, "charts")] if drawn and len(run) > 1 else run
    return arranged


def _blank(block: Block) -> bool:
    """True for a table without rows or a chart that was not drawn."""
    if isinstance(block, Group):
        return all(map(_blank, block.blocks))
    return (isinstance(block, Table) and not block.rows) or (
        isinstance(block, Figure) and block.chart is None
    )


_listings: dict[str, Listing] = {}


def listing(name: str, order: int | None = None, study: str | None = None) -> Listing:
    """A list of blocks: of the study of its name, of another, or of none (a blank one)."""
    return _listings.setdefault(name, Listing(name, order, name if study is None else study))


@cache
def listings() -> Mapping[str, Listing]:
    """All lists by name: the sections in the order of the report, then the other documents.

    >>> list(listings())[:2]
    ['brief', 'glance']
    """
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    last = 100 * len(CHAPTERS)
    ordered = sorted(
        _listings.values(), key=lambda listing: last if listing.order is None else listing.order
    )
    return {listing.name: listing for listing in ordered}


def sections() -> Mapping[str, Listing]:
    """The lists that are sections of the report, by name and in order."""
    return {name: listing for name, listing in listings().items() if listing.chapter}


def _first(study: str) -> str:
    """The first section of a study, which tells that it gave no answer."""
    return next((name for name, listing in sections().items() if listing.study == study), "")


def of_study(view: View, study: str, brief: bool = False) -> list[Block]:
    """A study's blocks in a terminal; where it is `brief`, its blocks among those of others.

    Its findings alone where it lists nothing for that.
    """
    depth: Depth = "sentence" if brief else "short"
    lists = (listing for listing in listings().values() if listing.study == study)
    blocks = [block for listing in lists for block in listing.at(depth, view)]
    return blocks or list(all_findings(view, study))


def all_findings(view: View, study: str, title: str = "") -> Iterator[Block]:
    """The findings of a study under a title, or under the study's name."""
    findings = view.results[study].findings
    if findings:
        yield Heading(1, title or view.choice("study", study))
        yield Points([view.sentence(finding) for finding in findings])


def region_and_plan(view: View) -> Heading:
    """The title of a screen that tells of the whole region."""
    plan = f" · {view.plan.name(view.lang)}" if view.plan else ""
    if view.plan and not (view.plan.roles() or view.plan.targets or view.plan.measures):
        plan += view.written.bracketed(view.say("plan_blank"))
    return Heading(1, f"{view.region.name(view.lang)}{plan}")
