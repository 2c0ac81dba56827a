"""Spatial concentration: the uneven spread of each industry over the places of a panel."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, cast

import pandas as pd

from songhua.labels import Period, parse_period
from songhua.maths.concentration import ellison_glaeser, locational_gini
from songhua.results import Finding, table
from songhua.results.columns import IndicatorId, IndustryId, PlaceId, number
from songhua.studies.diagnose.comparison_finding_kinds import MostUneven
from songhua.studies.panels import WHOLE, Panel, cell
from songhua.studies.series import Figures

#: Fewer places say nothing of concentration.
FEWEST = 3
#: The measure of a panel that holds the Herfindahl index of an industry's plants.
PLANTS = "plant_herfindahl"


@dataclass(frozen=True, slots=True)
class Concentration:
    """A row of `concentration`: an industry's locational Gini and Ellison and Glaeser's index."""

    indicator: IndicatorId
    industry: IndustryId
    period: Period
    gini: Annotated[float, number(decimals=3)]
    se: Annotated[float, number(decimals=3)]
    places: int
    top: PlaceId
    ellison_glaeser: Annotated[float, number(decimals=3)]


def spatial_concentration(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `concentration`; empty where a panel has fewer than three places.

    >>> from songhua.studies.diagnose import town
    >>> tables, _ = spatial_concentration(town.figures())  # two places say nothing
    >>> len(tables["concentration"])
    0
    """
    rows = [row for panel in figures.panels for row in panel_concentration(panel.whole)]
    return {"concentration": table("diagnose", "concentration", rows)}, list(_findings(rows))


def _findings(rows: Sequence[Concentration]) -> Iterator[Finding]:
    """The most uneven industry of each panel."""
    for indicator in sorted({row.indicator for row in rows}):
        top = max((row for row in rows if row.indicator == indicator), key=lambda row: row.gini)
        gini, se = round(top.gini, 2), round(top.se, 2)
        yield MostUneven.from_row(top, gini=gini, se=se, n=top.places)


def panel_concentration(panel: Panel) -> Iterator[Concentration]:
    """Each industry in the last period in which all places have it and their whole.

    >>> from songhua.region import Region
    >>> places = [["2021"], ["a", "b", "c", "land"]]
    >>> rows = pd.MultiIndex.from_product(places, names=["period", "region"])
    >>> levels = pd.DataFrame({"all": [10.0, 10, 10, 30], "food": [3.0, 3, 3, 9]}, rows)
    >>> concentration = panel_concentration(Panel.exact(Region.of("a"), "land", levels))
    >>> [(row.industry, row.gini, row.places) for row in concentration]
    [('food', 0.0, 3)]
    """
    covered: set[str] = set()
    for period in reversed(panel.periods):
        places = panel.places(period)
        levels = panel.at(period).loc[places]
        if len(places) < FEWEST or WHOLE not in levels or levels[WHOLE].isna().any():
            continue
        full = levels.dropna(axis=1).columns
        new = [i for i in full if i not in {WHOLE, *covered} and levels[i].sum() > 0]
        if not new:
            continue
        covered.update(new)
        gini = locational_gini(levels[new], levels[WHOLE])
        index = _ellison_glaeser(panel, period, levels[new], levels[WHOLE])
        for industry in new:
            value, se = (cell(gini, industry, name) for name in ("gini", "se"))
            yield Concentration(
                panel.indicator,
                industry,
                parse_period(period),
                value,
                se,
                len(places),
                str((levels[industry] / levels[WHOLE]).idxmax()),
                index.get(industry, math.nan),
            )


def _ellison_glaeser(
    panel: Panel, period: str, levels: pd.DataFrame, size: pd.Series
) -> dict[str, float]:
    """Ellison and Glaeser's index, for the industries whose plants' Herfindahl a panel holds."""
    region = panel.region
    indicators = region.figures.cells.distinct("indicator")
    for indicator in region.catalogue.values():
        if indicator.measure != PLANTS or indicator.id not in indicators:
            continue
        plants = region.panel(indicator.id)
        if (period, panel.nation) not in plants.index:
            continue
        h = cast("pd.Series", plants.loc[(period, panel.nation)])
        h = h[(h >= 0) & (h < 1)]
        shared = [i for i in levels.columns if i in h.index]
        if shared:
            index = ellison_glaeser(levels[shared], plant_herfindahl=h[shared], region_size=size)
            return {str(name): float(value) for name, value in index["gamma"].items()}
    return {}
