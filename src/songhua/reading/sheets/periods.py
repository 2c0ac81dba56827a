"""Periods as they are spoken: 2021年1-8月, 一季度, 上半年, Q1 2021, Jan-Aug 2021."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from songhua.errors import SonghuaError
from songhua.labels import parse_period
from songhua.reading import limits
from songhua.reading.sheets.words import key, words


def _names(table: Mapping[str, int]) -> str:
    return "|".join(map(re.escape, sorted(table, key=len, reverse=True)))


@cache
def _forms() -> list[tuple[re.Pattern[str], str]]:
    number = rf"\d{{1,2}}|{_names(words().numerals)}"
    months = _names(words().months)
    groups = {
        "year": ("y", r"\d{4}"),
        "until": ("z", r"\d{4}"),
        "again": ("y2", r"\d{4}"),
        "n": ("a", number),
        "m": ("b", number),
        "d": ("d", number),
        "month": ("a", months),
        "other": ("b", months),
    }
    forms = []
    for read, write in words().period_forms:
        pattern = read.replace("<to>", words().period_dash)
        for token, (name, body) in groups.items():
            pattern = pattern.replace(f"<{token}>", f"(?P<{name}>{body})")
        forms.append((re.compile(pattern, re.ASCII), write))
    return forms


def _number(text: str) -> int:
    return words().numerals.get(text) or words().months.get(text) or int(text)


@cache
def spoken_period(text: str, year: str = "") -> str | None:
    """The canonical text of a period, or None if it is not one.

    `year` is used where the text names none; without it, such a text is not a period.

    >>> spoken_period("2021年1-8月"), spoken_period("一季度", "2020"), spoken_period("Q1 2021")
    ('2021-01..2021-08', '2020-Q1', '2021-Q1')
    >>> spoken_period("前三季度") is None
    True
    """
    plain = key(text)
    if len(plain) > limits.WORD:
        return None
    for candidate in (text.strip(), plain):
        try:
            return str(parse_period(candidate))
        except SonghuaError:
            continue
    for pattern, write in _forms():
        match = pattern.fullmatch(plain)
        if match is None:
            continue
        groups = {name: value for name, value in match.groupdict().items() if value}
        years = {groups.get("y"), groups.get("y2")} - {None}
        if len(years) > 1 or not (years or year):
            return None
        parts: dict[str, object] = {n: _number(groups[n]) for n in groups.keys() & {"a", "b", "d"}}
        parts |= {"y": years.pop() if years else year, "z": groups.get("z", "")}
        try:
            return str(parse_period(write.format(**parts)))
        except SonghuaError:
            return None
    return None
