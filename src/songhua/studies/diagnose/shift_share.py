"""Shift-share: the region's change as the nation's, its industries' and its own part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, cast

import pandas as pd

from songhua.labels import Period, parse_period
from songhua.maths import shift_share as decomposition
from songhua.results import Finding, table
from songhua.results.columns import IndicatorId, IndustryId, PlaceId, UnitName, number
from songhua.studies.diagnose.comparison_finding_kinds import SeriesBreaks, ShiftShareParts
from songhua.studies.panels import WHOLE, Panel
from songhua.studies.series import Figures

PARTS = ("change", "national", "industry_mix", "regional")


@dataclass(frozen=True, slots=True)
class ShiftShare:
    """A row of `shift_share`: the change of an industry, or of the whole, and its three parts."""

    indicator: IndicatorId
    region: PlaceId
    industry: IndustryId
    start: Period
    end: Period
    change: Annotated[float, number(unit_in="unit", digits=4)]
    national: Annotated[float, number(unit_in="unit", digits=4)]
    industry_mix: Annotated[float, number(unit_in="unit", digits=4)]
    regional: Annotated[float, number(unit_in="unit", digits=4)]
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
    broken = [finding for panel in figures.panels for finding in _breaks(panel)]
    whose = {panel.indicator: panel.place for panel in figures.panels}
    region_rows = [r for r in rows if r.region == whose[r.indicator] and r.industry == WHOLE]
    tables = {"shift_share": table("diagnose", "shift_share", rows)}
    return tables, [*_findings(region_rows), *broken]


def _breaks(panel: Panel) -> Iterator[Finding]:
    """The breaks of a panel's series, as the spans within which it is compared."""
    spans = panel.spans(panel.periods)
    if len(spans) > 1:
        periods = tuple(span[0] if len(span) == 1 else f"{span[0]}..{span[-1]}" for span in spans)
        yield SeriesBreaks(indicator=panel.indicator, periods=periods)


def _findings(rows: Sequence[ShiftShare]) -> Iterator[Finding]:
    """The three parts of each panel's own place's change, to four digits."""
    for row in rows:
        parts = {name: float(f"{getattr(row, name):.4g}") for name in PARTS}
        yield ShiftShareParts.from_row(row, **parts)


def panel_shift_share(panel: Panel) -> Iterator[ShiftShare]:
    """The change over each unbroken span, with all parts of a partition of the whole.

    It is from the first to the last period of the span in which the panel's place and the larger
    area have all parts. A row for every place as a whole, then one for each industry of its own.

    >>> from songhua.studies.diagnose import town
    >>> rows = [row for row in panel_shift_share(town.panel()) if row.region == "here"]
    >>> [(row.industry, row.national, row.industry_mix, row.regional) for row in rows]
    [('all', 0.0, 4.0, 6.0), ('food', 0.0, -2.0, 2.0), ('tools', 0.0, 6.0, 4.0)]
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
    places = [p for p in start.index if p != nation and p in end.index]
    nations = cast("pd.Series", start.loc[nation]), cast("pd.Series", end.loc[nation])
    totals = decomposition.shift_share(start.loc[places], end.loc[places], *nations)
    place_parts = decomposition.shift_share(start.loc[place], end.loc[place], *nations)
    wholes = (end.loc[places] - start.loc[places]).sum(axis=1)
    changes = end.loc[place] - start.loc[place]
    entries = [(region, WHOLE, wholes[region], totals.loc[region]) for region in places]
    entries += [(place, part, changes[part], place_parts.loc[part]) for part in place_parts.index]
    for whose, industry, change, row in entries:
        national, industry_mix, regional = row.tolist()
        yield ShiftShare(
            panel.indicator,
            whose,
            industry,
            parse_period(first),
            parse_period(last),
            float(change),
            national,
            industry_mix,
            regional,
            panel.region.indicator(panel.indicator).unit,
            nation,
        )
