"""Shift-share: the region's change as the nation's, its industries' and its own part."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, cast

import pandas as pd

from songhua.labels import Period, parse_period
from songhua.maths import shift_share as decomposition
from songhua.maths.interval_columns import Floats
from songhua.maths.shift_bounds import PARTS, Ends, ShiftBounds, shift_bounds
from songhua.region import Region
from songhua.results import Finding, table
from songhua.results.columns import Estimate, IndicatorId, IndustryId, PlaceId, UnitName, estimate
from songhua.studies.diagnose.comparison_finding_kinds import (
    UNPRICED,
    SeriesBreaks,
    ShiftShareParts,
    TerritoryBreaks,
)
from songhua.studies.panels import WHOLE, Panel
from songhua.studies.series import Figures

#: A change or a part of it, with the ends that rounding of the figures behind it leaves.
Part = Annotated[Estimate, estimate(kind="bound", unit_in="unit", digits=4)]


@dataclass(frozen=True, slots=True)
class ShiftShare:
    """A row of `shift_share`: the change of an industry, or of the whole, and its three parts.

    The regional shift is a residual: what neither growth of the larger area nor the mix of
    industries makes, whatever its cause.
    """

    indicator: IndicatorId
    region: PlaceId
    industry: IndustryId
    start: Period
    end: Period
    change: Part
    national: Part
    industry_mix: Part
    regional: Part
    unit: UnitName
    reference: PlaceId


def shift_share(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `shift_share`; empty where there is no panel with a larger area.

    >>> from songhua.studies.diagnose import town
    >>> tables, _ = shift_share(town.figures())
    >>> tables["shift_share"][["region", "industry", "change"]].values.tolist()
    [['here', 'all', 10.0], ['there', 'all', 0.0], ['here', 'food', 0.0], ['here', 'tools', 10.0]]
    """
    rows = [row for panel in figures.panels for row in panel_shift_share(panel)]
    broken: list[Finding] = [finding for panel in figures.panels for finding in _breaks(panel)]
    if moved := sorted({place for panel in figures.panels for place in _moved(panel)}):
        broken.append(TerritoryBreaks(places=tuple(moved)))
    whose = {panel.indicator: panel.place for panel in figures.panels}
    region_rows = [r for r in rows if r.region == whose[r.indicator] and r.industry == WHOLE]
    tables = {"shift_share": table("diagnose", "shift_share", rows)}
    shifted = [
        ShiftShareParts.from_row(row, **in_words(row, figures.region)) for row in region_rows
    ]
    return tables, [*shifted, *broken]


def _breaks(panel: Panel) -> Iterator[Finding]:
    """The breaks of a panel's series, as the spans within which it is compared."""
    spans = panel.spans(panel.periods)
    if len(spans) > 1:
        periods = tuple(span[0] if len(span) == 1 else f"{span[0]}..{span[-1]}" for span in spans)
        yield SeriesBreaks(indicator=panel.indicator, periods=periods)


def _moved(panel: Panel) -> Iterator[str]:
    """The places of a panel whose territory changed within its periods."""
    for place in panel.number.index.unique("region"):
        periods = panel.number.xs(place, level="region").index.tolist()
        if panel.region.places.get(place, {}).get("breaks") and (
            len(panel.spans(periods, place)) > len(panel.spans(periods))
        ):
            yield place


def in_words(row: ShiftShare, region: Region) -> dict[str, Any]:
    """The change and its parts for a sentence, to four digits with their ends, and their prices.

    >>> from songhua.studies.diagnose import town
    >>> row = next(panel_shift_share(town.panel()))
    >>> words = in_words(row, town.region())
    >>> words["regional"], words["regional_ends"], words["basis"]
    (6.0, '', 'unpriced')
    """
    parts: dict[str, Any] = {"basis": region.indicator(row.indicator).basis or UNPRICED}
    for name in PARTS:
        part: Estimate = getattr(row, name)
        wide = _wide(part)
        parts[name] = float(f"{part.value:.6g}" if wide else f"{part.value:.4g}")
        parts[f"{name}_ends"] = f"{part.low:.6g}..{part.high:.6g}" if wide else ""
    return parts


