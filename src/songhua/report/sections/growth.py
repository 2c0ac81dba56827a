"""Growth: charts and tables of growth, contributions, changes, turns and expectations."""

from __future__ import annotations

from typing import Any

import pandas as pd

from songhua.region import SETTLED
from songhua.report.charts import growth as charts
from songhua.report.numbers import known
from songhua.report.sections.tables import laid
from songhua.report.view import Table, View


def growth(view: View) -> dict[str, Any]:
    """Both charts with their tables, then the others."""
    rows = economy(view)
    sums, parts = base_contributions(view)
    return {
        "growth_chart": charts.growth(view, rows),
        "growth_table": _growth_table(view, rows),
        "contributions_chart": charts.contributions(view, parts, sums) if sums is not None else "",
        "tables": [
            _contributions(view),
            _changes(view),
            _turns(view),
            _expectations(view),
            _single(view),
        ],
    }


def economy(view: View) -> pd.DataFrame:
    """Published real growth of the whole region: the indicator with the most periods."""
    rows = view.table("diagnose", "figures")
    catalogue = view.region.indicators
    real = [
        id
        for id, entry in catalogue.items()
        if entry["form"] == "growth" and entry["basis"] == "constant"
        and entry["measure"] == "value_added"
    ]  # fmt: skip
    rows = rows[
        rows["indicator"].isin(real) & (rows["region"] == view.region.code)
        & (rows["industry"] == "all") & (rows["entity"] == "") & (rows["vintage"] == "")
        & (rows["scope"] == "") & rows["kind"].isin(SETTLED)
    ]  # fmt: skip
    if rows.empty:
        return rows
    return rows[rows["indicator"] == rows["indicator"].value_counts().index[0]]


def base_contributions(view: View) -> tuple[dict[Any, Any] | None, pd.DataFrame]:
    """The sum and the parts of the contributions in the base year, or the latest that has them."""
    rows = view.table("diagnose", "growth_contributions")
    sums = rows[(rows["verdict"] != "") & (rows["region"] == view.region.code)]
    if sums.empty:
        return None, rows.head(0)
    base = str(view.plan.base_year if view.plan else view.region.base_year or "")
    at_base = sums[sums["period"] == base]
    total = (at_base if len(at_base) else sums).iloc[-1]
    same = rows["verdict"] == ""
    for name in ("indicator", "region", "period", "method"):
        same &= rows[name] == total[name]
    return total.to_dict(), rows[same]


def _growth_table(view: View, rows: pd.DataFrame) -> Table:
    cells = [
        [
            view.period(r["period"]),
            view.choice("period_kind", _kind(r["period"])),
            view.amount(r["value"], r["unit"], r["low"], r["high"], r["estimate"]),
            view.rests(r["observation"]),
            view.grade(r["grade"]),
        ]
        for r in rows.to_dict("records")
    ]
    title = view.name("indicators", rows["indicator"].iloc[0]) if len(rows) else ""
    heads = view.heading("period", "kind", "value", "observations", "grade")
    return Table(title, heads, cells, frozenset({2}), sorted(set(rows["estimate"]) - {""}))


def _kind(period: str) -> str:
    from songhua.labels import parse_period

    return parse_period(str(period)).kind


def _contributions(view: View) -> Table:
    def row(r: Any) -> list[str]:
        sum_row = bool(r.verdict)
        industry = view.say("sum_of_parts") if sum_row else view.name("industries", r.industry)
        note = (
            view.choice("contribution_verdict", r.verdict)
            if sum_row
            else view.choice("method", r.method)
        )
        return [
            view.name("indicators", r.indicator),
            view.name("places", r.region),
            view.period(r.period),
            industry,
            view.show(r.share, "%"),
            view.show(r.growth, "%"),
            view.amount(r.contribution_pp, "pp", r.low, r.high, r.estimate, named=False),
            view.amount(
                r.share_of_growth, "%", r.share_of_growth_low, r.share_of_growth_high, r.estimate
            ),
            view.bare(r.residual, "pp", *_like(r)),
            note,
            view.rests(r.observations),
        ]

    heads = ("indicator", "region", "period", "industry", "share", "growth", "contribution_pp",
             "share_of_growth", "left_over", "method", "observations")  # fmt: skip
    return laid(view, "diagnose", "growth_contributions", heads, row, range(4, 9))


def _like(r: Any) -> tuple[Any, Any]:
    """Ends that give a difference the decimals of the contribution beside it."""
    if not known(r.residual):
        return None, None
    return r.residual - (r.high - r.low) / 2, r.residual + (r.high - r.low) / 2


def _changes(view: View) -> Table:
    def row(r: Any) -> list[str]:
        return [
            view.name("indicators", r.indicator), view.name("places", r.region),
            view.name("industries", r.industry), view.period(r.period),
            view.amount(r.value, "%", r.low, r.high, r.estimate), view.show(r.published, "%"),
            view.choice("price_basis", r.basis), view.rests(r.observations),
        ]  # fmt: skip

    heads = ("indicator", "region", "industry", "period", "change", "published", "basis",
             "observations")  # fmt: skip
    return laid(view, "diagnose", "changes", heads, row, (4, 5))


def _turns(view: View) -> Table:
    def row(r: Any) -> list[str]:
        return [
            view.name("indicators", r.indicator), view.name("places", r.region),
            view.name("industries", r.industry), view.period(r.before),
            view.show(r.before_value, "%"), view.period(r.after), view.show(r.after_value, "%"),
            view.choice("certain", str(bool(r.certain)).lower()), view.rests(r.observations),
        ]  # fmt: skip

    heads = ("indicator", "region", "industry", "before", "before_value", "after",
             "after_value", "certain", "observations")  # fmt: skip
    return laid(view, "diagnose", "turning_points", heads, row, (4, 6))


def _expectations(view: View) -> Table:
    def row(r: Any) -> list[str]:
        word = view.choice("qualifier", r.qualifier) if r.qualifier else ""
        gap = " " if view.lang == "en" and word else ""
        return [
            view.name("indicators", r.indicator), view.name("places", r.region),
            view.name("entities", r.entity) or view.name("industries", r.industry),
            view.period(r.period), view.choice("kind", r.kind),
            word + gap + view.show(r.expected, r.unit), view.show(r.actual, r.unit),
            view.choice("outcome", r.outcome), view.rests(r.observations),
        ]  # fmt: skip

    heads = ("indicator", "region", "of_it", "period", "kind", "expected", "actual", "outcome",
             "observations")  # fmt: skip
    return laid(view, "diagnose", "expectations", heads, row, (5, 6))


def _single(view: View) -> Table:
    def row(r: Any) -> list[str]:
        return [
            view.name("indicators", r.indicator), view.name("places", r.region),
            view.name("industries", r.industry), view.period(r.period),
            view.amount(r.value, "%", r.low, r.high, r.estimate), view.show(r.published, "%"),
            view.rests(r.observations),
        ]  # fmt: skip

    heads = ("indicator", "region", "industry", "period", "value", "published", "observations")
    return laid(view, "diagnose", "single_periods", heads, row, (4, 5))
