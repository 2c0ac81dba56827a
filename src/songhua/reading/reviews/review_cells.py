"""The cells that a department filled in: read, and every one that is wrong named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from songhua.checks.values import DECIMAL
from songhua.errors import Fault, SonghuaError
from songhua.labels import parse_unit, parse_when
from songhua.reading.reviews import form
from songhua.reading.reviews.fault_kinds import (
    ReviewChoice,
    ReviewDate,
    ReviewDateFuture,
    ReviewDateNotDone,
    ReviewDoneUndated,
    ReviewEvidenceMissing,
    ReviewKindMissing,
    ReviewNegative,
    ReviewNotANumber,
    ReviewNotAsked,
    ReviewNotWhole,
    ReviewQualifierInside,
    ReviewStateMissing,
    ReviewTextLong,
    ReviewTooLong,
    ReviewUnitInside,
    ReviewValueMissing,
)
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.numbers import cell_text

LONGEST = 2000


@dataclass(frozen=True)
class IssuedLine:
    """A line of the sheet as it was issued: its sort, its place in the folder, its fixed words."""

    sort: str
    place: dict[str, str]
    fixed: tuple[str, ...]


@dataclass(frozen=True)
class Reader:
    """Reader of the cells of a sheet; `faulty_cells` have a fault that is named already."""

    grid: Grid
    lang: str
    today: date
    faulty_cells: frozenset[tuple[int, int]]
    note: Callable[[Fault, int, int], None]

    def answers(self, row: int, line: IssuedLine) -> dict[str, str]:
        """Texts of an item's open cells, by column; blank ones are left out."""
        answers: dict[str, str] = {}
        for name, column in self._filled(row):
            if name not in form.OPEN_COLUMNS[line.sort]:
                self.note(ReviewNotAsked(text=self._short(row, column)), row, column)
                continue
            text = self._cell(name, row, column, line)
            if text:
                answers[name] = text
        self._together(row, line, answers)
        return answers

    def _filled(self, row: int) -> Iterator[tuple[str, int]]:
        for at, name in enumerate(form.FILLED):
            column = len(form.FIXED) + at
            text = self.grid.text(row, column)
            if text or (row, column) in self.faulty_cells:
                yield name, column

    def _short(self, row: int, column: int) -> str:
        return self.grid.text(row, column)[:80]

    def _cell(self, name: str, row: int, column: int, line: IssuedLine) -> str:
        """One open cell as the folder keeps it; a mark of its being filled where it is wrong."""
        if (row, column) in self.faulty_cells:
            return "?"
        if name == "value":
            return self._value(row, column, line)
        text = self._short(row, column)
        if name in form.LISTS:
            words = form.choices(name, self.lang)
            if text not in words:
                self.note(ReviewChoice(text=text, choices=tuple(words)), row, column)
            return words.get(text, "?")
        if name == "done_on":
            return self._date(row, column)
        whole = self.grid.text(row, column)
        if len(whole) > LONGEST:
            self.note(ReviewTextLong(n=len(whole), most=LONGEST), row, column)
        return re.sub(r"\s+", " ", whole)

    def _value(self, row: int, column: int, line: IssuedLine) -> str:
        unit, words = line.place["unit"], line.fixed[form.FIXED.index("unit")]
        cell, text = self.grid.cell(row, column), self._short(row, column)
        number = self.grid.number(row, column, None, comma=False)
        if number is None or number.blank is not None or number.status or isinstance(cell, bool):
            self.note(_no_number(cell)(text=text, unit=words), row, column)
        elif number.unit and number.unit != unit:
            self.note(ReviewUnitInside(text=text, unit=words), row, column)
        elif number.qualifier:
            self.note(ReviewQualifierInside(text=text), row, column)
        elif not re.match(DECIMAL, number.value):
            self.note(ReviewTooLong(text=text), row, column)
        elif parse_unit(unit).counted and "." in number.value:
            self.note(ReviewNotWhole(text=text, unit=words), row, column)
        elif parse_unit(unit).counted and number.value.startswith("-"):
            self.note(ReviewNegative(text=text, unit=words), row, column)
        else:
            return number.value.removeprefix("+")
        return "?"

    def _date(self, row: int, column: int) -> str:
        cell: Any = self.grid.cell(row, column)
        if isinstance(cell, datetime):
            cell = cell.date()
        text = cell.isoformat() if isinstance(cell, date) else cell_text(cell)
        try:
            when = parse_when(text)
        except SonghuaError:
            self.note(ReviewDate(text=text[:80]), row, column)
            return "?"
        if when.start > self.today:
            self.note(ReviewDateFuture(text=text, today=self.today.isoformat()), row, column)
        return text

    def _together(self, row: int, line: IssuedLine, answers: dict[str, str]) -> None:
        """Note answers that lack another one that they demand."""
        if not answers:
            return

        def miss(fault: Fault, name: str) -> None:
            self.note(fault, row, form.COLUMNS.index(name))

        if line.sort == "figure":
            if "value" not in answers:
                miss(ReviewValueMissing(), "value")
            elif "kind" not in answers:
                miss(ReviewKindMissing(), "kind")
            return
        state = answers.get("state")
        if state is None:
            miss(ReviewStateMissing(), "state")
        elif state == "done" and "done_on" not in answers:
            miss(ReviewDoneUndated(), "done_on")
        elif state not in ("done", "?") and "done_on" in answers:
            miss(ReviewDateNotDone(), "done_on")
        if state == "done" and "evidence" not in answers:
            miss(ReviewEvidenceMissing(), "evidence")


def _no_number(cell: Any) -> type[ReviewNotANumber | ReviewTooLong | ReviewUnitInside]:
    """The reason why a cell is no number: a unit behind it, too many digits, or no number at all.

    >>> _no_number("12 firms").code, _no_number("many").code
    ('review_unit_inside', 'review_not_a_number')
    """
    text = cell.strip()[:80] if isinstance(cell, str) else ""
    if re.fullmatch(r"[-+]?[\d.,]+", text):
        return ReviewTooLong
    return ReviewUnitInside if re.match(r"\D*[\d.,\s]+\D+$", text) else ReviewNotANumber
