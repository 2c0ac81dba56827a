"""The words that bureaus print around figures, read once from `words.toml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from songhua.reading import limits
from songhua.shipped import installed

_MARK = (
    r"(?:[①-⑳⓪㈠-㈩*※†‡§¹²³⁰-⁹]|\[\d{1,2}\]|注\d{1,2}|\[note[^\]]{0,20}\]"
    r"|(?<=[\s)])\d{1,2}[/)]|[（(](?:注|[①-⑳*]+)\d*[)）])++"
)
_MARKS_LAST = re.compile(rf"{_MARK}\s*$")
_MARKS_MOST = 60  # characters of all marks behind a text
_BETWEEN = re.compile(r"(?<=[\u3000-\u9fff）)])\s+(?=[\u3000-\u9fff（(])")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class SheetWords:
    """The tables of `words.toml`, each told there."""

    blank_marks: Sequence[str]
    note_starts: Sequence[str]
    year_headings: Sequence[str]
    imported_products: Sequence[str]
    domestic_products: Sequence[str]
    unit_lines: Sequence[str]
    unit_separators: str
    no_units: Sequence[str]
    ratio_words: str
    label_prefixes: str
    qualifiers: Mapping[str, tuple[Sequence[str], Sequence[str]]]
    signs: Mapping[str, Sequence[str]]
    flag_runs: Sequence[str]
    triangles: str
    flags: Mapping[str, Sequence[str]]
    flags_before: Mapping[str, Sequence[str]]
    flags_alone: Mapping[str, Sequence[str]]


@cache
def words() -> SheetWords:
    """The words, read once."""
    return SheetWords(**installed.toml("reading", "sheets", "words.toml"))


def tidy(text: str) -> str:
    """Full-width forms made plain, spaces between Chinese characters removed.

    >>> tidy(" 合　计 "), tidy("ＧＤＰ（亿元）"), tidy("Food  and drink")
    ('合计', 'GDP(亿元)', 'Food and drink')
    """
    if text.isascii():
        return " ".join(text.split()).replace(") (", ")(")
    plain = unicodedata.normalize("NFKC", text.replace("\u200b", ""))
    return _SPACES.sub(" ", _BETWEEN.sub("", plain)).strip()


def key(text: str) -> str:
    """The form in which words are compared."""
    return tidy(text).casefold()


def leading_mark(text: str) -> str:
    """The footnote mark that a note starts with.

    >>> leading_mark("① 快报数"), leading_mark("* preliminary"), leading_mark("Note: x")
    ('①', '*', '')
    """
    match = re.match(_MARK, text.strip())
    return match[0] if match else ""


def split_marks(text: str) -> tuple[str, str]:
    """A text, and the footnote marks at its end.

    >>> split_marks("工业①"), split_marks("5183.8 [1]"), split_marks("Food*")
    (('工业', '①'), ('5183.8', '[1]'), ('Food', '*'))
    """
    match = _MARKS_LAST.search(text, max(0, len(text) - _MARKS_MOST))
    if match is None or not text[: match.start()].strip():
        return text.strip(), ""
    return text[: match.start()].strip(), match[0].strip()


@cache
def _prefix() -> re.Pattern[str]:
    return re.compile(words().label_prefixes, re.IGNORECASE)


def without_prefix(text: str) -> str:
    """A row's label without what only orders it.

    >>> without_prefix("其中：工业"), without_prefix("二、第二产业"), without_prefix("3. Steel")
    ('工业', '第二产业', 'Steel')
    """
    while len(text) <= limits.WORD and (
        shorter := _prefix().sub("", text, count=1).strip()
    ) not in {text, ""}:
        text = shorter
    return text


@cache
def blank_marks() -> frozenset[str]:
    """The marks of a cell without a figure, compared as `key` makes them."""
    return frozenset(words().blank_marks) | {key(mark) for mark in words().blank_marks}


@cache
def _notes() -> re.Pattern[str]:
    starts = "|".join(map(re.escape, sorted(words().note_starts, key=len, reverse=True)))
    return re.compile(rf"(?:[（(]\s*)?(?:{starts})\s*\d*\s*(?:[:：.、]|$)|{_MARK}", re.I)


def is_note(text: str) -> bool:
    """True for a line of text that is a note below a table.

    >>> is_note("注：本表按当年价格计算。"), is_note("① 快报数"), is_note("注册企业")
    (True, True, False)
    """
    return _notes().match(text.strip()) is not None


@cache
def _ratio() -> re.Pattern[str]:
    return re.compile(words().ratio_words, re.IGNORECASE)


def is_ratio(text: str) -> bool:
    """True for a heading that speaks of growth, a share or another ratio.

    >>> is_ratio("比上年增长"), is_ratio("增长额"), is_ratio("Annual growth")
    (True, False, True)
    """
    return _ratio().search(text) is not None
