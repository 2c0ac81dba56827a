"""songhua upgrade: today's names in a folder of an earlier version."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict

import click

from songhua import messages
from songhua.cli.calls import Verb
from songhua.cli.shared import as_json, folder, guarded, lang


@click.command(cls=Verb)
@folder
@click.option("--dry-run", is_flag=True, help="Show what would be renamed; write nothing.")
@as_json
@lang
@guarded
def upgrade(folder: str, dry_run: bool, as_json: bool, lang: str) -> None:
    """Write today's names into DIR, a folder of an earlier version: all of them or none."""

    from songhua import store

    renamed = store.upgrade_folder(store.at(folder, dry_run))
    if as_json:
        report = {"written": bool(renamed) and not dry_run, "renamed": [asdict(r) for r in renamed]}
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return
    times = Counter((r.file, r.column.rpartition(".")[2], r.before, r.after) for r in renamed)
    for (file, column, before, after), n in times.items():
        word = "upgrade_value" if column else "upgrade_column" if after else "upgrade_gone"
        params = {"file": file, "column": column, "before": before, "after": after, "n": n}
        click.echo(messages.word(word, lang, **params))
    code = "upgrade_nothing" if not renamed else "upgrade_would" if dry_run else "upgrade_done"
    click.echo(messages.word(code, lang, path=folder, n=len(renamed)))
