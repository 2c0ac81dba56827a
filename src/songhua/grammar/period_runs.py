"""A row or column of periods, read together: neighbours settle what a text alone leaves open."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from songhua.grammar.period_shapes import joined_months, pairs, serial_days, short_months, slashes
from songhua.grammar.periods import plain_period, spoken_period, spoken_words
from songhua.grammar.year_filling import filled
from songhua.labels import Period, parse_period

#: What reads the texts of a shape that a text alone leaves open, and what the shape is.
_SHAPES: dict[str, tuple[str, Callable[[list[str]], list[tuple[str, str]]]]] = {
    "slash": (r"\d{1,2}[/-]\d{1,2}[/-]\d{4}", slashes),
    "short": (r"[^\W\d_]+\.?[ '/-]*\d\d|\d\d[ /-][^\W\d_]+\.?", short_months),
    "serial": (r"[1-7]\d{4}", serial_days),
    "joined": (r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])", joined_months),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A text of a row of periods: its period, the mark behind it, and why it has none.

    A reason beside a period is a doubt: the text is that day, and may stand for more.
    `financial_year`: a year over the turn, and which is its first month is not printed.
    `month_or_financial_year`, `month_or_day`, `day_or_month`, `century`: two periods fit.
    `number`: a number that no neighbour makes a day or a month. `year_missing`, `order`: no
    neighbour gives its year, or two give different ones. `year_end`: a day, or the year.
    `week`: a week, which is no period. `inside`: a month before the end of a quarter or year of
    which the figures are. `year_days`, `quarter_days`: days a year or a quarter apart. `day`: a day
    inside a month, though figures come by months. `other`: no period.
    """

    period: str | None = None
    reason: str = ""
    mark: str = ""


def read_periods(
    texts: Sequence[str], *, frequency: str = "", year_begins: int = 0
) -> list[Reading]:
    """The texts of a row or column as periods, in their order; blank texts have no reason.

    `frequency` is `year`, `quarter` or `month` where the sheet tells how often figures come: then a
    day or a month stands for the period that it lies in. `year_begins` is the first month of
    financial years (India 4, Australia 7).

    >>> [r.period for r in read_periods(["2012 Jan", "Feb", "", "Mar"])]
    ['2012-01', '2012-02', None, '2012-03']
    >>> [r.period for r in read_periods(["Jan-80", "Dec-79", "Nov-79"])]
    ['1980-01', '1979-12', '1979-11']
    >>> [(r.period, r.reason) for r in read_periods(["1951-52", "1952-53"])]
    [(None, 'financial_year'), (None, 'financial_year')]
    >>> read_periods(["1951-52", "1952-53"], year_begins=4)[0].period
    '1951-04..1952-03'
    >>> read_periods(["2004-05"])[0].reason, read_periods(["2004-05", "2004-06"])[0].period
    ('month_or_financial_year', '2004-05')
    >>> [r.period for r in read_periods(["1984-11-01", "1985-02-01"], frequency="quarter")]
    ['1984-Q4', '1985-Q1']
    """
    plain = [plain_period(text) for text in texts]
    readings = [Reading(mark=mark) for _, mark in plain]
    by_shape: dict[str, list[int]] = {}
    for at, (text, _) in enumerate(plain):
        shape = _shape(text)
        if shape == "period":
            readings[at] = replace(readings[at], period=spoken_period(text))
        elif shape in ("week", "year_end", "other"):
            readings[at] = replace(readings[at], reason=shape)
        elif shape:
            by_shape.setdefault(shape, []).append(at)
    for shape, places in by_shape.items():
        shaped = [plain[at][0] for at in places]
        if shape == "pair":
            settled = pairs(shaped, frequency, year_begins)
        elif shape == "part":
            continue
        else:
            settled = _SHAPES[shape][1](shaped)
        for at, (period, reason) in zip(places, settled, strict=True):
            readings[at] = replace(readings[at], period=period or None, reason=reason)
    if "part" in by_shape:
        parts = set(by_shape["part"])
        row_texts = [
            (text if at in parts else "", reading.period or "", reading.reason)
            for at, ((text, _), reading) in enumerate(zip(plain, readings, strict=True))
        ]
        for at, (period, reason) in filled(row_texts).items():
            readings[at] = replace(readings[at], period=period or None, reason=reason)
    return _by_frequency(readings, frequency)


