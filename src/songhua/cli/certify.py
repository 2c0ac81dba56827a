"""songhua certify: which status by law a firm has, what is nearest, and a register's pipeline."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from songhua.cli.calls import Verb
from songhua.cli.fault_kinds import FirmWanted
from songhua.cli.shared import (
    as_data,
    guarded,
    lang,
    limit,
    replace,
    screen,
    show_result,
    warn,
    written_at,
)
from songhua.errors import SonghuaError


@click.command(cls=Verb)
@click.argument("path", metavar="DIR|FILE", type=click.Path())
@click.option("--status", multiple=True, metavar="NAME", help="A rulebook; several may be named.")
@click.option(
    "--on",
    "day",
    default=None,
    metavar="DATE",
    help="The day; otherwise the register's, or today.",
)
@click.option("--firm", default=None, metavar="ID", help="One firm of the register.")
@click.option(
    "--html", default=None, metavar="FILE", help="Write the page of the one firm as HTML."
)
@click.option("--small-cells", is_flag=True, help="Show exact counts, and every firm.")
@limit
@as_data
@replace
@lang
@guarded
def certify(path: str, as_json: str | None, **options: Any) -> None:
    """Judge one firm (a TOML file of facts) or a register (CSV, Parquet, or DIR/register).

    A fact that is missing is unknown, never false. For one firm the least-cost route is shown
    too; what its steps cost is assumed unless the rulebook's country says otherwise.
    """
    from songhua import session, store

    where = Path(path)
    if where.suffix == ".toml" or options["firm"] is not None:
        _firm_page(where, as_json, **options)
        return
    if options["html"]:
        raise SonghuaError(FirmWanted(file=where.name))
    settings = {"statuses": options["status"], "small_cells": options["small_cells"]}
    if store.is_region(where):
        opened, day = session.open(where, limit=options["limit"]), options["day"]
    else:
        opened = session.open_register(where, options["status"], options["limit"])
        warn(opened.whole.warnings, options["lang"], err=True)
        dated = opened.register is not None and opened.register.on
        day = options["day"] or (None if dated else date.today())
    result = opened.run("certify", on=day, **settings)
    run = session.Run.of(opened, {"certify": result})
    show_result("certify", run, options["lang"], as_json)


def _firm_page(path: Path, as_json: str | None, **options: Any) -> None:
    """The page of one firm: on the terminal, as JSON, and as HTML where that was asked for."""
    from songhua import session
    from songhua.document.blocks import Heading
    from songhua.document.firm import firm
    from songhua.format.language import Language
    from songhua.render import files

    tongue = options["lang"]
    page = session.firm(path, options["firm"], options["status"], options["day"], date.today())
    if options["html"]:
        written = files.write_firm(page, options["html"], tongue, options["replace"])
        written_at("firm_page_at", written, tongue, err=bool(as_json))
    if as_json == "json":
        data = {id: plan.as_dict() for id, plan in page.plans.items()}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1, default=str))
    elif as_json or not options["html"]:
        report = firm(
            page.name, page.books, page.plans, tongue, page.invented, page.left_out, page.day
        )
        screen(Language(tongue), [Heading(0, report.title), *report.head, *report.blocks], as_json)
