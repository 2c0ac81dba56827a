"""Bounds of a plan: it asks for no share above its whole and spends nothing below nought (§4)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from songhua.checks.bounds import beyond, ends_in
from songhua.checks.plan_fault_kinds import AmountAboveTotal, AmountBelow
from songhua.errors import Fault, SonghuaError
from songhua.grammar.units import unit_for
from songhua.labels import convert
from songhua.plan import Milestone, PlanTarget, ProgrammeFigure, ProjectValue, Target
from songhua.plan.vocabulary import Quantity
from songhua.region import Region


def targets_within(targets: Iterable[PlanTarget], region: Region) -> Iterator[Fault]:
    """A target asks for nothing that cannot be; neither is its base.

    >>> cells = {"id": "more", "indicator": "gdp", "period": "2024", "text": "-250%"}
    >>> more = PlanTarget.read(cells)
    >>> region = Region.of("here", indicators={"gdp": {"unit": "%", "form": "growth"}})
    >>> wrong = targets_within([more], region)
    >>> [(fault.code, fault.column) for fault in wrong]
    [('figure_below', 'text')]
    """
    for entry in targets:
        for column, value, unit, ends in _goal_numbers(entry, region):
            if wrong := beyond(value, ends, unit, entry.indicator):
                yield wrong.at(*entry.where(column))


def _goal_numbers(
    entry: PlanTarget, region: Region
) -> Iterator[tuple[str, float, str, tuple[float, float]]]:
    """The numbers of a target by column, in a unit and with the ends that they have in it."""
    target, id = entry.target, entry.indicator
    indicator_unit = region.unit(id)
    unit = (unit_for(target.unit, indicator_unit) or target.unit) if target.unit else indicator_unit
    try:
        ends = _ends(target, region, id, unit)
    except SonghuaError:
        return  # a unit that does not fit is refused as such
    numbers = {target.goal.low, target.goal.high} if target.low else set()
    for value in sorted(number for number in numbers if math.isfinite(number)):
        yield "text", value, unit, ends
    if target.quantity == Quantity.LEVEL and entry.base is not None:
        yield "base", float(entry.base), unit, ends


def _ends(target: Target, region: Region, id: str, unit: str) -> tuple[float, float]:
    """The ends of a target's number: growth and multiples of a level have their own."""
    rate = region.catalogue[id].rate
    if target.quantity == Quantity.LEVEL or (target.quantity == Quantity.GROWTH and rate):
        return ends_in(region, id, unit)
    least, _ = ends_in(region, id)
    if least < 0:
        return -math.inf, math.inf
    if target.quantity == Quantity.GROWTH:
        return convert(-1, "x", unit or "x"), math.inf
    none = target.quantity in (Quantity.ADDITION, Quantity.MULTIPLE)
    return (0.0 if none else -math.inf), math.inf


def amounts_within(
    projects: Iterable[Milestone | ProjectValue], programmes: Iterable[ProgrammeFigure]
) -> Iterator[Fault]:
    """No amount of the plan is negative; what is planned or earned to date is part of the total.

    >>> cells = {"project": "mill", "item": "money", "total": "10", "earned_value": "12"}
    >>> cells |= {"period": "2024", "unit": "m EUR"}
    >>> [(one.code, one.column) for one in amounts_within([ProjectValue.read(cells)], [])]
    [('amount_above_total', 'earned_value')]
    """
    for project in projects:
        if not isinstance(project, ProjectValue):
            continue
        parts = {"planned_value": project.planned_value, "earned_value": project.earned_value}
        total = project.total
        amounts = {"total": total, **parts, "actual_value": project.actual_value}
        for name, amount in amounts.items():
            if amount is not None and amount < 0:
                kind = AmountBelow
            elif amount is None or total is None or name not in parts or amount <= total:
                continue
            else:
                kind = AmountAboveTotal
            yield kind(
                *project.where(name),
                name=name,
                value=str(amount),
                unit=str(project.unit),
                total=str(total),
            )
    for row in programmes:
        if row.value is not None and row.value < 0:
            where = row.where("value")
            yield AmountBelow(*where, name="value", value=str(row.value), unit=str(row.unit))
