"""An axis of whole years, across or down, with the day of the view on it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import altair as alt

from songhua.document.charts.specification import FAINT, GRID, data


def place_of(day: date) -> float:
    """A day on an axis of years."""
    return day.year + day.timetuple().tm_yday / 366


@dataclass(frozen=True)
class Time:
    """An axis of whole years that holds all places; a year's name stands in its middle."""

    first: int
    last: int

    @classmethod
    def over(cls, places: Iterable[float]) -> Time:
        """The years that places lie in.

        >>> Time.over([2021.5, 2023.0])
        Time(first=2021, last=2023)
        """
        listed = list(places)
        return cls(math.floor(min(listed) - 0.01), math.ceil(max(listed)))

    def axis(self, field: str) -> alt.X:
        """The axis for a field."""
        scale = alt.Scale(domain=[self.first, self.last + 0.3], nice=False)
        return alt.X(f"{field}:Q", scale=scale, axis=self._years())

    def down(self, field: str) -> alt.Y:
        """The axis for a field, from the first year above to the last below."""
        scale = alt.Scale(domain=[self.last, self.first], nice=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=self._years())

    def _years(self) -> alt.Axis:
        return alt.Axis(
            values=[year + 0.5 for year in range(self.first, self.last)],
            grid=False,
            labelExpr="floor(datum.value)",
            title=None,
            ticks=False,
            labelOverlap=True,
        )

    def turns(self) -> alt.Chart:
        """A faint line at each turn of the year."""
        years = data(Place(float(year)) for year in range(self.first, self.last + 1))
        return alt.Chart(years).mark_rule(color=GRID).encode(x=self.axis("place"))

    def today(self, day: date, along: str = "x") -> alt.Chart:
        """A line at the day of the view."""
        mark = alt.Chart(data([Place(place_of(day))])).mark_rule(color=FAINT, strokeDash=[4, 3])
        axis = self.axis("place") if along == "x" else self.down("place")
        return mark.encode(axis)


@dataclass(frozen=True)
class Place:
    """A day on an axis of years, and how much falls due on it."""

    place: float
    word: str = ""
    n: int = 0
