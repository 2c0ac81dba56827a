"""The targets of an evaluation: where each stands, by which rule, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.document import odds, targets
from songhua.document.blocks import Block, Figure, Heading, Points
from songhua.document.charts import track as charts
from songhua.document.tables import grid, without_blank
from songhua.document.verdict import verdict
from songhua.format.cells import percent
from songhua.format.numbers import known
from songhua.format.text import Text, joined, plain
from songhua.format.view import DASH, View
from songhua.plan.schemes import NO_DATA
from songhua.plan.vocabulary import Nature
from songhua.studies.track.rows import TargetRow


def sentence(view: View, row: TargetRow) -> Text:
    """A target that lags, in a sentence: the target, the figure, and the pace still required."""
    nature = view.choice("nature", row.nature)
    demand = plain(targets.text(view, row)).replace("\n", " · ")
    parts = [
        f"{targets.name(view, row)}{view.written.bracketed(nature)}{view.written.colon}{demand}",
        plain(targets.latest(view, row)).replace("\n", view.written.semicolon),
    ]
    if row.progress.known:
        params = {
            "progress": percent(row.progress.value, view.lang),
            "elapsed": targets.elapsed(view, row),
        }
        parts.append(view.say("evaluation_progress", **params))
    if known(row.required):
        parts.append(view.say("evaluation_required", pace=targets.required(view, row)))
    if row.owner:
        parts.append(view.say("evaluation_owner", owner=view.name("tags", row.owner)))
    text = view.written.semicolon.join(parts) + view.written.stop
    return joined([text, view.rests(row.observations, row.source)])


def assessed(view: View, nature: Nature, rows: Sequence[TargetRow]) -> list[Block]:
    """The targets of one nature with progress beside the time elapsed."""
    figured = [row for row in rows if row.latest.known]
    if not figured:
        return []
    title = f"{view.title('track', 'targets')} · {view.choice('nature', nature)}"
    heads = view.heading(
        "target", "text", "latest", "gap", "progress", "elapsed", "progress_class", "rule", "source"
    )
    cells = [_cells(view, row) for row in figured]
    note = view.say("evaluation_targets_note")
    blocks: list[Block] = [Heading(1, title), grid(title, heads, cells, {3, 4, 5}, note)]
    drawn = [row for row in figured if row.progress.known]
    if drawn:
        names = targets.distinct(view, drawn)
        chart = charts.bullets(view, drawn, names, f"c-bullets-{nature or 'plain'}")
        caption = f"{view.say('chart_bullets')} · {view.choice('nature', nature)}"
        blocks.append(Figure(caption, chart, view.say("track_note")))
    return blocks


def _cells(view: View, row: TargetRow) -> list[Text]:
    return [
        targets.name(view, row),
        targets.text(view, row),
        targets.latest(view, row),
        targets.gap(view, row),
        targets.progress(view, row),
        targets.elapsed(view, row),
        targets.assessment(view, row),
        view.choice("path", row.path),
        view.rests(row.observations, row.source),
    ]


def outlook(view: View, rows: Sequence[TargetRow]) -> list[Block]:
    """The pace still required beside the best and worst one there was, here and elsewhere."""
    ahead = [row for row in rows if known(row.required) and not (row.past or targets.reached(row))]
    if not ahead:
        return []
    cells = [
        [
            targets.name(view, row),
            targets.required(view, row),
            *(targets.pace(view, row, pace) for pace in (row.best, row.worst)),
            str(row.paces),
            view.say("evaluation_managed", n=row.managed, of=row.compared)
            if row.compared
            else DASH,
            odds.odds_sentence(view, row) or DASH,
        ]
        for row in ahead
    ]
    title = view.say("evaluation_outlook")
    heads = view.heading(
        "target", "required", "best", "worst", "known_paces", "managed", "probability"
    )
    note = view.say("evaluation_outlook_note")
    table, _ = without_blank(grid(title, heads, cells, {4}, note))
    return [Heading(1, title), table, *targets.odds_records(view, ahead)]


def single_year_targets(view: View, kind: str, rows: Sequence[TargetRow]) -> list[Block]:
    """At the middle of a plan: what became of the targets of single years."""
    if kind == "annual" or not rows:
        return []
    title = view.say("evaluation_years")
    cells = [
        [
            targets.name(view, row),
            targets.text(view, row),
            view.choice("nature", row.nature),
            targets.latest(view, row),
            verdict(view, row),
            view.rests(row.observations, row.source),
        ]
        for row in rows
    ]
    heads = view.heading("target", "text", "nature", "latest", "progress_class", "source")
    return [Heading(1, title), grid(title, heads, cells)]


def unassessed(view: View, rows: Sequence[TargetRow]) -> list[Block]:
    """Targets that cannot be assessed, and what is missing."""
    blank = [row for row in rows if row.progress_class == NO_DATA]
    if not blank:
        return []
    title = view.say("evaluation_blank")
    cells = [
        [
            targets.name(view, row),
            targets.text(view, row),
            view.choice("nature", row.nature),
            targets.latest(view, row),
            view.choice("missing", row.missing),
            view.name("tags", row.owner) or view.say("not_said"),
            view.rests(row.observations, row.source),
        ]
        for row in blank
    ]
    heads = view.heading("target", "text", "nature", "latest", "missing", "department", "source")
    note = view.say("evaluation_blank_note")
    return [Heading(1, title), grid(title, heads, cells, (), note)]


def readings(view: View, rows: Sequence[TargetRow]) -> list[Block]:
    """Readings of the plan's words that are judgements."""
    listed = [(targets.name(view, row), targets.readings(view, row.target)) for row in rows]
    lines = [f"{name}{view.written.colon}{view.join(notes)}" for name, notes in listed if notes]
    return [Heading(1, view.say("evaluation_readings")), Points(lines)] if lines else []
