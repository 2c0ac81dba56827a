"""songhua new: a skeleton or a built-in case in a new folder."""

from __future__ import annotations

from typing import Any

import click

from songhua import messages
from songhua.cli.calls import Verb
from songhua.cli.shared import folder, guarded, lang


@click.command(cls=Verb)
@folder
@click.option(
    "--example",
    metavar="NAME",
    default="",
    help="Write a built-in case; an unknown name lists them.",
)
@lang
@guarded
def new(folder: str, example: str, **options: Any) -> None:
    """Write a commented skeleton of a region's folder, or a built-in case, to DIR."""
    from songhua import session

    made = session.new(folder, example)
    click.echo(messages.word("folder_made", options["lang"], path=made))
