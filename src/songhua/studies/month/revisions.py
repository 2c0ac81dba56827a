"""Figures that were corrected or revised since they were first recorded."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from songhua.labels import Period
from songhua.region import SETTLED, Region
from songhua.studies.series import Row, join

THING = ["indicator", "industry", "entity", "scope", "period"]


def revisions(region: Region, asked: Period, since: date | None) -> list[Row]:
    """A row a change of a figure of the year under report or the year before, the newest first.

    A later row of the same source is a correction, a row of a named vintage a revision of the
    first release. Sources that merely disagree are no revision. With `since`, only what was
    published after that day; where that is unknown, what was recorded after it.
    """
    rows = region.observations
    keep = rows["kind"].isin(SETTLED) & (rows["region"] == region.code)
    first = pd.Timestamp(date(asked.start.year - 1, 1, 1))
    keep &= (rows["start"] >= first) & (rows["end"] <= pd.Timestamp(asked.end))
    frame = rows[keep]
    made: list[Row] = []
    for _, group in frame.groupby(THING, observed=True, sort=False):
        if len(group) > 1:
            made += _pairs(group.to_dict("records"), region, since)
    return sorted(made, key=lambda row: row["published"], reverse=True)


def _pairs(rows: list[dict[Any, Any]], region: Region, since: date | None) -> list[Row]:
    """Each corrected row with its correction, and the first release with each vintage."""
    found: list[tuple[str, Row, Row]] = []
    for old in rows:
        if old["superseded"]:
            later = [
                new for new in rows
                if not new["superseded"] and new["source"] == old["source"]
                and new["vintage"] == old["vintage"] and new["recorded"] > old["recorded"]
            ]  # fmt: skip
            found += [("corrected", old, new) for new in later[:1]]
    plain = [row for row in rows if not row["vintage"] and not row["superseded"]]
    named = [row for row in rows if row["vintage"] and not row["superseded"]]
    found += [("revised", plain[0], new) for new in named if plain]
    return [
        _row(region, sort, old, new)
        for sort, old, new in found
        if old["number"] * old["scale"] != new["number"] * new["scale"] and _after(new, since)
    ]


def _after(row: Row, since: date | None) -> bool:
    if since is None:
        return True
    if pd.isna(row["known"]):
        return str(row["recorded"]) > since.isoformat()
    return bool(row["known"] > pd.Timestamp(since))


def _row(region: Region, sort: str, old: Row, new: Row) -> Row:
    before, after = (float(f"{row['number'] * row['scale']:.12g}") for row in (old, new))
    known = "" if pd.isna(new["known"]) else f"{new['known']:%Y-%m-%d}"
    return {
        "indicator": str(new["indicator"]), "industry": str(new["industry"]),
        "period": str(new["period"]), "before": before, "after": after,
        "change": float(f"{after - before:.12g}"),
        "unit": str(region.indicators[str(new["indicator"])]["unit"]), "sort": sort,
        "published": known, "observations": join([old["id"], new["id"]]),
    }  # fmt: skip
