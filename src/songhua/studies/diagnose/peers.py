"""Peers: the region's rank among the regions it is compared with, as far as rounding fixes it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated

import pandas as pd

from songhua.labels import Period, parse_period
from songhua.maths.ranks import rank_bounds
from songhua.region import Region
from songhua.region.observations import Observation
from songhua.region.series import Series
from songhua.results import Finding, table
from songhua.results.columns import (
    EstimateKind,
    IndicatorId,
    IndustryId,
    InUnit,
    PlaceId,
    UnitName,
    choice,
    number,
)
from songhua.studies.diagnose.other_ranks import by_other_name, by_place, rank_by_other_name
from songhua.studies.other_names import (
    ENDS,
    OTHER,
    PanelByName,
    by_other_names,
    panels_by_other_names,
)
from songhua.studies.panels import COLUMNS, WHOLE, Panel
from songhua.studies.series import Figures

#: Forms of figures that may be ranked.
FORMS = ("level", "growth", "share", "ratio", "average_growth")


@dataclass(frozen=True, slots=True)
class PeerFigure:
    """A row of `peers`: a figure of one place, its rank and how far rounding lets that move.

    `other` is another name of the quantity that has another figure of the place: `other_value`,
    with the rank that it would have among the others' figures. Neither is known where the other
    name lacks a level that the figure is made of.
    """

    indicator: IndicatorId
    industry: IndustryId
    form: Annotated[str, choice("form")]
    start: Period | None
    period: Period
    region: PlaceId
    value: Annotated[float, number(unit_in="unit", low="low", high="high", estimate="estimate")]
    low: Annotated[float, number(unit_in="unit", end_of="value")]
    high: Annotated[float, number(unit_in="unit", end_of="value")]
    estimate: EstimateKind
    unit: UnitName
    rank: Annotated[float, number(low="rank_low", high="rank_high", estimate="=bound")]
    rank_low: Annotated[float, number(end_of="rank")]
    rank_high: Annotated[float, number(end_of="rank")]
    of: int
    other: IndicatorId = ""
    other_value: InUnit = math.nan
    other_rank: Annotated[
        float, number(low="other_rank_low", high="other_rank_high", estimate="=bound")
    ] = math.nan
    other_rank_low: Annotated[float, number(end_of="other_rank")] = math.nan
    other_rank_high: Annotated[float, number(end_of="other_rank")] = math.nan


@dataclass(frozen=True, slots=True)
class PlaceValues:
    """One figure of every place, with the ends that rounding leaves; `start` of a growth."""

    indicator: str
    industry: str
    form: str
    unit: str
    period: Period
    value: pd.Series
    low: pd.Series
    high: pd.Series
    start: Period | None = None


#: Another name, every place with its figures that differ, and with its figures alone.
Beside = tuple[str, PlaceValues, PlaceValues]


def peers(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `peers`: every figure that at least one other place has for the same period.

    >>> from songhua.studies.diagnose import example
    >>> tables, _ = peers(example.figures())
    >>> rows = tables["peers"]
    >>> rows.loc[rows["industry"] == "food", ["form", "region", "rank"]].values.tolist()[:2]
    [['share', 'here', 2.0], ['share', 'there', 1.0]]
    """
    region = figures.region
    rows: list[PeerFigure] = []
    for panel in figures.held:
        names = list(panels_by_other_names(figures, panel))
        for make in _panel_values(panel, _industries(figures, panel)):
            rows += ranked(region, make(panel), [_made(make, one) for one in names])
    held = {(row.indicator, row.industry, row.form) for row in rows}
    for values in _observed_values(region, figures.settled, held):
        rows += ranked(region, values, list(_observed_beside(figures, values)))
    return {"peers": table("diagnose", "peers", rows)}, list(_findings(region, rows))


def _industries(figures: Figures, panel: Panel) -> list[str]:
    """The whole, its first partition, and the industries that the plan names."""
    named = list(figures.plan.roles()) if figures.plan else []
    wanted = dict.fromkeys([WHOLE, *panel.partition, *named])
    return [industry for industry in wanted if industry in panel.number.columns]


