"""Parts that the verbs share: language, faults and progress on the terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import update_wrapper
from typing import TYPE_CHECKING, Any

import click

from songhua import messages
from songhua.cli.console import system_language
from songhua.cli.fault_kinds import AnswersMissing, TemplateForDocx, TemplateStyles
from songhua.errors import Fault, SonghuaError, is_broken

if TYPE_CHECKING:
    from pathlib import Path

    from songhua.document.blocks import Block
    from songhua.format.language import Language

MOST = 200
#: Where a call keeps the language that it names, before its verb or after it.
TONGUE = "songhua.language"
folder = click.argument("folder", metavar="DIR", type=click.Path())
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")
xlsx = click.option(
    "--xlsx", metavar="FILE", default=None, help="Write the tables to an Excel file too."
)
replace = click.option(
    "--replace",
    is_flag=True,
    help="Replace what stands where files go, even if it is not songhua's or was changed.",
)
lang = click.option(
    "--lang",
    type=click.Choice(messages.LANGUAGES),
    default=None,
    help="Language of the words; otherwise that of the system.",
)
draws = click.option(
    "--all-draws",
    "draws_too",
    is_flag=True,
    help="With the draws of accounts in the tables and the JSON too, some 27,000 rows.",
)
template = click.option(
    "--template",
    metavar="FILE",
    default=None,
    help="A DOCX whose styles, headers, footers and page the DOCX keeps.",
)
limit = click.option(
    "--limit",
    metavar="SECONDS",
    type=click.IntRange(0),
    default=60,
    help="The seconds that a study may take (60); 0 is no limit.",
)
as_of = click.option(
    "--as-of", metavar="DATE", default=None, help="Show what was known on a day, as 2021-03-09."
)


def as_data(verb: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a verb that has a screen: its data as JSON, or what is shown."""
    blocks = "Print as JSON what is shown: its blocks with their words, tables and numbers."
    for name, text in (("blocks", blocks), ("json", "Print JSON instead of words.")):
        verb = click.option(f"--{name}", "as_json", flag_value=name, default=None, help=text)(verb)
    return verb


