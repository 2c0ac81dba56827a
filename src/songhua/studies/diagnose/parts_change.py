"""Parts of the region, such as its districts: how each changed, and its weight among them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Annotated

import pandas as pd

from songhua.labels import Period, parse_period
from songhua.region import Region
from songhua.results import Finding, table
from songhua.results.columns import Citations, IndicatorId, IndustryId, PlaceId, UnitName, number
from songhua.studies.diagnose.part_finding_kinds import PartsChange, PartsSpecial
from songhua.studies.panels import WHOLE
from songhua.studies.series import Figures

#: Fewer parts are no comparison.
FEWEST = 3
#: An industry below this share of a part is not called its special one.
LEAST = 0.05


@dataclass(frozen=True, slots=True)
class PartChange:
    """A row of `parts`: a part of the region in the first and the last period of a panel.

    `special` is the industry of five percent or more of the part in which its share is most above
    that in all parts together, `quotient` is how many times.
    """

    place: PlaceId
    indicator: IndicatorId
    before: Period
    period: Period
    level_before: Annotated[float, number(unit_in="unit", digits=4)]
    level: Annotated[float, number(unit_in="unit", digits=4)]
    unit: UnitName
    change: Annotated[float, number(unit="%", decimals=1, signed=True)]
    share_before: Annotated[float, number(unit="%", decimals=1)]
    share: Annotated[float, number(unit="%", decimals=1)]
    special: IndustryId = ""
    quotient: Annotated[float, number(decimals=2)] = math.nan
    observations: Citations = ()


def parts_change(figures: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `parts`; empty where no panel has three parts of the region in two periods.

    change = 100 × (level / level before − 1), shares are of the sum of these parts. Across a break
    of the series there are levels and shares of each period, and no change.

    >>> from songhua.studies.diagnose import town
    >>> tables, _ = parts_change(town.figures())  # it has no parts
    >>> len(tables["parts"])
    0
    """
    region = figures.region
    parts = {*region.places_of("part")}
    names = region.figures.cells.select(region=parts).distinct("indicator")
    rows = [row for name in sorted(names) for row in _rows(region, name, parts)]
    return {"parts": table("diagnose", "parts", rows)}, list(_findings(region, rows))


def _rows(region: Region, indicator: str, parts: set[str]) -> Iterator[PartChange]:
    """The parts that a panel has in its first and its last period, the largest first."""
    about = region.catalogue[indicator]
    wide = region.panel(indicator)
    if about.form != "level" or WHOLE not in wide:
        return
    whole = wide[WHOLE].unstack("period")
    whole = whole[whole.index.isin(parts)]
    periods = sorted(map(str, whole.columns), key=parse_period)
    known = [period for period in periods if whole[period].notna().sum() >= FEWEST]
    if len(known) < 2:
        return
    unbroken = about.unbroken(*(parse_period(known[at]) for at in (0, -1)))
    before, after = (whole[known[at]] for at in (0, -1))
    both = before.notna() & after.notna() & (before > 0)
    if both.sum() < FEWEST:
        return
    levels = pd.DataFrame({"before": before, "after": after})[both]
    levels = levels.sort_values("after", ascending=False)
    last = wide.loc[wide.index.get_level_values("period") == known[-1]].droplevel("period")
    last = last.loc[[str(place) for place in levels.index]]
    cells = region.figures.cells.select(
        indicator=indicator, industry=WHOLE, period=[parse_period(known[at]) for at in (0, -1)]
    )
    of_before, of_after = (float(levels[name].sum()) for name in ("before", "after"))
    for row in levels.itertuples():
        place, then, level = str(row.Index), float(str(row.before)), float(str(row.after))
        special, quotient = _special(last, place)
        yield PartChange(
            place,
            indicator,
            parse_period(known[0]),
            parse_period(known[-1]),
            then,
            level,
            about.unit,
            100 * (level / then - 1) if unbroken else math.nan,
            100 * then / of_before,
            100 * level / of_after,
            special,
            quotient,
            tuple(cells.select(region=place).ids),
        )


def _special(levels: pd.DataFrame, place: str) -> tuple[str, float]:
    """The industry of a part that weighs most beside its weight in all parts, and how many times.

    >>> levels = pd.DataFrame({"all": [10.0, 10], "food": [4.0, 2], "tools": [6.0, 8]}, ["a", "b"])
    >>> industry, times = _special(levels, "a")
    >>> industry, round(times, 2)
    ('food', 1.33)
    """
    industries = [str(name) for name in levels if name != WHOLE and levels[name].notna().all()]
    if not industries:
        return "", math.nan
    together = levels[industries].sum() / levels[WHOLE].sum()
    here = levels.loc[[place]].iloc[0]
    shares = here[industries] / here[WHOLE]
    quotients = {
        name: float(shares[name] / together[name])
        for name in industries
        if shares[name] >= LEAST and together[name] > 0
    }
    if not quotients:
        return "", math.nan
    return max(quotients.items(), key=lambda pair: pair[1])


def _findings(region: Region, rows: Sequence[PartChange]) -> Iterator[Finding]:
    """Of each panel the parts that gained and lost most, and the most special one."""
    for indicator in dict.fromkeys(row.indicator for row in rows):
        parts = sorted(
            (row for row in rows if row.indicator == indicator), key=attrgetter("change")
        )
        lost, gained = parts[0], parts[-1]
        before, after = (
            sum(levels)
            for levels in zip(*map(attrgetter("level_before", "level"), parts), strict=True)
        )
        if not math.isnan(lost.change):
            yield PartsChange(
                region=region.code,
                indicator=indicator,
                start=lost.before,
                end=lost.period,
                n=len(parts),
                grew=sum(row.change > 0 for row in parts),
                together=round(100 * (after / before - 1), 1),
                place=gained.place,
                highest=round(gained.change, 1),
                other_place=lost.place,
                lowest=round(lost.change, 1),
                observations=(*gained.observations, *lost.observations),
            )
        special = [row for row in parts if row.special]
        if special:
            top = max(special, key=lambda row: row.quotient)
            yield PartsSpecial(
                place=top.place,
                indicator=indicator,
                industry=top.special,
                period=top.period,
                times=round(top.quotient, 1),
                observations=top.observations,
            )
