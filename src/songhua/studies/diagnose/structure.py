"""Structure: shares of industries in a total, and parts held against their total."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd

from songhua.labels import Period
from songhua.maths.bounds import Interval
from songhua.region import Region
from songhua.region.observations import Observation, cited
from songhua.region.series import Series
from songhua.results import Finding, table
from songhua.results.columns import (
    Citations,
    Estimate,
    IndicatorId,
    IndustryId,
    InUnit,
    PlaceId,
    UnitName,
    choice,
    estimate,
    number,
)
from songhua.studies.diagnose.finding_kinds import PartsDoNotSum
from songhua.studies.series import Figures

BREAKDOWN = ("indicator", "region", "period", "vintage", "scope")


@dataclass(frozen=True, slots=True)
class IndustryShare:
    """A row of `structure`: the share of an industry in its total, in percent."""

    indicator: IndicatorId
    region: PlaceId
    period: Period
    industry: IndustryId
    method: Annotated[str, choice("method")]
    value: Annotated[Estimate, estimate(unit="%")]
    observations: Citations


@dataclass(frozen=True, slots=True)
class PartsSum:
    """A row of `sums`: a total less the sum of its parts, and what rounding allows."""

    indicator: IndicatorId
    region: PlaceId
    period: Period
    total: InUnit
    parts: InUnit
    residual: Annotated[float, number(unit_in="unit", difference=True, like=("total", "parts"))]
    bound: Annotated[float, number(unit_in="unit", difference=True, digits=3)]
    unit: UnitName
    verdict: Annotated[str, choice("sum_verdict")]
    observations: Citations


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total with the figures of all its parts, by industry."""

    total: Observation
    parts: Mapping[str, Observation]


def breakdowns(region: Region, figures: Iterable[Observation]) -> Iterator[Breakdown]:
    """Each total with all its parts: same indicator, place, period and coverage.

    An entity's figures are no part of it.

    >>> from types import SimpleNamespace
    >>> region = SimpleNamespace(partitions=lambda: {"all": [["food", "tools"]]})
    >>> texts = (("all", "5"), ("food", "2"), ("tools", "3"))
    >>> rows = [Observation.of("gdp", "2021", text, industry=name) for name, text in texts]
    >>> [(b.total.value, sorted(b.parts)) for b in breakdowns(region, rows)]
    [(5.0, ['food', 'tools'])]
    """
    partitions = region.partitions()
    industries = {
        *partitions,
        *(industry for lists in partitions.values() for some in lists for industry in some),
    }
    series = Series.of(figures).select(entity="", industry=industries)
    for group in series.by(*BREAKDOWN).values():
        by_industry: dict[str, Observation] = {}
        for figure in group:
            by_industry.setdefault(figure.industry, figure)
        for parent, lists in partitions.items():
            for parts in lists:
                if parent in by_industry and all(part in by_industry for part in parts):
                    yield Breakdown(by_industry[parent], {p: by_industry[p] for p in parts})


def structure(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The tables `structure` and `sums`.

    >>> from songhua.studies.diagnose import town
    >>> parts = [town.observed("gdp", "2021", "4", name) for name in ("food", "tools")]
    >>> tables, findings = structure(town.figures(town.observed("gdp", "2021", "10"), *parts))
    >>> tables["structure"]["value"].tolist(), [f.code for f in findings]
    ([40.0, 40.0], ['parts_do_not_sum'])
    """
    region, settled = figures.region, figures.settled
    levels = settled.select(form="level", qualifier="")
    shares, sums = list(published_shares(region, settled)), []
    for breakdown in breakdowns(region, levels):
        shares += computed_shares(breakdown)
        sums.append(parts_sum(breakdown))
    odd = (row for row in sums if row.verdict == "does_not_close")
    tables = {
        "structure": table("diagnose", "structure", shares),
        "sums": table("diagnose", "sums", sums),
    }
    return tables, [PartsDoNotSum.from_row(row) for row in odd]


def published_shares(region: Region, figures: Iterable[Observation]) -> Iterator[IndustryShare]:
    """Shares as sources print them: of an industry, in the indicator that the share is of.

    >>> from songhua.studies.diagnose import town
    >>> rows = published_shares(town.region(), [town.observed("share", "2021", "40", "food")])
    >>> [(row.indicator, row.value) for row in rows]
    [('gdp', Estimate(value=40.0, low=39.5, high=40.5, kind='bound'))]
    """
    for row in Series.of(figures).select(form="share", entity="", scope="", vintage=""):
        if row.industry != "all":
            total = region.relations.total_of(row.indicator)
            if total:
                share = Estimate(row.value, row.low, row.high, row.estimate)
                yield IndustryShare(
                    total, row.region, row.period, row.industry, "published", share, row.ids
                )


def computed_shares(breakdown: Breakdown) -> Iterator[IndustryShare]:
    """Shares from levels: value / total, with the bound that rounding of both allows.

    >>> total = Observation.of("gdp", "2021", "10")
    >>> food = Observation.of("gdp", "2021", "4", industry="food")
    >>> [row.value.value for row in computed_shares(Breakdown(total, {"food": food}))]
    [40.0]
    """
    total = breakdown.total
    for part in breakdown.parts.values():
        value = part.value / total.value * 100 if total.value else math.nan
        yield IndustryShare(
            total.indicator,
            total.region,
            total.period,
            part.industry,
            "computed",
            Estimate.of(value, part.bound / total.bound * 100),
            cited(part, total),
        )


def parts_sum(breakdown: Breakdown) -> PartsSum:
    """Total less parts against what rounding allows: half a unit in each last place (§5).

    >>> total = Observation.of("gdp", "2021", "10")
    >>> parts = {name: Observation.of("gdp", "2021", "4", industry=name) for name in ("a", "b")}
    >>> row = parts_sum(Breakdown(total, parts))
    >>> row.residual, round(row.bound, 9), row.verdict
    (2.0, 1.5, 'does_not_close')
    """
    total, parts = breakdown.total, breakdown.parts.values()
    whole = total.bound
    added = sum((part.bound for part in parts), Interval(0, 0))
    value = float(np.sum([part.value for part in parts]))
    residual = total.value - value
    return PartsSum(
        total.indicator,
        total.region,
        total.period,
        total.value,
        value,
        float(f"{residual:.9g}") if abs(residual) > 1e-9 else 0.0,
        (whole.width + added.width) / 2,
        total.unit,
        "closes" if (whole - added).contains(0) else "does_not_close",
        cited(total, *parts),
    )
