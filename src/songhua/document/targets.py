"""A target's row in words: the one way in which pages, documents and screens show a target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from songhua import results
from songhua.document import odds
from songhua.document.blocks import Block, Table
from songhua.document.tables import grid
from songhua.document.verdict import beside, verdict
from songhua.format import labels
from songhua.format.cells import cells_of, percent
from songhua.format.labels import subject
from songhua.format.numbers import known, show, spell
from songhua.format.text import Break, Foreign, Small, Text, joined, parts
from songhua.format.view import DASH, View
from songhua.format.words import reported_by_on
from songhua.plan.delivery_vocabulary import DueKind, ReportSort
from songhua.plan.schemes import classes
from songhua.plan.vocabulary import (
    Basis,
    Outcome,
    PaceUnit,
    ReadingCode,
    TargetPath,
)
from songhua.studies.track.due_items import DueItem
from songhua.studies.track.readings import Reading
from songhua.studies.track.report_use import ReportRow
from songhua.studies.track.rows import TargetRow


def rows(view: View) -> tuple[TargetRow, ...]:
    """The targets of the plan as track found them."""
    return view.rows("track", "targets", TargetRow)


def name(view: View, row: TargetRow | ReportRow) -> str:
    """The subject of a target or a report: indicator, industry, entity, place and time."""
    return subject(view.region, row, view.lang)


def distinct(view: View, rows: Sequence[TargetRow]) -> list[str]:
    """A name for each target; those with the same aim for the same thing are numbered."""
    worded = [labels.target(view.region, view.plan, row.target, view.lang) for row in rows]
    return [
        f"{label} ({worded[: at + 1].count(label)})" if worded.count(label) > 1 else label
        for at, label in enumerate(worded)
    ]


def aim(view: View, row: TargetRow) -> str:
    """The aim of a target: as printed where the reader reads it, else in the reader's words."""
    return row.text if view.reads(row.text) else _in_words(view, row)


def _in_words(view: View, row: TargetRow) -> str:
    """The aim of a target in the reader's language."""
    assert view.plan is not None
    return labels.aim(view.region, view.plan.target_by_id[row.target], view.lang)


def names(view: View, rows: Iterable[TargetRow]) -> str:
    """The names of several targets; each has commas of its own."""
    return view.written.semicolon.join(name(view, row) for row in rows)


def order(row: TargetRow) -> tuple[int, float, str]:
    """A key by which targets that lag come first, the furthest behind before the others."""
    lead = row.lead if known(row.lead) else 0.0
    return classes()[row.progress_class].order, lead, row.target


def behind(row: TargetRow) -> bool:
    """True for a target that lags or was missed."""
    return classes()[row.progress_class].behind


def text(view: View, row: TargetRow) -> Text:
    """The target as printed, and in the reader's language where that differs."""
    if view.reads(row.text):
        return row.text
    return (Foreign.of(row.text), Break(), Small(_in_words(view, row)))


def latest(view: View, row: TargetRow) -> Text:
    """The latest figure with its ends and time, the base, and what was reported beside it."""
    lines: list[Text] = []
    if row.latest.known:
        amount = view.amount(row.latest, row.unit)
        when = view.written.bracketed(view.period(row.latest_period))
        lines.append((*parts(amount), Small(when)))
        if doubts := view.doubts(row.doubts):
            lines.append((Small(doubts),))
        if row.measured_by:
            other = view.name("indicators", row.measured_by)
            lines.append((Small(view.say("by_other_name", indicator=other)),))
    if known(row.base):
        when = view.written.bracketed(view.period(row.base_period))
        base = view.show(row.base, row.unit) + when
        lines.append((Small(view.say("from_base", base=base)),))
    if row.report:
        lines.append((Small(reported(view, row)),))
    return joined(lines, Break()) if lines else DASH


def reported(view: View, row: TargetRow) -> str:
    """The reporter of the figure, and the reported figure too where the published figure counts."""
    by = reported_by_on(row.reported_by, row.reported_on, view.lang)
    if row.basis == Basis.REPORTED:
        return by
    amount = view.show(row.reported, row.unit)
    when = view.written.bracketed(view.period(row.reported_period))
    return f"{amount}{when}{view.written.comma}{by}"


def points(unit: str) -> str:
    """The unit of a difference."""
    return "pp" if unit == "%" else unit


def gap(view: View, row: TargetRow) -> str:
    """Goal less the latest figure."""
    if not known(row.gap):
        return DASH
    return show(row.gap, points(row.unit), view.lang, size=row.latest.value)


def progress(view: View, row: TargetRow) -> Text:
    """The share of the way, with its ends."""
    if not (of := row.progress).known:
        return DASH
    low, middle, high = (percent(end, view.lang) for end in (of.low, of.value, of.high))
    if low == high:
        return middle
    return (middle, " ", Small(f"{low.removesuffix('%')}–{high}", ends=True))


def elapsed(view: View, row: TargetRow) -> str:
    """The share of the time that had passed."""
    return percent(row.elapsed, view.lang)


def reached(row: TargetRow) -> bool:
    """True where the latest figure of a level is where it should be; growth may still fall back."""
    growing = row.path in (TargetPath.YEAR, TargetPath.GROWTH, TargetPath.CUMULATIVE)
    return not growing and row.accepted_low <= row.latest.value <= row.accepted_high


