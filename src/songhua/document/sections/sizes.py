"""Sizes and shares."""

from __future__ import annotations

from typing import Any

import pandas as pd

from songhua.document.charts import sizes as charts
from songhua.document.report.tables import laid
from songhua.format.numbers import known
from songhua.format.view import Table, View


def sizes(view: View) -> dict[str, Any]:
    """A chart for each measure, the published shares, and the tables of both."""
    shares = published(view)
    return {
        "size_charts": charts.sizes(view, view.table("diagnose", "system")),
        "system_table": _system(view),
        "structure_chart": charts.structure(view, shares),
        "tables": [_structure(view), _sums(view), *_official(view)],
    }


def published(view: View) -> pd.DataFrame:
    """Published shares of one level of the region: the level and parts with the most periods.

    Only periods in which two or more parts of one partition were published are drawn; a part
    that cuts the level in another way stays in the table alone.
    """
    rows = view.table("diagnose", "structure")
    rows = rows[(rows["method"] == "published") & (rows["region"] == view.region.code)]
    catalogue = view.region.industries
    cut = [str(catalogue.get(id, {}).get("partition", "")) for id in rows["industry"]]
    rows = rows.assign(cut=cut)
    rows = rows[rows["cut"] != ""]
    key = ["indicator", "cut", "period"]
    rows = rows[rows.groupby(key)["industry"].transform("size") > 1] if len(rows) else rows
    if rows.empty:
        return rows
    kinds = rows["indicator"] + " " + rows["cut"]
    return rows[kinds == rows.groupby(kinds)["period"].nunique().idxmax()]


def _system(view: View) -> Table:
    def row(r: Any) -> list[str]:
        growth = view.amount(r.growth, "%", r.growth_low, r.growth_high, r.estimate)
        return [
            view.choice("role", r.role), view.name("industries", r.industry),
            view.choice("measure", r.measure) if r.measure else "–",
            view.period(r.period) or "–",
            view.amount(r.value, r.unit, r.low, r.high, r.estimate), growth,
            view.choice("system_state", r.state), view.rests(r.observations), view.grade(r.grade),
        ]  # fmt: skip

    heads = ("role", "industry", "measure", "period", "size", "growth_published", "state",
             "observations", "grade")  # fmt: skip
    return laid(view, "diagnose", "system", heads, row, (4, 5))


def _structure(view: View) -> Table:
    def row(r: Any) -> list[str]:
        return [
            view.name("indicators", r.indicator), view.name("places", r.region),
            view.period(r.period), view.name("industries", r.industry),
            view.choice("method", r.method),
            view.amount(r.value, "%", r.low, r.high, r.estimate), view.rests(r.observations),
        ]  # fmt: skip

    heads = ("indicator", "region", "period", "industry", "method", "value", "observations")
    return laid(view, "diagnose", "structure", heads, row, (5,))


def _sums(view: View) -> Table:
    def row(r: Any) -> list[str]:
        like = [r.residual - r.bound, r.residual + r.bound]
        return [
            view.name("indicators", r.indicator), view.name("places", r.region),
            view.period(r.period), view.show(r.total, r.unit), view.show(r.parts, r.unit),
            view.show(r.residual, r.unit, *like), view.show(r.bound, r.unit, 0.0, 2 * r.bound),
            view.choice("sum_verdict", r.verdict), view.rests(r.observations),
        ]  # fmt: skip

    heads = ("indicator", "region", "period", "total", "parts", "residual", "rounding", "verdict",
             "observations")  # fmt: skip
    return laid(view, "diagnose", "sums", heads, row, range(3, 7))


def _official(view: View) -> list[Table]:
    """Official groupings: their share of value added, and the plan's industries within them."""

    def share(r: Any) -> list[str]:
        least = view.show(round(r.share_low, 1), "%")
        most = view.show(round(r.share_high, 1), "%")
        both = f"{least}–{most}" if known(r.share_high) else view.say("and_more", low=least)
        return [
            view.choice("grouping", r.grouping), view.name("places", r.region),
            view.period(r.period), both, r.whole, r.partial, str(r.unknown or ""),
        ]  # fmt: skip

    def within(r: Any) -> list[str]:
        return [
            view.name("industries", r.industry), view.choice("grouping", r.grouping),
            view.choice("inclusion", r.inclusion), r.codes,
        ]  # fmt: skip

    heads = ("grouping", "region", "period", "share_of_value_added", "whole", "partial", "unknown")
    rows = view.table("diagnose", "grouping_members")
    made = [
        laid(view, "diagnose", "groupings", heads, share, (3,)),
        laid(
            view,
            "diagnose",
            "grouping_members",
            ("industry", "grouping", "inclusion", "codes"),
            within,
            frame=rows[rows["inclusion"] != "none"],
        ),
    ]
    return [one for one in made if one.rows]
