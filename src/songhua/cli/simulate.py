"""songhua simulate: what each project of the plan does."""

from __future__ import annotations

from typing import Any

import click

from songhua.cli.shared import answer, as_json, as_of, folder, guarded, lang, xlsx


@click.command()
@folder
@click.option("--scenario", metavar="NAME", default="", help="One of the plan's scenarios.")
@click.option(
    "--draws", metavar="N", default=0, type=click.IntRange(0), help="How many draws (300)."
)
@click.option(
    "--workers", metavar="N", default=1, type=click.IntRange(1),
    help="Processes that draw tables (1). The numbers are the same.",
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
    answer(
        "simulate",
        folder,
        as_json,
        xlsx,
        as_of=as_of,
        scenario=scenario,
        draws=draws,
        workers=workers,
        **options,
    )
