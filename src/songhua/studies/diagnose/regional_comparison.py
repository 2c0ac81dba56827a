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
from songhua.studies.panels import WHOLE, Panel
from songhua.studies.series import Figures

TOP = 3


def regional_comparison(facts: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The tables `quotients` and `shifts`; empty where there is no panel with a larger area."""
    quotients: list[dict[str, Any]] = []
    shifts: list[dict[str, Any]] = []
    for wide in facts.panels:
        quotients += _quotients(wide)
        shifts += _shifts(wide)
    made = {
        "location_quotients": table("diagnose", "location_quotients", quotients),
        "shift_share": table("diagnose", "shift_share", shifts),
    }
    return made, _findings(facts.region, made)


def _quotients(wide: Panel) -> Iterator[dict[str, Any]]:
    """Each industry's quotient in the latest period that has both its figures."""
    number, nation = wide.number, wide.nation
    seen: set[str] = set()
    for period in reversed(wide.periods):
        values, least, most = (wide.at(period, column) for column in ("number", "low", "high"))
        both = set(values.loc[[wide.region.code, nation]].dropna(axis=1).columns)
        new = [i for i in values.columns if i in both and i != WHOLE and i not in seen]
        if not new or WHOLE not in both:
            continue
        seen.update(new)
        places = wide.places(period)
        quotient = location_quotients(
            values.loc[places, new],
            values.loc[nation, new],
            totals=values.loc[places, WHOLE],
            reference_total=float(cast("float", values.at[nation, WHOLE])),
        )
        floor, ceiling = _bounds(least, most, places, nation, new)
        share = values.loc[places, new].div(values.loc[places, WHOLE], axis=0) * 100
        for place in places:
            for industry in new:
                value = float(cast("float", quotient.at[place, industry]))
                if np.isfinite(value):
                    yield {
                        "indicator": wide.indicator,
                        "region": place,
                        "industry": industry,
                        "period": period,
                        "value": value,
                        "low": floor.at[place, industry],
                        "high": ceiling.at[place, industry],
                        "estimate": "bound",
                        "symmetric": (value - 1) / (value + 1),
                        "share": share.at[place, industry],
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


def _shifts(wide: Panel) -> Iterator[dict[str, Any]]:
    """The change from the first to the last period with all parts of a partition of the whole."""
    region, nation = wide.region, wide.nation
    for parts in region.partitions().get(WHOLE, []):
        if not set(parts) <= set(wide.number.columns):
            continue
        full = wide.number[parts].dropna()
        periods = sorted(
            {p for p, _ in full.index if {(p, region.code), (p, nation)} <= set(full.index)},
            key=parse_period,
        )
        if len(periods) < 2:
            continue
        start, end = full.loc[periods[0]], full.loc[periods[-1]]
        places = [p for p in start.index if p != nation and p in end.index]
        args = (start.loc[places], end.loc[places], start.loc[nation], end.loc[nation])
        head = {"indicator": wide.indicator, "start": periods[0], "end": periods[-1]}
        head |= {"unit": str(region.indicators[wide.indicator]["unit"]), "reference": nation}
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
    quotients, shifts = made["location_quotients"], made["shift_share"]
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
