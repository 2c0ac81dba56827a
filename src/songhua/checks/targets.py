"""What must hold of a plan's targets: a number of the indicator's sort."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from songhua.checks.places import entry_fault
from songhua.errors import Fault
from songhua.labels import Unit, parse_unit
from songhua.plan import PlanTarget, Target
from songhua.plan.target_units import unit_for
from songhua.plan.vocabulary import Quantity
from songhua.schema import Catalogue, Entry


def targets_fit(targets: Iterable[PlanTarget], indicators: Catalogue) -> Iterator[Fault]:
    """A target's number must be of the indicator's sort.

    >>> more = PlanTarget.read({"id": "more", "indicator": "gdp", "period": "2024", "text": "9 %"})
    >>> wrong = targets_fit([more], {"gdp": {"unit": "bn EUR", "form": "level"}})
    >>> [(fault.code, fault.column) for fault in wrong]
    [('target_unit_misfit', 'text')]
    """
    for entry in targets:
        indicator = indicators[entry.indicator]
        if not fits(entry.target, indicator):
            params = {
                "unit": entry.target.unit, "other": str(indicator["unit"]),
                "indicator": entry.indicator,
            }  # fmt: skip
            yield entry_fault(entry, "target_unit_misfit", "text", params)


def fits(target: Target, indicator: Entry) -> bool:
    """Whether a target's number can be set beside an indicator's figures (§4).

    Words without a number, growth of a level, and multiples always can; a bare number or a bare
    count word (个) is taken in the indicator's own unit.

    >>> from songhua.plan import parse_target
    >>> fits(parse_target("at least 6 %"), {"unit": "bn EUR", "form": "level"})
    False
    >>> fits(parse_target("6 % a year"), {"unit": "bn EUR", "form": "level"})
    True
    """
    own = parse_unit(str(indicator["unit"]))
    if target.quantity in (Quantity.COURSE, Quantity.MULTIPLE) or target.unit == "":
        return True
    if target.quantity == Quantity.RELATION:
        return target.unit != "pp" or own.dimension == ("ratio", "") or bool(target.sense)
    if target.quantity == Quantity.GROWTH:
        return indicator["form"] in ("growth", "average_growth", "level", "ratio", "share")
    unit = parse_unit(target.unit)
    if target.unit == "pp":
        return own.dimension == ("ratio", "")
    return _same(unit, own) or unit_for(target.unit, str(indicator["unit"])) is not None


def _same(unit: Unit, own: Unit) -> bool:
    """The same sort of number; "a year" in the indicator's unit is the target's pace."""
    yearly = (unit.dimension[0], "year")
    return (unit.dimension, unit.prices) == (own.dimension, own.prices) or own.dimension == yearly
