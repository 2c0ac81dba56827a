"""Reading a workbook into grids: by songhua itself, so that a bound holds for all that it takes.

A reader of another's makes room for what a file claims before anyone can look at it. This reader
works tag by tag, counts the memory that it keeps, and refuses unusual files (see `package`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree import ElementTree

from songhua.errors import SonghuaError
from songhua.reading import limits
from songhua.reading.sheets.fault_kinds import ImportOtherKind, ImportSheetMissing
from songhua.reading.sheets.faults import Faults
from songhua.reading.sheets.formats import BUILT_IN, Format, parse_format
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.workbook import days
from songhua.reading.sheets.workbook.cells import Look, Page, attributes
from songhua.reading.sheets.workbook.package import Package, broken, too_large
from songhua.reading.sheets.workbook.texts import shared

_XF = re.compile(rb"<(?:\w+:)?xf\s([^<>]*)>")
_CODE = re.compile(rb"<(?:\w+:)?numFmt\s([^<>]*)>")
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


@dataclass
class Book:
    """An opened workbook; `parts` takes the name of each sheet to its part of the package."""

    package: Package
    parts: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    late: bool = False
    stale: bool = False
    room: int = limits.CELLS

    @classmethod
    def open(cls, data: bytes, room: int = limits.CELLS) -> Book:
        """Open a workbook, of whose sheets at most so many cells are read.

        Raises:
            SonghuaError: it is broken, locked, too large or of another kind.
        """
        package = Package(data)
        if _BOOK not in package:
            raise SonghuaError(ImportOtherKind(kind="ZIP"))
        root, links = _xml(package.part(_BOOK)), _xml(package.part(_LINKS))
        targets = {
            link.get("Id"): link.get("Target", "")
            for link in links
            if link.get("Type", "").endswith("/worksheet")
        }
        book = cls(package, room=room)
        for entry in root.iterfind("{*}sheets/{*}sheet"):
            which = next((v for name, v in entry.items() if name.endswith("}id")), None)
            if target := targets.get(which, "").replace("\\", "/"):
                name = entry.get("name", "")
                if name in book.parts:
                    raise broken(f"two sheets '{name[:40]}'")
                absolute = target.startswith("/")
                book.parts[name] = target.removeprefix("/") if absolute else f"xl/{target}"
                if entry.get("state", "visible") != "visible":
                    book.hidden.add(name)
        book.late = _set(root.find("{*}workbookPr"), "date1904")
        book.stale = _set(root.find("{*}calcPr"), "fullCalcOnLoad")
        return book

    @property
    def names(self) -> list[str]:
        """The names of the sheets in their order, hidden ones among them."""
        return list(self.parts)

    def chosen(self, sheet: str) -> str:
        """The sheet of a name; without one the first that is shown.

        Raises:
            SonghuaError: `import_sheet_missing`.
        """
        visible = [name for name in self.parts if name not in self.hidden]
        name = sheet or next(iter(visible or self.parts), "")
        if name not in self.parts:
            sheets = tuple(self.parts)[:20]
            raise SonghuaError(ImportSheetMissing(sheet=sheet[:80], sheets=sheets))
        return name

    def grid(self, sheet: str) -> Grid:
        """A sheet as a grid that starts at A1.

        Raises:
            SonghuaError: the sheet is broken or too large.
        """
        name = self.chosen(sheet)
        page = Page(self._look, self.room).read(self.package.pieces(self.parts[name]))
        self.room -= len(page.cells) * max(map(len, page.cells), default=0)
        other_sheets = tuple(title for title in self.parts if title != name)
        grid = Grid(
            page.cells,
            name,
            tuple(page.merged),
            other_sheets,
            self._formats,
            page.marks,
            tuple(page.hidden_rows),
            tuple(page.hidden_columns),
        )
        if grid.overlapping():
            raise broken("merged cells overlap")
        return grid

    @cached_property
    def _styles(self) -> list[str]:
        """The number format of each style of the workbook."""
        if "xl/styles.xml" not in self.package:
            return []
        text = self.package.part("xl/styles.xml")
        codes = {str(number): code for number, code in BUILT_IN.items()}
        codes |= {str(number): "yyyy" for number in days.BUILT_IN}
        for attrs in map(attributes, _CODE.findall(_section(text, b"numFmts"))):
            codes[attrs.get("numFmtId", "")] = attrs.get("formatCode", "")
        entries = _XF.findall(_section(text, b"cellXfs"))
        if len(entries) > limits.STYLES:
            raise too_large()
        return [codes.get(attributes(entry).get("numFmtId", "0"), "") for entry in entries]

    @cached_property
    def _formats(self) -> tuple[Format | None, ...]:
        """The formats that fix how a number is shown, each once, from number 1 on."""
        formats = dict.fromkeys(map(parse_format, dict.fromkeys(self._styles)))
        return None, *(style for style in formats if style is not None)

    @cached_property
    def _look(self) -> Look:
        number = {form: at for at, form in enumerate(self._formats) if form is not None}
        coded: list[tuple[bytes | None, str]] = [(None, code) for code in self._styles[:1]]
        coded += [(str(at).encode(), code) for at, code in enumerate(self._styles)]
        by_code = {code: parse_format(code) for code in dict.fromkeys(self._styles)}
        marks = {
            style: number[form] for style, code in coded if (form := by_code[code]) is not None
        }
        dated = {code for code in by_code if days.shows_day(code)}
        return Look(
            shared(self.package),
            marks,
            frozenset(style for style, code in coded if code in dated),
            self.late,
            self.stale,
        )


def _xml(text: bytes) -> ElementTree.Element:
    """A part as XML; its encoding is UTF-8, whatever it says."""
    try:
        return ElementTree.fromstring(text, ElementTree.XMLParser(encoding="utf-8"))
    except (ElementTree.ParseError, ValueError) as error:
        raise broken(str(error)[:160]) from None


def _set(tag: ElementTree.Element | None, name: str) -> bool:
    return tag is not None and tag.get(name, "") in ("1", "true")


def _section(text: bytes, name: bytes) -> bytes:
    """The content of a tag that stands once."""
    match = re.search(rb"<(?:\w+:)?" + name + rb"[\s>](.*?)</(?:\w+:)?" + name, text, re.DOTALL)
    return match[1] if match else b""


def read_workbook(data: bytes, sheet: str, faults: Faults) -> Grid | None:
    """A sheet of a workbook as a grid; without a name, the first that is shown."""
    try:
        return Book.open(data).grid(sheet)
    except SonghuaError as error:
        faults.add(error.faults[0])
        return None
