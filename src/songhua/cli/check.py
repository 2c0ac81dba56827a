"""songhua check: all faults of a folder, or what it holds."""

from __future__ import annotations

import json
import sys

import click

from songhua import messages
from songhua.cli.calls import Verb
from songhua.cli.shared import as_json, folder, guarded, lang, print_faults, progress, warn
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
def check(folder: str, small_cells: bool, no_history: bool, as_json: bool, lang: str) -> None:
    """List every fault of DIR (exit code 2), or say what it holds and what is doubtful."""
    from songhua import session

    try:
        with progress(lang, quiet=as_json):
            result = session.check(folder, small_cells, not no_history)
    except SonghuaError as error:
        if as_json or not any(fault.code.startswith("history_") for fault in error.faults):
            raise
        code = print_faults(error.faults, lang)
        click.echo(messages.word("untold_history", lang, path=folder), err=True)
        sys.exit(code)
    if as_json:
        warnings = [warning.as_dict(lang) for warning in result.warnings]
        unseen = {name: list(counts) for name, counts in result.unseen.items()}
        data = {"faults": [], "warnings": warnings, "unseen": unseen, "holds": dict(result.holds)}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    click.echo(messages.word("no_faults", lang, path=folder))
    colon = messages.language(lang).colon
    for name, n in result.holds.items():
        count = str(n)
        if name == "firms" and n != 0 and not small_cells:
            count = messages.word("firms_uncounted" if n is None else "firms_about", lang, n=n)
        click.echo(f"  {messages.word(f'holds_{name}', lang)}{colon}{count}")
    warn(result.warnings, lang)
    for indicator, (n, many) in result.unseen.items():
        click.echo(messages.word("n_unseen", lang, n=n, many=many, indicator=indicator))
