"""The region beside its larger areas and its peers, with ranks as far as rounding allows."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from songhua.labels import Period, parse_period
from songhua.maths.ranks import rank_bounds
from songhua.studies.series import Figures, Row, estimate, interval, records

ORDER = ("own", "comparison", "parent")


def beside(facts: Figures, growth: Sequence[Row], whole: Period, peers: Sequence[str]) -> list[Row]:
    """For each growth that another place has for the same days: a row a place."""
    made: list[Row] = []
    for row in growth:
        found = _places(facts, row, whole, peers)
        if any(one["role"] == "own" for one in found) and len(found) > 1:
            made += _ranked(found)
    return made


def _role(facts: Figures, place: str, peers: Sequence[str]) -> str:
    """Own, parent or comparison; a part of the region is compared only where it is named."""
    if place == facts.region.code:
        return "own"
    role = str(facts.region.places[place]["role"])
    if peers:
        return ("comparison" if role == "part" else role) if place in peers else ""
    return "" if role == "part" else role


def _places(facts: Figures, growth: Row, whole: Period, peers: Sequence[str]) -> list[Row]:
    rows = facts.settled
    same = rows["indicator"].eq(growth["indicator"]) & rows["industry"].eq(growth["industry"])
    for label in ("entity", "vintage", "scope"):
        same &= rows[label] == ""
    made = []
    for row in records(rows[same]):
        role = _role(facts, row["region"], peers)
        if role and parse_period(row["period"]) == whole:
            ends = interval(row)
            made.append({
                "indicator": row["indicator"], "industry": row["industry"], "period": str(whole),
                "region": row["region"], "role": role, "value": row["value"], "low": ends.low,
                "high": ends.high, "estimate": estimate(row), "unit": row["unit"],
                "observations": row["id"],
            })  # fmt: skip
    return made


def _ranked(rows: list[Row]) -> list[Row]:
    """With the lead over each, and ranks among the region and the comparison regions."""
    own = next(row for row in rows if row["role"] == "own")
    in_race = [row for row in rows if row["role"] != "parent"]
    if len(in_race) > 1:
        names = [row["region"] for row in in_race]
        low = pd.Series([row["low"] for row in in_race], index=names, dtype=float)
        high = pd.Series([row["high"] for row in in_race], index=names, dtype=float)
        ranks = rank_bounds(low, high)
        for row in in_race:
            row |= {"rank_low": ranks.loc[row["region"], "rank_low"], "of": len(in_race),
                    "rank_high": ranks.loc[row["region"], "rank_high"]}  # fmt: skip
    for row in rows:
        if row is not own:
            row["lead"] = float(f"{own['value'] - row['value']:.12g}")
    return sorted(rows, key=lambda row: (ORDER.index(row["role"]), -row["value"]))
