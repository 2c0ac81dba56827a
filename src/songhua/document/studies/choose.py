"""Industries that could enter or are at risk, the plan held against both, and the odds' record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from songhua.document import choice_space as drawn
from songhua.document import choices
from songhua.document.blocks import Block, Figure, Fold, Heading, Paragraph, Points
from songhua.document.charts import choose as charts
from songhua.document.studies import listing
from songhua.document.studies.findings import section_findings
from songhua.document.tables import TextColumn, table
from songhua.format.text import Link, Text
from songhua.format.view import View, anchor
from songhua.studies.choose.finding_kinds import OUTCOMES
from songhua.studies.choose.level_record import LevelRecord
from songhua.studies.choose.measures import PlanMeasure
from songhua.studies.choose.nearest import PlanClass, PlanEvidence
from songhua.studies.choose.plan_choices import PlanChoice
from songhua.studies.choose.record import FoldRow, RecordRow, ReliabilityRow

BLOCKS = listing("choose", 200)

#: The number of industries of a list in a chart.
MOST = 8
LISTS = (("enter", "entry"), ("at_risk", "exit"))
#: The columns to sort candidates by, beside their odds.
MORE = ("first_ten", "quotient", "relatedness", "complexity", "chain_gap")
#: The scores whose record is shown.
RECORD = ("stated", "start", "random")


@BLOCKS("full")
def choose(view: View) -> Iterator[Block]:
    """The findings that head the lists, the odds, the evidence, the plan, and the record."""
    rows = choices.candidates(view)
    if not rows:
        return
    yield Paragraph(view.say("choose_lede"), "lede")
    yield from section_findings(view, "choose", kinds=OUTCOMES)
    yield from _odds(view)
    yield choices.odds_table(view, [row for row in rows if row.list in choices.LISTED], MORE)
    yield choices.order_table(view)
    yield from _reasons(view)
    yield from _nearest(view)
    yield from _plan(view)
    yield drawn.space(view, rows)
    yield Paragraph(view.say("choose_rests"), "sub")
    yield from section_findings(view, "choose", OUTCOMES)
    yield drawn.moves(view, rows)
    yield from _record(view)
    remaining = [row for row in rows if row.list not in (*choices.LISTED, choices.UNLISTED)]
    yield choices.odds_table(view, remaining, MORE, view.say("choose_rest"))
    yield from _background(view)


def _odds(view: View) -> Iterator[Block]:
    """Of each list a hundred marks an industry."""
    for name, kind in LISTS:
        listed = choices.listed(view, name)[:MOST]
        title = view.say(f"chart_odds_{kind}")
        chances = [
            charts.Chance(
                view.name("industries", row.industry),
                row.odds,
                f"{choices.odds(view, row)}{view.written.bracketed(choices.band(view, row))}",
            )
            for row in listed
        ]
        chart = charts.marks(view, chances, f"c-odds-{kind}", title)
        yield Figure(title, chart, view.say("hundred_note"))


def _reasons(view: View) -> Iterator[Block]:
    """Of each candidate that is likely: its odds, how such picks fared, and what speaks how."""
    rows = choices.listed(view, *choices.LISTED)
    for row in rows:
        lines = [Points(choices.lines(view, row))]
        yield Fold(choices.headed(view, row), lines, id=anchor("choice", row.industry))
    if rows:
        yield Paragraph(view.say("choose_times"), "note")


def _plan(view: View) -> Iterator[Block]:
    """The plan's own choices held against the lists."""
    rows = view.rows("choose", "plan_choices", PlanChoice)
    column = TextColumn[PlanChoice]
    yield table(
        view,
        "choose",
        "plan_choices",
        (
            column(view.heading("industry")[0], lambda row: _industry_link(view, row)),
            "role",
            "verdict",
            "within",
            "quotient",
            column(view.say("odds_column"), lambda row: choices.odds(view, row), numeric=True),
            "base_rate",
            "entities",
            "figures",
            "codes",
        ),
        rows,
        fold="open",
    )


def _nearest(view: View) -> Iterator[Block]:
    """The plan's industries at the nearest level that evidence reaches, and the classes behind."""
    columns = (
        "industry", "verdict", "place", "period", "indicator", "codes", "quotient",
        "quotient_before", "times", "entities",
    )  # fmt: skip
    rows = view.rows("choose", "plan_evidence", PlanEvidence)
    yield table(view, "choose", "plan_evidence", columns, rows, fold="open")
    columns = (
        "industry", "place", "codes", "within", "covers", "verdict", "level", "quotient",
        "quotient_before", "kind", "odds", "base_rate", "times",
    )  # fmt: skip
    classes = view.rows("choose", "plan_classes", PlanClass)
    yield table(view, "choose", "plan_classes", columns, classes, fold="closed")
    measures = view.rows("choose", "plan_measures", PlanMeasure)
    columns = (
        "industry",
        "place",
        "indicator",
        "period",
        "within",
        "wider",
        "quotient",
        "reference",
    )
    yield table(view, "choose", "plan_measures", columns, measures, fold="closed")
    records = view.rows("choose", "plan_levels", LevelRecord)
    columns = (
        "place", "indicator", "kind", "regions", "industries", "after", "years", "n", "came", "auc",
        "auc_start", "precision", "precision_start", "slope", "covered", "told",
    )  # fmt: skip
    yield table(view, "choose", "plan_levels", columns, records, fold="closed")


