"""songhua import: rows from a CSV, XLSX or Parquet file."""

from __future__ import annotations

from typing import Any

import click

from songhua import messages
from songhua.cli.calls import Verb
from songhua.cli.shared import folder, guarded, lang, progress, warn

SHOWN = 12


@click.command("import", cls=Verb)
@folder
@click.argument("file", metavar="FILE", type=click.Path())
@click.option(
    "--map", "map_file", metavar="MAP.toml", default=None, help="How to read a cross table."
)
@click.option("--dry-run", is_flag=True, help="Show what would be added; write nothing.")
@lang
@guarded
def imports(folder: str, file: str, map_file: str | None, dry_run: bool, **options: Any) -> None:
    """Add the rows of FILE (CSV, XLSX or Parquet) to the observations of DIR: all or none.

    A review sheet that was filled in is known by itself and goes to `reviews/`.
    """
    from songhua import session

    tongue = options["lang"]
    with progress(tongue):
        done = session.import_file(folder, file, map_file, dry_run)
    for note in done.notes:
        click.echo(messages.word("import_note", tongue, text=note))
    for skipped in done.skipped:
        params = {"n": skipped.n, "first": skipped.first, "text": skipped.text}
        click.echo(messages.word(f"skipped_{skipped.why}", tongue, **params))
    for row in done.rows.head(SHOWN).to_dict("records"):
        names = (
            "indicator",
            "region",
            "industry",
            "entity",
            "item",
            "period",
            "qualifier",
            "value",
            "unit",
            "kind",
            "state",
            "source",
        )
        click.echo("  " + " ".join(str(row[name]) for name in names if row.get(name)))
    if len(done.rows) > SHOWN:
        click.echo("  …")
    if done.repeated:
        click.echo(messages.word("import_repeated", tongue, n=done.repeated))
    code = "import_nothing" if done.rows.empty else "import_would" if dry_run else "import_done"
    click.echo(messages.word(code, tongue, n=len(done.rows), file=done.file))
    warn(done.warnings, tongue)
