"""Order of a workbook's columns and formats of its cells: decimals that are known, and no more."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from songhua.format.cells import Cells
from songhua.format.numbers import known, places
from songhua.schema import Column

#: Types of columns that say what a row is of: these stand first.
FIRST = ("label", "labels", "tag", "period", "date", "sentence")
#: Types that programs read: these stand last.
LAST = ("observations", "code", "slug", "target")


def ordered(columns: Sequence[Column]) -> list[Column]:
    """The columns that a sheet shows, what a row is of first, and names for programs last.

    >>> from songhua import results
    >>> [one.name for one in ordered(results.tables("accounts")["cells"].columns)][:4]
    ['table', 'code', 'period', 'measure']
    """

    def place(column: Column) -> int:
        return 0 if column.type in FIRST else 2 if column.type in LAST else 1

    return sorted((column for column in columns if column.name != "params"), key=place)


def day(text: str) -> date | str:
    """A day as Excel knows it; another text as it stands."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def digits(column: Column, at: Cells) -> str:
    """The number format: the decimals that are known, or four of what was computed."""
    if column.scale == "share":
        return "0.0%"
    value = at(column.name)
    if not known(value) or math.isinf(value):
        return "General"
    low, high = (at(end) if end else None for end in (column.low, column.high))
    if column.decimals is not None:
        return "#,##0" + ("." + "0" * column.decimals if column.decimals else "")
    bounded = known(low) and known(high) and low < high  # pyright: ignore[reportOptionalOperand]
    decimals = places(float(value), low, high) if bounded else 4
    written = _value_places(float(value))
    return "#,##0" + ("." + "0" * min(decimals, written, 6) if min(decimals, written) else "")


def _value_places(value: float) -> int:
    """The decimals that a number has, to ten digits in all."""
    text = f"{value:.10g}"
    if "e" in text:
        return 6
    return len(text.partition(".")[2])


def decimals(text: str) -> str:
    """The number format with the decimals that were printed."""
    n = len(text.partition(".")[2])
    return "#,##0" + ("." + "0" * n if n else "")
