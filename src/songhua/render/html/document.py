"""A document of blocks as HTML pages that fetch nothing; or a part of one by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from songhua import messages
from songhua.document.blocks import Block, Document, Figure, Section, Table, walk
from songhua.format.language import Language
from songhua.render.html.inline import Lead, Writer
from songhua.render.html.templates import fitted, render


@dataclass(frozen=True)
class Part:
    """An entry of the contents: a section, or a chapter with its sections."""

    id: str
    title: str
    parts: Sequence[Part] = ()


@dataclass(frozen=True)
class Leaf:
    """Another page that a page leads to; the page itself is `here`."""

    file: str
    title: str
    current: bool = False
    tag: str = ""


def page(view: Language, document: Document, numbered: bool = False, whole: bool = True) -> str:
    """The document as a page: style, charts and the font for its characters stand inside.

    Tables and figures are counted where it is `numbered`. A page that is not `whole` lacks
    navigation, and links to targets outside it are plain text.
    """
    counted = numbers(document.blocks) if numbered else None
    nav = contents(view, document) if whole else ()
    lead = "#{}".format if whole else _within(document.blocks)
    (text,) = fitted([_filled(view, document, lead, nav, counted, whole)])
    return text


def book(view: Language, documents: Mapping[str, Document]) -> dict[str, str]:
    """Documents as pages by file name, such as `report-en.html`, that lead to one another.

    Each page leads to the same page in every other language. All carry the same font.
    """
    files = {name: file_of(name, view.lang) for name in documents}
    places = {id: file for name, file in files.items() for id in ids(documents[name].all)}
    texts: list[str] = []

    def elsewhere(id: str) -> str:
        return f"{places.get(id, '')}#{id}"

    for name, document in documents.items():
        leaves = [Leaf(file, view.say(f"short_{key}"), key == name) for key, file in files.items()]
        translations = [
            Leaf(file_of(name, lang), messages.language(lang).name, tag=messages.language(lang).tag)
            for lang in messages.LANGUAGES
            if lang != view.lang
        ]
        nav, lead = contents(view, document), _within(document.all, elsewhere)
        texts.append(_filled(view, document, lead, nav, None, True, leaves, translations))
    return dict(zip(files.values(), fitted(texts), strict=True))


def ids(blocks: Sequence[Block]) -> set[str]:
    """The places of a page that something may lead to.

    >>> ids([Section("a", "A", [Table("t", ["n"], [], ids=["b"])])]) == {"a", "b"}
    True
    """
    places = ((*getattr(block, "ids", ()), getattr(block, "id", "")) for block in walk(blocks))
    return {id for some in places for id in some if id}


def _within(blocks: Sequence[Block], elsewhere: Lead | None = None) -> Lead:
    """Leads to what is among the blocks, and to nothing else, or `elsewhere`."""
    inside = ids(blocks)
    return lambda id: f"#{id}" if id in inside else elsewhere and elsewhere(id)


def file_of(name: str, lang: str) -> str:
    """The file of a page of the report in a language.

    >>> file_of("figures", "zh")
    'figures-zh.html'
    """
    return f"{name}-{lang}.html"


def contents(view: Language, document: Document) -> list[Part]:
    """The sections of a document, under their chapters where they have one.

    >>> contents(Language("en"), Document("D", [Section("a", "A", []), Section("b", "B", [])]))
    [Part(id='a', title='A', parts=()), Part(id='b', title='B', parts=())]
    """
    chapters: dict[str, list[Part]] = {}
    for at, block in enumerate(document.blocks):
        if isinstance(block, Section):
            group = chapters.setdefault(block.chapter or f"#{at}", [])
            group.append(Part(block.id, block.title))
    return [
        parts[0]
        if chapter.startswith("#")
        else Part(parts[0].id, view.say(f"chapter_{chapter}"), parts)
        for chapter, parts in chapters.items()
    ]


def _filled(
    view: Language,
    document: Document,
    lead: Lead,
    nav: Sequence[Part],
    counted: Mapping[int, int] | None,
    whole: bool,
    leaves: Sequence[Leaf] = (),
    translations: Sequence[Leaf] = (),
) -> str:
    """A page with a slot for its font."""
    return render(
        "document.html",
        Writer(view.lang, lead),
        whole,
        d=document,
        v=view,
        say=view.say,
        nav=nav,
        title=document.title,
        numbers=counted,
        leaves=leaves,
        others=translations,
    )


def fragment(view: Language, blocks: Sequence[Block], elsewhere: Lead | None = None) -> str:
    """Blocks alone, to stand in a page of somebody's own: neither style nor font nor head.

    `style` has what a page says once. Links to what is not among the blocks are plain text, or
    lead `elsewhere`.

    >>> from songhua.document.blocks import Paragraph
    >>> from songhua.format.text import Link
    >>> fragment(Language("en"), [Paragraph(("It grew; ", Link("see", "obs-a")))])
    '<p>It grew; see</p>'
    """
    writer = Writer(view.lang, _within(blocks, elsewhere))
    return _squeezed(render("fragment.html", writer, blocks=blocks, v=view))


def _squeezed(text: str) -> str:
    """A text without the empty lines that templates leave."""
    return "\n".join(_lines(text))


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip())


def numbers(blocks: Sequence[Block]) -> Mapping[int, int]:
    """The number of each table and of each figure, in order from 1, by the block's identity."""
    counts = {Table: 0, Figure: 0}
    numbered: dict[int, int] = {}
    for block in walk(blocks):
        kind = type(block)
        if kind in counts:
            counts[kind] += 1
            numbered[id(block)] = counts[kind]
    return numbered
