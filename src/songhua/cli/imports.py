"""songhua import: rows from a CSV, XLSX, XLS or Parquet file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from songhua import messages
from songhua.cli.calls import Verb
from songhua.cli.dialogue import Dialogue, answer_lines, is_question, summary_lines
from songhua.cli.fault_kinds import PictureAlone
from songhua.cli.shared import folder, guarded, lang, person, progress, warn, written_at
from songhua.errors import SonghuaError
from songhua.fault_kinds import FileKept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from songhua.region import Region
    from songhua.store import Import

#: So many rows, and names of new entries, are shown.
FIRST_ROWS, FIRST_NAMES = 12, 12
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
    "--answers",
    metavar="ANSWERS.toml",
    default=None,
    help="Answers to the questions about the tables of FILE.",
)
@click.option(
    "--ask",
    is_flag=True,
    help="Ask the questions one by one, as on a terminal, also where there is none.",
)
@click.option(
    "--forget", is_flag=True, help="Ask again what was answered for earlier files of this layout."
)
@click.option("--dry-run", is_flag=True, help="Show what would be added; write nothing.")
@click.option(
    "--picture",
    metavar="FILE.html",
    default=None,
    help="Import nothing; write a page with what each cell is taken for.",
)
@click.option("--source", metavar="ID", default="", help="The source of the tables.")
@click.option(
    "--recorded", metavar="DATE", default="", help="The day recorded of the tables, else today."
)
@click.option(
    "--to",
    type=click.Choice(("observations", "targets")),
    default=None,
    help="Where the rows go, else where the form of FILE sends them.",
)
@lang
@guarded
def imports(
    folder: str,
    file: str,
    answers: str | None,
    ask: bool,
    forget: bool,
    dry_run: bool,
    picture: str | None,
    source: str,
    recorded: str,
    to: str | None,
    lang: str,
) -> None:
    """Add the rows of FILE (CSV, XLSX, XLS or Parquet) to the observations of DIR: all or none.

    Tables are read as they are printed; on a terminal what is open is asked one by one, and the
    answers are remembered for the next file of the same layout. A review sheet that was filled in
    is known by itself and goes to `reviews/`.
    """
    file_answers = answers_in(answers) if answers else {}
    dialogue = Dialogue(folder, file, lang, source, recorded, forget, file_answers)
    if picture is not None:
        pairs = (("--ask", ask), ("--dry-run", dry_run), ("--to", to))
        if apart := tuple(name for name, on in pairs if on):
            raise SonghuaError(PictureAlone(names=apart))
        _write_page(dialogue, picture)
        return
    outcome = _import(dialogue, dry_run, to or "", ask)
    if outcome is not None:
        _show(outcome, dry_run, lang)


def answers_in(file: str) -> Mapping[str, str]:
    """The answers of a file.

    Raises:
        SonghuaError: the file cannot be read; `answers_unreadable`.
    """
    from pathlib import Path

    from songhua import store

    return store.parsed_answers(store.content_of(Path(file)), file)


def _import(dialogue: Dialogue, dry_run: bool, to: str, ask: bool) -> Import | None:
    """Import a file, and ask what is open; None where whoever was asked has left.

    Raises:
        SonghuaError: every fault, or every question where nobody is asked.
    """
    from songhua import session

    def call() -> Import:
        with progress(dialogue.tongue):
            return session.import_file(
                dialogue.folder, dialogue.file, dialogue.answers, dry_run,
                source=dialogue.source, recorded=dialogue.recorded, to=to, forget=dialogue.forget,
            )  # fmt: skip

    try:
        outcome = call()
    except SonghuaError as error:
        if not is_question(error):
            raise
        if not (ask or person()):
            read = dialogue.read()
            comments = [f"# {line}" for line in summary_lines(read, dialogue.tongue)]
            for line in (*comments, *answer_lines(read, dialogue.tongue)):
                click.echo(line)
            raise
    else:
        for line in summary_lines(outcome.read, dialogue.tongue) if outcome.read else ():
            click.echo(line)
        return outcome
    if not dialogue.settle():
        return None
    outcome = call()
    if not dry_run:
        dialogue.discard()
    return outcome


def _show(outcome: Import, dry_run: bool, tongue: str) -> None:
    """Show the rows that were added, new entries, notes, what was left out, and warnings."""
    from songhua.reading.sheets.candidates import by_reason

    for row in (outcome.rows if dry_run else outcome.rows.head(FIRST_ROWS)).to_dict("records"):
        click.echo(f"  {_row_line(row, outcome.region, tongue)}")
    if len(outcome.rows) > FIRST_ROWS and not dry_run:
        click.echo("  …")
    for name, names in new_names(outcome).items():
        texts = (*names[:FIRST_NAMES], *(["…"] if len(names) > FIRST_NAMES else []))
        params = {"n": len(names), "column": _heading(name, tongue), "text": texts}
        click.echo(messages.word("import_new", tongue, **params))
    for why, params in by_reason(outcome.skipped):
        click.echo(messages.word(f"skipped_{why}", tongue, **params))
    for note in outcome.notes:
        click.echo(messages.word("import_note", tongue, text=note))
    if outcome.left_out:
        click.echo(messages.word("target_left", tongue, text=outcome.left_out))
    if outcome.repeated:
        click.echo(messages.word("import_repeated", tongue, n=outcome.repeated))
    code = "import_nothing" if outcome.rows.empty else "import_would" if dry_run else "import_done"
    click.echo(messages.word(code, tongue, n=len(outcome.rows), file=outcome.file))
    warn(outcome.warnings, tongue)


def new_names(outcome: Import) -> dict[str, list[str]]:
    """The names of the new entries by column of the observations."""
    names: dict[str, list[str]] = {}
    for entry in outcome.read.book.used_entries() if outcome.read else ():
        names.setdefault(entry.column, []).append(entry.name)
    return names


def _heading(column: str, tongue: str) -> str:
    from songhua import schema

    return schema.table("observations").column(column).heading(tongue)


def _row_line(row: Mapping[Any, Any], region: Region | None, tongue: str) -> str:
    """A row in a line: names of what it is about, period, number and unit, kind and source."""
    from songhua.format.labels import label
    from songhua.messages import choice
    from songhua.wording.periods import period
    from songhua.wording.unit_words import unit_name

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


def _write_page(dialogue: Dialogue, page: str) -> None:
    """Write the page of a file with the role of each cell, and show its questions."""
    from datetime import date
    from pathlib import Path

    from songhua.document.sheet_picture import SheetPictures, sheet_pictures
    from songhua.format.view import View
    from songhua.reading.crosstabs.options import question_fault
    from songhua.reading.crosstabs.picture import seen_cells
    from songhua.render import document
    from songhua.store import write_outputs

    read, tongue = dialogue.read(), dialogue.tongue
    for line in summary_lines(read, tongue):
        click.echo(line)
    book = read.book
    question_faults = [question_fault(question, read.region) for question in book.questions]
    faults = [*book.faults, *question_faults]
    view = View(lang=tongue, region=read.region, plan=None, results={})
    pictures = SheetPictures(
        book.file,
        [(sheet.grid.sheet, seen_cells(book, sheet)) for sheet in book.sheets],
        book.summaries(),
        [fault.words(tongue) for fault in faults],
        {id: book.entries.entry(id).name for id in book.entries.ids()},
    )
    content = document(view, sheet_pictures(view, pictures), date.min)
    write_outputs({Path(page): content}, fault_kind=FileKept)
    written_at("picture_at", Path(page), tongue)
