"""The decimal sign of a sheet whose numbers are texts: a comma or a point."""

from __future__ import annotations

import re

from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.numbers import read_number

_DIGITS = re.compile(r"[^\d]*\d[\d.,' ’]*[^\d]*", re.ASCII)
_CHINESE = re.compile("[\u4e00-\u9fff]")


def decimal_comma(grid: Grid, delimiter: str) -> bool | None:
    """True where a comma is the decimal sign; None where the numbers could be read both ways.

    A number that can be read in one way only decides. If there is none, as where all are like
    `1,234`, commas between the cells or Chinese words say that a comma stands between thousands.

    >>> decimal_comma(Grid([["a", "1,5"], ["b", "1.234,5"]]), ";")
    True
    >>> decimal_comma(Grid([["a", "1,234"], ["b", "5,678"]]), ";") is None
    True
    >>> decimal_comma(Grid([["a", "1,234"], ["b", "12.5"]]), ";")
    False
    """
    texts: set[str] = set()
    chinese = False
    for line in grid.cells:
        for cell in line:
            if isinstance(cell, str):
                if ("," in cell or "." in cell) and len(cell) < 40 and _DIGITS.fullmatch(cell):
                    texts.add(cell)
                elif not chinese:
                    chinese = bool(_CHINESE.search(cell))
    comma = differ = False
    for text in texts:
        with_point, with_comma = read_number(text), read_number(text, comma=True)
        if with_point is not None and with_comma is None:
            return False
        comma |= with_comma is not None and with_point is None
        if with_point is not None and with_comma is not None:
            differ |= with_point.value != with_comma.value
    if comma or not differ:
        return comma
    return False if delimiter == "," or chinese else None
