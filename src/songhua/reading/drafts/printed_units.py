"""Units that are printed without their base or in a currency's common name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from songhua.errors import SonghuaError
from songhua.labels import Unit, parse_unit
from songhua.reading.drafts.vocabulary import vocabulary
from songhua.reading.sheets.units import spoken_unit
from songhua.reading.sheets.words import key, words


@dataclass(frozen=True)
class Printed:
    """What a text says of a unit: the whole unit, or only its scale.

    `current` is whether it says that prices are those of the year.
    """

    unit: str = ""
    scale: str | None = None
    current: bool = False

    def of(self, own: str, basis: str = "") -> str:
        """The unit of an indicator whose own unit and prices are known; blank if it does not fit.

        >>> Printed(scale="k").of("10k persons"), Printed("m EUR").of("persons")
        ('k persons', '')
        """
        unit = parse_unit(own)
        if self.scale is not None:
            if unit.money or unit.dimension[0] in {"ratio", "points"} or unit.dimension[1]:
                return ""
            return f"{self.scale} {own.rpartition(' ')[2]}".strip()
        if self.current and basis not in {"current", ""}:
            return ""
        found = parse_unit(self.unit)
        return self.unit if _same(found, unit) else ""


def _same(one: Unit, other: Unit) -> bool:
    return one.dimension == other.dimension and one.prices == other.prices


@cache
def printed_unit(text: str, currencies: frozenset[str]) -> Printed | None:
    """What a text says of a unit; None if it says nothing of one.

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
        for scale, said in vocabulary()["scales"].items()
        for word in said
    }


def _money(plain: str, currencies: frozenset[str]) -> Printed | None:
    """`millions of current dollars`, `euro million`, `thousand dollars`."""
    known, current, scale, found = vocabulary(), False, "", ""
    for word in plain.split():
        single = word.removesuffix("s")
        codes = known["currencies"].get(word, known["currencies"].get(single, ()))
        own = sorted(currencies & set(codes))
        if word in known["money"]["current"]:
            current = True
        elif word in known["money"]["of"]:
            continue
        elif (short := words()["scales"].get(single)) and not scale:
            scale = short
        elif len(own) == 1 and not found:
            found = own[0]
        else:
            return None
    return Printed(f"{scale} {found}".strip(), current=current) if found else None
