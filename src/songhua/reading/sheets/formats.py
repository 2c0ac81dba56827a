"""Number formats of a workbook: the decimals, and the percent sign.

A workbook keeps 0.052 where it shows 5.2%, and 3248 where it shows 3248.0. songhua reads the digits
that Excel displays, which a bureau printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Formats that every program knows by number and a workbook does not spell out.
BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
BUILT_IN |= {37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00"}
_DRESSING = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[\s$€£¥￥()+\-]')
_MOST_DECIMALS = 12  # with the fifteen digits that a workbook keeps, all that is computed
_DIGITS = re.compile(r"[#0?,]*[0?](?:\.([0?]+))?(%?)")


@dataclass(frozen=True)
class Format:
    """The decimals that a cell shows, and whether it shows a hundred times what it keeps."""

    decimals: int
    percent: bool = False


def parse_format(code: str) -> Format | None:
    """A number format; None for the general one and for those that do not fix the decimals.

    >>> parse_format("#,##0.0_ "), parse_format("0.00%"), parse_format("0.##"), parse_format("yyyy")
    (Format(decimals=1, percent=False), Format(decimals=2, percent=True), None, None)
    """
    first = _DRESSING.sub("", code).split(";")[0]
    match = _DIGITS.fullmatch(first)
    if match is None or len(match[1] or "") > _MOST_DECIMALS:
        return None
    return Format(len(match[1] or ""), bool(match[2]))
