"""Comparison: the region beside its larger areas and its peers, with ranks as rounding allows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from songhua.labels import Period
from songhua.region import Region
from songhua.region.observations import Observation, grouped
from songhua.results.columns import (
    Citations,
    Estimate,
    IndicatorId,
    IndustryId,
    PlaceId,
    UnitName,
    choice,
    estimate,
    number,
)
from songhua.studies.diagnose.other_ranks import ranks
from songhua.studies.diagnose.peer_figures import UNRANKED
from songhua.studies.month.period_growth import PeriodGrowth
from songhua.studies.series import Figures

ORDER = ("own", "comparison", "parent")


@dataclass(frozen=True, slots=True)
class PlaceGrowth:
    """A row of `comparison`: the growth of a place, the region's lead over it, and its rank."""

    indicator: IndicatorId
    industry: IndustryId
    period: Period
    region: PlaceId
    role: Annotated[str, choice("place")]
    value: Annotated[Estimate, estimate(unit_in="unit")]
    unit: UnitName
    lead: Annotated[float, number(unit_in="unit", difference=True, beside="value")] = math.nan
    rank_low: float = math.nan
    rank_high: float = math.nan
    of: int = 0
    observations: Citations = ()


def comparison(
    figures: Figures, growth: Iterable[PeriodGrowth], period: Period, peers: Sequence[str] = ()
) -> list[PlaceGrowth]:
    """For each growth that another place has for the same days: a row a place.

    >>> from songhua.labels import parse_period
    >>> from songhua.studies.month.period_growth import period_growth
    >>> region = Region.of("here", places={"land": {"role": "parent"}},
    ...                    indicators={"growth": {"form": "growth"}})
    >>> rates = [Observation.of("growth", "2021", value, form="growth", region=place)
    ...          for place, value in (("here", "6"), ("land", "8"))]
    >>> figures, year = Figures.of(region, rates), parse_period("2021")
    >>> rows = comparison(figures, period_growth(figures, [], year, year), year)
    >>> [(row.region, row.role, row.lead) for row in rows]
    [('here', 'own', nan), ('land', 'parent', -2.0)]
    """
    same_days = (figure for figure in figures.settled if figure.period == period)
    by_series = grouped((figure for figure in same_days if figure.usual), "indicator", "industry")
    rows: list[PlaceGrowth] = []
    for rate in growth:
        series = by_series.get((rate.indicator, rate.industry), [])
        places = list(_places(figures.region, series, peers))
        if any(row.role == "own" for row in places) and len(places) > 1:
            rows += _ranked(places)
    return rows


def place_role(region: Region, place: str, peers: Sequence[str] = ()) -> str:
    """Own, parent or comparison; a part of the region is compared only where it is named.

    Blank for a place that is not compared: with `peers`, all but those.

    >>> region = Region.of("here", places={"port": {"role": "part"}})
    >>> place_role(region, "port"), place_role(region, "port", ["port"])
    ('', 'comparison')
    """
    if place == region.code:
        return "own"
    role = region.role(place)
    if peers:
        return ("comparison" if role == "part" else role) if place in peers else ""
    return "" if role == "part" else role


def _places(
    region: Region, figures: Iterable[Observation], peers: Sequence[str]
) -> Iterator[PlaceGrowth]:
    """A row for each place that is compared, without lead and rank."""
    for figure in figures:
        role = place_role(region, figure.region, peers)
        if role:
            yield PlaceGrowth(
                figure.indicator,
                figure.industry,
                figure.period,
                figure.region,
                role,
                Estimate.of(figure.value, figure.bound, figure.estimate),
                figure.unit,
                observations=figure.ids,
            )


def _ranked(rows: Sequence[PlaceGrowth]) -> list[PlaceGrowth]:
    """With the lead over each, and ranks among the region and the comparison regions."""
    home = next(row for row in rows if row.role == "own")
    in_race = [row for row in rows if row.role != "parent"]
    places = ranks({row.region: row.value for row in in_race}) if len(in_race) > 1 else {}
    ranked = []
    for row in rows:
        lead = math.nan if row is home else float(f"{home.value.value - row.value.value:.12g}")
        rank = places.get(row.region, UNRANKED)
        of = len(in_race) if row.region in places else 0
        ranked.append(replace(row, lead=lead, rank_low=rank.low, rank_high=rank.high, of=of))
    return sorted(ranked, key=lambda row: (ORDER.index(row.role), -row.value.value))
