"""A register on the terminal: its pipeline, counts and lapses, or the counts that are published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
import pandas as pd

from songhua import messages
from songhua.cli.screen import Screen
from songhua.region import Region
from songhua.report import words
from songhua.results import Result
from songhua.session import Run
from songhua.store.rulebooks import status_names


def show(done: Run, lang: str, brief: bool = False) -> None:
    """All that is said of a register; in brief its findings and its pipeline."""
    result = done.results["certify"]
    if brief:
        _brief(Screen(done, lang), result)
    else:
        _register(result, done.region if done.region.code else None, lang)


def _brief(screen: Screen, result: Result) -> None:
    """Firms by law: what is said of the register, and its pipeline."""
    screen.brief(result)
    pipeline = result.tables.get("pipeline", pd.DataFrame())
    rows = [
        [screen.done.region.label("rulebooks", row["status"], screen.lang),
         screen.choice("stage", row["stage"]),
         f"{row['firms']:.0f}" if row["shown"] else screen.word("cell_hidden")]
        for row in pipeline.to_dict("records")
    ]  # fmt: skip
    if rows:
        heads = [screen.word(f"head_{name}") for name in ("status", "stage", "firms")]
        screen.table(heads, rows, right=(2,))


def _register(result: Result, region: Region | None, lang: str) -> None:
    """A register's findings, pipeline, counts and lapses; else the counts that are published."""
    for finding in result.findings:
        said = finding.words(lang) if region is None else words.finding(finding, region, lang)
        click.echo(said)
    names = status_names() if region is None else region.rulebooks
    hidden = messages.word("cell_hidden", lang)

    def line(row: Mapping[Any, Any], *cells: str) -> None:
        n = f"{row['firms']:.0f}" if row["shown"] else hidden
        status = names[row["status"]](lang) if row["status"] in names else row["status"]
        click.echo("  ".join([status, *cells, n]))

    tables = {name: frame.to_dict("records") for name, frame in result.tables.items()}
    for row in tables.get("pipeline", ()):
        line(row, messages.choice("stage", row["stage"], lang))
    for row in tables.get("counts", ()):
        known = row["growth"] == row["growth"]
        by = messages.choice("by", row["by"], lang)
        line(row, by, row["group"], *([f"{row['growth']:+.1f} %"] if known else []))
    for row in tables.get("expiry_counts", ()):
        line(
            row, messages.word("lapse_month" if row["month"] else "lapse_again", lang), row["month"]
        )
    for row in tables.get("published", ()):
        if region is None:
            break
        click.echo(words.published(row, region, lang))
