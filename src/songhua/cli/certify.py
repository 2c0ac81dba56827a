"""songhua certify: which status by law a firm has, what is nearest, and a register's pipeline."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from songhua import messages
from songhua.cli.shown import as_json, guarded, lang
from songhua.errors import Fault, SonghuaError


@click.command()
@click.argument("path", metavar="DIR|FILE", type=click.Path())
@click.option("--status", multiple=True, metavar="NAME", help="A rulebook; several may be named.")
@click.option("--on", "day", default=None, metavar="DATE", help="The day; today, if none is given.")
@click.option("--firm", default=None, metavar="ID", help="One firm of the register.")
@click.option("--small-cells", is_flag=True, help="Show counts of one and two firms too.")
@as_json
@lang
@guarded
def certify(path: str, day: str | None, as_json: bool, **options: Any) -> None:
    """Judge one firm (a TOML file of facts) or a register (CSV, Parquet, or DIR/register).

    A fact that is missing is unknown, never false. For one firm the nearest way to a yes is
    shown too; what its steps cost is assumed unless the rulebook's country says otherwise.
    """
    from songhua.rules import load, names
    from songhua.rules.verdict import as_day

    file, on = _file(Path(path)), as_day(day or date.today().isoformat())
    books = [
        load(name)
        for name in options["status"] or names()
        if options["status"] or name.startswith("cn/")
    ]
    if file.suffix == ".toml":
        from songhua.rules.frames import read_firm

        _firm(read_firm(file), books, on, as_json, options["lang"])
        return
    register, frame = _register(file, books)
    if options["firm"] is not None:
        rows = frame[frame["firm"].astype(str) == options["firm"]]
        if rows.empty:
            raise SonghuaError(
                Fault("firm_unknown", file=file.name, params={"firm": options["firm"][:80]})
            )
        _firm(rows.iloc[0].to_dict(), books, on, as_json, options["lang"])
        return
    from songhua.studies.certify import certify as study

    result = study(
        None, register=register, rulebooks=books, on=on, small_cells=options["small_cells"]
    )
    if as_json:
        click.echo(result.to_json(), nl=False)
    else:
        _pipeline(result, options["lang"])


def _file(path: Path) -> Path:
    """The file to read: the path itself, or the enterprises of a folder's register."""
    if path.is_dir():
        for name in ("enterprises.csv", "enterprises.parquet"):
            if (path / "register" / name).is_file():
                return path / "register" / name
        raise SonghuaError(Fault("register_missing", file=path.name))
    if not path.is_file():
        raise SonghuaError(Fault("file_missing", file=path.name))
    return path


def _register(file: Path, books: list[Any]) -> tuple[Any, Any]:
    import pandas as pd

    from songhua.rules.frames import read_firms
    from songhua.studies.certify import Register

    frame = read_firms(file, books)
    if "firm" not in frame.columns:
        params = {"columns": "firm"}
        raise SonghuaError(Fault("columns_missing", file=file.name, params=params))
    other = file.with_name("certificates.csv")
    held = pd.read_csv(other, dtype=str, keep_default_na=False) if other.is_file() else None
    return Register(frame, held, "invented" in frame.columns), frame


def _firm(given: dict[str, Any], books: list[Any], on: date, as_json: bool, tongue: str) -> None:
    from songhua.cli.verdict import show, show_way
    from songhua.rules import nearest
    from songhua.rules.frames import facts_of

    ways = {}
    for book in books:
        facts = {**facts_of(given, book), **({"links": given["links"]} if "links" in given else {})}
        ways[book.id] = nearest(book, facts, on)
    if as_json:
        told = {id: way.as_dict() for id, way in ways.items()}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1, default=str))
        return
    for book in books:
        show(book, ways[book.id].verdict, tongue)
        show_way(book, ways[book.id], tongue)
        click.echo("")


def _pipeline(result: Any, tongue: str) -> None:
    for finding in result.findings:
        click.echo(finding.words(tongue))
    hidden = messages.word("cell_hidden", tongue)

    def n(row: dict[str, Any]) -> str:
        return f"{row['firms']:.0f}" if row["shown"] else hidden

    for row in result.tables["pipeline"].to_dict("records"):
        stage = messages.choice("stage", row["stage"], tongue)
        click.echo(f"{row['status']:26} {stage:14} {n(row)}")
    for row in result.tables["counts"].to_dict("records"):
        growth = "" if row["growth"] != row["growth"] else f"  {row['growth']:+.1f} %"
        by = messages.choice("by", row["by"], tongue)
        click.echo(f"{row['status']:26} {by:10} {row['group']:20} {n(row)}{growth}")
    lapses = result.tables["lapses"]
    if len(lapses):
        click.echo(messages.word("lapses_soon", tongue, n=len(lapses)))
