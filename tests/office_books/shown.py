"""The text that a person sees in each cell of a file, read with the usual libraries alone."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import Any

import openpyxl
import xlrd

from office_books.truths import letters

ERRORS = {0x2A: "#N/A"}
SEPARATORS = {"csv": ",;", "tsv": "\t"}


@dataclass(frozen=True)
class Cell:
    """A cell as displayed, and the number stored in it (None where it holds none)."""

    text: str
    stored: Decimal | None = None


def cells(name: str, data: bytes) -> Mapping[str, Cell]:
    """The filled cells of a file, by their address."""
    ending = name.rpartition(".")[2]
    reader = {"xlsx": _of_xlsx, "xls": _of_xls, "json": _of_json}.get(ending)
    return reader(data) if reader else _of_text(data, SEPARATORS[ending])


def _of_xlsx(data: bytes) -> dict[str, Cell]:
    book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    return {
        f"{sheet.title}!{cell.coordinate}": _cell(cell.value, cell.number_format)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def _of_xls(data: bytes) -> dict[str, Cell]:
    book = xlrd.open_workbook(file_contents=data, formatting_info=True)
    filled: dict[str, Cell] = {}
    for sheet in book.sheets():
        for r, c in product(range(sheet.nrows), range(sheet.ncols)):
            cell = sheet.cell(r, c)
            if cell.ctype in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
                continue
            value: Any = cell.value
            if cell.ctype == xlrd.XL_CELL_ERROR:
                value = ERRORS[value]
            elif cell.ctype == xlrd.XL_CELL_DATE:
                value = xlrd.xldate_as_datetime(value, book.datemode)
            style = book.format_map[book.xf_list[cell.xf_index or 0].format_key].format_str
            filled[f"{sheet.name}!{letters(c + 1)}{r + 1}"] = _cell(value, style)
    return filled


def _of_text(data: bytes, separators: str) -> dict[str, Cell]:
    text = data.decode(encoding(data))
    separator = max(separators, key=text.count)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return {
        f"{letters(c)}{r}": Cell(value)
        for r, record in enumerate(records, 1)
        for c, value in enumerate(record, 1)
        if value
    }


def encoding(data: bytes) -> str:
    """The encoding in which a text's words are words: Windows-1252 has Umlauts, no Chinese."""
    for name in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if name == "utf-8-sig" or len(re.findall("[\u4e00-\u9fff]{3}", text)) > 2:
            return name
    return "cp1252"


def _of_json(data: bytes) -> dict[str, Cell]:
    values = json.loads(data, parse_float=str, parse_int=str)["value"]
    named = values.items() if isinstance(values, dict) else enumerate(values)
    return {f"value[{key}]": Cell(text) for key, text in named if text is not None}


def _cell(value: object, number_format: str) -> Cell:
    if isinstance(value, date):
        return Cell(f"{value:%Y-%m-%d}")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return Cell(str(value))
    number = Decimal(repr(value))
    return Cell(_displayed(number, number_format), number)


def _displayed(number: Decimal, number_format: str) -> str:
    """A number under a format of digits, thousands, scaling commas and per cent.

    >>> _displayed(Decimal("123456"), "0.0,"), _displayed(Decimal("0.058"), "0.0%")
    ('123.5', '5.8%')
    """
    if number_format in {"General", "@"}:
        return f"{number.normalize():f}"
    plain = re.sub(r'"[^"]*"|\\.|_.', "", number_format.partition(";")[0])
    commas = len(plain.rstrip("%")) - len(plain.rstrip("%").rstrip(","))
    decimals = len(re.sub("[^0#]", "", plain.partition(".")[2]))
    number = number * (100 if "%" in plain else 1) / 1000**commas
    rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "#,#" in plain else f"{rounded:f}"
    return text + ("%" if "%" in plain else "")
