"""Turning points: growth from a fall to a rise, and whether rounding leaves it open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import pandas as pd

from songhua.labels import Period
from songhua.maths import growth
from songhua.region.observations import SERIES, Observation, cited
from songhua.region.series import Series
from songhua.results.columns import Citations, IndicatorId, IndustryId, PlaceId, Tag, number

#: Kinds of period that do not follow one another, and have no year before.
UNEVEN = {"date", "span", "season", "plan"}


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """A row of `turning_points`: the last fall and the first rise after it."""

    indicator: IndicatorId
    region: PlaceId
    industry: IndustryId
    scope: Tag
    before: Period
    before_value: Annotated[float, number(unit="%")]
    after: Period
    after_value: Annotated[float, number(unit="%")]
    certain: bool
    observations: Citations


def turning_points(figures: Iterable[Observation]) -> Iterator[TurningPoint]:
    """From a fall to a rise: among cumulative and yearly growth, and among single periods.

    An entity's figures are not those of the place.

    >>> rates = [("2020", "-2"), ("2021", "3"), ("2022", "1")]
    >>> rows = [Observation.of("growth", year, text, form="growth") for year, text in rates]
    >>> [(str(row.before), str(row.after), row.certain) for row in turning_points(rows)]
    [('2020', '2021', True)]
    """
    rates = Series.of(figures).select(form="growth", entity="")
    for series in rates.by(*SERIES).values():
        if series.value.min() < 0 < series.value.max():
            ordered = sorted(series, key=lambda rate: (rate.end, rate.start))
            single = [rate for rate in ordered if not rate.period.cumulative]
            yield from _turns([rate for rate in ordered if rate.period.cumulative])
            yield from _turns([rate for rate in single if rate.period.kind not in UNEVEN])


def _turns(rates: Sequence[Observation]) -> Iterator[TurningPoint]:
    """The turns among rates in order of time."""
    turns = growth.turning_points(pd.Series([rate.value for rate in rates], dtype=float))
    for at, next_at, *_ in turns.itertuples(index=False):
        before, after = rates[at], rates[next_at]
        yield TurningPoint(
            after.indicator,
            after.region,
            after.industry,
            after.scope,
            before.period,
            before.value,
            after.period,
            after.value,
            before.bound.high < 0 < after.bound.low,
            cited(before, after),
        )
