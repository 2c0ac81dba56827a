"""Contributions to growth: a total's growth taken apart by industry, in percentage points."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from typing import Annotated

import pandas as pd

from songhua.labels import Period
from songhua.maths.bounds import Interval
from songhua.maths.growth import contribution_bounds, contribution_residual
from songhua.region import Region
from songhua.region.observations import Figure, Observation, cited, grouped
from songhua.region.series import Series
from songhua.results.columns import (
    Citations,
    EntityId,
    Estimate,
    IndicatorId,
    IndustryId,
    PlaceId,
    Tag,
    choice,
    estimate,
    number,
)
from songhua.studies.diagnose.closing_weights import sum_verdict
from songhua.studies.diagnose.structure import Breakdown, breakdowns


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """A row of `growth_contributions`: the points that an industry adds to its total's growth.

    In the row of the total itself `residual` is what the parts leave of the published growth,
    and `verdict` whether rounding can explain it, any other weights can, or none. `closing` is the
    part whose weight would have to be from `closing_low` to `closing_high` (%) to explain it.
    """

    indicator: IndicatorId
    region: PlaceId
    period: Period
    industry: IndustryId
    entity: EntityId = ""
    scope: Tag = ""
    share: Annotated[float, number(unit="%")] = math.nan
    growth: Annotated[float, number(unit="%")] = math.nan
    contribution_pp: Annotated[
        Estimate, estimate(unit="pp", names=("contribution_pp", "low", "high", "estimate"))
    ]
    share_of_growth: Annotated[Estimate, estimate(unit="%", kind="in:estimate")] = Estimate()
    residual: Annotated[float, number(unit="pp")] = math.nan
    closing: IndustryId = ""
    closing_low: Annotated[float, number(unit="%", decimals=1)] = math.nan
    closing_high: Annotated[float, number(unit="%", decimals=1)] = math.nan
    method: Annotated[str, choice("method")]
    verdict: Annotated[str, choice("contribution_verdict")] = ""
    observations: Citations


def share_of_growth(part: Estimate, total: Figure) -> Estimate:
    """A contribution in percent of the growth of its total; missing where that may be none.

    >>> total = Observation.of("growth", "2021", "5", form="growth")
    >>> share = share_of_growth(Estimate(1.0, 0.0, 1.8, "bound"), total)
    >>> share.value, share.low, round(share.high, 9)
    (20.0, 0.0, 40.0)
    """
    if total.bound.low <= 0:
        return Estimate(kind=part.kind)
    ends = Interval(part.low, part.high) / total.bound * 100
    return Estimate.of(part.value / total.value * 100, ends, part.kind)


def published_contributions(
    region: Region, figures: Iterable[Observation]
) -> Iterator[Contribution]:
    """Contributions as printed; the share of growth where the total's growth is printed too.

    >>> from songhua.studies.diagnose import town
    >>> part = town.observed("contribution", "2021", "1", "food")
    >>> total = town.observed("growth", "2021", "5")
    >>> rows = published_contributions(town.region(), [part, total])
    >>> [(row.industry, row.contribution_pp.value, row.share_of_growth.value) for row in rows]
    [('food', 1.0, 20.0)]
    """
    series = Series.of(figures)
    alike = series.select(form="growth").by("region", "period", "vintage")
    levels = _levels_of_all(series)
    for part in series.select(form="contribution_pp"):
        of = region.relations.underlying(part.indicator)
        names = region.relations.rates_behind(part.indicator)
        near = alike.get((part.region, part.period, part.vintage), ())
        whole = region.relations.whole(part.indicator, part.industry, levels)
        yield _published(part, of, whole, [r for r in near if r.indicator in names])


def _published(
    part: Observation, of: str, whole: str, rates: Sequence[Observation]
) -> Contribution:
    """One printed contribution, with its own and its total's growth where these are printed."""
    same = (r for r in rates if (r.industry, r.entity) == (part.industry, part.entity))
    part_growth = next((r for r in same if r.scope == part.scope), None)
    part_of_all = part.scope != "" or part.entity != ""
    parent = part.industry if part_of_all else whole
    usual = (r for r in rates if r.industry == parent and not (r.entity or r.scope))
    total = next(usual, None)
    points = Estimate.of(part.value, part.bound, part.estimate)
    return Contribution(
        indicator=of if total is None else total.indicator, region=part.region,
        period=part.period, industry=part.industry, entity=part.entity, scope=part.scope,
        growth=math.nan if part_growth is None else part_growth.value, contribution_pp=points,
        share_of_growth=Estimate() if total is None else share_of_growth(points, total),
        method="published", observations=cited(part, part_growth, total),
    )  # fmt: skip


