"""What could enter, what is at risk, the plan held against both, and how such odds came true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from songhua.document import choices
from songhua.document.blocks import Block, Figure, Fold, Paragraph, Points
from songhua.document.charts import choose as charts
from songhua.document.charts import space as spaces
from songhua.document.charts.specification import BLUE, GREEN, ORANGE
from songhua.document.sections import section
from songhua.document.sections.findings import told
from songhua.document.tables import Made, table
from songhua.format.numbers import known
from songhua.format.text import Link, Text
from songhua.format.view import DASH, View, anchor
from songhua.studies.choose.candidates import Candidate
from songhua.studies.choose.finding_kinds import OUTCOMES
from songhua.studies.choose.plan_choices import PlanChoice
from songhua.studies.choose.record import FoldRow, RecordRow, ReliabilityRow
from songhua.studies.choose.space import SpaceLink

#: The colours of the lists in charts.
COLOURS = {
    "enter": BLUE,
    "at_risk": ORANGE,
    "crossed": "#d99a00",
    "watch": "#d99a00",
    "secure": GREEN,
    "long_shot": "#9aa5ae",
    "no_odds": "#9aa5ae",
    "too_small": "#c7cfd6",
    "unknown": "#c7cfd6",
}
#: How many industries of a list are drawn.
MOST = 8
#: The least quotient that is drawn.
LEAST = 0.1
LISTS = (("enter", "entry"), ("at_risk", "exit"))
#: What candidates may be sorted by beside their odds.
MORE = ("first_ten", "quotient", "relatedness", "complexity", "chain_gap")
#: The scores whose record is shown.
RECORD = ("stated", "start", "random")


@section("choose", 200)
def choose(view: View) -> Iterator[Block]:
    """The findings that head the lists, the odds, the evidence, the plan, and the record."""
    rows = choices.candidates(view)
    if not rows:
        return
    yield Paragraph(view.say("choose_lede"), "lede")
    yield from told(view, "choose", only=OUTCOMES)
    yield from _odds(view)
    yield choices.odds_table(view, [row for row in rows if row.list in choices.TOLD], MORE)
    yield choices.order_table(view)
    yield from _reasons(view)
    yield from _plan(view)
    yield _space(view, rows)
    yield Paragraph(view.say("choose_rests"), "sub")
    yield from told(view, "choose", OUTCOMES)
    yield _moves(view, rows)
    yield from _record(view)
    rest = [row for row in rows if row.list not in (*choices.TOLD, choices.UNTOLD)]
    yield choices.odds_table(view, rest, MORE, view.say("choose_rest"))
    yield from _background(view)


def _odds(view: View) -> Iterator[Block]:
    """Of each list a hundred marks an industry."""
    for name, kind in LISTS:
        shown = choices.listed(view, name)[:MOST]
        title = view.say(f"chart_odds_{kind}")
        chances = [
            charts.Chance(
                view.name("industries", row.industry),
                row.odds,
                f"{choices.one_in(view, row)}{view.written.bracketed(choices.band(view, row))}",
            )
            for row in shown
        ]
        drawn = charts.marks(view, chances, f"c-odds-{kind}", title)
        yield Figure(title, drawn, view.say("hundred_note"))


def _reasons(view: View) -> Iterator[Block]:
    """Of each candidate that is likely: its odds, how such picks fared, and what speaks how."""
    rows = choices.listed(view, *choices.TOLD)
    for row in rows:
        lines = [Points(choices.lines(view, row))]
        yield Fold(choices.headed(view, row), lines, id=anchor("choice", row.industry))
    if rows:
        yield Paragraph(view.say("choose_times"), "note")


def _plan(view: View) -> Iterator[Block]:
    """The plan's own choices held against the lists."""
    rows = view.rows("choose", "plan_choices", PlanChoice)
    made = Made[PlanChoice]
    yield table(
        view,
        "choose",
        "plan_choices",
        (
            made(view.heading("industry")[0], lambda row: _named(view, row)),
            "role",
            "verdict",
            "within",
            "quotient",
            made(view.say("odds_column"), lambda row: _odds_of(view, row), numeric=True),
            "base_rate",
            "entities",
            "figures",
            "codes",
        ),
        rows,
        fold="open",
    )


def _named(view: View, row: PlanChoice) -> Text:
    name = view.name("industries", row.industry)
    return (Link(name, anchor("industry", row.industry)),) if row.role else name


def _odds_of(view: View, row: PlanChoice) -> str:
    if not known(row.one_in):
        return DASH
    return view.say("one_in", n=view.show(row.one_in, "count"))


def _colours(view: View) -> dict[str, str]:
    """The colours of the lists by their words."""
    return {view.choice("choice_list", name): colour for name, colour in COLOURS.items()}


def _moves(view: View, rows: Sequence[Candidate]) -> Figure:
    """How quotients moved since the panel's first period."""
    moved = [
        spaces.Moved(
            view.name("industries", row.industry),
            row.quotient,
            row.quotient_low if known(row.quotient_low) else row.quotient,
            100 * (row.quotient / row.quotient_before - 1),
            view.choice("choice_list", row.list),
        )
        for row in rows
        if known(row.quotient) and row.quotient >= LEAST and row.quotient_before > 0
    ]
    about, title = choices.learnt(view), view.say("chart_moves")
    since = view.period(about.before) if about else ""
    drawn = spaces.moves(view, moved, since, title, _colours(view))
    return Figure(title, drawn, view.say("moves_note"))


def _space(view: View, rows: Sequence[Candidate]) -> Figure:
    """The industries, linked where the same regions have them."""
    at = {row.industry: n for n, row in enumerate(rows)}
    links = [
        (at[one.industry], at[one.neighbour], one.proximity)
        for one in view.rows("choose", "links", SpaceLink)
    ]
    stars = [
        spaces.Star(
            view.name("industries", row.industry),
            row.share if known(row.share) else 0.0,
            view.choice("choice_list", row.list),
        )
        for row in rows
    ]
    title = view.say("chart_space")
    drawn = spaces.space(view, stars, links, title, _colours(view)) if links else None
    return Figure(title, drawn, view.say("space_note"))


def _record(view: View) -> Iterator[Block]:
    """How such odds came true: reliability, then scores beside chance and the start alone."""
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
    drawn = charts.reliability(view, tried, "c-reliability", title)
    yield Figure(title, drawn, view.say("reliability_note"))
    scores = [row for row in view.rows("choose", "record", RecordRow) if row.score in RECORD]
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
    yield table(view, "choose", "record", columns, scores, fold="open")
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
