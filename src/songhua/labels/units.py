"""Units: a scale, a base and what it is counted per. A unit is part of a figure (§4).

`100m CNY`, `10k persons`, `%`, `places per 1000 persons`, `bn CNY@2020` (constant prices of
2020). Words of a language for the same units (亿元, 万人 …) stand in its message catalogue and
are read too.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from songhua import messages
from songhua.errors import SonghuaError
from songhua.fault_kinds import UnitUnknown
from songhua.hooks.checkpoints import checkpoint
from songhua.labels.fault_kinds import CurrencyUnreadable, UnitsDiffer

SCALES = {
    "": 1,
    "k": 10**3,
    "10k": 10**4,
    "m": 10**6,
    "10m": 10**7,
    "100m": 10**8,
    "bn": 10**9,
    "tn": 10**12,
}
RATIOS = {"%": Fraction(1, 100), "‰": Fraction(1, 1000), "x": Fraction(1)}
COUNTED = {
    "persons",
    "places",
    "visits",
    "count",
    "households",
    "kg",
    "t",
    "catties",
    "kWh",
    "tce",
    "km",
    "km2",
    "ha",
    "mu",
    "m2",
    "m3",
    "petaflops",
    "year",
    "hour",
    "kW",
    "TEU",
    "beds",
    "ug",
}
_SAME = {
    "catties": ("kg", Fraction(1, 2)),
    "t": ("kg", Fraction(1000)),
    "ug": ("kg", Fraction(1, 10**9)),
    "mu": ("ha", Fraction(1, 15)),
}
_CURRENCY = re.compile(r"[A-Z]{3}")
_PRICES = re.compile(r"(.+)@(\d{4})", re.ASCII)
_PER = re.compile(r"(?:(\d+) )?(.+)", re.ASCII)


@dataclass(frozen=True)
class Unit:
    """A unit: `factor` turns a number in it into base units of `dimension`.

    `dimension` is (what, per what); `prices` is the year of constant prices, or None.

    >>> parse_unit("100m CNY").factor, parse_unit("100m CNY").dimension
    (Fraction(100000000, 1), ('CNY', ''))
    """

    text: str
    factor: Fraction
    dimension: tuple[str, str]
    prices: int | None = None

    def __str__(self) -> str:
        """The canonical text."""
        return self.text

    @property
    def money(self) -> bool:
        """True for an amount of money."""
        return bool(_CURRENCY.fullmatch(self.dimension[0])) and not self.dimension[1]

    @property
    def counted(self) -> bool:
        """True where whole numbers are expected: persons, places, firms (§4).

        >>> parse_unit("count").counted, parse_unit("10k persons").counted
        (True, False)
        """
        whole = {"persons", "places", "count", "households", "visits"}
        return self.dimension[0] in whole and not self.dimension[1] and self.factor == 1


def currency(text: str) -> str:
    """Check a three-letter currency code.

    >>> currency("EUR")
    'EUR'
    """
    if not _CURRENCY.fullmatch(text):
        raise SonghuaError(CurrencyUnreadable(text=text[:80]))
    return text


@cache
def _pers() -> tuple[str, ...]:
    """Signs for "per" between a unit and its base, in all languages."""
    return tuple(
        sign
        for lang in messages.LANGUAGES
        for sign in messages.catalogue(lang)["units_per"]["signs"]
    )


@cache
def _spoken() -> dict[str, str]:
    """Words for units in all languages, to their canonical text."""
    by_word: dict[str, str] = {}
    for lang in messages.LANGUAGES:
        for unit, names in messages.catalogue(lang)["units"].items():
            for name in names:
                by_word.setdefault(name, unit)
        for unit, name in messages.catalogue(lang)["unit_of_one"].items():
            by_word.setdefault(name, unit)
    return by_word


def _canonical(text: str) -> str:
    """The canonical text of a unit in words: of the whole, else of its two sides.

    `万元/人`, `元每人` and `CNY per person` are parted first; a number before what is under stays.
    """
    by_word = _spoken()
    if text in by_word:
        return by_word[text]
    over, under = next(
        ((top.strip(), bottom.strip()) for top, gap, bottom in map(text.partition, _pers()) if gap),
        (text, ""),
    )
    if not under:
        return text
    count, _, unit = under.partition(" ") if under[0].isdigit() else ("", "", under)
    parts = (by_word.get(over, over), "per", count, by_word.get(unit, unit))
    return " ".join(part for part in parts if part)


def _base(text: str) -> tuple[Fraction, str] | None:
    """Scale and base of `10k persons`, `bn CNY`, `%`; None if it is neither."""
    scale, _, base = text.rpartition(" ")
    if scale not in SCALES:
        return None
    if base in RATIOS:
        return (RATIOS[base], "ratio") if not scale else None
    if base == "pp":
        return (Fraction(1, 100), "points") if not scale else None
    if base in _SAME:
        base, same = _SAME[base]
        return SCALES[scale] * same, base
    if base in COUNTED or _CURRENCY.fullmatch(base):
        return Fraction(SCALES[scale]), base
    return None


@cache
def parse_unit(text: str) -> Unit:
    """Read a unit.

    Raises:
        SonghuaError: `unit_unknown`, for any other text.

    >>> parse_unit("亿元") == parse_unit("100m CNY")
    True
    >>> parse_unit("places per 1000 persons").dimension
    ('places', 'persons')
    >>> str(parse_unit("万元/人")), str(parse_unit("CNY per person")), str(parse_unit("m3 / hour"))
    ('10k CNY per persons', 'CNY per persons', 'm3 per hour')
    """
    text = _canonical(text.strip())
    prices = None
    body = text
    if constant := _PRICES.fullmatch(text):
        body, prices = constant[1], int(constant[2])
    over, per, under = body.partition(" per ")
    top = _base(over)
    bottom = (Fraction(1), "")
    if per:
        match = _PER.fullmatch(under)
        divisor = _base(match[2]) if match else None
        if match is None or divisor is None or match[1] == "0":
            raise SonghuaError(UnitUnknown(text=text[:80]))
        bottom = (divisor[0] * int(match[1] or 1), divisor[1])
    if top is None or bottom[0] == 0 or (prices and not _CURRENCY.fullmatch(top[1])):
        raise SonghuaError(UnitUnknown(text=text[:80]))
    return Unit(text, top[0] / bottom[0], (top[1], bottom[1]), prices)


def factor(old: Unit, new: Unit) -> float:
    """Factor that turns a number in `old` into one in `new`.

    Raises:
        SonghuaError: `units_differ`, when the two measure different things (money and persons,
            percent and percentage points, two currencies, two price bases).

    >>> factor(parse_unit("100m CNY"), parse_unit("bn CNY"))
    0.1
    """
    if old.dimension != new.dimension or old.prices != new.prices:
        raise SonghuaError(UnitsDiffer(unit=old.text, other=new.text))
    return float(old.factor / new.factor)


def convert(value: float, old: str | Unit, new: str | Unit) -> float:
    """Convert a number from one unit into another of the same dimension.

    Raises:
        SonghuaError: `unit_unknown` or `units_differ`.

    >>> convert(5183.8, "100m CNY", "bn CNY")
    518.38
    >>> convert(3.6, "‰", "%")
    0.36
    >>> convert(3.6, "pp", "%")
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: pp and % measure different things. Convert one of the figures, or use another indicator.
    """  # noqa: E501
    checkpoint()
    old = old if isinstance(old, Unit) else parse_unit(old)
    new = new if isinstance(new, Unit) else parse_unit(new)
    scale = factor(old, new)
    if not math.isfinite(value):
        return value * scale
    return float(Fraction(repr(float(value))) * old.factor / new.factor)


def in_words(unit: str, lang: str) -> str:
    """A unit as a language prints it, in one of the words that are read for it; else as it stands.

    >>> in_words("100m CNY", "zh"), in_words("m CNY", "en"), in_words("bn EUR", "zh")
    ('亿元', 'million yuan', 'bn EUR')
    """
    text, words = str(parse_unit(unit)), messages.catalogue(lang)
    if text in words["unit_words"]:
        return str(words["unit_words"][text])
    return str(next(iter(words["units"].get(text, ())), text))
