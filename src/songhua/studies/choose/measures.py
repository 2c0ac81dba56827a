"""Quotients of the plan's industries by the other measures that the folder holds of the place."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd

from songhua.labels import parse_period
from songhua.region import Region
from songhua.results.columns import (
    Citations,
    Column,
    IndicatorId,
    IndustryId,
    PlaceId,
    labels,
    number,
)
from songhua.studies.choose.nearest import PlanEvidence
from songhua.studies.choose.panel_levels import indicators_with_levels
from songhua.studies.choose.plan_choices import codes_of
from songhua.studies.panels import WHOLE


@dataclass(frozen=True, slots=True)
class PlanMeasure:
    """A row of `plan_measures`: an industry of the plan by another measure of the same place.

    `within` are the industries of that measure that hold the classes of the verdict; they are
    `wider` where they hold more than these.
    """

    industry: IndustryId
    place: PlaceId
    reference: PlaceId
    indicator: IndicatorId
    period: Annotated[str, Column("", "period")]
    within: Annotated[tuple[str, ...], labels("industries")]
    wider: bool
    quotient: Annotated[float, number(decimals=2)]
    observations: Citations = ()


def plan_measures(region: Region, evidence: Sequence[PlanEvidence]) -> Iterator[PlanMeasure]:
    """The quotient of each judged industry by every other measure of its place.

    The share of the industries that hold its classes in the place, over their share in the
    largest other area that holds them, in the newest period that both have. The measure of the
    verdict itself stands there where it goes on after the verdict's period, across a break.

    >>> from songhua.studies.choose.example import town
    >>> [*plan_measures(town(), [PlanEvidence("films", "pillar", "nothing")])]
    []
    """
    held: dict[str, list[str]] = {}
    for row in filter(lambda row: row.place, evidence):
        if row.place not in held:
            held[row.place] = [*indicators_with_levels(region, row.place)]
        for name in held[row.place]:
            if of := _measured(region, row, name):
                yield of


def _measured(region: Region, row: PlanEvidence, indicator: str) -> PlanMeasure | None:
    """An industry by one measure; nothing where no industry of it holds all the classes."""
    wide = region.panel(indicator)
    by_code = codes_of(region, [str(name) for name in wide.columns])
    same = indicator == row.indicator
    holders = [*row.within] if same else _holders(row.codes.split(), by_code)
    pair = _newest(region, wide, row.place, holders) if holders else None
    if pair is None or (same and parse_period(pair[0]) <= parse_period(row.period)):
        return None
    period, reference = pair
    here, there = (_share(wide, period, place, holders) for place in (row.place, reference))
    codes = {code for id in holders for code in by_code[id]}
    cells = region.figures.cells.select(
        indicator=indicator, period=parse_period(period), region=[row.place, reference]
    )
    inside = cells.where(np.isin(cells.texts("industry"), holders))
    return PlanMeasure(
        row.industry,
        row.place,
        reference,
        indicator,
        period,
        tuple(holders),
        not same and codes > {*row.codes.split()},
        here / there if there > 0 else math.nan,
        tuple(inside.ids),
    )


def _holders(classes: Sequence[str], by_code: Mapping[str, set[str]]) -> list[str]:
    """The industries that hold the classes; none where a class is in none of them.

    >>> _holders(["36", "37"], {"transport": {"36", "37"}, "machines": {"34"}})
    ['transport']
    >>> _holders(["36", "40"], {"transport": {"36", "37"}})
    []
    """
    holders = [id for id, codes in by_code.items() if codes & {*classes}]
    covered = {code for id in holders for code in by_code[id]}
    return holders if covered >= {*classes} else []


def _newest(
    region: Region, wide: pd.DataFrame, place: str, holders: Sequence[str]
) -> tuple[str, str] | None:
    """The newest period that the place and another larger area have, and the largest of these."""
    known = wide[wide[[*holders]].notna().all(axis=1)]
    pairs = {(str(period), str(of)) for period, of in known.index}
    larger = [of for of in region.places_of("parent") if of != place]
    both = {(period, of) for period, of in pairs if of in larger and (period, place) in pairs}
    if not both:
        return None
    last = max((period for period, _ in both), key=parse_period)
    sizes = {of: _whole(wide, last, of) for period, of in both if period == last}
    return last, max(sizes, key=lambda of: sizes[of])


def _whole(wide: pd.DataFrame, period: str, place: str) -> float:
    """The level of all industries of a place, as printed or as their sum."""
    row = wide.loc[[(period, place)]].iloc[0]
    printed = float(row.get(WHOLE, math.nan))
    return float(row.drop(WHOLE, errors="ignore").sum()) if math.isnan(printed) else printed


def _share(wide: pd.DataFrame, period: str, place: str, holders: Sequence[str]) -> float:
    """The share of some industries in a place."""
    row = wide.loc[[(period, place)]].iloc[0]
    return float(row[[*holders]].sum()) / _whole(wide, period, place)