def _industry_link(view: View, row: PlanChoice) -> Text:
    name = view.name("industries", row.industry)
    return (Link(name, anchor("industry", row.industry)),) if row.role else name


def _record(view: View) -> Iterator[Block]:
    """The record of such odds: reliability, then scores beside chance and the start alone."""
    tried = [
        charts.Tried(
            view.choice("choice_kind", row.kind),
            row.stated,
            row.came.value,
            row.came.low,
            row.came.high,
        )
        for row in view.rows("choose", "reliability", ReliabilityRow)
    ]
    title = view.say("chart_reliability")
    chart = charts.reliability(view, tried, "c-reliability", title)
    yield Figure(title, chart, view.say("reliability_note"))
    columns = (
        "kind",
        "rows",
        "score",
        "n",
        "came",
        "auc",
        "precision",
        "top_tenth",
        "top_three",
        "best_f1",
        "brier",
        "slope",
    )
    yield table(view, "choose", "record", columns, _scores(view), fold="open")
    yield table(
        view,
        "choose",
        "folds",
        ("kind", "before", "after", "n", "stated", "came", "covered"),
        view.rows("choose", "folds", FoldRow),
    )


def _background(view: View) -> Iterator[Block]:
    """Other definitions, the order under doubt, and what was learnt from which panel."""
    yield table(
        view,
        "choose",
        "sensitivity",
        (
            "kind",
            "change",
            "value",
            "before",
            "after",
            "floor",
            "n",
            "came",
            "rate",
            "auc",
            "auc_start",
            "precision",
            "precision_start",
        ),
    )
    yield table(view, "choose", "order", ("kind", "industry", "rank_middle", "first_ten"))
    yield table(
        view,
        "choose",
        "learnt",
        (
            "indicator",
            "source",
            "kind",
            "basis",
            "refused",
            "before",
            "after",
            "regions",
            "regions_here",
            "industries",
            "scheme",
            "score",
            "below",
            "above",
            "floor",
            "noise",
            "rate",
            "held",
            "lasted",
            "drift",
            "measured",
            "years",
        ),
    )


@BLOCKS("sentence", "short")
def lists(view: View) -> Iterator[Block]:
    """The main findings, and the odds of the likely candidates."""
    yield Heading(1, f"{view.region.name(view.lang)} · {view.choice('study', 'choose')}")
    findings = view.results["choose"].findings
    yield Points([view.sentence(finding) for finding in findings if isinstance(finding, OUTCOMES)])
    for name in choices.LISTED:
        rows = choices.listed(view, name)
        if rows:
            yield Paragraph(view.choice("choice_list", name), "lede")
            yield choices.odds_table(view, rows, short=True)
    order = choices.order_table(view)
    if order.rows:
        yield Heading(1, order.title)
        yield replace(order, title="")


@BLOCKS("short")
def reasons(view: View) -> Iterator[Block]:
    """Evidence for and against, then the plan, the record, and the limits."""
    rows = choices.listed(view, *choices.LISTED)
    for row in rows:
        yield Paragraph(choices.headed(view, row), "lede")
        yield Points(choices.lines(view, row))
    if rows:
        yield Paragraph(view.say("choose_times"))
    if nearest := view.rows("choose", "plan_evidence", PlanEvidence):
        yield Heading(1, view.title("choose", "plan_evidence"))
        columns = ("industry", "verdict", "place", "period", "codes", "quotient")
        yield table(view, "choose", "plan_evidence", columns, nearest)
    if scores := _scores(view):
        yield Heading(1, view.title("choose", "record"))
        columns = ("kind", "rows", "score", "came", "auc", "precision")
        yield table(view, "choose", "record", columns, scores)
    yield Heading(1, view.say("choose_rests"))
    limits = [
        finding for finding in view.results["choose"].findings if not isinstance(finding, OUTCOMES)
    ]
    yield Points([view.sentence(finding) for finding in limits])


def _scores(view: View) -> list[RecordRow]:
    return [row for row in view.rows("choose", "record", RecordRow) if row.score in RECORD]
