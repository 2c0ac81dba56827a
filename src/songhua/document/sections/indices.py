"""Composite indices: ranks with their ranges, what moves them, strengths, coupling, audit."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from songhua.document.charts import ranks as charts
from songhua.document.report.tables import laid
from songhua.format.view import Table, View
from songhua.results import Finding


def indices(view: View) -> dict[str, Any]:
    """For each index its charts; then the tables of all of them."""
    rows = view.table("diagnose", "ranks")
    shown = [_one(view, id, rows[rows["index"] == id], at) for at, id in enumerate(_ids(rows))]
    tables = [_ranks, _strengths, _choices, _couplings, _audit, _steps]
    return {"indices": shown, "tables": [make(view) for make in tables]}


def any_indices(view: View) -> bool:
    """Whether an index was made."""
    return len(view.table("diagnose", "ranks")) > 0


def _ids(rows: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(rows["index"].astype(str)))


def _one(view: View, id: str, rows: pd.DataFrame, at: int) -> dict[str, Any]:
    entry = view.region.indices[id]
    last = rows[rows["period"] == rows["period"].iloc[-1]]
    own = rows[rows["region"] == view.region.code]
    parts = [part["name"][view.lang] for part in (entry["parts"] or {}).values()]
    return {
        "name": view.name("indices", id),
        "definition": entry["definition"][view.lang],
        "parts": view.say("part_of_index", list=view.join(parts)) if parts else "",
        "chart_title": view.say(
            "chart_ranks",
            index=view.name("indices", id),
            period=view.period(str(last["period"].iloc[0])),
        ),
        "chart": charts.places(view, last, str(at)),
        "over": charts.over_time(view, own, str(at)),
    }


def _last(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of each index's last period."""
    if rows.empty:
        return rows
    return rows[rows["period"] == rows.groupby("index")["period"].transform("last")]


def _ranks(view: View) -> Table:
    def row(r: Any) -> list[str]:
        return [
            view.name("places", r.region), view.name("indices", r.index), view.period(r.period),
            f"{r.score:.1f}", view.amount(r.rank, "x", r.low, r.high, r.estimate), f"{r.median:g}",
            str(r.of), str(r.runs),
        ]  # fmt: skip

    rows = _last(view.table("diagnose", "ranks")).sort_values(["index", "rank"])
    heads = ("region", "index", "period", "score", "rank", "median", "of", "runs")
    return laid(view, "diagnose", "ranks", heads, row, range(3, 8), rows)


def _strengths(view: View) -> Table:
    def row(r: Any) -> list[str]:
        return [
            _member(view, r.index, r.member), view.name("indices", r.index), view.period(r.period),
            f"{r.value:.2f}", f"{r.peers:.2f}", f"{r.rank:.0f}", f"{r.of:.0f}", f"{r.lead:+.2f}",
        ]  # fmt: skip

    heads = ("member", "index", "period", "value", "median_of_peers", "rank", "of", "lead")
    return laid(view, "diagnose", "strengths", heads, row, range(3, 8))


def _choices(view: View) -> Table:
    def row(r: Any) -> list[str]:
        return [
            view.name("places", r.region), view.name("indices", r.index),
            view.choice("choice", r.choice), f"{r.first * 100:.0f}", f"{r.total * 100:.0f}",
        ]  # fmt: skip

    rows = view.table("diagnose", "choice_effects").dropna(subset=["first"])
    heads = ("region", "index", "choice", "first_order", "total_order")
    return laid(view, "diagnose", "choice_effects", heads, row, (3, 4), rows)


def _couplings(view: View) -> Table:
    def row(r: Any) -> list[str]:
        return [
            view.name("places", r.region), view.name("indices", r.index), view.period(r.period),
            f"{r.coupling:.3f}", f"{r.development:.3f}", f"{r.coordination:.3f}",
            view.choice("coordination", r.band), view.choice("coordination", r.phase),
        ]  # fmt: skip

    heads = (
        "region",
        "index",
        "period",
        "coupling",
        "development",
        "coordination",
        "band",
        "phase",
    )
    rows = view.table("diagnose", "couplings")
    mine = rows[rows["region"] == view.region.code]
    others = _last(rows[rows["region"] != view.region.code])
    return laid(view, "diagnose", "couplings", heads, row, (3, 4, 5), pd.concat([mine, others]))


def _audit(view: View) -> Table:
    def row(r: Any) -> list[str]:
        return [
            _member(view, r.index, r.member), view.name("indices", r.index), str(r.n),
            str(r.missing), f"{r.min:.2f}", f"{r.median:.2f}", f"{r.max:.2f}", f"{r.skew:.2f}",
            f"{r.kurt:.2f}", "!" if r.outliers else "",
        ]  # fmt: skip

    heads = (
        "member",
        "index",
        "number",
        "missing",
        "min",
        "median",
        "max",
        "skew",
        "kurt",
        "outliers",
    )
    return laid(view, "diagnose", "index_audit", heads, row, range(2, 9))


def _steps(view: View) -> Table:
    def row(r: Any) -> list[str]:
        said = view.sentence(Finding(r.note, json.loads(r.params)))
        return [r.step, view.name("indices", r.index), _member(view, r.index, r.member), said]

    heads = ("step", "index", "member", "said")
    return laid(view, "diagnose", "index_steps", heads, row)


def _member(view: View, index: str, member: str) -> str:
    entry = view.region.indices[index]["members"].get(member)
    return str(entry["name"][view.lang]) if entry else view.name("places", member)
