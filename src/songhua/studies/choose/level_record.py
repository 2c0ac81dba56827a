"""The record of odds at each level that the plan's industries are judged at, and of chance."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from songhua.maths.choice.learnt import Taught
from songhua.results.columns import Column, IndicatorId, PlaceId, choice, number
from songhua.studies.choose.nearest import Level, PlanClass


@dataclass(frozen=True, slots=True)
class LevelRecord:
    """A row of `plan_levels`: the odds of a kind at a level, with their record.

    `above` is the share of past candidates whose stated odds reached the usual rate.
    """

    place: PlaceId
    indicator: IndicatorId
    kind: Annotated[str, choice("choice_kind")]
    regions: int
    industries: int
    before: Annotated[str, Column("", "period")]
    after: Annotated[str, Column("", "period")]
    years: int
    n: int
    came: int
    auc: Annotated[float, number(decimals=2)]
    auc_start: Annotated[float, number(decimals=2)]
    precision: Annotated[float, number(decimals=1)]
    precision_start: Annotated[float, number(decimals=1)]
    slope: Annotated[float, number(decimals=2)]
    covered: int
    told: int
    above: Annotated[float, number(unit="%", decimals=0)]


def level_records(levels: Sequence[Level]) -> Iterator[LevelRecord]:
    """A row for each level and kind that has odds.

    >>> from songhua.studies.choose.example import town_basis
    >>> entries, exits = level_records([Level("here", town_basis(), [])])
    >>> entries.n, entries.came, entries.auc, exits.auc_start
    (100, 10, 0.8, 0.7)
    """
    for level in levels:
        learnt = level.basis.learnt
        for kind, taught in level.basis.kinds.items():
            best, start = taught.record(), taught.record("start")
            yield LevelRecord(
                level.place,
                level.basis.taught.indicator,
                kind,
                learnt.regions,
                len(learnt.industries),
                learnt.periods[0],
                level.basis.period,
                level.basis.years,
                best.n,
                best.events,
                best.auc,
                start.auc,
                best.precision / best.rate,
                start.precision / start.rate,
                math.nan if best.slope is None else best.slope,
                sum(transition.covered for transition in taught.told),
                len(taught.told),
                100 * _above(taught),
            )


def _above(taught: Taught) -> float:
    """The share of past candidates in tenths whose mean stated odds reached the usual rate."""
    bands = [band for band in taught.reliability if band.n]
    likelier = sum(band.n for band in bands if band.stated >= taught.rate)
    return likelier / max(sum(band.n for band in bands), 1)


class Chance(NamedTuple):
    """Classes judged with odds, how many stood likelier than usual, and how many by chance."""

    n: int
    likelier: int
    expected: float


def by_chance(classes: Sequence[PlanClass], records: Sequence[LevelRecord]) -> Chance:
    """Of the plan's classes with odds, those likelier than usual, and what chance would bring.

    A class drawn at random from all past candidates of its kind and level stands likelier than
    usual as often as these did.

    >>> by_chance([], [])
    Chance(n=0, likelier=0, expected=0.0)
    """
    distinct = {(row.place, row.within): row for row in classes if not math.isnan(row.odds)}
    above = {(record.place, record.kind): record.above / 100 for record in records}
    rows = distinct.values()
    expected = sum(above[row.place, row.kind] for row in rows)
    return Chance(len(rows), sum(row.times >= 1 for row in rows), float(expected))
