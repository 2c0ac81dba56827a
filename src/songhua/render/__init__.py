"""Blocks rendered: HTML, terminal, XLSX, DOCX, PDF and JSON. Nothing is computed here.

A report, the document of a period, a firm's page and a screen are lists of blocks, and any of
these blocks can be had alone: `fragment` gives it as HTML, JSON or text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from songhua.document.blocks import Block, Document
    from songhua.format.language import Language
    from songhua.format.view import View

__all__ = ["FORMATS", "book", "document", "fragment", "report", "table", "tables"]

FORMATS = ("html", "docx", "pdf", "json")


def report(view: View, sections: Sequence[str] = ()) -> str:
    """The whole report as one HTML page, or some of its sections by their names.

    The page fetches nothing: style, charts and the font for its characters stand inside. The
    same results give the same bytes.

    Raises:
        SonghuaError: `section_unknown`, or `section_empty` where there is nothing to show.
    """
    from songhua.document import report as sections_of
    from songhua.render.html.document import page

    return page(view, sections_of.report(view, sections), whole=not sections)


def book(view: View) -> dict[str, str]:
    """The report as pages by file name, such as `report-en.html`, that lead to one another.

    The first is the report itself; the others hold each industry, the tables that it puts away,
    and all figures with their sources. No page fetches anything.
    """
    from songhua.document import report as sections_of
    from songhua.render.html.document import book as pages

    return pages(view, sections_of.book(view))


def fragment(
    words: Language, blocks: Sequence[Block], form: Literal["html", "json", "text"] = "html"
) -> str:
    """Some blocks alone, in the language of a view: for any page, notebook or answer.

    HTML is to stand in a page of somebody's own: `render.html.templates.style` has the style.

    >>> from songhua.document.blocks import Heading
    >>> from songhua.format.language import Language
    >>> fragment(Language("en"), [Heading(1, "Growth")])
    '<h2 class="part">Growth</h2>'
    >>> fragment(Language("en"), [Heading(1, "Growth")], "text")
    '\\nGrowth\\n'
    """
    if form == "json":
        from songhua.render import json

        return json.written(json.blocks(blocks)).decode()
    if form == "text":
        from songhua.render.terminal import lines

        return lines(blocks)
    from songhua.render.html import document as html

    return html.fragment(words, blocks)


def table(view: View, study: str, name: str) -> str:
    """A table of a result as JSON: its columns with type, unit and words, and its rows.

    >>> import songhua
    >>> from songhua.format.view import View
    >>> result = songhua.open(songhua.example()).run("track")
    >>> table(View.of(result), "track", "view").splitlines()[1:3]
    [' "study": "track",', ' "name": "view",']
    """
    from songhua.render import json

    return json.written(json.table(view, study, name)).decode()


def document(
    view: View, content: Document, day: date, form: str = "html", template: bytes | None = None
) -> bytes:
    """A document as an HTML page, a DOCX, a PDF or JSON; `day` is a property of DOCX and PDF.

    A DOCX may have a `template`, another DOCX whose styles, headers, footers and page it keeps.

    Raises:
        SonghuaError: `extra_missing`, for a DOCX or PDF without the extra `report`;
            `template_other_kind`, `template_unreadable`.
    """
    if form == "docx":
        from songhua.render.docx import docx

        return docx(view, content, day, template)
    if form == "pdf":
        from songhua.render.pdf import pdf

        return pdf(view, content, day)
    if form == "json":
        from songhua.render import json

        return json.written(json.document(content))
    from songhua.render.html.document import page

    whole = replace(content, blocks=[*content.blocks, *content.annex], annex=())
    return page(view, whole, numbered=True).encode()


def tables(view: View, bulk: bool = False) -> bytes:
    """All tables of the results as an XLSX, with a dictionary, findings and sources.

    Tables of bulk, the draws of accounts, come where they are asked for.

    The same results give the same bytes.

    Raises:
        SonghuaError: `extra_missing`, without the extra `excel`; `sheet_too_long`.
    """
    from songhua.render.xlsx import workbook

    return workbook(view, bulk)
