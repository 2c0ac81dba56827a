"""The record of odds at each level that the plan's industries are judged at, or why none."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from songhua.maths.choice import starts
from songhua.results.columns import Column, IndicatorId, PlaceId, choice, number
from songhua.studies.choose.nearest import Level


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
        basis, learnt = level.basis, level.basis.learnt
        known = len(starts(len(learnt.periods), basis.definition)) - basis.definition.lag
        where = level.place, basis.taught.indicator
        size = learnt.regions, len(learnt.industries), learnt.periods[0], basis.period
        ahead = basis.years, max(known, 0)
        for kind, taught in basis.kinds.items():
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
