"""Words of numbers, times and targets by their class and meaning, and patterns that read them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from songhua.messages import script_of
from songhua.shipped import installed

# Sections of the list that are no phrases of their own.
TABLES = ("numerals", "months", "currencies", "scale", "unit", "activity")
# Classes of which a single Chinese character is read before a number alone.
LONE = ("sense", "hold", "pace", "bound")


@cache
def words() -> dict[str, Any]:
    """The list as it stands in `words.toml`.

    >>> words()["multiple"]["0.5"][0]
    '减半'
    """
    return installed.toml("grammar", "words.toml")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the list: its pattern, its class, and its meaning within it."""

    pattern: re.Pattern[str]
    kind: str
    says: str
    text: str


@cache
def _phrases() -> tuple[Phrase, ...]:
    return tuple(
        Phrase(phrase_pattern(text, kind), kind, says, text)
        for kind, meanings in words().items()
        if kind not in TABLES
        for says, texts in meanings.items()
        for text in texts
    )


@cache
def phrases_at(first: str) -> tuple[Phrase, ...]:
    """The phrases that may begin with a character, in small letters.

    >>> sorted({phrase.says for phrase in phrases_at("翻") if phrase.kind == "multiple"})
    ['2', '4', '8']
    """
    return tuple(p for p in _phrases() if p.text[0] == "/" or p.text[0].lower() == first)


@cache
def phrase_pattern(phrase: str, kind: str = "") -> re.Pattern[str]:
    """A phrase; English words end where words end, and any white space separates them.

    A single character such as 增 is only read before a number. A phrase between slashes is a
    pattern itself.

    >>> bool(phrase_pattern("up to").match("Up  to 5")), bool(phrase_pattern("up").match("upper"))
    (True, False)
    """
    if phrase[0] == phrase[-1] == "/" and len(phrase) > 1:
        return re.compile(phrase[1:-1], re.IGNORECASE)
    body = r"[\s-]+".join(re.escape(word) for word in phrase.split())
    before = r"(?<![A-Za-z])" if phrase[0].isascii() and phrase[0].isalpha() else ""
    after = r"(?![A-Za-z])" if phrase[-1].isascii() and phrase[-1].isalnum() else ""
    lone = len(phrase) == 1 and script_of(phrase) and kind in LONE
    if phrase[-1] == "至":  # 减少至少 is no 减少至
        after = "(?!少)"
    if lone:
        after += r"(?=\s*[\d.〇零一二两三四五六七八九十百千])"
    return re.compile(before + body + after, re.IGNORECASE)


_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PLAIN = str.maketrans(
    _WIDE
    | {ord(c): " " for c in "\u3000\u00a0\u2009\u202f\u2002\u2003\t\n\r"}
    | {ord("−"): "-", ord("⁄"): "/", ord("’"): "'", ord("‘"): "'", ord("“"): '"', ord("”"): '"'}
)


def folded(text: str) -> str:
    """The text with full-width signs as plain ones, a character for a character.

    >>> folded("达到５０％，约 3000 家")
    '达到50%,约 3000 家'
    """
    plain = _SQUARED.sub(lambda m: "23"["²³".index(m[0])], text.translate(_PLAIN))
    return _YEAR.sub(lambda m: "".join(_YEAR_DIGITS[c] for c in m[0]), plain)


_SQUARED = re.compile("(?<=m)[²³]")
_YEAR_DIGITS = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))
_YEAR = re.compile(r"(?<![〇零一二三四五六七八九])[一二][〇零一二三四五六七八九]{3}(?=年)")
