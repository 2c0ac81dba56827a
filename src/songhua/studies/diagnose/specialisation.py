"""How one-sided each place's structure is, and how far from the others' it lies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pandas as pd

from songhua.maths.index_bounds import index_bounds
from songhua.maths.specialisation import hachman, herfindahl, krugman, shannon_entropy
from songhua.region import Region
from songhua.results import Finding, table
from songhua.studies.panels import Panel
from songhua.studies.series import Figures


def specialisation(facts: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `specialisation`; empty where no panel has the parts of the whole."""
    rows: list[dict[str, Any]] = []
    for wide in facts.panels:
        if len(wide.parts) > 1:
            rows += _against_the_whole(wide)
            rows += _against_the_others(wide)
    made = table("diagnose", "specialisation", rows)
    return {"specialisation": made}, list(_findings(facts.region, made))


def _against_the_whole(wide: Panel) -> Iterator[dict[str, Any]]:
    """Every index of every place in every period, beside the larger area."""
    for period in wide.periods:
        places = wide.places(period)
        levels, low, high = _levels(wide, period)
        whole = cast("pd.Series", levels.loc[wide.nation])
        own = levels.loc[places]
        found = {
            "krugman": krugman(own, whole),
            "herfindahl": herfindahl(own),
            "shannon_entropy": shannon_entropy(own),
            "hachman": hachman(own, whole),
        }
        ends = index_bounds(low.loc[places], high.loc[places], _row_of(low, high, wide.nation))
        for measure, values in found.items():
            for place in places:
                yield _row(wide, place, period, measure, values, ends[measure], wide.nation)


def _against_the_others(wide: Panel) -> Iterator[dict[str, Any]]:
    """How far the region's structure is from each other place's, in the last period."""
    period = wide.periods[-1]
    levels, low, high = _levels(wide, period)
    own = [wide.region.code]
    for place in wide.places(period):
        if place not in own:
            values = krugman(levels.loc[own], cast("pd.Series", levels.loc[place]))
            ends = index_bounds(low.loc[own], high.loc[own], _row_of(low, high, place))
            yield _row(wide, own[0], period, "krugman", values, ends["krugman"], place)


def _levels(wide: Panel, period: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    number, low, high = (wide.at(period, column) for column in ("number", "low", "high"))
    return number[wide.parts], low[wide.parts], high[wide.parts]


def _row_of(low: pd.DataFrame, high: pd.DataFrame, place: str) -> tuple[pd.Series, pd.Series]:
    return cast("pd.Series", low.loc[place]), cast("pd.Series", high.loc[place])


def _row(
    wide: Panel,
    place: str,
    period: str,
    measure: str,
    values: pd.Series,
    ends: pd.DataFrame,
    reference: str,
) -> dict[str, Any]:
    low, high = ends.loc[place]
    return {
        "indicator": wide.indicator,
        "region": place,
        "period": period,
        "measure": measure,
        "value": values[place],
        "low": low,
        "high": high,
        "estimate": "identity" if low == high else "bound",
        "industries": len(wide.parts),
        "reference": reference,
    }


def _findings(region: Region, rows: pd.DataFrame) -> Iterator[Finding]:
    """Who is most like the region, and how the region's distance from the larger area moved."""
    mine = rows[(rows["region"] == region.code) & (rows["measure"] == "krugman")]
    for indicator, group in mine.groupby("indicator", sort=False):
        parents = {id for id, place in region.places.items() if place["role"] == "parent"}
        whole = group[group["reference"].isin(parents)]
        others = group[~group["reference"].isin(parents)].sort_values("value")
        first, last = whole.iloc[0], whole.iloc[-1]
        params = {"indicator": indicator, "reference": first["reference"]}
        params |= {"start": first["period"], "end": last["period"]}
        params |= {"first": round(float(first["value"]), 3), "last": round(float(last["value"]), 3)}
        yield Finding("structure_distance", params | {"n": int(last["industries"])})
        if len(others):
            near = others.iloc[0]
            params = {"indicator": indicator, "period": near["period"], "place": near["reference"]}
            yield Finding("most_alike", params | {"distance": round(float(near["value"]), 3)})
