"""One region beside three others: a profile, and the ranks with what rounding leaves open."""

from __future__ import annotations

from typing import Any

import pandas as pd

from songhua.document.charts import profile as charts
from songhua.document.report.tables import laid
from songhua.format.view import Table, View

THREE = 3


def peers(view: View) -> dict[str, Any]:
    """The profile's two charts, the table of ranks, and what the structure is like."""
    rows = view.table("diagnose", "peers")
    near, by_structure = nearest(view)
    parents = [id for id, place in view.region.places.items() if place["role"] == "parent"]
    shown = [view.region.code, *near, *(id for id in parents if id in set(rows["region"]))][:5]
    names = view.join(_named(view, near, by_structure))
    average = rows[rows["form"] == "average_growth"]
    grown = average if len(average) else rows[rows["form"] == "growth"]
    growth = view.say("chart_profile_average" if len(average) else "chart_profile_growth")
    share = view.say("chart_profile_share")
    shares = rows[rows["form"] == "share"]
    return {
        "near": view.say("peers_nearest" if by_structure else "peers_first", list=names)
        if near
        else "",
        "charts": [
            (charts.profile(view, shares, shown, "share_whole", share), share),
            (charts.profile(view, grown, shown, "growth_plain", growth), growth),
        ],
        "tables": [_ranks(view, rows, shown), _structure(view), _concentration(view)],
    }


def any_peers(view: View) -> bool:
    """Whether a comparison region has a figure for the same period."""
    return bool((view.table("diagnose", "peers")["of"] > 1).any())


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


def _ranks(view: View, rows: pd.DataFrame, shown: list[str]) -> Table:
    def row(r: Any) -> list[str]:
        rank = ""
        if r.rank == r.rank:
            ends = f" ({r.rank_low:.0f}–{r.rank_high:.0f})" if r.rank_low != r.rank_high else ""
            rank = f"{r.rank:.0f}{ends}"
        period = view.period(r.period)
        return [
            view.name("industries", r.industry), view.name("indicators", r.indicator),
            view.choice("form", r.form), f"{view.period(r.start)}–{period}" if r.start else period,
            view.name("places", r.region), view.amount(r.value, r.unit, r.low, r.high, r.estimate),
            rank, str(r.of) if rank else "",
        ]  # fmt: skip

    heads = ("industry", "indicator", "form", "period", "region", "value", "rank", "of")
    return laid(view, "diagnose", "peers", heads, row, (5, 6, 7), rows[rows["region"].isin(shown)])


def _structure(view: View) -> Table:
    def row(r: Any) -> list[str]:
        return [
            view.name("places", r.region), view.period(r.period),
            view.choice("index_measure", r.measure),
            view.amount(round(r.value, 4), "x", r.low, r.high, r.estimate),
            str(r.industries), view.name("places", r.reference),
        ]  # fmt: skip

    rows = view.table("diagnose", "specialisation")
    rows = rows[rows["period"] == (rows["period"].iloc[-1] if len(rows) else "")]
    heads = ("region", "period", "measure", "value", "industries_n", "reference")
    return laid(view, "diagnose", "specialisation", heads, row, (3, 4), rows)


def _concentration(view: View) -> Table:
    def row(r: Any) -> list[str]:
        gamma = f"{r.ellison_glaeser:.3f}" if r.ellison_glaeser == r.ellison_glaeser else "–"
        return [
            view.name("industries", r.industry), view.name("indicators", r.indicator),
            view.period(r.period), f"{r.gini:.3f}", f"{r.se:.3f}", str(r.places),
            view.name("places", r.top), gamma,
        ]  # fmt: skip

    rows = view.table("diagnose", "concentration").sort_values("gini", ascending=False)
    heads = ("industry", "indicator", "period", "gini", "se", "places", "top", "ellison_glaeser")
    return laid(view, "diagnose", "concentration", heads, row, (3, 4, 5, 7), rows)
