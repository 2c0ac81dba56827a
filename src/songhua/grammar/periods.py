"""Periods as they are spoken, the whole of a text: 2021年1-8月, 一季度, Q1 2021, Jan-Aug 2021."""

from __future__ import annotations

import re
from functools import cache

from songhua.errors import SonghuaError
from songhua.grammar.lexicon import folded, words
from songhua.grammar.numerals import whole_number
from songhua.labels import parse_period
from songhua.shipped import installed

#: The longest text that can be a period, in characters.
LONGEST = 80
_BETWEEN = re.compile(r"(?<=[\u3000-\u9fff）)])\s+(?=[\u3000-\u9fff（(])")


@cache
def _forms() -> list[tuple[re.Pattern[str], str]]:
    spoken = installed.toml("grammar", "periods.toml")
    number = r"\d{1,2}|十[一二]?|[一二三四五六七八九]"
    months = "|".join(map(re.escape, sorted(words()["months"], key=len, reverse=True)))
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
    for read, write in spoken["forms"]:
        pattern = read.replace("<to>", spoken["dash"])
        for token, (name, body) in groups.items():
            pattern = pattern.replace(f"<{token}>", f"(?P<{name}>{body})")
        forms.append((re.compile(pattern, re.ASCII), write))
    return forms


def _number(text: str) -> int:
    return words()["months"].get(text) or (int(text) if text.isascii() else whole_number(text) or 0)


@cache
def spoken_period(text: str, year: str = "") -> str | None:
    """The canonical text of a period, or None if it is not one.

    `year` is used where the text names none; without it, such a text is not a period.

    >>> spoken_period("2021年1-8月"), spoken_period("一季度", "2020"), spoken_period("Q1 2021")
    ('2021-01..2021-08', '2020-Q1', '2021-Q1')
    >>> spoken_period("前三季度") is None
    True
    """
    plain = " ".join(_BETWEEN.sub("", folded(text)).split()).casefold()
    if len(plain) > LONGEST:
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
