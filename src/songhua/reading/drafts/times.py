"""Periods of columns such as 本月, 累计 and 上年同期, from the month that a title names."""

from __future__ import annotations

from songhua.errors import SonghuaError
from songhua.labels import parse_period


def told_period(period: str, time: str, prior: bool) -> str | None:
    """The period of a heading that names a part of another period; None if it has none.

    `time` is `month` (the month itself), `cumulative` (from January to it) or blank; `prior` is
    the same a year before.

    >>> told_period("2021-08", "cumulative", False), told_period("2021-01..2021-08", "month", False)
    ('2021-01..2021-08', '2021-08')
    >>> told_period("2021-08", "cumulative", True), told_period("2021", "", True)
    ('2020-01..2020-08', '2020')
    >>> told_period("2021-Q1", "cumulative", False), told_period("2021-H1", "cumulative", True)
    ('2021-Q1', '2020-H1')
    >>> told_period("2021", "cumulative", False) is told_period("2021-Q3", "month", False) is None
    True
    """
    parsed = parse_period(period)
    start, end = parsed.start, parsed.end
    if prior:
        return _before(period, time)
    if not time:
        return period
    one_month = (start.year, start.month) == (end.year, end.month) and len(period) == 7
    part = ".." in period or parsed.kind in ("quarter", "half")
    to_month = start.year == end.year and start.month == 1 and part
    if not (one_month or to_month):
        return None
    month = f"{end.year}-{end.month:02}"
    if time == "month":
        return month
    return _read(f"{end.year}-01..{month}") if end.month > 1 else month


def _before(period: str, time: str) -> str | None:
    current = told_period(period, time, False)
    if current is None:
        return None
    parts = current.split("..")
    if not all(part[:4].isdigit() for part in parts):
        return None
    return _read("..".join(f"{int(part[:4]) - 1}{part[4:]}" for part in parts))


def _read(text: str) -> str | None:
    try:
        return str(parse_period(text))
    except SonghuaError:
        return None


def doubtful_month(period: str) -> bool:
    """True for a single month after January: its figures may be those of the month or
    of the year so far.

    >>> doubtful_month("2021-08"), doubtful_month("2021-01"), doubtful_month("2021")
    (True, False, False)
    """
    return len(period) == 7 and period[4] == "-" and period[5:].isdigit() and period[5:] != "01"


def latest(periods: list[str]) -> str:
    """The period that ends last; of those the longest.

    >>> latest(["2020", "2021"])
    '2021'
    """
    return max(
        periods, key=lambda text: (parse_period(text).end, -parse_period(text).start.toordinal())
    )
