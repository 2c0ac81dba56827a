"""The words of a plan's table of indicators, read once from `words.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from songhua.reading.sheets.words import key
from songhua.shipped import installed


@dataclass(frozen=True)
class PlanWords:
    """The tables of `words.toml`, each told there."""

    year: str
    heading: Mapping[str, Sequence[str]]
    nature: Mapping[str, Sequence[str]]
    signs: Mapping[str, Mapping[str, str]]
    target: Mapping[str, Mapping[str, str]]
    points: Mapping[str, str]
    names: Mapping[str, Sequence[str]]


@cache
def words() -> PlanWords:
    """The words, read once."""
    return PlanWords(**installed.toml("reading", "plan_tables", "words.toml"))


def nature_of(text: str) -> str | None:
    """The nature of a target by the word for it; blank for none, None for another word.

    >>> nature_of("约束性"), nature_of(""), nature_of("重要")
    ('binding', '', None)
    """
    plain = key(text)
    names = (name for name, spellings in words().nature.items() if plain in map(key, spellings))
    return next(names, None if plain.strip("-—–/") else "")
