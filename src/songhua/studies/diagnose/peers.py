"""Peers: the region's rank among the regions it is compared with, as far as rounding fixes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from songhua.labels import Period, parse_period
from songhua.region import Region
from songhua.region.observations import Observation
from songhua.region.series import Series
from songhua.results import Finding, table
from songhua.results.columns import (
    Estimate,
)
from songhua.studies.diagnose.comparison_finding_kinds import RanksBeside
from songhua.studies.diagnose.other_ranks import (
    ByPlace,
    by_other_name,
    by_place,
    rank_by_other_name,
    ranks,
)
from songhua.studies.diagnose.peer_figures import UNRANKED, PeerFigure
from songhua.studies.other_names import (
    ENDS,
    OTHER_COLUMNS,
    PanelByName,
    by_other_names,
    panels_by_other_names,
)
from songhua.studies.panels import COLUMNS, WHOLE, Panel
from songhua.studies.series import Figures

#: Forms of figures that may be ranked.
FORMS = ("level", "growth", "share", "ratio", "average_growth")


@dataclass(frozen=True, slots=True)
class PlaceValues:
    """One figure of every place between the ends that rounding leaves; `start` of a growth."""

    indicator: str
    industry: str
    form: str
    unit: str
    period: Period
    figures: ByPlace
    start: Period | None = None


#: Another name, every place with its figures that differ, and with its figures alone.
Beside = tuple[str, ByPlace, ByPlace]


def peers(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `peers`: every figure that at least one other place has for the same period.

    >>> from songhua.studies.diagnose import town
    >>> tables, _ = peers(town.figures())
    >>> rows = tables["peers"]
    >>> rows.loc[rows["industry"] == "food", ["form", "region", "rank"]].values.tolist()[:2]
    [['share', 'here', 2.0], ['share', 'there', 1.0]]
    """
    region = figures.region
    rows: list[PeerFigure] = []
    for panel in figures.region_panels:
        names = list(panels_by_other_names(figures, panel))
        for make in _panel_values(panel, _industries(figures, panel)):
            rows += ranked(region, make(panel), [_under_other_name(make, name) for name in names])
    panel_keys = {(row.indicator, row.industry, row.form) for row in rows}
    for values in _observed_values(region, figures.settled, panel_keys):
        rows += ranked(region, values, list(_observed_beside(figures, values)))
    return {"peers": table("diagnose", "peers", rows)}, list(_findings(region, rows))


def _industries(figures: Figures, panel: Panel) -> list[str]:
    """The whole, its first partition, and the industries that the plan names."""
    plan_industries = list(figures.plan.roles()) if figures.plan else []
    wanted = dict.fromkeys([WHOLE, *panel.partition, *plan_industries])
    return [industry for industry in wanted if industry in panel.number.columns]


def _panel_values(
    panel: Panel, industries: Iterable[str]
) -> Iterator[Callable[[Panel], PlaceValues]]:
    """Levels of the whole, shares of the rest, and growth over the last unbroken span of both.

    Each as what makes it of this panel, or of one with the figures of another name.
    """
    for industry in industries:
        periods = panel.known_periods(panel.place, industry)
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
    figures = by_place(*(frame[industry] for frame in panel.ends(period)))
    unit, day = panel.region.indicator(panel.indicator).unit, parse_period(period)
    return PlaceValues(panel.indicator, industry, form, unit, day, figures)


def average_of_rates(panel: Panel, industry: str, span: Sequence[str]) -> PlaceValues:
    """Average yearly growth in percent, (Π(1 + g/100))^(1/n) - 1 from the first period of a span.

    As of levels the first period is that from which it grew: its own rate is left out. Missing for
    a place that lacks one of the n rates; the ends are those of all rates at once.

    >>> periods, names = ["2019", "2020", "2021"], ["period", "region"]
    >>> rows = pd.MultiIndex.from_product([periods, ["here"]], names=names)
    >>> panel = Panel.exact(Region.of("here"), "", pd.DataFrame({"all": [9.0, 21.0, 0.0]}, rows))
    >>> round(average_of_rates(panel, "all", periods).figures["here"].value, 9)
    10.0
    """
    columns = []
    for column in COLUMNS:
        rates = [panel.at(period, column)[industry] for period in span[1:]]
        wide = (1 + pd.concat(rates, axis=1) / 100).clip(lower=0)
        columns.append((wide.prod(axis=1, skipna=False) ** (1 / len(rates)) - 1) * 100)
    start, end = parse_period(span[0]), parse_period(span[-1])
    averages = by_place(*columns)
    return PlaceValues(panel.indicator, industry, "average_growth", "%", end, averages, start)


def panel_shares(panel: Panel, industry: str, period: str) -> PlaceValues:
    """An industry's share in each place in percent, with its ends.

    A part that is larger than its whole, whatever the rounding, has no share.

    >>> rows = pd.MultiIndex.from_product([["2021"], ["here"]], names=["period", "region"])
    >>> levels = pd.DataFrame({"all": [10.0], "food": [4.0]}, rows)
    >>> panel = Panel.exact(Region.of("here"), "land", levels)
    >>> panel_shares(panel, "food", "2021").figures["here"]
    Estimate(value=40.0, low=40.0, high=40.0, kind='identity')
    """
    number, low, high = panel.ends(period)
    least = low[industry].clip(lower=0) / high[WHOLE]
    shares = (number[industry] / number[WHOLE], least, (high[industry] / low[WHOLE]).clip(upper=1))
    figures = by_place(*((share * 100).where(least <= 1) for share in shares))
    return PlaceValues(panel.indicator, industry, "share", "%", parse_period(period), figures)


