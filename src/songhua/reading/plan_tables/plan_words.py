"""The words of a plan's table of indicators, read once from `words.toml`."""

from __future__ import annotations

from functools import cache
from typing import Any

from songhua.reading.sheets.words import key
from songhua.shipped import installed


@cache
def words() -> dict[str, Any]:
    """The table of words."""
    return installed.toml("reading", "plan_tables", "words.toml")


def nature_of(text: str) -> str | None:
    """The nature of a target by the word for it; blank for none, None for another word.

    >>> nature_of("约束性"), nature_of(""), nature_of("重要")
    ('binding', '', None)
    """
    plain = key(text)
    names = (name for name, spellings in words()["nature"].items() if plain in map(key, spellings))
    return next(names, None if plain.strip("-—–/") else "")
