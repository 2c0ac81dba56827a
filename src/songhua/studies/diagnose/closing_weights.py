"""Weights that would close the gap between a total's growth and that of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from songhua.maths.bounds import Interval
from songhua.maths.weights import closing_weight, weighted_mean_bound
from songhua.region.observations import Figure
from songhua.studies.diagnose.structure import Breakdown


def sum_verdict(
    breakdown: Breakdown, weights: Mapping[str, Figure], whole: Interval
) -> dict[str, Any]:
    """The verdict whether parts can make the total: by rounding, by other weights, or not at all.

    The weight that would close the gap is that of the part that grew most, at the expense of the
    part that grew least.

    >>> from songhua.region.observations import Observation
    >>> rates = {n: Observation.of("g", "2021", v, industry=n) for n, v in (("a", "4"), ("b", "6"))}
    >>> half = {name: Observation.of("share", "2020", "50") for name in rates}
    >>> total = Observation.of("g", "2021", "50")
    >>> sum_verdict(Breakdown(total, rates), half, Interval(4, 6))
    {'verdict': 'inconsistent'}
    """
    total, parts = breakdown.total, breakdown.parts
    if whole.overlaps(total.bound):
        return {"verdict": "consistent"}
    growth = {name: part.bound for name, part in parts.items()}
    if not weighted_mean_bound(growth.values()).overlaps(total.bound):
        return {"verdict": "inconsistent"}
    most = max(parts, key=lambda name: parts[name].value)
    least = min(parts, key=lambda name: parts[name].value)
    bounds = {name: weights[name].bound for name in parts}
    weight = closing_weight(total.bound, bounds, growth, most, least)
    if weight is None:
        return {"verdict": "consistent_if"}
    return {
        "verdict": "consistent_if",
        "closing": most,
        "closing_low": weight.low,
        "closing_high": weight.high,
    }
