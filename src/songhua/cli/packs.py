"""songhua pack: the packs with which folders are begun, and a user's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from songhua import messages
from songhua.cli.calls import Verbs
from songhua.cli.shared import guarded, lang
from songhua.shipped import terms

if TYPE_CHECKING:
    from songhua.store import packs


@click.group("pack", cls=Verbs)
def pack() -> None:
    """Packs, a country's defaults: list or show them, or add one of your own."""


@pack.command("list")
@lang
@guarded
def list_(lang: str) -> None:
    """List the packs, with what each holds."""
    from songhua.store import packs

    for pack in packs.packs():
        places = len(packs.places_of(pack))
        line = {"id": pack.id, "called": pack.name(lang), "about": pack.about(lang)}
        click.echo(messages.word("pack_line", lang, **line))
        if pack.adds_to:
            click.echo(messages.word("pack_adds", lang, id=pack.adds_to))
        if places:
            click.echo(messages.word("pack_places", lang, n=places, id=pack.id))


@pack.command()
@click.argument("id", metavar="ID")
@lang
@guarded
def show(id: str, lang: str) -> None:
    """Show a pack: its page, source and terms of its files, and the places for `new --like`."""
    from songhua.store import packs

    pack = packs.pack(id)
    click.echo(f"{pack.name(lang)} — {pack.about(lang)}")
    click.echo(messages.word("pack_licence", lang, text=pack.licence(lang)))
    click.echo(messages.word("pack_page", lang, path=pack.home / packs.PAGE))
    for group, names in _by_terms(pack).items():
        click.echo(messages.word("pack_files", lang, files=names))
        for source in group.sources if group else ():
            click.echo(messages.word("pack_source", lang, source=source))
        if group:
            text = messages.language(lang).sentences(term(lang) for term in group.terms)
            click.echo(messages.word("pack_terms", lang, text=text))
    for place, entry in packs.places_of(pack).items():
        click.echo(f"  {place:24} {entry['name'].get(lang, place)}")


def _by_terms(pack: packs.Pack) -> dict[terms.Terms | None, tuple[str, ...]]:
    """The files that a pack gives a folder, by their sources and terms; None: by its licence."""
    from songhua.store import packs

    homes = (pack.home / packs.FOLDER, pack.home / packs.LIKE)
    stand = {name: home / name for home in homes for name in packs.files_in(home)}
    lent = {name: terms.PACKAGE / "examples" / case / name for case, _, name in pack.borrowed}
    files: dict[terms.Terms | None, tuple[str, ...]] = {}
    for name, file in (stand | lent).items():
        group = terms.of(file)
        files[group] = (*files.get(group, ()), name)
    return files


@pack.command()
@click.argument("path", metavar="PATH", type=click.Path())
@lang
@guarded
def add(path: str, lang: str) -> None:
    """Copy the pack in the folder PATH to your own; its places and panels are then found."""
    from songhua import session

    home = session.add_pack(Path(path))
    click.echo(messages.word("pack_added", lang, path=home, id=home.name))
