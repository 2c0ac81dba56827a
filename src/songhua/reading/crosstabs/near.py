"""The known name that an unknown one looks like, as where a letter was mistyped."""

from __future__ import annotations

import difflib

from songhua.reading.crosstabs.lexicon import Lexicon
from songhua.reading.sheets.words import key, split_marks

#: The least similarity to a name, and the least length, of a name that is asked about.
_NEAR, _SHORT = 0.9, 6


def nearest_name(lexicon: Lexicon, column: str, text: str) -> str:
    """The name of a column that a text looks like; blank where there is none.

    >>> from songhua.messages import Words
    >>> from songhua.region import Region
    >>> town = Region.of("t", industries={"c": {"name": Words({"en": "Manufacturing"})}})
    >>> nearest_name(Lexicon(town), "industry", "Manufactruing"), nearest_name(
    ...     Lexicon(town), "industry", "Mining")
    ('manufacturing', '')
    """
    plain = key(split_marks(text)[0])
    if len(plain) < _SHORT:
        return ""
    slack = 1 + len(plain) // 10
    names = [name for name in lexicon.names_of(column) if abs(len(name) - len(plain)) <= slack]
    return next(iter(difflib.get_close_matches(plain, names, 1, _NEAR)), "")
