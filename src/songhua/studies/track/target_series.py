"""The figures that a target is held against: one indicator, place, vintage and scope (§3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from songhua.labels import Period, parse_period, parse_unit
from songhua.labels.units import factor
from songhua.maths.bounds import Interval
from songhua.region.observations import Figure, Observation, sure_ends, tidy
from songhua.studies.series import Figures
from songhua.studies.series_or_panels import Key, places, series_figures


@dataclass(frozen=True)
class SeriesLabels:
    """The labels of a series beside its indicator; blank where it has none."""

    region: str
    industry: str = "all"
    entity: str = ""
    vintage: str = ""
    scope: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """The labels in the order of the columns of observations."""
        return (self.region, self.industry, self.entity, self.vintage, self.scope)

    def elsewhere(self, region: str) -> SeriesLabels:
        """The same labels at another place.

        >>> SeriesLabels("rivertown", "food").elsewhere("upland").industry
        'food'
        """
        return replace(self, region=region)


@dataclass(frozen=True)
class Series:
    """The settled figures of one thing in one unit, in order of time."""

    figures: tuple[Figure, ...]

    @classmethod
    def of(cls, values: Mapping[str, float]) -> Series:
        """A series of exact numbers by the text of their period, for examples and tests.

        >>> Series.of({"2021": 5.5, "2022": 3.0}).annual().to_dict()
        {2021: 5.5, 2022: 3.0}
        """
        return cls(tuple(Figure.point(parse_period(text), v) for text, v in values.items()))

    @cached_property
    def by_year(self) -> dict[int, Figure]:
        """Figures of whole years."""
        return {f.end.year: f for f in self.figures if f.period.kind == "year"}

    def at(self, period: Period) -> Figure | None:
        """The figure for exactly these days.

        >>> figure = Series.of({"2021": 5.5, "2021-H1": 6.0}).at(parse_period("2021-01..2021-06"))
        >>> figure.value if figure else None
        6.0
        """
        return next((f for f in self.figures if f.period == period), None)

    def closing_figure(self, end: date) -> Figure | None:
        """The figure for the year that ends on this day, else one of that very day.

        >>> figure = Series.of({"2020-12-31": 1.0, "2020": 2.0}).closing_figure(date(2020, 12, 31))
        >>> figure.value if figure else None
        2.0
        """
        whole = self.by_year.get(end.year) if (end.month, end.day) == (12, 31) else None
        return whole or next((f for f in reversed(self.figures) if f.end == end), None)

    def latest(self, after: date, until: date) -> Figure | None:
        """The last figure of the time after a day, up to another.

        >>> figure = Series.of({"2020": 1.0, "2021": 2.0}).latest(date(2020, 12, 31), date(2025, 12, 31))
        >>> figure.value if figure else None
        2.0
        """  # noqa: E501
        inside = [f for f in self.figures if after < f.end <= until]
        return max(inside, key=lambda f: (f.end, f.start), default=None)

    def latest_year(self, after: date, until: date) -> Figure | None:
        """The last figure of a whole year in that time.

        >>> series = Series.of({"2021": 2.0, "2022-H1": 3.0})
        >>> figure = series.latest_year(date(2020, 12, 31), date(2025, 12, 31))
        >>> figure.value if figure else None
        2.0
        """
        inside = [f for f in self.by_year.values() if after < f.end <= until]
        return max(inside, key=lambda f: f.end, default=None)

    def so_far(self, start: date, until: date) -> Figure | None:
        """The figure that runs from a day on for the longest time, up to another day.

        >>> series = Series.of({"2021-Q1": 1.0, "2021-H1": 2.0, "2021-Q2": 1.2})
        >>> figure = series.so_far(date(2021, 1, 1), date(2021, 12, 31))
        >>> figure.value if figure else None
        2.0
        """
        inside = [f for f in self.figures if f.start == start and f.end <= until]
        return max(inside, key=lambda f: f.end, default=None)

    def run(self, first: int, last: int) -> list[Figure]:
        """Figures of consecutive whole years from the first on, until one is missing.

        >>> [f.value for f in Series.of({"2021": 1.0, "2022": 2.0, "2024": 4.0}).run(2021, 2025)]
        [1.0, 2.0]
        """
        figures = []
        for year in range(first, last + 1):
            if year not in self.by_year:
                break
            figures.append(self.by_year[year])
        return figures

    def annual(self) -> pd.Series:
        """Values by whole year."""
        return pd.Series({year: f.value for year, f in self.by_year.items()}, dtype=float)


def series_of(figures: Figures, indicator: str, labels: SeriesLabels, unit: str) -> Series:
    """The figures of an indicator in a unit (its own, where that does not convert).

    Wherever the folder holds them: published, in a panel, or as a share or a figure per head.

    >>> from songhua.studies.track.examples import town_figures
    >>> jobs = series_of(town_figures(), "jobs", SeriesLabels("rivertown"), "10k persons")
    >>> jobs.annual().to_dict()
    {2021: 2.0}
    """
    scale = scale_to(unit, str(figures.region.indicators[indicator]["unit"]))
    listed = series_figures(figures, Key(indicator, *labels.key))
    return Series(tuple(in_unit(figure, scale) for figure in listed))


def scale_to(unit: str, from_unit: str) -> float:
    """The factor from one unit to another; 1, where the two measure different things.

    >>> scale_to("10k persons", "persons"), scale_to("%", "persons")
    (0.0001, 1.0)
    """
    wanted, source = parse_unit(unit), parse_unit(from_unit)
    return factor(source, wanted) if source.dimension == wanted.dimension else 1.0


def in_unit(figure: Observation, scale: float) -> Figure:
    """A figure in another unit; what "about" may cover is not sure.

    >>> jobs = Observation.of("jobs", "2021", "46000", unit="persons")
    >>> in_unit(jobs, 0.0001).value
    4.6
    """
    value, bound = tidy(figure.value * scale), scaled(figure.bound, scale)
    sure = sure_ends(value, bound, figure.qualifier, figure.printed)
    return Figure(value, bound, sure, figure.period, figure.ids, figure.exact)


def scaled(bound: Interval, scale: float) -> Interval:
    """A bound in another unit.

    >>> scaled(Interval(45.5, 46.5), 0.1)
    Interval(low=4.55, high=4.65)
    """
    return Interval(tidy(bound.low * scale), tidy(bound.high * scale))


def published_growth(figures: Figures, indicator: str) -> str:
    """The indicator of a level's published growth: at constant or comparable prices, else any.

    Blank where the catalogue has none.

    >>> from songhua.studies.track.examples import town_figures
    >>> published_growth(town_figures(), "gdp"), published_growth(town_figures(), "firms")
    ('gdp_growth', '')
    """
    catalogue, growth_ids = figures.region.catalogue, figures.region.relations.growth_of(indicator)
    order = {"constant": 0, "comparable": 1}
    growth = (id for id in catalogue if id in growth_ids)
    return min(growth, key=lambda id: order.get(catalogue[id].basis, 2), default="")


def other_places(figures: Figures, indicator: str, region: str) -> list[str]:
    """The other places with figures of an indicator, those of panels last.

    >>> from songhua.studies.track.examples import town_figures
    >>> other_places(town_figures(), "firms", "upland")
    ['rivertown']
    """
    return [place for place in places(figures, indicator) if place != region]
