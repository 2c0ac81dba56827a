"""What was expected, and what came: only where an expectation was recorded."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np
import pandas as pd

from songhua.labels import parse_period
from songhua.results import Finding, table
from songhua.studies.diagnose.growth_rates import changes
from songhua.studies.series import KEY, Figures, interval, join

AHEAD = ("target", "expectation")


def expectations(facts: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `expectations`; a finding for each that was missed, and for what was never said."""
    region, plan = facts.region, facts.plan
    rows = list(_rows(facts))
    found = [
        Finding(
            "expectation_missed",
            {
                k: row[k]
                for k in (
                    "indicator",
                    "industry",
                    "period",
                    "kind",
                    "qualifier",
                    "expected",
                    "actual",
                    "unit",
                )
            },
            tuple(row["observations"].split()),
        )
        for row in rows
        if row["outcome"] == "not_met" and row["region"] == region.code
    ]
    year = str(plan.base_year) if plan else str(region.base_year or "")
    found += [*_unsaid(facts, year), *_no_fall(facts, year)]
    return {"expectations": table("diagnose", "expectations", rows)}, found


def _rows(facts: Figures) -> Iterator[dict[str, Any]]:
    contradicted = " ".join(r["observations"] for r in changes(facts) if r["disagrees"])
    disputed: set[str] = {*contradicted.split()}
    frame = facts.frame
    came = facts.settled.set_index(KEY)
    ahead = frame[frame["kind"].isin(AHEAD)].drop_duplicates([*KEY, "kind", "qualifier"])
    for _, row in ahead.sort_values(["end", "indicator"], kind="stable").iterrows():
        key = tuple(row[KEY])
        actual = came.loc[key] if key in came.index else None
        yield {
            name: row[name]
            for name in (
                "indicator",
                "region",
                "industry",
                "entity",
                "period",
                "kind",
                "qualifier",
                "unit",
            )
        } | {
            "expected": row["value"],
            "actual": np.nan if actual is None else actual["value"],
            "outcome": _outcome(row, actual, disputed),
            "observations": join([row["id"]] if actual is None else [row["id"], actual["id"]]),
        }


def _outcome(expected: pd.Series, came: pd.Series | None, disputed: Collection[str]) -> str:
    """Met, not met, or unknown where rounding lets both be true. A bare number is a floor."""
    if came is None:
        return "open"
    if came["id"] in disputed and came["form"] == "growth":
        return "disputed"
    actual = interval(came)
    number, word = float(expected["value"]), expected["qualifier"]
    if word in ("at_most", "less_than"):
        return "met" if actual.high <= number else "not_met" if actual.low > number else "unknown"
    if word == "more_than":
        return "met" if actual.low > number else "not_met" if actual.high <= number else "unknown"
    if word == "at_least":
        return "met" if actual.low >= number else "not_met" if actual.high < number else "unknown"
    aim = interval(expected)
    return "met" if actual.low >= aim.high else "not_met" if actual.high < aim.low else "unknown"


def _unsaid(facts: Figures, year: str) -> list[Finding]:
    """Growth of the whole economy in the base year for which no expectation was recorded."""
    region, frame, rates = facts.region, facts.frame, facts.plain
    rates = rates[(rates["form"] == "growth") & (rates["industry"] == "all")]
    constant = [
        i for i in rates["indicator"].unique() if region.indicators[i]["basis"] == "constant"
    ]
    found: list[Finding] = []
    for indicator in constant:
        actual = rates[(rates["indicator"] == indicator) & (rates["period"] == year)]
        said = frame[(frame["indicator"] == indicator) & frame["kind"].isin(AHEAD)]
        said = said[(said["region"] == region.code) & (said["industry"] == "all")]
        covers = [
            p for p in said["period"] if year and parse_period(p).contains(parse_period(year))
        ]
        if len(actual) and not covers:
            params = {
                "indicator": indicator,
                "period": year,
                "actual": float(actual["value"].iloc[0]),
            }
            found.append(Finding("no_expectation_recorded", params, tuple(actual["id"])))
    return found


def _no_fall(facts: Figures, year: str) -> list[Finding]:
    """Growth of the base year is known and nowhere negative: a turn cannot be dated."""
    region, rates = facts.region, facts.plain
    rates = rates[(rates["form"] == "growth") & (rates["industry"] == "all")]
    found: list[Finding] = []
    for indicator in rates["indicator"].unique():
        rows = rates[rates["indicator"] == indicator]
        if not year or region.indicators[indicator]["basis"] != "constant":
            continue
        inside = rows[[parse_period(year).contains(parse_period(p)) for p in rows["period"]]]
        if len(inside) and (inside["value"] > 0).all():
            params = {"indicator": indicator, "period": year, "periods": list(inside["period"])}
            found.append(Finding("no_fall_recorded", params, tuple(inside["id"])))
    return found
