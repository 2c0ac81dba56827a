"""Growth: change of levels, its parts, single periods out of cumulative ones, turns of sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from songhua.labels import Period, parse_period, parse_unit
from songhua.maths.bounds import Interval
from songhua.maths.growth import single_period_growth, turning_points
from songhua.region import Region
from songhua.results import Finding, table
from songhua.studies.diagnose.growth_contributions import contributions
from songhua.studies.series import SERIES, Figures, Row, interval, join, records

UNEVEN = {"date", "span", "season", "plan"}


def growth_rates(facts: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The tables `changes`, `growth_contributions`, `single_periods` and `turns`."""
    region, rows = facts.region, facts.settled
    taken, found = contributions(region, rows)
    turned = [row for row in _turns(rows) if row["region"] == region.code]
    found += [
        Finding(
            "growth_turned_positive",
            {
                k: row[k]
                for k in ("indicator", "industry", "before", "before_value", "after", "after_value")
            },
            tuple(row["observations"].split()),
        )
        for row in turned
        if row["industry"] == "all"
    ]
    tables = {
        "changes": table("diagnose", "changes", changes(facts)),
        "growth_contributions": table("diagnose", "growth_contributions", taken),
        "single_periods": table("diagnose", "single_periods", _singles(region, rows)),
        "turning_points": table("diagnose", "turning_points", turned),
    }
    return tables, found


def _rates(region: Region, level: str) -> list[str]:
    """The growth indicators that speak of a level, constant prices first."""
    order = {"constant": 0, "comparable": 1, "": 2, "current": 3}
    found = [i for i, e in region.indicators.items() if e["form"] == "growth" and e["of"] == level]
    return sorted(found, key=lambda id: order[region.indicators[id]["basis"]])


def _published(region: Region, rows: pd.DataFrame, level: Row) -> pd.Series | None:
    """The published growth for a level's period, with its price basis."""
    same = rows
    for name in ("region", "industry", "entity", "scope", "period"):
        same = same[same[name] == level[name]]
    for indicator in _rates(region, level["indicator"]):
        found = same[same["indicator"] == indicator]
        if not found.empty:
            basis = str(region.indicators[indicator]["basis"])
            return pd.concat([found.iloc[0], pd.Series({"basis": basis})])
    return None


def changes(facts: Figures) -> list[dict[str, Any]]:
    """The rows of the table `changes`, made once."""
    if "changes" not in facts.__dict__:
        facts.__dict__["changes"] = list(_changes(facts.region, facts.settled))
    return facts.__dict__["changes"]


