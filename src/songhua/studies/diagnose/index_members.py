"""The members of a composite index, read from the panels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

from songhua.labels import parse_period
from songhua.region import Region
from songhua.studies.panels import WHOLE


def figures(region: Region, index: Mapping[str, Any]) -> pd.DataFrame:
    """(period, region) down and members across: the region and its comparison regions.

    Only periods in which the region itself has every member; a place without one of them keeps a
    missing cell.
    """
    columns = {name: _member(region, member) for name, member in index["members"].items()}
    frame = pd.DataFrame(columns)
    frame.index.names = ["period", "region"]
    among = [region.code, *(i for i, p in region.places.items() if p["role"] == "comparison")]
    frame = frame[frame.index.isin(among, level="region")]
    full = frame[frame.notna().all(axis=1)].index
    periods = sorted({p for p, place in full if place == region.code}, key=parse_period)
    held = set(frame.index)
    order = [(p, place) for p in periods for place in among if (p, place) in held]
    return frame.reindex(pd.MultiIndex.from_tuples(order, names=["period", "region"]))


def _member(region: Region, member: Mapping[str, Any]) -> pd.Series:
    """One member as a series over (period, region)."""
    wide = region.panel(member["indicator"])
    empty = pd.Series(index=wide.index, dtype=float)
    own = cast("pd.Series", wide.get(member["industry"], empty))
    if member["as"] == "share":
        return own / wide[WHOLE] * 100 if WHOLE in wide else empty
    if member["as"] == "ratio":
        below = region.panel(member["per"])
        if member["industry"] not in below:
            return empty
        divisor = below[member["industry"]].reindex(own.index)
        return own / divisor.where(divisor != 0)
    if member["as"] == "growth":
        return _growth(own, int(member["years"]))
    return own


def _growth(levels: pd.Series, years: int) -> pd.Series:
    """Average yearly growth in percent over a number of years, between periods of one length."""
    then = {}
    for period, place in levels.index:
        when = parse_period(period)
        earlier = str(parse_period(str(when.end.year - years))) if when.kind == "year" else ""
        then[period, place] = levels.get((earlier, place), float("nan"))
    before = pd.Series(then, dtype=float).reindex(levels.index)
    return ((levels / before.where(before > 0)) ** (1 / years) - 1) * 100
