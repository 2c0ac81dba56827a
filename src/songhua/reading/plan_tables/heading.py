"""The heading of a plan's table of indicators: which column holds what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from songhua.reading.plan_tables.plan_words import words
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.words import key, split_marks

#: A heading stands within so many rows.
ROWS = 20


@dataclass(frozen=True)
class Heading:
    """The columns of a plan's table of indicators, counted from 0; `last` is its last row."""

    last: int
    columns: Mapping[str, int] = field(default_factory=dict)
    years: Mapping[int, int] = field(default_factory=dict)

    @property
    def base(self) -> int | None:
        """The year that the plan starts from, if the table has it."""
        return min(self.years) if len(self.years) > 1 else None

    @property
    def target(self) -> int | None:
        """The year that the targets are for, if it is a column."""
        return max(self.years, default=None)

    @property
    def usable(self) -> bool:
        """True where names and numbers were found."""
        return "name" in self.columns and bool(self.years or {"growth", "sum"} & {*self.columns})

    @property
    def certain(self) -> bool:
        """True where it can be nothing else: it says of each indicator how far it binds."""
        return self.usable and "nature" in self.columns


def find_heading(grid: Grid) -> Heading | None:
    """The heading of a table of indicators: one row, or two of which the first is merged.

    >>> grid = Grid([["指标", "单位", "2020年", "2025年", "年均增速[累计]", "属性"]])
    >>> found = find_heading(grid)
    >>> found.base, found.target, found.columns["growth"], found.certain
    (2020, 2025, 4, True)
    """
    best: Heading | None = None
    for row in range(min(len(grid.cells), ROWS)):
        for depth in (1, 2):
            heading = _heading(grid, row, depth)
            if heading.usable and (best is None or _column_count(heading) > _column_count(best)):
                best = heading
    return best


def _column_count(heading: Heading) -> int:
    return len(heading.columns) + len(heading.years)


def _heading(grid: Grid, row: int, depth: int) -> Heading:
    columns: dict[str, int] = {}
    years: dict[int, int] = {}
    for column in range(grid.width):
        texts = [key(split_marks(grid.area_text(row + n, column))[0]) for n in range(depth)]
        text = "".join(dict.fromkeys(texts)).replace(" ", "")
        role = _role(text)
        if role.isdigit():
            years.setdefault(int(role), column)
        elif role:
            columns.setdefault(role, column)
    return Heading(row + depth - 1, columns, years)


@cache
def _role(text: str) -> str:
    """Content of a column: a role, a year, or blank."""
    headings, beside = words().heading, words().year
    for role in ("name", "unit", "nature"):
        if text in [key(word).replace(" ", "") for word in headings[role]]:
            return role
    year = re.fullmatch(rf"{beside}(\d{{4}}){beside}", text, re.ASCII)
    if year:
        return year[1]
    for role, of in (("growth", "growth"), ("sum", "cumulative")):
        if any(key(word).replace(" ", "") in text for word in headings[of]):
            return role
    return ""
