"""A value of a result becomes a cell: by its column's type, unit, ends and what it names."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from songhua import results
from songhua.format.numbers import as_printed, known, number, places, show, unit_name
from songhua.format.text import Cell, Code, Text
from songhua.format.view import DASH, View
from songhua.results import Estimate, as_text, read_finding
from songhua.schema import Column

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

#: A row of a file or a list by column, and the reader of a row's cells.
Row: TypeAlias = Mapping[str, Any]
Cells: TypeAlias = Callable[[str], Any]
NUMERIC = ("number", "integer", "decimal")
#: The words of a text.
NAMING = ("choice", "date", "label", "period", "sentence", "tag", "unit", "when")


def cells_of(row: Row | DataclassInstance) -> Cells:
    """The reader of a row's cells by column.

    >>> cells_of({"unit": "%"})("unit")
    '%'
    """
    if isinstance(row, Mapping):
        return row.__getitem__
    readers = results.cells_of(type(row))
    return lambda name: readers[name](row)


def cell(view: View, column: Column, row: Row | DataclassInstance) -> Cell:
    """The cell of a column in a row: the text to show, and the value behind it.

    A number is shown with the decimals that are known, in the scale of the language, with its
    ends and the sign of their kind; a label by its name; a word of a closed list by its words;
    observations and sources as links with the grade of their source.
    """
    at = cells_of(row)
    if column.type in NUMERIC:
        return _measured(view, column, at)
    value = at(column.name)
    return Cell(_text(view, column, at, value), _behind(column, value))


def _behind(column: Column, value: Any) -> bool | str | None:
    """The value in the result behind a text in words; none where the text is all there is."""
    if column.type == "flag":
        return bool(value)
    return as_text(value) or None if column.type in NAMING else None


def _measured(view: View, column: Column, at: Cells) -> Cell:
    """The cell of a number, with its unit and ends."""
    text, value = _number(view, column, at), _raw(at(column.name))
    if value is None:
        return Cell(text)
    unit_code = "" if column.scale == "share" else unit(column, at)
    low, high = (_end(at, end, 1) for end in (column.low, column.high))
    kind = _kind(column, at, low, high)
    return Cell(text, value, unit_code, low, high, kind) if kind else Cell(text, value, unit_code)


def unit(column: Column, at: Cells) -> str:
    """The unit of a number in a row; percentage points for a difference of percentages.

    A plain number has none: what it counts stands in the heading.
    """
    if column.scale == "share":
        return "%"
    code = str(at(column.unit_in)) if column.unit_in else column.unit
    if code == "x":
        return ""
    return "pp" if column.difference and code == "%" else code


def _raw(value: Any) -> float | int | None:
    return value if known(value) and math.isfinite(value) else None


def _number(view: View, column: Column, at: Cells) -> Text:
    """A number by its unit, scale and ends."""
    value = at(column.name)
    if not known(value):
        return DASH
    if column.type == "integer":
        return str(int(value)) if column.name == "year" else number(float(value), view.lang, 0)
    by = 100 if column.scale == "share" else 1
    if column.like:
        value = round(value, max(places(at(name), None, None) for name in column.like))
    value = float(value) * by
    low, high = (_end(at, end, by) for end in (column.low, column.high))
    unit_code = unit(column, at)
    shape: Any = {"digits": column.digits, "decimals": _decimals(column, at, value, low, high)}
    size = at(column.beside) if column.beside else None
    text = show(value, unit_code, view.lang, low, high, size=size, **shape)
    if column.signed and value > 0:
        text = f"+{text}"
    if column.qualifier:
        text = view.qualified(str(at(column.qualifier)), text)
    figure = Estimate(value, low, high, _kind(column, at, low, high))
    return view.amount(figure, unit_code, text=text, **shape)


def _end(at: Cells, name: str, by: int) -> float:
    """An end of a number, or not-a-number where it is unknown."""
    value: Any = at(name) if name else None
    return float(value) * by if known(value) else math.nan


def _decimals(column: Column, at: Cells, value: float, low: float, high: float) -> int | None:
    """The number of decimals, where not its bounds say so."""
    if column.decimals is not None:
        return column.decimals
    if column.scale == "share":
        return 0
    return None if column.digits or unit(column, at) else places(value, low, high, True)


def _kind(column: Column, at: Cells, low: float, high: float) -> str:
    """The kind of a number's ends; blank where they are unknown, or where rounding has none.

    An open end is said by the word before the number.
    """
    if math.isnan(low) or math.isnan(high):
        return ""
    if column.qualifier and at(column.qualifier) and math.isinf(high - low):
        return ""
    if column.estimate_in:
        return str(at(column.estimate_in))
    return column.estimate_kind if low < high else ""


def percent(value: Any, lang: str) -> str:
    """A share as a whole percentage with a true minus sign; a dash where it is missing.

    >>> percent(0.256, "en"), percent(-0.5, "zh"), percent(float("nan"), "en")
    ('26%', '−50%', '–')
    """
    return f"{number(value * 100, lang, 0)}%" if known(value) else DASH


def _text(view: View, column: Column, at: Cells, value: Any) -> Text:
    """A cell that is no number."""
    text = as_text(value)
    if not text:
        return view.say(column.blank) if column.blank else ""
    match column.type:
        case "flag":
            return view.say("yes" if value else "no")
        case "observations":
            return view.rests(text)
        case "label" if column.of == "sources":
            return view.source(text)
        case "label":
            return view.name(column.catalogue_of(at), text, _within(column, at))
        case "labels":
            if column.vocabulary:
                return view.join(view.choice(column.vocabulary, word) for word in text.split())
            within = _within(column, at)
            ids = text.replace(",", " ").split()
            return view.written.semicolon.join(view.name(column.of, id, within) for id in ids)
        case "choice":
            return _choice(view, column.vocabulary, text)
        case "tag":
            return view.name("tags", text)
        case "period" | "date" | "when":
            return view.period(text)
        case "unit":
            return "" if text == "x" else unit_name(text, view.lang)
        case "amount":
            return as_printed(text, view.lang)
        case "sentence":  # a code, whose sentence the row's column `params` fills
            return view.sentence(read_finding(text, json.loads(at("params"))))
        case "relation":
            return (Code(text),)
    return text


def _within(column: Column, at: Cells) -> str:
    """The label that a label belongs to; blank where it belongs to none."""
    return str(at(column.within)) if column.within else ""


def _choice(view: View, vocabulary: str, value: str) -> Text:
    """A word of a closed list, as a mark where it has one."""
    match vocabulary:
        case "grade":
            return view.grade(value)
        case "verdict":
            return (view.verdict(value),)
        case "target_class":
            return (view.progress_class(value),)
    return view.choice(vocabulary, value).replace("{value}", "…")  # a pace without its number
