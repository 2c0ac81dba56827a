"""songhua diagnose: what the industrial system is."""

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
def diagnose(
    folder: str, as_of: str | None, as_json: bool, xlsx: str | None, **options: Any
) -> None:
    """Say what the industrial system of DIR is: roles, sizes, growth and its parts, conflicts."""
    from songhua import workbench
    from songhua.cli.screen import show_diagnosis

    with progress(options["lang"], quiet=as_json) as report:
        done = workbench.run(folder, ("diagnose",), as_of, report)
    write_tables(done, xlsx, options["lang"])
    if as_json:
        click.echo(done.results["diagnose"].to_json(), nl=False)
    else:
        show_diagnosis(done, options["lang"])
