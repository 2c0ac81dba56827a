"""The findings of diagnose on parts of the region."""

from __future__ import annotations

from songhua.labels import Period
from songhua.results.columns import IndicatorId, IndustryId, PlaceId
from songhua.results.finding import Finding


class PartsChange(Finding, section="comparison", rests="parts"):
    """The parts that gained and lost most, and the change of all of them together, in percent."""

    region: PlaceId
    indicator: IndicatorId
    start: Period
    end: Period
    n: int
    grew: int
    together: float
    place: PlaceId
    highest: float
    other_place: PlaceId
    lowest: float


class PartsSpecial(Finding, section="comparison", rests="parts"):
    """The part with the industry that weighs most beside its weight in all parts."""

    place: PlaceId
    indicator: IndicatorId
    industry: IndustryId
    period: Period
    times: float
