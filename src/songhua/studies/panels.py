"""Panels: levels by region, industry and period, with the larger area around the region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

import pandas as pd

from songhua.hooks.checkpoints import checkpoint
from songhua.labels import parse_period
from songhua.region import Region
from songhua.region.indicators import Indicator
from songhua.region.observations import Observation
from songhua.region.series import Series

WHOLE = "all"
COLUMNS = ("number", "low", "high")


@dataclass(frozen=True)
class Panel:
    """One indicator: (period, region) down and industry across, and the ends of each cell.

    `place` is whose panel it is: the region, or a larger area where the panel does not hold the
    region. `nation` is the larger area around the place, blank where the panel holds none;
    `places` are the place and all others but the larger area.
    """

    region: Region
    indicator: str
    place: str
    nation: str
    number: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame

    @classmethod
    def exact(cls, region: Region, nation: str, levels: pd.DataFrame) -> Panel:
        """A panel of exact numbers, for examples and tests.

        >>> rows = pd.MultiIndex.from_tuples([("2021", "here"), ("2021", "land")])
        >>> levels = pd.DataFrame({"all": [4.0, 10.0]}, rows.set_names(["period", "region"]))
        >>> Panel.exact(Region.of("here"), "land", levels).places("2021")
        ['here']
        """
        return cls(region, "jobs", region.code, nation, levels, levels, levels)

    @cached_property
    def periods(self) -> list[str]:
        """The periods in which both the place and the larger area have a row."""
        rows = set(self.number.index)
        periods = {period for period, _ in rows}
        wanted = [place for place in (self.place, self.nation) if place]
        complete = [p for p in periods if rows.issuperset((p, place) for place in wanted)]
        return sorted(complete, key=parse_period)

    def spans(self, periods: Iterable[str], place: str = "") -> list[list[str]]:
        """Periods in order, cut at the breaks of the indicator, and of the territory of a place."""
        measured = self.region.catalogue.get(self.indicator, Indicator(self.indicator))
        return measured.at(self.region.places.get(place, {})).spans(periods)

    def at(self, period: str, column: str = "number") -> pd.DataFrame:
        """One period: region down and industry across; `column` may be `low` or `high`."""
        checkpoint()
        return cast("pd.DataFrame", getattr(self, column).loc[period])

    def ends(self, period: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """One period: numbers, low ends and high ends."""
        return self.at(period), self.at(period, "low"), self.at(period, "high")

    def known_periods(self, place: str, industry: str) -> list[str]:
        """The periods in which a place has a figure for an industry, in order."""
        column = self.number[industry]
        return [p for p in self.periods if pd.notna(column.get((p, place)))]

    def places(self, period: str) -> list[str]:
        """The places with a row in a period, the larger area left out."""
        return [str(place) for place in self.at(period).index if place != self.nation]

    @cached_property
    def whole(self) -> Panel:
        """The panel without the rows, a place in a period each, that lack a part of the whole.

        >>> rows = pd.MultiIndex.from_product([["2020", "2021"], ["here", "land"]])
        >>> levels = pd.DataFrame({"food": [1.0, 5, 1, 5], "tools": [None, 5, 2, 5]}, rows)
        >>> split = {"parent": "all", "partition": "goods"}
        >>> region = Region.of("here", industries={"food": split, "tools": split})
        >>> Panel.exact(region, "land", levels.rename_axis(["period", "region"])).whole.periods
        ['2021']
        """
        rows = self.number[self.partition].notna().all(axis=1)
        columns = {name: getattr(self, name)[rows] for name in COLUMNS}
        return replace(self, **columns)

    @property
    def partition(self) -> list[str]:
        """The first industries that add up to the whole and are all in the panel; else none."""
        codes = set(self.number.columns)
        return next((p for p in self.region.partitions().get(WHOLE, []) if codes.issuperset(p)), [])

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
        wholes = split.get(WHOLE, [])
        first = next((p for p in wholes if full.issuperset(p)), [])
        return [leaf for part in first for leaf in _leaves(part, split, full)]


def _leaves(industry: str, split: dict[str, list[list[str]]], full: set[str]) -> Iterator[str]:
    """An industry, or the parts of it that are known."""
    parts = next((p for p in split.get(industry, []) if full.issuperset(p)), None)
    if parts is None:
        yield industry
        return
    for part in parts:
        yield from _leaves(part, split, full)


def cell(frame: pd.DataFrame, row: str, column: str) -> float:
    """One number of a table.

    >>> cell(pd.DataFrame({"food": [4]}, ["here"]), "here", "food")
    4.0
    """
    checkpoint()
    return float(cast("float", frame.at[row, column]))


def panels(region: Region) -> Iterator[Panel]:
    """Every panel that holds the region or a larger area, with the next larger one if it has one.

    Larger areas are in the folder's order, the nearest first.

    >>> columns = ["indicator", "period", "region", "industry", "number", "low", "high"]
    >>> cells = [("jobs", "2021", "here", "all", 4, 4, 4), ("jobs", "2021", "land", "all", 9, 9, 9)]
    >>> frame = pd.DataFrame(cells, columns=columns)
    >>> catalogues = {"places": {"land": {"role": "parent"}}, "indicators": {"jobs": {}}}
    >>> region = Region.of("here", panels=frame, **catalogues)
    >>> [(panel.indicator, panel.nation) for panel in panels(region)]
    [('jobs', 'land')]
    """
    for indicator, cells in region.figures.cells.by("indicator").items():
        places = {*cells.select(industry=WHOLE).distinct("region")}
        areas = [id for id in (region.code, *region.places_of("parent")) if id in places]
        if areas:
            ends = (region.panel(indicator, column) for column in COLUMNS)
            yield Panel(region, indicator, areas[0], next(iter(areas[1:]), ""), *ends)


def observed_panels(region: Region, figures: Iterable[Observation]) -> Iterator[Panel]:
    """Levels of the region and of a larger area that stand among the observations, as panels.

    Of each indicator that no panel holds, where both have the whole and an industry in one period.

    >>> from songhua.studies.diagnose import town
    >>> from dataclasses import replace
    >>> here = [town.observed("gdp", "2021", text, name) for text, name in (("9", "all"), ("3", "food"))]
    >>> land = [replace(figure, region="land") for figure in here]
    >>> [(panel.indicator, panel.nation) for panel in observed_panels(town.region(), here + land)]
    [('gdp', 'land')]
    """  # noqa: E501
    panel_indicators = region.figures.cells.distinct("indicator")
    places = {region.code, *region.places}
    usable = Series.of(figures).select(form="level", qualifier="", region=places)
    levels = usable.where(usable.usual & usable.bounded & ~usable.have(indicator=panel_indicators))
    for indicator, group in levels.by("indicator").items():
        nation = _paired(region, group)
        if nation:
            cells = group.first("period", "region", "industry")
            ends = (cells.wide(column) for column in ("value", "low", "high"))
            yield Panel(region, indicator, region.code, nation, *ends)


def _paired(region: Region, figures: Series) -> str:
    """The first larger area that shares a period's whole and an industry with the region."""
    region_cells = _cells(figures.select(region=region.code))
    parents = (
        p for p in region.places_of("parent") if region_cells & _cells(figures.select(region=p))
    )
    return next(parents, "") if region_cells else ""


def _cells(figures: Series) -> set[int]:
    """Period and industry of each part of a place, in periods that have its whole."""
    wholes = figures.select(industry=WHOLE).distinct("period")
    parts = figures.where(figures.have(period=wholes) & ~figures.have(industry=WHOLE))
    return set(parts.joint("period", "industry").tolist())
