"""Periods: years, halves, quarters, months, spans, seasons, dates and plan periods.

A period is the days it covers and the kind it is. Two texts for the same days are the same
period: `2021-Q1..2021-Q2`, `2021-01..2021-06` and `2021-H1` are equal.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache, total_ordering

from songhua.errors import SonghuaError
from songhua.fault_kinds import PeriodUnreadable
from songhua.labels.fault_kinds import DateUnreadable, WhenUnreadable, YearOutside

OPEN_END = date.max
#: The years that a period may speak of; a year before or after them is a slip of the pen.
YEARS = (1000, 2999)
#: A year, and of it a half, a quarter, a month or a day.
_POINT = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(\d{2})(?:-(\d{2}))?))?", re.ASCII)
_SEASON = re.compile(r"(\d{4})/(\d{2})", re.ASCII)


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """The days a figure covers, first and last included.

    Periods are ordered by their last day, then by their first, so that a series of cumulative
    figures runs forward. `kind` is one of year, half, quarter, month, cumulative (from January),
    span, season, date, plan.

    >>> parse_period("2020-Q4") < parse_period("2021-Q1")
    True
    >>> str(parse_period("2018-Q1..2018-Q3")), parse_period("2018-Q1..2018-Q3").kind
    ('2018-01..2018-09', 'cumulative')
    """

    start: date
    end: date
    kind: str

    def __lt__(self, other: Period) -> bool:
        """Earlier last day first, then earlier first day."""
        return (self.end, self.start, self.kind) < (other.end, other.start, other.kind)

    def __str__(self) -> str:
        """The canonical text, which `parse_period` reads back to an equal period."""
        y, m = self.start.year, self.start.month
        match self.kind:
            case "year":
                return f"{y:04d}"
            case "half":
                return f"{y:04d}-H{(m + 5) // 6}"
            case "quarter":
                return f"{y:04d}-Q{(m + 2) // 3}"
            case "month":
                return f"{y:04d}-{m:02d}"
            case "date":
                return self.start.isoformat()
            case "season":
                return f"{y:04d}/{self.end.year % 100:02d}"
            case "plan":
                return f"plan:{y:04d}..{self.end.year:04d}"
            case _:
                return _span_text(self.start, self.end)

    @property
    def cumulative(self) -> bool:
        """True where it runs from 1 January to a later day of the same year.

        >>> [parse_period(t).cumulative for t in ("2021-Q1", "2021-Q2", "2021-H1", "2021-01..2021-08")]
        [True, False, True, True]
        """  # noqa: E501
        return self.start.month == self.start.day == 1 and self.start.year == self.end.year

    @property
    def open(self) -> bool:
        """True where it has no end."""
        return self.end == OPEN_END

    def contains(self, other: Period) -> bool:
        """True where all days of `other` lie in this period."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Period) -> bool:
        """True where the two share a day."""
        return self.start <= other.end and other.start <= self.end

    def shifted(self, years: int) -> Period:
        """The same stretch of another year.

        >>> str(parse_period("2021-Q1").shifted(-1)), str(parse_period("2024-02-29").shifted(-1))
        ('2020-Q1', '2023-02-28')
        """
        return _shifted(self, years)

    def like(self, other: Period) -> bool:
        """True where the two cover the same stretch of their years, so that growth has a meaning.

        >>> parse_period("2021-Q1").like(parse_period("2020-Q1"))
        True
        >>> parse_period("2021-Q1").like(parse_period("2020-Q2"))
        False
        """
        years = self.start.year - other.start.year
        return self.kind == other.kind and not self.open and other.shifted(years) == self


@cache
def _shifted(period: Period, years: int) -> Period:
    last = period.end if period.open else _in_year(period.end, period.end.year + years)
    return Period(_in_year(period.start, period.start.year + years), last, period.kind)


def _in_year(day: date, year: int) -> date:
    """The same day of another year; the last of the month stays the last of the month."""
    if not date.min.year <= year <= date.max.year:
        raise SonghuaError(PeriodUnreadable(text=str(year)))
    last = calendar.monthrange(day.year, day.month)[1]
    new_last = calendar.monthrange(year, day.month)[1]
    return date(year, day.month, new_last if day.day == last else min(day.day, new_last))


def _span_text(start: date, end: date) -> str:
    if end == OPEN_END:
        return f"{_shortest(start, first=True)}.."
    whole_years = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    if whole_years:
        return f"{start.year:04d}..{end.year:04d}"
    whole_months = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    if whole_months:
        return f"{start.isoformat()[:7]}..{end.isoformat()[:7]}"
    return f"{start.isoformat()}..{end.isoformat()}"