def _changes(region: Region, rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Each level against the same stretch of the year before: same series, nothing chained (§3)."""
    levels = rows[(rows["form"] == "level") & (rows["qualifier"] == "") & (rows["entity"] == "")]
    rates = rows[rows["form"] == "growth"]
    for _, group in levels.groupby(SERIES, sort=False):
        at = dict(zip(group["period"], records(group), strict=True))
        for text, later in at.items():
            period = parse_period(text)
            earlier = at.get(str(period.shifted(-1))) if period.kind not in UNEVEN else None
            if earlier is None or not earlier["value"] > 0:
                continue
            change = (interval(later) / interval(earlier) - 1) * 100
            known = _published(region, rates, later)
            yield {
                "indicator": later["indicator"],
                "region": later["region"],
                "industry": later["industry"],
                "scope": later["scope"],
                "period": text,
                "value": (later["value"] / earlier["value"] - 1) * 100,
                "low": change.low,
                "high": change.high,
                "estimate": "bound" if change.width > 1e-9 else "identity",
                "published": np.nan if known is None else known["value"],
                "basis": "" if known is None else known["basis"],
                "disagrees": known is not None and _disagrees(later, change, known),
                "observations": join(
                    [earlier["id"], later["id"], *([] if known is None else [known["id"]])]
                ),
            }


def _disagrees(level: Row, change: Interval, known: pd.Series) -> bool:
    """Whether levels and published growth cannot both be right.

    Money at constant or comparable prices may grow otherwise than its printed levels do; counts
    and current prices may not.
    """
    alike = known["basis"] == "current" or not parse_unit(level["unit"]).money
    return alike and not change.overlaps(interval(known))


def _singles(region: Region, rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Growth of a stretch between two cumulative periods of one year, by the weights rule.

    The weights are the cumulative levels of the year before. Where those are at current prices
    they stand in for constant-price ones, so nothing is given unless the levels are there.
    """
    rates = rows[(rows["form"] == "growth") & (rows["qualifier"] == "")]
    running = rates[np.array([parse_period(t).cumulative for t in rates["period"]], dtype=bool)]
    levels = _by_series(rows[rows["form"] == "level"]) if len(running) else {}
    for key, group in running.groupby(SERIES, sort=False):
        labels = dict(zip(SERIES, map(str, key), strict=True))
        of = str(region.indicators[labels["indicator"]]["of"])
        weights = levels.get((of, *(labels[name] for name in SERIES[1:])), {})
        if len(group) < 2 or not weights:
            continue
        ytd = records(group)
        for earlier in ytd:
            for later in ytd:
                made = _single(earlier, later, weights)
                if made:
                    published = _figure(rates, labels, made["period"])
                    yield {k: labels[k] for k in SERIES[:3]} | made | {"published": published}


def _by_series(rows: pd.DataFrame) -> dict[tuple[str, ...], dict[str, Row]]:
    """The rows of each series by period."""
    found: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in records(rows):
        found.setdefault(tuple(str(row[name]) for name in SERIES), {})[str(row["period"])] = row
    return found


def _figure(rates: pd.DataFrame, labels: dict[str, str], period: str) -> float:
    """The published rate of one series and period."""
    found = rates[rates["period"] == period]
    for name, label in labels.items():
        found = found[found[name] == label]
    return float(found["value"].iloc[0]) if len(found) else np.nan


def _single(
    earlier: dict[str, Any], later: dict[str, Any], weights: dict[str, dict[str, Any]]
) -> dict[str, Any] | None:
    first, last = parse_period(earlier["period"]), parse_period(later["period"])
    if first.start != last.start or first.end >= last.end:
        return None
    small, large = weights.get(str(first.shifted(-1))), weights.get(str(last.shifted(-1)))
    if small is None or large is None or not large["value"] > small["value"] > 0:
        return None
    stretch = _between(first, last)
    corners = [
        single_period_growth(a, b, c, d)
        for a in _ends(later)
        for b in _ends(earlier)
        for c in _ends(large)
        for d in _ends(small)
        if c > d
    ]
    value = single_period_growth(later["value"], earlier["value"], large["value"], small["value"])
    return {
        "period": stretch,
        "value": value,
        "low": min(corners),
        "high": max(corners),
        "estimate": "bound",
        "observations": join([earlier["id"], later["id"], small["id"], large["id"]]),
    }


def _ends(row: dict[str, Any]) -> tuple[float, float]:
    return (
        (row["floor"], row["ceiling"])
        if np.isfinite(row["floor"])
        else (row["value"], row["value"])
    )


def _between(first: Period, last: Period) -> str:
    """The stretch after the first period to the end of the last, as text."""
    start = np.datetime64(first.end, "D") + np.timedelta64(1, "D")
    months = (str(start)[:7], f"{last.end:%Y-%m}")
    return str(parse_period(f"{months[0]}..{months[1]}"))


def _turns(rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """From a fall to a rise: among cumulative and yearly growth, and among single periods."""
    rates = rows[rows["form"] == "growth"]
    for key, group in rates.groupby(SERIES, sort=False):
        if not (group["value"] < 0).any() or not (group["value"] > 0).any():
            continue
        labels = dict(zip(SERIES, map(str, key), strict=True))
        ordered = group.sort_values(["end", "start"], kind="stable")
        running = ordered["period"].map(lambda text: parse_period(text).cumulative)
        for part in (ordered[running], ordered[~running & ordered["period"].map(_even)]):
            rows_by_period = part.set_index("period", drop=False)
            for _, turn in turning_points(rows_by_period["value"]).iterrows():
                before = rows_by_period.loc[turn["before"]]
                after = rows_by_period.loc[turn["label"]]
                yield {name: labels[name] for name in SERIES[:3]} | {
                    "before": before["period"],
                    "before_value": before["value"],
                    "after": after["period"],
                    "after_value": after["value"],
                    "certain": interval(before).high < 0 < interval(after).low,
                    "observations": join([before["id"], after["id"]]),
                }


def _even(text: str) -> bool:
    return parse_period(text).kind not in UNEVEN
