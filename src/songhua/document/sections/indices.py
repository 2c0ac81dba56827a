"""Composite indices: ranks with their ranges, what moves them, strengths, coupling, audit."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pandas as pd

from songhua.document.blocks import Block, Figure, Heading, Paragraph, Table
from songhua.document.charts import ranks as charts
from songhua.document.sections import section
from songhua.document.tables import Made, table
from songhua.format.cells import Row
from songhua.format.view import View
from songhua.results import Finding


@section("indices", 70)
def indices(view: View) -> Iterator[Block]:
    """For each index its charts; then the tables of all of them."""
    rows = view.table("diagnose", "ranks")
    if rows.empty:
        return
    yield Paragraph(view.say("indices_lede"), "lede")
    for at, id in enumerate(dict.fromkeys(rows["index"].astype(str))):
        yield from _one(view, id, rows[rows["index"] == id], str(at))
    yield Paragraph(view.say("indices_sample"), "note")
    yield from (one for one in _tables(view) if one.rows)


def _one(view: View, id: str, rows: pd.DataFrame, at: str) -> Iterator[Block]:
    """An index: what it is made of, the last ranks of all places, and the region's over time."""
    index, name = view.region.indices[id], view.name("indices", id)
    parts = [part["name"][view.lang] for part in (index["parts"] or {}).values()]
    made_of = f" {view.say('part_of_index', list=view.join(parts))}" if parts else ""
    yield Heading(2, name)
    yield Paragraph(f"{index['definition'][view.lang]}{made_of}")
    last = rows[rows["period"] == rows["period"].iloc[-1]]
    period = view.period(str(last["period"].iloc[0]))
    title = view.say("chart_ranks", index=name, period=period)
    yield Figure(title, charts.places(view, last, at))
    own = rows[rows["region"] == view.region.code]
    title = view.say("chart_ranks_over", index=name, region=view.region.name[view.lang])
    yield Figure(title, charts.over_time(view, own, at))


def _last(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of each index's last period."""
    if rows.empty:
        return rows
    return rows[rows["period"] == rows.groupby("index")["period"].transform("last")]


def _tables(view: View) -> Iterator[Table]:
    """Ranks, strengths, choices, coupling, audit and steps."""
    ranks = _last(view.table("diagnose", "ranks")).sort_values(["index", "rank"])
    yield table(view, "diagnose", "ranks", (
        "region", "index", "period", "score", "rank", "median", "of", "runs",
    ), ranks)  # fmt: skip
    yield table(view, "diagnose", "strengths", (
        "member", "index", "period", "value", "peers", "rank", "of", "lead",
    ))  # fmt: skip
    effects = view.table("diagnose", "choice_effects").dropna(subset=["first"])
    columns = ("region", "index", "choice", "first", "total")
    yield table(view, "diagnose", "choice_effects", columns, effects)
    yield table(view, "diagnose", "couplings", (
        "region", "index", "period", "coupling", "development", "coordination", "band", "phase",
    ), _couplings(view))  # fmt: skip
    yield table(view, "diagnose", "index_audit", (
        "member", "index", "n", "missing", "min", "median", "max", "skew", "kurt", "outliers",
    ))  # fmt: skip
    said = Made[Row](view.heading("said")[0], lambda row: _said(view, row))
    yield table(view, "diagnose", "index_steps", ("step", "index", "member", said))


def _couplings(view: View) -> pd.DataFrame:
    """All periods of the region, the last one of the others."""
    rows = view.table("diagnose", "couplings")
    mine = rows["region"] == view.region.code
    return pd.concat([rows[mine], _last(rows[~mine])])


def _said(view: View, row: Row) -> str:
    """What a step did, as a sentence."""
    return view.sentence(Finding(row["note"], json.loads(row["params"])))
