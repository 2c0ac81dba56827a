"""Figures of a region: studies read observations here, in their indicator's unit, with ends."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, cast

import numpy as np
import pandas as pd

from songhua.labels import Period, parse_period
from songhua.maths.bounds import Interval, from_print
from songhua.plan import Plan
from songhua.plan.targets import about_width
from songhua.region import GRADES, SETTLED, Region
from songhua.studies.panels import Panel, panels

Row = dict[str, Any]
SERIES = ["indicator", "region", "industry", "entity", "vintage", "scope"]
KEY = ["indicator", "region", "industry", "entity", "period", "vintage", "scope"]
TEXTS = (*KEY, "kind", "qualifier", "source", "unit")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its rounding bound, the days it covers and the observations it rests on.

    `sure` is what it says for sure: the number as printed, or what a word before it leaves.
    `exact` is a number without any error: a full count.
    """

    value: float
    bound: Interval
    sure: Interval
    period: Period
    ids: tuple[str, ...] = ()
    exact: bool = False

    @classmethod
    def point(cls, period: Period, value: float) -> Figure:
        """A number without any error.

        >>> Figure.point(parse_period("2021"), 5.5).bound
        Interval(low=5.5, high=5.5)
        """
        at = Interval(value, value)
        return Figure(value, at, at, period, exact=True)

    @property
    def start(self) -> date:
        """The first day of its period."""
        return self.period.start

    @property
    def end(self) -> date:
        """The last day of its period."""
        return self.period.end

    @property
    def estimate(self) -> str:
        """The kind of its ends.

        >>> Figure.point(parse_period("2021"), 5.5).estimate
        'identity'
        """
        return "identity" if self.exact else "bound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Figure):
    """A figure as the folder records it: its labels, and its number in its indicator's unit.

    `printed` is the number as the source prints it, with the unit there; `known` is the day by
    which it was published. Not `bounded` are the ends of a figure with "about": how far the word
    reaches is unknown, and `bound` is then the number itself.
    """

    indicator: str
    region: str = ""
    industry: str = "all"
    entity: str = ""
    vintage: str = ""
    scope: str = ""
    kind: str = "actual"
    qualifier: str = ""
    source: str = ""
    grade: str = "official"
    form: str = "level"
    unit: str = ""
    printed: str = ""
    recorded: str = ""
    known: date | None = None
    bounded: bool = True
    superseded: bool = False

    @classmethod
    def of(cls, indicator: str, period: str, printed: str, **labels: Any) -> Observation:
        """A rounded figure from what is printed, for examples and tests.

        >>> gdp = Observation.of("gdp", "2021", "5", region="rivertown", unit="bn EUR")
        >>> gdp.low, gdp.value, gdp.high, gdp.estimate
        (4.5, 5.0, 5.5, 'bound')
        """
        value, bound = float(printed), from_print(printed)
        sure = Interval(value, value)
        return cls(value, bound, sure, parse_period(period), indicator=indicator, **labels)

    @property
    def id(self) -> str:
        """Its name, by which it is cited."""
        return self.ids[0]

    @property
    def low(self) -> float:
        """The low end; missing where it is unknown."""
        return self.bound.low if self.bounded else math.nan

    @property
    def high(self) -> float:
        """The high end; missing where it is unknown."""
        return self.bound.high if self.bounded else math.nan

    @property
    def estimate(self) -> str:
        """The kind of its ends: identity for a full count, bound for a rounded figure, or blank.

        >>> Observation.of("gdp", "2021", "5.5", bounded=False).estimate
        ''
        """
        if not self.bounded:
            return ""
        return "identity" if self.exact else "bound"

    @property
    def usual(self) -> bool:
        """Whether it is of the usual coverage and series: no entity, no scope, no vintage."""
        return not (self.entity or self.scope or self.vintage)


