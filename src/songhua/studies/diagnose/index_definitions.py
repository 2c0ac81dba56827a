"""Definitions of composite indices, as a folder gives them, and their members' figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, cast

import pandas as pd

from songhua.labels import parse_period
from songhua.maths.composite import Recipe
from songhua.region import Region
from songhua.region.indicators import Indicator
from songhua.schema import Entry
from songhua.studies.panels import WHOLE

#: The node of a tree that all parts and members without a part belong to.
ROOT = "index"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an index: a level, a share, a ratio or a growth read from the panels."""

    name: str
    indicator: str
    industry: str = "all"
    form: str = "level"
    per: str = ""
    years: int = 5
    part: str = ""
    direction: str = "higher"
    weight: float = 1.0

    @classmethod
    def read(cls, name: str, entry: Entry) -> Member:
        """A member as `indices.toml` says it.

        >>> Member.read("digital", {"indicator": "jobs", "as": "share"}).form
        'share'
        """
        names = ("indicator", "industry", "per", "years", "part", "direction", "weight")
        settings = {"form": entry.get("as"), **{key: entry.get(key) for key in names}}
        return cls(
            name, **cast("dict[str, Any]", {k: v for k, v in settings.items() if v is not None})
        )


@dataclass(frozen=True, slots=True)
class IndexDefinition:
    """A composite index: its members, the weights of its parts, and the parts that are coupled.

    `region` is the place whose rank is followed; blank for the folder's own.
    """

    id: str
    members: tuple[Member, ...]
    parts: Mapping[str, float]
    coupling: tuple[str, ...] = ()
    formula: Literal["traditional", "corrected"] = "corrected"
    region: str = ""

    @classmethod
    def read(cls, id: str, entry: Entry) -> IndexDefinition:
        """An index as `indices.toml` says it.

        >>> index = IndexDefinition.read("k", {"members": {"a": {"indicator": "jobs"}}})
        >>> [member.indicator for member in index.members], index.formula
        (['jobs'], 'corrected')
        """
        members = tuple(Member.read(name, member) for name, member in entry["members"].items())
        parts = {name: float(part["weight"]) for name, part in (entry.get("parts") or {}).items()}
        coupling = tuple(entry.get("coupling") or ())
        formula, region = entry.get("formula") or "corrected", str(entry.get("region") or "")
        return cls(id, members, parts, coupling, formula, region)

    @property
    def directions(self) -> dict[str, float]:
        """1 by member where more is better, else -1."""
        return {
            member.name: -1.0 if member.direction == "lower" else 1.0 for member in self.members
        }

    @property
    def recipe(self) -> Recipe:
        """The plain recipe: min-max over 1 to 100, given weights, arithmetic means.

        >>> index = IndexDefinition("k", (Member("a", "jobs", part="p"),), {"p": 2.0})
        >>> index.recipe.tree, index.recipe.weights
        ({'a': 'p', 'p': 'index'}, {'a': 1.0, 'p': 2.0})
        """
        weights = {member.name: float(member.weight) for member in self.members} | dict(self.parts)
        tree = {member.name: member.part or ROOT for member in self.members}
        tree |= dict.fromkeys(self.parts, ROOT)
        return Recipe(bounds=(1, 100), weight="given", weights=weights, tree=tree)


def member_figures(region: Region, index: IndexDefinition) -> pd.DataFrame:
    """(period, region) down and members across: the index's region and the comparison regions.

    Only periods in which that region has every member; a place without one of them keeps a
    missing cell.

    >>> from songhua.studies.diagnose import town
    >>> index = IndexDefinition("k", (Member("a", "jobs", "food", "share"),), {})
    >>> member_figures(town.region(), index).loc["2021", "a"].to_dict()
    {'here': 20.0, 'there': 60.0}
    """
    frame = pd.DataFrame({member.name: member_series(region, member) for member in index.members})
    frame.index.names = ["period", "region"]
    code = index.region or region.code
    among = [code, *(place for place in region.places_of("comparison") if place != code)]
    frame = frame[frame.index.isin(among, level="region")]
    full = frame[frame.notna().all(axis=1)].index
    periods = sorted({p for p, place in full if place == code}, key=parse_period)
    present = set(frame.index)
    order = [(p, place) for p in periods for place in among if (p, place) in present]
    return frame.reindex(pd.MultiIndex.from_tuples(order, names=["period", "region"]))


def member_series(region: Region, member: Member) -> pd.Series:
    """One member over (period, region); shares and growth in percent.

    >>> from songhua.studies.diagnose import town
    >>> series = member_series(town.region(), Member("a", "jobs", "food", "share"))
    >>> series["2021"].to_dict()
    {'here': 20.0, 'land': 40.0, 'there': 60.0}
    """
    levels = region.panel(member.indicator)
    empty = pd.Series(index=levels.index, dtype=float)
    series = cast("pd.Series", levels.get(member.industry, empty))
    if member.form == "share":
        return series / levels[WHOLE] * 100 if WHOLE in levels else empty
    if member.form == "ratio":
        below = region.panel(member.per)
        if member.industry not in below:
            return empty
        divisor = below[member.industry].reindex(series.index)
        return series / divisor.where(divisor != 0)
    if member.form == "growth":
        in_place = partial(region.indicator, member.indicator)
        return average_yearly_growth(series, member.years, in_place)
    return series


def average_yearly_growth(
    levels: pd.Series, years: int, in_place: Callable[[str], Indicator] | None = None
) -> pd.Series:
    """Average yearly growth in percent over a number of years, between periods of one length.

    Missing where the series breaks in between: `in_place` is the indicator in each place.

    >>> rows = pd.MultiIndex.from_tuples([("2019", "here"), ("2021", "here")])
    >>> average_yearly_growth(pd.Series([100.0, 121.0], rows), 2).round(9).tolist()
    [nan, 10.0]
    """
    earlier_levels = {}
    for period, place in levels.index:
        when = parse_period(period)
        earlier = str(parse_period(str(when.end.year - years))) if when.kind == "year" else ""
        if earlier and in_place is not None and len(in_place(place).spans([earlier, period])) > 1:
            earlier = ""
        earlier_levels[period, place] = levels.get((earlier, place), float("nan"))
    before = pd.Series(earlier_levels, dtype=float).reindex(levels.index)
    return ((levels / before.where(before > 0)) ** (1 / years) - 1) * 100
