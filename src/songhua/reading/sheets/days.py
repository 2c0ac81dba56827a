"""Days as a workbook keeps them: counted from an epoch, known by their format alone."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import cache

_QUOTED = re.compile(r'"([^"]*)"')
_AROUND = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
#: Formats that every program knows by number and a workbook does not spell out.
_NUMBERS = (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))
BUILT_IN = dict.fromkeys(_NUMBERS, "yyyy-mm-dd")
#: Of these a Chinese program shows year and month alone, others the day.
_EAST = "[east]yyyy-mm"
BUILT_IN |= {17: "mmm-yy", 27: _EAST, 57: _EAST}
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


def as_shown(moment: date | time | str, code: str) -> date | time | str:
    """A day as its format shows it: a year or a month as text where it shows no more than that.

    >>> [as_shown(date(2015, 3, 1), code) for code in ('yyyy"年"', "mmm-yy", 'yyyy"年"m"月";@')]
    ['2015', '2015-03', '2015-03']
    >>> as_shown(date(2015, 3, 1), "yyyy-mm-dd"), as_shown(date(2015, 3, 1), 'yyyy"Q1"')
    (datetime.date(2015, 3, 1), datetime.date(2015, 3, 1))
    """
    if not isinstance(moment, date):
        return moment
    letters = shown_of(code)
    if letters == "y":
        return f"{moment.year:04}"
    whole = moment.day in (1, monthrange(moment.year, moment.month)[1])
    if letters == "ym" and (whole or _EAST not in code):
        return f"{moment.year:04}-{moment.month:02}"
    return moment


@cache
def shown_of(code: str) -> str:
    """`y` or `ym` for a format that shows a year or a month of a year alone; otherwise nothing.

    >>> shown_of("yyyy"), shown_of("yyyy/m"), shown_of("d.m.yyyy"), shown_of('m"月"')
    ('y', 'ym', '', '')
    """
    first = code.split(";", maxsplit=1)[0]
    words = "".join(_QUOTED.findall(first))
    bare = _AROUND.sub("", first).casefold()
    if words.strip(" 年月-/.,") or not set(bare) <= set("ym-/., "):
        return ""
    return "".join(letter for letter in "ym" if letter in bare) if "y" in bare else ""
