"""Sense of a text of a sheet: what it names, and which of its words nothing explains."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from songhua.reading.crosstabs.printed_units import Printed

#: Roles whose texts are names as a whole: a known word within them is not what they name.
NAMES = frozenset({"region", "industry"})


@dataclass(frozen=True)
class TextSense:
    """Sense of a text.

    `sets` takes columns of the observations to values. `form` is `level` or `growth`, `time`
    `month` or `cumulative`, `prior` the year before, `base` the base of an index (`上年`).
    `name` has the words that name a thing without its unit, period and place; `unknown` those of
    them that nothing explains, `many` those that name several entries.
    """

    sets: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    time: str = ""
    prior: bool = False
    units: tuple[Printed, ...] = ()
    basis: str = ""
    base: str = ""
    name: str = ""
    unknown: tuple[str, ...] = ()
    many: tuple[str, ...] = ()

    @property
    def clear(self) -> bool:
        """True where every word is understood."""
        return not self.unknown and not self.many

    @property
    def empty(self) -> bool:
        """True where a text says nothing that a figure could have."""
        return not (self.sets or self.units or self.form or self.time or self.name or self.prior)


def shortened(name: str) -> str:
    """A name without the gaps that taken words leave, and without brackets of nothing.

    >>> shortened("  出口交货值 "), shortened("Persons; , Total ()")
    ('出口交货值', 'Persons, Total')
    """
    plain = re.sub(r"[(\[]\s*[)\]]", " ", name)
    plain = re.sub(r"([,;:_·])[\s,;:_·]*(?=[,;:_·])", " ", plain)
    plain = " ".join(plain.split()).strip(" \t,;:/|、，；：·_-–—")
    plain = re.sub(r"\s+(?=[,;:，；：])", "", plain)
    return f"{plain})" if plain.count("(") > plain.count(")") else plain
