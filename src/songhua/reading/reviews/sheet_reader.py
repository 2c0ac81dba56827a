"""A filled sheet against the sheet as it was issued: all its faults, or what was reported."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from songhua import messages
from songhua.errors import Fault
from songhua.reading.reviews import form
from songhua.reading.reviews.fault_kinds import (
    ReviewDepartmentChanged,
    ReviewError,
    ReviewFixedChanged,
    ReviewFormula,
    ReviewHeading,
    ReviewMarkerChanged,
    ReviewMarkerMissing,
    ReviewMerged,
    ReviewNothing,
    ReviewOtherRegion,
    ReviewOutside,
    ReviewPeriodChanged,
    ReviewReporterMissing,
    ReviewRowMissing,
    ReviewRowMoved,
    ReviewRowRepeats,
    ReviewRowUnknown,
    ReviewSheetExtra,
    ReviewSheetMissing,
    ReviewUnitChanged,
    ReviewVersion,
)
from songhua.reading.reviews.items import PLACE
from songhua.reading.reviews.review_cells import IssuedLine, Reader
from songhua.reading.sheets.faults import Faults, letters
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.workbook import read_workbook

FIXED = range(len(form.FIXED))
NAMES = range(3)  # sort, name and asked tell a line where other cells were changed


@dataclass
class Sheet:
    """A sheet that is being read: its facts, the lines issued, and the faults found so far.

    `at` has the row of the visible sheet of each of the `rows` that were answered.
    """

    file: str
    facts: Mapping[str, str] = field(default_factory=dict)
    lines: list[IssuedLine] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    reporter: str = ""
    faults: list[Fault] = field(default_factory=list)
    tab: str = form.tab(messages.BASE)

    def note(self, fault: Fault, row: int | None = None, column: int = 0) -> None:
        """A fault at a cell of the visible sheet, counted from 0."""
        place = "" if row is None else f"!{letters(column)}{row + 1}"
        self.faults.append(fault.at(self.file, None, f"{self.tab}{place}"))


#: The names of the sheets of a review sheet.
TABS = {form.MARK, *map(form.tab, messages.LANGUAGES)}


def recognised(data: bytes) -> bool:
    """True for a file that is a review sheet, also one whose hidden part was taken out."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    grid = read_workbook(data, "", Faults(""))
    return grid is not None and not TABS.isdisjoint((grid.sheet, *grid.other_sheets))


def read(data: bytes, file: str, region: str, today: date) -> Sheet:
    """The answers of a filled sheet, a row an item answered, or all its faults.

    Cells that were locked are held against the hidden sheet, so that a changed unit, a moved or
    repeated row or another period is seen.
    """
    sheet = Sheet(file)
    hidden = read_workbook(data, form.MARK, Faults(file))
    if hidden is None:
        sheet.note(ReviewMarkerMissing())
        return sheet
    _facts(sheet, hidden, region)
    if not sheet.faults and (own := form.tab(sheet.facts["lang"])) in hidden.other_sheets:
        sheet.tab = own  # one issued by an earlier version has that of the base language
    visible = None if sheet.faults else read_workbook(data, sheet.tab, Faults(file))
    if visible is None:
        if not sheet.faults:
            sheet.note(ReviewSheetMissing())
        return sheet
    _head(sheet, visible)
    _above(sheet, visible)
    _frame(sheet, visible)
    not_typed = visible.not_typed()
    for (row, column), kind in sorted(not_typed.items()):
        sheet.note(ReviewFormula() if kind == "formula" else ReviewError(), row, column)
    reader = Reader(visible, sheet.facts["lang"], today, frozenset(not_typed), sheet.note)
    before = len(sheet.faults)
    for row, line in matched(sheet, visible):
        if answers := reader.answers(row, line):
            sheet.rows.append({"sort": line.sort, **line.place, **answers})
            sheet.at.append(row)
    if not sheet.rows and len(sheet.faults) == before and not not_typed:
        sheet.note(ReviewNothing(), form.FIRST, len(form.FIXED))
    return sheet


def _facts(sheet: Sheet, hidden: Grid, region: str) -> None:
    """The facts and lines of the hidden sheet; one that was changed is not read on."""
    names = tuple(hidden.text(row, 0) for row in range(len(form.FACTS)))
    values = [hidden.text(row, 1) for row in range(len(form.FACTS))]
    sheet.facts = dict(zip(form.FACTS, values, strict=True))
    width = 1 + len(PLACE) + len(form.FIXED)
    lines = [
        [hidden.text(row, column) for column in range(width)]
        for row in range(form.HIDDEN_FIRST, len(hidden.cells))
    ]
    if names == form.FACTS and values[0] != form.VERSION:
        sheet.note(ReviewVersion(found=values[0], wanted=form.VERSION))
    elif names != form.FACTS or form.digest([values[:-1], *lines]) != values[-1]:
        sheet.note(ReviewMarkerChanged())
    elif sheet.facts["region"] != region:
        sheet.note(ReviewOtherRegion(found=sheet.facts["region"], wanted=region))
    else:
        sheet.lines = [
            IssuedLine(sort, dict(zip(PLACE, cells, strict=False)), tuple(cells[len(PLACE) :]))
            for sort, *cells in lines
        ]


def _head(sheet: Sheet, grid: Grid) -> None:
    """The reporter, the period, and the headings of the columns."""
    at = form.ANSWER_COLUMN
    sheet.reporter = grid.text(form.REPORTER_ROW, at)
    if not sheet.reporter:
        sheet.note(ReviewReporterMissing(), form.REPORTER_ROW, at)
    for row, kind, name in (
        (form.PERIOD_ROW, ReviewPeriodChanged, "review"),
        (form.DEPARTMENT_ROW, ReviewDepartmentChanged, "department"),
    ):
        text, wanted = grid.text(row, at), sheet.facts[name]
        if text not in (wanted, form.shown(name, wanted, sheet.facts["lang"])):
            sheet.note(kind(found=text[:80], wanted=wanted), row, at)
    for column, wanted in enumerate(form.headings(sheet.facts["lang"])):
        text = grid.text(form.HEADING, column)
        if text != wanted:
            sheet.note(ReviewHeading(found=text[:80], wanted=wanted), form.HEADING, column)


