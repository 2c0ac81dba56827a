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
    rates = series.select(form="growth", qualifier="", indicator=real_indicators(region))
    alike = series.by("period", "region", "scope")
    levels = _levels_of_all(series)
    for breakdown in breakdowns(region, rates):
        total = breakdown.total
        earlier = alike.get((total.period.shifted(-1), total.region, total.scope), ())
        weights = _weights(region, earlier, breakdown, levels)
        if weights is not None:
            yield from weighted_contributions(breakdown, weights)


def real_indicators(region: Region) -> list[str]:
    """The indicators at constant prices.

    >>> real_indicators(Region.of("here", indicators={"real": {"basis": "constant"}, "gdp": {}}))
    ['real']
    """
    return [id for id, measured in region.catalogue.items() if measured.basis == "constant"]


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
    row = row_of(total, "nominal_shares")
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


def row_of(total: Observation, method: str) -> Callable[..., Contribution]:
    """The maker of the rows of a total's growth by a method.

    >>> row = row_of(Observation.of("gdp", "2021", "5"), "computed")
    >>> row(industry="food", contribution_pp=Estimate(1.0), observations=()).method
    'computed'
    """
    return partial(
        Contribution, indicator=total.indicator, region=total.region, period=total.period,
        scope=total.scope, method=method,
    )  # fmt: skip
