"""Reading a workbook into grids: by songhua itself, so that a bound holds for all that it takes.

A reader of another's makes room for what a file claims before anyone can look at it. This reader
works tag by tag, counts the memory that it keeps, and refuses unusual files (see `package`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from xml.etree import ElementTree

from songhua.errors import SonghuaError
from songhua.reading import limits
from songhua.reading.sheets.fault_kinds import ImportOtherKind, ImportSheetMissing
from songhua.reading.sheets.faults import Faults
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.looks import Looks, with_comments
from songhua.reading.sheets.workbook.cells import Look, Page
from songhua.reading.sheets.workbook.comments import read_comments
from songhua.reading.sheets.workbook.package import Package, broken, too_large
from songhua.reading.sheets.workbook.styles import read_styles
from songhua.reading.sheets.workbook.texts import shared

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
    def open(cls, content: bytes, room: int = limits.CELLS) -> Book:
        """Open a workbook, of whose sheets at most so many cells are read.

        Raises:
            SonghuaError: it is broken, locked, too large or of another kind.
        """
        package = Package(content)
        if _BOOK not in package:
            raise SonghuaError(ImportOtherKind(kind="ZIP"))
        root, links = package.tree(_BOOK), package.tree(_LINKS)
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
            self._look.looks.formats,
            page.marks,
            tuple(page.hidden_rows),
            tuple(page.hidden_columns),
            looks=self._look.looks.signs,
            own=with_comments(page.signs, read_comments(self.package, self.parts[name])),
        )
        if grid.overlapping():
            raise broken("merged cells overlap")
        return grid

    @cached_property
    def _look(self) -> Look:
        looks = Looks.of(read_styles(self.package))
        if looks is None:
            raise too_large()
        names: list[tuple[bytes | None, int]] = [(None, 0)] if looks.styles else []
        names += [(str(at).encode(), at) for at in range(len(looks.styles))]
        texts, signs = shared(self.package)
        return Look(
            texts,
            signs,
            looks,
            {name: number for name, at in names if (number := looks.numbers[at])},
            {name: number for name, at in names if (number := looks.worded[at])},
            frozenset(name for name, at in names if at in looks.special),
            self.late,
            self.stale,
        )


def _set(tag: ElementTree.Element | None, name: str) -> bool:
    return tag is not None and tag.get(name, "") in ("1", "true")


def read_workbook(content: bytes, sheet: str, faults: Faults) -> Grid | None:
    """A sheet of a workbook as a grid; without a name, the first that is shown."""
    try:
        return Book.open(content).grid(sheet)
    except SonghuaError as error:
        faults.add(error.faults[0])
        return None
