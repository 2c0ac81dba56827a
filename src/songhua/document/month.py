"""The month's report as a list of blocks: what lags first, each figure with its source."""

from __future__ import annotations

from datetime import date

from songhua.document import month_prose as prose
from songhua.document import targets
from songhua.document.blocks import Block, Document, Figure, Heading, Paragraph, Points
from songhua.document.charts import growth as charts
from songhua.document.citations import Citations
from songhua.document.sections.growth import contributor, economy
from songhua.document.tables import grid, without_blank
from songhua.format.numbers import known
from songhua.format.text import Text, joined
from songhua.format.view import DASH, View
from songhua.labels import Period
from songhua.studies.diagnose.growth_contributions import Contribution
from songhua.studies.diagnose.turning_points import TurningPoint
from songhua.studies.month.comparison import PlaceGrowth
from songhua.studies.month.growth import PeriodGrowth
from songhua.studies.month.revisions import Revision
from songhua.studies.month.study import MonthView
from songhua.studies.track.rows import TargetRow


def monthly(view: View) -> Document:
    """The report of one period, from the results `month`, `diagnose` and `track`."""
    cited = Citations(view)
    (seen,) = view.rows("month", "view", MonthView)
    whole = seen.cumulative
    region = view.region.name(view.lang)
    parts = [
        *_targets(view, cited, whole),
        *_growth(view, cited),
        *_contributions(view, cited, whole),
        *_beside(view, cited),
        *_turns(view, cited, whole),
        *_revisions(view, cited, seen.since),
    ]
    as_of = view.period(view.region.as_of) if view.region.as_of else view.say("as_of_latest")
    title = view.say("month_title", region=region, period=view.period(seen.period))
    return Document(
        title,
        [
            Paragraph(view.say("month_scope", period=view.period(whole), as_of=as_of)),
            Heading(1, view.say("month_short")),
            *prose.told(view, cited),
            *(Paragraph(said) for said in _short(view, whole)),
            *parts,
        ],
        annex=list(cited.blocks()),
    )


def _of_year(view: View, whole: Period) -> list[TargetRow]:
    """Targets of the year under report, those that lag first."""
    year = whole.end.year
    rows = [
        row for row in targets.rows(view) if row.period.start.year <= year <= row.period.end.year
    ]
    return sorted(rows, key=targets.order)


def _short(view: View, whole: Period) -> list[str]:
    """What lags, falls and has turned, a sentence each."""
    said = []
    rows = view.rows("month", "growth", PeriodGrowth)
    judged = [row for row in _of_year(view, whole) if row.latest.known]
    behind = [row for row in judged if targets.behind(row)]
    if judged:
        key = "month_behind" if behind else "month_none_behind"
        said.append(view.say(key, names=targets.names(view, behind)))
    falling = [row for row in rows if row.value.value < 0]
    if falling:
        names = view.join(
            f"{prose.thing(view, r)} {view.show(r.value.value, '%')}" for r in falling
        )
        said.append(view.say("month_falling", names=names))
    for row in _turned(view, whole):
        said.append(_turn(view, row))
    return said


def _targets(view: View, cited: Citations, whole: Period) -> list[Block]:
    """The gap to each target of the year, and what the rest of the time must bring."""
    rows = _of_year(view, whole)
    shown = [row for row in rows if row.latest.known]
    blocks: list[Block] = [Heading(1, view.say("month_targets"))]
    if shown:
        cells = [_target(view, cited, row) for row in shown]
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
    return [*blocks, *targets.odds_records(view, shown)]


def _target(view: View, cited: Citations, row: TargetRow) -> list[Text]:
    return [
        targets.name(view, row),
        targets.text(view, row),
        targets.latest(view, row),
        targets.gap(view, row),
        targets.required(view, row),
        view.choice("target_class", row.progress_class),
        cited.of(row.observations, row.source),
    ]


def _growth(view: View, cited: Citations) -> list[Block]:
    """Cumulative and single-period growth, the weakest first, and the course of the economy."""
    grown = view.rows("month", "growth", PeriodGrowth)
    blocks: list[Block] = [Heading(1, view.say("month_growth"))]
    if not grown:
        return [*blocks, Paragraph(view.say("month_no_growth"))]
    cells = [_grown(view, cited, row) for row in grown]
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


def _grown(view: View, cited: Citations, row: PeriodGrowth) -> list[Text]:
    single = change = level = DASH
    if row.single.known:
        how = "" if row.single_method == "published" else view.say("month_computed")
        single = f"{view.show(row.single, '%')}{how} ({view.period(row.single_period)})"
    if known(row.change):
        change = f"{view.bare(row.change, 'pp')} ({view.period(row.earlier_period)})"
    if known(row.level):
        level = view.show(row.level, row.level_unit)
    return [
        prose.thing(view, row),
        view.show(row.value, "%"),
        single,
        view.show(row.before, "%"),
        change,
        level,
        cited.of(row.observations),
    ]


def _contributions(view: View, cited: Citations, whole: Period) -> list[Block]:
    """What each part gave to growth in the period, the heaviest drag first."""
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
            cited.of(r.observations),
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
        drawn = charts.contributions(view, same, total)
        says = f"{view.choice('estimate', 'bound')}{view.written.colon}"
        says += view.choice("covers", "bound") + view.written.stop
        blocks.append(Figure(title, drawn, says))
    return blocks


def _beside(view: View, cited: Citations) -> list[Block]:
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
            cited.of(r.observations),
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
    shown = str(best) if best == worst else f"{best}–{worst}"
    return view.say("month_rank", rank=shown, of=row.of)


def _turned(view: View, whole: Period) -> list[TurningPoint]:
    """Turns of the year under report."""
    return [
        row
        for row in view.rows("diagnose", "turning_points", TurningPoint)
        if row.region == view.region.code and row.after.end.year == whole.end.year
    ]


def _turn(view: View, row: TurningPoint) -> str:
    params = {
        "what": prose.thing(view, row),
        "before": view.period(row.before),
        "after": view.period(row.after),
        "was": view.show(row.before_value, "%"),
        "is": view.show(row.after_value, "%"),
    }
    return view.say("month_turn" if row.certain else "month_turn_unsure", **params)


def _turns(view: View, cited: Citations, whole: Period) -> list[Block]:
    rows = _turned(view, whole)
    said = [joined([_turn(view, row), cited.of(row.observations)]) for row in rows]
    found = Points(said) if said else Paragraph(view.say("month_no_turns"))
    return [Heading(1, view.say("month_turns")), found]


def _revisions(view: View, cited: Citations, since: date | None) -> list[Block]:
    """What was corrected or revised since the last report."""
    rows = view.rows("month", "revisions", Revision)
    blocks: list[Block] = [Heading(1, view.title("month", "revisions"))]
    if not rows:
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
            cited.of(r.observations),
        ]
        for r in rows
    ]
    heads = view.heading(
        "indicator", "period", "was", "is", "change", "kind", "published", "source"
    )
    return [*blocks, grid(view.title("month", "revisions"), heads, cells, {2, 3, 4})]
