"""Number formats of a workbook: decimals, percent sign, scale, and what is printed beside.

A workbook keeps 0.052 where it shows 5.2%, and 3248 where it shows 3248.0. songhua reads the digits
that Excel displays, which a bureau printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Formats that every program knows by number and a workbook does not spell out.
BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
BUILT_IN |= dict.fromkeys((37, 38, 41, 42), "#,##0") | dict.fromkeys((39, 40, 43, 44), "#,##0.00")
_PIECE = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[([^\]]*)\]|(.)', re.DOTALL)
_CURRENCY, _DRESSING = "$€£¥￥", " \u00a0()+-"
_MOST_DECIMALS = 12  # with the fifteen digits that a workbook keeps, all that is computed
_MOST_SCALE = 12
#: `·` stands for a point that is printed among the digits of a whole number, as in `0\.0,"万"`.
_DIGITS = re.compile(r"[#0?,]*[0?](?:·(0+)|\.([0?]+))?(,*)(%?)")


@dataclass(frozen=True)
class Format:
    """The decimals that a cell shows, and whether it shows a hundred times what it keeps.

    `scale` is the power of ten by which less is shown than is kept; `literal` what is printed
    beside the number, such as a unit.
    """

    decimals: int
    percent: bool = False
    scale: int = 0
    literal: str = ""


def parse_format(code: str) -> Format | None:
    """A number format; None for the general one and for those that do not fix the decimals.

    >>> parse_format("#,##0.0_ "), parse_format("0.##"), parse_format("yyyy")
    (Format(decimals=1, percent=False, scale=0, literal=''), None, None)
    >>> parse_format("0.00%")
    Format(decimals=2, percent=True, scale=0, literal='')
    >>> parse_format('0.0,"thousand"'), parse_format('0!.0,"万元"')
    (Format(decimals=1, percent=False, scale=3, literal='thousand'), \
Format(decimals=1, percent=False, scale=4, literal='万元'))
    """
    digits, literal, within = _pieces(code)
    match = _DIGITS.fullmatch(digits)
    if match is None or within:
        return None
    point, decimals, commas, percent = match.groups()
    places, scale = len(point or decimals or ""), len(point or "") + 3 * len(commas)
    if places > _MOST_DECIMALS or scale > _MOST_SCALE:
        return None
    return Format(places, bool(percent), scale, literal)


def _pieces(code: str) -> tuple[str, str, bool]:
    """The signs for digits, the text printed beside them, and True where some stands among them.

    That is of the part for positive numbers; a format with conditions has none.
    """
    digits, literal, before, within = "", "", "", False
    for piece in _PIECE.finditer(code):
        quoted, escaped, currency, bracket, bare = piece.groups()
        if bare == ";":
            break
        if bracket and bracket[0] in "<>=":
            return "", "", False
        printed = quoted or currency or escaped or (bare if bare and bare in _CURRENCY else "")
        if (escaped or quoted) == "." and digits[-1:] in ("0", "#", "?"):
            digits += "·"
        elif printed:
            literal += printed
            before = digits if printed.strip() else before
        elif bare and bare not in _DRESSING:
            within = within or bool(before and literal.strip() and bare in "0#?")
            digits += bare
    return digits, literal.strip(f"{_DRESSING}\u3000"), within
