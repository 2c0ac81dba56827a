"""Published counts of firms with a status: figures of the folder, beside their printed growth."""

from __future__ import annotations

from typing import Any

from songhua.region import Region, with_ids


def published(region: Region | None) -> list[dict[str, Any]]:
    """Every figure of an indicator that counts the firms of a status, the region's own first.

    Which indicators those are the folder says (`status` in `indicators.toml`). Beside a count
    stands the growth printed for the same place, period and kind, if there is one.
    """
    if region is None:
        return []
    counted = {id: one["status"] for id, one in region.indicators.items() if one.get("status")}
    rows: list[dict[str, Any]] = []
    for indicator, status in counted.items():
        for row in _figures(region, [indicator]):
            growth = _growth(region, indicator, row)
            rows.append(
                {
                    "status": status, "indicator": indicator, "region": row["region"],
                    "period": row["period"], "value": row["number"], "low": row["low"],
                    "high": row["high"], "unit": row["unit"], "qualifier": row["qualifier"],
                    "kind": row["kind"], "source": row["source"],
                    "growth": growth.get("number", float("nan")),
                    "growth_qualifier": growth.get("qualifier", ""),
                    "observations": " ".join(filter(None, (row["id"], growth.get("id")))),
                }
            )  # fmt: skip
    return sorted(rows, key=lambda row: row["region"] != region.code)


def _figures(region: Region, indicators: list[str]) -> list[dict[str, Any]]:
    frame = region.observations
    whole = (frame["industry"] == "all") & (frame["entity"] == "") & ~frame["superseded"]
    frame = frame[frame["indicator"].isin(indicators) & whole]
    frame = with_ids(frame).sort_values(["region", "end", "start"], kind="stable")
    rows: list[dict[Any, Any]] = frame.to_dict("records")
    return [{str(k): ("" if v is None else v) for k, v in row.items()} for row in rows]


def _growth(region: Region, indicator: str, count: dict[str, Any]) -> dict[str, Any]:
    """The growth that is printed for the same place, period and kind; empty where there is none."""
    of = [id for id, one in region.indicators.items()
          if one["form"] == "growth" and one["of"] == indicator]  # fmt: skip
    same = ("region", "period", "kind", "scope")
    rows = [row for row in _figures(region, of) if all(row[key] == count[key] for key in same)]
    return rows[0] if rows else {}
