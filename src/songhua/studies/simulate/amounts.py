"""Amounts of a simulation as parameters of a sentence; of a sum with possible parts both sums."""

from __future__ import annotations

import math

from songhua.studies.simulate.rows import BalanceImpact, TotalImpact


def gains(added: TotalImpact, jobs: TotalImpact) -> dict[str, object]:
    """Value added and jobs with their intervals, to three digits; of two sums both.

    >>> from songhua.studies.simulate import example
    >>> from songhua.studies.simulate.tables import totals
    >>> rows = [row for row in totals(example.simulation()) if row.effect == "type_i"]
    >>> gains(rows[1], rows[2])["value"]
    50.0
    """
    found = {
        "period": added.period, **amount(added), "jobs": round(rough(jobs.value)),
        "jobs_low": round(rough(jobs.low)), "jobs_high": round(rough(jobs.high)),
    }  # fmt: skip
    if not has_parts(added):
        return found
    return found | without_parts(added) | {
        "without_jobs": round(rough(jobs.without_parts)),
        "without_jobs_low": round(rough(jobs.without_parts_low)),
        "without_jobs_high": round(rough(jobs.without_parts_high)),
    }  # fmt: skip


def amount(row: TotalImpact | BalanceImpact) -> dict[str, object]:
    """A value with its interval and unit.

    >>> amount(BalanceImpact("", 2030, "net", "type_i", "jobs", 1, 1234.5, 2000, "persons"))
    {'value': 1230.0, 'unit': 'persons', 'left': 1.0, 'right': 2000.0}
    """
    return {
        "value": rough(row.value), "unit": row.unit, "left": rough(row.low),
        "right": rough(row.high),
    }  # fmt: skip


def has_parts(row: TotalImpact | BalanceImpact) -> bool:
    """A sum has another, without what may be part of another project.

    >>> has_parts(BalanceImpact("", 2030, "net", "type_i", "jobs", 1, 2, 3, "persons"))
    False
    """
    return not math.isnan(row.without_parts)


def both_sums(code: str, row: TotalImpact | BalanceImpact) -> str:
    """The sentence that gives the sum without possible parts too, where there is one.

    >>> row = BalanceImpact("", 2030, "net", "type_i", "jobs", 1, 2, 3, "persons", "interval", 1, 1, 2)
    >>> both_sums("simulate_net", row)
    'simulate_net_both'
    """  # noqa: E501
    return f"{code}_both" if has_parts(row) else code


def without_parts(row: TotalImpact | BalanceImpact, name: str = "without") -> dict[str, object]:
    """The sum without possible parts, with its ends.

    >>> row = BalanceImpact("", 2030, "net", "type_i", "jobs", 1, 2, 3, "persons", "interval", 0, 1, 2)
    >>> without_parts(row)
    {'without': 1.0, 'without_left': 0.0, 'without_right': 2.0}
    """  # noqa: E501
    return {
        name: rough(row.without_parts), f"{name}_left": rough(row.without_parts_low),
        f"{name}_right": rough(row.without_parts_high),
    }  # fmt: skip


def rough(value: float) -> float:
    """Three digits: what an interval leaves of a number.

    >>> rough(1234.5)
    1230.0
    """
    return float(f"{value:.3g}")
