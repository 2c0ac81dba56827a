"""Places and industries that are only a part of a longer name: 哈尔滨银行, 特殊教育."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from songhua.reading.crosstabs.lexicon import Token
from songhua.reading.crosstabs.vocabulary import pattern, speaks_of

Piece = tuple[int, int, list[Token] | None]


def without_inner(text: str, pieces: Iterable[Piece], title: bool) -> Iterator[Piece]:
    """Pieces of a text, those that are only a part of a name as unknown ones.

    A place is one before the word of a body (`银行`, `新区`), and an industry behind a word that
    nothing explains; in a title such a word may be another subject.

    >>> bank = [(0, 2, [Token("name", "region", "china")]), (2, 4, [])]
    >>> list(without_inner("中国银行", bank, False))
    [(0, 4, [])]
    """
    start, before = 0, False
    for first, end, tokens in pieces:
        columns = {token.column for token in tokens or () if token.kind == "name"}
        inner = columns == {"region"} and pattern("bodies").match(text, end) is not None
        behind = before and not title and not speaks_of("scopes", text[start:first])
        inner = inner or (columns == {"industry"} and behind and not text[first].isascii())
        bodies = speaks_of("institutions", text[end:])
        inner = inner or (columns == {"industry"} and bodies)
        is_unknown = tokens == [] or inner
        if before and not is_unknown:
            yield start, first, []
        if not is_unknown:
            yield first, end, tokens
        elif not before:
            start = first
        before = is_unknown and text[end - 1].isalpha() and not text[end - 1].isascii()
        if is_unknown and not before:
            yield start, end, []
    if before:
        yield start, len(text), []
