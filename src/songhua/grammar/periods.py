"""Periods as they are spoken or printed, the whole of a text: 2021年1-8月, Q1 2021, 31.12.2021."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from songhua.errors import SonghuaError
from songhua.grammar.lexicon import folded, words
from songhua.grammar.numerals import whole_number
from songhua.labels import parse_period
from songhua.shipped import installed
from songhua.wording.periods import plan_period

#: The longest text that can be a period, in characters.
LONGEST = 80
_BETWEEN = re.compile(r"(?<=[\u3000-\u9fff）)])\s+(?=[\u3000-\u9fff（(])")


_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", re.ASCII)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@cache
def spoken_words() -> dict[str, Any]:
    """The tables of `periods.toml`, each told there."""
    return installed.toml("grammar", "periods.toml")


@cache
def month_names() -> dict[str, int]:
    """The names of months in all languages of the list, with their numbers.

    >>> month_names()["sept"], month_names()["mai"], month_names()["dezembro"]
    (9, 5, 12)
    """
    names: dict[str, int] = dict(words()["months"])
    for number, listed in spoken_words()["months"].items():
        names |= dict.fromkeys(listed, int(number))
    return names


@cache
def _forms() -> list[tuple[re.Pattern[str], str]]:
    spoken = spoken_words()
    number = r"\d{1,2}|十[一二]?|[一二三四五六七八九]"
    months = "|".join(map(re.escape, sorted(month_names(), key=len, reverse=True)))
    groups = {
        "year": ("y", r"\d{4}"),
        "until": ("z", r"\d{4}"),
        "again": ("y2", r"\d{4}"),
        "n": ("a", number),
        "m": ("b", number),
        "d": ("d", number),
        "month": ("a", months),
        "other": ("b", months),
        "roman": ("a", "|".join(_ROMAN)),
    }
    forms = []
    for read, write in spoken["forms"]:
        pattern = read.replace("<to>", spoken["dash"]).replace("<quarter>", spoken["quarter"])
        for token, (name, body) in groups.items():
            pattern = pattern.replace(f"<{token}>", f"(?P<{name}>{body})")
        forms.append((re.compile(pattern, re.ASCII), write))
    return forms


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(spoken_words()["mark"])


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return month_names().get(text) or _ROMAN.get(text) or whole_number(text) or 0


def plain_period(text: str) -> tuple[str, str]:
    """The text of a period in plain signs and small letters, and the mark behind it.

    >>> plain_period("2021 [note 3]"), plain_period("Ｑ２ 2018p"), plain_period("2019³")
    (('2021', '[note 3]'), ('q2 2018', 'p'), ('2019', '³'))
    """
    plain = " ".join(_BETWEEN.sub("", folded(text)).split()).casefold()
    mark = _mark().search(plain) if len(plain) <= LONGEST else None
    if mark is None or not mark.start():
        return plain, ""
    return plain[: mark.start()], mark[0].strip()


def slashed_days(text: str) -> tuple[str, str] | None:
    """The days that `31/12/2021` may be, day first and month first, each blank if it is none.

    >>> slashed_days("31/12/2021"), slashed_days("03/04/2021")
    (('2021-12-31', ''), ('2021-04-03', '2021-03-04'))
    """
    match = _SLASHED.fullmatch(text)
    if match is None:
        return None
    first, second, year = match.groups()
    return _read(f"{year}-{second:0>2}-{first:0>2}"), _read(f"{year}-{first:0>2}-{second:0>2}")


def _read(text: str) -> str:
    try:
        return str(parse_period(text))
    except SonghuaError:
        return ""


@cache
def spoken_period(text: str, year: str = "") -> str | None:
    """The canonical text of a period, or None if it is not one.

    `year` is used where the text names none; without it, such a text is not a period. The mark of a
    note, of a provisional or of a revised figure behind it is left aside. A text that may be two
    periods (`03/04/2021`, `Jan-14`) is none: `read_periods` reads it among its neighbours.

    >>> spoken_period("2021年1-8月"), spoken_period("一季度", "2020"), spoken_period("Q1 2021")
    ('2021-01..2021-08', '2020-Q1', '2021-Q1')
    >>> spoken_period("31.12.2021"), spoken_period("2014 JAN"), spoken_period("2019 [note 3]")
    ('2021-12-31', '2014-01', '2019')
    >>> spoken_period("2021—2025年规划期")
    'plan:2021..2025'
    >>> [spoken_period(text) for text in ("前三季度", "03/04/2021", "2021-W05")]
    [None, None, None]
    """
    plain, _ = plain_period(text)
    if len(plain) > LONGEST:
        return None
    if plan := plan_period(text.strip()):
        return plan
    for candidate in (text.strip(), plain):
        if period := _read(candidate):
            return period
    if (days := slashed_days(plain)) and ("" in days or days[0] == days[1]):
        return "".join(dict.fromkeys(days)) or None
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
        return _read(write.format(**parts)) or None
    return None
