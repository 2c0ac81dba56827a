"""The targets of an evaluation: where each stands, by which rule, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from songhua.plan.schemes import NO_DATA
from songhua.report.blocks import Block, Chart, Grid, Heading, Points
from songhua.report.charts import track as charts
from songhua.report.numbers import known
from songhua.report.telling import (
    DASH,
    Row,
    Sources,
    gap,
    latest,
    printed,
    reached,
    still_required,
    without_blank,
)
from songhua.report.tracked import named, odds, pace, readings_of
from songhua.report.view import View


def sentence(view: View, sources: Sources, row: Row) -> str:
    """A target that lags, in a sentence: what was asked, what is there, what is still required."""
    parts = [f"{named(view, row)} ({view.choice('nature', row['nature'])}){view.say('month_comma')}"
             f"{printed(view, row)}", latest(view, row)]  # fmt: skip
    if known(row["progress"]):
        params = {"progress": _share(row["progress"]), "elapsed": _share(row["elapsed"])}
        parts.append(view.say("evaluation_progress", **params))
    if known(row["required"]):
        parts.append(view.say("evaluation_required", pace=still_required(view, row)))
    if row["owner"]:
        parts.append(view.say("evaluation_owner", owner=row["owner"]))
    said = view.say("month_semicolon").join(parts) + view.say("month_stop")
    return f"{said} {sources.of(row['observations'], row['source'])}"


def targets(view: View, sources: Sources, nature: str, rows: Sequence[Row]) -> list[Block]:
    """The targets of one nature with progress beside the time elapsed."""
    shown = [row for row in rows if known(row["latest"])]
    if not shown:
        return []
    title = f"{view.title('track', 'targets')} · {view.choice('nature', nature)}"
    heads = view.heading(
        "target", "text", "latest", "gap", "progress", "elapsed", "progress_class", "rule", "source"
    )
    cells = [_cells(view, sources, row) for row in shown]
    note = view.say("evaluation_targets_note")
    blocks: list[Block] = [
        Heading(1, title), Grid(title, heads, cells, frozenset({3, 4, 5}), note),
    ]  # fmt: skip
    drawn = pd.DataFrame([row for row in shown if known(row["progress"])])
    if len(drawn):
        names = [named(view, row) for row in drawn.to_dict("records")]
        svg = charts.bullets(view, drawn, names, f"c-bullets-{nature or 'plain'}")
        caption = f"{view.say('chart_bullets')} · {view.choice('nature', nature)}"
        blocks.append(Chart(caption, svg, view.say("track_note")))
    return blocks


def _cells(view: View, sources: Sources, row: Row) -> list[str]:
    called = view.choice("target_class", row["progress_class"])
    if row["possible"]:
        other = [one for one in row["possible"].split() if one != row["progress_class"]]
        named_ = view.join(view.choice("target_class", one) for one in other)
        called += view.say("evaluation_possible", names=named_)
    if row["position"] in ("at_low_end", "at_high_end"):
        called += view.say("month_comma") + view.choice("position", row["position"])
    if row["missing"]:
        called += view.say("month_comma") + view.choice("missing", row["missing"])
    source = sources.of(row["observations"], row["source"])
    return [
        named(view, row), printed(view, row), latest(view, row), gap(view, row),
        _share(row["progress"]), _share(row["elapsed"]), called,
        view.choice("path", row["path"]), source,
    ]  # fmt: skip


def _share(value: float) -> str:
    return f"{value * 100:.0f}%".replace("-", "−") if known(value) else DASH


def outlook(view: View, rows: Sequence[Row]) -> list[Block]:
    """The pace still required beside the best and worst one there was, here and elsewhere."""
    ahead = [row for row in rows if known(row["required"]) and not reached(row)]
    if not ahead:
        return []
    cells = [
        [
            named(view, row), still_required(view, row),
            *(_pace(view, row, name) for name in ("best", "worst")), str(row["paces"]),
            view.say("evaluation_managed", n=row["managed"], of=row["compared"])
            if row["compared"] else DASH,
            odds(view, row) if known(row["probability"]) else DASH,
        ]
        for row in ahead
    ]  # fmt: skip
    title = view.say("evaluation_outlook")
    heads = view.heading(
        "target", "required", "best", "worst", "known_paces", "managed", "probability"
    )
    note = view.say("evaluation_outlook_note")
    grid, _ = without_blank(Grid(title, heads, cells, frozenset({4}), note))
    return [Heading(1, title), grid]


def _pace(view: View, row: Row, name: str) -> str:
    return pace(view, row["pace_unit"], row[name], row["unit"]) if known(row[name]) else DASH


def others(view: View, sources: Sources, kind: str, rows: Sequence[Row]) -> list[Block]:
    """At the middle of a plan: what became of the targets of single years."""
    if kind == "annual" or not rows:
        return []
    title = view.say("evaluation_years")
    cells = [
        [
            named(view, row), printed(view, row), view.choice("nature", row["nature"]),
            latest(view, row), view.choice("target_class", row["progress_class"]),
            sources.of(row["observations"], row["source"]),
        ]
        for row in rows
    ]  # fmt: skip
    heads = view.heading("target", "text", "nature", "latest", "progress_class", "source")
    return [Heading(1, title), Grid(title, heads, cells)]


def unassessed(view: View, sources: Sources, rows: Sequence[Row]) -> list[Block]:
    """What cannot be assessed, and what is missing."""
    blank = [row for row in rows if row["progress_class"] == NO_DATA]
    if not blank:
        return []
    title = view.say("evaluation_blank")
    cells = [
        [
            named(view, row), printed(view, row), view.choice("nature", row["nature"]),
            latest(view, row), view.choice("missing", row["missing"]),
            row["owner"] or view.say("not_said"),
            sources.of(row["observations"], row["source"]),
        ]
        for row in blank
    ]  # fmt: skip
    heads = view.heading("target", "text", "nature", "latest", "missing", "department", "source")
    note = view.say("evaluation_blank_note")
    return [Heading(1, title), Grid(title, heads, cells, frozenset(), note)]


def readings(view: View, rows: Sequence[Row]) -> list[Block]:
    """Readings of the plan's words that are judgements."""
    listed = [(named(view, row), readings_of(view, row["target"])) for row in rows]
    said = [f"{name}{view.say('month_comma')}{view.join(notes)}" for name, notes in listed if notes]
    return [Heading(1, view.say("evaluation_readings")), Points(said)] if said else []