def frequency_of(text: str) -> str:
    """`year`, `quarter` or `month` for a word such as `Quarterly` or 季; blank for any other.

    >>> frequency_of("Quarter"), frequency_of("月"), frequency_of("often")
    ('quarter', 'month', '')
    """
    word = plain_period(text)[0]
    listed = spoken_words()["frequencies"].items()
    return next((name for name, spellings in listed if word in spellings), "")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(spoken_words()["week"]), re.compile(spoken_words()["fiscal"])


@cache
def _shape(text: str) -> str:
    """The shape of a text: blank, one that is open, a period, a part of a year, or none."""
    if not text:
        return ""
    week, fiscal = _patterns()
    if week.fullmatch(text):
        return "week"
    if (match := fiscal.fullmatch(text)) and _follows_or_month(match):
        return "pair"
    if re.fullmatch(_SHAPES["slash"][0], text):
        return "slash"
    if spoken_period(text):
        return "period"
    if spoken_period(text, "2000"):
        return "part"
    for shape, (pattern, _) in _SHAPES.items():
        if re.fullmatch(pattern, text):
            return shape
    return "year_end" if text[-1] in "末底" and spoken_period(text[:-1]) else "other"


def _follows_or_month(match: re.Match[str]) -> bool:
    """False for 2005-2024: a span of years; 2021/2022 is a year over the turn."""
    long = len(match["z"]) == 4
    return not long or (match["between"] == "/" and int(match["z"]) == int(match["y"]) + 1)


def _by_frequency(readings: list[Reading], frequency: str) -> list[Reading]:
    """Days and months as the periods of which the figures are."""
    short = [parse_period(r.period) for r in readings if r.period and not r.reason]
    short = [period for period in short if period.kind in ("date", "month")]
    months = sorted({12 * p.end.year + p.end.month - 1 for p in short})
    if not frequency:
        return _of_days(readings, short, months)
    steps = {b - a for a, b in pairwise(months)}
    apart = all(step % (12 if frequency == "year" else 3) == 0 for step in steps)
    together: list[Reading] = []
    for reading in readings:
        period = parse_period(reading.period) if reading.period and not reading.reason else None
        if period is None or period.kind not in ("date", "month"):
            together.append(reading)
            continue
        name, reason = _lies_in(period, frequency, apart)
        together.append(replace(reading, period=name or None, reason=reason))
    return together


def _lies_in(period: Period, frequency: str, apart: bool) -> tuple[str, str]:
    """The year, quarter or month of a day or a month, and why it has none."""
    year, month = period.end.year, period.end.month
    if period.kind == "date" and not _at_edge(period.start):
        return str(period), "day"
    if frequency == "month":
        return f"{year}-{month:02}", ""
    if frequency == "year":
        if month == 12 or (apart and month == 1):
            return str(year), ""
        return (str(period), "financial_year") if apart else ("", "inside")
    inside = not apart and month % 3
    return ("", "inside") if inside else (f"{year}-Q{(month + 2) // 3}", "")


def _of_days(readings: list[Reading], short: list[Period], months: list[int]) -> list[Reading]:
    """Days of which no line tells the frequency: month by month they are months."""
    days = [period for period in short if period.kind == "date"]
    steps = {b - a for a, b in pairwise(months)}
    if len(days) < 3 or len(days) != len(short) or len(months) != len(days) or len(steps) != 1:
        return readings
    if not all(_at_edge(period.start) for period in days):
        return readings
    step = steps.pop()
    reason = {1: "", 3: "quarter_days", 12: "year_days"}.get(step, "")
    return [
        replace(r, reason=r.reason or reason, period=r.period[:7] if step == 1 else r.period)
        if r.period and not r.reason
        else r
        for r in readings
    ]


def _at_edge(day: date) -> bool:
    """True for the first and the last day of a month."""
    return day.day == 1 or (day + timedelta(1)).day == 1
