"""The figures that a target is held against: one indicator, place, vintage and scope (§3)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from songhua.labels import parse_period, parse_unit
from songhua.labels.units import factor
from songhua.maths.bounds import Interval
from songhua.plan.targets import about_width
from songhua.studies.series import Figures, interval, records

Row = dict[str, Any]
LABELS = ("region", "industry", "entity", "vintage", "scope")


@dataclass(frozen=True)
class Figure:
    """One figure: as printed, with its rounding bound and what is sure of it."""

    value: float
    bound: Interval
    sure: Interval
    period: str
    start: date
    end: date
    ids: tuple[str, ...]
    exact: bool = False

    @property
    def estimate(self) -> str:
        """The kind of its ends."""
        return "identity" if self.exact else "bound"


@dataclass(frozen=True)
class Series:
    """The settled figures of one thing in one unit, in order of time."""

    figures: tuple[Figure, ...]

    @cached_property
    def by_year(self) -> dict[int, Figure]:
        """Figures of whole years."""
        return {f.end.year: f for f in self.figures if parse_period(f.period).kind == "year"}

    def at(self, period: str) -> Figure | None:
        """The figure for exactly these days."""
        wanted = str(parse_period(period))
        return next((f for f in self.figures if str(parse_period(f.period)) == wanted), None)

    def stand(self, end: date) -> Figure | None:
        """The figure for the year that ends on this day, else one of that very day."""
        whole = self.by_year.get(end.year) if (end.month, end.day) == (12, 31) else None
        return whole or next((f for f in reversed(self.figures) if f.end == end), None)

    def latest(self, after: date, until: date) -> Figure | None:
        """The last figure of the time after a day, up to another."""
        inside = [f for f in self.figures if after < f.end <= until]
        return max(inside, key=lambda f: (f.end, f.start), default=None)

    def latest_year(self, after: date, until: date) -> Figure | None:
        """The last figure of a whole year in that time."""
        return max(
            (f for f in self.by_year.values() if after < f.end <= until),
            key=lambda f: f.end, default=None,
        )  # fmt: skip

    def so_far(self, year: date, until: date) -> Figure | None:
        """The figure that runs from a day on for the longest time, up to another day."""
        inside = [f for f in self.figures if f.start == year and f.end <= until]
        return max(inside, key=lambda f: f.end, default=None)

    def run(self, first: int, last: int) -> list[Figure]:
        """Figures of consecutive whole years from the first on, until one is missing."""
        found = []
        for year in range(first, last + 1):
            if year not in self.by_year:
                break
            found.append(self.by_year[year])
        return found

    def annual(self) -> pd.Series:
        """Values by whole year."""
        return pd.Series({year: f.value for year, f in self.by_year.items()}, dtype=float)


def series(facts: Figures, indicator: str, place: Mapping[str, str], unit: str) -> Series:
    """The figures of an indicator at a place, in a unit (its own, where that does not convert)."""
    rows = facts.settled
    keep = rows["indicator"] == indicator
    for label in LABELS:
        keep &= rows[label] == place[label]
    own = parse_unit(str(facts.region.indicators[indicator]["unit"]))
    wanted = parse_unit(unit)
    scale = factor(own, wanted) if own.dimension == wanted.dimension else 1.0
    return Series(tuple(_figure(row, scale) for row in records(rows[keep])))


def _figure(row: Row, scale: float) -> Figure:
    """A row in the wanted unit; what "about" may cover is not sure."""
    value = tidy(row["value"] * scale)
    bound = scaled(interval(row), scale)
    sure = surely(value, bound, row["qualifier"], row["printed"].split()[0])
    exact = not math.isnan(row["floor"]) and row["floor"] == row["ceiling"]
    start, end = row["start"].date(), row["end"].date()
    return Figure(value, bound, sure, row["period"], start, end, (row["id"],), exact)


def surely(value: float, bound: Interval, qualifier: str, printed: str) -> Interval:
    """What a figure says for sure: the number as printed, or what the word before it leaves.

    >>> surely(30.0, Interval(29.5, 30.5), "", "30"), surely(30.0, Interval(29.5, 30.5), "about", "30")
    (Interval(low=30.0, high=30.0), Interval(low=25.0, high=35.0))
    """  # noqa: E501
    if qualifier == "about":
        plain = printed.lstrip("-")
        width = about_width(plain) / (float(plain) or 1) * abs(value)
        return Interval(value - width, value + width)
    return bound if qualifier else Interval(value, value)


def tidy(value: float) -> float:
    """A number without what a change of unit leaves in its last digits."""
    return float(f"{value:.13g}")


def scaled(bound: Interval, scale: float) -> Interval:
    """A bound in another unit."""
    return Interval(tidy(bound.low * scale), tidy(bound.high * scale))


def companion(facts: Figures, indicator: str) -> str:
    """The published growth of a level at comparable or constant prices, else any; or blank."""
    catalogue = facts.region.indicators
    growing = [
        id for id, one in catalogue.items() if one["form"] == "growth" and one["of"] == indicator
    ]
    order = {"constant": 0, "comparable": 1}
    return min(growing, key=lambda id: order.get(str(catalogue[id]["basis"]), 2), default="")
