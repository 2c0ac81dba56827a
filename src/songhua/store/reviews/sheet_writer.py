"""Writing the sheets: one workbook a department, with only what is to be filled in unlocked."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from songhua import messages
from songhua.errors import SonghuaError, extra
from songhua.labels import Period, parse_period
from songhua.plan import Plan
from songhua.reading.reviews import form
from songhua.reading.reviews.fault_kinds import ReviewNoPlan, ReviewNothingAsked
from songhua.reading.reviews.items import PLACE, Item, items
from songhua.region import Region
from songhua.store.outputs import write_outputs

WIDTHS = (10, 34, 34, 40, 30, 14, 12, 12, 12, 14, 12, 26, 26)


def issue(
    region: Region, plan: Plan | None, period: str, target: Path, lang: str, replace: bool = False
) -> list[Path]:
    """Write `DEPARTMENT.xlsx` for each department that has something to report.

    A sheet there that was filled in, or anything else that is not songhua's, is kept unless it is
    to be replaced.

    Raises:
        SonghuaError: `review_no_plan`; `output_kept`; `review_nothing_asked`; `period_unreadable`;
            `extra_missing`, where xlsxwriter is not installed.
    """
    review = parse_period(period)
    if plan is None:
        raise SonghuaError(ReviewNoPlan("plan/plan.toml"))
    items_by_department: dict[str, list[Item]] = {}
    for item in items(region, plan, review, lang):
        items_by_department.setdefault(item.department, []).append(item)
    if not items_by_department:
        raise SonghuaError(ReviewNothingAsked(period=period))
    books: dict[str, bytes] = {}
    for department, own_items in items_by_department.items():
        name = _file(department, lang)
        while name in books:
            name += "-2"
        books[name] = workbook(region, review, department, own_items, lang)
    return write_outputs({target / f"{name}.xlsx": data for name, data in books.items()}, replace)


def one_sheet(
    region: Region, plan: Plan | None, period: str, department: str, lang: str
) -> tuple[str, bytes]:
    """The name of one department's sheet, and the workbook.

    Raises:
        SonghuaError: as `issue`.
    """
    review = parse_period(period)
    if plan is None:
        raise SonghuaError(ReviewNoPlan("plan/plan.toml"))
    every = items(region, plan, review, lang)
    own_items = [item for item in every if item.department == department]
    if not own_items:
        raise SonghuaError(ReviewNothingAsked(period=period))
    book = workbook(region, review, department, own_items, lang)
    return f"{_file(department, lang)}.xlsx", book


def _file(department: str, lang: str) -> str:
    """A department's name as the name of a file."""
    name = department or messages.word("review_no_department", lang)
    return re.sub(r"[^\w]+", "-", name).strip("-")[:60] or "department"


def workbook(
    region: Region, review: Period, department: str, own_items: Sequence[Item], lang: str
) -> bytes:
    """A department's sheet, and behind it a hidden one by which it is known again."""
    xlsxwriter = extra("excel", "xlsxwriter")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    try:
        _visible(book, region, review, department, own_items, lang)
        _hidden(book, region, review, department, own_items, lang)
    finally:
        book.close()
    return out.getvalue()


def cells(item: Item, lang: str) -> list[str]:
    """The words of an item's fixed cells."""
    sort = messages.choice("review_sort", item.sort, lang)
    return [sort, item.name, item.asked, item.definition, item.last, item.unit]


def _visible(
    book: Any, region: Region, review: Period, department: str, own_items: Sequence[Item], lang: str
) -> None:
    page = book.add_worksheet(form.tab(lang))
    fixed = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C8CED4"}
    style = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({**fixed, "bold": True, "bg_color": "#0B5C8F", "color": "white"}),
        "fixed": book.add_format({**fixed, "bg_color": "#F2F4F6"}),
        "open": book.add_format({**fixed, "bg_color": "#FFF8DC", "locked": False}),
        "text": book.add_format(
            {**fixed, "bg_color": "#FFF8DC", "locked": False, "num_format": "@"}
        ),
    }
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    for (row, column), text in form.above(lang, region.name(lang)).items():
        look = (style["title"], None)[row] if row < form.REPORTER_ROW else style["fixed"]
        page.write_string(row, column, text, look)
    facts = (
        (form.REPORTER_ROW, "", "text"),
        (form.PERIOD_ROW, form.shown("review", str(review), lang), "fixed"),
        (form.DEPARTMENT_ROW, department, "fixed"),
    )
    for row, text, kind in facts:
        page.write_string(row, form.ANSWER_COLUMN, text, style[kind])
    for column, text in enumerate(form.headings(lang)):
        page.write_string(form.HEADING, column, text, style["head"])
    for at, item in enumerate(own_items):
        _line(page, form.FIRST + at, item, style, lang)
    page.protect("", {"format_columns": True, "format_rows": True})
    page.freeze_panes(form.FIRST, 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(form.HEADING)


def _line(page: Any, row: int, item: Item, style: Mapping[str, object], lang: str) -> None:
    """One item: the known facts, then the cells to fill, with their lists."""
    for column, text in enumerate(cells(item, lang)):
        page.write_string(row, column, text, style["fixed"])
    for at, name in enumerate(form.FILLED):
        column = len(form.FIXED) + at
        if name not in form.OPEN_COLUMNS[item.sort]:
            page.write_blank(row, column, None, style["fixed"])
            continue
        page.write_blank(row, column, None, style["open" if name == "value" else "text"])
        if name in form.LISTS:
            listed = list(form.choices(name, lang))
            page.data_validation(
                row,
                column,
                row,
                column,
                {
                    "validate": "list",
                    "source": listed,
                    "error_title": messages.word("review_list_title", lang),
                    "error_message": messages.word("review_list_how", lang),
                },
            )


def _hidden(
    book: Any, region: Region, review: Period, department: str, own_items: Sequence[Item], lang: str
) -> None:
    """The facts by which the sheet is known again, and every fixed cell as it was issued."""
    page = book.add_worksheet(form.MARK)
    lines = [
        [item.sort, *(item.place.get(name, "") for name in PLACE), *cells(item, lang)]
        for item in own_items
    ]
    facts = [form.VERSION, region.code, str(review), department, lang]
    values = [*facts, form.digest([facts, *lines])]
    for row, (name, value) in enumerate(zip(form.FACTS, values, strict=True)):
        page.write_string(row, 0, name)
        page.write_string(row, 1, value)
    for at, line in enumerate(lines):
        for column, text in enumerate(line):
            page.write_string(form.HIDDEN_FIRST + at, column, text)
    page.protect()
    page.very_hidden()
