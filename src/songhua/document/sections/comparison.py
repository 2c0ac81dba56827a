"""The region beside others: location quotients, and the parts of its growth."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document.blocks import Block, Figure, Paragraph
from songhua.document.charts import comparison as charts
from songhua.document.sections import section
from songhua.document.tables import table
from songhua.format.view import View

MOST = 200


@section("comparison", 50)
def comparison(view: View) -> Iterator[Block]:
    """Quotient against growth, the parts of the change by industry, and the tables of both."""
    quotients, shifts = (
        view.table("diagnose", name) for name in ("location_quotients", "shift_share")
    )
    if quotients.empty:
        return
    own = quotients[quotients["region"] == view.region.code].sort_values("value", ascending=False)
    yield Paragraph(view.say("comparison_lede"), "lede")
    yield Figure(view.say("chart_quotients"), charts.quotients(view, own))
    drawn = charts.shifts(view, shifts[shifts["region"] == view.region.code])
    yield Figure(view.say("chart_shifts"), drawn)
    yield table(view, "diagnose", "location_quotients", (
        "region", "industry", "period", "value", "symmetric", "share", "growth", "reference",
    ), own.head(MOST))  # fmt: skip
    yield table(view, "diagnose", "shift_share", (
        "region", "industry", "start", "end", "change", "national", "industry_mix", "regional",
    ))  # fmt: skip
