"""A cell as a number: its text with the decimals shown, its qualifier, its marks, its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from songhua.errors import Fault
from songhua.grammar.numerals import numeral_at
from songhua.reading.sheets.fault_kinds import (
    ImportDecimalsMany,
    ImportFormulaUnstored,
    ImportNotANumber,
)
from songhua.reading.sheets.flags import split_flags, status_alone
from songhua.reading.sheets.words import blank_marks, key, split_marks, tidy, words

PLAIN = re.compile(r"[+-]?\d{1,15}(\.\d{1,12})?", re.ASCII)
_COMMA = re.compile(r"([+-]?\d{1,3}(?:[ .'’]?\d{3})*)(?:,(\d+))?", re.ASCII)
Cell = str | float | int | bool | date | time | timedelta


@dataclass(frozen=True, slots=True)
class Number:
    """A cell as a number. `blank` names the mark of a cell that holds no figure.

    `status` is what a flag says of the number, or of its absence: `provisional`, `revised`,
    `estimated`, `forecast`, `break`, `differs` (in definition), `unreliable`, `not_significant`,
    `absent`, `suppressed`, `not_applicable`, `too_small`, `error`; several are parted by a space.
    The flag itself stands among the marks.
    """

    value: str = ""
    qualifier: str = ""
    unit: str = ""
    marks: str = ""
    blank: str | None = None
    status: str = ""


def cell_text(cell: Cell) -> str:
    """Any cell as text; a whole number without a point, a day as a date.

    A workbook keeps about 15 digits of a number and shows no more.

    >>> cell_text(2020.0), cell_text(0.1 + 0.2), cell_text(date(2020, 1, 31))
    ('2020', '0.3', '2020-01-31')
    """
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float | int):
        return _digits(Decimal(format(cell, ".15g"))) if abs(cell) < 1e300 else str(cell)
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    return str(cell)


def _digits(number: Decimal) -> str:
    return format(number.normalize(), "f") if number else "0"


@cache
def _qualifiers() -> list[tuple[str, str, bool]]:
    qualifiers = [
        (key(word), name, spellings is before)
        for name, (before, after) in words().qualifiers.items()
        for spellings in (before, after)
        for word in spellings
    ]
    return sorted(qualifiers, key=lambda qualifier: -len(qualifier[0]))


def _split_qualifier(text: str) -> tuple[str, str]:
    if PLAIN.fullmatch(text):
        return text, ""
    for word, name, before in _qualifiers():
        if before and text.startswith(word):
            return text.removeprefix(word).strip(" :"), name
        if not before and text.endswith(word):
            return text.removesuffix(word).strip(), name
    return text, ""


def _split_sign(text: str) -> tuple[str, str]:
    for sign, spellings in words().signs.items():
        for word in spellings:
            if text.startswith(word):
                return text.removeprefix(word).strip(), sign
            if text.endswith(word) and word in "↑↓":
                return text.removesuffix(word).strip(), sign
    return text, ""


def _plain(text: str, comma: bool) -> str | None:
    """Digits with a point, and nothing between them; None if it is no number."""
    text = re.sub(r"^[−–](?=[\d.])", "-", text)
    text = re.sub(r"^([+-]?)\.(?=\d)", r"\g<1>0.", re.sub(r"^([+-])\s+", r"\1", text))
    if bracketed := re.fullmatch(r"\((\d.*)\)", text):
        text = f"-{bracketed[1]}"
    if comma:
        match = _COMMA.fullmatch(text)
        if match is None:
            return None
        whole = re.sub(r"[ .'’]", "", match[1])
        text = f"{whole}.{match[2]}" if match[2] else whole
    elif not PLAIN.fullmatch(text):
        text = _in_grammar(text)
    return text.removeprefix("+") if PLAIN.fullmatch(text) else None


def _in_grammar(text: str) -> str:
    """A number in digits with marks between thousands or an exponent, without them."""
    if re.fullmatch(r"[+-]?\d{1,15}(\.\d+)?[eE][+-]?\d{1,2}", text, re.ASCII):
        return format(Decimal(text), "f")
    sign = text[: text[:1] in ("+", "-")]
    digits = text[len(sign) :]
    numeral = numeral_at(digits, 0) if re.match(r"\.?[0-9]", digits) else None
    whole = numeral is not None and numeral.end == len(digits) and not numeral.unit
    if numeral is None or not whole or ("," in text and "," not in numeral.digits):
        return text
    return sign + numeral.digits.replace(",", "")


def read_number(
    cell: Cell,
    *,
    comma: bool = False,
    decimals: int | None = None,
    percent: bool = False,
    triangle: bool = False,
    scale: int = 0,
) -> Number | None:
    """A cell as a number; None if it is none.

    `comma`: a comma is the decimal sign. `decimals`: how many a number kept by a workbook shows.
    `percent`: the workbook shows such a number a hundred times larger, with a percent sign.
    `triangle`: ▲ is a minus, as Japanese tables print it; elsewhere it is a rise.
    `scale`: it shows such a number smaller, by that power of ten.

    >>> read_number("约 5,183.80①")
    Number(value='5183.80', qualifier='about', unit='', marks='①', blank=None, status='')
    >>> read_number("下降3.2%").value, read_number(2.5, decimals=2).value, read_number("…").blank
    ('-3.2', '2.50', '…')
    >>> read_number(0.052, decimals=1, percent=True)
    Number(value='5.2', qualifier='', unit='%', marks='', blank=None, status='')
    >>> [(n.value, n.blank, n.status) for n in map(read_number, ("5.2 u", ": c", "#N/A"))]
    [('5.2', None, 'unreliable'), ('', ': c', 'suppressed'), ('', '#N/A', 'error')]
    >>> read_number("▲3.0", triangle=True).value, read_number("▲3.0")
    ('-3.0', None)
    >>> read_number("1.234,5", comma=True).value, read_number("n/a").blank, read_number("food")
    ('1234.5', 'n/a', None)
    >>> read_number(time(8, 30)) is None
    True
    """
    if isinstance(cell, bool | date | time | timedelta):
        return None
    if not isinstance(cell, str):
        return _stored_number(cell, decimals, percent, scale)
    if PLAIN.fullmatch(plain := cell.strip()) and not comma:
        return Number(plain.removeprefix("+"))
    return _printed_number(cell, comma, triangle)


@lru_cache(1 << 14)
def _printed_number(cell: str, comma: bool, triangle: bool) -> Number | None:
    """A text as a number; None if it is none."""
    printed, marks = split_marks(cell)
    if triangle and printed[:1] in words().triangles:
        printed = f"-{printed[1:].lstrip()}"
    if number := _unflagged(printed, marks, comma):
        return number
    figure, flag, status = split_flags(printed)
    number = _unflagged(figure, marks, comma) if flag else None
    return replace(number, marks=flag + marks, status=status) if number and number.value else None


def _unflagged(printed: str, marks: str, comma: bool) -> Number | None:
    """A text without marks and without a flag beside its number."""
    text = tidy(printed).casefold()
    status = status_alone(printed)
    if not text or status or text in blank_marks() or printed in blank_marks():
        return Number(blank=printed, marks=marks, status=status or "")
    text, qualifier = _split_qualifier(text)
    text, sign = _split_sign(text)
    text, late = _split_qualifier(text)
    unit = ""
    if text[-1:] in {"%", "‰"}:
        text, unit = text[:-1].rstrip(), text[-1]
    value = _plain(text, comma)
    if value is None or (qualifier and late) or (sign and value[0] == "-"):
        return None
    return Number(sign + value, qualifier or late, unit, marks)


def number_fault(cell: Cell) -> Fault:
    """The fault of a cell that is no number, or one with more decimals than are printed.

    >>> [number_fault(cell).code for cell in ("=SUM(B2:B9)", "#REF!", 1 / 3)]
    ['import_formula_unstored', 'import_not_a_number', 'import_decimals_many']
    """
    text = cell_text(cell)[:60]
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return ImportDecimalsMany(text=text)
    return ImportFormulaUnstored(text=text) if text[:1] == "=" else ImportNotANumber(text=text)


def _stored_number(
    cell: float | int, decimals: int | None, percent: bool, scale: int
) -> Number | None:
    """A number kept by a workbook, with the decimals it shows."""
    text = cell_text(cell)
    if (percent or scale) and PLAIN.fullmatch(text.partition(".")[0]):
        text = _digits(Decimal(text).scaleb((2 if percent else 0) - scale))
    if decimals is not None and PLAIN.fullmatch(text.partition(".")[0]):
        text = format(_half_up(Decimal(text), decimals), "f")
    return Number(text, unit="%" if percent else "") if PLAIN.fullmatch(text) else None


def _half_up(number: Decimal, decimals: int) -> Decimal:
    """Rounded as a workbook shows it, halves away from zero; zero has no sign."""
    rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)
