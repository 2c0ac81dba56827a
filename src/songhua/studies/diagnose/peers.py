"""The region's rank among the regions it is compared with, and how far rounding lets it move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from songhua.labels import parse_period
from songhua.maths.ranks import rank_bounds
from songhua.region import Region
from songhua.results import Finding, table
from songhua.studies.panels import WHOLE, Panel
from songhua.studies.series import Figures

Rows = list[dict[str, Any]]
COLUMNS = ("number", "low", "high")
FORMS = ("level", "growth", "share", "ratio", "average_growth")


def peers(facts: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `peers`: every figure that at least one other place has for the same period."""
    rows: Rows = []
    for wide in facts.panels:
        rows += _panel(wide, _industries(facts, wide))
    rows += _figures(facts, {(row["indicator"], row["industry"], row["form"]) for row in rows})
    made = table("diagnose", "peers", rows)
    return {"peers": made}, list(_findings(facts.region, made))


def _industries(facts: Figures, wide: Panel) -> list[str]:
    """The whole, its first partition, and the industries that the plan names."""
    parts = next(iter(facts.region.partitions().get(WHOLE, [])), [])
    named = list(facts.plan.roles()) if facts.plan else []
    wanted = dict.fromkeys([WHOLE, *parts, *named])
    return [industry for industry in wanted if industry in wide.number.columns]


def _panel(wide: Panel, industries: list[str]) -> Iterator[dict[str, Any]]:
    """Levels of the whole, shares of the rest, and growth since the first period of both."""
    code = wide.region.code
    for industry in industries:
        known = wide.known(code, industry)
        if not known:
            continue
        period, first = known[-1], known[0]
        ends = [wide.at(period, column)[industry] for column in COLUMNS]
        if industry == WHOLE:
            unit = str(wide.region.indicators[wide.indicator]["unit"])
            yield from _ranked(wide.region, (wide.indicator, industry, "level"), period, unit, ends)
        else:
            shares = _shares(wide, industry, period)
            yield from _ranked(
                wide.region, (wide.indicator, industry, "share"), period, "%", shares
            )
        if first != period:
            grown = _grown(wide, industry, first, period)
            head = (wide.indicator, industry, "average_growth")
            yield from _ranked(wide.region, head, period, "%", grown, first)


def _shares(wide: Panel, industry: str, period: str) -> list[pd.Series]:
    """An industry's share in each place in percent, with its ends."""
    number, low, high = (wide.at(period, column) for column in COLUMNS)
    most = (high[industry] / low[WHOLE]).clip(upper=1)
    return [
        number[industry] / number[WHOLE] * 100,
        low[industry].clip(lower=0) / high[WHOLE] * 100,
        most * 100,
    ]


def _grown(wide: Panel, industry: str, first: str, last: str) -> list[pd.Series]:
    """Average yearly growth in percent between two periods, with its ends."""
    years = parse_period(last).end.year - parse_period(first).end.year
    found = []
    for late, early in (("number", "number"), ("low", "high"), ("high", "low")):
        end, start = wide.at(last, late)[industry], wide.at(first, early)[industry]
        ratio = end / start.where(start > 0)
        found.append((ratio.clip(lower=0) ** (1 / years) - 1) * 100)
    return found


def _figures(facts: Figures, held: set[tuple[str, str, str]]) -> Iterator[dict[str, Any]]:
    """Observations that the region and another place have for the same latest period."""
    rows = facts.settled
    places = {facts.region.code, *_ranked_places(facts.region), *_parents(facts.region)}
    usual = (rows["vintage"] == "") & (rows["scope"] == "") & (rows["entity"] == "")
    rows = rows[usual & (rows["qualifier"] == "") & rows["region"].isin(places)]
    rows = rows[rows["form"].isin(FORMS)]
    for (indicator, industry), group in rows.groupby(["indicator", "industry"], sort=False):
        form = str(group["form"].iloc[0])
        mine = group[group["region"] == facts.region.code]
        others = group[group["region"] != facts.region.code]
        if form == "level":  # a level beside a larger area's says nothing of rank or pace
            others = others[~others["region"].isin(_parents(facts.region))]
        shared = mine["period"].isin(others["period"])
        if (indicator, industry, form) in held or not shared.any():
            continue
        period = str(mine.loc[shared, "period"].iloc[-1])
        found = group[group["period"] == period].drop_duplicates("region").set_index("region")
        low = found["floor"].fillna(found["value"])
        high = found["ceiling"].fillna(found["value"])
        unit = str(found["unit"].iloc[0])
        head = (str(indicator), str(industry), form)
        yield from _ranked(facts.region, head, period, unit, (found["value"], low, high))


def _ranked_places(region: Region) -> list[str]:
    return [id for id, place in region.places.items() if place["role"] == "comparison"]


def _parents(region: Region) -> list[str]:
    return [id for id, place in region.places.items() if place["role"] == "parent"]


def _ranked(
    region: Region,
    head: tuple[str, str, str],
    period: str,
    unit: str,
    ends: Sequence[pd.Series],
    start: str = "",
) -> Iterator[dict[str, Any]]:
    """One figure of every place; ranks among the region and its comparison regions only."""
    value, low, high = ends
    among = [p for p in (region.code, *_ranked_places(region)) if np.isfinite(value.get(p, np.nan))]
    bounds = rank_bounds(low[among], high[among])
    ranks = value[among].rank(ascending=False, method="min")
    for place in (*among, *(p for p in _parents(region) if np.isfinite(value.get(p, np.nan)))):
        ranked = place in bounds.index and len(among) > 1
        yield {
            "indicator": head[0],
            "industry": head[1],
            "form": head[2],
            "start": start,
            "period": period,
            "region": place,
            "value": value[place],
            "low": low[place],
            "high": high[place],
            "estimate": "identity" if low[place] == high[place] else "bound",
            "unit": unit,
            "rank": ranks[place] if ranked else np.nan,
            "rank_low": bounds.at[place, "rank_low"] if ranked else np.nan,
            "rank_high": bounds.at[place, "rank_high"] if ranked else np.nan,
            "of": len(among),
        }


def _findings(region: Region, rows: pd.DataFrame) -> Iterator[Finding]:
    """How many first places, and how many ranks rounding leaves open."""
    mine = rows[(rows["region"] == region.code) & rows["rank"].notna()]
    if mine.empty:
        return
    open_ = int((mine["rank_low"] != mine["rank_high"]).sum())
    first = mine[mine["rank_high"] == 1]
    params = {"n": len(mine), "first": len(first), "open": open_, "of": int(mine["of"].max())}
    yield Finding("ranks_beside", params)
