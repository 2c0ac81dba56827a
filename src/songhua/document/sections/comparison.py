"""The region beside others: location quotients, and the parts of its growth."""

from __future__ import annotations

from typing import Any

from songhua.document.charts import beside as charts
from songhua.document.report.tables import laid
from songhua.format.view import Table, View


def beside(view: View) -> dict[str, Any]:
    """Quotient against growth, the parts of the change by industry, and the tables of both."""
    quotients = view.table("diagnose", "location_quotients")
    shifts = view.table("diagnose", "shift_share")
    return {
        "quotient_chart": charts.quotients(
            view, quotients[quotients["region"] == view.region.code]
        ),
        "shift_chart": charts.shifts(view, shifts[shifts["region"] == view.region.code]),
        "tables": [_quotients(view), _shifts(view)],
    }


def any_beside(view: View) -> bool:
    """Whether there is a panel to compare by."""
    return len(view.table("diagnose", "location_quotients")) > 0


def _quotients(view: View) -> Table:
    def row(r: Any) -> list[str]:
        return [
            view.name("places", r.region), view.name("industries", r.industry),
            view.period(r.period), view.amount(r.value, "x", r.low, r.high, r.estimate),
            f"{r.symmetric:.2f}", view.show(round(r.share, 2), "%"),
            view.show(round(r.growth, 1), "%"), view.name("places", r.reference),
        ]  # fmt: skip

    heads = (
        "region",
        "industry",
        "period",
        "quotient",
        "symmetric",
        "share",
        "growth",
        "reference",
    )
    rows = view.table("diagnose", "location_quotients").sort_values(
        ["region", "value"], ascending=[True, False]
    )
    own = rows["region"] == view.region.code
    return laid(
        view, "diagnose", "location_quotients", heads, row, (3, 4, 5, 6), rows[own].head(200)
    )


def _shifts(view: View) -> Table:
    def row(r: Any) -> list[str]:
        parts = (r.change, r.national, r.industry_mix, r.regional)
        return [
            view.name("places", r.region), view.name("industries", r.industry),
            view.period(r.start), view.period(r.end),
            *(view.show(float(f"{part:.4g}"), r.unit) for part in parts),
        ]  # fmt: skip

    heads = ("region", "industry", "start", "end", "change", "national", "industry_mix", "regional")
    return laid(view, "diagnose", "shift_share", heads, row, range(4, 8))