def _panel_values(
    panel: Panel, industries: Iterable[str]
) -> Iterator[Callable[[Panel], PlaceValues]]:
    """Levels of the whole, shares of the rest, and growth over the last unbroken span of both.

    Each as what makes it of this panel, or of one with the figures of another name.
    """
    for industry in industries:
        periods = panel.known(panel.place, industry)
        if periods:
            form = panel.region.indicator(panel.indicator).form
            spans = [span for span in panel.spans(periods) if len(span) > 1]
            if form != "level":
                yield partial(_printed, industry=industry, form=form, period=periods[-1])
            elif industry == WHOLE:
                yield partial(_printed, industry=WHOLE, form="level", period=periods[-1])
            else:
                yield partial(panel_shares, industry=industry, period=periods[-1])
            if spans and form == "level":
                first, last = spans[-1][0], spans[-1][-1]
                yield partial(panel_growth, industry=industry, first=first, last=last)
            elif spans and form == "growth":
                yield partial(average_of_rates, industry=industry, span=spans[-1])


def _printed(panel: Panel, industry: str, form: str, period: str) -> PlaceValues:
    """The figure of each place as it stands."""
    number, low, high = (frame[industry] for frame in panel.ends(period))
    unit, day = panel.region.indicator(panel.indicator).unit, parse_period(period)
    return PlaceValues(panel.indicator, industry, form, unit, day, number, low, high)


def average_of_rates(panel: Panel, industry: str, span: Sequence[str]) -> PlaceValues:
    """Average yearly growth in percent, (Π(1 + g/100))^(1/n) - 1 over the n rates of a span.

    Missing for a place that lacks one of the rates; the ends are those of all rates at once.

    >>> rows = pd.MultiIndex.from_product([["2020", "2021"], ["here"]], names=["period", "region"])
    >>> panel = Panel.exact(Region.of("here"), "", pd.DataFrame({"all": [21.0, 0.0]}, rows))
    >>> average_of_rates(panel, "all", ["2020", "2021"]).value.round(9).to_dict()
    {'here': 10.0}
    """
    found = []
    for column in COLUMNS:
        factors = [(1 + panel.at(period, column)[industry] / 100).clip(lower=0) for period in span]
        wide = pd.concat(factors, axis=1)
        found.append((wide.prod(axis=1, skipna=False) ** (1 / len(span)) - 1) * 100)
    start, end = parse_period(span[0]), parse_period(span[-1])
    return PlaceValues(
        panel.indicator, industry, "average_growth", "%", end, *found, start=start
    )  # fmt: skip


def panel_shares(panel: Panel, industry: str, period: str) -> PlaceValues:
    """An industry's share in each place in percent, with its ends.

    A part that is larger than its whole, whatever the rounding, has no share.

    >>> rows = pd.MultiIndex.from_product([["2021"], ["here"]], names=["period", "region"])
    >>> levels = pd.DataFrame({"all": [10.0], "food": [4.0]}, rows)
    >>> panel_shares(Panel.exact(Region.of("here"), "land", levels), "food", "2021").value.to_dict()
    {'here': 40.0}
    """
    number, low, high = panel.ends(period)
    least = low[industry].clip(lower=0) / high[WHOLE]
    shares = (number[industry] / number[WHOLE], least, (high[industry] / low[WHOLE]).clip(upper=1))
    found = [(one * 100).where(least <= 1) for one in shares]
    return PlaceValues(panel.indicator, industry, "share", "%", parse_period(period), *found)


def panel_growth(panel: Panel, industry: str, first: str, last: str) -> PlaceValues:
    """Average yearly growth in percent between two periods in each place, with its ends.

    >>> rows = pd.MultiIndex.from_product([["2019", "2021"], ["here"]], names=["period", "region"])
    >>> panel = Panel.exact(Region.of("here"), "land", pd.DataFrame({"food": [100.0, 121.0]}, rows))
    >>> panel_growth(panel, "food", "2019", "2021").value.round(9).to_dict()
    {'here': 10.0}
    """
    start, end = parse_period(first), parse_period(last)
    years = end.end.year - start.end.year
    columns = (("number", "number"), ("low", "high"), ("high", "low"))
    found = []
    for late, early in columns:
        before = panel.at(first, early)[industry]
        ratio = panel.at(last, late)[industry] / before.where(before > 0)
        found.append((ratio.clip(lower=0) ** (1 / years) - 1) * 100)
    return PlaceValues(panel.indicator, industry, "average_growth", "%", end, *found, start=start)


def _made(make: Callable[[Panel], PlaceValues], by: PanelByName) -> Beside:
    """A figure of every place with the figures of another name."""
    differing = make(by.differing)
    return by.name, differing, differing if by.only is by.differing else make(by.only)


