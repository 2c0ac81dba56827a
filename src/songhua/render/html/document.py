"""A document of blocks as one HTML page that fetches nothing; or a part of one by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from songhua.document.blocks import Block, Document, Figure, Section, Table, walk
from songhua.format.language import Language
from songhua.render.html.templates import render

LINK = re.compile(r'<a\b[^>]*\bhref="#([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)


def page(view: Language, document: Document, numbered: bool = False, whole: bool = True) -> str:
    """The document as a page: style, charts and the font for its characters stand inside.

    Tables and figures are counted where it is `numbered`. A page that is not `whole` lacks what
    leads around it, and links to what is not on it are plain text.
    """
    nav = [(b.id, b.title) for b in document.blocks if isinstance(b, Section)] if whole else []
    counted = numbers(document.blocks) if numbered else None
    text = render(
        "document.html", whole, d=document, v=view, say=view.say, nav=nav,
        title=document.title, numbers=counted,
    )  # fmt: skip
    return text if whole else _unlinked(text)


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
    return text if links else _unlinked(text)


def _squeezed(text: str) -> str:
    """A text without the empty lines that templates leave."""
    return "\n".join(line for line in text.splitlines() if line.strip())


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
