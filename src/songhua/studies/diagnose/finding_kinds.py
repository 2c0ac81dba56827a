"""The findings of diagnose: the system, growth, conflicts, gaps, and those for the brief.

Those beside other places stand in `comparison_finding_kinds`, those of composite indices in
`index_finding_kinds`, those of parts of the region in `part_finding_kinds`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from songhua.labels import Period
from songhua.results.columns import (
    Bounded,
    Column,
    IndicatorId,
    IndicatorIds,
    IndustryId,
    IndustryIds,
    InUnit,
    PlaceId,
    PrintedNumber,
    UnitName,
    choice,
)
from songhua.results.finding import ABSENCE, FOLDER, Finding
from songhua.studies.diagnose import comparison_finding_kinds as _comparison  # noqa: F401
from songhua.studies.diagnose import index_finding_kinds as _indices  # noqa: F401
from songhua.studies.diagnose import part_finding_kinds as _parts  # noqa: F401


class NoPlan(Finding, section="", rests=ABSENCE):
    """There is no system to describe."""


class LargestByMeasure(Finding, section=""):
    measure: Annotated[str, choice("measure")]
    industry: IndustryId
    period: Period
    value: InUnit
    unit: UnitName
    n: int
    core: int


class _Lacking(Finding):
    """Industries of the plan of which something is not known."""

    industries: IndustryIds
    n: int


class IndustriesWithoutSize(_Lacking, section="", rests="system"):
    """A size, of leading and advantageous ones."""


class IndustriesWithoutFigure(_Lacking, section="", rests="system"):
    """Any figure."""


class DefinitionOwn(Finding, group="gaps", rests="system"):
    n: int


class TotalMixesMeasures(Finding, section="sizes"):
    indicator: IndicatorId


class PartsDoNotSum(Finding, section="sizes"):
    indicator: IndicatorId
    region: PlaceId
    period: Period
    residual: InUnit
    bound: InUnit
    unit: UnitName


class ContributionsAgainstGrowth(Finding, section="growth"):
    indicator: IndicatorId
    region: PlaceId
    period: Period
    growth: float
    residual: Bounded
    verdict: Annotated[str, choice("contribution_verdict")]
    low: Bounded
    high: Bounded
    contribution_pp: Bounded


class ClosingWeight(Finding, section="growth"):
    indicator: IndicatorId
    region: PlaceId
    period: Period
    industry: IndustryId
    other_industry: IndustryId
    share: float
    residual: float
    least: int
    most: int


class GrowthTurnedPositive(Finding, section="growth"):
    indicator: IndicatorId
    industry: IndustryId
    before: Period
    before_value: float
    after: Period
    after_value: float


class _RestOfYear(Finding):
    """Growth of the rest of a year, of which a part was seen."""

    indicator: IndicatorId
    industry: IndustryId
    region: PlaceId
    period: Period
    seen: Period
    whole: float
    growth: float
    weight: float
    turns_above: float
    least: float
    most: float


class RestOfYearFell(_RestOfYear, section="growth"):
    """In a year of growth."""


class RestOfYearRose(_RestOfYear, section="growth"):
    """In a year without growth."""


class _Expected(Finding):
    """A figure stated ahead of its time, beside the outcome."""

    indicator: IndicatorId
    industry: IndustryId
    period: Period
    qualifier: Annotated[str, choice("qualifier")]
    expected: InUnit
    actual: InUnit
    unit: UnitName


class ExpectationMissed(_Expected, section=""):
    """A target."""


class ExpectationOtherwise(_Expected, section=""):
    """An expectation, by the year in which it was published."""

    stated: Annotated[str, Column("", "period")]


class ExpectationOtherwiseUndated(_Expected, section=""):
    """An expectation whose day of publication is not known."""


class Stale(Finding, group="gaps", rests="availability"):
    n: int
    of: int
    years: float


class ViewHides(Finding, group="gaps", rests=FOLDER):
    as_of: date
    unknown_date: int


class RowsLeftOut(Finding, group="gaps", rests=FOLDER):
    n: int


class GrowthOutsideParts(Finding, section="growth"):
    indicator: IndicatorId
    industry: IndustryId
    region: PlaceId
    period: Period
    growth: float
    least: float
    most: float


class _Conflicts(Finding):
    """Conflicts of one kind, which the table holds."""

    n: int


class NSourcesConflict(_Conflicts, section=""):
    """Sources that give different figures."""


class NGrowthDisagrees(_Conflicts, section=""):
    """Published growth that the levels contradict."""


class NVintagesDiffer(_Conflicts, section=""):
    """A series before and after its revision."""


class NCoverageDiffers(_Conflicts, section=""):
    """Figures of another coverage."""


class NValueRepeated(_Conflicts, section=""):
    """Figures repeated unchanged."""


class NNotComparable(_Conflicts, section=""):
    """Indicators that look alike."""


class NamesDiffer(Finding, group="conflicts", rests="conflicts"):
    indicator: IndicatorId
    other: IndicatorId
    region: PlaceId
    industry: IndustryId
    period: Period
    value: InUnit
    other_value: InUnit
    unit: UnitName
    n: int
    of: int
    periods: Annotated[tuple[str, ...], Column("", "period")]


class NamesUndeclared(Finding, group="conflicts", rests=ABSENCE):
    n: int
    indicators: IndicatorIds


class BriefContributions(Finding, part="drives", section="growth", rests="growth_contributions"):
    indicator: IndicatorId
    basis: Annotated[str, choice("growth_prices")]
    period: Period
    total_growth: float | None = None
    industry: IndustryId
    value_pp: PrintedNumber
    low_pp: PrintedNumber
    high_pp: PrintedNumber
    other_industry: IndustryId
    other_pp: PrintedNumber
    other_low: PrintedNumber
    other_high: PrintedNumber


class BriefContributionsDrag(
    BriefContributions, part="drives", section="growth", rests="growth_contributions"
):
    """The contributions, where the least of them is below nought, also as rounding leaves it."""


class BriefAskSizes(Finding, part="step", weight="ask_sizes", section="sizes", rests="system"):
    region: PlaceId
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
