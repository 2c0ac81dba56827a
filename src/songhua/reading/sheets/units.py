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


@cache
def _line() -> re.Pattern[str]:
    names = "|".join(map(re.escape, words().unit_lines))
    return re.compile(rf"(?:^|[\s(])(?:{names})\s*[:：]\s*(.+?)\s*\)?$", re.IGNORECASE)


def unit_line(text: str) -> str | None:
    """The unit of a line such as `单位：亿元` or `Unit: m EUR`; None if it is no such line.

    >>> unit_line("（Unit：m EUR）"), unit_line("United in growth") is None
    ('m EUR', True)
    """
    plain = tidy(text)
    match = _line().search(plain) if len(plain) <= limits.WORD else None
    return match[1] if match else None


def separated(text: str) -> list[str]:
    """The units of a line that names several; a comma between thousands parts none.

    >>> separated("亿元、%"), separated("10,000 yuan, %")
    (['亿元', '%'], ['10,000 yuan', '%'])
    """
    separators = rf"(?!(?<=\d),\d{{3}})[{re.escape(words().unit_separators)}]"
    return [part.strip() for part in re.split(separators, text) if part.strip()]
