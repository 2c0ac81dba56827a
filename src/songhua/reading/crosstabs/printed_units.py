"""Units that are printed without their base or in a currency's common name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from songhua.errors import SonghuaError
from songhua.grammar.units import scales
from songhua.labels import Unit, parse_unit
from songhua.reading.crosstabs.vocabulary import vocabulary
from songhua.reading.sheets.units import spoken_unit
from songhua.reading.sheets.words import key


@dataclass(frozen=True)
class Printed:
    """A unit as a text prints it: the whole unit, or only its scale.

    `current` is True where it says that prices are those of the year.
    """

    unit: str = ""
    scale: str | None = None
    current: bool = False

    def of(self, indicator_unit: str, basis: str = "") -> str:
        """The unit of an indicator whose own unit and prices are known; blank if it does not fit.

        >>> Printed(scale="k").of("10k persons"), Printed("m EUR").of("persons")
        ('k persons', '')
        """
        unit = parse_unit(indicator_unit)
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


@cache
def printed_unit(text: str, currencies: frozenset[str]) -> Printed | None:
    """The unit that a text prints; None if it prints none.

    `currencies` are those of the folder: three capital letters of another are no unit, and
    `dollars` are those of the folder.

    >>> printed_unit("Millions of current dollars", frozenset({"USD"}))
    Printed(unit='m USD', scale=None, current=True)
    >>> printed_unit("Thousands", frozenset()).scale, printed_unit("亿元", frozenset({"CNY"})).unit
    ('k', '100m CNY')
    >>> printed_unit("USA", frozenset({"USD"})) is None
    True
    """
    plain = key(text)
    if plain in _scales():
        return Printed(scale=_scales()[plain])
    if spoken := spoken_unit(text):
        try:
            unit = parse_unit(spoken)
        except SonghuaError:
            return None
        money = [d for d in unit.dimension if re.fullmatch("[A-Z]{3}", d)]
        return Printed(spoken) if set(money) <= currencies else None
    return _money(plain, currencies)


@cache
def _scales() -> dict[str, str]:
    return {
        key(word): "" if scale == "1" else scale
        for scale, spellings in vocabulary().scales.items()
        for word in spellings
    }


def _money(plain: str, currencies: frozenset[str]) -> Printed | None:
    """`millions of current dollars`, `euro million`, `thousand dollars`."""
    lists, current, scale, currency = vocabulary(), False, "", ""
    for word in plain.split():
        single = word.removesuffix("s")
        codes = lists.currencies.get(word, lists.currencies.get(single, ()))
        candidates = sorted(currencies & set(codes))
        if word in lists.money_current:
            current = True
        elif word in lists.money_joins:
            continue
        elif (short := scales().get(single)) and not scale:
            scale = short
        elif len(candidates) == 1 and not currency:
            currency = candidates[0]
        else:
            return None
    return Printed(f"{scale} {currency}".strip(), current=current) if currency else None
