"""Days as a workbook keeps them: counted from an epoch, known by their format alone."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_AROUND = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
#: Formats that every program knows by number and a workbook does not spell out.
BUILT_IN = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
#: The text that a program shows if a number is no day.
BEYOND = "#####"


def shows_day(code: str) -> bool:
    """True for a number format that shows a day or a time.

    >>> shows_day('yyyy"年"m"月"'), shows_day("[h]:mm"), shows_day("[Red]0.00")
    (True, True, False)
    """
    return bool(re.search("[ymdhs]", _AROUND.sub("", code).split(";")[0].casefold()))


def day(number: float, late: bool = False) -> date | time | str:
    """The day, the moment or the time of day that a number stands for.

    Days are counted from 1900, with a 29 February 1900 that never was, or (`late`) from 1904.

    >>> day(44197.0), day(44197.5), day(0.25), day(1.0), day(-3.0)
    (datetime.date(2021, 1, 1), datetime.datetime(2021, 1, 1, 12, 0), datetime.time(6, 0), \
datetime.date(1900, 1, 1), '#####')
    """
    whole, part = divmod(number, 1)
    epoch = date(1904, 1, 1) if late else date(1899, 12, 30 if number >= 61 else 31)
    if not 0 <= number < 2_958_466 or (not late and 60 <= number < 61):
        return BEYOND
    seconds = round(part * 86_400)
    if not late and number < 1 and seconds < 86_400:
        return (datetime.min + timedelta(seconds=seconds)).time()
    try:
        moment = epoch + timedelta(days=whole)
        if not seconds:
            return moment
        return datetime.combine(moment, time()) + timedelta(seconds=seconds)
    except OverflowError:
        return BEYOND
