"""The rows of peers: a figure of a place among those of others, with its rank."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from songhua.labels import Period
from songhua.results.columns import (
    Estimate,
    IndicatorId,
    IndustryId,
    InUnit,
    PlaceId,
    UnitName,
    choice,
    estimate,
)

UNRANKED = Estimate(kind="bound")


@dataclass(frozen=True, slots=True)
class PeerFigure:
    """A row of `peers`: a figure of one place, its rank and how far rounding lets that move.

    `other` is another name of the quantity that has another figure of the place: `other_value`,
    with the rank that it would have among the others' figures. Neither is known where the other
    name lacks a level that the figure is made of.
    """

    indicator: IndicatorId
    industry: IndustryId
    form: Annotated[str, choice("form")]
    start: Period | None
    period: Period
    region: PlaceId
    value: Annotated[Estimate, estimate(unit_in="unit")]
    unit: UnitName
    rank: Annotated[Estimate, estimate(kind="bound")]
    of: int
    other: IndicatorId = ""
    other_value: InUnit = math.nan
    other_rank: Annotated[Estimate, estimate(kind="bound")] = UNRANKED
