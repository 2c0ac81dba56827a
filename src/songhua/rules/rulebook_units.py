"""The units in which a rulebook reckons: one a dimension for money, ratios as fractions, days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from songhua.labels.units import convert, parse_unit

EPOCH = date(1970, 1, 1)
PLAIN_UNITS = ("", "days", "points")
RATIOS = ("%", "‰", "x")


def day_number(day: date) -> float:
    """A day as a number of days since 1970-01-01.

    >>> day_number(date(1970, 1, 11))
    10.0
    """
    return float((day - EPOCH).days)


def units_of(units: Iterable[str]) -> dict[str, str]:
    """By dimension the unit to reckon in: the first that the rulebook's facts name.

    >>> units_of(["10k CNY", "persons", "100m CNY", "%"])
    {'CNY': '10k CNY', 'persons': 'persons', 'ratio': '%'}
    """
    by_dimension: dict[str, str] = {}
    for unit in units:
        if unit not in PLAIN_UNITS:
            by_dimension.setdefault(parse_unit(unit).dimension[0], unit)
    return by_dimension


def own_unit(unit: str, units: Mapping[str, str]) -> str:
    """The unit in which numbers of this unit are reckoned in a rulebook.

    Raises:
        SonghuaError: `unit_unknown`.

    >>> own_unit("100m CNY", {"CNY": "10k CNY"}), own_unit("%", {})
    ('10k CNY', 'x')
    """
    if unit in PLAIN_UNITS:
        return unit
    if unit in RATIOS:
        return "x"
    return units.get(parse_unit(unit).dimension[0], unit)


def in_own_unit(number: float, unit: str, units: Mapping[str, str]) -> float:
    """A number in the unit in which the rulebook reckons.

    >>> in_own_unit(2, "100m CNY", {"CNY": "10k CNY"})
    20000.0
    """
    rulebook_unit = own_unit(unit, units)
    return float(number) if unit == rulebook_unit else convert(float(number), unit, rulebook_unit)
