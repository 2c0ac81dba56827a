"""Single periods: growth of a quarter or a month taken out of cumulative growth by weights."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Annotated

from songhua.labels import Period, parse_period
from songhua.maths.growth import single_period_growth
from songhua.region import Region
from songhua.region.observations import SERIES, Observation, cited
from songhua.region.series import Series
from songhua.results.columns import (
    Citations,
    Estimate,
    IndicatorId,
    IndustryId,
    PlaceId,
    Tag,
    estimate,
    number,
)


@dataclass(frozen=True, slots=True)
class SinglePeriod:
    """A row of `single_periods`: growth of one stretch of a year, beside the published rate."""

    indicator: IndicatorId
    region: PlaceId
    industry: IndustryId
    scope: Tag
    period: Period
    value: Annotated[Estimate, estimate(unit="%")]
    published: Annotated[float, number(unit="%")]
    observations: Citations


def single_periods(region: Region, figures: Iterable[Observation]) -> Iterator[SinglePeriod]:
    """Growth of a stretch between two cumulative periods of one year, by the weights rule.

    The weights are the cumulative levels of the year before. Levels at current prices stand in for
    levels at constant prices; without levels there is no result. An entity's figures are not those
    of the place.

    >>> from songhua.studies.diagnose import town
    >>> rates = [("growth", "2021-Q1", "4"), ("growth", "2021-H1", "7")]
    >>> levels = [("gdp", "2020-Q1", "100"), ("gdp", "2020-H1", "400")]
    >>> figures = [town.observed(*labels) for labels in (*rates, *levels)]
    >>> [(str(row.period), row.value.value) for row in single_periods(town.region(), figures)]
    [('2021-Q2', 8.0)]
    """
    settled = Series.of(figures).select(entity="")
    levels = settled.select(form="level").by(*SERIES)
    for labels, series in settled.select(form="growth", qualifier="").by(*SERIES).items():
        cumulative = [rate for rate in series if rate.period.cumulative]
        of = region.relations.level_of(labels[0])
        weights = {level.period: level for level in levels.get((of, *labels[1:]), [])}
        published = {rate.period: rate.value for rate in reversed(series)}
        if len(cumulative) > 1 and weights:
            for earlier, later in product(cumulative, repeat=2):
                row = single_period(earlier, later, weights, published)
                if row is not None:
                    yield row


def single_period(
    earlier: Observation,
    later: Observation,
    weights: Mapping[Period, Observation],
    published: Mapping[Period, float],
) -> SinglePeriod | None:
    """Growth of the stretch from the end of one cumulative period to the end of another.

    None, unless both begin with the year and the levels of the year before are known and grow.
    The ends are the least and the most of all corners of the four rounding bounds.

    >>> first = Observation.of("growth", "2021-Q1", "4")
    >>> half = Observation.of("growth", "2021-H1", "7")
    >>> levels = (("2020-Q1", "100"), ("2020-H1", "400"))
    >>> weights = {parse_period(p): Observation.of("gdp", p, text) for p, text in levels}
    >>> row = single_period(first, half, weights, {})
    >>> (row.value.value, round(row.value.low, 2), round(row.value.high, 2)) if row else None
    (8.0, 7.16, 8.84)
    """
    first, last = earlier.period, later.period
    if first.start != last.start or first.end >= last.end:
        return None
    small, large = weights.get(first.shifted(-1)), weights.get(last.shifted(-1))
    if small is None or large is None or not large.value > small.value > 0:
        return None
    ends = product(_ends(later), _ends(earlier), _ends(large), _ends(small))
    corners = [single_period_growth(a, b, c, d) for a, b, c, d in ends if c > d]
    stretch = rest_of(first, last)
    value = single_period_growth(later.value, earlier.value, large.value, small.value)
    return SinglePeriod(
        later.indicator,
        later.region,
        later.industry,
        later.scope,
        stretch,
        Estimate(value, min(corners), max(corners), "bound"),
        published.get(stretch, math.nan),
        cited(earlier, later, small, large),
    )


def _ends(figure: Observation) -> tuple[float, float]:
    """Both ends; the number itself where it is open below."""
    if math.isfinite(figure.bound.low):
        return figure.bound.low, figure.bound.high
    return figure.value, figure.value


def rest_of(first: Period, last: Period) -> Period:
    """The whole months after one period up to the end of another.

    >>> str(rest_of(parse_period("2021-Q1"), parse_period("2021-H1")))
    '2021-Q2'
    """
    start = first.end + timedelta(days=1)
    return parse_period(f"{start:%Y-%m}..{last.end:%Y-%m}")
