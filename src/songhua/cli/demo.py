"""songhua demo: the built-in case from folder to report."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from songhua import messages
from songhua.cli.calls import Verb
from songhua.cli.shared import guarded, lang, replace


@click.command(cls=Verb)
@click.option(
    "--out", metavar="DIR", default="songhua-out", help="Where the case and its report go."
)
@replace
@lang
@guarded
def demo(out: str, replace: bool, lang: str) -> None:
    """Write the built-in case to songhua-out/, run it, and write its report."""
    from songhua import session
    from songhua.cli.whole import RunRequest, run_whole

    case = Path(out) / session.FIRST_EXAMPLE
    if not case.exists():
        session.new(case, session.FIRST_EXAMPLE)
    click.echo(messages.word("demo_case", lang, path=case))
    target = Path(out) / f"{session.FIRST_EXAMPLE}-report"
    code = run_whole(RunRequest(case, target, lang, replace=replace))
    if code:
        sys.exit(code)