def pace(view: View, row: TargetRow, value: float) -> str:
    """A pace to three digits: units a year, percent a year, or growth of the rest of the year."""
    if not known(value):
        return DASH
    three = float(f"{value:.3g}")
    yearly = row.pace_unit == PaceUnit.A_YEAR
    text = view.show(three, points(row.unit)) if yearly else view.bare(three, "%")
    return view.choice("pace_unit", row.pace_unit).format(value=text)


def required(view: View, row: TargetRow) -> str:
    """The pace that still leads to the goal; a dash where it is reached."""
    if known(row.required):
        return pace(view, row, row.required)
    return DASH if known(row.gap) and reached(row) else view.say("month_no_pace")


def outlook(view: View, row: TargetRow) -> Text:
    """The pace still required, the best and worst one there was, who managed it, the odds.

    Of a target whose time is over they are what they were.
    """
    if not known(row.required):
        return DASH
    notes = [odds.then(view, row)] if row.past else []
    if row.paces:
        ends = {"best": pace(view, row, row.best), "worst": pace(view, row, row.worst)}
        notes.append(view.say("paces", n=row.paces, **ends))
    if row.compared:
        notes.append(view.say("managed", n=row.managed, of=row.compared))
    if sentence := odds.odds_sentence(view, row):
        notes.append(sentence)
    required = pace(view, row, row.required)
    return (required, Break(), Small(" ".join(notes))) if notes else required


def odds_records(view: View, rows: Sequence[TargetRow]) -> list[Block]:
    """The odds of these targets and their records, under a heading of their own."""
    return odds.records(view, list(zip(rows, distinct(view, rows), strict=True)))


def assessment(view: View, row: TargetRow) -> Text:
    """The class as a badge, other classes within the bounds, and missing data or judgements."""
    notes = []
    alternatives = [option for option in row.possible if option != row.progress_class]
    if alternatives:
        names = view.join(view.choice("target_class", option) for option in alternatives)
        notes.append(view.say("evaluation_possible", names=names).strip())
    if row.position and row.outcome != Outcome.OPEN:
        notes.append(view.choice("outcome", row.outcome))
    lacking = {"position": row.position, "missing": row.missing}
    notes += [view.choice(of, value) for of, value in lacking.items() if value]
    notes += [*beside(view, row.target), *readings(view, row.target)]
    badge = replace(view.progress_class(row.progress_class), text=verdict(view, row))
    return (badge, Break(), Small(view.join(notes))) if notes else (badge,)


def readings(view: View, target: str) -> list[str]:
    """The readings of a target's words that are judgements."""
    return [
        view.choice("assumption", row.reading).format(value=_reading_value(view, row))
        for row in view.rows("track", "readings", Reading)
        if row.target == target
    ]


def _reading_value(view: View, row: Reading) -> str:
    """The number, the word or the unit that a reading puts in."""
    if row.reading == ReadingCode.UNIT_AS_INDICATOR:
        return spell(row.unit, view.lang)[1] or view.word("count_unit")
    if row.reading == ReadingCode.MEAN_OF_YEARS:
        return view.number(row.value)
    if known(row.value):
        width = row.reading in (ReadingCode.ABOUT_WIDTH, ReadingCode.COURSE_WIDTH)
        return view.show(row.value, points(row.unit) if width else row.unit)
    column = results.tables("track")["readings"].column("word")
    return view.name(column.catalogue_of(cells_of(row)), row.word)


def answer(view: View, row: ReportRow) -> list[str]:
    """The subject of a department's report, its answer, and the published figure for the same."""
    if row.sort == ReportSort.FIGURE:
        amount = view.show(row.value, row.unit)
        public = view.show(row.published, row.unit) if known(row.published) else DASH
        return [name(view, row), view.qualified(row.qualifier, amount), public]
    column = results.tables("track")["reported"].column("item")
    item = view.name(column.catalogue_of(cells_of(row)), row.item, row.entity)
    about = view.written.comma.join(p for p in (view.name("entities", row.entity), item) if p)
    review = view.choice("review_state", row.state)
    if row.done_on:
        review += view.written.bracketed(view.period(row.done_on))
    return [about, review, DASH]


def reports(view: View, blank: str = "") -> Table:
    """The reports of departments, the newest first; `blank` stands where nothing shows it."""
    heads = view.heading(
        "department", "about", "told", "published_value", "report_use", "reported_by_on", "evidence"
    )
    cells = [
        [
            row.department or view.say("not_said"),
            *answer(view, row),
            view.choice("report_use", row.use),
            reported_by_on(row.reporter, row.received[:10], view.lang),
            view.join(part for part in (row.evidence, row.note) if part) or blank,
        ]
        for row in view.rows("track", "reported", ReportRow)
    ]
    return grid(view.title("track", "reported"), heads, cells, {2, 3})


def due(view: View, row: DueItem) -> str:
    """The name of what falls due: a target, a task, a milestone, a programme's money."""
    match row.what:
        case DueKind.TARGET:
            return name(view, next(target for target in rows(view) if target.target == row.target))
        case DueKind.MEASURE:
            return view.name("measures", row.measure)
    column = results.tables("track")["calendar"].column("item")
    item = view.name(column.catalogue_of(cells_of(row)), row.item, row.entity)
    return view.name("entities", row.entity) + view.written.colon + item


def due_state(view: View, row: DueItem) -> Text:
    """The class of a target that is due, or the state of a task, a milestone or money."""
    if row.progress_class:
        return (view.progress_class(row.progress_class),)
    return view.choice("delivery_state", row.state or "")
