"""Contributions to growth: a total's growth taken apart by industry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from songhua.labels import parse_period
from songhua.maths.bounds import Interval
from songhua.maths.growth import contribution_bounds, contribution_residual
from songhua.region import Region
from songhua.results import Finding
from songhua.studies.diagnose.structure import families
from songhua.studies.series import estimate, interval, join

Row = dict[str, Any]


def contributions(region: Region, rows: pd.DataFrame) -> tuple[list[Row], list[Finding]]:
    """Contributions as published, from constant-price levels, and from last year's shares."""
    made = [*_published(region, rows), *_from_levels(region, rows), *_from_shares(region, rows)]
    found = [
        Finding(
            "contributions_against_growth",
            {
                k: row[k]
                for k in (
                    "indicator",
                    "region",
                    "period",
                    "contribution_pp",
                    "low",
                    "high",
                    "growth",
                    "residual",
                    "verdict",
                )
            },
            tuple(row["observations"].split()),
        )
        for row in made
        if row.get("verdict")
    ]
    return made, found


def _published(region: Region, rows: pd.DataFrame) -> Iterator[Row]:
    """Contributions as printed; the share of growth where the total's growth is printed too."""
    for _, row in rows[rows["form"] == "contribution_pp"].iterrows():
        of = str(region.indicators[row["indicator"]]["of"])
        rates = rows[rows["indicator"].isin(_rates(region, of))]
        for name in ("region", "period", "vintage"):
            rates = rates[rates[name] == row[name]]
        same = (rates["industry"] == row["industry"]) & (rates["entity"] == row["entity"])
        own = rates[same & (rates["scope"] == row["scope"])]
        part_of_all = row["scope"] != "" or row["entity"] != ""
        parent = row["industry"] if part_of_all else _parent(region, row["industry"])
        usual = (rates["industry"] == parent) & (rates["entity"] == "") & (rates["scope"] == "")
        total = rates[usual]
        part = interval(row)
        yield {
            "indicator": total["indicator"].iloc[0] if len(total) else of,
            "region": row["region"],
            "period": row["period"],
            "industry": row["industry"],
            "growth": own["value"].iloc[0] if len(own) else np.nan,
            "contribution_pp": row["value"],
            "low": part.low,
            "high": part.high,
            "estimate": estimate(row),
            "method": "published",
            "observations": join([row["id"], *own["id"].head(1), *total["id"].head(1)]),
        } | (_contribution(row["value"], part, total.iloc[0]) if len(total) else {})


def _rates(region: Region, of: str) -> list[str]:
    """The growth that a part can be a part of: `of` itself, or the growth of that level."""
    if region.indicators.get(of, {}).get("form") == "growth":
        return [of]
    return [i for i, e in region.indicators.items() if e["form"] == "growth" and e["of"] == of]


def _parent(region: Region, industry: str) -> str:
    return str(region.industries[industry]["parent"])


def _contribution(value: float, part: Interval, total: pd.Series) -> Row:
    """Percent of the total's increment; nothing where the total may not have grown."""
    growth = interval(total)
    if growth.low <= 0:
        return {}
    share = part / growth * 100
    return {
        "share_of_growth": value / total["value"] * 100,
        "share_of_growth_low": share.low,
        "share_of_growth_high": share.high,
    }


def _from_shares(region: Region, rows: pd.DataFrame) -> Iterator[Row]:
    """Last year's share times this year's growth; the residual against the published total."""
    growth = rows[(rows["form"] == "growth") & (rows["qualifier"] == "")]
    constant = [
        i for i in growth["indicator"].unique() if region.indicators[i]["basis"] == "constant"
    ]
    for total, parts in families(region, growth[growth["indicator"].isin(constant)]):
        period = parse_period(total["period"])
        before = str(period.shifted(-1))
        weights = _weights(region, rows, total, parts, before)
        if weights is not None:
            yield from _taken_apart(total, parts, weights, "nominal_shares")


def _weights(
    region: Region, rows: pd.DataFrame, total: pd.Series, parts: pd.DataFrame, before: str
) -> pd.DataFrame | None:
    """The parts' shares in the period before: printed ones, else from levels; None if one lacks."""
    of = str(region.indicators[total["indicator"]]["of"])
    ids = [i for i, e in region.indicators.items() if e["form"] == "share" and e["of"] == of]
    found = rows[rows["indicator"].isin(ids) & (rows["period"] == before)]
    found = found[(found["region"] == total["region"]) & (found["scope"] == total["scope"])]
    found = found.drop_duplicates("industry").set_index("industry", drop=False)
    if all(part in found.index for part in parts["industry"]):
        return found.loc[list(parts["industry"])]
    levels = rows[(rows["indicator"] == of) & (rows["period"] == before)]
    for name in ("region", "scope", "vintage"):
        levels = levels[levels[name] == total[name]]
    levels = levels.drop_duplicates("industry").set_index("industry", drop=False)
    if not all(name in levels.index for name in (total["industry"], *parts["industry"])):
        return None
    whole = levels.loc[total["industry"]]
    if not whole["value"] > 0:
        return None
    return pd.DataFrame({i: _share(levels.loc[i], whole) for i in parts["industry"]}).T


