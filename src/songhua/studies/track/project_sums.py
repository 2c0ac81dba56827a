"""The values of projects in sum: each by itself, and without what may be part of another."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from songhua.labels import Period, convert, parse_period, parse_unit
from songhua.plan.delivery_vocabulary import ProjectAmount
from songhua.plan.project_parts import possible_parts
from songhua.results.columns import InUnit, UnitName
from songhua.studies.track.projects import ProjectState
from songhua.studies.track.rows import digits


@dataclass(frozen=True)
class ProjectSum:
    """A value of all projects that have it: the columns of track's table `project_sums`.

    `period` is from the first to the last time up to which the values count. `without_parts` is
    the sum without what may be part of another project of the sum: the lowest that the plan
    allows, as `value` is the highest; not-a-number where nothing may be.
    """

    amount: ProjectAmount
    projects: int
    period: Period
    value: InUnit
    without_parts: InUnit
    unit: UnitName


def project_sums(
    projects: Sequence[ProjectState], wholes: Mapping[str, Sequence[str]]
) -> list[ProjectSum]:
    """The values of projects in sum, where two or more have one; each kind of unit by itself.

    >>> from songhua.plan.delivery_vocabulary import DeliveryState
    >>> year, open_ = parse_period("2024"), DeliveryState.OPEN
    >>> mill, farm = (
    ...     ProjectState(name, 0, 0, "", None, open_, 0.0, year, total, unit="m EUR")
    ...     for name, total in (("mill", 80.0), ("farm", 5.0)))
    >>> (money,) = project_sums([mill, farm], {"farm": ["mill"]})
    >>> money.value, money.without_parts, money.projects
    (85.0, 80.0, 2)
    """
    sums: list[ProjectSum] = []
    for amount in ProjectAmount:
        groups: dict[object, list[ProjectState]] = {}
        for project in projects:
            if project.period and not math.isnan(getattr(project, amount)):
                unit = parse_unit(project.unit)
                groups.setdefault((unit.dimension, unit.prices), []).append(project)
        sums += [_sum(amount, same, wholes) for same in groups.values() if len(same) > 1]
    return sums


def _sum(
    amount: ProjectAmount, same: Sequence[ProjectState], wholes: Mapping[str, Sequence[str]]
) -> ProjectSum:
    unit = same[0].unit
    numbers = {
        project.project: convert(getattr(project, amount), project.unit, unit) for project in same
    }
    parts = possible_parts(wholes, numbers)
    times = [project.period for project in same if project.period]
    first, last = (
        min(period.start for period in times).year,
        max(period.end for period in times).year,
    )
    period = parse_period(f"{first}..{last}" if first < last else str(first))
    value = digits(math.fsum(numbers.values()))
    least = digits(math.fsum(numbers[name] for name in numbers if name not in parts))
    return ProjectSum(amount, len(numbers), period, value, least if parts else math.nan, unit)
