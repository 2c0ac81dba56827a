"""The industrial system: each industry's role, size and growth by measure, and its gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Annotated

import pandas as pd

from songhua.labels import Period
from songhua.plan import Plan
from songhua.region import Region, weakest
from songhua.region.observations import Observation, cited
from songhua.region.rate_prices import rate_prices
from songhua.region.series import Series
from songhua.results import Finding, table
from songhua.results.columns import (
    Citations,
    Estimate,
    Grade,
    IndicatorId,
    IndustryId,
    UnitName,
    choice,
    estimate,
)
from songhua.studies.diagnose.finding_kinds import (
    DefinitionOwn,
    IndustriesWithoutFigure,
    IndustriesWithoutSize,
    LargestByMeasure,
    NoPlan,
    TotalMixesMeasures,
)
from songhua.studies.series import Figures
from songhua.studies.series_or_panels import own_levels

SIZES = ("value_added", "output", "revenue")
CORE = ("leading", "advantageous")


@dataclass(frozen=True, slots=True)
class IndustrySize:
    """A row of `system`: an industry's latest size by one measure, with its published growth.

    `growth_basis` are the prices of the growth, blank where it is of nothing that has a price.
    """

    role: Annotated[str, choice("role")]
    industry: IndustryId
    measure: Annotated[str, choice("measure")] = ""
    indicator: IndicatorId = ""
    period: Period | None = None
    value: Annotated[Estimate, estimate(unit_in="unit")] = Estimate()
    unit: UnitName = ""
    growth: Annotated[Estimate, estimate(unit="%", kind="bound")] = Estimate(kind="bound")
    growth_basis: Annotated[str, choice("growth_basis")] = ""
    figures: int = 0
    codes: int = 0
    basis: Annotated[str, choice("basis")] = ""
    state: Annotated[str, choice("system_state")] = "missing"
    observations: Citations = ()
    grade: Grade = ""


def system(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `system` and its findings; without a plan the table is empty.

    >>> figures = Figures.of(Region.of("here"), [])
    >>> tables, findings = system(figures)
    >>> len(tables["system"]), [finding.code for finding in findings]
    (0, ['no_plan'])
    """
    region, plan = figures.region, figures.plan
    if plan is None:
        return {"system": table("diagnose", "system", [])}, [NoPlan()]
    cells = own_levels(figures).select(region=region.code, industry=[*plan.roles()])
    by_industry = Series.of([*figures.regional, *cells]).by("industry")
    counts = {name: len(some) for name, some in figures.observations.by("industry").items()}
    rows: list[IndustrySize] = []
    for industry, role in plan.roles().items():
        crosswalk = plan.industries[plan.industries.industry == industry]
        blank = IndustrySize(
            role,
            industry,
            figures=counts.get(industry, 0),
            codes=int((crosswalk.code != "").sum()),
            basis=str(crosswalk.basis.iloc[0]),
        )
        rows += list(industry_sizes(region, by_industry.get(industry, []), blank)) or [blank]
    findings = [*_size_findings(rows), *_definition_findings(plan), *_mixed_totals(figures)]
    return {"system": table("diagnose", "system", rows)}, findings


def industry_sizes(
    region: Region, figures: Iterable[Observation], blank: IndustrySize
) -> Iterator[IndustrySize]:
    """Latest size by measure with its published growth; the growth alone where that is all.

    Of releases that have the latest period the one published last gives the size.

    >>> from types import SimpleNamespace
    >>> from songhua.region.indicators import Indicator
    >>> region = SimpleNamespace(indicator=lambda id: Indicator(id, measure="value_added"))
    >>> food = Observation.of("gdp", "2021", "5", industry="food")
    >>> rows = industry_sizes(region, [food], IndustrySize("leading", "food"))
    >>> [(row.measure, row.value.value, row.state) for row in rows]
    [('value_added', 5.0, 'known')]
    """
    series = Series.of(figures)
    measures = {id: region.indicator(id).measure for id in series.distinct("indicator")}
    for measure in SIZES:
        of_measure = series.select(indicator=[id for id, of in measures.items() if of == measure])
        levels, rates = of_measure.select(form="level"), of_measure.select(form="growth")
        if levels:
            size = max(levels, key=attrgetter("end", "start", "released"))
            rate = next((rate for rate in reversed(rates) if rate.period == size.period), None)
            row = replace(
                blank,
                measure=measure,
                indicator=size.indicator,
                period=size.period,
                value=Estimate(size.value, size.low, size.high, size.estimate),
                unit=size.unit,
                grade=weakest(figure.grade for figure in (size, rate) if figure is not None),
                state="known",
                observations=cited(size, rate),
            )
            yield row if rate is None else _with_growth(region, row, rate)
        elif rates:
            rate = rates[-1]
            row = replace(
                blank,
                measure=measure,
                indicator=rate.indicator,
                period=rate.period,
                state="growth_only",
                observations=rate.ids,
                grade=rate.grade,
            )
            yield _with_growth(region, row, rate)


def _with_growth(region: Region, row: IndustrySize, rate: Observation) -> IndustrySize:
    growth = Estimate(rate.value, rate.low, rate.high, "bound")
    return replace(row, growth=growth, growth_basis=rate_prices(region, rate.indicator))


def _size_findings(rows: Sequence[IndustrySize]) -> Iterator[Finding]:
    """The largest by each measure, and those without a size or any figure."""
    core = [row for row in rows if row.role in CORE]
    sized = [row for row in core if row.state == "known"]
    names = dict.fromkeys(row.industry for row in core)
    for measure in dict.fromkeys(row.measure for row in sized):
        alike = [row for row in sized if row.measure == measure]
        top = max(alike, key=lambda row: row.value.value)
        n, core = len(alike), len(names)
        yield LargestByMeasure.from_row(top, value=top.value.value, n=n, core=core)
    if without := tuple(name for name in names if name not in {row.industry for row in sized}):
        yield IndustriesWithoutSize(industries=without, n=len(without))
    if empty := tuple(row.industry for row in rows if row.figures == 0):
        yield IndustriesWithoutFigure(industries=empty, n=len(empty))


def _definition_findings(plan: Plan) -> Iterator[Finding]:
    """The number of industries that have a definition of the plan's own."""
    if count := plan.industries.industry[plan.industries.basis == "own"].nunique():
        yield DefinitionOwn(n=int(count))


def _mixed_totals(figures: Figures) -> Iterator[Finding]:
    """Totals that mix measures."""
    for indicator in figures.region.catalogue.values():
        if indicator.measure == "mixed" and (
            ids := tuple(figures.observations.select(indicator=indicator.id).ids)
        ):
            yield TotalMixesMeasures(indicator=indicator.id, observations=ids)