def panel_growth(panel: Panel, industry: str, first: str, last: str) -> PlaceValues:
    """Average yearly growth in percent between two periods in each place, with its ends.

    A place has none whose territory became another in between.

    >>> rows = pd.MultiIndex.from_product([["2019", "2021"], ["here"]], names=["period", "region"])
    >>> panel = Panel.exact(Region.of("here"), "land", pd.DataFrame({"food": [100.0, 121.0]}, rows))
    >>> round(panel_growth(panel, "food", "2019", "2021").figures["here"].value, 9)
    10.0
    """
    start, end = parse_period(first), parse_period(last)
    years = end.end.year - start.end.year
    columns = (("number", "number"), ("low", "high"), ("high", "low"))
    rates = []
    for late, early in columns:
        before = panel.at(first, early)[industry]
        ratio = panel.at(last, late)[industry] / before.where(before > 0)
        rates.append((ratio.clip(lower=0) ** (1 / years) - 1) * 100)
    figures = {
        place: figure
        for place, figure in by_place(*rates).items()
        if len(panel.spans((first, last), place)) == 1  # of one territory
    }
    return PlaceValues(panel.indicator, industry, "average_growth", "%", end, figures, start)


def _under_other_name(make: Callable[[Panel], PlaceValues], by: PanelByName) -> Beside:
    """A figure of every place with the figures of another name."""
    differing = make(by.differing).figures
    return (
        by.name,
        differing,
        differing if by.restricted is by.differing else make(by.restricted).figures,
    )


def _observed_beside(figures: Figures, values: PlaceValues) -> Iterator[Beside]:
    """The same figure under the other names of its quantity."""
    for other_name, rows in by_other_names(figures, values.indicator):
        of = (rows.industry == values.industry) & (rows.period == str(values.period))
        theirs = rows[of & rows.differs].set_index("region")
        if len(theirs):
            their_figures = by_place(*(theirs[OTHER_COLUMNS[name]] for name in ENDS))
            merged = {
                place: their_figures.get(place, figure) for place, figure in values.figures.items()
            }
            yield other_name, merged, merged


def _observed_values(
    region: Region, figures: Iterable[Observation], panel_keys: set[tuple[str, str, str]]
) -> Iterator[PlaceValues]:
    """Observations that the region and another place have for the same latest period."""
    parents = region.places_of("parent")
    places = {region.code, *region.places_of("comparison"), *parents}
    series = Series.of(figures).select(qualifier="", region=places, form=FORMS)
    for (indicator, industry), group in (
        series.where(series.usual).by("indicator", "industry").items()
    ):
        form = group[0].form
        alone = [region.code]
        if form == "level":  # a level beside a larger area's says nothing of rank or pace
            alone += parents
        other_periods = group.where(~group.have(region=alone)).distinct("period")
        shared = group.select(region=region.code, period=other_periods)
        if shared and (indicator, industry, form) not in panel_keys:
            yield _place_values(group, shared[-1].period)


def _place_values(group: Series, period: Period) -> PlaceValues:
    """The figures of one period by place; the number itself where an end is unknown."""
    rows = group.select(period=period)
    first_figures = {name: some[0] for name, some in rows.by("region").items()}
    first = next(iter(first_figures.values()))
    estimates = {
        place: Estimate.rounded(figure.value, figure.bound.low, figure.bound.high)
        for place, figure in first_figures.items()
    }
    return PlaceValues(first.indicator, first.industry, first.form, first.unit, period, estimates)


def ranked(
    region: Region, values: PlaceValues, beside: Sequence[Beside] = ()
) -> Iterator[PeerFigure]:
    """One figure of every place; ranks among the region and its comparison regions only.

    `beside` are the figures under other names; the first that differs for a place stands there.

    >>> region = Region.of("here", places={"there": {"role": "comparison"}})
    >>> figures = {"here": Estimate(5.0, 5.0, 5.0), "there": Estimate(7.0, 7.0, 7.0)}
    >>> values = PlaceValues("gdp", "all", "level", "bn EUR", parse_period("2021"), figures)
    >>> [(row.region, row.rank.value, row.of) for row in ranked(region, values)]
    [('here', 2.0, 2), ('there', 1.0, 2)]
    """
    known_figures = {place: figure for place, figure in values.figures.items() if figure.known}
    among = [p for p in (region.code, *region.places_of("comparison")) if p in known_figures]
    ranking = ranks({place: known_figures[place] for place in among}) if len(among) > 1 else {}
    for place in (*among, *(p for p in region.places_of("parent") if p in known_figures)):
        yield PeerFigure(
            values.indicator, values.industry, values.form, values.start, values.period, place,
            known_figures[place], values.unit, ranking.get(place, UNRANKED), len(among),
            *by_other_name(values.figures, place, among if place in ranking else [], beside),
        )  # fmt: skip


def _findings(region: Region, rows: Sequence[PeerFigure]) -> Iterator[Finding]:
    """Counts of first places, and of ranks that rounding leaves open."""
    region_rows = [row for row in rows if row.region == region.code and row.rank.known]
    if region_rows:
        yield RanksBeside(
            n=len(region_rows),
            first=sum(row.rank.high == 1 for row in region_rows),
            open=sum(row.rank.low != row.rank.high for row in region_rows),
            of=max(row.of for row in region_rows),
        )
    for row in region_rows:
        if row.other and row.industry == WHOLE:
            yield rank_by_other_name(row)
