"""A workbook of tidy tables: headings in the first row, each sheet a table, its columns told."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from songhua.errors import SonghuaError
from songhua.format.numbers import known
from songhua.messages import width
from songhua.render.fault_kinds import SheetTooLong

LONGEST = 32_000  # characters of a cell
MOST = 1_000_000  # rows of a sheet
NAME = 31  # characters of a sheet's name
WIDEST = 48  # characters of a column
LOOK = "Table Style Light 1"

#: A column of a sheet as the dictionary tells it: its heading, what it holds, and its unit.
ColumnEntry = tuple[str, str, str]


class Book:
    """A workbook under way: `of` is what it is of, `told` what its columns hold."""

    def __init__(self, book: Any, of: str) -> None:
        """Begin with a workbook that is empty."""
        self.book, self.of = book, of
        self.names: set[str] = set()
        self.dictionary_rows: list[tuple[str, str, str, str]] = []
        self.tables = 0
        self.formats: dict[str, object] = {}

    def format(self, **properties: object) -> object:
        """A cell format, made once."""
        key = repr(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"valign": "top", **properties})
        return self.formats[key]

    def sheet(self, title: str) -> tuple[str, Any]:
        """A sheet by a name that no other has, printed across under the names of its subject."""
        plain = re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")
        name, n = plain[:NAME], 1
        while name.casefold() in self.names:
            n += 1
            name = f"{plain[: NAME - 3]} {n}"
        self.names.add(name.casefold())
        page = self.book.add_worksheet(name)
        page.freeze_panes(1, 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_header(f"&L{title} · {self.of}".replace("&", "&&").replace("&&L", "&L"))
        page.set_footer("&C&P / &N")
        return name, page

    def fill(
        self,
        title: str,
        entries: Sequence[ColumnEntry],
        rows: Sequence[Sequence[tuple[object, str]]],
    ) -> None:
        """A sheet with a table, whose columns the dictionary tells; a text's format is blank."""
        name, page = self.sheet(title)
        heads = self.write(page, [heading for heading, _, _ in entries], rows)
        for heading, (_, says, unit) in zip(heads, entries, strict=True):
            self.dictionary_rows.append((name, heading, says, unit))

    def write(
        self, page: Any, heads: Sequence[str], rows: Sequence[Sequence[tuple[object, str]]]
    ) -> list[str]:
        """The headings, each once, and the cells, each with its number format."""
        if len(rows) > MOST:
            raise SonghuaError(SheetTooLong(n=len(rows), most=MOST))
        heads = _apart(heads)
        widths = [min(width(head) + 4, WIDEST) for head in heads]
        for down, row in enumerate(rows, 1):
            for at, (value, how) in enumerate(row):
                self._cell(page, down, at, value, how)
                if down < 200:
                    wide = width(str(value)) if value else 0
                    widths[at] = max(widths[at], min(wide + 2, WIDEST))
        for at, wide in enumerate(widths):
            page.set_column(at, at, wide)
        self.tables += 1
        look = {
            "name": f"table_{self.tables}",
            "style": LOOK,
            "columns": [{"header": head} for head in heads],
        }
        page.add_table(0, 0, max(len(rows), 1), len(heads) - 1, look)
        return heads

    def _cell(self, page: Any, down: int, at: int, value: Any, how: str) -> None:
        style = self.format(num_format=how) if how else self.format(text_wrap=True)
        if isinstance(value, date):
            page.write_datetime(down, at, value, style)
        elif isinstance(value, bool):
            page.write_boolean(down, at, value, style)
        elif isinstance(value, (int, float)) and math.isfinite(value):
            page.write_number(down, at, value, style)
        elif known(value):
            page.write_string(down, at, "∞" if value > 0 else "−∞", style)
        elif isinstance(value, str) and value:
            cut = value if len(value) <= LONGEST else value[:LONGEST] + " …"
            page.write_string(down, at, cut, style)


def _apart(heads: Sequence[str]) -> list[str]:
    """Headings of which no two are the same, as a table wants them.

    >>> _apart(["Value", "value", ""])
    ['Value', 'value 2', '3']
    """
    unique: list[str] = []
    for at, head in enumerate(heads, 1):
        name, n = head or str(at), 1
        while name.casefold() in {earlier.casefold() for earlier in unique}:
            n += 1
            name = f"{head} {n}"
        unique.append(name)
    return unique
