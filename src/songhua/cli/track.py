"""songhua track: the plan against what happened."""

from __future__ import annotations

from typing import Any

import click

from songhua.cli.shown import as_json, as_of, folder, guarded, lang, progress, write_tables, xlsx


@click.command()
@folder
@as_of
@as_json
@xlsx
@lang
@guarded
def track(folder: str, as_of: str | None, as_json: bool, xlsx: str | None, **options: Any) -> None:
    """Hold the targets, tasks and projects of DIR's plan against what happened."""
    from songhua import workbench
    from songhua.cli.tracked import show_tracking

    with progress(options["lang"], quiet=as_json) as report:
        done = workbench.run(folder, ("track",), as_of, report)
    write_tables(done, xlsx, options["lang"])
    if as_json:
        click.echo(done.results["track"].to_json(), nl=False)
    else:
        show_tracking(done, options["lang"])
