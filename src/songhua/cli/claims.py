"""songhua claims: printed sentences, checked by arithmetic and sources."""

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
def claims(folder: str, as_of: str | None, as_json: bool, xlsx: str | None, **options: Any) -> None:
    """Check the sentences of DIR's claims.toml by arithmetic and sources."""
    from songhua import workbench
    from songhua.cli.screen import show_claims

    with progress(options["lang"], quiet=as_json) as report:
        done = workbench.run(folder, ("claims",), as_of, report)
    write_tables(done, xlsx, options["lang"])
    if as_json:
        click.echo(done.results["claims"].to_json(), nl=False)
    else:
        show_claims(done, options["lang"])
