"""Amounts of a simulation as parameters of a sentence; of a sum with possible parts both sums."""

from __future__ import annotations

from typing import Any

from songhua.results import Estimate
from songhua.studies.simulate.rows import BalanceImpact, TotalImpact


def gains(added: TotalImpact, jobs: TotalImpact) -> dict[str, Any]:
    """Value added and jobs with their intervals, to three digits; of two sums both.

    >>> from songhua.studies.simulate import example
    >>> from songhua.studies.simulate.tables import totals
    >>> rows = [row for row in totals(example.simulation()) if row.effect == "type_i"]
    >>> gains(rows[1], rows[2])["value"]
    50.0
    """
    parameters = {"period": added.period} | amount(added) | _persons(jobs.value, "jobs")
    if not added.without_parts.known:
        return parameters
    return parameters | without_parts(added) | _persons(jobs.without_parts, "without_jobs")


def _persons(jobs: Estimate, name: str) -> dict[str, float]:
    """Jobs with their ends as whole numbers."""
    ends = estimate_parameters(jobs, name, f"{name}_low", f"{name}_high")
    return {end: round(value) for end, value in ends.items()}


def amount(row: TotalImpact | BalanceImpact) -> dict[str, Any]:
    """A value with its ends, their kind and its unit.

    >>> jobs = Estimate.drawn(1, 1234.5, 2000)
    >>> amount(BalanceImpact("", 2030, "net", "type_i", "jobs", jobs, "persons"))
    {'value': 1230.0, 'left': 1.0, 'right': 2000.0, 'unit': 'persons', 'estimate': 'interval'}
    """
    ends = estimate_parameters(row.value, "value", "left", "right")
    return {**ends, "unit": row.unit, "estimate": row.value.kind}


def without_parts(row: TotalImpact | BalanceImpact, name: str = "without") -> dict[str, float]:
    """The sum without possible parts, with its ends.

    >>> both, alone = Estimate(2, 1, 3), Estimate(1, 0, 2)
    >>> without_parts(BalanceImpact("", 2030, "net", "type_i", "jobs", both, "persons", alone))
    {'without': 1.0, 'without_left': 0.0, 'without_right': 2.0}
    """
    return estimate_parameters(row.without_parts, name, f"{name}_left", f"{name}_right")


def estimate_parameters(estimate: Estimate, value: str, low: str, high: str) -> dict[str, float]:
    """An estimate to three digits, its number and each of its ends under a name.

    >>> estimate_parameters(Estimate(1234.5, 1, 2000), "expected", "least", "most")
    {'expected': 1230.0, 'least': 1.0, 'most': 2000.0}
    """
    return {value: rough(estimate.value), low: rough(estimate.low), high: rough(estimate.high)}


def rough(value: float) -> float:
    """A number to three digits, as its interval leaves them.

    >>> rough(1234.5)
    1230.0
    """
    return float(f"{value:.3g}")