def share_contributions(region: Region, figures: Iterable[Observation]) -> Iterator[Contribution]:
    """Last year's share times this year's growth; the residual against the published total.

    >>> from songhua.studies.diagnose import town
    >>> texts = [("all", "4"), ("food", "2"), ("tools", "6")]
    >>> rates = [town.observed("growth", "2021", text, name) for name, text in texts]
    >>> shares = [town.observed("share", "2020", "50", name) for name in ("food", "tools")]
    >>> rows = share_contributions(town.region(), [*rates, *shares])
    >>> [(row.industry, row.contribution_pp.value, row.residual) for row in rows]
    [('food', 1.0, nan), ('tools', 3.0, nan), ('all', 4.0, 0.0)]
    """
    series = Series.of(figures)
    rates = _at_constant_prices(region, series.select(form="growth", qualifier=""))
    alike = series.by("period", "region", "scope")
    levels = _levels_of_all(series)
    for breakdown in breakdowns(region, rates):
        total = breakdown.total
        earlier = alike.get((total.period.shifted(-1), total.region, total.scope), ())
        weights = _weights(region, earlier, breakdown, levels)
        if weights is not None:
            yield from weighted_contributions(breakdown, weights)


def _at_constant_prices(region: Region, figures: Series) -> Series:
    """Those of indicators at constant prices."""
    names = figures.distinct("indicator")
    return figures.select(
        indicator=[id for id in names if region.indicator(id).basis == "constant"]
    )


def _levels_of_all(figures: Series) -> set[str]:
    """The levels that are held of the whole economy."""
    levels = figures.select(form="level", industry="all", entity="", scope="", vintage="")
    return set(levels.by("indicator"))


def _weights(
    region: Region, earlier: Sequence[Observation], breakdown: Breakdown, of_all: Set[str]
) -> dict[str, Figure] | None:
    """The parts' shares in the period before: printed ones, else from levels; None if one lacks."""
    total, parts = breakdown.total, breakdown.parts
    of = region.relations.level_of(total.indicator)
    shares = region.relations.shares_of(of)
    printed = _by_industry(
        r for r in earlier
        if r.indicator in shares and r.industry in parts
        and region.relations.whole(r.indicator, r.industry, of_all) == total.industry
    )  # fmt: skip
    if all(part in printed for part in parts):
        return {part: printed[part] for part in parts}
    levels = _by_industry(r for r in earlier if r.indicator == of and r.vintage == total.vintage)
    if not all(name in levels for name in (total.industry, *parts)):
        return None
    whole = levels[total.industry]
    return {part: _share(levels[part], whole) for part in parts} if whole.value > 0 else None


def _by_industry(figures: Iterable[Observation]) -> dict[str, Observation]:
    """The first figure of each industry."""
    return {name: rows[0] for name, rows in grouped(figures, "industry").items()}


def _share(part: Observation, whole: Observation) -> Figure:
    """A part in percent of the whole."""
    bound, value = part.bound / whole.bound * 100, part.value / whole.value * 100
    return Figure(value, bound, Interval(value, value), whole.period, cited(part, whole))


def weighted_contributions(
    breakdown: Breakdown, weights: Mapping[str, Figure]
) -> Iterator[Contribution]:
    """Share before (%) times growth (%) / 100 of each part, then their sum beside the total's.

    >>> total = Observation.of("growth", "2021", "4", form="growth")
    >>> food = Observation.of("growth", "2021", "4", form="growth", industry="food")
    >>> half = Observation.of("share", "2020", "50", form="share", industry="food")
    >>> rows = weighted_contributions(Breakdown(total, {"food": food}), {"food": half})
    >>> [(row.industry, row.contribution_pp.value, row.residual) for row in rows]
    [('food', 2.0, nan), ('all', 2.0, 2.0)]
    """
    total, parts = breakdown.total, breakdown.parts
    row = _row_of(total, "nominal_shares")
    bounds = contribution_bounds(
        {name: weights[name].bound for name in parts},
        {name: part.bound for name, part in parts.items()},
    )
    values = {name: weights[name].value * part.value / 100 for name, part in parts.items()}
    for name, part in parts.items():
        points = Estimate.of(values[name], bounds[name])
        yield row(
            industry=name, share=weights[name].value, growth=part.value, contribution_pp=points,
            share_of_growth=share_of_growth(points, total),
            observations=cited(weights[name], part, total),
        )  # fmt: skip
    whole = sum(bounds.values(), Interval(0, 0))
    series = pd.Series(values)
    behind = [figure for name, part in parts.items() for figure in (weights[name], part)]
    yield row(
        industry=total.industry,
        growth=total.value,
        contribution_pp=Estimate.of(float(series.sum()), whole),
        residual=contribution_residual(series, total.value),
        observations=cited(total, *behind),
        **sum_verdict(breakdown, weights, whole),
    )


