"""The region beside others, from panels: location quotients and shift-share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import numpy as np
import pandas as pd

from songhua.labels import parse_period
from songhua.maths.shift_share import shift_share
from songhua.maths.specialisation import location_quotients
from songhua.region import Region
from songhua.results import Finding, table
from songhua.studies.diagnose.rows import Facts
from songhua.studies.diagnose.shares import partitions

WHOLE = "all"
TOP = 3


def beside(facts: Facts) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The tables `quotients` and `shifts`; empty where there is no panel with a larger area."""
    region = facts.region
    quotients: list[dict[str, Any]] = []
    shifts: list[dict[str, Any]] = []
    for indicator in region.panels["indicator"].unique() if len(region.panels) else ():
        nation = _nation(region, indicator)
        if nation and region.indicators[indicator]["form"] == "level":
            quotients += _quotients(region, indicator, nation)
            shifts += _shifts(region, indicator, nation)
    made = {
        "quotients": table("diagnose", "quotients", quotients),
        "shifts": table("diagnose", "shifts", shifts),
    }
    return made, _findings(region, made)


def _nation(region: Region, indicator: str) -> str:
    """The larger area that holds the region and has cells of this panel."""
    cells = region.panels[region.panels["indicator"] == indicator]
    held = set(cells.loc[cells["industry"] == WHOLE, "region"])
    larger = [id for id, place in region.places.items() if place["role"] == "parent"]
    return next((id for id in larger if id in held and region.code in held), "")


def _quotients(region: Region, indicator: str, nation: str) -> Iterator[dict[str, Any]]:
    """Each industry's quotient in the latest period that has both its figures."""
    number, low, high = (region.panel(indicator, column) for column in ("number", "low", "high"))
    periods = sorted({period for period, _ in number.index}, key=parse_period)
    seen: set[str] = set()
    for period in reversed(periods):
        values, least, most = (frame.loc[period] for frame in (number, low, high))
        if not {region.code, nation} <= set(values.index):
            continue
        both = values.loc[[region.code, nation]].notna().all()
        new = [i for i in values.columns if both[i] and i != WHOLE and i not in seen]
        if not new or not both.get(WHOLE, False):
            continue
        seen.update(new)
        places = [place for place in values.index if place != nation]
        quotient = location_quotients(
            values.loc[places, new],
            values.loc[nation, new],
            totals=values.loc[places, WHOLE],
            reference_total=float(values.at[nation, WHOLE]),
        )
        floor, ceiling = _bounds(least, most, places, nation, new)
        for place in places:
            for industry in new:
                value = float(cast("float", quotient.at[place, industry]))
                if np.isfinite(value):
                    yield {
                        "indicator": indicator,
                        "region": place,
                        "industry": industry,
                        "period": period,
                        "value": value,
                        "low": floor.at[place, industry],
                        "high": ceiling.at[place, industry],
                        "estimate": "bound",
                        "share": values.at[place, industry] / values.at[place, WHOLE] * 100,
                        "growth": _growth(number, place, industry, period),
                        "reference": nation,
                    }


def _bounds(
    low: pd.DataFrame, high: pd.DataFrame, places: list[str], nation: str, industries: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What rounding of the four printed figures behind each quotient leaves open."""
    nations, nations_most = low.loc[[nation]].iloc[0], high.loc[[nation]].iloc[0]
    theirs = nations[industries] / float(nations_most[WHOLE])
    theirs_most = nations_most[industries] / float(nations[WHOLE])
    own = low.loc[places, industries].clip(lower=0).div(high.loc[places, WHOLE], axis=0)
    own_most = high.loc[places, industries].div(low.loc[places, WHOLE], axis=0)
    return own / theirs_most, own_most / theirs.where(theirs > 0)


def _growth(number: pd.DataFrame, place: str, industry: str, period: str) -> float:
    """Average yearly growth at the panel's prices, in percent, from its first period."""
    series = number[industry].xs(place, level="region").dropna()
    first = min(series.index, key=parse_period)
    years = parse_period(period).end.year - parse_period(first).end.year
    if years <= 0 or not series[first] > 0:
        return float("nan")
    return ((series[period] / series[first]) ** (1 / years) - 1) * 100


def _shifts(region: Region, indicator: str, nation: str) -> Iterator[dict[str, Any]]:
    """The change from the first to the last period with all parts of a partition of the whole."""
    wide = region.panel(indicator)
    for parts in partitions(region).get(WHOLE, []):
        if not set(parts) <= set(wide.columns):
            continue
        full = wide[parts].dropna()
        periods = sorted(
            {p for p, _ in full.index if {(p, region.code), (p, nation)} <= set(full.index)},
            key=parse_period,
        )
        if len(periods) < 2:
            continue
        start, end = full.loc[periods[0]], full.loc[periods[-1]]
        places = [p for p in start.index if p != nation and p in end.index]
        args = (start.loc[places], end.loc[places], start.loc[nation], end.loc[nation])
        head = {"indicator": indicator, "start": periods[0], "end": periods[-1]}
        head |= {"unit": str(region.indicators[indicator]["unit"]), "reference": nation}
        totals = shift_share(*args)
        for place in places:
            change = float((end.loc[place] - start.loc[place]).sum())
            yield (
                head
                | {"region": place, "industry": WHOLE, "change": change}
                | dict(totals.loc[place])
            )
        mine = (start.loc[region.code], end.loc[region.code], start.loc[nation], end.loc[nation])
        for industry, row in shift_share(*mine).iterrows():
            change = float(end.at[region.code, industry] - start.at[region.code, industry])
            yield head | {"region": region.code, "industry": industry, "change": change} | dict(row)


def _findings(region: Region, made: dict[str, pd.DataFrame]) -> list[Finding]:
    found: list[Finding] = []
    quotients, shifts = made["quotients"], made["shifts"]
    mine = quotients[quotients["region"] == region.code].sort_values("value", ascending=False)
    if len(mine):
        top = mine.head(TOP)
        params = {
            "industries": top["industry"].tolist(),
            "value": round(float(top["value"].iloc[0]), 2),
        }
        params |= {"period": top["period"].iloc[0], "reference": top["reference"].iloc[0]}
        found.append(Finding("most_specialised", params))
    whole = shifts[(shifts["region"] == region.code) & (shifts["industry"] == WHOLE)]
    for row in whole.to_dict("records"):
        names = (
            "start",
            "end",
            "change",
            "national",
            "industry_mix",
            "regional",
            "unit",
            "reference",
        )
        params = {name: row[name] for name in names}
        parts = {name: float(f"{row[name]:.4g}") for name in names[2:6]}
        found.append(Finding("shift_share_parts", params | parts))
    return found
