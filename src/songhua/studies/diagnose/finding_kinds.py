"""The findings of diagnose for the brief: what drives growth, who falls behind, what lacks."""

from __future__ import annotations

from songhua.labels import Period
from songhua.results.columns import (
    IndicatorId,
    IndustryId,
    IndustryIds,
    InUnit,
    PlaceId,
    PrintedNumber,
    UnitName,
)
from songhua.results.finding import Finding


class BriefContributions(Finding, part="drives", section="growth"):
    indicator: IndicatorId
    period: Period
    industry: IndustryId
    value_pp: PrintedNumber
    low_pp: PrintedNumber
    high_pp: PrintedNumber
    other_industry: IndustryId
    other_pp: PrintedNumber
    other_low: PrintedNumber
    other_high: PrintedNumber


class BriefContributionsDrag(BriefContributions, part="drives", section="growth"):
    """Where the least of them held growth back."""


class _Shifted(Finding):
    """A change and its parts by shift-share, to four digits."""

    indicator: IndicatorId
    start: Period
    end: Period
    unit: UnitName
    reference: PlaceId
    change: InUnit
    national: InUnit
    industry_mix: InUnit
    regional: InUnit


class BriefMixHelped(_Shifted, part="drives", section="comparison", rests="shift_share"):
    """The mix of industries brought more."""


class BriefMixHurt(_Shifted, part="drives", section="comparison", rests="shift_share"):
    """The mix of industries brought less."""


class BriefOwnAhead(_Shifted, part="drives", section="comparison", rests="shift_share"):
    """The region's industries grew faster than elsewhere."""


class BriefOwnBehind(_Shifted, part="drives", section="comparison", rests="shift_share"):
    """The region's industries fell behind those elsewhere."""


class BriefIndustryBehind(
    _Shifted, part="worry", weight="industry_behind", section="comparison", rests="shift_share"
):
    industry: IndustryId


class BriefAskSizes(Finding, part="step", weight="ask_sizes", section="sizes", rests="system"):
    industries: IndustryIds
    n: int
    of: int


class BriefOwnCodes(Finding, part="sure", section="sizes", rests="system"):
    n: int
    of: int


class BriefGrades(Finding, part="sure", section="figures", rests="figures"):
    n: int
    official: str
    press: str
    repost: str
    weak: str
