"""songhua check: all faults of a folder, or what it holds."""

from __future__ import annotations

import json
from typing import Any

import click

from songhua import messages
from songhua.cli.shared import as_json, folder, guarded, lang, progress, warn


@click.command()
@folder
@as_json
@lang
@guarded
def check(folder: str, as_json: bool, **options: Any) -> None:
    """List every fault of DIR (exit code 2), or say what it holds and what is hardly right."""
    from songhua import session

    tongue = options["lang"]
    with progress(tongue, quiet=as_json):
        found = session.check(folder)
    if as_json:
        warnings = [one.as_dict(tongue) for one in found.warnings]
        unseen = {name: list(counts) for name, counts in found.unseen.items()}
        data = {"faults": [], "warnings": warnings, "unseen": unseen, "holds": dict(found.holds)}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    click.echo(messages.word("no_faults", tongue, path=folder))
    colon = messages.language(tongue).colon
    for name, n in found.holds.items():
        click.echo(f"  {messages.word(f'holds_{name}', tongue)}{colon}{n}")
    warn(found.warnings, tongue)
    for indicator, (n, many) in found.unseen.items():
        click.echo(messages.word("n_unseen", tongue, n=n, many=many, indicator=indicator))
