"""The pages: each is blocks of the document layer under a title."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from songhua import results
from songhua.document import figure as figures
from songhua.document import industry as industries
from songhua.document import project as projects
from songhua.document.blocks import Block, Document, Heading, Paragraph, Points, Section
from songhua.document.legend import LEGEND
from songhua.document.studies import CHAPTERS as CHAPTERS
from songhua.document.studies import sections
from songhua.format.language import Language
from songhua.format.text import Link, Text, joined
from songhua.format.view import View
from songhua.labels.lookup import refuse_absent
from songhua.web.address import APART, Address
from songhua.web.shell import HOME

#: Kinds of places that stand within a section, and the chapter of each.
ROWS = {"target": "plan", "claim": "method", "choice": "choose", LEGEND: "method"}
#: Pages that list rows.
LISTS = ("figures", "cells", "sources", "tables", "documents", "departments")
#: Pages that write.
WRITING = ("import",)
#: The page that asks what if something else were assumed.
ASKING = ("what-if",)


@dataclass(frozen=True)
class Page:
    """A page: blocks under a title."""

    title: str
    blocks: Sequence[Block]

    def html(self, view: View, at: Address) -> str:
        """The content as HTML, with links to other pages where the things stand that it names."""
        return fragment_of(view, self.blocks, at)

    def document(self) -> Document:
        """The same as a document, for JSON."""
        return Document(self.title, self.blocks)


def fragment_of(view: Language, blocks: Sequence[Block], at: Address) -> str:
    """Blocks as HTML; what is not among them is led to where it stands.

    >>> from songhua.format.text import Link
    >>> held = Section("b", "B", [Paragraph((Link("x", "obs-a"), Link("y", "b")))])
    >>> fragment_of(Language("en"), [held], Address("en")).splitlines()[-2]
    '<p><a href="/en/figures/a">x</a><a href="#b">y</a></p>'
    """
    from songhua.render.html.document import fragment as html

    return html(view, blocks, at.place)


def names(view: View, read_only: bool = False) -> list[tuple[str, str]]:
    """The pages that every page leads to, with their titles; none that write if `read_only`."""
    chapters = [("" if name == HOME else name, view.say(f"chapter_{name}")) for name in CHAPTERS]
    more = (*ASKING, *LISTS) if read_only else (*ASKING, *LISTS, *WRITING)
    return chapters + [(name, view.word(f"web_page_{name}")) for name in more]


def chapter(view: View, name: str) -> Page:
    """A chapter of the report: its sections, without what has pages of its own.

    Raises:
        SonghuaError: `choice_unknown`.
    """
    refuse_absent("pages", CHAPTERS, name)
    parts = [
        section
        for section in sections().values()
        if section.chapter == name and section.name not in APART
    ]
    blocks: list[Block] = [
        block for section in parts if (block := section.section(view)) is not None
    ]
    if name == "industries" and view.plan is not None:
        listed: list[Text] = [
            (Link(view.name("industries", id), industries.place(id)),) for id in view.plan.roles()
        ]
        if listed:
            blocks.append(Paragraph(joined(listed, " · "), "more"))
    if name == "projects" and (ids := projects.project_ids(view)):
        led: list[Text] = [(Link(view.name("entities", id), projects.place(id)),) for id in ids]
        title: Text = view.say("project_pages") + view.written.colon
        blocks.insert(0, Paragraph(joined([title, joined(led, " · ")]), "more"))
    if not blocks:
        blocks.append(Paragraph(view.word("web_nothing_here"), "empty"))
    title = view.region.name(view.lang) if name == HOME else view.say(f"chapter_{name}")
    return Page(title, blocks)


def chapter_of(anchor: str) -> str:
    """The chapter on which a place of this name may stand; blank for a name of no kind of place.

    >>> chapter_of("target-jobs"), chapter_of("track"), chapter_of("accounts-missing")
    ('plan', 'plan', 'industries')
    >>> chapter_of("nothing-here")
    ''
    """
    kind = anchor.partition("-")[0]
    if kind in ROWS:
        return ROWS[kind]
    section = sections().get(kind)
    return "" if section is None or section.name in APART else section.chapter


def industry(view: View, id: str) -> Page:
    """All that is known of an industry.

    Raises:
        SonghuaError: `label_unknown`.
    """
    refuse_absent("industries", view.region.industries, id)
    roles = view.plan.roles() if view.plan else {}
    return _of(industries.industry(view, id, roles.get(id, "")))


def figure(view: View, id: str) -> Page:
    """A figure as recorded, and what rests on it. Raises as `document.figure.figure`."""
    return _of(figures.figure(view, id))


def source(view: View, id: str) -> Page:
    """A source as recorded. Raises as `document.figure.source`."""
    return _of(figures.source(view, id))


def tables(view: View) -> Page:
    """The tables of all results."""
    blocks: list[Block] = []
    for study, result in view.results.items():
        described = results.tables(study)
        items: list[Text] = [
            (
                Link(described[name].title(view.lang), f"table-{study}-{name}"),
                f" ({view.show(float(len(frame)), 'count')})",
            )
            for name, frame in result.tables.items()
            if len(frame)
        ]
        if items:
            blocks += [Heading(1, view.choice("study", study)), Points(items, kind="tables-list")]
    return Page(view.word("web_page_tables"), blocks)


def _of(section: Section) -> Page:
    """A section as a page: its heading is the page's title."""
    return Page(section.title, section.blocks)


#: Pages of one thing by its id, and other pages, by their address; `LISTS` has those in the frame.
THINGS: Mapping[str, Callable[[View, str], Page]] = {
    "industries": industry,
    "figures": figure,
    "sources": source,
}
WHOLE: Mapping[str, Callable[[View], Page]] = {"tables": tables}