def _share(part: pd.Series, whole: pd.Series) -> Row:
    share = interval(part) / interval(whole) * 100
    return {
        "value": part["value"] / whole["value"] * 100,
        "floor": share.low,
        "ceiling": share.high,
        "id": join([part["id"], whole["id"]]),
    }


def _taken_apart(
    total: pd.Series, parts: pd.DataFrame, weights: pd.DataFrame, method: str
) -> Iterator[Row]:
    shares = {i: interval(weights.loc[i]) for i in parts["industry"]}
    rates = {i: interval(row) for i, row in zip(parts["industry"], _each(parts), strict=True)}
    bounds = contribution_bounds(shares, rates)
    head = {
        "indicator": total["indicator"],
        "region": total["region"],
        "period": total["period"],
        "method": method,
        "estimate": "bound",
    }
    values: dict[str, float] = {}
    ids: list[str] = [total["id"]]
    for row in _each(parts):
        name, weight = row["industry"], weights.loc[row["industry"]]
        values[name] = weight["value"] * row["value"] / 100
        ids += [weight["id"], row["id"]]
        yield (
            head
            | {
                "industry": name,
                "share": weight["value"],
                "growth": row["value"],
                "contribution_pp": values[name],
                "low": bounds[name].low,
                "high": bounds[name].high,
                "observations": join([weight["id"], row["id"], total["id"]]),
            }
            | _contribution(values[name], bounds[name], total)
        )
    whole = sum(bounds.values(), Interval(0, 0))
    series = pd.Series(values)
    yield head | {
        "industry": total["industry"],
        "growth": total["value"],
        "contribution_pp": float(series.sum()),
        "low": whole.low,
        "high": whole.high,
        "residual": contribution_residual(series, total["value"]),
        "verdict": "consistent" if whole.overlaps(interval(total)) else "consistent_if",
        "observations": join(ids),
    }


def _each(frame: pd.DataFrame) -> list[pd.Series]:
    return [row for _, row in frame.iterrows()]


def _from_levels(region: Region, rows: pd.DataFrame) -> Iterator[Row]:
    """Increments of constant-price levels over the total before: closes but for rounding."""
    levels = rows[(rows["form"] == "level") & (rows["qualifier"] == "")]
    constant = [
        i for i in levels["indicator"].unique() if region.indicators[i]["basis"] == "constant"
    ]
    found = list(families(region, levels[levels["indicator"].isin(constant)]))
    by_period = {
        (t["indicator"], t["region"], t["scope"], t["vintage"], t["industry"], t["period"]): (t, p)
        for t, p in found
    }
    for key, (total, parts) in by_period.items():
        before = by_period.get((*key[:-1], str(parse_period(key[-1]).shifted(-1))))
        if before is not None:
            yield from _increments(before, total, parts)


def _increments(
    before: tuple[pd.Series, pd.DataFrame], total: pd.Series, parts: pd.DataFrame
) -> Iterator[Row]:
    base, earlier = before
    rise = interval(total) - interval(base)
    growth = (total["value"] / base["value"] - 1) * 100
    added = 0.0
    for row in _each(parts):
        start = earlier.loc[row["industry"]]
        step = interval(row) - interval(start)
        part = step / interval(base) * 100
        value = (row["value"] - start["value"]) / base["value"] * 100
        added += value
        contribution = step / rise * 100 if rise.low > 0 else None
        yield {
            "indicator": total["indicator"],
            "region": total["region"],
            "period": total["period"],
            "industry": row["industry"],
            "share": start["value"] / base["value"] * 100,
            "growth": (row["value"] / start["value"] - 1) * 100 if start["value"] else np.nan,
            "contribution_pp": value,
            "low": part.low,
            "high": part.high,
            "share_of_growth": value / growth * 100 if contribution else np.nan,
            "share_of_growth_low": contribution.low if contribution else np.nan,
            "share_of_growth_high": contribution.high if contribution else np.nan,
            "method": "constant_levels",
            "estimate": "bound",
            "observations": join([start["id"], row["id"], base["id"], total["id"]]),
        }
    slack = (
        (
            interval(total).width
            + interval(base).width
            + sum(interval(r).width for r in _each(parts))
        )
        / base["value"]
        * 100
    )
    yield {
        "indicator": total["indicator"],
        "region": total["region"],
        "period": total["period"],
        "industry": total["industry"],
        "growth": growth,
        "contribution_pp": added,
        "low": added - slack,
        "high": added + slack,
        "residual": growth - added,
        "method": "constant_levels",
        "estimate": "bound",
        "verdict": "consistent" if abs(growth - added) <= slack + 1e-12 else "inconsistent",
        "observations": join([base["id"], total["id"]]),
    }
