"""Series of a region's figures, made once for a study: the best of each, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from songhua.checks.repeats import alike, hashes
from songhua.plan import Plan
from songhua.region import GRADES, SETTLED, Region
from songhua.region.figure_rows import stacked
from songhua.region.figures import FigureTable
from songhua.region.newest import in_order
from songhua.region.observations import KEY, SERIES, Observation
from songhua.region.series import Series
from songhua.studies.panels import Panel, panels

T = TypeVar("T")
#: The same period of the year before in an index on it, in percent.
WHOLE = 100.0


@dataclass(frozen=True, eq=False)
class Figures:
    """Figures of a region and its plan, as a study reads them, each series made once."""

    region: Region
    plan: Plan | None
    rng: np.random.Generator | None = None
    _memo: dict[Callable[[Figures], Any], Any] = field(default_factory=dict, repr=False)

    def once(self, make: Callable[[Figures], T]) -> T:
        """The value of a function of these figures, computed once for all parts that ask.

        >>> figures = Figures.of(Region.of("here"), [])
        >>> figures.once(list_of := lambda figures: [*figures.settled]) is figures.once(list_of)
        True
        """
        if make not in self._memo:
            self._memo[make] = make(self)
        return self._memo[make]

    @classmethod
    def of(cls, region: Region, observations: Iterable[Observation]) -> Figures:
        """The figures of a region that has these observations, for examples and tests.

        >>> rows = [Observation.of("gdp", "2021", "5")]
        >>> [figure.value for figure in Figures.of(Region.of("here"), rows).settled]
        [5.0]
        """
        figures = cls(region, None)
        figures.__dict__["observations"] = Series.of(observations)
        return figures

    @cached_property
    def _panels(self) -> list[Panel]:
        return list(panels(self.region))

    @cached_property
    def region_panels(self) -> list[Panel]:
        """The panels that hold the region, with or without a larger area, of any form."""
        return [panel for panel in self._panels if panel.place == self.region.code]

    @cached_property
    def panels(self) -> list[Panel]:
        """The panels of levels that hold a larger area and the region, or an area between them."""
        level = (o for o in self._panels if self.region.indicator(o.indicator).form == "level")
        return [panel for panel in level if panel.nation]

    @cached_property
    def observations(self) -> Series:
        """All observations that are not corrected, the best source of each first.

        Rows of the best grade come first, of one grade those published last, and of these the
        newest. An index on the year before stands again as the growth that it prints.
        """
        table = with_growth(self.region)
        rows = table.observations.where(~table.observations.superseded)
        grades = [GRADES.index(name) if name else len(GRADES) for name in rows.names("grade")]
        rank, known_dates = np.array(grades)[rows.codes("grade")], rows.known
        age = np.where(np.isnat(known_dates), np.iinfo(np.int64).max, -known_dates.astype(np.int64))
        rows, by = rows.where(at := np.lexsort((age, rank))), (rank[at], age[at])
        return rows.where(_newest_first(rows.columns(*KEY, "recorded"), by))

    @cached_property
    def settled(self) -> Series:
        """All but targets and expectations: the best of each, in order of period."""
        return best_settled(self.observations)

    @cached_property
    def series(self) -> dict[tuple[str, ...], Series]:
        """The settled observations of each series, in order of period, by its labels."""
        return self.settled.by(*SERIES)

    @cached_property
    def regional(self) -> Series:
        """Settled figures of the region itself in its usual coverage, without revised series."""
        return self.settled.select(region=self.region.code, entity="", scope="", vintage="")


def with_growth(region: Region) -> FigureTable:
    """The figures of a region, and each index on the year before as growth: the index less 100.

    The growth has the labels, the doubts and the id of its index.

    >>> from songhua.region import Region
    >>> catalogue = {"growth": {"form": "growth", "unit": "%"}}
    >>> catalogue |= {"index": {"form": "ratio", "of": "growth", "unit": "%"}}
    >>> rows = {"indicator": ["index"], "period": ["2023"], "value": ["103.10"], "unit": ["%"],
    ...     "number": [103.1], "low": [103.095], "high": [103.105], "decimals": [2]}
    >>> region = Region.of("here", indicators=catalogue, observations=pd.DataFrame(rows))
    >>> growth = with_growth(region).observations[1]
    >>> growth.indicator, growth.value, growth.low, growth.printed
    ('growth', 3.1, 3.095, '3.10 %')
    """
    table, rates = region.figures, region.relations.growth_indices
    rows = table.observations.select(indicator=rates).frame
    if rows.empty:
        return table
    numbers = {name: rows[name] * rows["scale"] - WHOLE for name in ("number", "low", "high")}
    printed = zip(numbers["number"], rows["decimals"], strict=True)
    growth = rows.assign(
        **numbers,
        scale=1.0,
        indicator=pd.Categorical(rows["indicator"].astype("str").map(rates).astype("str")),
        value=pd.array([f"{value:.{decimals}f}" for value, decimals in printed], dtype="str"),
    )
    return table.with_frame(stacked([table.observations.frame, growth, table.cells.frame]))


def _newest_first(rows: pd.DataFrame, alike_in: Sequence[np.ndarray]) -> np.ndarray:
    """The places of rows: of those of one thing that are `alike_in` all the newest first."""
    numbers, places = hashes(rows, KEY), np.arange(len(rows))
    tied = alike(numbers)
    time = np.empty(len(rows), dtype=np.int64)
    time[in_order(rows["recorded"])] = places
    by = [part[tied] for part in (numbers, *alike_in)]
    in_turn = tied[np.lexsort((tied, *by))]
    places[in_turn] = tied[np.lexsort((-time[tied], *by))]
    return places


def best_settled(rows: Iterable[Observation]) -> Series:
    """All but targets and expectations: the first of each thing and period, in order of period.

    >>> half, year = Observation.of("gdp", "2021-H1", "2"), Observation.of("gdp", "2021", "5")
    >>> again = Observation.of("gdp", "2021", "5.1")
    >>> [figure.value for figure in best_settled([year, half, again])]
    [2.0, 5.0]
    """
    return Series.of(rows).select(kind=SETTLED).first(*KEY).in_order()