def _wide(part: Estimate) -> bool:
    """True where the ends lie further apart than the four digits of the number tell."""
    return math.isfinite(part.value) and part.high - part.low > (
        abs(part.value) and 10 ** (math.floor(math.log10(abs(part.value))) - 3)
    )


def panel_shift_share(panel: Panel) -> Iterator[ShiftShare]:
    """The change over each unbroken span, with all parts of a partition of the whole.

    It is from the first to the last period of the span in which the panel's place and the larger
    area have all parts. A row for every place of one territory as a whole, then one for each
    industry of its own.

    >>> from songhua.studies.diagnose import town
    >>> rows = [row for row in panel_shift_share(town.panel()) if row.region == "here"]
    >>> [(row.industry, row.industry_mix.value, row.regional.value) for row in rows]
    [('all', 4.0, 6.0), ('food', -2.0, 2.0), ('tools', 6.0, 4.0)]
    """
    for parts in panel.region.partitions().get(WHOLE, []):
        if set(parts) <= set(panel.number.columns):
            full = panel.number[parts].dropna()
            pair = (panel.place, panel.nation)
            periods = [p for p in panel.periods if all((p, place) in full.index for place in pair)]
            for span in panel.spans(periods):
                if len(span) > 1:
                    yield from _changes(panel, full, span[0], span[-1])


def _changes(panel: Panel, levels: pd.DataFrame, first: str, last: str) -> Iterator[ShiftShare]:
    """The rows between two periods, from the levels of the parts by period and place."""
    start = cast("pd.DataFrame", levels.loc[first])
    end = cast("pd.DataFrame", levels.loc[last])
    place, nation = panel.place, panel.nation
    common = (p for p in start.index if p != nation and p in end.index)
    places = [p for p in common if len(panel.spans((first, last), p)) == 1]  # of one territory
    nations = cast("pd.Series", start.loc[nation]), cast("pd.Series", end.loc[nation])
    totals = decomposition.shift_share(start.loc[places], end.loc[places], *nations)
    place_parts = decomposition.shift_share(start.loc[place], end.loc[place], *nations)
    wholes = (end.loc[places] - start.loc[places]).sum(axis=1)
    changes = end.loc[place] - start.loc[place]
    bounds = {whose: _bounds(panel, levels, whose, first, last) for whose in places}
    entries = [
        (region, WHOLE, [wholes[region], *totals.loc[region]], bounds[region].whole)
        for region in places
    ]
    entries += [
        (place, part, [changes[part], *place_parts.loc[part]], partial(bounds[place].at, place=at))
        for at, part in enumerate(levels.columns)
    ]
    for whose, industry, values, ends in entries:
        change, national, industry_mix, regional = (
            _part(float(value), ends(name)) for name, value in zip(PARTS, values, strict=True)
        )
        yield ShiftShare(
            panel.indicator,
            whose,
            industry,
            parse_period(first),
            parse_period(last),
            change,
            national,
            industry_mix,
            regional,
            panel.region.indicator(panel.indicator).unit,
            nation,
        )


def _bounds(panel: Panel, levels: pd.DataFrame, place: str, first: str, last: str) -> ShiftBounds:
    """The ends of a place's parts, from those of the levels of its industries."""

    def ends(period: str, whose: str) -> tuple[Floats, Floats]:
        low, high = (
            cast("pd.Series", frame.loc[(period, whose)])[levels.columns].to_numpy(float)
            for frame in (panel.low, panel.high)
        )
        return low, high

    return shift_bounds(
        ends(first, place), ends(last, place), ends(first, panel.nation), ends(last, panel.nation)
    )


def _part(value: float, ends: Ends) -> Estimate:
    """A part with its ends, which hold the number however its floats were added up."""
    low, high = (end if math.isfinite(end) else math.nan for end in ends)
    if math.isnan(low) or math.isnan(high):
        return Estimate(value, kind="bound")
    return Estimate(value, min(low, value), max(high, value), "bound")
