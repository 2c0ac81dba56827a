"""songhua diagnose: what the industrial system is."""

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
def diagnose(
    folder: str, as_of: str | None, as_json: bool, xlsx: str | None, **options: Any
) -> None:
    """Say what the industrial system of DIR is: roles, sizes, growth and its parts, conflicts."""
    answer("diagnose", folder, as_json, xlsx, as_of=as_of, **options)
