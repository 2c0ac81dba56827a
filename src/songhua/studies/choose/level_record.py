"""Levels that the plan's industries are judged at: own panel, larger area, and their record."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from songhua.errors import SonghuaError
from songhua.maths.choice import starts
from songhua.region import Region
from songhua.results.columns import Column, IndicatorId, PlaceId, choice, number
from songhua.studies.choose.basis import Basis, PanelRequest, basis
from songhua.studies.choose.candidates import Candidate, candidate_rows, cells_of
from songhua.studies.choose.definition import rules
from songhua.studies.choose.space import with_quotients_before


class Level(NamedTuple):
    """A place with a panel: its basis, and a row for each class of the panel."""

    place: str
    basis: Basis
    rows: Sequence[Candidate]


def area_level(region: Region, wanted: PanelRequest, seed: int) -> Level | None:
    """The area that the region lies in, beside others of its kind by industry; else nothing.

    >>> from songhua.studies.choose.example import town
    >>> print(area_level(town(), PanelRequest(), 0))
    None
    """
    if not region.within:
        return None
    request = PanelRequest(numbers=wanted.numbers)
    try:
        of_area = basis(region, request, seed, place=region.within)
    except SonghuaError:  # no panel of the area is no fault of the region's own
        return None
    if of_area.learnt.regions < rules().regions:
        return None
    unit = region.catalogue[of_area.taught.indicator].unit
    rows = candidate_rows(of_area, {}, unit, cells_of(region, of_area, region.within))
    return Level(region.within, of_area, [*with_quotients_before(rows, of_area)])


@dataclass(frozen=True, slots=True)
class LevelRecord:
    """A row of `plan_levels`: the odds of a kind at a level with their record, or a refusal.

    `transitions` are those of the last span without a break whose outcome is known.
    """

    place: PlaceId
    indicator: IndicatorId
    kind: Annotated[str, choice("choice_kind")]
    refused: Annotated[str, choice("choice_refused")]
    regions: int
    industries: int
    before: Annotated[str, Column("", "period")]
    after: Annotated[str, Column("", "period")]
    years: int
    transitions: int
    n: int = 0
    came: int = 0
    auc: Annotated[float, number(decimals=2)] = math.nan
    auc_start: Annotated[float, number(decimals=2)] = math.nan
    precision: Annotated[float, number(decimals=1)] = math.nan
    precision_start: Annotated[float, number(decimals=1)] = math.nan
    slope: Annotated[float, number(decimals=2)] = math.nan
    covered: int = 0
    told: int = 0


def level_records(levels: Sequence[Level]) -> Iterator[LevelRecord]:
    """A row for each level and kind.

    >>> from songhua.studies.choose.example import town_basis
    >>> entries, exits = level_records([Level("here", town_basis(), [])])
    >>> entries.n, entries.came, entries.auc, exits.auc_start, exits.transitions
    (100, 10, 0.8, 0.7, 1)
    """
    for level in levels:
        of, learnt = level.basis, level.basis.learnt
        known = len(starts(len(learnt.periods), of.definition)) - of.definition.lag
        where = level.place, of.taught.indicator
        size = learnt.regions, len(learnt.industries), learnt.periods[0], of.period
        ahead = of.years, max(known, 0)
        for kind, taught in of.kinds.items():
            best, start = taught.record(), taught.record("start")
            yield LevelRecord(
                *where,
                kind,
                "",
                *size,
                *ahead,
                best.n,
                best.events,
                best.auc,
                start.auc,
                best.precision / best.rate,
                start.precision / start.rate,
                math.nan if best.slope is None else best.slope,
                sum(transition.covered for transition in taught.told),
                len(taught.told),
            )
        for refused in learnt.refused:
            yield LevelRecord(*where, refused.kind, refused.reason, *size, *ahead)
