"""One region beside three others: a profile, and the ranks with what rounding leaves open."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from songhua.document.blocks import Block, Figure, Paragraph
from songhua.document.charts import profile as charts
from songhua.document.sections import section
from songhua.document.tables import Made, table
from songhua.format.cells import Row
from songhua.format.view import View

THREE = 3
MOST = 5


@section("peers", 60)
def peers(view: View) -> Iterator[Block]:
    """The profile's two charts, the table of ranks, and what the structure is like."""
    rows = view.table("diagnose", "peers")
    if not (rows["of"] > 1).any():
        return
    near, distance = nearest(view)
    yield Paragraph(view.say("peers_lede", region=view.region.name[view.lang]), "lede")
    if near:
        names = view.join(_named(view, near, distance))
        yield Paragraph(view.say("peers_nearest" if distance else "peers_first", list=names))
    parents = [id for id, place in view.region.places.items() if place["role"] == "parent"]
    beside = [id for id in parents if id in set(rows["region"])]
    shown = [view.region.code, *near, *beside][:MOST]
    yield from _charts(view, rows, shown)
    yield from _tables(view, rows[rows["region"].isin(shown)])


def _charts(view: View, rows: pd.DataFrame, shown: list[str]) -> Iterator[Block]:
    """Shares, and growth on average or as published."""
    average = rows[rows["form"] == "average_growth"]
    grown = average if len(average) else rows[rows["form"] == "growth"]
    growth = view.say("chart_profile_average" if len(average) else "chart_profile_growth")
    share = view.say("chart_profile_share")
    shares = rows[rows["form"] == "share"]
    yield Figure(share, charts.profile(view, shares, shown, "share_whole", share))
    yield Figure(growth, charts.profile(view, grown, shown, "growth_plain", growth))


def nearest(view: View) -> tuple[list[str], dict[str, float]]:
    """The three comparison regions of the nearest structure; else the first three there are."""
    rows = view.table("diagnose", "specialisation")
    compared = [id for id, place in view.region.places.items() if place["role"] == "comparison"]
    rows = rows[(rows["region"] == view.region.code) & rows["reference"].isin(compared)]
    rows = rows.sort_values("value").drop_duplicates("reference").head(THREE)
    distance = dict(zip(rows["reference"].astype(str), rows["value"].astype(float), strict=True))
    if distance:
        return list(distance), distance
    held = set(view.table("diagnose", "peers")["region"])
    return [id for id in compared if id in held][:THREE], {}


def _named(view: View, near: list[str], distance: dict[str, float]) -> list[str]:
    names = [view.name("places", id) for id in near]
    return [
        f"{name} {distance[id]:.3f}" if id in distance else name
        for name, id in zip(names, near, strict=True)
    ]


def _tables(view: View, ranked: pd.DataFrame) -> Iterator[Block]:
    """Ranks, structure in the last period, and concentration, the most uneven first."""
    period = Made[Row](view.heading("period")[0], lambda row: _period(view, row))
    yield table(view, "diagnose", "peers", (
        "industry", "indicator", "form", period, "region", "value", "rank", "of",
    ), ranked)  # fmt: skip
    rows = view.table("diagnose", "specialisation")
    if len(rows):
        columns = ("region", "period", "measure", "value", "industries", "reference")
        last = rows[rows["period"] == rows["period"].iloc[-1]]
        yield table(view, "diagnose", "specialisation", columns, last)
    rows = view.table("diagnose", "concentration").sort_values("gini", ascending=False)
    if len(rows):
        yield table(view, "diagnose", "concentration", (
            "industry", "indicator", "period", "gini", "se", "places", "top", "ellison_glaeser",
        ), rows)  # fmt: skip


def _period(view: View, row: Row) -> str:
    """The period, or the first and the last of an average."""
    period = view.period(row["period"])
    return f"{view.period(row['start'])}–{period}" if row["start"] else period
