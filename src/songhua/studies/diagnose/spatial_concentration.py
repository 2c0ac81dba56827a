"""How unevenly each industry lies over the places of a panel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import numpy as np
import pandas as pd

from songhua.maths.concentration import ellison_glaeser, locational_gini
from songhua.results import Finding, table
from songhua.studies.panels import WHOLE, Panel
from songhua.studies.series import Figures

FEWEST = 3
PLANTS = "plant_herfindahl"


def spatial_concentration(facts: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `concentration`; empty where a panel has fewer than three places."""
    rows: list[dict[str, Any]] = []
    for wide in facts.panels:
        rows += _industries(wide)
    made = table("diagnose", "concentration", rows)
    found = []
    for indicator, group in made.sort_values("gini", ascending=False).groupby("indicator"):
        top = group.iloc[0]
        params = {"indicator": indicator, "industry": top["industry"], "period": top["period"]}
        params |= {"gini": round(float(top["gini"]), 2), "se": round(float(top["se"]), 2)}
        found.append(Finding("most_uneven", params | {"n": int(top["places"])}))
    return {"concentration": made}, found


def _industries(wide: Panel) -> Iterator[dict[str, Any]]:
    """Each industry in the last period in which all places have it and their whole."""
    seen: set[str] = set()
    for period in reversed(wide.periods):
        places = wide.places(period)
        levels = wide.at(period).loc[places]
        if len(places) < FEWEST or WHOLE not in levels or levels[WHOLE].isna().any():
            continue
        full = levels.dropna(axis=1).columns
        known = [i for i in full if i not in {WHOLE, *seen} and levels[i].sum() > 0]
        if not known:
            continue
        seen.update(known)
        gini = locational_gini(levels[known], levels[WHOLE])
        gamma = _gamma(wide, period, levels[known], levels[WHOLE])
        for industry in known:
            quotient = levels[industry] / levels[WHOLE]
            yield {
                "indicator": wide.indicator,
                "industry": industry,
                "period": period,
                "gini": gini.at[industry, "gini"],
                "se": gini.at[industry, "se"],
                "places": len(places),
                "top": quotient.idxmax(),
                "ellison_glaeser": gamma.get(industry, np.nan),
            }


def _gamma(wide: Panel, period: str, levels: pd.DataFrame, size: pd.Series) -> dict[str, float]:
    """Ellison and Glaeser's index, for the industries whose plants' Herfindahl a panel holds."""
    region = wide.region
    for id, indicator in region.indicators.items():
        if indicator["measure"] != PLANTS or id not in set(region.panels["indicator"]):
            continue
        plants = region.panel(id)
        if (period, wide.nation) not in plants.index:
            continue
        h = cast("pd.Series", plants.loc[(period, wide.nation)])
        h = h[(h >= 0) & (h < 1)]
        shared = [i for i in levels.columns if i in h.index]
        if shared:
            found = ellison_glaeser(levels[shared], plant_herfindahl=h[shared], region_size=size)
            return {str(i): value for i, value in found["gamma"].items()}
    return {}
