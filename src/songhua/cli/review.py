"""songhua review: a sheet a department, to be filled in and imported again."""

from __future__ import annotations

import os
from pathlib import Path

import click

from songhua import messages
from songhua.cli.calls import Verb
from songhua.cli.shared import folder, guarded, lang, replace, warn


@click.command(cls=Verb)
@folder
@click.option("--period", metavar="PERIOD", required=True, help="What is reported on, as 2023.")
@click.option("--out", metavar="DIR", default=None, help="Where the sheets go.")
@replace
@lang
@guarded
def review(folder: str, period: str, out: str | None, replace: bool, lang: str) -> None:
    """Write an XLSX sheet for each department of DIR's plan: what it is asked to report."""
    from songhua import session

    home = Path("songhua-out") / (Path(os.path.realpath(folder)).name or "region")
    target = Path(out) if out else home / f"review-{period}"
    outcome = session.review(folder, period, target, lang, replace)
    for file in outcome.files:
        click.echo(messages.word("review_written", lang, path=str(file)))
    warn(outcome.warnings, lang)
