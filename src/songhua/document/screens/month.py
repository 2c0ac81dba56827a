"""A month on a terminal: the growth of the period, by indicator and industry."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document.blocks import Block, Heading, Paragraph
from songhua.document.screens import screen
from songhua.document.tables import Headed, table
from songhua.format.view import View
from songhua.studies.month.study import MonthView

COLUMNS = {
    "indicator": "head_indicator",
    "industry": "head_industry",
    "value": "head_growth",
    "period": "head_period",
}


@screen("month")
def month(view: View) -> Iterator[Block]:
    """A row an indicator and industry; comparison and revisions are in the report."""
    (seen,) = view.rows("month", "view", MonthView)
    growth, period = view.table("month", "growth"), view.period(seen.cumulative)
    name = view.region.name(view.lang)
    yield Heading(1, f"{name} · {view.say('month_growth')} · {period}")
    if growth.empty:
        yield Paragraph(view.say("month_no_growth"), "empty")
        return
    yield table(
        view, "month", "growth", [Headed(id, view.word(head)) for id, head in COLUMNS.items()]
    )
