"""Published counts of firms with a status: figures of the folder, beside their printed growth."""

from __future__ import annotations

from typing import Any

import pandas as pd

from songhua.region import Region


def published(region: Region | None) -> list[dict[str, Any]]:
    """Every figure of an indicator that counts the firms of a status, the region's own first.

    Which indicators those are the folder says (`status` in `indicators.toml`). Beside a count
    stands the growth printed for the same place, period and kind, if there is one, and whether
    it can follow from the count and that of the year before.
    """
    if region is None:
        return []
    counted = {id: one["status"] for id, one in region.indicators.items() if one.get("status")}
    rows: list[dict[str, Any]] = []
    for indicator, status in counted.items():
        figures = _figures(region, [indicator])
        for row in figures:
            growth = _growth(region, indicator, row)
            low, high = _between(figures, row)
            apart = growth.get("high", high) < low or growth.get("low", low) > high
            rows.append(
                {
                    "status": status, "indicator": indicator, "region": row["region"],
                    "period": row["period"], "value": row["number"], "low": row["low"],
                    "high": row["high"], "unit": row["unit"], "qualifier": row["qualifier"],
                    "kind": row["kind"], "source": row["source"],
                    "growth": growth.get("number", float("nan")),
                    "growth_qualifier": growth.get("qualifier", ""),
                    "counted_low": low, "counted_high": high,
                    "follows": not apart,
                    "observations": " ".join(filter(None, (row["id"], growth.get("id")))),
                }
            )  # fmt: skip
    return sorted(rows, key=lambda row: row["region"] != region.code)


def _figures(region: Region, indicators: list[str]) -> list[dict[str, Any]]:
    frame = region.observations
    whole = (frame["industry"] == "all") & (frame["entity"] == "") & ~frame["superseded"]
    frame = frame[frame["indicator"].isin(indicators) & whole]
    frame = frame.sort_values(["region", "end", "start"], kind="stable")
    rows: list[dict[Any, Any]] = frame.to_dict("records")
    return [{str(k): ("" if v is None else v) for k, v in row.items()} for row in rows]


def _growth(region: Region, indicator: str, count: dict[str, Any]) -> dict[str, Any]:
    """The growth that is printed for the same place, period and kind; empty where there is none."""
    of = [id for id, one in region.indicators.items()
          if one["form"] == "growth" and one["of"] == indicator]  # fmt: skip
    same = ("region", "period", "kind", "scope")
    rows = [row for row in _figures(region, of) if all(row[key] == count[key] for key in same)]
    return rows[0] if rows else {}


def _between(figures: list[dict[str, Any]], count: dict[str, Any]) -> tuple[float, float]:
    """The growth in percent that a count and that of the year before leave open."""
    labels = {key: count[key] for key in ("region", "scope", "unit")} | {"kind": "actual"}
    for row in figures:
        start, end = pd.Timestamp(row["end"]), pd.Timestamp(count["end"])
        year = pd.DateOffset(years=1)
        if start + year == end and row["low"] > 0 and all(row[k] == v for k, v in labels.items()):
            ends = (count["low"] / row["high"], count["high"] / row["low"])
            return (100 * (ends[0] - 1), 100 * (ends[1] - 1))
    return (float("nan"), float("nan"))
