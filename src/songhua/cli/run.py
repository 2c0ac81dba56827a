"""songhua run: all that a folder has data for, and the report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from songhua.cli.calls import Verb
from songhua.cli.shared import (
    as_json,
    as_of,
    draws,
    folder,
    guarded,
    lang,
    limit,
    place_of,
    replace,
    template,
    template_read,
    xlsx,
)

FORMATS = ("html", "docx", "pdf", "png")


@click.command(cls=Verb)
@folder
@as_of
@click.option(
    "--out", metavar="DIR", default=None, help="Where the report goes (songhua-out/NAME)."
)
@click.option(
    "--format",
    "forms",
    type=click.Choice(FORMATS),
    multiple=True,
    default=("html",),
    help="What is written of the report (html); repeatable. png: its charts.",
)
@template
@limit
@click.option("--fresh", is_flag=True, help="Compute everything anew, whatever was kept.")
@as_json
@xlsx
@draws
@replace
@lang
@guarded
def run(
    folder: str, out: str | None, forms: tuple[str, ...], template: str | None, **options: Any
) -> None:
    """Do all that DIR has data for, say what was skipped and why, and write the report.

    A study that gives no answer is told in its place, and the others stand. The exit code is then
    2 where the folder can be mended, 1 for an error of songhua or a study that its limit ended.
    """
    from songhua.cli.whole import RunRequest, run_whole

    look = template_read(template, forms, options["lang"])
    forms = tuple(dict.fromkeys(forms))
    code = run_whole(
        RunRequest(Path(folder), place_of(folder, out), forms=forms, look=look, **options)
    )
    if code:
        sys.exit(code)
