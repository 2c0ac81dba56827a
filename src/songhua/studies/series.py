"""Series: what a study reads of a region's figures, made once: the best of each, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from songhua.checks.repeats import alike, hashes
from songhua.plan import Plan
from songhua.region import GRADES, SETTLED, Region
from songhua.region.newest import in_order
from songhua.studies.observation_list import Observations
from songhua.studies.observations import KEY, SERIES, Observation, observation_frame
from songhua.studies.panels import Panel, panels

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Figures:
    """What a study reads of a region and its plan, made once."""

    region: Region
    plan: Plan | None
    rng: np.random.Generator | None = None
    _made: dict[Callable[[Figures], Any], Any] = field(default_factory=dict, repr=False)

    def once(self, make: Callable[[Figures], T]) -> T:
        """What a function makes of these figures; several parts may ask, and it is made once.

        >>> figures = Figures.of(Region.of("here"), [])
        >>> figures.once(list_of := lambda figures: [*figures.settled]) is figures.once(list_of)
        True
        """
        if make not in self._made:
            self._made[make] = make(self)
        return self._made[make]

    @classmethod
    def of(cls, region: Region, observations: Iterable[Observation]) -> Figures:
        """The figures of a region that has these observations, for examples and tests.

        >>> rows = [Observation.of("gdp", "2021", "5")]
        >>> [one.value for one in Figures.of(Region.of("here"), rows).settled]
        [5.0]
        """
        figures = cls(region, None)
        figures.__dict__["observations"] = Observations.of(observations)
        return figures

    @cached_property
    def _panels(self) -> list[Panel]:
        return list(panels(self.region))

    @cached_property
    def held(self) -> list[Panel]:
        """The panels that hold the region, with or without a larger area, of any form."""
        return [one for one in self._panels if one.place == self.region.code]

    @cached_property
    def panels(self) -> list[Panel]:
        """The panels of levels that hold a larger area and the region, or an area between them."""
        level = (o for o in self._panels if self.region.indicator(o.indicator).form == "level")
        return [one for one in level if one.nation]

    @cached_property
    def observations(self) -> Observations:
        """All observations that are not corrected, the best source of each first.

        Rows of the best grade come first, of one grade those published last, and of these the
        newest.
        """
        frame, rows = observation_frame(self.region), self.region.observations
        places = np.flatnonzero(~frame["superseded"].to_numpy())
        rank = frame["grade"].map(GRADES.index).to_numpy()
        known = frame["known"].to_numpy()
        age = np.where(np.isnat(known), np.iinfo(np.int64).max, -known.astype(np.int64))
        places = places[np.lexsort((age[places], rank[places]))]
        alone = (hashes(rows, KEY)[places], rank[places], age[places])
        return Observations.of_frame(frame.iloc[_newest_first(places, alone, rows["recorded"])])

    @cached_property
    def settled(self) -> Observations:
        """What is no target or expectation: the best of each, in order of period."""
        return best_settled(self.observations)

    @cached_property
    def series(self) -> dict[tuple[str, ...], Observations]:
        """The settled observations of each series, in order of period, by its labels."""
        return self.settled.by(*SERIES)

    @cached_property
    def own(self) -> Observations:
        """Settled figures of the region itself in its usual coverage, without revised series."""
        return self.settled.only(region=self.region.code, entity="", scope="", vintage="")


def _newest_first(
    places: np.ndarray, alone: tuple[np.ndarray, ...], recorded: pd.Series
) -> np.ndarray:
    """The places with those that agree in all of `alone` in turn, the newest of them first."""
    tied = alike(alone[0])
    time = np.empty(len(recorded), dtype=np.int64)
    time[in_order(recorded)] = np.arange(len(recorded))
    by = [part[tied] for part in alone]
    places[tied[np.lexsort((tied, *by))]] = places[tied[np.lexsort((-time[places[tied]], *by))]]
    return places


def best_settled(rows: Iterable[Observation]) -> Observations:
    """What is no target or expectation: the first of each thing and period, in order of period.

    >>> half, year = Observation.of("gdp", "2021-H1", "2"), Observation.of("gdp", "2021", "5")
    >>> again = Observation.of("gdp", "2021", "5.1")
    >>> [one.value for one in best_settled([year, half, again])]
    [2.0, 5.0]
    """
    return Observations.of(rows).only(kind=SETTLED).first(*KEY).in_order()
