"""Location quotients: each industry's share in a place over its share in the larger area."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Annotated, cast

import pandas as pd

from songhua.labels import Period, parse_period
from songhua.maths import specialisation
from songhua.results import Finding, table
from songhua.results.columns import (
    Estimate,
    IndicatorId,
    IndustryId,
    PlaceId,
    estimate,
)
from songhua.studies.diagnose.comparison_finding_kinds import MostSpecialised
from songhua.studies.panels import WHOLE, Panel, cell, observed_panels
from songhua.studies.series import Figures

#: The number of industries that the finding names.
TOP = 3
#: Ends that lie nearer than this say no more than the two decimals of the number.
LAST_DIGIT = 0.01


@dataclass(frozen=True, slots=True)
class LocationQuotient:
    """A row of `location_quotients`: an industry of a place beside the larger area.

    `symmetric` is (q - 1) / (q + 1), `share` the industry's in the place and `growth` its average
    a year over the last unbroken span of the panel, both in percent. The ends of each are those
    that rounding of the levels behind it leaves.
    """

    indicator: IndicatorId
    region: PlaceId
    industry: IndustryId
    period: Period
    value: Annotated[Estimate, estimate(unit="x")]
    symmetric: Annotated[Estimate, estimate(kind="in:estimate", decimals=2)]
    share: Annotated[Estimate, estimate(kind="in:estimate", unit="%", decimals=2)]
    growth: Annotated[Estimate, estimate(kind="in:estimate", unit="%", decimals=1)]
    reference: PlaceId


def location_quotients(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `location_quotients`: of panels, and of figures of the region and a larger area.

    >>> from songhua.studies.diagnose import town
    >>> tables, _ = location_quotients(town.figures())
    >>> rows = tables["location_quotients"]
    >>> rows.loc[rows["region"] == "here", ["industry", "value"]].round(3).values.tolist()
    [['food', 0.5], ['tools', 1.333]]
    """
    panels = (*figures.panels, *observed_panels(figures.region, figures.settled))
    rows = [row for panel in panels for row in panel_quotients(panel)]
    whose = {panel.indicator: panel.place for panel in panels}
    region_rows = [row for row in rows if row.region == whose[row.indicator]]
    tables = {"location_quotients": table("diagnose", "location_quotients", rows)}
    return tables, list(_findings(region_rows))


def _findings(rows: Sequence[LocationQuotient]) -> Iterator[Finding]:
    """The industries in which the place of each panel is most specialised.

    Quotients that rounding leaves above one.
    """
    above = [row for row in rows if row.value.low > 1]
    for indicator in dict.fromkeys(row.indicator for row in above):
        of_it = [row for row in above if row.indicator == indicator]
        top = sorted(of_it, key=lambda row: row.value.value, reverse=True)[:TOP]
        industries, first = tuple(row.industry for row in top), top[0].value
        apart = first.high - first.low > LAST_DIGIT
        yield MostSpecialised.from_row(
            top[0],
            industries=industries,
            value=round(first.value, 2),
            ends=f"{first.low:.5g}..{first.high:.5g}" if apart else "",
        )


def panel_quotients(panel: Panel) -> Iterator[LocationQuotient]:
    """Each industry's quotient in the latest period that has both its figures.

    >>> from songhua.region import Region
    >>> rows = pd.MultiIndex.from_product([["2021"], ["here", "land"]], names=["period", "region"])
    >>> levels = pd.DataFrame({"all": [10.0, 100.0], "food": [4.0, 20.0]}, rows)
    >>> quotients = panel_quotients(Panel.exact(Region.of("here"), "land", levels))
    >>> [(row.industry, row.value.value, row.share.value) for row in quotients]
    [('food', 2.0, 40.0)]
    """
    covered: set[str] = set()
    for period in reversed(panel.periods):
        levels = panel.at(period)
        complete = set(levels.loc[[panel.place, panel.nation]].dropna(axis=1).columns)
        new = [i for i in levels.columns if i in complete and i != WHOLE and i not in covered]
        if new and WHOLE in complete:
            covered.update(new)
            yield from _period_quotients(panel, period, new)


