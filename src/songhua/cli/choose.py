"""songhua choose: possible entries of a region, by its own panel or learnt from a wider one."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from songhua.cli.shared import guarded, progress, written_at
from songhua.cli.studies import verb_of
from songhua.studies.registry import get

#: The options that say how a panel is learnt from.
HOW = ("below", "above", "floor", "jobs", "level")


def verb() -> click.Command:
    """The verb of the study, which can also write what a wider panel teaches."""
    command = verb_of(get("choose"))
    show: Any = command.callback

    def choose(learn_from: str | None, recorded: str | None, **options: Any) -> None:
        if learn_from is None:
            show(**options)
        else:
            _learn(learn_from, recorded, **options)

    command.callback = guarded(choose)
    more = (
        click.Option(
            ["--learn-from"],
            metavar="FILE",
            help="Write to DIR/learnt what a panel of many regions teaches; a CSV as in panels/.",
        ),
        click.Option(["--recorded"], metavar="DATE", help="The day recorded, else today."),
    )
    at = [param.name for param in command.params].index("until") + 1
    command.params[at:at] = more
    return command


def _learn(
    file: str, recorded: str | None, folder: str, lang: str, limit: int, step: int, **options: Any
) -> None:
    """Learn from a panel, and say where that was written."""
    from songhua import session
    from songhua.labels import parse_date
    from songhua.session.limit import limited

    day = parse_date(recorded) if recorded else date.today()
    settings = {name: options[name] for name in HOW}
    with progress(lang) as report, limited("choose", limit, report) as watch:
        path = session.learn_from(folder, file, day, step, settings, watch.report)
    written_at("learnt_at", path, lang)
