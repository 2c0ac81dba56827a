"""songhua track: the plan against what happened."""

from __future__ import annotations

from typing import Any

import click

from songhua.cli.shared import answer, as_json, as_of, folder, guarded, lang, xlsx


@click.command()
@folder
@as_of
@as_json
@xlsx
@lang
@guarded
def track(folder: str, as_of: str | None, as_json: bool, xlsx: str | None, **options: Any) -> None:
    """Hold the targets, tasks and projects of DIR's plan against what happened."""
    answer("track", folder, as_json, xlsx, as_of=as_of, **options)
