"""The findings of diagnose beside other places, of groupings, and of input-output tables."""

from __future__ import annotations

from typing import Annotated

from songhua.labels import Period
from songhua.results.columns import (
    Bounded,
    Column,
    Ends,
    IndicatorId,
    IndustryId,
    IndustryIds,
    InUnit,
    PlaceId,
    PlaceIds,
    PrintedNumber,
    TableId,
    TableIndustryIds,
    UnitName,
    choice,
)
from songhua.results.finding import ABSENCE, METHOD, Finding

#: The prices of a level; what is counted, and not worth money, has none.
UNPRICED = "unpriced"
LevelBasis = Annotated[str, choice("level_basis")]


class MostSpecialised(Finding, section="comparison", rests="location_quotients"):
    indicator: IndicatorId
    region: PlaceId
    industries: IndustryIds
    value: InUnit
    ends: Ends
    unit: UnitName = "x"
    period: Period
    reference: PlaceId


class SeriesBreaks(Finding, section="comparison", rests=METHOD):
    indicator: IndicatorId
    periods: Annotated[tuple[str, ...], Column("", "period")]


class TerritoryBreaks(Finding, section="comparison", rests=METHOD):
    places: PlaceIds


class _Shifted(Finding):
    """A change and its parts by shift-share, to four digits, with their ends and their prices."""

    indicator: IndicatorId
    basis: LevelBasis
    start: Period
    end: Period
    unit: UnitName
    reference: PlaceId
    change: InUnit
    change_ends: Ends
    national: InUnit
    national_ends: Ends
    industry_mix: InUnit
    industry_mix_ends: Ends
    regional: InUnit
    regional_ends: Ends


class ShiftShareParts(_Shifted, section="comparison", rests="shift_share"):
    region: PlaceId


class BriefMix(_Shifted, part="drives", section="comparison", rests="shift_share"):
    """The part that the mix of so many industries adds, of either sign."""

    industries_n: int


class BriefOwnAhead(_Shifted, part="drives", section="comparison", rests="shift_share"):
    """The region's industries grew faster than elsewhere."""


class BriefOwnBehind(_Shifted, part="drives", section="comparison", rests="shift_share"):
    """The region's industries fell behind those elsewhere."""


class BriefOwnOpen(_Shifted, part="drives", section="comparison", rests="shift_share"):
    """Rounding leaves open which of both."""


class BriefIndustryBehind(
    _Shifted, part="worry", weight="industry_behind", section="comparison", rests="shift_share"
):
    industry: IndustryId


class StructureDistance(Finding, section="peers", rests="specialisation"):
    indicator: IndicatorId
    region: PlaceId
    reference: PlaceId
    start: Period
    end: Period
    n: int
    first: float
    last: float


class MostAlike(Finding, section="peers", rests="specialisation"):
    indicator: IndicatorId
    period: Period
    place: PlaceId
    distance: float


class MostUneven(Finding, section="peers", rests="concentration"):
    indicator: IndicatorId
    industry: IndustryId
    period: Period
    gini: float
    se: float
    n: int


class RanksBeside(Finding, section="peers", rests="peers"):
    n: int
    first: int
    open: int
    of: int


class _RankOfTwo(Finding):
    """A rank of the region by a figure that has another under another name."""

    indicator: IndicatorId
    form: Annotated[str, choice("form")]
    unit: UnitName
    of: int
    period: Annotated[str, Column("", "period")]
    value: InUnit
    rank: str
    other: IndicatorId


class RankOtherName(_RankOfTwo, section="peers", rests="peers"):
    other_value: InUnit
    other_rank: str


class RankOtherNameOpen(_RankOfTwo, section="peers", rests="peers"):
    """The other name lacks what the figure is made of."""


class _Grouping(Finding):
    """The share of value added that lies within an official grouping."""

    grouping: Annotated[str, choice("grouping")]
    region: PlaceId
    period: Annotated[str, Column("", "period")]
    low: Bounded
    n: int


class GroupingAtLeast(_Grouping, section="sizes", rests="groupings"):
    """Without an upper end."""


class GroupingRange(_Grouping, section="sizes", rests="groupings"):
    high: Bounded


class TableOfALargerArea(Finding, section="chains", rests=METHOD):
    table: TableId
    place: PlaceId
    region: PlaceId


class TableHoldsImports(Finding, section="chains", rests="linkages"):
    table: TableId


class IndustriesWithoutOutput(Finding, section="", rests="linkages"):
    table: TableId
    table_industries: TableIndustryIds


class KeyIndustries(Finding, section="chains", rests="linkages"):
    table: TableId
    n: int
    of: int
    table_industries: TableIndustryIds


class ChainGaps(Finding, section="chains", rests="supply_chains"):
    table: TableId
    industry: IndustryId
    gap: float
    table_industries: TableIndustryIds


class _BetweenTables(Finding):
    """A change of output from one table to the next."""

    table_before: TableId
    table_after: TableId


class OutputChangeParts(_BetweenTables, rests="output_change"):
    total: PrintedNumber
    technology: PrintedNumber
    mix: PrintedNumber
    level: PrintedNumber
    change: PrintedNumber
    residual: PrintedNumber


class TableCurrentPrices(_BetweenTables, section="chains", rests=METHOD):
    """It includes the change of prices."""


class TableChangeImportsInside(_BetweenTables, section="chains", rests=METHOD):
    """Inputs are those of wherever they are made."""


class TableChangeUseAbsent(_BetweenTables, section="chains", rests=ABSENCE):
    year: int
    uses: tuple[str, ...]


class TableChangeWithoutOutput(_BetweenTables, section="chains", rests="output_change"):
    year: int
    labels: tuple[str, ...]


class TableChangeWithoutMix(_BetweenTables, section="chains", rests=METHOD):
    uses: tuple[str, ...]


class TableConstantPrices(_BetweenTables, section="chains", rests=METHOD):
    """The change of prices is taken out by deflators."""


class TableClassificationBreak(_BetweenTables, section="chains", rests=METHOD):
    year: int
    codes: tuple[str, ...]
    why: tuple[str, ...]


class TableFlowsFromCoefficients(Finding, section="chains", rests=METHOD):
    """Output and flows are worked out from coefficients and final use."""


class TableOutputFromUse(Finding, section="chains", rests=METHOD):
    """The files give no output."""


class _TableGap(Finding):
    """Sums that miss output by more than rounding, and by little."""

    axis: str
    total: str
    n: int
    of: int
    labels: tuple[str, ...]
    worst: str
    gap: PrintedNumber
    allowed: PrintedNumber


class TableGapRows(_TableGap, section="chains", rests=METHOD):
    """Sums of rows."""


class TableGapColumns(_TableGap, section="chains", rests=METHOD):
    """Sums of columns."""


class TableNegative(Finding, section="chains", rests=METHOD):
    part: str
    n: int
    labels: tuple[str, ...]
    least: PrintedNumber


class TableOutputZero(Finding, section="chains", rests=METHOD):
    n: int
    labels: tuple[str, ...]