def _row_of(total: Observation, method: str) -> Callable[..., Contribution]:
    """The maker of the rows of a total's growth by a method."""
    return partial(
        Contribution, indicator=total.indicator, region=total.region, period=total.period,
        scope=total.scope, method=method,
    )  # fmt: skip


def level_contributions(region: Region, figures: Iterable[Observation]) -> Iterator[Contribution]:
    """Increments of constant-price levels over the total before: closes but for rounding.

    >>> from songhua.studies.diagnose import town
    >>> levels = [("2020", "100", "40", "60"), ("2021", "110", "44", "66")]
    >>> figures = [town.observed("gdp", year, text, name) for year, *texts in levels
    ...     for name, text in zip(("all", "food", "tools"), texts, strict=True)]
    >>> rows = level_contributions(town.region(), figures)
    >>> [(row.industry, row.contribution_pp.value, row.verdict) for row in rows]
    [('food', 4.0, ''), ('tools', 6.0, ''), ('all', 10.0, 'consistent')]
    """
    levels = Series.of(figures).select(form="level", qualifier="")
    by_period: dict[tuple[tuple[str, ...], Period], Breakdown] = {}
    for breakdown in breakdowns(region, _at_constant_prices(region, levels)):
        total = breakdown.total
        labels = (total.indicator, total.region, total.scope, total.vintage, total.industry)
        by_period[labels, total.period] = breakdown
    for (labels, period), breakdown in by_period.items():
        before = by_period.get((labels, period.shifted(-1)))
        measured = region.indicator(labels[0])
        if before is not None and measured.unbroken(before.total.period, period):
            yield from increments(before, breakdown)


def increments(before: Breakdown, after: Breakdown) -> Iterator[Contribution]:
    """100 (part - part before) / total before of each part, then their sum beside the total's.

    >>> def at(year: str, total: str, part: str) -> Breakdown:
    ...     food = Observation.of("gdp", year, part, industry="food")
    ...     return Breakdown(Observation.of("gdp", year, total), {"food": food})
    >>> rows = increments(at("2020", "100", "40"), at("2021", "110", "45"))
    >>> [(row.contribution_pp.value, round(row.share_of_growth.value, 9)) for row in rows]
    [(5.0, 50.0), (5.0, nan)]
    """
    base, total = before.total, after.total
    row = _row_of(total, "constant_levels")
    rise = total.bound - base.bound
    growth = (total.value / base.value - 1) * 100
    added = 0.0
    for name, part in after.parts.items():
        start = before.parts[name]
        step = part.bound - start.bound
        value = (part.value - start.value) / base.value * 100
        added += value
        share = Estimate()
        if rise.low > 0:
            share = Estimate.of(value / growth * 100, step / rise * 100)
        yield row(
            industry=name,
            share=start.value / base.value * 100,
            growth=(part.value / start.value - 1) * 100 if start.value else math.nan,
            contribution_pp=Estimate.of(value, step / base.bound * 100),
            share_of_growth=share,
            observations=cited(start, part, base, total),
        )
    widths = sum(part.bound.width for part in after.parts.values())
    slack = (total.bound.width + base.bound.width + widths) / base.value * 100
    closes = abs(growth - added) <= slack + 1e-12
    yield row(
        industry=total.industry, growth=growth, residual=growth - added,
        contribution_pp=Estimate(added, added - slack, added + slack, "bound"),
        verdict="consistent" if closes else "inconsistent", observations=cited(base, total),
    )  # fmt: skip
