"""Names of what is measured, as they may stand in a text: whole, or in parts with gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from songhua.grammar.lexicon import folded, phrase_pattern
from songhua.grammar.times import Token

#: What joins the parts of a name that stand apart in a text.
GAP = " … "


@dataclass(frozen=True)
class Names:
    """The names that a text may use: each is a text, or parts of one with gaps between them."""

    names: tuple[str, ...]
    places: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[tuple[re.Pattern[str], str, str], ...]:
        """The parts of all names as patterns with their class, the longest first."""
        return _parts(self)


@cache
def _parts(names: Names) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    texts = {part for name in names.names for part in split_name(name)}
    parts = [(phrase_pattern(text), "name", text) for text in texts if text]
    places = {place.strip() for place in map(folded, names.places)}
    return tuple(parts) + tuple(
        (re.compile(rf"(?:the\s+)?{phrase_pattern(place).pattern}(?:'s)?", re.I), "place", place)
        for place in places
        if place
    )


def split_name(name: str) -> list[str]:
    """The parts of a name that stand apart in a text.

    >>> split_name("城镇 … 就业")
    ['城镇', '就业']
    """
    return [part.strip() for part in folded(name).split(GAP)]


def named(text: str, names: Names | None) -> list[Token]:
    """Where the names stand in a folded text; of two that overlap the longer.

    >>> [token.says for token in named("城镇新增就业8万人", Names(("城镇 … 就业", "就业")))]
    ['城镇', '就业']
    """
    spans = [
        Token(kind, says, match.start(), match.end())
        for pattern, kind, says in (names.parts if names else ())
        for match in pattern.finditer(text)
    ]
    kept: list[Token] = []
    for span in sorted(spans, key=lambda t: (t.start - t.end, t.kind)):
        if not any(span.start < other.end and other.start < span.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda token: token.start)


def names_of(texts: Iterable[str], places: Iterable[str] = ()) -> Names:
    """Names as a reader takes them, each once.

    >>> names_of(["GDP", "GDP"]).names
    ('GDP',)
    """
    return Names(tuple(dict.fromkeys(texts)), tuple(dict.fromkeys(places)))
