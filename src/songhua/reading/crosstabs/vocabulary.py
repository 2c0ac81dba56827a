"""The words that bureaus print in titles, corners and headings, read once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from songhua.reading.crosstabs.bilingual import untranslated
from songhua.reading.sheets.words import key
from songhua.shipped import installed

_REMARK = re.compile(r"(?: \(| ?\[|: ).*$")
_NOTED = re.compile(r"(?: \d{1,2})+$")


@dataclass(frozen=True)
class Vocabulary:
    """The tables of `vocabulary.toml`, as explained there."""

    ignored_lines: Sequence[str]
    named_lines: Sequence[str]
    frequencies: Sequence[str]
    quarterly: Sequence[str]
    period_starts: str
    place_suffixes: Sequence[str]
    sexes: Sequence[str]
    corners: Mapping[str, Sequence[str]]
    tokens: Mapping[str, Mapping[str, Sequence[str]]]
    scales: Mapping[str, Sequence[str]]
    patterns: Mapping[str, str]


@cache
def vocabulary() -> Vocabulary:
    """The words, read once."""
    return Vocabulary(**installed.toml("reading", "crosstabs", "vocabulary.toml"))


@cache
def corner(text: str) -> str:
    """Role that the heading of a column of labels gives them; blank for a word not listed.

    >>> corner("行 业"), corner("GEO (Labels)"), corner("序号"), corner("Women")
    ('industry', 'region', 'ignored', '')
    """
    word = key(untranslated(text))
    bare = _REMARK.sub("", word)
    role = _corners().get(word) or _corners().get(_NOTED.sub("", word)) or _corners().get(bare, "")
    return role or ("indicator" if pattern("indicators").search(word) else "")


@cache
def is_aside(text: str) -> bool:
    """True for the heading of a column that tells how exact or how large a figure beside it is.

    >>> is_aside("Margin of Error"), is_aside("95% CI lower"), is_aside("Rank"), is_aside("Frank")
    (True, True, True, False)
    """
    return pattern("aside").fullmatch(key(text)) is not None


@cache
def is_code(caption: str) -> bool:
    """True for the caption of a column of codes.

    >>> is_code("area_fips"), is_code("WEO Country Code"), is_code("Income"), is_code("Paid")
    (True, True, False, False)
    """
    return pattern("coded").fullmatch(key(caption)) is not None


@cache
def _corners() -> dict[str, str]:
    return {key(word): role for role, words in vocabulary().corners.items() for word in words}


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A regular expression of the table."""
    return re.compile(vocabulary().patterns[name], re.IGNORECASE)


def speaks_of(name: str, text: str) -> bool:
    """True for a text that speaks of figures of another kind.

    >>> speaks_of("ahead", "2025年预计"), speaks_of("fiscal", "FY2021"), speaks_of("ahead", "2021")
    (True, True, False)
    """
    return pattern(name).search(text) is not None
