"""Documents rendered: HTML, terminal, XLSX, DOCX, PDF and JSON. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from songhua.document.blocks import Document
    from songhua.format.view import View

__all__ = ["FORMATS", "document", "report", "tables"]

FORMATS = ("html", "docx", "pdf")


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


def document(view: View, made: Document, day: date, form: str = "html") -> bytes:
    """A document as an HTML page, a DOCX or a PDF; `day` stands in the properties of the latter.

    Raises:
        SonghuaError: `extra_missing`, for a DOCX or PDF without the extra `report`.
    """
    if form == "docx":
        from songhua.render.docx import docx

        return docx(view, made, day)
    if form == "pdf":
        from songhua.render.pdf import pdf

        return pdf(view, made, day)
    from songhua.render.html.document import page

    return page(view, made, numbered=True).encode()


def tables(view: View) -> bytes:
    """All tables of the results as an XLSX, with formats, units, findings and sources.

    The same results give the same bytes.

    Raises:
        SonghuaError: `extra_missing`, without the extra `excel`; `sheet_too_long`.
    """
    from songhua.render.xlsx import workbook

    return workbook(view)