@dataclass(frozen=True, eq=False)
class Figures:
    """What a study reads of a region and its plan, made once."""

    region: Region
    plan: Plan | None
    rng: np.random.Generator | None = None

    @classmethod
    def of(cls, region: Region, observations: Iterable[Observation]) -> Figures:
        """The figures of a region that has these observations, for examples and tests.

        >>> rows = [Observation.of("gdp", "2021", "5")]
        >>> [one.value for one in Figures.of(Region.of("here"), rows).settled_observations]
        [5.0]
        """
        figures = cls(region, None)
        figures.__dict__["observations"] = tuple(observations)
        return figures

    @cached_property
    def panels(self) -> list[Panel]:
        """The panels of levels that hold the region and a larger area."""
        return list(panels(self.region))

    @cached_property
    def frame(self) -> pd.DataFrame:
        """All observations that are not corrected as one table, the best source of each first.

        Rows of the best grade come first, and of one grade those published last.
        """
        frame = observation_frame(self.region)
        frame = frame[~frame["superseded"]]
        rank = frame["grade"].map(GRADES.index)
        order = frame.assign(rank=rank).sort_values(
            ["rank", "known"], ascending=[True, False], kind="stable"
        )
        return frame.loc[order.index].reset_index(drop=True)

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        """All observations that are not corrected, the best source of each first."""
        return tuple(observations(self.frame))

    @cached_property
    def settled_observations(self) -> tuple[Observation, ...]:
        """What is no target or expectation: the best of each, in order of period."""
        return tuple(settled(self.observations))

    @cached_property
    def series(self) -> dict[tuple[str, ...], list[Observation]]:
        """The settled observations of each series, in order of period, by its labels."""
        return grouped(self.settled_observations, *SERIES)

    @cached_property
    def own_observations(self) -> tuple[Observation, ...]:
        """Settled figures of the region itself in its usual coverage, without revised series."""
        code = self.region.code
        return tuple(one for one in self.settled_observations if one.usual and one.region == code)

    @cached_property
    def settled(self) -> pd.DataFrame:
        """What is no target or expectation, one row a figure: the best, in order of period."""
        rows = self.frame[self.frame["kind"].isin(SETTLED)].drop_duplicates(KEY)
        return rows.sort_values(["end", "start"], kind="stable")

    @cached_property
    def plain(self) -> pd.DataFrame:
        """Settled figures of the region itself in its usual coverage, without revised series."""
        rows = self.settled
        usual = (rows["vintage"] == "") & (rows["scope"] == "") & (rows["entity"] == "")
        return rows[usual & (rows["region"] == self.region.code)]


def observation_frame(region: Region) -> pd.DataFrame:
    """Every observation in its indicator's unit, with `id`, `grade` and `form`, as they stand.

    `value`, `floor` and `ceiling` are number, low and high in the indicator's unit.

    >>> import songhua
    >>> frame = observation_frame(songhua.open(songhua.example("washington")).region)
    >>> bool((frame["floor"].isna() | (frame["floor"] <= frame["value"])).all())
    True
    """
    rows = region.observations
    frame = pd.DataFrame({name: rows[name].astype("str") for name in TEXTS})
    frame["printed"] = rows["value"].astype("str") + " " + frame["unit"]
    scale = rows["scale"].to_numpy()
    for old, new in (("number", "value"), ("low", "floor"), ("high", "ceiling")):
        frame[new] = [tidy(value) for value in rows[old].to_numpy() * scale]
    for name in ("start", "end", "known", "superseded"):
        frame[name] = rows[name]
    for name in ("id", "recorded"):
        frame[name] = rows[name].astype("str")
    for name in ("unit", "form"):
        entries = {id: str(entry[name]) for id, entry in region.indicators.items()}
        frame[name] = frame["indicator"].map(entries)
    frame["grade"] = frame["source"].map({id: s["grade"] for id, s in region.sources.items()})
    return frame.reset_index(drop=True)