def _period_quotients(
    panel: Panel, period: str, industries: list[str]
) -> Iterator[LocationQuotient]:
    """The quotients of some industries everywhere in one period."""
    levels, low, high = panel.ends(period)
    places = panel.places(period)
    wholes = levels[WHOLE]
    quotient = specialisation.location_quotients(
        levels.loc[places, industries],
        levels.loc[panel.nation, industries],
        totals=wholes[places],
        reference_total=float(wholes[panel.nation]),
    )
    share = levels.loc[places, industries].div(wholes[places], axis=0)
    shares = _share_bounds(low, high, places, industries)
    bounds = _bounds(shares, low, high, panel.nation, industries)
    for place, industry in product(places, industries):
        value, part = (
            Estimate(*(cell(frame, place, industry) for frame in frames), kind="bound")
            for frames in ((quotient, *bounds), (share, *shares))
        )
        if value.known and math.isfinite(value.value):
            yield LocationQuotient(
                panel.indicator,
                place,
                industry,
                parse_period(period),
                value,
                _symmetric(value),
                part.times(100),
                average_panel_growth(panel, place, industry, period),
                panel.nation,
            )


def _symmetric(quotient: Estimate) -> Estimate:
    """A quotient and its ends as (q - 1) / (q + 1), which rises with it."""
    value, low, high = ((q - 1) / (q + 1) for q in (quotient.value, quotient.low, quotient.high))
    return Estimate(value, low, high, quotient.kind)


def _share_bounds(
    low: pd.DataFrame, high: pd.DataFrame, places: list[str], industries: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The ends of each industry's share in its place that rounding of both figures leaves."""
    return (
        low.loc[places, industries].clip(lower=0).div(high.loc[places, WHOLE], axis=0),
        high.loc[places, industries].div(low.loc[places, WHOLE], axis=0),
    )


def _bounds(
    own: tuple[pd.DataFrame, pd.DataFrame],
    low: pd.DataFrame,
    high: pd.DataFrame,
    nation: str,
    industries: list[str],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The ends of each quotient that rounding of its four printed figures leaves."""
    nation_low, nation_high = low.loc[[nation]].iloc[0], high.loc[[nation]].iloc[0]
    share_low = nation_low[industries] / float(nation_high[WHOLE])
    share_high = nation_high[industries] / float(nation_low[WHOLE])
    return own[0] / share_high, own[1] / share_low.where(share_low > 0)


def average_panel_growth(panel: Panel, place: str, industry: str, period: str) -> Estimate:
    """Average yearly growth at the panel's prices, in percent, over its last span until a period.

    A span has no break of the series in it, and two periods of a level at least: the growth is
    from its first to its last, and its ends are those that rounding of both leaves. Missing, where
    there is none or the first level is not above zero.

    >>> from songhua.region import Region
    >>> rows = pd.MultiIndex.from_product([["2019", "2021"], ["here"]], names=["period", "region"])
    >>> panel = Panel.exact(Region.of("here"), "land", pd.DataFrame({"food": [100.0, 121.0]}, rows))
    >>> round(average_panel_growth(panel, "here", "food", "2021").value, 9)
    10.0
    """
    levels = panel.number[industry].xs(place, level="region").dropna()
    until = parse_period(period)
    spans = panel.spans((p for p in levels.index if parse_period(p) <= until), place)
    first, last = next(((span[0], span[-1]) for span in reversed(spans) if len(span) > 1), ("", ""))
    years = parse_period(last).end.year - parse_period(first).end.year if first else 0
    if years <= 0 or not levels[first] > 0:
        return Estimate(kind="bound")
    (low, low_end), (high, high_end) = (
        [float(cast("float", frame.at[(period, place), industry])) for period in (first, last)]
        for frame in (panel.low, panel.high)
    )
    ratios = levels[last] / levels[first], max(low_end, 0.0) / high, high_end / low
    value, least, most = ((ratio ** (1 / years) - 1) * 100 for ratio in ratios)
    return Estimate(float(value), least, most if low > 0 else math.nan, "bound")
