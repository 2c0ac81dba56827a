"""A value of a result becomes a cell: by its column's type, unit, ends and what it names."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from songhua.format.numbers import known, number
from songhua.format.text import Cell, Text
from songhua.format.view import DASH, View
from songhua.format.words import status
from songhua.schema import Column

Row = Mapping[str, Any]
NUMERIC = ("number", "integer", "decimal")


def cell(view: View, column: Column, row: Row) -> Cell:
    """The cell of a column in a row: the text to show, and the value behind it.

    A number is shown with the decimals that are known, in the scale of the language, with its
    ends and the sign of their kind; a label by its name; a word of a closed list by its words;
    observations and sources as links with the grade of their source.
    """
    value = row[column.name]
    if column.type in NUMERIC:
        return Cell(_number(view, column, row), _raw(value))
    return Cell(_text(view, column, row, value), bool(value) if column.type == "flag" else None)


def unit(column: Column, row: Row) -> str:
    """The unit of a number in a row; percentage points for a difference of percentages."""
    found = str(row[column.unit_in]) if column.unit_in else column.unit
    return "pp" if column.difference and found == "%" else found


def _raw(value: Any) -> float | int | None:
    return value if known(value) and math.isfinite(value) else None


def _number(view: View, column: Column, row: Row) -> Text:
    """A number by its unit, scale and ends."""
    value = row[column.name]
    if column.type == "integer":
        return str(int(value)) if column.name == "year" else number(float(value), view.lang, 0)
    if not known(value):
        return DASH
    low, high = (row.get(end) for end in (column.low, column.high))
    if column.scale == "share":
        return _share(view, value, low, high)
    named = unit(column, row)
    if not named:
        return _plain(view, value, low, high)
    kind = column.estimate_kind or str(row.get(column.estimate_in, ""))
    if column.low and kind:
        return view.amount(value, named, low, high, kind)
    return view.show(value, named, low, high)


def _plain(view: View, value: float, low: Any, high: Any) -> str:
    """A number without a unit: as it is where it is whole, else to four digits."""
    places = None if float(value).is_integer() else max(0, 3 - _magnitude(value))
    said = number(float(value), view.lang, places)
    if known(low) and known(high) and low < high:
        return f"{said} ({number(float(low), view.lang)}–{number(float(high), view.lang)})"
    return said


def _magnitude(value: float) -> int:
    return math.floor(math.log10(abs(value))) if value else 0


def _share(view: View, value: float, low: Any, high: Any) -> Text:
    """A number from 0 to 1 in percent, without decimals."""
    del view
    said = percent(value)
    if known(low) and known(high) and percent(low) != percent(high):
        return f"{said} ({percent(low).removesuffix('%')}–{percent(high)})"
    return said


def percent(value: Any) -> str:
    """A share as a whole percentage with a true minus sign; a dash where it is missing.

    >>> percent(0.256), percent(-0.5), percent(float("nan"))
    ('26%', '−50%', '–')
    """
    return f"{value * 100:.0f}%".replace("-", "−") if known(value) else DASH


def _text(view: View, column: Column, row: Row, value: Any) -> Text:
    """A cell that is no number."""
    text = str(value)
    match column.type:
        case "flag":
            return view.say("yes" if value else "no")
        case "observations":
            return view.rests(text) if text else ""
        case "label" if column.of == "sources":
            return view.source(text) if text else ""
        case "label" if column.of == "rulebooks":
            return status(text, view.lang)
        case "label":
            return view.name(column.of, text, str(row.get(column.within, "")))
        case "labels":
            within = str(row.get(column.within, ""))
            return view.join(view.name(column.of, id, within) for id in text.split())
        case "choice":
            return _choice(view, column.vocabulary, text)
        case "period" | "date" | "when":
            return view.period(text)
    return text


def _choice(view: View, vocabulary: str, value: str) -> Text:
    """A word of a closed list, as a mark where it has one."""
    match vocabulary:
        case _ if not value:
            return ""
        case "grade":
            return view.grade(value)
        case "verdict":
            return (view.verdict(value),)
        case "target_class":
            return (view.progress_class(value),)
    return view.choice(vocabulary, value)
