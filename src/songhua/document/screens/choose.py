"""Choices on a terminal: what came out, the likely candidates, the plan's choices, the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from songhua.document import choices
from songhua.document.blocks import Block, Heading, Paragraph, Points
from songhua.document.screens import screen
from songhua.document.sections.choose import RECORD
from songhua.document.tables import table
from songhua.format.view import View
from songhua.studies.choose.finding_kinds import OUTCOMES
from songhua.studies.choose.plan_choices import PlanChoice
from songhua.studies.choose.record import RecordRow


@screen("choose")
def choose(view: View) -> Iterator[Block]:
    """The lists with what speaks for and against, then the plan, the record, and the limits."""
    yield from lists(view)
    for row in choices.listed(view, *choices.TOLD):
        yield Paragraph(choices.headed(view, row), "lede")
        yield Points(choices.lines(view, row))
    if choices.listed(view, *choices.TOLD):
        yield Paragraph(view.say("choose_times"))
    rows = view.rows("choose", "plan_choices", PlanChoice)
    if rows:
        yield Heading(1, view.title("choose", "plan_choices"))
        columns = ("industry", "verdict", "one_in", "base_rate")
        yield table(view, "choose", "plan_choices", columns, rows)
    scores = [row for row in view.rows("choose", "record", RecordRow) if row.score in RECORD]
    if scores:
        yield Heading(1, view.title("choose", "record"))
        columns = ("kind", "rows", "score", "came", "auc", "precision")
        yield table(view, "choose", "record", columns, scores)
    yield Heading(1, view.say("choose_rests"))
    rest = [one for one in view.results["choose"].findings if not isinstance(one, OUTCOMES)]
    yield Points([view.sentence(one) for one in rest])


@screen("choose", brief=True)
def lists(view: View) -> Iterator[Block]:
    """What came out, and the odds of the likely candidates."""
    yield Heading(1, f"{view.region.name(view.lang)} · {view.choice('study', 'choose')}")
    found = view.results["choose"].findings
    yield Points([view.sentence(one) for one in found if isinstance(one, OUTCOMES)])
    for name in choices.TOLD:
        rows = choices.listed(view, name)
        if rows:
            yield Paragraph(view.choice("choice_list", name), "lede")
            yield choices.odds_table(view, rows, short=True)
    order = choices.order_table(view)
    if order.rows:
        yield Heading(1, order.title)
        yield replace(order, title="")
