"""The findings of brief: the state of the region, news, and missing data."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from songhua.labels import Period
from songhua.results.columns import (
    IndicatorId,
    InUnit,
    PlaceId,
    PrintedNumber,
    UnitName,
    choice,
)
from songhua.results.finding import ABSENCE, FOLDER, Finding

HeadlineName = Annotated[str, choice("brief_headline")]


class _Beside(Finding):
    """Growth beside that of a larger area."""

    region: PlaceId
    indicator: IndicatorId
    period: Period
    growth: float
    place: PlaceId
    other_growth: float
    points: PrintedNumber
    points_low: PrintedNumber
    points_high: PrintedNumber


class BriefGrowthAbove(_Beside, part="state", section="growth", rests="diagnose.peers"):
    """Above it."""


class BriefGrowthBelow(_Beside, part="state", section="growth", rests="diagnose.peers"):
    """Below it."""


class BriefGrowthSame(_Beside, part="state", section="growth", rests="diagnose.peers"):
    """The same."""


class _Old(Finding):
    """Headline figures that are too old to decide on."""

    n: int
    of: int
    years: float
    brief_headlines: Annotated[tuple[str, ...], choice("brief_headline")]
    oldest: Annotated[tuple[str, ...], choice("brief_headline")]
    period: Period | None = None


class BriefStale(_Old, part="worry", weight="stale", section="availability"):
    """Some of them."""


class BriefStaleAll(_Old, part="worry", weight="stale", section="availability"):
    """All of them."""


class BriefRenew(_Old, part="step", weight="renew", section="availability"):
    """The step to take where some are old."""


class BriefRenewAll(_Old, part="step", weight="renew", section="availability"):
    """The step to take where all are old."""


class BriefAge(Finding, part="sure", section="availability", rests="headlines"):
    """Of headlines that are all of one age."""

    years: PrintedNumber
    day: date


class BriefAges(Finding, part="sure", section="availability", rests="headlines"):
    low_years: PrintedNumber
    high_years: PrintedNumber
    day: date


class BriefRecordedElsewhere(Finding, part="changed", section="figures", rests=FOLDER):
    n: int
    given: int
    day: date


class BriefRecorded(Finding, part="changed", section="figures"):
    n: int
    given: int
    day: date
    indicator: IndicatorId
    period: Period
    value: InUnit
    unit: UnitName


class BriefChanged(Finding, part="changed", section="figures"):
    n: int
    day: date
    indicator: IndicatorId
    period: Period
    left: InUnit
    right: InUnit
    unit: UnitName


class BriefNoAnswer(Finding, part="sure", section="", rests=ABSENCE):
    study: Annotated[tuple[str, ...], choice("study")]


class BriefAddHeadlines(Finding, part="add", section="", rests=ABSENCE):
    brief_headlines: Annotated[tuple[str, ...], choice("brief_headline")]


class _ToAdd(Finding):
    """A file that the folder lacks, and what it would bring."""

    file: str
    brings: Annotated[str, choice("study_brings")]
    how: Annotated[str, choice("study_adds")]


class BriefAdd(_ToAdd, part="add", section="", rests=ABSENCE):
    """Beside others."""


class BriefAddFirst(_ToAdd, part="add", section="", rests=ABSENCE):
    """Before all others."""
