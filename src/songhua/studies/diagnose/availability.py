"""Every figure, and what is known until when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from songhua.region import GRADES
from songhua.results import Finding, table
from songhua.studies.series import KEY, Figures

STALE_YEARS = 2.0


def availability(facts: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The tables `figures` and `coverage`; findings for what is stale and what a view hides."""
    region = facts.region
    rows = list(_coverage(facts))
    own = [row for row in rows if row["region"] == region.code]
    stale = [row for row in own if row["state"] == "stale"]
    found = (
        [Finding("stale", {"n": len(stale), "of": len(own), "years": STALE_YEARS})] if stale else []
    )
    if region.as_of is not None:
        params = {"as_of": region.as_of.isoformat(), **region.hidden}
        found.append(Finding("view_hides", params))
    if len(region.left_out):
        found.append(Finding("rows_left_out", {"n": len(region.left_out)}))
    tables = {
        "figures": table("diagnose", "figures", _figures(facts.frame)),
        "availability": table("diagnose", "availability", rows),
    }
    return tables, found


def _figures(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a figure, its best source, in order; without a loop, for there may be many."""
    key = [*KEY, "kind", "qualifier"]
    counts = frame.groupby(key, sort=False)["source"].transform("nunique")
    best = frame.assign(sources=counts).drop_duplicates(key)
    best = best.sort_values(
        ["indicator", "region", "industry", "entity", "end", "start"], kind="stable"
    )
    known = best["floor"].notna()
    exact = known & (best["floor"] == best["ceiling"])
    kinds = np.select([exact, known], ["identity", "bound"], "")
    renamed = best.rename(columns={"floor": "low", "ceiling": "high", "id": "observation"})
    return renamed.assign(estimate=kinds)


def _coverage(facts: Figures) -> Iterator[dict[str, Any]]:
    region, frame, rows = facts.region, facts.frame, facts.settled
    day = pd.Timestamp(region.as_of) if region.as_of else frame["known"].max()
    rows = rows[rows["entity"] == ""]
    every = frame.groupby(["indicator", "region", "industry"])
    for key, group in rows.groupby(["indicator", "region", "industry"], sort=True):
        whole = every.get_group(key)
        age = (day - group["end"].max()).days / 365.25
        yield {
            "indicator": key[0],
            "region": key[1],
            "industry": key[2],
            "periods": int(group["period"].nunique()),
            "first": group["period"].iloc[0],
            "last": group["period"].iloc[-1],
            "observations": len(whole),
            "sources": int(whole["source"].nunique()),
            "grade": GRADES[whole["grade"].map(GRADES.index).min()],
            "age": round(max(age, 0.0), 2),
            "state": "stale" if age > STALE_YEARS else "current",
        }
