"""Tables of a sheet: which rows are title, heading, body and notes, which columns hold labels.

A table ends where its rows end, not where its numbers stop: a last row of texts in the columns of
figures belongs to it, and is then read or refused. Nothing is named here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from songhua.grammar.unit_words import common_currencies
from songhua.reading.crosstabs.columns import Columns
from songhua.reading.crosstabs.kinds import BLANK, DAY, FIGURE, MARK, NUMBERS, TEXT, YEAR, Kinds
from songhua.reading.crosstabs.printed_units import printed_unit
from songhua.reading.crosstabs.vocabulary import corner, vocabulary
from songhua.reading.sheets.units import spoken_unit, unit_line
from songhua.reading.sheets.words import is_note, key

#: So many filled rows below a second heading are looked at for its first figures.
_NEAR = 8
#: A table has a figure in each so many rows, and a few more.
_DENSE, _LEAST = 5, 5
#: Currencies that a lone unit over the columns may be of.
_MONEY = common_currencies() | {"USD"}
#: A text over labels that is longer is a title.
_TITLE = 40


@dataclass(frozen=True)
class Block:
    """A table: rows and columns counted from 0.

    `above` are the lines over its heading and `below` those under its last row; `labels` are the
    columns that speak of the figures, `values` those of the figures, and `numbered` the rows that
    only number the columns. The body runs from `first` to `last`.
    """

    above: tuple[int, ...]
    heading: tuple[int, ...]
    first: int
    last: int
    labels: tuple[int, ...]
    values: tuple[int, ...]
    below: tuple[int, ...] = ()
    numbered: tuple[int, ...] = ()

    @property
    def body(self) -> range:
        """The rows of the body."""
        return range(self.first, self.last + 1)


def find_blocks(kinds: Kinds) -> list[Block]:
    """The tables of a sheet from top to bottom; none where no row holds a figure with a label.

    >>> from songhua.reading.sheets.grid import Grid
    >>> grid = Grid([["GDP"], ["City", "2020"], ["Bilbao", 12.5], ["Vitoria", 13.5], ["Note: x"]])
    >>> [(b.above, b.heading, b.first, b.last, b.labels, b.values, b.below)
    ...  for b in find_blocks(Kinds(grid))]
    [((0,), (1,), 2, 3, (0,), (1,), (4,))]
    """
    return _Finder(kinds).find()


class _Finder:
    def __init__(self, kinds: Kinds) -> None:
        self.kinds, self.grid = kinds, kinds.grid
        self.size, self.edge = len(kinds.rows), 0
        self.filled = [line.strip(BLANK) != "" for line in kinds.rows]

    def find(self) -> list[Block]:
        blocks: list[Block] = []
        start, row = 0, self.next_data(0, self.size)
        while row is not None:
            edge = next((c for c, k in enumerate(self.kinds.rows[row]) if k in NUMBERS), 0)
            row = self.lead(row, start, edge)
            heading, numbered = self.heading_above(row, start, edge)
            top = heading[0] if heading else row
            last, following = self.last_row(row, heading)
            above = tuple(r for r in range(start, top) if self.filled[r] and r not in numbered)
            end = self.size if following is None else following
            below = tuple(r for r in range(last + 1, end) if self.filled[r])
            labels, values = Columns(self.kinds).parted(heading, row, last)
            figures = sum(self.kinds.rows[r].count(FIGURE) for r in range(row, last + 1))
            if values and (heading or last > row) and figures * _DENSE >= last - row + _LEAST:
                for panel in Columns(self.kinds).panels(heading, labels, values):
                    parts = (row, last, *panel, below, numbered)
                    blocks.append(Block(above, tuple(heading), *parts))
                start = end
            elif last == row:
                following = row + 1
            row = None if following is None else self.next_data(following, self.size)
        return blocks

    def next_data(self, start: int, end: int) -> int | None:
        return next((row for row in range(start, end) if self.is_data(row)), None)

    def is_data(self, row: int) -> bool:
        """True for a row with a label and a figure that is no number of a column or a line."""
        line = self.kinds.rows[row]
        figures = line.count(FIGURE)
        if not figures or len(line) - line.count(BLANK) < 2:
            return False
        first = len(line) - len(line.lstrip(BLANK))
        if line.rfind(FIGURE) <= max(first, self.edge - 1):
            return False
        text = self.grid.text(row, first)
        aside = is_note(text) or is_line(text) or corner(text) in SETTINGS
        if line[first] == TEXT and aside and not self.repeats(row, first):
            return False
        years = line.count(YEAR)
        if figures < years and line.count(TEXT) and self.ordered_years(row):
            return False
        return not self.kinds.numbering(row)

    def repeats(self, row: int, column: int) -> bool:
        """True for a word that stands in the next row too, as in a column of one word."""
        others = [r for r in (row - 1, row + 1) if 0 <= r < self.size]
        text = self.grid.text(row, column)
        return any(self.grid.text(r, column) == text for r in others)

    def ordered_years(self, row: int) -> bool:
        """True for years that rise or fall from cell to cell, as in a heading."""
        line = self.kinds.rows[row]
        years = [int(float(self.grid.text(row, c)[:4])) for c, k in enumerate(line) if k == YEAR]
        steps = {after > before for before, after in pairwise(years)}
        return len(years) > 1 and len(steps) == 1 and len(set(years)) == len(years)

    def is_heading(self, row: int) -> bool:
        """True for a row of texts, years or days over columns, without a figure."""
        line = self.kinds.rows[row]
        if FIGURE in line or MARK in line:
            return False
        texts, years = line.count(TEXT), line.count(YEAR) + line.count(DAY)
        if years > 1:
            return DAY in line or self.ordered_years(row)
        return texts > 1 and texts + years > 1

    def last_row(self, first: int, heading: Sequence[int]) -> tuple[int, int | None]:
        """The last row of a body, and the row at which the next table starts, if there is one."""
        last, row = first, first + 1
        line = self.kinds.rows[first]
        self.edge = next((c for c, k in enumerate(line) if k == FIGURE and line[:c].strip()), 0)
        while row < self.size:
            line = self.kinds.rows[row]
            if not self.filled[row]:
                row += 1
                continue
            if self.is_data(row):
                last = row
            elif self.starts_table(row, heading):
                self.edge = 0
                return last, self.top_of(row, last)
            elif len(line) - line.count(BLANK) > 1 and not self.is_aside(row):
                marked = any(kind in NUMBERS for kind in line[self.edge :])
                last = row if marked or (row - last < 3 and TEXT in line[self.edge :]) else last
            row += 1
        self.edge = 0
        return last, None

    def is_aside(self, row: int) -> bool:
        line = self.kinds.rows[row]
        text = self.grid.text(row, len(line) - len(line.lstrip(BLANK)))
        return is_note(text) or is_line(text)

    def starts_table(self, row: int, heading: Sequence[int]) -> bool:
        """True for the heading of another table: figures follow, and it names their columns."""
        if not self.is_heading(row) or self.is_aside(row) or self.is_units(row):
            return False
        line = self.kinds.rows[row]
        place = len(line) - len(line.lstrip(BLANK))
        text = self.grid.text(row, place)
        if line.count(TEXT) < 3 and not (YEAR in line or DAY in line) and not corner(text):
            return False
        same = heading and self.kinds.rows[heading[-1]].strip() == line.strip()
        below = [r for r in range(row + 1, self.size) if self.filled[r]][:_NEAR]
        edge, self.edge = self.edge, 0
        follows = any(self.is_data(r) for r in below)
        self.edge = edge
        return follows and (bool(same) or bool(corner(text)) or place > 0 or line[0] in (YEAR, DAY))

    def is_units(self, row: int) -> bool:
        """True for a row of units between the rows of a table."""
        line = self.kinds.rows[row]
        texts = [self.grid.text(row, c) for c, kind in enumerate(line) if kind == TEXT]
        return bool(texts) and all(spoken_unit(text) for text in texts)

    def top_of(self, row: int, last: int) -> int:
        """The first line of a table whose heading starts at a row: titles stand above it."""
        top = row
        while top - 1 > last and self.filled[top - 1] and not self.is_aside(top - 1):
            top -= 1
        return top

    def lead(self, first: int, start: int, edge: int) -> int:
        """The first line below the heading: a section may come before any figure."""
        for row in range(first - 1, start - 1, -1):
            line = self.kinds.rows[row]
            filled = [c for c, kind in enumerate(line) if kind != BLANK]
            text = self.grid.text(row, filled[0]) if filled else ""
            if len(filled) == 1 and filled[0] < edge and not (unit_line(text) or corner(text)):
                continue
            return row + 1 if len(filled) > 1 and FIGURE not in line else first
        return first

    def heading_above(self, first: int, start: int, edge: int) -> tuple[list[int], tuple[int, ...]]:
        """The rows of the heading above a body, and those that only number the columns."""
        rows: list[int] = []
        numbered: list[int] = []
        for row in range(first - 1, start - 1, -1):
            line = self.kinds.rows[row]
            if not self.filled[row]:
                if rows:
                    break
                continue
            filled = [c for c, kind in enumerate(line) if kind != BLANK]
            texts = [self.grid.text(row, c) for c in filled]
            if len(filled) == 1 and line[filled[0]] == FIGURE:
                continue
            if len(filled) > 1 and self.kinds.numbering(row):
                numbered.append(row)
            elif len(filled) > 1 and is_line(texts[0]) and corner(texts[0]) not in ROLES:
                continue
            elif self.ends_heading(filled, texts, edge, bool(rows)):
                break
            elif self.is_level(row, filled, texts, edge, bool(rows)):
                rows.insert(0, row)
            else:
                break
        return rows, tuple(numbered)

    def ends_heading(self, filled: list[int], texts: list[str], edge: int, below: bool) -> bool:
        """True for a line above a heading: of the table, its unit, or a title over labels."""
        if is_line(texts[0]) and corner(texts[0]) not in ROLES:
            return True
        if corner(texts[0]):
            return False
        over_labels = below and len(filled) > 1 and filled[-1] < edge
        return over_labels or any(unit_line(text) for text in texts)

    def is_level(
        self, row: int, filled: list[int], texts: list[str], edge: int, below: bool
    ) -> bool:
        """True for a row of a heading whose lower rows, if there are any, are `below` it."""
        if len(filled) > 1 and not self.is_setting(filled, texts, edge, below):
            return True
        if not below and corner(texts[0]):
            return True
        if len(filled) > 1 or (filled[0] > edge and printed_unit(texts[0], _MONEY)):
            return False
        return self.is_spread(row, filled[0], edge)

    def is_setting(self, filled: list[int], texts: list[str], edge: int, below: bool) -> bool:
        """True for two cells over the heading that are a word and its value: `Unit | %`."""
        if len(filled) != 2 or not below or filled[0] >= max(edge, 1):
            return False
        if role := corner(texts[0]):
            return role in SETTINGS
        return len(texts[0]) > _TITLE or printed_unit(texts[1], frozenset()) is not None

    def is_spread(self, row: int, column: int, edge: int) -> bool:
        """True for a single text over several columns of figures, and over them alone."""
        areas = [area for area in self.grid.row_areas(row) if area.left <= column <= area.right]
        if areas:
            return any(area.right > area.left and area.left >= max(edge, 1) for area in areas)
        return column >= max(edge, 1)


#: Words of lines that set something for the columns below them.
SETTINGS = frozenset({"unit", "frequency", "status", "ignored", "source", "part"})
#: What the caption of a column or of a row of the heading may say that its texts are.
ROLES = frozenset(
    {"indicator", "region", "industry", "period", "unit", "frequency", "status", "part"}
)


def is_line(text: str) -> bool:
    """True for the first cell of a row that only tells of the table: `Series ID`, 数据来源."""
    return key(text).lstrip("(（").startswith(_ignored_lines())


@cache
def _ignored_lines() -> tuple[str, ...]:
    return tuple(map(key, vocabulary().ignored_lines))
