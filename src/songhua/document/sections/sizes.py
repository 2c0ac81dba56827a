"""Sizes and shares: a chart for each measure, the published shares, and the tables of both."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from songhua.document.blocks import Block, Figure, Group, Paragraph
from songhua.document.charts import sizes as charts
from songhua.document.sections import section
from songhua.document.tables import Made, table
from songhua.format.cells import Row
from songhua.format.numbers import known
from songhua.format.view import View


@section("sizes", 40)
def sizes(view: View) -> Iterator[Block]:
    """Sizes by measure, then shares, sums and official groupings."""
    say = view.say
    drawn = charts.sizes(view, view.table("diagnose", "system"))
    adjust = f" {say('adjust')}" if len(drawn) > 1 else ""
    yield Paragraph(f"{say('measures_apart')}{adjust}", "lede")
    if drawn:
        yield Group([
            Figure(say("chart_sizes", measure=view.choice("measure", measure)), svg)
            for measure, svg in drawn
        ], "pair")  # fmt: skip
    yield table(view, "diagnose", "system", (
        "role", "industry", "measure", "period", "value", "growth", "state", "observations",
        "grade",
    ), fold="open")  # fmt: skip
    yield Figure(view.title("diagnose", "structure"), charts.structure(view, published(view)))
    yield table(view, "diagnose", "structure", (
        "indicator", "region", "period", "industry", "method", "value", "observations",
    ))  # fmt: skip
    yield table(view, "diagnose", "sums", (
        "indicator", "region", "period", "total", "parts", "residual", "bound", "verdict",
        "observations",
    ))  # fmt: skip
    yield from _official(view)


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


def _official(view: View) -> Iterator[Block]:
    """Official groupings: their share of value added, and the plan's industries within them."""
    if len(view.table("diagnose", "groupings")):
        heading = view.heading("share_of_value_added")[0]
        share = Made[Row](heading, lambda row: _share(view, row), numeric=True)
        columns = ("grouping", "region", "period", share, "whole", "partial", "unknown")
        yield table(view, "diagnose", "groupings", columns)
    rows = view.table("diagnose", "grouping_members")
    rows = rows[rows["inclusion"] != "none"]
    if len(rows):
        columns = ("industry", "grouping", "inclusion", "codes")
        yield table(view, "diagnose", "grouping_members", columns, rows)


def _share(view: View, row: Row) -> str:
    """The least and most that a grouping may be; what lacks codes leaves the end open."""
    least, most = (view.show(round(row[f"share_{end}"], 1), "%") for end in ("low", "high"))
    return f"{least}–{most}" if known(row["share_high"]) else view.say("and_more", low=least)
