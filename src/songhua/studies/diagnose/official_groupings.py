"""Official groupings of industries: what they hold of value added, and of the plan's industries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from songhua import codes
from songhua.codes.classes import GROUPINGS, SCHEME, inclusion, members
from songhua.interindustry import InputOutputTable
from songhua.results import Finding, table
from songhua.studies.series import Figures

TO = f"_to_{SCHEME}"


def official_groupings(facts: Figures) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The tables `groupings` (shares of value added, from input-output tables) and `grouped`."""
    rows: list[dict[str, Any]] = []
    seen: set[tuple[str, int | None]] = set()
    for id, one in facts.region.tables.items():
        described = described_by(one)
        if described and (one.region, one.year) not in seen:
            seen.add((one.region, one.year))
            rows += [_share(id, one, described, name) for name in GROUPINGS]
    made = table("diagnose", "groupings", rows)
    tables = {
        "groupings": made,
        "grouping_members": table("diagnose", "grouping_members", _plan(facts)),
    }
    return tables, list(_findings(made))


def described_by(one: InputOutputTable) -> dict[str, list[str]]:
    """The codes of GB/T 4754 that each industry of a table is made of; empty if not known.

    They come from the table's concordance, whose own codes must all stand in one of the
    concordances that songhua holds.
    """
    if one.concordance is None:
        return {}
    old = {str(code) for code in one.concordance.index}
    for name in codes.names():
        if not name.endswith(TO):
            continue
        links = codes.concordance(name.removesuffix(TO), SCHEME)
        found: dict[str, list[str]] = {}
        for link in links:
            found.setdefault(link.old, []).append(link.new)
        if old <= set(found):
            return {
                str(new): [
                    code for o, share in column.items() if share > 0 for code in found[str(o)]
                ]
                for new, column in one.concordance.items()
            }
    return {}


def _share(
    id: str, one: InputOutputTable, described: Mapping[str, list[str]], grouping: str
) -> dict[str, Any]:
    """Value added that lies within a grouping: at least the whole ones, at most all touched."""
    added = one.v.drop(index="product_taxes", errors="ignore").sum(axis=0)
    how = {industry: inclusion(grouping, list_) for industry, list_ in described.items()}
    whole = [i for i, kind in how.items() if kind == "whole"]
    partial = [i for i, kind in how.items() if kind == "partial"]
    unknown = members(grouping)[1]
    low, total = float(added[whole].sum()), float(added.sum())
    high = low + float(added[partial].sum()) if unknown == 0 else np.nan
    return {
        "grouping": grouping,
        "table": id,
        "region": one.region,
        "period": str(one.year or ""),
        "low": low,
        "high": high,
        "unit": one.unit,
        "share_low": low / total * 100,
        "share_high": high / total * 100,
        "estimate": "range",
        "whole": ", ".join(whole),
        "partial": ", ".join(partial),
        "unknown": unknown,
    }


def _plan(facts: Figures) -> Iterator[dict[str, Any]]:
    """How each industry of the plan lies within each grouping, by the codes of its crosswalk."""
    if facts.plan is None or facts.plan.industries.empty:
        return
    rows = facts.plan.industries
    for industry, own in rows[rows["scheme"] == SCHEME].groupby("industry", sort=False):
        for grouping in GROUPINGS:
            how = inclusion(grouping, own["code"].astype(str))
            in_part = bool((own["inclusion"] != "whole").any())
            yield {
                "industry": industry,
                "grouping": grouping,
                "inclusion": how,
                "codes": ", ".join(dict.fromkeys(own["code"].astype(str))),
                "codes_in_part": in_part,
            }


def _findings(rows: pd.DataFrame) -> Iterator[Finding]:
    for row in rows.to_dict("records"):
        params = {"grouping": row["grouping"], "region": row["region"], "period": row["period"]}
        params |= {"low": round(row["share_low"], 1), "n": int(row["unknown"])}
        if row["unknown"] and row["low"] > 0:
            yield Finding("grouping_at_least", params)
        elif not row["unknown"]:
            yield Finding("grouping_range", params | {"high": round(row["share_high"], 1)})
