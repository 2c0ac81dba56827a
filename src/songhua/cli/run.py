"""songhua run: all that a folder has data for, and the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from songhua.cli.shared import as_json, as_of, folder, guarded, lang, progress, write_tables, xlsx


@click.command()
@folder
@as_of
@click.option(
    "--out", metavar="DIR", default=None, help="Where the report goes (songhua-out/NAME)."
)
@as_json
@xlsx
@lang
@guarded
def run(
    folder: str, as_of: str | None, out: str | None, as_json: bool, xlsx: str | None, **options: Any
) -> None:
    """Do all that DIR has data for, say what was skipped and why, and write the report."""
    from songhua import session
    from songhua.cli.whole import show_run
    from songhua.report import files

    target = Path(out) if out else Path("songhua-out") / (Path(folder).resolve().name or "region")
    with progress(options["lang"], quiet=as_json) as report:
        done = session.open(folder, as_of).run_all(report)
        written = files.write_report(done, target, report)
    write_tables(done, xlsx, options["lang"])
    show_run(done, written, options["lang"], as_json)
