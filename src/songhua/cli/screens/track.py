"""The tracking on the terminal: targets by nature, lagging ones first, then what is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from songhua.cli.screen import Row, Screen
from songhua.plan.schemes import classes
from songhua.report import words
from songhua.report.numbers import bare
from songhua.report.numbers import show as figure
from songhua.session import Run

NATURES = {"binding": "binding", "anticipatory": "anticipatory", "": "plain"}


def show(done: Run, lang: str, brief: bool = False) -> None:
    """Targets, then the works that are late or due, then every finding."""
    screen = Screen(done, lang)
    result = done.results["track"]
    if brief:
        screen.brief(result)
        return
    targets = result.tables["targets"]
    for nature, name in NATURES.items():
        rows = targets[targets["nature"] == nature]
        if len(rows):
            screen.title(screen.word(f"title_targets_{name}"))
            _targets(screen, rows)
    _due(screen, result.tables["calendar"])
    _states(screen, result.tables)
    if result.findings:
        screen.title(screen.word("title_findings"))
    screen.findings(result)


def _targets(screen: Screen, frame: pd.DataFrame) -> None:
    heads = [
        screen.word(f"head_{name}")
        for name in ("indicator", "target", "latest", "gap", "elapsed", "progress", "class")
    ]
    places = {name: one.order for name, one in classes().items()}
    ranked = frame.assign(order=frame["progress_class"].map(places)).sort_values(
        "order", kind="stable"
    )
    rows = [_target(screen, row) for row in ranked.to_dict("records")]
    screen.table(heads, rows, right=(4, 5))


def _target(screen: Screen, row: Row) -> list[str]:
    """A target's cells; where it cannot be assessed, the class is what is missing."""
    place = (
        "" if row["region"] == screen.done.region.code else screen.label("places", row["region"])
    )
    industry = "" if row["industry"] == "all" else screen.label("industries", row["industry"])
    comma = screen.word("comma")
    names = [screen.label("indicators", row["indicator"]), industry, place]
    period = words.period(row["period"], screen.lang)
    named = comma.join(part for part in (*names, period) if part)
    latest, gap = "–", "–"
    if not pd.isna(row["latest"]):
        said = figure(
            row["latest"], row["unit"], screen.lang, row["latest_low"], row["latest_high"]
        )
        latest = f"{said} ({words.period(row['latest_period'], screen.lang)})"
    if row["report"]:
        latest = _reported(screen, row, latest)
    if not pd.isna(row["gap"]):
        gap = bare(row["gap"], row["unit"], screen.lang)
    called = screen.choice("target_class", row["progress_class"])
    if row["missing"]:
        called = f"{called}{screen.word('colon')}{screen.choice('missing', row['missing'])}"
    return [
        named,
        row["text"],
        latest,
        gap,
        _share(row["elapsed"]),
        _share(row["progress"]),
        called,
    ]


def _reported(screen: Screen, row: Row, latest: str) -> str:
    """The published figure with the reported one below it, or the reported one with its mark."""
    by = words.reported_by_on(row["reported_by"], row["reported_on"], screen.lang)
    if row["basis"] == "reported":
        return f"{latest}\n{by}"
    said = figure(
        row["reported"], row["unit"], screen.lang, row["reported_low"], row["reported_high"]
    )
    told = f"{said} ({words.period(row['reported_period'], screen.lang)}) {by}"
    return told if latest == "–" else f"{latest}\n{told}"


def _share(value: Any) -> str:
    return "–" if pd.isna(value) else f"{value * 100:.0f}%"


def _states(screen: Screen, tables: Mapping[str, pd.DataFrame]) -> None:
    """States of tasks and milestones that departments reported."""
    cells = [
        [name, screen.choice("delivery_state", row["state"]), row["evidence"],
         words.reported_by_on(row["reported_by"], row["reported_on"], screen.lang)]
        for name, row in _works(screen, tables)
        if row["reported_on"]
    ]  # fmt: skip
    if cells:
        screen.title(screen.word("title_reported"))
        heads = [screen.word(f"head_{name}") for name in ("task", "state", "evidence", "told")]
        screen.table(heads, cells, right=())


def _works(screen: Screen, tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, Row]]:
    """Tasks and milestones by name."""
    for row in tables["measures"].to_dict("records"):
        yield screen.label("measures", row["measure"]), row
    for row in tables["milestones"].to_dict("records"):
        step = screen.label("milestones", row["item"], row["project"])
        yield f"{screen.label('entities', row['project'])}{screen.word('comma')}{step}", row


def _due(screen: Screen, frame: pd.DataFrame) -> None:
    """What is due besides targets."""
    rows = frame[frame["what"] != "target"]
    if rows.empty:
        return
    screen.title(screen.word("title_calendar"))
    heads = [screen.word(f"head_{name}") for name in ("due", "what", "task", "state")]
    cells = [
        [
            row["due"], screen.choice("due_what", row["what"]),
            " ".join(part for part in (_named(screen, row), row["item"]) if part),
            screen.choice("delivery_state", row["state"]),
        ]
        for row in rows.to_dict("records")
    ]  # fmt: skip
    screen.table(heads, cells, right=())


def _named(screen: Screen, row: Row) -> str:
    """The task, or the name of the project or programme that is due."""
    return row["measure"] or screen.label("entities", row["entity"])