def _shortest(day: date, first: bool) -> str:
    if first and day.day == 1:
        return f"{day.year:04d}" if day.month == 1 else f"{day.year:04d}-{day.month:02d}"
    return day.isoformat()


def _point(text: str) -> Period | None:
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    digits, half, quarter, month, day = match.groups()
    year = _bounded(int(digits), text)
    try:
        if day:
            point = date(year, int(month), int(day))
            return Period(point, point, "date")
        if month:
            return _months(year, int(month), int(month))
        if quarter:
            return _months(year, 3 * int(quarter) - 2, 3 * int(quarter))
        if half:
            return _months(year, 6 * int(half) - 5, 6 * int(half))
        return _months(year, 1, 12)
    except ValueError:
        return None


def _months(year: int, first: int, last: int) -> Period:
    start = date(year, first, 1)
    return _period_of_days(start, date(year, last, calendar.monthrange(year, last)[1]))


def _period_of_days(start: date, end: date) -> Period:
    """The period of these days, with the most particular kind that fits."""
    if start == end:
        return Period(start, end, "date")
    last = calendar.monthrange(end.year, end.month)[1]
    if start.day == 1 and end.day == last and start.year == end.year:
        length = end.month - start.month + 1
        kind = {1: "month", 3: "quarter", 6: "half", 12: "year"}.get(length)
        if kind and (start.month - 1) % length == 0:
            return Period(start, end, kind)
        if start.month == 1:
            return Period(start, end, "cumulative")
    return Period(start, end, "span")


def _bounded(year: int, text: str) -> int:
    """The year, if it is one that figures are of."""
    least, most = YEARS
    if not least <= year <= most:
        raise SonghuaError(YearOutside(text=text[:80], least=least, most=most))
    return year


def _unreadable(text: str) -> SonghuaError:
    return SonghuaError(PeriodUnreadable(text=text[:80]))


def _plan(text: str) -> Period:
    """The whole years of a plan."""
    years = text.removeprefix("plan:")
    inner = None if years.startswith("plan:") else parse_period(years)
    if inner is None or inner.open:
        raise _unreadable(text)
    if (inner.start.month, inner.start.day, inner.end.month, inner.end.day) != (1, 1, 12, 31):
        raise _unreadable(text)
    return Period(inner.start, inner.end, "plan")


@cache
def parse_period(text: str) -> Period:
    """Read a period.

    Forms: `2020`, `2020-H1`, `2020-Q3`, `2020-12`, `2021-03-09`; spans of two of the same form
    (`2016..2022`, `2024-01..2024-08`); `2027..` for what holds from then on; `2024/25` for a
    season over the turn of the year (from July to June); `plan:2021..2025`.

    Raises:
        SonghuaError: `period_unreadable`, for any other text; `year_outside`, before 1000 or
            after 2999.

    >>> parse_period("2020-Q3").kind, parse_period("plan:2021..2025").kind
    ('quarter', 'plan')
    """
    text = text.strip()
    if text.startswith("plan:"):
        return _plan(text)
    if season := _SEASON.fullmatch(text):
        year = _bounded(int(season[1]), text)
        if (year + 1) % 100 != int(season[2]):
            raise _unreadable(text)
        _bounded(year + 1, text)
        return Period(date(year, 7, 1), date(year + 1, 6, 30), "season")
    first, dots, last = text.partition("..")
    start = _point(first)
    if start is None:
        raise _unreadable(text)
    if not dots:
        return start
    if not last:
        return Period(start.start, OPEN_END, "span")
    end = _point(last)
    if end is None or end.kind != start.kind or end.end < start.start:
        raise _unreadable(text)
    return _period_of_days(start.start, end.end)


def parse_when(text: str) -> Period:
    """Read a date of publication: a day, a month or a year.

    It counts as published at the end of what is known, never earlier.

    >>> parse_when("2018").end.isoformat()
    '2018-12-31'
    """
    period = parse_period(text)
    if period.kind not in {"date", "month", "year"}:
        raise SonghuaError(WhenUnreadable(text=text[:80]))
    return period


def parse_date(day: str | date) -> date:
    """Read a day from its text; a date is one already.

    Raises:
        SonghuaError: `date_unreadable`, for what is no period or a longer one; `year_outside`.

    >>> parse_date("2026-01-02").isoformat()
    '2026-01-02'
    """
    if isinstance(day, date):
        _bounded(day.year, day.isoformat())
        return day
    try:
        period = parse_period(day)
    except SonghuaError as error:
        if error.faults[0].code == "year_outside":
            raise
        period = None
    if period is None or period.kind != "date":
        raise SonghuaError(DateUnreadable(text=str(day)[:80]))
    return period.start
