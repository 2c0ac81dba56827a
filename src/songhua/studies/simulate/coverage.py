"""The projects that the sums hold, beside the lists of projects that are printed of the region."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from songhua.labels import convert, parse_period
from songhua.plan import Plan
from songhua.region import Region
from songhua.region.observations import Observation
from songhua.results import Finding
from songhua.studies.series import Figures
from songhua.studies.simulate.finding_kinds import (
    SimulateProjects,
    SimulateProjectsCount,
    SimulateProjectsMoney,
)

#: The measures of a list of projects: how many they are, and the money that they are to cost.
COUNT, MONEY = "projects", "planned_investment"
#: The type of an entity that is a project by itself, and no list of several.
PROJECT = "project"


def coverage(region: Region, plan: Plan, unit: str) -> Iterator[Finding]:
    """The projects of the sums by name, then the largest lists that are printed, if any are.

    Money is in `unit`: what is printed of the projects' spending, beside what the list is to cost.

    >>> from songhua.studies.simulate import example
    >>> [finding.code for finding in coverage(Region.of("here"), example.plan(), "m EUR")]
    ['simulate_projects']
    """
    names = plan.simulated_projects()
    yield SimulateProjects(n=len(names), entities=tuple(names))
    starts = (parse_period(row.period).start for row in plan.spending_rows)
    begun = min(starts, default=None)
    counted, planned = (largest_list(region, measure, begun) for measure in (COUNT, MONEY))
    if counted is not None:
        yield SimulateProjectsCount(
            n=len(names),
            entity=counted.entity,
            period=counted.period,
            count=round(counted.value),
            observations=counted.ids,
        )
    money = announced(plan, unit)
    if planned is not None and money > 0:
        whole = convert(planned.value, planned.unit, unit)
        yield SimulateProjectsMoney(
            value=money,
            planned=whole,
            unit=unit,
            share=float(f"{100 * money / whole:.2g}"),
            indicator=planned.indicator,
            entity=planned.entity,
            period=planned.period,
            scope=planned.scope,
            observations=planned.ids,
        )


def announced(plan: Plan, unit: str) -> float:
    """The spending of the projects that is printed, in `unit`; what is assumed is left out.

    >>> from songhua.studies.simulate import example
    >>> announced(example.plan(), "m EUR")
    100.0
    """
    rows = (row for row in plan.spending_rows if row.value)
    return math.fsum(float(row.value) * convert(1, row.unit, unit) for row in rows)


def largest_list(region: Region, measure: str, begun: date | None = None) -> Observation | None:
    """The largest figure of a named list of projects of the whole region, by a measure.

    A list that ends before the first project has `begun` cannot hold any of them.

    >>> largest_list(Region.of("here"), "projects") is None
    True
    """
    names = [i.id for i in region.catalogue.values() if i.measure == measure and i.form == "level"]
    alike = Figures(region, None).observations.select(
        indicator=names, region=region.code, industry="all", vintage=""
    )
    lists = (
        figure
        for figure in alike
        if figure.entity
        and (begun is None or figure.period.end >= begun)
        and region.entities.get(figure.entity, {}).get("type") != PROJECT
    )
    return max(lists, key=lambda figure: figure.value, default=None)
