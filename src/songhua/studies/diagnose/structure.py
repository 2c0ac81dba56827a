"""Shares, and parts against their total."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pandas as pd

from songhua.maths.bounds import Interval
from songhua.region import Region
from songhua.results import Finding, table
from songhua.studies.series import Figures, estimate, interval, join

Parts = tuple[pd.Series, pd.DataFrame]


def families(region: Region, rows: pd.DataFrame) -> Iterator[Parts]:
    """Each total with the rows of all its parts: same indicator, place, period and coverage."""
    key = ["indicator", "region", "entity", "period", "vintage", "scope"]
    parents = region.partitions()
    for _, group in rows.groupby(key, sort=False):
        by_industry = group.drop_duplicates("industry").set_index("industry", drop=False)
        for parent, lists in parents.items():
            for parts in lists:
                if parent in by_industry.index and all(p in by_industry.index for p in parts):
                    yield cast("pd.Series", by_industry.loc[parent]), by_industry.loc[parts]


def structure(facts: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The tables `structure` and `sums`."""
    region, rows = facts.region, facts.settled
    levels = rows[(rows["form"] == "level") & (rows["qualifier"] == "")]
    structure = list(_published(region, rows))
    sums: list[dict[str, Any]] = []
    for total, parts in families(region, levels):
        structure += _computed(total, parts)
        sums.append(_sum(total, parts))
    broken = [row for row in sums if row["verdict"] == "does_not_close"]
    found = [
        Finding(
            "parts_do_not_sum",
            {k: row[k] for k in ("indicator", "region", "period", "residual", "bound", "unit")},
            tuple(row["observations"].split()),
        )
        for row in broken
    ]
    tables = {
        "structure": table("diagnose", "structure", structure),
        "sums": table("diagnose", "sums", sums),
    }
    return tables, found


def _published(region: Region, rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Shares as sources print them: of an industry, in the indicator that the share is of."""
    mine = rows[(rows["form"] == "share") & (rows["industry"] != "all") & (rows["vintage"] == "")]
    for _, row in mine.iterrows():
        of = str(region.indicators[row["indicator"]]["of"])
        if of and row["entity"] == "" and row["scope"] == "":
            yield {
                "indicator": of,
                "region": row["region"],
                "period": row["period"],
                "industry": row["industry"],
                "method": "published",
                "value": row["value"],
                "low": row["floor"],
                "high": row["ceiling"],
                "estimate": estimate(row),
                "observations": row["id"],
            }


def _computed(total: pd.Series, parts: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Shares from levels: value / total, with the bound that rounding of both allows."""
    for _, part in parts.iterrows():
        share = interval(part) / interval(total) * 100
        yield {
            "indicator": total["indicator"],
            "region": total["region"],
            "period": total["period"],
            "industry": part["industry"],
            "method": "computed",
            "value": part["value"] / total["value"] * 100 if total["value"] else float("nan"),
            "low": share.low,
            "high": share.high,
            "estimate": "bound",
            "observations": join([part["id"], total["id"]]),
        }


def _sum(total: pd.Series, parts: pd.DataFrame) -> dict[str, Any]:
    """Total less parts against what rounding allows: half a unit in each last place (§5)."""
    whole = interval(total)
    added = sum((interval(part) for _, part in parts.iterrows()), Interval(0, 0))
    residual = total["value"] - parts["value"].sum()
    bound = (whole.width + added.width) / 2
    closes = (whole - added).contains(0)
    return {
        "indicator": total["indicator"],
        "region": total["region"],
        "period": total["period"],
        "total": total["value"],
        "parts": parts["value"].sum(),
        "residual": float(f"{residual:.9g}") if abs(residual) > 1e-9 else 0.0,
        "bound": bound,
        "unit": total["unit"],
        "verdict": "closes" if closes else "does_not_close",
        "observations": join([total["id"], *parts["id"]]),
    }