def _above(sheet: Sheet, grid: Grid) -> None:
    """Cells above the headings that the form does not have, and words there that are others.

    The title and the line below it hold no answer; a number in their place was meant as one.
    """
    words = form.above(sheet.facts["lang"])
    answers = {(row, form.ANSWER_COLUMN) for row, column in words if row >= form.REPORTER_ROW}
    for row in range(min(form.HEADING, len(grid.cells))):
        for column in grid.filled(row):
            text, wanted = grid.text(row, column), words.get((row, column))
            if wanted is None and (row, column) not in answers:
                sheet.note(ReviewOutside(text=text[:80]), row, column)
            elif (
                wanted is not None
                and text != wanted
                and (row >= form.REPORTER_ROW or grid.number(row, column, None, comma=False))
            ):
                sheet.note(ReviewFixedChanged(found=text[:80], wanted=wanted), row, column)


def _frame(sheet: Sheet, grid: Grid) -> None:
    """Merged cells, cells outside the form, and sheets that were added."""
    for area in grid.merged:
        if area.bottom >= form.HEADING:
            sheet.note(ReviewMerged(), area.top, area.left)
    for row in range(form.HEADING, len(grid.cells)):
        for column in grid.filled(row):
            if column >= len(form.COLUMNS):
                sheet.note(ReviewOutside(text=grid.text(row, column)[:80]), row, column)
    for name in grid.other_sheets:
        if name != form.MARK:
            sheet.faults.append(ReviewSheetExtra(sheet.file, None, name))


def matched(sheet: Sheet, grid: Grid) -> list[tuple[int, IssuedLine]]:
    """The rows with the lines they are; rows changed, moved, repeated, unknown or gone are told."""
    unmatched = _UnmatchedLines(sheet.lines)
    pairs: list[tuple[int, int]] = []
    for row in range(form.FIRST, len(grid.cells)):
        cells = tuple(grid.text(row, column) for column in FIXED)
        if not any(cells):
            _alone(sheet, grid, row)
            continue
        line = unmatched.take(cells, row - form.FIRST)
        if line is not None:
            pairs.append((row, line))
            _changed(sheet, row, cells, sheet.lines[line].fixed)
        else:
            again = _names_of(cells) in unmatched.by_names
            kind = ReviewRowRepeats if again else ReviewRowUnknown
            sheet.note(kind(text=cells[1][:80]), row, 1)
    _moved(sheet, pairs)
    for line in sorted(unmatched.lines):
        sheet.note(ReviewRowMissing(text=sheet.lines[line].fixed[1]), form.FIRST + line, 1)
    return [(row, sheet.lines[line]) for row, line in pairs]


class _UnmatchedLines:
    """The lines that no row was found to be yet, by all their fixed cells and by their names."""

    def __init__(self, lines: Sequence[IssuedLine]) -> None:
        self.fixed = [line.fixed for line in lines]
        self.lines = set(range(len(lines)))
        self.by_cells: dict[tuple[str, ...], deque[int]] = {}
        self.by_names: dict[tuple[str, ...], deque[int]] = {}
        for line, fixed in enumerate(self.fixed):
            self.by_cells.setdefault(fixed, deque()).append(line)
            self.by_names.setdefault(_names_of(fixed), deque()).append(line)

    def take(self, cells: tuple[str, ...], at: int) -> int | None:
        """The line that a row is: by all its fixed cells, by its names, or by most at its place."""
        for alike in (self.by_cells.get(cells), self.by_names.get(_names_of(cells))):
            while alike:
                line = alike.popleft()
                if line in self.lines:
                    self.lines.remove(line)
                    return line
        if at in self.lines and _mostly(cells, self.fixed[at]):
            self.lines.remove(at)
            return at
        return None


def _mostly(cells: tuple[str, ...], fixed: tuple[str, ...]) -> bool:
    """True where half the filled cells of a line, or more, are as they were."""
    alike = sum(a == b != "" for a, b in zip(cells[1:], fixed[1:], strict=True))
    return alike * 2 >= sum(bool(text) for text in fixed[1:])


def _names_of(fixed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fixed[at] for at in NAMES)


def _changed(sheet: Sheet, row: int, cells: tuple[str, ...], fixed: tuple[str, ...]) -> None:
    """Locked cells that are not as they were."""
    for column, (is_, was) in enumerate(zip(cells, fixed, strict=True)):
        if is_ != was:
            unit = form.FIXED[column] == "unit"
            kind = ReviewUnitChanged if unit else ReviewFixedChanged
            sheet.note(kind(found=is_[:80], wanted=was[:80]), row, column)


def _moved(sheet: Sheet, pairs: list[tuple[int, int]]) -> None:
    """Add a fault for each row that was issued before the row above it."""
    last = -1
    for row, line in pairs:
        if line < last:
            text = sheet.lines[line].fixed[1][:80]
            sheet.note(ReviewRowMoved(text=text, was=form.FIRST + line + 1), row, 1)
        last = max(last, line)


def _alone(sheet: Sheet, grid: Grid, row: int) -> None:
    """Answers in a row that asks nothing."""
    for column in range(len(form.FIXED), len(form.COLUMNS)):
        if text := grid.text(row, column):
            sheet.note(ReviewOutside(text=text[:80]), row, column)
