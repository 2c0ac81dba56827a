"""A department's answers typed into a form: the same fields and checks as on its sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from songhua.errors import Fault
from songhua.labels import parse_period
from songhua.messages import choice
from songhua.reading.reviews import form
from songhua.reading.reviews.fault_kinds import ReviewNothingTyped, ReviewReporterMissing
from songhua.reading.reviews.items import PLACE, Item, items
from songhua.reading.reviews.review_cells import IssuedLine, Reader
from songhua.reading.reviews.sheet_reader import Sheet
from songhua.reading.sheets.grid import Grid
from songhua.store.case import Case
from songhua.store.imports import Import
from songhua.store.port import Store
from songhua.store.reviews.sheet_import import take_form
from songhua.store.reviews.sheet_writer import cells

#: The name of a form, in the place of a sheet's.
ONLINE = "online"


@dataclass(frozen=True)
class Answers:
    """Answers for a department and a period: by item's key texts by open column.

    A word of a list is its value, as `actual`.
    """

    department: str
    period: str
    reporter: str
    typed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def answer(store: Store, answers: Answers, lang: str, received: datetime) -> Import:
    """Append what was answered to `reviews/`.

    Raises:
        SonghuaError: every fault of the folder and of the answers; that of an answer has as its
            column the item's key, a line break, and the name of the field; that of the reporter
            has `reporter`. Nothing is written then.
    """
    return take_form(store, ONLINE, received, lambda case: _sheet(case, answers, lang, received))


def own_items(case: Case, department: str, period: str, lang: str) -> list[Item]:
    """The items that a department is asked for a period."""
    all_items = items(case.region, case.plan, parse_period(period), lang) if case.plan else []
    return [item for item in all_items if item.department == department]


def _sheet(case: Case, typed: Answers, lang: str, received: datetime) -> Sheet:
    """The answers as the reader of sheets takes them, and every fault at its field."""
    questions = own_items(case, typed.department, typed.period, lang)
    facts = {"review": str(parse_period(typed.period)), "department": typed.department}
    sheet = _Typed(ONLINE, facts, reporter=typed.reporter.strip(), keys=[q.key for q in questions])
    if not sheet.reporter:
        sheet.note(ReviewReporterMissing(), form.REPORTER_ROW, form.ANSWER_COLUMN)
    lines = [_line(item, typed.typed.get(item.key, {}), lang) for item in questions]
    grid = Grid([[""]] * form.FIRST + lines)
    reader = Reader(grid, lang, received.date(), frozenset(), sheet.note)
    for at, item in enumerate(questions):
        place = {name: item.place.get(name, "") for name in PLACE}
        fixed = tuple(cells(item, lang))
        if reported := reader.answers(form.FIRST + at, IssuedLine(item.sort, place, fixed)):
            sheet.rows.append({"sort": item.sort, **place, **reported})
            sheet.at.append(form.FIRST + at)
    if not sheet.rows and not sheet.faults:
        sheet.faults.append(ReviewNothingTyped())
    return sheet


def _line(item: Item, typed: Mapping[str, str], lang: str) -> Sequence[str]:
    """An item as a row of the sheet: its fixed words, then what was typed."""
    texts = [
        choice(form.CATALOGUE[name], text, lang) if name in form.LISTS and text else text
        for name in form.FILLED
        for text in [typed.get(name, "").strip()]
    ]
    return [*cells(item, lang), *texts]


@dataclass
class _Typed(Sheet):
    """A sheet whose cells were typed into a form: its faults stand at the fields of that."""

    keys: Sequence[str] = ()

    def note(self, fault: Fault, row: int | None = None, column: int = 0) -> None:
        """A fault at the field that a cell is."""
        at = (row or 0) - form.FIRST
        place = f"{self.keys[at]}\n{form.COLUMNS[column]}" if at >= 0 else "reporter"
        self.faults.append(fault.at(column=place))
