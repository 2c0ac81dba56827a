"""songhua import: rows from a CSV, XLSX or Parquet file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from songhua import messages
from songhua.cli.calls import Verb
from songhua.cli.doubts import Doubts, may_be_asked
from songhua.cli.fault_kinds import DraftAlone
from songhua.cli.shared import folder, guarded, lang, progress, warn, written_at
from songhua.errors import SonghuaError
from songhua.fault_kinds import FileKept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from songhua.region import Region
    from songhua.store import Drafted, Import

FIRST_ROWS = 12
#: The catalogue that a column's labels name, and the closed list that its values are of.
LABELS = {
    "indicator": "indicators",
    "region": "places",
    "industry": "industries",
    "entity": "entities",
    "source": "sources",
}
CHOICES = {"qualifier": "qualifier", "kind": "kind", "state": "review_state", "nature": "nature"}


@click.command("import", cls=Verb)
@folder
@click.argument("file", metavar="FILE", type=click.Path())
@click.option(
    "--map", "map_file", metavar="MAP.toml", default=None, help="How to read a cross table."
)
@click.option("--draft", metavar="MAP.toml", default=None, help="Write the map of a cross table.")
@click.option(
    "--picture",
    metavar="FILE.html",
    default=None,
    help="Write a page with what each cell of a cross table is taken for.",
)
@click.option(
    "--to",
    type=click.Choice(("observations", "targets")),
    default=None,
    help="Where the rows go, else where the form of FILE sends them.",
)
@click.option("--source", metavar="ID", default="", help="The source of a cross table.")
@click.option(
    "--recorded", metavar="DATE", default="", help="The day recorded of a cross table, else today."
)
@click.option("--dry-run", is_flag=True, help="Show what would be added; write nothing.")
@click.option(
    "--ask",
    is_flag=True,
    help="Ask about what is doubtful one by one, as on a terminal, also where there is none.",
)
@lang
@guarded
def imports(
    folder: str,
    file: str,
    map_file: str | None,
    draft: str | None,
    picture: str | None,
    to: str | None,
    source: str,
    recorded: str,
    dry_run: bool,
    ask: bool,
    lang: str,
) -> None:
    """Add the rows of FILE (CSV, XLSX or Parquet) to the observations of DIR: all or none.

    A cross table needs no map if nothing in it is doubtful; on a terminal what is doubtful is asked
    one by one. A review sheet that was filled in is known by itself and goes to `reviews/`.
    """
    sheet = Doubts(folder, file, lang, source, recorded)
    if draft is not None or picture is not None:
        which = "--picture" if picture is not None else "--draft"
        _refuse_import(which, map_file, draft if dry_run else None, to)
        _draft(sheet, draft, picture)
        return
    outcome = _import(sheet, map_file, dry_run, to or "", ask)
    if outcome is None:
        return
    if outcome.drafted is not None:
        _show_draft(outcome.drafted, lang)
    for note in outcome.notes:
        click.echo(messages.word("import_note", lang, text=note))
    for skipped in outcome.skipped:
        params = {"n": skipped.n, "first": skipped.first, "text": skipped.text}
        click.echo(messages.word(f"skipped_{skipped.why}", lang, **params))
    for row in (outcome.rows if dry_run else outcome.rows.head(FIRST_ROWS)).to_dict("records"):
        click.echo(f"  {_row_line(row, outcome.region, lang)}")
    if outcome.left_out:
        click.echo(messages.word("target_left", lang, text=outcome.left_out))
    if len(outcome.rows) > FIRST_ROWS and not dry_run:
        click.echo("  …")
    if outcome.repeated:
        click.echo(messages.word("import_repeated", lang, n=outcome.repeated))
    code = "import_nothing" if outcome.rows.empty else "import_would" if dry_run else "import_done"
    click.echo(messages.word(code, lang, n=len(outcome.rows), file=outcome.file))
    warn(outcome.warnings, lang)


def _import(
    sheet: Doubts, map_file: str | None, dry_run: bool, to: str, ask: bool
) -> Import | None:
    """Import a file; None where whoever was asked about doubts has left.

    A sheet with doubts is read with the map that the answers lead to, which the folder keeps.
    """
    from songhua import session, store

    folder, file, tongue = sheet.folder, sheet.file, sheet.tongue
    try:
        with progress(tongue):
            return session.import_file(
                folder, file, map_file, dry_run, None, sheet.source, sheet.recorded, to
            )
    except SonghuaError as error:
        if map_file or not may_be_asked(error, ask):
            raise
    settled = sheet.settle()
    if settled is None:
        click.echo(messages.word("doubts_left", tongue))
        return None
    with store.user_home.scratch() as home, progress(tongue):
        map_path = store.write_new(home / "map.toml", settled.encode())
        return session.import_file(folder, file, map_path, dry_run)


def _refuse_import(which: str, map_file: str | None, dry: str | None, to: str | None) -> None:
    """Refuse what only an import takes, where a draft or a picture was asked for."""
    pairs = (("--map", map_file), ("--dry-run", dry), ("--to", to))
    if apart := tuple(name for name, on in pairs if on):
        raise SonghuaError(DraftAlone(names=apart, which=which))


def _draft(sheet: Doubts, draft: str | None, page: str | None) -> None:
    """Show the draft of a map, and write it, or a page that shows the sheet."""
    tongue = sheet.tongue
    with progress(tongue):
        drafted = sheet.draft(draft)
    _show_draft(drafted, tongue)
    warn(drafted.doubts, tongue)
    if draft is not None:
        click.echo(messages.word("draft_done", tongue, path=draft))
    if page is not None:
        _write_page(drafted, sheet.file, page, tongue)


def _row_line(row: Mapping[Any, Any], region: Region | None, tongue: str) -> str:
    """A row in a line: names of what it is about, period, number and unit, kind and source."""
    from songhua.format.labels import label
    from songhua.format.periods import period
    from songhua.format.unit_words import unit_name
    from songhua.messages import choice

    def readable(name: str, text: str) -> str:
        if name in LABELS and region is not None:
            return label(region, None, LABELS[name], text, tongue)
        if name in CHOICES:
            return choice(CHOICES[name], text, tongue)
        return period(text, tongue) if name == "period" else text

    number = " ".join(
        filter(
            None,
            (
                readable("qualifier", str(row.get("qualifier") or "")),
                str(row.get("value") or ""),
                unit_name(str(row.get("unit") or ""), tongue),
            ),
        )
    )
    names = ("indicator", "region", "industry", "entity", "item", "period")
    parts = [readable(name, str(row[name])) for name in names if row.get(name)]
    parts += _target(row, tongue) if row.get("text") else []
    last = [
        readable(name, str(row[name]))
        for name in ("kind", "state", "nature", "source")
        if row.get(name)
    ]
    return " · ".join([*parts, *([number] if number else []), *last])


def _target(row: Mapping[Any, Any], tongue: str) -> list[str]:
    """A target as the plan prints it, how it was read, and the figure that it starts from."""
    from songhua.plan import parse_target
    from songhua.plan.target_writer import written

    text, read = str(row["text"]), written(parse_target(str(row["text"])), tongue)
    parts = [text, *([messages.word("target_read", tongue, text=read)] if read != text else [])]
    if row.get("base"):
        params = {"value": row["base"], "year": row["base_period"]}
        parts.append(messages.word("target_base", tongue, **params))
    return [*parts, *([str(row["note"])] if row.get("note") else [])]


def _write_page(drafted: Drafted, file: str, page: str, tongue: str) -> None:
    """The page of a sheet with what each cell was taken for."""
    from datetime import date
    from pathlib import Path

    from songhua.document.drafted_sheet import Understood, drafted_sheet
    from songhua.format.view import View
    from songhua.render import document
    from songhua.store import write_outputs

    if drafted.region is None:
        return
    view = View(lang=tongue, region=drafted.region, plan=None, results={})
    guesses = [messages.word(guess.code, tongue, **guess.params) for guess in drafted.guesses]
    doubts = [fault.words(tongue) for fault in drafted.doubts]
    sheet = Understood(Path(file).name, drafted.cells(), guesses, doubts, tuple(drafted.left_out))
    data = document(view, drafted_sheet(view, sheet), date.min)
    write_outputs({Path(page): data}, fault_kind=FileKept)
    written_at("picture_at", Path(page), tongue)


def _show_draft(drafted: Drafted, tongue: str) -> None:
    """The sheet with what each cell was taken for, and the guesses with how sure they are."""
    for line in drafted.picture:
        click.echo(line)
    for guess in drafted.guesses:
        sure = messages.word(f"draft_sure_{guess.sure}", tongue)
        text = messages.word(guess.code, tongue, **guess.params)
        click.echo(messages.word("draft_guess", tongue, sure=sure, text=text))
    if drafted.left_out:
        click.echo(messages.word("draft_left", tongue, text=tuple(drafted.left_out)))
