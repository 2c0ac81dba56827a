"""songhua correct: one figure, as its source prints it now."""

from __future__ import annotations

import re
from typing import Any

import click

from songhua import messages
from songhua.cli.calls import Verb
from songhua.cli.shared import folder, guarded, lang, warn

_NEGATIVE = re.compile(r"-[\d.]")


class Figures(Verb):
    """A verb whose arguments may be numbers below zero, which are no options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """A hyphen before a digit is read as the sign of a number."""
        return super().parse_args(
            ctx, ["−" + arg[1:] if _NEGATIVE.match(arg) else arg for arg in args]
        )


@click.command(cls=Figures)
@folder
@click.argument("indicator", metavar="INDICATOR")
@click.argument("period", metavar="PERIOD")
@click.argument("value", metavar="VALUE")
@click.option("--place", metavar="NAME", default="", help="The place, else the region itself.")
@click.option(
    "--industry", metavar="NAME", default="", help="The industry, else the whole economy."
)
@click.option("--source", metavar="ID", default="", help="The source whose figure is corrected.")
@click.option("--row", metavar="FILE:ROW", default="", help="Where it stands, as economy.csv:12.")
@click.option(
    "--published", metavar="DATE", default="", help="When its source printed the new one."
)
@click.option("--note", metavar="TEXT", default="", help="Why it was corrected.")
@click.option("--recorded", metavar="DATE", default="", help="The day recorded, else today.")
@click.option("--dry-run", is_flag=True, help="Show what would be corrected; write nothing.")
@lang
@guarded
def correct(
    folder: str, indicator: str, period: str, value: str, dry_run: bool, lang: str, **options: Any
) -> None:
    """Correct the figure of INDICATOR for PERIOD in DIR: it is VALUE, as printed.

    Names stand in any language of the folder, or as ids. A figure that was committed stays, and
    the correction is a new row; one that was not is written over.
    """
    from songhua import session

    names = ("place", "industry", "source", "row")
    figure = session.Named(indicator, period, **{name: options[name] for name in names})
    more = {name: options[name] for name in ("published", "note", "recorded")}
    outcome = session.correct(folder, figure, value, dry_run=dry_run, **more)
    click.echo(messages.word("correct_before", lang, figure=outcome.before))
    click.echo(messages.word("correct_after", lang, figure=outcome.after))
    code = f"correct_{outcome.how}{'_would' if dry_run else ''}"
    click.echo(messages.word(code, lang, file=outcome.file, row=outcome.row))
    warn(outcome.warnings, lang)
