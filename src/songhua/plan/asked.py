"""Matters of a plan: those of its time, and those that departments can be asked."""

from __future__ import annotations

from songhua.labels import Period
from songhua.plan import Plan
from songhua.region import Region


def asked_of(
    region: Region, plan: Plan | None, period: Period | None, place: str = "", owner: str = ""
) -> bool:
    """True for what is a department's own, and of no plan before the one in force.

    It is where the plan names its owner, or the place is the region or a part of it. A larger area
    and the places beside the region have departments of their own.

    >>> region = Region.of("town", places={"land": {"role": "parent"}, "east": {"role": "part"}})
    >>> [asked_of(region, None, None, place) for place in ("", "town", "east", "land")]
    [True, True, True, False]
    >>> asked_of(region, None, None, "land", "Works")
    True
    """
    of_region = place in ("", region.code) or region.places[place].get("role") == "part"
    return bool(owner or of_region) and not (plan and period and period.end < plan.period.start)


def due_within(span: Period | None, period: Period) -> bool:
    """True for what falls due within the time of a plan; without one for anything.

    >>> from songhua.labels import parse_period
    >>> span = parse_period("plan:2021..2025")
    >>> [due_within(span, parse_period(text)) for text in ("2023", "2016..2020", "2022..2026")]
    [True, False, False]
    """
    return span is None or span.start <= period.end <= span.end
