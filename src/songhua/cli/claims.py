"""songhua claims: printed sentences, checked by arithmetic and sources."""

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
def claims(folder: str, as_of: str | None, as_json: bool, xlsx: str | None, **options: Any) -> None:
    """Check the sentences of DIR's claims.toml by arithmetic and sources."""
    answer("claims", folder, as_json, xlsx, as_of=as_of, **options)
