"""Whether a comma is the decimal sign of a sheet whose numbers are texts."""

from __future__ import annotations

import re

from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.numbers import read_number

_DIGITS = re.compile(r"[^\d]*\d[\d.,' ’]*[^\d]*", re.ASCII)
_CHINESE = re.compile("[\u4e00-\u9fff]")


def decimal_comma(grid: Grid, delimiter: str) -> bool | None:
    """Whether a comma is the decimal sign; None where the numbers could be read both ways.

    A number that can be read in one way only decides. If there is none, as where all are like
    `1,234`, commas between the cells or Chinese words say that a comma stands between thousands.

    >>> decimal_comma(Grid([["a", "1,5"], ["b", "1.234,5"]]), ";")
    True
    >>> decimal_comma(Grid([["a", "1,234"], ["b", "5,678"]]), ";") is None
    True
    >>> decimal_comma(Grid([["a", "1,234"], ["b", "12.5"]]), ";")
    False
    """
    seen: set[str] = set()
    chinese = False
    for line in grid.cells:
        for cell in line:
            if isinstance(cell, str):
                if ("," in cell or "." in cell) and len(cell) < 40 and _DIGITS.fullmatch(cell):
                    seen.add(cell)
                elif not chinese:
                    chinese = bool(_CHINESE.search(cell))
    point = comma = both = False
    for text in seen:
        one, other = read_number(text), read_number(text, comma=True)
        point |= one is not None and other is None
        comma |= other is not None and one is None
        both |= one is not None and other is not None and one.value != other.value
    if point or comma or not both:
        return comma and not point
    return False if delimiter == "," or chinese else None
