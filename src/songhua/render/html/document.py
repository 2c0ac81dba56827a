"""A document of blocks as HTML pages that fetch nothing; or a part of one by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from songhua import messages
from songhua.document.blocks import Block, Document, Figure, Section, Table, walk
from songhua.format.language import Language
from songhua.render.html.inline import told_apart
from songhua.render.html.templates import fitted, render

LINK = re.compile(r'<a\b[^>]*\bhref="#([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
PLACE = re.compile(r'\bid="([^"]+)"')


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
    here: bool = False
    tag: str = ""


def page(view: Language, document: Document, numbered: bool = False, whole: bool = True) -> str:
    """The document as a page: style, charts and the font for its characters stand inside.

    Tables and figures are counted where it is `numbered`. A page that is not `whole` lacks what
    leads around it, and links to what is not on it are plain text.
    """
    counted = numbers(document.blocks) if numbered else None
    text = _filled(view, document, contents(view, document) if whole else (), counted, whole)
    (text,) = fitted([told_apart(text, view.lang)])
    return text if whole else _unlinked(text)


def book(view: Language, documents: Mapping[str, Document]) -> dict[str, str]:
    """Documents as pages by file name, such as `report-en.html`, that lead to one another.

    Each page leads to the same page in every other language. All carry the same font.
    """
    files = {name: file_of(name, view.lang) for name in documents}
    texts: list[str] = []
    for name, document in documents.items():
        leaves = [Leaf(file, view.say(f"short_{one}"), one == name) for one, file in files.items()]
        others = [
            Leaf(file_of(name, lang), messages.language(lang).name, tag=messages.language(lang).tag)
            for lang in messages.LANGUAGES
            if lang != view.lang
        ]
        nav = contents(view, document)
        made = _filled(view, document, nav, None, True, leaves, others)
        texts.append(told_apart(made, view.lang))
    pages = dict(zip(files.values(), fitted(texts), strict=True))
    held = {id: file for file, text in pages.items() for id in PLACE.findall(text)}
    return {file: _led(text, file, held) for file, text in pages.items()}


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
    found: dict[str, list[Part]] = {}
    for at, block in enumerate(document.blocks):
        if isinstance(block, Section):
            own = found.setdefault(block.chapter or f"#{at}", [])
            own.append(Part(block.id, block.title))
    return [
        parts[0]
        if chapter.startswith("#")
        else Part(parts[0].id, view.say(f"chapter_{chapter}"), parts)
        for chapter, parts in found.items()
    ]


def _filled(
    view: Language,
    document: Document,
    nav: Sequence[Part],
    counted: Mapping[int, int] | None,
    whole: bool,
    leaves: Sequence[Leaf] = (),
    others: Sequence[Leaf] = (),
) -> str:
    """A page with a slot for its font."""
    return render(
        "document.html",
        whole,
        d=document,
        v=view,
        say=view.say,
        nav=nav,
        title=document.title,
        numbers=counted,
        leaves=leaves,
        others=others,
    )


def _led(text: str, own: str, held: Mapping[str, str]) -> str:
    """A page whose links to what stands on another page lead there."""

    here = set(PLACE.findall(text))

    def lead(found: re.Match[str]) -> str:
        file = own if found[1] in here else held.get(found[1], own)
        return found[0] if file == own else f'href="{file}#{found[1]}"'

    return re.sub(r'href="#([^"]+)"', lead, text)


def fragment(view: Language, blocks: Sequence[Block], links: bool = False) -> str:
    """Blocks alone, to stand in a page of somebody's own: neither style nor font nor head.

    `style` has what a page says once. Links to what is not among the blocks are plain text, but
    where all `links` are kept, for a page that has the rest elsewhere.

    >>> from songhua.document.blocks import Paragraph
    >>> from songhua.format.text import Link
    >>> fragment(Language("en"), [Paragraph(("It grew; ", Link("see", "obs-a")))])
    '<p>It grew; see</p>'
    """
    text = _squeezed(render("fragment.html", blocks=blocks, v=view))
    text = told_apart(text, view.lang)
    return text if links else _unlinked(text)


def _squeezed(text: str) -> str:
    """A text without the empty lines that templates leave."""
    return "\n".join(_lines(text))


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip())


def numbers(blocks: Sequence[Block]) -> Mapping[int, int]:
    """The number of each table and of each figure, in order from 1, by the block's identity."""
    counts = {Table: 0, Figure: 0}
    found: dict[int, int] = {}
    for block in walk(blocks):
        kind = type(block)
        if kind in counts:
            counts[kind] += 1
            found[id(block)] = counts[kind]
    return found


def _unlinked(text: str) -> str:
    """The page without links to what is not on it: their words stay."""
    held = set(re.findall(r' id="([^"]+)"', text))
    return LINK.sub(lambda found: found[0] if found[1] in held else found[2], text)
