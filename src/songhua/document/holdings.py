"""The contents of a region, a plan or a folder in numbers, as a small table."""

from __future__ import annotations

from collections.abc import Mapping

from songhua.document.blocks import Table
from songhua.document.tables import grid
from songhua.format.language import Language
from songhua.format.numbers import number


def holdings(words: Language, title: str, counts: Mapping[str, int | None]) -> Table:
    """A row for each kind of thing that there is any of.

    >>> holdings(Language("en"), "Rivertown", {"sources": 1200, "claims": 0}).texts
    [['sources', '1,200']]
    """
    rows = [
        [words.word(f"holds_{name}"), number(n, words.lang, 0)] for name, n in counts.items() if n
    ]
    return grid(title, words.heading("about", "how_many"), rows, {1})
