"""Units that are printed without their base or in a currency's common name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from songhua.errors import SonghuaError
from songhua.grammar.unit_words import coded_unit, index_base, unit_in_words
from songhua.labels import Unit, parse_unit
from songhua.reading.crosstabs.vocabulary import vocabulary
from songhua.reading.sheets.units import separated, spoken_unit
from songhua.reading.sheets.words import key


@dataclass(frozen=True)
class Printed:
    """A unit as a text prints it: the whole unit, or only its scale.

    `current` is True where it says that prices are those of the year. `base` is not None for an
    index: what is 100, blank where that is not printed. `change` says since when the unit is a
    change, `per` is the number of a rate of which the rest is not printed (`per 1,000`).
    """

    unit: str = ""
    scale: str | None = None
    current: bool = False
    base: str | None = None
    change: str = ""
    per: int = 0

    def of(self, indicator_unit: str, basis: str = "") -> str:
        """The unit of an indicator whose own unit and prices are known; blank if it does not fit.

        >>> Printed(scale="k").of("10k persons"), Printed("m EUR").of("persons")
        ('k persons', '')
        >>> Printed(per=1000).of("places per 10000 persons"), Printed(base="2015").of("%")
        ('places per 1000 persons', '')
        """
        unit = parse_unit(indicator_unit)
        if self.base is not None:
            return ""
        if self.per:
            return _per(self.per, unit)
        if self.scale is not None:
            if unit.money or unit.dimension[0] in {"ratio", "points"} or unit.dimension[1]:
                return ""
            return f"{self.scale} {indicator_unit.rpartition(' ')[2]}".strip()
        if self.current and basis not in {"current", ""}:
            return ""
        parsed = parse_unit(self.unit)
        return self.unit if _same(parsed, unit) else ""


def _same(unit: Unit, other: Unit) -> bool:
    return unit.dimension == other.dimension and unit.prices == other.prices


def _per(number: int, unit: Unit) -> str:
    """The unit of a rate per a number; blank for what is no rate."""
    top, _, under = unit.text.partition(" per ")
    if under:
        return f"{top} per {number} {under.split()[-1]}"
    ratio = {100: "%", 1000: "‰"}.get(number, "")
    return ratio if unit.dimension[0] == "ratio" else ""


@cache
def printed_unit(text: str, currencies: frozenset[str]) -> Printed | None:
    """The unit that a text prints; None if it prints none.

    `currencies` are those of the folder: three capital letters of another are no unit, and
    `dollars` are those of the folder.

    >>> printed_unit("Millions of current dollars", frozenset({"USD"})).current
    True
    >>> printed_unit("Thousands", frozenset()).scale, printed_unit("亿元", frozenset({"CNY"})).unit
    ('k', '100m CNY')
    >>> printed_unit("USA", frozenset({"USD"})) is None
    True
    >>> printed_unit("2015=100", frozenset()).base, printed_unit("per 1,000", frozenset()).per
    ('2015', 1000)
    """
    plain = key(text)
    if plain in _scales():
        return Printed(scale=_scales()[plain])
    if (base := index_base(text)) is not None:
        return Printed(base=base)
    if rate := _PER.fullmatch(plain):
        return Printed(per=int(re.sub("[ ,]", "", rate[1])))
    if coded := coded_unit(text):
        return Printed(coded[0], change=coded[1]) if _in_currencies(coded[0], currencies) else None
    if in_words := unit_in_words(text, currencies):
        return Printed(in_words[0], current=in_words[1])
    spoken = spoken_unit(text)
    return Printed(spoken) if spoken and _in_currencies(spoken, currencies) else None


@cache
def printed_units(text: str, currencies: frozenset[str]) -> tuple[Printed, ...]:
    """The units that a line prints, in their order; none if it holds any other word.

    >>> [p.unit for p in printed_units("户、人", frozenset())], printed_units("户、?", frozenset())
    (['count', 'persons'], ())
    """
    if whole := printed_unit(text, currencies):
        return (whole,)
    parts = [printed_unit(part, currencies) for part in separated(text)]
    return tuple(filter(None, parts)) if parts and None not in parts else ()


_PER = re.compile(r"per (1(?:[ ,]?000)+|100)", re.ASCII)


def _in_currencies(text: str, currencies: frozenset[str]) -> bool:
    """True for a unit without money, or in a currency of the folder."""
    try:
        unit = parse_unit(text)
    except SonghuaError:
        return False
    return {part for part in unit.dimension if re.fullmatch("[A-Z]{3}", part)} <= currencies


@cache
def _scales() -> dict[str, str]:
    return {
        key(word): "" if scale == "1" else scale
        for scale, spellings in vocabulary().scales.items()
        for word in spellings
    }