def _observed_beside(figures: Figures, values: PlaceValues) -> Iterator[Beside]:
    """The same figure under the other names of its quantity."""
    for other, rows in by_other_names(figures, values.indicator):
        of = (rows.industry == values.industry) & (rows.period == str(values.period))
        theirs = rows[of & rows.differs].set_index("region")
        if len(theirs):
            ends = [theirs[OTHER[name]].reindex(values.value.index) for name in ENDS]
            own = (values.value, values.low, values.high)
            put = [new.where(new.notna(), old) for new, old in zip(ends, own, strict=True)]
            made = replace(values, value=put[0], low=put[1], high=put[2])
            yield other, made, made


def _observed_values(
    region: Region, figures: Iterable[Observation], held: set[tuple[str, str, str]]
) -> Iterator[PlaceValues]:
    """Observations that the region and another place have for the same latest period."""
    parents = region.places_of("parent")
    places = {region.code, *region.places_of("comparison"), *parents}
    every = Series.of(figures).only(qualifier="", region=places, form=FORMS)
    for (indicator, industry), group in (
        every.where(every.usual).by("indicator", "industry").items()
    ):
        form = group[0].form
        alone = [region.code]
        if form == "level":  # a level beside a larger area's says nothing of rank or pace
            alone += parents
        others = group.where(~group.have(region=alone)).distinct("period")
        shared = group.only(region=region.code, period=others)
        if shared and (indicator, industry, form) not in held:
            yield _place_values(group, shared[-1].period)


def _place_values(group: Series, period: Period) -> PlaceValues:
    """The figures of one period by place; the number itself where an end is unknown."""
    rows = group.only(period=period)
    found = {name: some[0] for name, some in rows.by("region").items()}
    first = next(iter(found.values()))
    ends = (
        pd.Series({place: one.value for place, one in found.items()}, dtype=float),
        pd.Series({place: one.bound.low for place, one in found.items()}, dtype=float),
        pd.Series({place: one.bound.high for place, one in found.items()}, dtype=float),
    )
    return PlaceValues(first.indicator, first.industry, first.form, first.unit, period, *ends)


def ranked(
    region: Region, values: PlaceValues, beside: Sequence[Beside] = ()
) -> Iterator[PeerFigure]:
    """One figure of every place; ranks among the region and its comparison regions only.

    `beside` are the figures under other names; the first that differs for a place stands there.

    >>> region = Region.of("here", places={"there": {"role": "comparison"}})
    >>> value = pd.Series({"here": 5.0, "there": 7.0})
    >>> period = parse_period("2021")
    >>> one = PlaceValues("gdp", "all", "level", "bn EUR", period, value, value, value)
    >>> [(row.region, row.rank, row.of) for row in ranked(region, one)]
    [('here', 2.0, 2), ('there', 1.0, 2)]
    """
    known = {str(place) for place in values.value.dropna().index}
    among = [p for p in (region.code, *region.places_of("comparison")) if p in known]
    bounds = rank_bounds(values.low[among], values.high[among]).to_dict("index")
    ranks = values.value[among].rank(ascending=False, method="min").to_dict()
    own = by_place(values)
    others = [(name, by_place(differing), by_place(only)) for name, differing, only in beside]
    for place in (*among, *(p for p in region.places_of("parent") if p in known)):
        in_rank = place in bounds and len(among) > 1
        other = by_other_name(own, place, among if in_rank else [], others)
        low, high = float(values.low[place]), float(values.high[place])
        yield PeerFigure(
            values.indicator, values.industry, values.form, values.start, values.period, place,
            float(values.value[place]), low, high, "identity" if low == high else "bound",
            values.unit, ranks[place] if in_rank else math.nan,
            bounds[place]["rank_low"] if in_rank else math.nan,
            bounds[place]["rank_high"] if in_rank else math.nan, len(among), *other,
        )  # fmt: skip


def _findings(region: Region, rows: Sequence[PeerFigure]) -> Iterator[Finding]:
    """How many first places, and how many ranks rounding leaves open."""
    own = [row for row in rows if row.region == region.code and not math.isnan(row.rank)]
    if own:
        params = {
            "n": len(own), "first": sum(row.rank_high == 1 for row in own),
            "open": sum(row.rank_low != row.rank_high for row in own),
            "of": max(row.of for row in own),
        }  # fmt: skip
        yield Finding("ranks_beside", params)
    for row in own:
        if row.other and row.industry == WHOLE:
            yield rank_by_other_name(row)
