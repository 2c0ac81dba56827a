"""The report of all results: its sections in order, under the names of region and plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from songhua.document import studies
from songhua.document.aside import aside, signs_apart, unfolded
from songhua.document.blocks import Block, Document, Facts, Fold, Paragraph, Section
from songhua.document.fault_kinds import SectionEmpty, SectionUnknown
from songhua.document.studies import CHAPTERS
from songhua.errors import SonghuaError
from songhua.format import marks
from songhua.format.text import plain
from songhua.format.view import View

#: The sections that have a page of their own.
PAGES = ("industries", "figures")
#: The chapter whose tables stand beside the figures.
METHOD = CHAPTERS[-1]


def report(view: View, sections: Sequence[str] = ()) -> Document:
    """The whole report as one document, or some of its sections.

    Raises:
        SonghuaError: `section_unknown`, or `section_empty` where there is nothing to show.
    """
    available = studies.sections()
    wrong = [name for name in sections if name not in available]
    if wrong:
        raise SonghuaError(SectionUnknown(names=tuple(wrong), known=tuple(available)))
    chosen = _sections(view, sections)
    if not chosen:
        raise SonghuaError(SectionEmpty(names=tuple(sections)))
    return Document(_title(view), chosen, list(_head(view)))


def book(view: View) -> Mapping[str, Document]:
    """The report as pages that lead to one another, by name; `report` stands first.

    The page `tables` has in full the tables that the sections fold away; every figure and source,
    with what is put away of the method, on `figures`; each industry on `industries`.
    """
    whole = _sections(view)
    main, tables = aside(view, [section for section in whole if section.id not in PAGES])
    about = [section for section in tables if section.chapter == METHOD]
    paged = {name: [section for section in whole if section.id == name] for name in PAGES}
    pages = {
        "industries": [part for section in paged["industries"] for part in _parts(section)],
        "tables": [section for section in tables if section not in about],
        "figures": [*map(unfolded, paged["figures"]), *about],
    }
    documents = {"report": Document(_title(view), main, list(_head(view)))}
    for name, blocks in pages.items():
        if blocks:
            title = view.say(f"page_{name}", region=view.region.name(view.lang))
            documents[name] = Document(title, [_signs(view), *signs_apart(blocks)])
    return documents


def _sections(view: View, names: Sequence[str] = ()) -> list[Section]:
    """The sections that have something to show."""
    wanted = (listing for name, listing in studies.sections().items() if not names or name in names)
    return [section for listing in wanted if (section := listing.section(view)) is not None]


def _parts(section: Section) -> list[Section]:
    """The folds of a section as sections by themselves."""
    folds = (block for block in section.blocks if isinstance(block, Fold))
    return [Section(fold.id, plain(fold.summary), fold.blocks) for fold in folds]


def _signs(view: View) -> Paragraph:
    """The signs of ends, explained once for a page."""
    return Paragraph(view.explained(marks.ESTIMATES), "signs")


def _title(view: View) -> str:
    return view.say("report_title", region=view.region.name(view.lang))


def _head(view: View) -> Iterator[Block]:
    """The facts under the title: plan, purpose, time, and as of when."""
    plan, say, lang = view.plan, view.say, view.lang
    as_of = view.period(str(view.region.as_of)) if view.region.as_of else say("as_of_latest")
    if plan is None:
        yield Facts([(say("plan"), say("no_plan")), (say("as_of"), as_of)], kind="facts")
        return
    period = f"{plan.period.start.year}–{plan.period.end.year}"
    yield Paragraph(plan.name(lang), "plan")
    if plan.purpose:
        yield Paragraph(plan.purpose(lang), "purpose")
    yield Facts(
        [(say("period"), period), (say("base_year"), str(plan.base_year)), (say("as_of"), as_of)],
        kind="facts",
    )
