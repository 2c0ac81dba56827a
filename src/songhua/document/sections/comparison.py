"""The region beside others: location quotients, and the parts of its growth."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document.blocks import Block, Figure, Paragraph
from songhua.document.charts import comparison as charts
from songhua.document.sections import section
from songhua.document.tables import table
from songhua.format.order import falling
from songhua.format.view import View
from songhua.studies.diagnose.location_quotients import LocationQuotient
from songhua.studies.diagnose.shift_share import ShiftShare

MOST = 200


@section("comparison", 50)
def comparison(view: View) -> Iterator[Block]:
    """Quotient against growth, the parts of the change by industry, and the tables of both."""
    code = view.region.code
    quotients = view.rows("diagnose", "location_quotients", LocationQuotient)
    if not quotients:
        return
    own = [row for row in quotients if row.region == code]
    own.sort(key=lambda row: falling(row.value))
    shifts = [row for row in view.rows("diagnose", "shift_share", ShiftShare) if row.region == code]
    yield Paragraph(view.say("comparison_lede"), "lede")
    yield Figure(view.say("chart_quotients"), charts.quotients(view, own))
    yield Figure(view.say("chart_shifts"), charts.shifts(view, shifts))
    yield table(view, "diagnose", "location_quotients", (
        "region", "industry", "period", "value", "symmetric", "share", "growth", "reference",
    ), own[:MOST])  # fmt: skip
    yield table(view, "diagnose", "shift_share", (
        "region", "industry", "start", "end", "change", "national", "industry_mix", "regional",
    ))  # fmt: skip
