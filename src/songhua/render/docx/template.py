"""A department's own DOCX as a template: styles, headers, footers and page without its text."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from songhua.errors import SonghuaError, extra
from songhua.render.docx.fault_kinds import TemplateOtherKind, TemplateUnreadable

#: The styles that a document uses, in the order in which they are missed.
STYLES = ("Title", "Heading 1", "Heading 2", "Heading 3", "Body Text", "Caption")
#: The substitute of a missing style.
BASIC = "Normal"
#: Bytes that the parts of a template unpack to together.
UNPACKED = 200_000_000
TEXT = "word/document.xml"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    SyntaxError,
    ParseError,
    AttributeError,
)


def cleared(docx: Any, data: bytes) -> Any:
    """A template opened, its body emptied but for the last section's page.

    Raises:
        SonghuaError: `template_other_kind` for a file other than DOCX, `template_unreadable` for a
            broken file or a file that unpacks to more than 200 MB.
    """
    _looked_at(data)
    try:
        opened = docx.Document(io.BytesIO(data))
        body = opened.element.body
        for element in list(body):
            if not element.tag.endswith("}sectPr"):
                body.remove(element)
        _ = opened.sections[-1].page_width + opened.sections[-1].left_margin
        _ = opened.styles[BASIC]
    except (*_BROKEN, TypeError, IndexError) as error:
        raise SonghuaError(TemplateUnreadable(why=type(error).__name__)) from None
    return opened


def lacks(data: bytes) -> tuple[str, ...]:
    """The styles that a template does not have, of those that a document uses.

    Raises:
        SonghuaError: `extra_missing`, where python-docx is not installed; as `cleared` raises.
    """
    opened = cleared(extra("report", "python-docx", "docx"), data)
    return tuple(name for name in STYLES if name not in opened.styles)


def _looked_at(data: bytes) -> None:
    """Refuse a file other than DOCX, and a DOCX that unpacks to more than the limit."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if TEXT not in package.namelist():
                raise SonghuaError(TemplateOtherKind())
            if sum(_sizes(package)) > UNPACKED:
                raise SonghuaError(TemplateUnreadable(why="too large"))
    except SonghuaError:
        raise
    except _BROKEN:
        raise SonghuaError(TemplateOtherKind()) from None


def _sizes(package: zipfile.ZipFile) -> Iterator[int]:
    """The bytes of each part as it unpacks, until they are too many."""
    unpacked = 0
    for entry in package.infolist():
        with package.open(entry) as part:
            while piece := part.read(1 << 20):
                unpacked += len(piece)
                yield len(piece)
                if unpacked > UNPACKED:
                    return
