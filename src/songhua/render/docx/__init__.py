"""A document of blocks as a DOCX that Word, WPS and LibreOffice can edit.

Headings are headings that count themselves, tables and figures carry captions with numbers that the
program counts, table heads repeat on each page, figures lead to the row that tells their source,
and an East Asian font is named beside the Latin one. A template keeps its own looks.
"""

from __future__ import annotations

import io
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from songhua.document.blocks import Document
from songhua.errors import extra
from songhua.format.view import View
from songhua.render.docx.maker import Maker
from songhua.render.docx.template import cleared

__all__ = ["docx"]


def docx(view: View, document: Document, day: date, template: bytes | None = None) -> bytes:
    """The document as the bytes of a DOCX; `day` stands in its properties.

    The body of a `template` is emptied; its styles, headers, footers and page stay.

    Raises:
        SonghuaError: `extra_missing`, where python-docx is not installed; `template_unreadable`,
            `template_other_kind`.
    """
    library = extra("report", "python-docx", "docx")
    opened = library.Document() if template is None else cleared(library, template)
    maker = Maker(library, opened, view, document, day, default_looks=template is None)
    maker.write()
    out = io.BytesIO()
    maker.document.save(out)
    return _undated(out)


def _undated(package: io.BytesIO) -> bytes:
    """The same file without the time at which it was made: asked for again, it is the same."""
    out = io.BytesIO()
    with ZipFile(package) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name), old.read(name), ZIP_DEFLATED)
    return out.getvalue()
