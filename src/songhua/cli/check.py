"""songhua check: all faults of a folder, or what it holds."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from songhua import messages
from songhua.cli.calls import Verb
from songhua.cli.shared import as_json, faults, folder, guarded, lang, progress, warn
from songhua.errors import SonghuaError


@click.command(cls=Verb)
@folder
@click.option("--small-cells", is_flag=True, help="Show how many firms there are exactly.")
@click.option(
    "--no-history", is_flag=True, help="Do not look whether what is recorded was changed."
)
@as_json
@lang
@guarded
def check(folder: str, small_cells: bool, no_history: bool, as_json: bool, **options: Any) -> None:
    """List every fault of DIR (exit code 2), or say what it holds and what is doubtful."""
    from songhua import session

    tongue = options["lang"]
    try:
        with progress(tongue, quiet=as_json):
            found = session.check(folder, small_cells, not no_history)
    except SonghuaError as error:
        if as_json or not any(one.code.startswith("history_") for one in error.faults):
            raise
        code = faults(error.faults, tongue)
        click.echo(messages.word("untold_history", tongue, path=folder), err=True)
        sys.exit(code)
    if as_json:
        warnings = [one.as_dict(tongue) for one in found.warnings]
        unseen = {name: list(counts) for name, counts in found.unseen.items()}
        data = {"faults": [], "warnings": warnings, "unseen": unseen, "holds": dict(found.holds)}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    click.echo(messages.word("no_faults", tongue, path=folder))
    colon = messages.language(tongue).colon
    for name, n in found.holds.items():
        told = str(n)
        if name == "firms" and n != 0 and not small_cells:
            told = messages.word("firms_uncounted" if n is None else "firms_about", tongue, n=n)
        click.echo(f"  {messages.word(f'holds_{name}', tongue)}{colon}{told}")
    warn(found.warnings, tongue)
    for indicator, (n, many) in found.unseen.items():
        click.echo(messages.word("n_unseen", tongue, n=n, many=many, indicator=indicator))