def language(chosen: str | None = None) -> str:
    """The language asked for, else the system's if songhua speaks it, else English."""
    if not chosen and (ctx := click.get_current_context(silent=True)):
        chosen = ctx.meta.get(TONGUE)
    if chosen:
        return chosen
    settings = (os.environ.get(name) for name in ("SONGHUA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    value = next(filter(None, settings), "") or system_language()
    return next((tag for tag in messages.LANGUAGES if value.lower().startswith(tag)), messages.BASE)


def person() -> bool:
    """True where somebody sits at the input."""
    return sys.stdin.isatty()


def ask_line(question: str, default: str, missing: type[Fault] = AnswersMissing) -> str:
    """One line of the input; a blank one is the default.

    Raises:
        SonghuaError: the fault `missing`, where the input ends.
    """
    somebody = person()
    try:
        text = str(click.prompt(question, default=default, show_default=bool(default)))
    except click.Abort:
        if somebody:
            raise
        raise SonghuaError(missing()) from None
    finally:
        if not somebody:
            click.echo()
    return text.strip()


def print_faults(faults: Sequence[Fault], tongue: str) -> int:
    """Print faults, a line each, and give the exit code: 1 where no input could be better."""
    for fault in faults[:MOST]:
        click.echo(fault.words(tongue), err=True)
    if len(faults) > MOST:
        click.echo(messages.word("more_faults", tongue, n=len(faults) - MOST), err=True)
    click.echo(messages.word("n_faults", tongue, n=len(faults)), err=True)
    return exit_code(faults)


def exit_code(faults: Sequence[Fault]) -> int:
    """2 for what a user can mend, 1 for an error of songhua or a study that its limit ended."""
    return 1 if is_broken(faults) else 2


def warn(warnings: Sequence[Fault], tongue: str, err: bool = False) -> None:
    """Print warnings, a line each, and how many there are; nothing where there are none."""
    for warning in warnings[:MOST]:
        click.echo(warning.words(tongue), err=err)
    if len(warnings) > MOST:
        click.echo(messages.word("more_faults", tongue, n=len(warnings) - MOST), err=err)
    if warnings:
        click.echo(messages.word("n_warnings", tongue, n=len(warnings)), err=err)


def warnings_at(faults: Sequence[Fault], folder: str, tongue: str) -> str:
    """A line with the number of warnings and what shows them; blank where there are none."""
    path = messages.visible(folder, "")
    return messages.word("warnings_at", tongue, n=len(faults), path=path) + "\n" if faults else ""


def faults_as_json(faults: Sequence[Fault], tongue: str) -> int:
    """Print faults as JSON on standard output, and give the exit code."""
    click.echo(
        json.dumps({"faults": [f.as_dict(tongue) for f in faults]}, ensure_ascii=False, indent=1)
    )
    return exit_code(faults)


def guarded(verb: Callable[..., Any]) -> Callable[..., Any]:
    """A verb whose faults are shown in its own language, as JSON where that was asked for."""

    def inner(*args: Any, **options: Any) -> Any:
        options["lang"] = language(options.get("lang"))
        try:
            return verb(*args, **options)
        except SonghuaError as error:
            show = faults_as_json if options.get("as_json") else print_faults
            sys.exit(show(error.faults, options["lang"]))

    return update_wrapper(inner, verb)


def place_of(folder: str, out: str | None) -> Path:
    """The folder that files go to: the one named, else songhua-out/ and the folder's name."""
    from pathlib import Path

    return Path(out) if out else Path("songhua-out") / (Path(folder).resolve().name or "region")


def template_read(file: str | None, forms: Sequence[str], tongue: str) -> bytes | None:
    """The bytes of a template; styles that it lacks are named on standard error.

    Raises:
        SonghuaError: `template_for_docx`, where no DOCX is asked for; `file_missing` and other
            faults of a file; `template_other_kind`, `template_unreadable`.
    """
    if file is None:
        return None
    if "docx" not in forms:
        raise SonghuaError(TemplateForDocx())
    from songhua.render import files

    data, lacking = files.template(file)
    if lacking:
        warn([TemplateStyles(file, names=lacking)], tongue, err=True)
    return data


def written_at(word: str, file: Path, tongue: str, err: bool = False) -> None:
    """Say where something was written."""
    click.echo(f"{messages.word(word, tongue)} {messages.visible(str(file), '')}", err=err)


def write_tables(
    run: Any, file: str | None, tongue: str, replace: bool = False, draws: bool = False
) -> None:
    """Write the tables of a run where that was asked for, and say where on standard error."""
    if file is None:
        return
    from songhua.render import files

    written = files.write_tables(run, file, tongue, replace, draws)
    written_at("tables_at", written, tongue, err=True)


def answer(
    study: str,
    folder: str,
    as_of: str | None,
    as_json: str | None,
    xlsx: str | None,
    lang: str,
    settings: Mapping[str, object],
    limit: int,
    replace: bool = False,
    draws: bool = False,
) -> None:
    """Run one study of a folder and show what it gives: words or JSON, and an Excel file."""
    from songhua import session

    with progress(lang, quiet=bool(as_json)) as report:
        opened = session.open(folder, as_of, limit=limit)
        result = opened.run(study, progress=report, **settings)
    run = session.Run.of(opened, {study: result})
    write_tables(run, xlsx, lang, replace, draws)
    show_result(study, run, lang, as_json, draws)


def show_result(study: str, run: Any, lang: str, as_json: str | None, draws: bool = False) -> None:
    """Show one result of a run: its screen, in words or as blocks, or its data as JSON."""
    if as_json == "json":
        click.echo(run.results[study].to_json(bulk=draws), nl=False)
        return
    from songhua.document.studies import of_study
    from songhua.format.view import View

    view = View.of(run, lang)
    screen(view, of_study(view, study), as_json)


def screen(words: Language, blocks: Sequence[Block], as_json: str | None) -> None:
    """Print blocks as a screen, or as JSON where that was asked for."""
    from songhua.render import fragment
    from songhua.render.terminal import show

    if as_json == "blocks":
        click.echo(fragment(words, blocks, "json"), nl=False)
    else:
        show(blocks)


@contextmanager
def progress(tongue: str, quiet: bool = False) -> Iterator[Callable[[int, int, str], None]]:
    """A callback that shows how far the work is, on standard error, where a person looks."""
    if quiet or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status(messages.word("working", tongue)) as status:

        def report(done: int, total: int, label: str) -> None:
            text = (
                messages.word(f"step_{label}", tongue)
                if label
                else messages.word("working", tongue)
            )
            status.update(f"{text} ({done}/{total})")

        yield report
