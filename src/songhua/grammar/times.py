"""Years, parts of years and stretches of time in running text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from songhua.grammar.lexicon import words
from songhua.grammar.numerals import whole_number
from songhua.shipped import installed

_YEAR = r"\s?((?:19|20)\d\d)"
# What may follow the year of a base: the end, a sign, or a word that goes on.
_NEXT = (
    r"(?=\s*(?:$|[,;:.)](?!\d)|(?:by|to|at|in|on|until|with|and|from|reach|for|during|over"
    r"|through)\b|\())"
)
_HALVES = ("上", "下", "first", "second")
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "一": 1, "二": 2, "三": 3, "四": 4}


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the text: its class, what it says, and where it stands."""

    kind: str
    says: str
    start: int
    end: int


Reader = Callable[[re.Match[str]], tuple[str, str] | None]


def _shaped(kind: str) -> Reader:
    return lambda match: (kind, "..".join(filter(None, match.groups())))


def _stretch(match: re.Match[str]) -> tuple[str, str] | None:
    years = _count(match[1])
    return ("span", f"{years}y") if years and _whole_word(match.string, match.start()) else None


def _month(match: re.Match[str]) -> tuple[str, str] | None:
    year, month = match.groups() if match[1].isdigit() else (match[2], match[1])
    number = int(month) if month.isdigit() else _month_number(month)
    return ("by", f"{year}-{number:02d}") if 1 <= number <= 12 else None


def _short_span(match: re.Match[str]) -> tuple[str, str] | None:
    first, last = int(match[1]), int(match[1][:2] + match[2])
    return ("span", f"{first}..{last}") if last > first + 1 else None


def _months(match: re.Match[str]) -> tuple[str, str] | None:
    if match.groupdict():
        year, first, until, last = match.groups()
        return "span", f"{year}-{int(first):02d}..{until}-{int(last):02d}"
    first, year, last, until = match.groups()
    return "span", f"{year}-{_month_number(first):02d}..{until}-{_month_number(last):02d}"


def _part(match: re.Match[str]) -> tuple[str, str] | None:
    parts = match.groupdict()
    half, n = parts.get("h"), (parts.get("n") or "").lower()
    part = f"H{_HALVES.index(half.lower()) % 2 + 1}" if half else f"Q{_ORDINAL.get(n, n)}"
    return "by", f"{parts['y']}-{part}"


def _season(match: re.Match[str]) -> tuple[str, str] | None:
    follows = (int(match["y"]) + 1) % 100 == int(match["z"])
    return ("by", f"{match['y']}/{match['z']}") if follows else None


def _fiscal(match: re.Match[str]) -> tuple[str, str] | None:
    return "by", f"FY{match[1] if len(match[1]) == 4 else f'20{match[1]}'}"


def _plan(match: re.Match[str]) -> tuple[str, str] | None:
    """A five-year plan by the years that it covers: the first began in 1953, the third in 1966."""
    first = 1951 + 5 * (int(match["en"]) if match["en"] else _count(match["zh"]) or 0)
    end = "末" in (match["end"] or "") or match[0].lower().startswith("by the end")
    if match["base"] is not None:
        return ("base", str(first + 4)) if end else None
    return ("by", str(first + 4)) if end else ("span", f"{first}..{first + 4}")


_READERS: dict[str, Reader] = {
    "base": _shaped("base"),
    "by": _shaped("by"),
    "span": _shaped("span"),
    "stretch": _stretch,
    "month": _month,
    "months": _months,
    "short_span": _short_span,
    "part": _part,
    "season": _season,
    "fiscal": _fiscal,
    "plan": _plan,
}


@cache
def _readers() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """The patterns of `times.toml`, each with what reads its match."""
    blanks = {"<year>": _YEAR, "<Y>": r"(?:19|20)\d\d", "<next>": _NEXT}
    blanks["<month>"] = "|".join(words()["months"])
    compiled: list[tuple[re.Pattern[str], Reader]] = []
    for kind, patterns in installed.toml("grammar", "times.toml").items():
        for pattern in patterns:
            for blank, body in blanks.items():
                pattern = pattern.replace(blank, body)
            compiled.append((re.compile(pattern, re.I | re.A), _READERS[kind]))
    return tuple(compiled)


def times_at(text: str, at: int, reached: bool) -> list[Token]:
    """The times that begin here; years that are `reached` are no span.

    >>> [(token.kind, token.says) for token in times_at("by March 2026", 0, reached=False)]
    [('by', '2026-03')]
    >>> [times_at(text, 0, reached=False)[-1].says for text in ("2026年一季度", "FY25", "2024/25")]
    ['2026-Q1', 'FY2025', '2024/25']
    """
    tokens: list[Token] = []
    for pattern, reader in _readers():
        match = pattern.match(text, at)
        time = reader(match) if match and match[0] else None
        if match is None or time is None:
            continue
        if not (time[1].endswith("y") and reached and _closes(text, match.end())):
            tokens.append(Token(*time, at, match.end()))
    return tokens


def _count(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    if text.isascii():
        return words()["numerals"]["units"].get(text.lower())
    return whole_number(text)


def _month_number(word: str) -> int:
    return int(words()["months"][word.lower()])


def _closes(text: str, at: int) -> bool:
    """True where nothing but a bound follows: of 达到12年 the years are reached, no time."""
    return bool(re.compile(r"\s*(?:$|以上|以内|左右|[,;。)])").match(text, at))


def _whole_word(text: str, at: int) -> bool:
    return at == 0 or not re.match(r"[A-Za-z\d.][A-Za-z\d]", text[at - 1 : at + 1])
