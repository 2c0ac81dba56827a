"""The figures that the parts of the diagnosis share: the best row of each, in one unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, cast

import numpy as np
import pandas as pd

from songhua.labels import Period, parse_period
from songhua.maths.bounds import Interval
from songhua.plan import Plan
from songhua.region import GRADES, SETTLED, Region
from songhua.studies.panels import Panel, wides

Row = dict[str, Any]
SERIES = ["indicator", "region", "industry", "entity", "vintage", "scope"]
KEY = ["indicator", "region", "industry", "entity", "period", "vintage", "scope"]


def figures(region: Region) -> pd.DataFrame:
    """Every row that is not corrected, in its indicator's unit, with `id`, `grade` and `form`.

    `value`, `floor` and `ceiling` are number, low and high in the indicator's unit; rows of the
    best grade come first, and of one grade those published last.
    """
    rows = region.observations
    rows = rows[~rows["superseded"].to_numpy()]
    frame = pd.DataFrame({name: rows[name].astype("str") for name in KEY})
    for name in ("kind", "qualifier", "source", "unit"):
        frame[name] = rows[name].astype("str")
    frame["printed"] = rows["value"].astype("str") + " " + frame["unit"]
    scale = rows["scale"].to_numpy()
    for old, new in (("number", "value"), ("low", "floor"), ("high", "ceiling")):
        frame[new] = _tidy(rows[old].to_numpy() * scale)
    for name in ("start", "end", "known"):
        frame[name] = rows[name]
    frame["id"] = rows["id"].astype("str")
    frame["unit"] = frame["indicator"].map(_each(region, "unit"))
    frame["form"] = frame["indicator"].map(_each(region, "form"))
    frame["grade"] = frame["source"].map({id: s["grade"] for id, s in region.sources.items()})
    order = pd.DataFrame({"rank": frame["grade"].map(GRADES.index), "known": frame["known"]})
    order = order.sort_values(["rank", "known"], ascending=[True, False], kind="stable")
    return frame.loc[order.index].reset_index(drop=True)


def until(region: Region, period: Period) -> Region:
    """The region without figures and reports of a later time; targets and expectations stay.

    What is known today of that time is used. To use only what was known then, view the region
    as of a day first.
    """
    rows = region.observations
    late = rows["kind"].isin(SETTLED) & (rows["end"] > pd.Timestamp(period.end))
    told = region.reviews
    if len(told):
        told = told[[parse_period(text).end <= period.end for text in told["review"]]]
    return replace(region, observations=rows[~late], reviews=told)


def _each(region: Region, name: str) -> dict[str, str]:
    return {id: str(entry[name]) for id, entry in region.indicators.items()}


def _tidy(values: np.ndarray) -> np.ndarray:
    """The same numbers without what a change of unit leaves in the last digits."""
    return np.array([float(f"{value:.13g}") for value in values])


@dataclass(frozen=True)
class Figures:
    """What every part of the diagnosis rests on, made once."""

    region: Region
    plan: Plan | None
    rng: np.random.Generator | None = None

    @cached_property
    def wides(self) -> list[Panel]:
        """The panels of levels that hold the region and a larger area."""
        return list(wides(self.region))

    @cached_property
    def frame(self) -> pd.DataFrame:
        """All figures, the best source of each first."""
        return figures(self.region)

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