def observations(frame: pd.DataFrame) -> Iterator[Observation]:
    """The rows of such a table as values.

    >>> import songhua
    >>> frame = observation_frame(songhua.open(songhua.example("washington")).region)
    >>> first = next(observations(frame))
    >>> first.indicator == frame.at[0, "indicator"], first.ids == (frame.at[0, "id"],)
    (True, True)
    """
    labels = [name for name in TEXTS if name != "period"]
    labels += ["printed", "recorded", "form", "grade", "superseded"]
    cells = (frame[name].tolist() for name in ("value", "floor", "ceiling", "period", "id"))
    days = [None if pd.isna(day) else day.date() for day in frame["known"]]
    texts = zip(*(frame[name].tolist() for name in labels), strict=True)
    for value, low, high, period, id, known, row in zip(*cells, days, texts, strict=True):
        named = dict(zip(labels, row, strict=True))
        bounded = not math.isnan(low)
        bound = Interval(low, high) if bounded else Interval(value, value)
        sure = sure_ends(value, bound, named["qualifier"], named["printed"].split()[0])
        yield Observation(
            value, bound, sure, parse_period(period), (id,), bounded and low == high,
            known=known, bounded=bounded, **named,
        )  # fmt: skip


def settled(rows: Iterable[Observation]) -> list[Observation]:
    """What is no target or expectation: the first of each thing and period, in order of period.

    >>> half, year = Observation.of("gdp", "2021-H1", "2"), Observation.of("gdp", "2021", "5")
    >>> again = Observation.of("gdp", "2021", "5.1")
    >>> [one.value for one in settled([year, half, again])]
    [2.0, 5.0]
    """
    best: dict[tuple[object, ...], Observation] = {}
    key = attrgetter(*KEY)
    for one in rows:
        if one.kind in SETTLED:
            best.setdefault(key(one), one)
    return sorted(best.values(), key=attrgetter("end", "start"))


def grouped(rows: Iterable[Observation], *labels: str) -> dict[Any, list[Observation]]:
    """The rows by these labels, in order of their first: by text for one label, else by tuple.

    >>> rows = [Observation.of(name, "2021", "1") for name in ("gdp", "jobs", "gdp")]
    >>> {name: len(group) for name, group in grouped(rows, "indicator").items()}
    {'gdp': 2, 'jobs': 1}
    """
    key = attrgetter(*labels)
    found: dict[Any, list[Observation]] = {}
    for one in rows:
        found.setdefault(key(one), []).append(one)
    return found


def cited(*figures: Figure | None) -> tuple[str, ...]:
    """The observations that several figures rest on, each once.

    >>> year = parse_period("2021")
    >>> one = Figure(1.0, Interval(1, 1), Interval(1, 1), year, ("a", "b"))
    >>> cited(one, None, one)
    ('a', 'b')
    """
    ids = (id for figure in figures if figure is not None for id in figure.ids)
    return tuple(dict.fromkeys(ids))


def sure_ends(value: float, bound: Interval, qualifier: str, printed: str) -> Interval:
    """What a figure says for sure: the number as printed, or what the word before it leaves.

    >>> sure_ends(30.0, Interval(29.5, 30.5), "", "30")
    Interval(low=30.0, high=30.0)
    >>> sure_ends(30.0, Interval(29.5, 30.5), "about", "30")
    Interval(low=25.0, high=35.0)
    """
    if qualifier == "about":
        plain = printed.lstrip("-")
        width = about_width(plain) / (float(plain) or 1) * abs(value)
        return Interval(value - width, value + width)
    return bound if qualifier else Interval(value, value)


def tidy(value: float) -> float:
    """A number without what a change of unit leaves in its last digits.

    >>> tidy(0.1 + 0.2)
    0.3
    """
    return float(f"{value:.13g}")


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows as dictionaries by column."""
    return cast("list[Row]", frame.to_dict("records"))


def interval(row: Any) -> Interval:
    """A row's rounding bound; the number itself where a word leaves the ends unknown."""
    if np.isnan(row["floor"]):
        return Interval(row["value"], row["value"])
    return Interval(row["floor"], row["ceiling"])


def estimate(row: Any) -> str:
    """Of which kind the ends are: identity for a full count, bound for a rounded figure."""
    if np.isnan(row["floor"]):
        return ""
    return "identity" if row["floor"] == row["ceiling"] else "bound"


def join(ids: Iterable[Any]) -> str:
    """Observations as one text."""
    return " ".join(dict.fromkeys(ids))
