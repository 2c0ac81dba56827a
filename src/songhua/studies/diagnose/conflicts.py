"""What conflicts, and what must not be compared: found by computing, not by annotation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from songhua.labels import parse_period
from songhua.region import SETTLED, Region
from songhua.results import Finding, table
from songhua.studies.diagnose.growth_rates import changes
from songhua.studies.series import Figures, join

THING = ["indicator", "region", "industry", "entity", "period"]
COUNTS = (
    "sources_conflict",
    "growth_disagrees",
    "vintages_differ",
    "coverage_differs",
    "value_repeated",
    "not_comparable",
)


def conflicts(facts: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The table `conflicts`, and a finding that counts each sort."""
    region, frame = facts.region, facts.frame
    rows = frame[frame["kind"].isin(SETTLED)]
    found = [*_apart(rows), *_disagreeing(facts), *_repeated(rows), *_not_comparable(region, rows)]
    made = table("diagnose", "conflicts", found)
    findings = []
    for code in COUNTS:
        mine = made[made["code"] == code]
        if len(mine):
            ids = tuple(dict.fromkeys(" ".join(mine["observations"]).split()))
            findings.append(Finding(f"n_{code}", {"n": len(mine)}, ids))
    return {"conflicts": made}, findings


def _apart(rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Figures for the same thing whose bounds share no number: by source, vintage or coverage."""
    known = rows[rows["floor"].notna()]
    ends = known.groupby(THING, sort=False).agg(low=("floor", "max"), high=("ceiling", "min"))
    slack = 1e-9 * ends.abs().max(axis=1)
    apart = ends[ends["low"] > ends["high"] + slack]
    for key in apart.index:
        group = known
        for name, label in zip(THING, key, strict=True):
            group = group[group[name] == label]
        yield from _sorted_out(dict(zip(THING, key, strict=True)), group)


def _sorted_out(labels: dict[str, Any], group: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Within one vintage and coverage the sources conflict; across them the series differ."""
    within = False
    for _, same in group.groupby(["vintage", "scope"], sort=False):
        if same["floor"].max() > same["ceiling"].min() + 1e-9 * abs(same["floor"].max()):
            within = True
            yield _row("sources_conflict", labels, same)
    for name, code in (("vintage", "vintages_differ"), ("scope", "coverage_differs")):
        firsts = group.drop_duplicates(name)
        if len(firsts) > 1 and firsts["floor"].max() > firsts["ceiling"].min():
            within = True
            yield _row(code, labels, firsts)
    if not within:
        yield _row("coverage_differs", labels, group)


def _disagreeing(facts: Figures) -> Iterator[dict[str, Any]]:
    """A published growth that the printed levels contradict."""
    for row in changes(facts):
        if row["disagrees"]:
            yield {name: row[name] for name in ("indicator", "region", "industry", "period")} | {
                "code": "growth_disagrees",
                "least": min(row["value"], row["published"]),
                "most": max(row["value"], row["published"]),
                "unit": "%",
                "observations": row["observations"],
            }


def _row(code: str, labels: dict[str, Any], group: pd.DataFrame) -> dict[str, Any]:
    return labels | {
        "code": code,
        "least": group["value"].min(),
        "most": group["value"].max(),
        "unit": group["unit"].iloc[0],
        "observations": join(group["id"]),
    }


def _repeated(rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """A count that another source prints unchanged for a later period: it may be stale."""
    exact = rows[
        (rows["floor"] == rows["ceiling"]) & (rows["form"] == "level") & (rows["value"] >= 100)
    ]
    key = ["indicator", "region", "industry", "entity", "vintage", "scope", "value"]
    for _, group in exact.groupby(key, sort=False):
        if group["period"].nunique() > 1 and group["source"].nunique() > 1:
            last = group.sort_values("end").iloc[-1]
            labels = {name: last[name] for name in THING}
            yield _row("value_repeated", labels, group)


def _not_comparable(region: Region, rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Indicators that look alike and both have figures for overlapping times and one place."""
    seen: set[tuple[str, str]] = set()
    for id, entry in region.indicators.items():
        for other in entry["not_comparable"] or []:
            pair = (min(id, other), max(id, other))
            if pair in seen:
                continue
            seen.add(pair)
            yield from _pair(rows, id, other)


def _pair(rows: pd.DataFrame, id: str, other: str) -> Iterator[dict[str, Any]]:
    one, two = rows[rows["indicator"] == id], rows[rows["indicator"] == other]
    one, two = one[one["entity"] == ""], two[two["entity"] == ""]
    for place in sorted(set(one["region"]) & set(two["region"])):
        mine, theirs = one[one["region"] == place], two[two["region"] == place]
        periods = [parse_period(text) for text in theirs["period"].unique()]
        near = [
            t for t in mine["period"].unique() if any(parse_period(t).overlaps(p) for p in periods)
        ]
        if near:
            last = max(near, key=parse_period)
            yield {
                "code": "not_comparable",
                "indicator": id,
                "other": other,
                "region": place,
                "period": last,
                "observations": join(
                    [*mine.loc[mine["period"] == last, "id"], *theirs["id"].head(3)]
                ),
            }
