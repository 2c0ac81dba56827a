"""Conflicts, what must not be compared, and how far the series reach."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from songhua.document.blocks import Block, Figure, Paragraph
from songhua.document.charts import tallies
from songhua.document.sections import section
from songhua.document.tables import Made, table
from songhua.format.cells import Row
from songhua.format.view import View
from songhua.labels import parse_period
from songhua.region import SETTLED

MOST_ROWS = 24


@section("availability", 130)
def availability(view: View) -> Iterator[Block]:
    """The conflicts, the matrix of years and the table of series."""
    say, rows = view.say, view.table("diagnose", "conflicts")
    pairs = rows["code"] == "not_comparable"
    place = Made[Row](view.heading("region")[0], lambda row: _where(view, row))
    yield Paragraph(say("conflicts_intro"), "lede")
    yield table(
        view, "diagnose", "conflicts",
        ("code", "indicator", place, "period", "least", "most", "observations"), rows[~pairs],
        fold="",
    )  # fmt: skip
    yield table(
        view, "diagnose", "conflicts", ("indicator", "other", "region", "period", "observations"),
        rows[pairs], title=view.choice("conflict", "not_comparable"),
    )  # fmt: skip
    yield Paragraph(say("availability_intro"), "lede")
    said = say("chart_availability_desc", region=view.region.name[view.lang])
    yield Figure(say("chart_availability"), tallies.years(view, years(view)), said)
    age = Made[Row](view.heading("age")[0], lambda row: _age(view, row), numeric=True)
    yield table(
        view, "diagnose", "availability",
        ("indicator", "region", "industry", "periods", "first", "last", age, "state", "grade"),
    )  # fmt: skip


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


def _where(view: View, row: Row) -> str:
    """The place, and the industry and entity where there are any."""
    industry = row["industry"]
    names = [view.name("industries", industry)] if industry not in ("", "all") else []
    names += [view.name("entities", row["entity"])] if row["entity"] else []
    return view.join([view.name("places", row["region"]), *names])


def _age(view: View, row: Row) -> str:
    """The years since a series ended, to a tenth."""
    return view.show(row["age"], "", row["age"] - 0.05, row["age"] + 0.05)
