"""Published counts of firms with a status: figures of the folder, beside their printed growth."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import numpy as np
import pandas as pd

from songhua.labels import Period
from songhua.region import Region
from songhua.results import read_rows
from songhua.results.columns import (
    Citations,
    Estimate,
    IndicatorId,
    PlaceId,
    SourceId,
    UnitName,
    choice,
    estimate,
    label,
    number,
)


@dataclass(frozen=True, slots=True)
class PublishedCount:
    """A row of `published`: a printed count, its printed growth, and that from the counts.

    `counted_low` and `counted_high` are the growth in percent that the count and that of the
    year before allow; `follows` says whether the printed growth can be it.
    """

    status: Annotated[str, label("rulebooks")]
    indicator: IndicatorId
    region: PlaceId
    period: Period
    value: Annotated[Estimate, estimate(kind="bound", unit_in="unit", qualifier="qualifier")]
    unit: UnitName
    qualifier: Annotated[str, choice("qualifier")]
    kind: Annotated[str, choice("kind")]
    growth: Annotated[float, number(unit="%")]
    growth_qualifier: Annotated[str, choice("qualifier")]
    counted_low: Annotated[float, number(unit="%")]
    counted_high: Annotated[float, number(unit="%")]
    follows: bool
    observations: Citations
    source: SourceId


@dataclass(frozen=True, slots=True)
class PrintedCount:
    """An observation in the unit that its source prints."""

    id: str
    region: str
    period: Period
    scope: str
    kind: str
    unit: str
    qualifier: str
    source: str
    value: Annotated[Estimate, estimate(kind="bound", names=("number", "low", "high"))]


def published_counts(region: Region | None) -> list[PublishedCount]:
    """Every figure of an indicator that counts the firms of a status, the region's own first.

    Which indicators those are the folder says (`status` in `indicators.toml`). Beside a count
    stands the growth printed for the same place, period and kind, if there is one, and whether
    it can follow from the count and that of the year before.

    >>> published_counts(None)
    []
    """
    if region is None:
        return []
    rows: list[PublishedCount] = []
    for indicator, entry in region.indicators.items():
        if entry.get("status"):
            counts = _printed(region, [indicator])
            rates = _printed(region, region.relations.growth_of(indicator))
            rows += [
                _row(str(entry["status"]), indicator, count, counts, rates) for count in counts
            ]
    return sorted(rows, key=lambda row: row.region != region.code)


def _row(
    status: str,
    indicator: str,
    count: PrintedCount,
    counts: Sequence[PrintedCount],
    rates: Iterable[PrintedCount],
) -> PublishedCount:
    """A count beside the growth that is printed for the same place, period and kind."""
    same = (count.region, count.period, count.kind, count.scope)
    rate = next((r for r in rates if (r.region, r.period, r.kind, r.scope) == same), None)
    low, high = counted_growth(counts, count)
    apart = rate is not None and (rate.value.high < low or rate.value.low > high)
    return PublishedCount(
        status,
        indicator,
        count.region,
        count.period,
        count.value,
        count.unit,
        count.qualifier,
        count.kind,
        math.nan if rate is None else rate.value.value,
        "" if rate is None else rate.qualifier,
        low,
        high,
        not apart,
        (count.id,) if rate is None else (count.id, rate.id),
        count.source,
    )


def _printed(region: Region, indicators: Sequence[str]) -> list[PrintedCount]:
    """The figures of some indicators for the whole economy, by place and in order of time."""
    rows = region.figures.observations.select(indicator=indicators, industry="all", entity="")
    rows = rows.where(~rows.superseded)
    rows = rows.where(np.lexsort((rows.start, rows.end, rows.codes("region"))))
    return read_rows(rows.frame, PrintedCount)


def counted_growth(counts: Iterable[PrintedCount], count: PrintedCount) -> tuple[float, float]:
    """The growth in percent that a count and that of the year before leave open.

    >>> from songhua.labels import parse_period
    >>> def count(year: str, n: float) -> PrintedCount:
    ...     labels = ("", "here", parse_period(year), "", "actual", "count", "", "")
    ...     return PrintedCount(*labels, Estimate(n, n, n, "bound"))
    >>> counted_growth([count("2020", 100.0)], count("2021", 150.0))
    (50.0, 50.0)
    """
    labels = (count.region, count.scope, count.unit, "actual")
    for earlier in counts:
        alike = (earlier.region, earlier.scope, earlier.unit, earlier.kind) == labels
        if alike and earlier.value.low > 0 and _a_year_on(earlier.period.end) == count.period.end:
            value, base = count.value, earlier.value
            return 100 * (value.low / base.high - 1), 100 * (value.high / base.low - 1)
    return math.nan, math.nan


def _a_year_on(day: date) -> date:
    return (pd.Timestamp(day) + pd.DateOffset(years=1)).date()
