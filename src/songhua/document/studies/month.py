"""The month's report as a list of blocks: what lags first, each figure with its source."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document import month_prose as prose
from songhua.document import targets
from songhua.document.blocks import Block, Document, Figure, Heading, Paragraph, Points
from songhua.document.charts import contributions as contribution_charts
from songhua.document.charts import growth as charts
from songhua.document.citations import CitingView
from songhua.document.studies import listing
from songhua.document.studies.growth import contributor, economy
from songhua.document.tables import Headed, grid, table, without_blank
from songhua.document.verdict import verdict
from songhua.format.numbers import known
from songhua.format.text import Text, joined
from songhua.format.view import DASH, View
from songhua.studies.diagnose.growth_contributions import Contribution
from songhua.studies.month.comparison import PlaceGrowth
from songhua.studies.month.period_growth import PeriodGrowth
from songhua.studies.month.revisions import Revision
from songhua.studies.track.rows import TargetRow
from songhua.wording.digits import dashed

BLOCKS = listing("month")
#: The columns that a terminal has room for, each with its heading.
COLUMNS = {
    "indicator": "head_indicator",
    "industry": "head_industry",
    "value": "head_growth",
    "period": "head_period",
}


def monthly(view: View) -> Document:
    """The report of one period, from the results `month`, `diagnose` and `track`."""
    citing, month = CitingView.over(view), prose.month_view(view)
    parts = list(BLOCKS.at("full", citing))  # numbers begin with the tables
    as_of = view.period(view.region.as_of) if view.region.as_of else view.say("as_of_latest")
    blocks = [
        Paragraph(view.say("month_scope", period=view.period(month.cumulative), as_of=as_of)),
        Heading(1, view.say("month_short")),
        *prose.growth_sentences(citing),
        *map(Paragraph, prose.short(view)),
        *parts,
    ]
    region = view.region.name(view.lang)
    title = view.say("month_title", region=region, period=view.period(month.period))
    return Document(title, blocks, annex=list(citing.citations.blocks()))


@BLOCKS("short")
def screen(view: View) -> Iterator[Block]:
    """A row an indicator and industry; comparison and revisions are in the report."""
    grown, period = (
        view.rows("month", "growth", PeriodGrowth),
        view.period(prose.month_view(view).cumulative),
    )
    name = view.region.name(view.lang)
    yield Heading(1, f"{name} · {view.say('month_growth')} · {period}")
    if not grown:
        yield Paragraph(view.say("month_no_growth"), "empty")
        return
    yield table(
        view, "month", "growth", [Headed(id, view.word(head)) for id, head in COLUMNS.items()]
    )


@BLOCKS("full")
def aims(view: View) -> list[Block]:
    """The gap to each target of the year, and what the rest of the time must bring."""
    rows = prose.of_year(view)
    figured = [row for row in rows if row.latest.known]
    blocks: list[Block] = [Heading(1, view.say("month_targets"))]
    if figured:
        cells = [_target(view, row) for row in figured]
        heads = view.heading(
            "target", "text", "latest", "gap", "required", "progress_class", "source"
        )
        blocks.append(
            grid(
                view.say("month_targets_title"),
                heads,
                cells,
                {2, 3},
                view.say("month_targets_note"),
            )
        )
    blank = [row for row in rows if not row.latest.known]
    if blank:
        text = view.say("month_targets_blank", n=len(blank), names=targets.names(view, blank))
        blocks.append(Paragraph(text))
    if not rows:
        blocks.append(Paragraph(view.say("month_no_targets")))
    return [*blocks, *targets.odds_records(view, figured)]


def _target(view: View, row: TargetRow) -> list[Text]:
    return [
        targets.name(view, row),
        targets.text(view, row),
        targets.latest(view, row),
        targets.gap(view, row),
        targets.required(view, row),
        verdict(view, row),
        view.rests(row.observations, row.source),
    ]


@BLOCKS("full")
def growth(view: View) -> list[Block]:
    """Cumulative and single-period growth, the weakest first, and the course of the economy."""
    grown = view.rows("month", "growth", PeriodGrowth)
    blocks: list[Block] = [Heading(1, view.say("month_growth"))]
    if not grown:
        return [*blocks, Paragraph(view.say("month_no_growth"))]
    cells = [_grown(view, row) for row in grown]
    heads = view.heading(
        "indicator", "cumulative", "single", "year_before", "change_since", "level", "source"
    )
    table = grid(
        view.title("month", "growth"), heads, cells, range(1, 6), view.say("month_growth_note")
    )
    table, lacking = without_blank(table)
    blocks.append(table)
    if lacking:
        blocks.append(Paragraph(view.say("month_lacking", names=view.join(lacking))))
    rows = economy(view)
    if len(rows) > 1:
        title = view.name("indicators", rows[0].indicator)
        says = view.say("chart_growth_desc", region=view.region.name(view.lang))
        blocks.append(Figure(title, charts.growth(view, rows), says))
    return blocks


def _grown(view: View, row: PeriodGrowth) -> list[Text]:
    single = change = level = DASH
    if row.single.known:
        how = "" if row.single_method == "published" else view.say("month_computed")
        single = view.show(row.single, "%") + how
        single += view.written.bracketed(view.period(row.single_period))
    if known(row.change):
        change = view.bare(row.change, "pp")
        change += view.written.bracketed(view.period(row.earlier_period))
    if known(row.level):
        level = view.show(row.level, row.level_unit)
    return [
        prose.thing(view, row),
        view.show(row.value, "%"),
        single,
        view.show(row.before, "%"),
        change,
        level,
        view.rests(row.observations),
    ]


@BLOCKS("full")
def contributions(view: View) -> list[Block]:
    """Contributions of the parts to growth in the period, the heaviest drag first."""
    whole = prose.month_view(view).cumulative
    rows = [
        row
        for row in view.rows("diagnose", "growth_contributions", Contribution)
        if row.region == view.region.code and row.period == whole
    ]
    blocks: list[Block] = [Heading(1, view.say("month_contributions"))]
    if not rows:
        return [*blocks, Paragraph(view.say("month_no_contributions"))]
    sums = [r for r in rows if r.verdict]
    summed = [r.indicator for r in sums]
    ranked = sorted(rows, key=lambda r: (r.indicator not in summed, r.indicator, r.method,
                                         bool(r.verdict), r.contribution_pp.value))  # fmt: skip
    cells = [
        [
            view.name("indicators", r.indicator),
            contributor(view, r),
            view.show(r.growth, "%"),
            view.bare(r.contribution_pp, "pp"),
            view.choice("method", r.method),
            view.rests(r.observations),
        ]
        for r in ranked
    ]
    heads = view.heading("indicator", "industry", "growth", "contribution_pp", "method", "source")
    blocks.append(grid(view.title("diagnose", "growth_contributions"), heads, cells, {2, 3}))
    for total in sums[:1]:
        same = [
            row
            for row in rows
            if not row.verdict and (row.indicator, row.method) == (total.indicator, total.method)
        ]
        title = view.say("chart_contributions", period=view.period(whole))
        drawn = contribution_charts.contributions(view, same, total)
        says = f"{view.choice('estimate', 'bound')}{view.written.colon}"
        says += view.choice("covers", "bound") + view.written.stop
        blocks.append(Figure(title, drawn, says))
    return blocks


@BLOCKS("full")
def beside(view: View) -> list[Block]:
    """Larger areas and comparison regions, with the rank that rounding leaves."""
    rows = view.rows("month", "comparison", PlaceGrowth)
    blocks: list[Block] = [Heading(1, view.title("month", "comparison"))]
    if not rows:
        return [*blocks, Paragraph(view.say("month_no_beside"))]
    cells = [
        [
            prose.thing(view, r),
            view.name("places", r.region),
            view.choice("place", r.role),
            view.show(r.value, r.unit),
            view.show(r.lead, targets.points(r.unit)),
            _rank(view, r),
            view.rests(r.observations),
        ]
        for r in rows
    ]
    heads = view.heading("indicator", "region", "role", "value", "ahead_by", "rank", "source")
    note = view.say("month_rank_note")
    return [
        *blocks,
        grid(view.title("month", "comparison"), heads, cells, {3, 4, 5}, note),
    ]


def _rank(view: View, row: PlaceGrowth) -> str:
    if not known(row.rank_low):
        return DASH
    best, worst = int(row.rank_low), int(row.rank_high)
    return view.say("month_rank", rank=dashed(str(best), str(worst)), of=row.of)


@BLOCKS("full")
def turns(view: View) -> list[Block]:
    """Turns of the year under report, each with its figures."""
    rows = prose.turned(view)
    lines = [joined([prose.turn(view, row), view.rests(row.observations)]) for row in rows]
    block = Points(lines) if lines else Paragraph(view.say("month_no_turns"))
    return [Heading(1, view.say("month_turns")), block]


@BLOCKS("full")
def revisions(view: View) -> list[Block]:
    """Figures corrected or revised since the last report."""
    rows = view.rows("month", "revisions", Revision)
    blocks: list[Block] = [Heading(1, view.title("month", "revisions"))]
    if not rows:
        since = prose.month_view(view).since
        key = "month_none_since" if since else "month_no_revisions"
        return [*blocks, Paragraph(view.say(key, since=view.period(since)))]
    cells = [
        [
            prose.thing(view, r),
            view.period(r.period),
            view.show(r.before, r.unit),
            view.show(r.after, r.unit),
            view.show(r.change, targets.points(r.unit)),
            view.choice("revision", r.sort),
            view.period(r.published) or DASH,
            view.rests(r.observations),
        ]
        for r in rows
    ]
    heads = view.heading(
        "indicator", "period", "was", "is", "change", "kind", "published", "source"
    )
    return [*blocks, grid(view.title("month", "revisions"), heads, cells, {2, 3, 4})]
