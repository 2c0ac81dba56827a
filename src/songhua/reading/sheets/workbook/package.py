"""The package that a workbook is: its parts, unpacked piece by piece and never beyond a bound."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.parsers import expat

from songhua.errors import SonghuaError
from songhua.reading import limits
from songhua.reading.sheets.fault_kinds import ImportLocked, ImportOtherKind
from songhua.reading.table_fault_kinds import ImportTooLarge, ImportUnreadable

_PIECE = 1 << 20
_ENTRY = b"PK\x01\x02"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    KeyError,
    RuntimeError,
)
#: Parts by which a package of another kind is known.
_OTHER_FORMATS = {"xl/workbook.bin": "XLSB", "content.xml": "ODS", "word/document.xml": "DOCX"}


def too_large() -> SonghuaError:
    """The fault of a workbook beyond a bound."""
    return SonghuaError(ImportTooLarge(text="XLSX"))


def broken(why: str) -> SonghuaError:
    """The fault of a package that is not as it should be."""
    return SonghuaError(ImportUnreadable(text=why))


class Package:
    """The parts of a workbook by name.

    Names are only looked up, nothing is written under them, so a name such as `../a` does no
    harm. A size that the package declares is not trusted.
    """

    def __init__(self, content: bytes) -> None:
        """Open the package.

        Raises:
            SonghuaError: it is broken, locked, of another kind, or has too many parts.
        """
        if content.count(_ENTRY) > limits.PARTS:
            raise too_large()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise broken(type(error).__name__) from None
        names = [entry.filename.replace("\\", "/") for entry in self._zip.infolist()]
        self._entries = dict(zip(map(str.casefold, names), self._zip.infolist(), strict=True))
        for part, kind in _OTHER_FORMATS.items():
            if part in self._entries:
                raise SonghuaError(ImportOtherKind(kind=kind))
        if len(self._entries) < len(names):
            raise broken("a part stands twice")
        self._room = limits.UNPACKED

    def __contains__(self, name: str) -> bool:
        """True where there is such a part."""
        return name.casefold() in self._entries

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part of XML piece by piece, as it unpacks.

        It is demanded that it says one thing only, and plainly: well-formed, in UTF-8, without
        comments, entities of its own or marked sections, as every spreadsheet program writes it.
        Then each `<` begins a tag and each `>` ends one, and a pattern reads what a parser would.

        Raises:
            SonghuaError: it does not, it is missing, or it unpacks to too much.
        """
        entry = self._entries.get(name.casefold())
        if entry is None:
            raise broken(f"{name[:80]} is missing")
        if entry.flag_bits & 1:
            raise SonghuaError(ImportLocked())
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise broken(f"compression {entry.compress_type}")
        parser, balance = _strict(), 0
        try:
            with self._zip.open(entry) as stream:
                while piece := stream.read(_PIECE):
                    self._room -= len(piece)
                    if self._room < 0:
                        raise too_large()
                    parser.Parse(piece, False)
                    balance += piece.count(b"<") - piece.count(b">")
                    yield piece
            parser.Parse(b"", True)
        except SonghuaError:
            raise
        except (expat.ExpatError, *_BROKEN) as error:
            raise broken(f"{name[:80]}: {error}"[:160]) from None
        if balance:
            raise broken(f"{name[:80]}: '>' outside a tag")

    def part(self, name: str) -> bytes:
        """A whole part of XML that describes the workbook.

        Raises:
            SonghuaError: as `pieces` does.
        """
        pieces, size = [], 0
        for piece in self.pieces(name):
            pieces.append(piece)
            size += len(piece)
            if size > limits.PART:
                raise too_large()
        return b"".join(pieces)

    def tree(self, name: str) -> ElementTree.Element:
        """A part that describes the workbook as XML; its encoding is UTF-8, whatever it says.

        Raises:
            SonghuaError: as `pieces` does.
        """
        text = self.part(name)
        try:
            return ElementTree.fromstring(text, ElementTree.XMLParser(encoding="utf-8"))
        except (ElementTree.ParseError, ValueError) as error:
            raise broken(str(error)[:160]) from None


def _strict() -> expat.XMLParserType:
    """A parser that builds nothing, and refuses what no spreadsheet program writes."""
    parser = expat.ParserCreate("utf-8")

    def refuse(*_: object) -> None:
        raise broken("a comment, an entity or a marked section in XML")

    parser.StartDoctypeDeclHandler = refuse
    parser.CommentHandler = refuse
    parser.StartCdataSectionHandler = refuse
    parser.ProcessingInstructionHandler = refuse
    return parser
