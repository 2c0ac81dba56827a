"""Workbooks and texts from rows of cells: bytes as an office would send them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlwt
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Made = tuple[str, bytes]
Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Formatted:
    """A cell's value with the number format that shows it."""

    value: float | date
    number_format: str


def workbook(sheets: Mapping[str, Rows]) -> Workbook:
    """An .xlsx workbook, to be marked further before it is saved."""
    book = Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row, 1):
                _write(sheet, r, c, value)
    return book


def _write(sheet: Worksheet, row: int, column: int, value: object) -> None:
    if value is None or value == "":
        return
    cell: Any = sheet.cell(row, column)
    if isinstance(value, Formatted):
        cell.value, cell.number_format = value.value, value.number_format
    else:
        cell.value = value


def saved(book: Workbook) -> bytes:
    """The bytes of an .xlsx workbook."""
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def xls(sheets: Mapping[str, Rows], merged: Iterable[tuple[int, int, int, int]] = ()) -> bytes:
    """The bytes of a BIFF workbook; `merged` on the first sheet: rows and columns from 0."""
    book = xlwt.Workbook(encoding="utf-8")
    spans = {(top, left): (top, bottom, left, right) for top, bottom, left, right in merged}
    for number, (name, rows) in enumerate(sheets.items()):
        sheet = book.add_sheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is None or value == "":
                    continue
                style = xlwt.XFStyle()
                if isinstance(value, Formatted):
                    style.num_format_str, value = value.number_format, value.value
                if not number and (r, c) in spans:
                    sheet.write_merge(*spans[r, c], value, style)
                else:
                    sheet.write(r, c, value, style)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def separated(rows: Rows, encoding: str, separator: str = ",", end: str = "\r\n") -> bytes:
    """The bytes of a text of separated values; cells are written as they stand."""
    held = io.StringIO()
    csv.writer(held, delimiter=separator, lineterminator=end).writerows(rows)
    return held.getvalue().encode(encoding)
