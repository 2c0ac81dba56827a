"""songhua new: a folder with a country's defaults, a skeleton or a built-in case."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from songhua import messages
from songhua.cli.calls import Verb
from songhua.cli.fault_kinds import CountryWanted, NewApart
from songhua.cli.shared import folder, guarded, lang
from songhua.errors import SonghuaError

if TYPE_CHECKING:
    from songhua.session import Begun

#: The system's settings of the country, the strongest first.
LOCALES = ("LC_ALL", "LC_MONETARY", "LANG")


@click.command(cls=Verb)
@folder
@click.option(
    "--country",
    metavar="NAME",
    default="",
    help="Begin with a country's defaults: cn, us, generic, or a country's code or name.",
)
@click.option(
    "--like",
    metavar="PLACE",
    default="",
    help="Take the name, code and panels of a place that the country's pack holds.",
)
@click.option("--name", metavar="TEXT", default="", help="What the region is called.")
@click.option(
    "--currency", metavar="CODE", default="", help="Three letters, if not the country's own."
)
@click.option(
    "--base-year",
    metavar="YEAR",
    type=click.IntRange(1000, 2999),
    default=None,
    help="The year against which the plan is measured.",
)
@click.option(
    "--plan",
    metavar="TITLE",
    default="",
    help="The plan's title; the two years in it are its first and last.",
)
@click.option("--interactive", is_flag=True, help="Ask six questions, and write what follows.")
@click.option(
    "--example",
    metavar="NAME",
    default="",
    help="Write a built-in case; an unknown name lists them.",
)
@lang
@guarded
def new(folder: str, example: str, interactive: bool, **options: Any) -> None:
    """Write a region's folder to DIR: with a country's defaults, a skeleton or a built-in case."""
    from songhua import session
    from songhua.store import packs

    tongue = options.pop("lang")
    flags = tuple(f"--{name.replace('_', '-')}" for name, value in options.items() if value)
    if example and (flags or interactive):
        raise SonghuaError(NewApart(names=(*flags, *(["--interactive"] if interactive else []))))
    request = session.FolderRequest(**options, territory=locale_territory())
    if interactive:
        from songhua.cli.questions import Questions

        request = Questions(Path(folder), request, tongue).all()
    if request.country:
        _tell(session.begin(folder, request), tongue)
        return
    if flags:
        near = packs.holding(request.like) if request.like else ""
        raise SonghuaError(CountryWanted(names=flags, near=near))
    path = session.new(folder, example, request.territory)
    click.echo(messages.word("folder_made", tongue, path=path))
    if not example and (land := packs.in_territory(request.territory)):
        params = {"currency": land[1].currency, "country": land[1].name(tongue)}
        click.echo(messages.word("folder_follows", tongue, path=path, **params))


def locale_territory() -> str:
    """The code of the country that the system is set to; blank where it does not say."""
    setting = next((os.environ[name] for name in LOCALES if os.environ.get(name)), "")
    match = re.match(r"[a-z]{2,3}[_-](?:[A-Z][a-z]{3}[_-])?([A-Z]{2})\b", setting)
    return match[1] if match else ""


def _tell(begun: Begun, tongue: str) -> None:
    """Print the files written, and the next steps."""
    from songhua.store import packs

    of, facts = begun.of, {"path": begun.path, "pack": begun.pack.name(tongue)}
    first, last = of.span
    facts |= {"called": of.name(tongue), "currency": of.currency, "base_year": str(of.base_year)}
    click.echo(messages.word("folder_begun", tongue, **facts, first=first, last=last))
    click.echo(messages.word("folder_with", tongue, about=begun.pack.about(tongue)))
    if not of.like and (place := packs.place_like(begun.pack, of.name(tongue))):
        params = {"called": of.name(tongue), "pack": begun.pack.id, "place": place}
        click.echo(messages.word("folder_could", tongue, **params))
    code = "folder_next_run" if of.like else "folder_next_import"
    click.echo(messages.word(code, tongue, path=begun.path))
