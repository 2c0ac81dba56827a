"""Growth of a period: cumulative and single, against a year before and the report before."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from songhua.labels import Period
from songhua.region.observations import Observation, cited, grouped
from songhua.results.columns import (
    Citations,
    Estimate,
    IndicatorId,
    IndustryId,
    UnitName,
    choice,
    estimate,
    number,
)
from songhua.studies.diagnose.single_periods import SinglePeriod
from songhua.studies.series import Figures


@dataclass(frozen=True, slots=True)
class SingleGrowth:
    """Growth of the single period: as published, or by the weights rule."""

    period: Period | None = None
    rate: Estimate = Estimate()
    method: str = ""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodGrowth:
    """A row of `growth`: a rate of the region, cumulative and single, with what stands beside it.

    `before` is the cumulative rate of a year earlier, `earlier` that of the report before and
    `change` the points since then; `level` is the level of which this is the growth.
    """

    indicator: IndicatorId
    industry: IndustryId
    period: Period
    value: Annotated[Estimate, estimate(unit="%")]
    single_period: Period | None
    single: Annotated[Estimate, estimate(unit="%")]
    single_method: Annotated[str, choice("single_method")]
    before: Annotated[float, number(unit="%")]
    earlier_period: Period | None
    earlier: Annotated[float, number(unit="%")]
    change: Annotated[float, number(unit="pp")]
    level: Annotated[float, number(unit_in="level_unit")]
    level_unit: UnitName
    observations: Citations


def period_growth(
    figures: Figures, singles: Iterable[SinglePeriod], period: Period, cumulative: Period
) -> list[PeriodGrowth]:
    """A row a series with growth for the cumulative or the single period, the weakest first.

    `singles` are the single periods that diagnose took out of cumulative growth; they are used
    where none is published.

    >>> from songhua.labels import parse_period
    >>> half = parse_period("2021-H1")
    >>> rates = [Observation.of("growth", text, value, form="growth", region="here")
    ...          for text, value in (("2021-Q1", "8"), ("2021-H1", "6"))]
    >>> from songhua.region import Region
    >>> region = Region.of("here", indicators={"growth": {"form": "growth"}})
    >>> rows = period_growth(Figures.of(region, rates), [], half, half)
    >>> [(row.value.value, str(row.earlier_period), row.change) for row in rows]
    [(6.0, '2021-Q1', -2.0)]
    """
    regional = grouped(figures.regional, "indicator", "industry")
    weighted = [single for single in singles if single.region == figures.region.code]
    rows = []
    for (indicator, industry), series in regional.items():
        if series[0].form == "growth":
            alike = [s for s in weighted if (s.indicator, s.industry) == (indicator, industry)]
            single = _single(series, alike, period, cumulative)
            levels = regional.get((figures.region.relations.level_of(indicator), industry), [])
            row = _row(series, single, levels, cumulative)
            rows += [] if row is None else [row]
    return sorted(rows, key=_weakness)


def _weakness(row: PeriodGrowth) -> tuple[float, str, str]:
    """The cumulative growth, else the single one."""
    rate = row.value if row.value.known else row.single
    return rate.value, row.indicator, row.industry


def figure_of(figures: Iterable[Observation], period: Period) -> Observation | None:
    """The figure for exactly these days.

    >>> year = Observation.of("gdp", "2021", "5")
    >>> figure_of([year], year.period) is year, figure_of([year], year.period.shifted(-1))
    (True, None)
    """
    return next((figure for figure in figures if figure.period == period), None)


def _row(
    rates: Sequence[Observation],
    single: SingleGrowth,
    levels: Sequence[Observation],
    cumulative: Period,
) -> PeriodGrowth | None:
    """The row of a series; none where it has neither rate of the period."""
    rate = figure_of(rates, cumulative)
    if rate is None and single.period is None:
        return None
    earlier = None if rate is None else _earlier(rates, cumulative)
    before = figure_of(rates, cumulative.shifted(-1))
    level = figure_of(levels, cumulative)
    change = math.nan
    if rate is not None and earlier is not None:
        change = float(f"{rate.value - earlier.value:.12g}")
    first = () if rate is None else rate.ids
    return PeriodGrowth(
        indicator=rates[0].indicator,
        industry=rates[0].industry,
        period=cumulative,
        value=Estimate() if rate is None else Estimate.of(rate.value, rate.bound, rate.estimate),
        single_period=single.period,
        single=single.rate,
        single_method=single.method,
        before=_value(before),
        earlier=_value(earlier),
        change=change,
        earlier_period=None if earlier is None else earlier.period,
        level=_value(level),
        level_unit="" if level is None else level.unit,
        observations=(*first, *single.ids, *cited(earlier, before, level)),
    )


def _value(figure: Observation | None) -> float:
    """Its number; missing where there is no figure."""
    return math.nan if figure is None else figure.value


def _single(
    rates: Sequence[Observation], weighted: Sequence[SinglePeriod], period: Period, whole: Period
) -> SingleGrowth:
    """The single period: as published, else by the weights rule; nothing where it is the whole."""
    published = figure_of(rates, period)
    if period != whole and published is not None:
        rate = Estimate.of(published.value, published.bound, published.estimate)
        return SingleGrowth(published.period, rate, "published", published.ids)
    ending = [single for single in weighted if single.period.end == whole.end]
    if not ending:
        return SingleGrowth()
    last = max(ending, key=lambda single: single.period.start)
    return SingleGrowth(last.period, last.value, "weights", last.observations)


def _earlier(rates: Iterable[Observation], whole: Period) -> Observation | None:
    """The last cumulative figure of the same year that ends before."""
    inside = [rate for rate in rates if rate.start == whole.start and rate.end < whole.end]
    return max(inside, key=lambda rate: rate.end, default=None)
