"""The prices of a rate of growth: real, nominal, or stated by nobody."""

from __future__ import annotations

from songhua.labels import parse_unit
from songhua.region.region import Region

#: Of an amount of money whose definition states no prices.
UNSTATED = "unstated"


def rate_prices(region: Region, id: str) -> str:
    """The prices of a rate of growth, a word of the closed list `growth_basis`.

    Blank for what is no rate, and for the growth of what has no price.

    >>> entries = {"sales": {"unit": "m EUR"}, "jobs": {"unit": "persons"},
    ...     "rise": {"form": "growth", "of": "sales"}, "more": {"form": "growth", "of": "jobs"},
    ...     "real": {"form": "growth", "of": "sales", "basis": "constant"}}
    >>> region = Region.of("here", indicators=entries)
    >>> [rate_prices(region, id) for id in ("sales", "rise", "more", "real")]
    ['', 'unstated', '', 'constant']
    """
    rate = region.catalogue.get(id)
    if rate is None or not rate.rate:
        return ""
    level = region.catalogue.get(region.relations.level_of(id))
    priced = level is not None and bool(level.unit) and parse_unit(level.unit).money
    return rate.basis or (UNSTATED if priced else "")
