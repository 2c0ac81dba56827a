"""The region beside others: location quotients, and the parts of its growth."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document.blocks import Block, Figure, Paragraph
from songhua.document.charts import comparison as charts
from songhua.document.studies import listing
from songhua.document.studies.findings import section_findings
from songhua.document.tables import table
from songhua.format.order import falling
from songhua.format.view import View
from songhua.region.observations import grouped
from songhua.studies.diagnose.location_quotients import LocationQuotient
from songhua.studies.diagnose.shift_share import ShiftShare

BLOCKS = listing("comparison", 610, "diagnose")

MOST = 200


@BLOCKS("full")
def comparison(view: View) -> Iterator[Block]:
    """Quotient against growth, the parts of the change by industry, and the tables of both."""
    code = view.region.code
    quotients = view.rows("diagnose", "location_quotients", LocationQuotient)
    if not quotients:
        return
    listed = [row for row in quotients if row.region in (code, *view.region.places_of("parent"))]
    listed.sort(key=lambda row: (row.region != code, falling(row.value.value)))
    region_rows = [row for row in listed if row.region == code]
    shifts = [row for row in view.rows("diagnose", "shift_share", ShiftShare) if row.region == code]
    yield Paragraph(view.say("comparison_lede"), "lede")
    yield from _charts(view, region_rows, shifts)
    yield from section_findings(view, "comparison")
    yield table(
        view,
        "diagnose",
        "location_quotients",
        (
            "region",
            "industry",
            "indicator",
            "period",
            "value",
            "symmetric",
            "share",
            "growth",
            "reference",
        ),
        listed[:MOST],
    )
    yield table(
        view,
        "diagnose",
        "shift_share",
        (
            "region",
            "industry",
            "indicator",
            "start",
            "end",
            "change",
            "national",
            "industry_mix",
            "regional",
        ),
    )


def _charts(
    view: View, quotients: list[LocationQuotient], shifts: list[ShiftShare]
) -> Iterator[Block]:
    """Both charts of each indicator, of the last span that has parts of a change."""
    for at, (indicator, rows) in enumerate(grouped(quotients, "indicator").items()):
        name, day = view.name("indicators", indicator), view.period(rows[0].period)
        title = view.say("chart_of", chart=view.say("chart_quotients"), what=name, period=day)
        yield Figure(title, charts.quotients(view, rows, title, at))
        changes = [row for row in shifts if row.indicator == indicator]
        last = [row for row in changes if row.end == changes[-1].end]
        if last:
            days = f"{view.period(last[0].start)}–{view.period(last[0].end)}"
            title = view.say("chart_of", chart=view.say("chart_shifts"), what=name, period=days)
            yield Figure(title, charts.shifts(view, last, title, at))
