"""What a whole run shows: its screen and where the report is, or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from songhua import messages
from songhua.document.screens.run import run
from songhua.format.view import View
from songhua.render.terminal import show
from songhua.session import Run


def show_run(done: Run, written: Sequence[Path], lang: str, as_json: bool) -> None:
    """Everything, what was skipped, how the founding text is answered, where the report is."""
    if as_json:
        click.echo(_json(done, written))
        return
    show(run(View.of(done, lang)))
    click.echo("")
    for path in written:
        click.echo(f"{messages.word('report_at', lang)} {path}")


def _json(done: Run, written: Sequence[Path]) -> str:
    data = {name: json.loads(result.to_json()) for name, result in done.results.items()}
    skipped = [{"code": f.code, "params": dict(f.params)} for f in done.skipped]
    whole = {"results": data, "skipped": skipped, "reports": [str(path) for path in written]}
    return json.dumps(whole, ensure_ascii=False, indent=1)
