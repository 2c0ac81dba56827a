"""A panel of levels laid out wide, with the larger area that the region is held against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import pandas as pd

from songhua.labels import parse_period
from songhua.region import Region

WHOLE = "all"


@dataclass(frozen=True)
class Panel:
    """One indicator: (period, region) down and industry across, and the ends of each cell.

    `nation` is the larger area, `places` are the region and all others but the larger area.
    """

    region: Region
    indicator: str
    nation: str
    number: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame

    @cached_property
    def periods(self) -> list[str]:
        """The periods in which both the region and the larger area have a row."""
        rows = set(self.number.index)
        found = {period for period, _ in rows}
        both = [p for p in found if {(p, self.region.code), (p, self.nation)} <= rows]
        return sorted(both, key=parse_period)

    def at(self, period: str, column: str = "number") -> pd.DataFrame:
        """One period: region down and industry across; `column` may be `low` or `high`."""
        return cast("pd.DataFrame", getattr(self, column).loc[period])

    def known(self, place: str, industry: str) -> list[str]:
        """The periods in which a place has a figure for an industry, in order."""
        column = self.number[industry]
        return [p for p in self.periods if pd.notna(column.get((p, place)))]

    def places(self, period: str) -> list[str]:
        """Who has a row in a period, the larger area left out."""
        return [str(place) for place in self.at(period).index if place != self.nation]

    @cached_property
    def parts(self) -> list[str]:
        """The finest industries that add up to the whole and are known everywhere, always.

        Begins with a partition of the whole; each part is divided further where all its own
        parts are there for every place in every period. One set, so that indices over it can be
        compared over places and time; empty where not even the first partition is complete.
        """
        wide = self.number.loc[self.number.index.isin(self.periods, level="period")]
        full = {str(name) for name in wide.columns[wide.notna().all()]}
        split = self.region.partitions()
        first = next((p for p in split.get(WHOLE, []) if full.issuperset(p)), [])
        return [leaf for part in first for leaf in _leaves(part, split, full)]


def _leaves(industry: str, split: dict[str, list[list[str]]], full: set[str]) -> Iterator[str]:
    """An industry, or the parts of it that are known."""
    parts = next((p for p in split.get(industry, []) if full.issuperset(p)), None)
    if parts is None:
        yield industry
        return
    for part in parts:
        yield from _leaves(part, split, full)


def panels(region: Region) -> Iterator[Panel]:
    """Every panel of levels that holds the region and a larger area around it."""
    for indicator in region.panels["indicator"].unique() if len(region.panels) else ():
        nation = _nation(region, indicator)
        if nation and region.indicators[indicator]["form"] == "level":
            ends = (region.panel(indicator, column) for column in ("number", "low", "high"))
            yield Panel(region, indicator, nation, *ends)


def _nation(region: Region, indicator: str) -> str:
    """The larger area that has cells of the whole economy, as the region has."""
    cells = region.panels[region.panels["indicator"] == indicator]
    held = set(cells.loc[cells["industry"] == WHOLE, "region"])
    larger = [id for id, place in region.places.items() if place["role"] == "parent"]
    return next((id for id in larger if id in held and region.code in held), "")
