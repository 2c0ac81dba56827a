"""The cells of one sheet, read tag by tag."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from songhua.errors import SonghuaError
from songhua.reading import limits
from songhua.reading.sheets.faults import column_number, letters, place_of
from songhua.reading.sheets.grid import Area
from songhua.reading.sheets.looks import ERROR, FORMULA, Looks, Sign
from songhua.reading.sheets.numbers import Cell
from songhua.reading.sheets.workbook.package import broken, too_large
from songhua.reading.sheets.workbook.texts import attributes, parted, plain, tokens, weight, whole
from songhua.reading.table_fault_kinds import ImportCellLong

_TOKEN = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"(?: s="(0|[1-9]\d{0,4})")?'
    rb'(?:/>|(?: t="n")?><v>([-+0-9.eE]+)</v></c>|(?: t="(s)")><v>(\d{1,9})</v></c>'
    rb'| t="inlineStr"><is><t>([^<]*)</t></is></c>)'
    rb"|<(?:\w+:)?row((?:\s[^<>]*)?)>"
    rb"|<(?:\w+:)?c(?:(?:\s([^<>]*?))?/>|(?:\s([^<>]*?))?>"
    rb"((?:[^<]|<(?!/?(?:\w+:)?(?:c|row)[\s/>]))*+)</(?:\w+:)?c\s*>)"
    rb"|<(?:\w+:)?(mergeCell|col)\s([^<>]*)>"
    rb"|<(?:\w+:)?(c)[\s>]"
)
_STARTS = (b"c", b"row", b"mergeCell", b"col")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^<>]*?)?(?:/>|>([^<]*)</)")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*?)?(?:/>|>([^<]*)</)")
_TRUE = (b"1", b"true")
_MOST_AREAS = limits.CELLS // 10


@dataclass(frozen=True)
class Look:
    """Look of the cells, by settings of the whole workbook.

    `signs` has what was taken out of a text, by its place in `texts`. `numeric` and `worded` have
    the number of a style's look for numbers and for texts, and `special` are the styles whose cells
    are not shown as they are kept. `late` is that days are counted from 1904, and `stale` that
    formulas are to be worked out anew when the file is opened, so that a stored 0 may be none.
    """

    texts: Sequence[str] = ()
    signs: Mapping[int, Sign] = field(default_factory=dict)
    looks: Looks = field(default_factory=Looks)
    numeric: Mapping[bytes | None, int] = field(default_factory=dict)
    worded: Mapping[bytes | None, int] = field(default_factory=dict)
    special: frozenset[bytes | None] = frozenset()
    late: bool = False
    stale: bool = False


@dataclass
class Page:
    """A sheet as it is read: its cells, what marks them, merged areas and hidden lines."""

    look: Look
    room: int = limits.CELLS
    cells: list[Sequence[Cell | None]] = field(default_factory=list)
    marks: list[Sequence[int]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    signs: dict[tuple[int, int], Sign] = field(default_factory=dict)
    _line: list[Cell | None] = field(default_factory=list)
    _mark: array[int] = field(default_factory=lambda: array("H"))
    _row: int = -1
    _hidden: bool = False
    _at: int = 0
    _width: int = 0
    _texts: int = 0
    _special: int = 0
    _columns: dict[bytes, int] = field(default_factory=dict)

    def read(self, pieces: Iterator[bytes]) -> Page:
        """Read a sheet's part.

        Raises:
            SonghuaError: it is broken, or larger than is read.
        """
        row, column_of, texts, signs = b"", self._columns, self.look.texts, self.look.signs
        special, numeric, worded = self.look.special, self.look.numeric, self.look.worded
        for token in tokens(pieces, _TOKEN, _STARTS):
            name, number, style, value, kind, index = token.group(1, 2, 3, 4, 5, 6)
            if name is None:
                self._element(token)
                continue
            if number != row:
                if int(number) != self._row + 1:
                    raise broken(f"{(name + number).decode()} stands in another row")
                row = number
            column = column_of.get(name)
            column = self._column(name) if column is None else column
            if column < self._at:
                raise broken(f"{(name + number).decode()} stands twice or out of order")
            self._at = column + 1
            if value is not None:
                try:
                    cell = float(value)
                except ValueError:
                    raise broken(f"{(name + number).decode()} is no number") from None
                if style in special:
                    self._add_styled(column, cell, style)
                    continue
                gap = column - len(self._line)
                if gap:
                    self._line.extend([""] * gap)
                    self._mark.extend([0] * gap)
                self._line.append(cell)
                self._mark.append(numeric.get(style, 0))
            elif kind is not None:
                at = int(index)
                if at >= len(texts):
                    raise broken(f"{(name + number).decode()} names no text")
                if at in signs or style in special:
                    self._add_styled(column, texts[at], style, signs.get(at))
                else:
                    self._append(column, texts[at], worded.get(style, 0))
            elif token[7] is not None:
                self._add_styled(column, plain(token[7]), style)
        self._end_row()
        if sum(area.bottom - area.top + 1 for area in self.merged) > _MOST_AREAS:
            raise too_large()
        return self

    def _column(self, name: bytes) -> int:
        column = column_number(name.decode())
        if column is None or column >= limits.COLUMNS:
            raise too_large()
        self._columns[name] = column
        return column

    def _append(self, column: int, cell: Cell, mark: int) -> None:
        """A cell into its row; a blank one takes no room."""
        if isinstance(cell, str):
            if not cell:
                return
            self._texts += weight(cell)
            if len(cell) > limits.CELL:
                raise SonghuaError(ImportCellLong(most=limits.CELL))
            if self._texts > limits.TEXTS:
                raise too_large()
        gap = column - len(self._line)
        self._line.extend([""] * gap)
        self._mark.extend([0] * gap)
        self._line.append(cell)
        self._mark.append(mark)

    def _add_styled(
        self, column: int, cell: Cell, style: bytes | None, sign: Sign | None = None, mark: int = 0
    ) -> None:
        """A cell as its style shows it, and what is taken out of its text."""
        numbers = self.look.worded if isinstance(cell, str) else self.look.numeric
        if style in self.look.special:
            cell, style_sign = self.look.looks.as_shown(cell, int(style or b"0"), self.look.late)
            if style_sign is not None and sign is not None:
                style_sign = replace(style_sign, struck=f"{sign.struck}{style_sign.struck}")
                style_sign = replace(
                    style_sign, superscript=sign.superscript or style_sign.superscript
                )
            sign = style_sign or sign
        if sign is not None:
            self.signs[self._row, column] = sign
            self._texts += weight(sign.superscript) + weight(sign.struck)
            if len(self.signs) > limits.SIGNS or self._texts > limits.TEXTS:
                raise too_large()
        self._append(column, cell, mark | numbers.get(style, 0))

    def _element(self, token: re.Match[bytes]) -> None:
        """A row, a cell with more to it, a merged area or a column."""
        head, empty, attrs, content, tag, tail, lone = token.group(8, 9, 10, 11, 12, 13, 14)
        if head is not None:
            self._begin_row(attributes(head))
        elif lone:
            raise broken("a cell within a cell")
        elif tag == b"mergeCell":
            self._merge(attributes(tail).get("ref", ""))
        elif tag == b"col":
            self._hide(attributes(tail))
        else:
            self._cell(attributes(attrs if content is not None else empty), content or b"")

    def _begin_row(self, attrs: Mapping[str, str]) -> None:
        """The rows between are blank; a row stands once, and below those before it."""
        self._end_row()
        row = whole(attrs["r"], limits.ROWS) - 1 if "r" in attrs else self._row + 1
        if row <= self._row or row >= limits.ROWS:
            raise broken(f"row {row + 1} stands twice or out of order")
        self._row, self._at = row, 0
        self._line, self._mark = [], array("H")
        self._hidden = attrs.get("hidden", "").encode() in _TRUE

    def _end_row(self) -> None:
        """Keep the row if it is not empty; the rectangle of kept cells has a bound."""
        if not self._line:
            return
        gap = self._row - len(self.cells)
        self.cells.extend([()] * gap)
        self.marks.extend([()] * gap)
        self.cells.append(self._line)
        self.marks.append(self._mark)
        if self._hidden:
            self.hidden_rows.append(self._row)
        self._width = max(self._width, len(self._line))
        if len(self.cells) * self._width > self.room:
            raise too_large()
        self._line = []

    def _merge(self, ref: str) -> None:
        """A merged area such as `A1:C2`."""
        corners = [self._place(text) for text in ref.split(":")]
        (top, left), (bottom, right) = corners[0], corners[-1]
        if len(corners) > 2 or bottom < top or right < left or len(self.merged) >= _MOST_AREAS:
            raise broken(f"merged cells {ref[:40]}")
        self.merged.append(Area(top, left, bottom, right))

    def _place(self, text: str) -> tuple[int, int]:
        """A place such as `B3`: row and column, counted from 0."""
        place = place_of(text)
        if place is None:
            raise broken(f"'{text[:20]}' is no place")
        if place[0] >= limits.ROWS or place[1] >= limits.COLUMNS:
            raise too_large()
        return place

    def _hide(self, attrs: Mapping[str, str]) -> None:
        """Columns that are not shown; each stands in one entry only."""
        first, last = (whole(attrs.get(name), limits.COLUMNS) for name in ("min", "max"))
        if attrs.get("hidden", "").encode() not in _TRUE:
            return
        if first <= (self.hidden_columns or [-1])[-1] + 1 and self.hidden_columns:
            raise broken(f"column {first} is described twice")
        self.hidden_columns.extend(range(first - 1, last))

    def _cell(self, attrs: Mapping[str, str], content: bytes) -> None:
        """A cell that is a formula, an error or a text of its own, or whose place is not said."""
        column = self._at
        if "r" in attrs:
            row, column = self._place(attrs["r"])
            if row != self._row:
                raise broken(f"{attrs['r'][:20]} stands in another row")
        if column < self._at or self._row < 0:
            raise broken(f"{letters(column)}{self._row + 1} stands twice or out of order")
        if column >= limits.COLUMNS:
            raise too_large()
        self._at = column + 1
        self._special += 1
        if self._special > limits.SPECIAL:
            raise too_large()
        style, kind = attrs.get("s", "0").encode(), attrs.get("t", "n")
        formula, stored = _FORMULA.search(content), _VALUE.search(content)
        value = plain(stored[1] or b"").strip(" \n\r\t") if stored and kind != "str" else ""
        mark = (FORMULA if formula else 0) | (ERROR if kind == "e" else 0)
        if kind == "inlineStr":
            text, sign = parted(content)
            self._add_styled(column, text, style, sign, mark)
        elif kind == "str":
            self._add_styled(column, plain(stored[1] or b"") if stored else "", style, None, mark)
        elif formula and (not value or (self.look.stale and value in ("0", "0.0"))):
            self._append(column, f"={plain(formula[1] or b'')[:200]}", mark)
        elif value:
            sign = self.look.signs.get(int(value)) if kind == "s" and value.isdecimal() else None
            self._add_styled(column, self._value(kind, value, column), style, sign, mark)

    def _value(self, kind: str, value: str, column: int) -> Cell:
        """A stored value by the type that its cell gives."""
        where = f"{letters(column)}{self._row + 1}"
        if kind == "s":
            at = whole(value, 10**9)
            if at >= len(self.look.texts):
                raise broken(f"{where} names no text")
            return self.look.texts[at]
        if kind == "e":
            return value
        if kind == "b":
            return value == "1"
        if kind == "d":
            return _iso(value)
        if kind != "n" or not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", value, re.A):
            raise broken(f"{where} is no number")
        return float(value)


def _iso(text: str) -> Cell:
    """A day or a moment that a cell holds as text; anything else stays a text."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return text
