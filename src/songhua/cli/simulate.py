"""songhua simulate: what each project of the plan does."""

from __future__ import annotations

from typing import Any

import click

from songhua.cli.shown import as_json, as_of, folder, guarded, lang, progress, write_tables, xlsx


@click.command()
@folder
@click.option("--scenario", metavar="NAME", default="", help="One of the plan's scenarios.")
@click.option(
    "--draws", metavar="N", default=0, type=click.IntRange(0), help="How many draws (300)."
)
@click.option(
    "--workers", metavar="N", default=0, type=click.IntRange(0),
    help="Processes; otherwise one, or one a core from 2,000 draws on. The numbers are the same.",
)  # fmt: skip
@as_of
@as_json
@xlsx
@lang
@guarded
def simulate(
    folder: str,
    scenario: str,
    draws: int,
    workers: int,
    as_of: str | None,
    as_json: bool,
    xlsx: str | None,
    **options: Any,
) -> None:
    """Say what each project of DIR's plan does: value added, jobs and taxes, with their range."""
    from songhua import workbench
    from songhua.cli.projects import show_simulation

    with progress(options["lang"], quiet=as_json) as report:
        done = workbench.run(folder, ("simulate",), as_of, report, scenario, draws, workers)
    write_tables(done, xlsx, options["lang"])
    if as_json:
        click.echo(done.results["simulate"].to_json(), nl=False)
    else:
        show_simulation(done, options["lang"])
