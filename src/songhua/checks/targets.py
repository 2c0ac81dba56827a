"""What must hold of a plan's targets: a number of the indicator's sort."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from songhua.checks.places import row_of
from songhua.errors import Fault
from songhua.labels import Unit, parse_unit
from songhua.plan import Target, parse_target
from songhua.region import Catalogue

FILE = "plan/targets.csv"


def targets_fit(targets: pd.DataFrame, indicators: Catalogue) -> Iterator[Fault]:
    """A target's number must be of the indicator's sort."""
    for _, row in targets.iterrows():
        indicator = indicators[row["indicator"]]
        target = parse_target(row["text"])
        if not fits(target, indicator):
            params = {
                "unit": target.unit, "other": str(indicator["unit"]), "indicator": row["indicator"],
            }  # fmt: skip
            yield Fault("target_unit_misfit", FILE, row_of(row), "text", params)


def fits(target: Target, indicator: Mapping[str, Any]) -> bool:
    """Whether a target's number can be set beside an indicator's figures (§4).

    Words without a number, growth of a level, and multiples always can; a bare number or a bare
    count word (个) is taken in the indicator's own unit.

    >>> fits(parse_target("at least 6 %"), {"unit": "bn EUR", "form": "level"})
    False
    >>> fits(parse_target("6 % a year"), {"unit": "bn EUR", "form": "level"})
    True
    """
    own = parse_unit(str(indicator["unit"]))
    if target.quantity in ("course", "multiple") or target.unit == "":
        return True
    if target.quantity == "growth":
        return indicator["form"] in ("growth", "average_growth", "level", "ratio", "share")
    unit = parse_unit(target.unit)
    if target.unit == "pp":
        return own.dimension == ("ratio", "")
    return _same(unit, own) or (target.unit == "count" == unit.text and bool(own.dimension[1]))


def _same(unit: Unit, own: Unit) -> bool:
    """The same sort of number; "a year" in the indicator's unit is the target's pace."""
    yearly = (unit.dimension[0], "year")
    return (unit.dimension, unit.prices) == (own.dimension, own.prices) or own.dimension == yearly
