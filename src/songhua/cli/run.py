"""songhua run: all that a folder has data for, and the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from songhua.cli.calls import Verb
from songhua.cli.shared import as_json, as_of, folder, guarded, lang, replace, xlsx


@click.command(cls=Verb)
@folder
@as_of
@click.option(
    "--out", metavar="DIR", default=None, help="Where the report goes (songhua-out/NAME)."
)
@click.option(
    "--fresh", is_flag=True, help="Compute everything anew, whatever DIR/.songhua/ holds."
)
@as_json
@xlsx
@replace
@lang
@guarded
def run(folder: str, out: str | None, **options: Any) -> None:
    """Do all that DIR has data for, say what was skipped and why, and write the report."""
    from songhua.cli.whole import Asked, run_whole

    target = Path(out) if out else Path("songhua-out") / (Path(folder).resolve().name or "region")
    run_whole(Asked(Path(folder), target, **options))
