"""Units as they are printed: in brackets, in a line of their own, or as a trailing sign."""

from __future__ import annotations

import re
from functools import cache

from songhua.errors import SonghuaError
from songhua.grammar.unit_words import coded_unit, unit_in_words
from songhua.grammar.units import has_sign, scales, unit_at
from songhua.labels import parse_unit
from songhua.reading import limits
from songhua.reading.sheets.words import tidy, words


@cache
def spoken_unit(text: str) -> str | None:
    """The canonical text of a unit, or None if it cannot be read.

    >>> spoken_unit("million USD"), spoken_unit("EUR billion"), spoken_unit("%")
    ('m USD', 'bn EUR', '%')
    >>> spoken_unit("100 million yuan"), spoken_unit("THS_PER"), spoken_unit("fathoms")
    ('100m CNY', 'k persons', None)
    """
    plain = tidy(text)
    if len(plain) > limits.WORD or plain in words().no_units:
        return None
    for candidate in (text.strip(), plain, *_scaled(plain)):
        try:
            return str(parse_unit(candidate))
        except SonghuaError:
            continue
    if in_words := unit_in_words(text) or coded_unit(text):
        return in_words[0]
    whole = unit_at(plain, 0) if plain else None
    return whole[0] if whole and whole[1] == len(plain) and _plain_unit(whole[0]) else None


def scale_of(text: str) -> int:
    """The number that a word of scale stands for; 0 for another text.

    >>> scale_of("万"), scale_of("million"), scale_of("万元"), scale_of("p")
    (10000, 1000000, 0, 0)
    """
    units = filter(None, map(spoken_unit, (f"{text}元", f"{text} USD"))) if text else ()
    return int(next((parse_unit(unit).factor for unit in units), 0))


def _plain_unit(unit: str) -> bool:
    """True for a unit of its own: a bare count word or a sign of several currencies is none."""
    return "count" not in unit and not has_sign(unit)


def _scaled(text: str) -> list[str]:
    """`million USD`, `USD million` and `million persons` with the scale in its short form."""
    for name, short in scales().items():
        scale = rf"(^|\s){re.escape(name)}s?(?=\s|$)"
        unscaled = re.sub(scale, " ", text, count=1, flags=re.I).strip()
        if unscaled and unscaled != text:
            unscaled = re.sub(r"^of\s+", "", unscaled)
            return [f"{short} {unscaled}"]
    return []
