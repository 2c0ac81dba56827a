"""Shapes of printed periods that a text alone leaves open, settled by the texts beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from songhua.grammar.periods import month_names, slashed_days, spoken_words

Settled = list[tuple[str, str]]
_SHORT = re.compile(r"([^\W\d_]+)\.?[ '/-]*(\d\d)|(\d\d)[ /-]([^\W\d_]+)\.?")
#: Two digits are a year of the last century from here, and of this one below the second.
_LAST_CENTURY, _THIS_CENTURY = 50, 30
_SERIAL_DAY = date(1899, 12, 30)


def pairs(texts: Sequence[str], frequency: str, year_begins: int) -> Settled:
    """`1951-52`: years over the turn, months, or spans of years.

    >>> pairs(["2004-05", "2005-06"], "", 7), pairs(["2004-11", "2004-12"], "", 0)[0]
    ([('2004/05', ''), ('2005/06', '')], ('2004-11', ''))
    >>> pairs(["1951-55", "1956-60"], "", 0)[1], pairs(["2010-11"], "", 4)
    (('1956..1960', ''), [('', 'month_or_financial_year')])
    """
    matches = [re.fullmatch(spoken_words()["fiscal"], text) for text in texts]
    years = [(int(m["y"]), int(m["z"][-2:]), m[0]) for m in matches if m]
    follow = all((y + 1) % 100 == z for y, z, _ in years)
    plain = all(text[:1].isdigit() and len(text) == 7 for text in texts)
    months = plain and all(1 <= z <= 12 for _, z, _ in years)
    many = len(set(texts)) > 1 or frequency == "year"
    if months and (not follow or frequency == "month"):
        return [(f"{y}-{z:02}", "") for y, z, _ in years]
    if months and not many:
        return [("", "month_or_financial_year")] * len(texts)
    if follow:
        return [_over_turn(y, z, year_begins) for y, z, _ in years]
    if plain and all(z > y % 100 for y, z, _ in years):
        return [(f"{y}..{y - y % 100 + z}", "") for y, z, _ in years]
    return [("", "other")] * len(texts)


def _over_turn(year: int, last: int, begins: int) -> tuple[str, str]:
    if not begins:
        return "", "financial_year"
    if begins == 1:
        return str(year), ""
    if begins == 7:
        return f"{year}/{last:02}", ""
    return f"{year}-{begins:02}..{year + 1}-{begins - 1:02}", ""


def slashes(texts: Sequence[str]) -> Settled:
    """`03/04/2021`: day first or month first, where only one fits all or makes equal steps.

    >>> slashes(["03/04/2021", "31/03/2021"])[0], slashes(["03/04/2021"])
    (('2021-04-03', ''), [('', 'day_or_month')])
    """
    readings = [slashed_days(text) or ("", "") for text in texts]
    firsts = [[day[order] for day in readings] for order in (0, 1)]
    fit = [days for days in firsts if all(days)]
    if len(fit) > 1:
        fit = [days for days in fit if _even(days)] or fit
    if len(fit) == 1 or (fit and fit[0] == fit[1]):
        return [(day, "") for day in fit[0]]
    return [("", "day_or_month" if fit else "other")] * len(texts)


def _even(days: Sequence[str]) -> bool:
    """True for three days or more that are as many months or days apart from each other."""
    dates = [date.fromisoformat(day) for day in days]
    months = {12 * (b.year - a.year) + b.month - a.month for a, b in pairwise(dates)}
    apart = {(b - a).days for a, b in pairwise(dates)}
    return len(dates) > 2 and (
        len(apart) == 1 or (len(months) == 1 and len({day.day for day in dates}) == 1)
    )


def short_months(texts: Sequence[str]) -> Settled:
    """`Jan-80`: months of years in two digits, where the texts follow one another as months.

    >>> short_months(["Dec-99", "Jan-00"]), short_months(["Jan-80"]), short_months(["Jan-05"])
    ([('1999-12', ''), ('2000-01', '')], [('', 'century')], [('', 'month_or_day')])
    """
    parted = [_month_and_digits(text) for text in texts]
    if None in parted:
        return [("", "" if part else "other") for part in parted]
    month_years = [part for part in parted if part]
    numbers, names = {number for _, number in month_years}, {month for month, _ in month_years}
    years = any(n > 31 or not n for n in numbers) or len(names) > len(numbers)
    if not years:
        return [("", "month_or_day")] * len(texts)
    months = _in_centuries(month_years) if len(month_years) > 1 else None
    steps = [b - a for a, b in pairwise(months or [])]
    follow = steps and (min(steps) > 0 or max(steps) < 0) and max(map(abs, steps)) <= 12
    if months is None or not follow:
        return [("", "century")] * len(texts)
    return [(f"{month // 12}-{month % 12 + 1:02}", "") for month in months]


def _month_and_digits(text: str) -> tuple[int, int] | None:
    match = _SHORT.fullmatch(text.casefold())
    month = month_names().get(match[1] or match[4]) if match else None
    return (month, int(match[2] or match[3])) if match and month else None


def _in_centuries(month_years: Sequence[tuple[int, int]]) -> list[int] | None:
    """The months counted from year 0, each in the century that is next to its neighbour's."""
    sure = next((at for at, (_, year) in enumerate(month_years) if _century(year)), None)
    if sure is None:
        return None
    months: dict[int, int] = {}
    for at in (*range(sure, len(month_years)), *range(sure - 1, -1, -1)):
        month, year = month_years[at]
        beside = months.get(at - 1 if at > sure else at + 1)
        centuries = [_century(year)] if at == sure else [1800, 1900, 2000]
        counted = [12 * (century + year) + month - 1 for century in centuries]
        months[at] = min(counted, key=lambda m, near=beside or counted[0]: abs(m - near))
    return [months[at] for at in range(len(month_years))]


def _century(year: int) -> int:
    return 1900 if year >= _LAST_CENTURY else 2000 if year < _THIS_CENTURY else 0


def serial_days(texts: Sequence[str]) -> Settled:
    """`36891`: days counted as a workbook does, where they are months, quarters or years apart.

    >>> serial_days(["36891", "37256"]), serial_days(["36891"])
    ([('2000-12-31', ''), ('2001-12-31', '')], [('', 'number')])
    """
    days = [_SERIAL_DAY + timedelta(int(text)) for text in texts]
    months = [12 * day.year + day.month - 1 for day in days]
    steps = {abs(b - a) for a, b in pairwise(months)}
    edges = len({day.day == 1 for day in days}) == 1 and all(
        day.day == 1 or (day + timedelta(1)).day == 1 for day in days
    )
    if edges and len(steps) == 1 and steps <= {1, 3, 6, 12}:
        return [(day.isoformat(), "") for day in days]
    return [("", "number")] * len(texts)


def joined_months(texts: Sequence[str]) -> Settled:
    """`202105`: months, where several follow one another.

    >>> joined_months(["202104", "202105"])[0], joined_months(["202105"])[0]
    (('2021-04', ''), ('', 'number'))
    """
    months = [12 * int(text[:4]) + int(text[4:]) - 1 for text in texts]
    steps = [b - a for a, b in pairwise(months)]
    if steps and (min(steps) > 0 or max(steps) < 0) and max(map(abs, steps)) <= 12:
        return [(f"{text[:4]}-{text[4:]}", "") for text in texts]
    return [("", "number")] * len(texts)
