"""Conflicts, what must not be compared, and how far the series reach."""

from __future__ import annotations

from typing import Any

import pandas as pd

from songhua.document.charts import tallies
from songhua.document.report.tables import laid
from songhua.format.view import Table, View
from songhua.labels import parse_period
from songhua.region import SETTLED

MOST_ROWS = 24


def coverage(view: View) -> dict[str, Any]:
    """The conflicts, the matrix of years and the table of series."""
    rows = view.table("diagnose", "conflicts")
    pairs = rows["code"] == "not_comparable"
    return {
        "conflicts": _conflicts(view, rows[~pairs]),
        "pairs": _pairs(view, rows[pairs]),
        "chart": tallies.years(view, years(view)),
        "table": _series(view),
    }


def years(view: View) -> pd.DataFrame:
    """Indicator and year of each full-year figure on the region as a whole, fullest first."""
    rows = view.table("diagnose", "figures")
    rows = rows[
        (rows["region"] == view.region.code) & (rows["industry"] == "all")
        & (rows["entity"] == "") & rows["kind"].isin(SETTLED)
    ]  # fmt: skip
    periods = [parse_period(str(text)) for text in rows["period"]]
    pairs = pd.DataFrame(
        {
            "indicator": list(rows["indicator"]),
            "year": [p.end.year if p.kind != "plan" else 0 for p in periods],
        }
    ).drop_duplicates()
    counts = pairs["indicator"].value_counts(sort=False)
    counts = counts[counts >= 3].sort_values(ascending=False, kind="stable").head(MOST_ROWS)
    pairs = pairs[pairs["indicator"].isin(counts.index) & (pairs["year"] > 0)]
    rank = pairs["indicator"].map({id: at for at, id in enumerate(counts.index)})
    pairs = pairs.assign(rank=rank).sort_values(["rank", "year"], kind="stable")
    names = [view.name("indicators", id) for id in pairs["indicator"]]
    return pairs.assign(name=names)[["name", "year"]].reset_index(drop=True)


def _where(view: View, r: Any) -> str:
    names = [view.name("industries", r.industry)] if r.industry not in ("", "all") else []
    names += [view.name("entities", r.entity)] if r.entity else []
    return view.join([view.name("places", r.region), *names])


def _conflicts(view: View, rows: pd.DataFrame) -> Table:
    def row(r: Any) -> list[str]:
        return [
            view.choice("conflict", r.code), view.name("indicators", r.indicator),
            _where(view, r), view.period(r.period), view.show(r.least, r.unit),
            view.show(r.most, r.unit), view.rests(r.observations),
        ]  # fmt: skip

    heads = ("code", "indicator", "region", "period", "least", "most", "observations")
    return laid(view, "diagnose", "conflicts", heads, row, (4, 5), rows)


def _pairs(view: View, rows: pd.DataFrame) -> Table:
    def row(r: Any) -> list[str]:
        return [
            view.name("indicators", r.indicator), view.name("indicators", r.other),
            view.name("places", r.region), view.period(r.period), view.rests(r.observations),
        ]  # fmt: skip

    heads = ("indicator", "other", "region", "period", "observations")
    made = laid(view, "diagnose", "conflicts", heads, row, (), rows)
    title = view.choice("conflict", "not_comparable")
    return Table(title, made.headings, made.rows)


def _series(view: View) -> Table:
    def row(r: Any) -> list[str]:
        return [
            view.name("indicators", r.indicator), view.name("places", r.region),
            view.name("industries", r.industry), view.show(float(r.periods), "count"),
            view.period(r.first), view.period(r.last),
            view.show(r.age, "", r.age - 0.05, r.age + 0.05),
            view.choice("availability_state", r.state), view.grade(r.grade),
        ]  # fmt: skip

    heads = ("indicator", "region", "industry", "periods", "first", "last", "age", "state", "grade")
    return laid(view, "diagnose", "availability", heads, row, (3, 6))
