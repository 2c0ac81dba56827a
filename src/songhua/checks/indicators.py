"""Checks of indicators: two names of one quantity are of one kind."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.checks.fault_kinds import SameAsItself, SameAsNotComparable, SameAsUnlike
from songhua.errors import Fault
from songhua.labels import parse_unit
from songhua.region import Region
from songhua.region.indicators import Indicator
from songhua.region.relations import Kind

FILE = "indicators.toml"


def names_fit(region: Region) -> Iterator[Fault]:
    """`same_as` names another indicator of like unit, form, prices and time.

    >>> kinds = {"gdp": {"unit": "bn EUR"}, "city_gdp": {"unit": "count", "same_as": "gdp"}}
    >>> region = Region.of("here", indicators=kinds)
    >>> [(one.code, one.params["columns"]) for one in names_fit(region)]
    [('same_as_unlike', ('unit',))]
    """
    relations = region.relations
    for relation in relations.declared(Kind.SAME_QUANTITY):
        indicator, other = region.indicator(relation.indicator), region.catalogue.get(relation.to)
        if other is None:
            continue
        id = indicator.id
        if id == other.id:
            yield SameAsItself(FILE, None, id, indicator=id, other=other.id)
        elif unlike := _unlike(indicator, other):
            yield SameAsUnlike(FILE, None, id, indicator=id, other=other.id, columns=unlike)
        elif frozenset((id, other.id)) in relations.unlike:
            yield SameAsNotComparable(FILE, None, id, indicator=id, other=other.id)


def _unlike(indicator: Indicator, other: Indicator) -> tuple[str, ...]:
    """The columns in which two indicators are not of one kind."""
    kinds = [
        {
            "unit": parse_unit(compared.unit).dimension,
            "form": compared.form,
            "basis": compared.basis,
            "time": compared.time,
        }
        for compared in (indicator, other)
    ]
    return tuple(name for name in kinds[0] if kinds[0][name] != kinds[1][name])
