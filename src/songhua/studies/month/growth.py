"""Growth of a period: cumulative and single, against a year before and the report before."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from songhua.labels import Period, parse_period
from songhua.studies.series import Figures, Row, estimate, interval, join, records


def growth(facts: Figures, singles: pd.DataFrame, asked: Period, whole: Period) -> list[Row]:
    """A row a series with growth for the cumulative or the single period, the weakest first."""
    rows = facts.plain
    rates = rows[rows["form"] == "growth"]
    made = []
    for (indicator, industry), group in rates.groupby(["indicator", "industry"], sort=False):
        row = _series(facts, records(group), singles, asked, whole)
        if row is not None:
            made.append({"indicator": indicator, "industry": industry, **row})
    return sorted(made, key=_weakness)


def _weakness(row: Row) -> tuple[float, str, str]:
    """The cumulative growth, else the single one."""
    value = row.get("value", np.nan)
    shown = row.get("single", np.nan) if np.isnan(value) else value
    return float(shown), str(row["indicator"]), str(row["industry"])


def _at(rows: list[Row], period: Period) -> Row | None:
    """The row for exactly these days."""
    return next((row for row in rows if parse_period(row["period"]) == period), None)


def _series(
    facts: Figures, rows: list[Row], singles: pd.DataFrame, asked: Period, whole: Period
) -> Row | None:
    now = _at(rows, whole)
    single = _single(rows, singles, asked, whole)
    if now is None and not single:
        return None
    made: Row = {"period": str(whole), **single}
    ids = [*single.get("ids", ())]
    if now is not None:
        ends = interval(now)
        made |= {
            "value": now["value"], "low": ends.low, "high": ends.high, "estimate": estimate(now),
        }  # fmt: skip
        ids.insert(0, now["id"])
        if earlier := _earlier(rows, whole):
            made |= {"earlier_period": earlier["period"], "earlier": earlier["value"]}
            made["change"] = _less(now["value"], earlier["value"])
            ids.append(earlier["id"])
    if before := _at(rows, whole.shifted(-1)):
        made["before"] = before["value"]
        ids.append(before["id"])
    if level := _level(facts, rows[0], whole):
        made |= {"level": level["value"], "level_unit": level["unit"]}
        ids.append(level["id"])
    return made | {"observations": join(ids)}


def _single(rows: list[Row], singles: pd.DataFrame, asked: Period, whole: Period) -> Row:
    """The single period: as published, else by the weights rule; nothing where it is the whole."""
    if asked != whole and (found := _at(rows, asked)):
        ends = interval(found)
        return {
            "single_period": found["period"], "single": found["value"], "single_low": ends.low,
            "single_high": ends.high, "single_estimate": estimate(found),
            "single_method": "published", "ids": [found["id"]],
        }  # fmt: skip
    same = singles["indicator"].eq(rows[0]["indicator"]) & singles["region"].eq(rows[0]["region"])
    same &= singles["industry"].eq(rows[0]["industry"])
    ending = [
        row for row in records(singles[same]) if parse_period(row["period"]).end == whole.end
    ]  # fmt: skip
    if not ending:
        return {}
    last = max(ending, key=lambda row: parse_period(row["period"]).start)
    return {
        "single_period": last["period"], "single": last["value"], "single_low": last["low"],
        "single_high": last["high"], "single_estimate": last["estimate"],
        "single_method": "weights", "ids": last["observations"].split(),
    }  # fmt: skip


def _earlier(rows: list[Row], whole: Period) -> Row | None:
    """The last cumulative figure of the same year that ends before."""
    periods = [(parse_period(row["period"]), row) for row in rows]
    inside = [(p.end, row) for p, row in periods if p.start == whole.start and p.end < whole.end]
    return max(inside, key=lambda pair: pair[0])[1] if inside else None


def _level(facts: Figures, row: Row, whole: Period) -> Row | None:
    """The level of which this is the growth."""
    of = str(facts.region.indicators[row["indicator"]].get("of") or "")
    rows = facts.plain
    if not of:
        return None
    return _at(records(rows[(rows["indicator"] == of) & (rows["industry"] == row["industry"])]),
               whole)  # fmt: skip


def _less(a: Any, b: Any) -> float:
    """A difference of printed numbers, without what binary fractions leave."""
    return float(f"{a - b:.12g}")
