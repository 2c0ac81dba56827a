"""songhua certify: which status by law a firm has, what is nearest, and a register's pipeline."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from songhua.session.firm import Firm


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
def certify(
    path: str,
    status: tuple[str, ...],
    day: str | None,
    firm: str | None,
    html: str | None,
    small_cells: bool,
    limit: int,
    as_json: str | None,
    replace: bool,
    lang: str,
) -> None:
    """Judge one firm (a TOML file of facts) or a register (CSV, Parquet, or DIR/register).

    A fact that is missing is unknown, never false. For one firm the least-cost route is shown
    too; what its steps cost is assumed unless the rulebook's country says otherwise.
    """
    from songhua import session, store

    where = Path(path)
    if where.suffix == ".toml" or firm is not None:
        page = session.firm(where, firm, status, day, date.today())
        _show_firm(page, as_json, html, replace, lang)
        return
    if html:
        raise SonghuaError(FirmWanted(file=where.name))
    if store.is_region(where):
        opened, on = session.open(where, limit=limit), day
    else:
        opened = session.open_register(where, status, limit)
        warn(opened.whole.warnings, lang, err=True)
        dated = opened.register is not None and opened.register.on
        on = day or (None if dated else date.today())
    result = opened.run("certify", on=on, statuses=status, small_cells=small_cells)
    run = session.Run.of(opened, {"certify": result})
    show_result("certify", run, lang, as_json)


def _show_firm(page: Firm, as_json: str | None, html: str | None, replace: bool, lang: str) -> None:
    """The page of one firm: on the terminal, as JSON, and as HTML where that was asked for."""
    from songhua.document.blocks import Heading
    from songhua.document.firm import firm
    from songhua.format.language import Language
    from songhua.render import files

    if html:
        written = files.write_firm(page, html, lang, replace)
        written_at("firm_page_at", written, lang, err=bool(as_json))
    if as_json == "json":
        data = {id: plan.as_dict() for id, plan in page.plans.items()}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1, default=str))
    elif as_json or not html:
        report = firm(
            page.name, page.books, page.plans, lang, page.invented, page.left_out, page.day, True
        )
        screen(Language(lang), [Heading(0, report.title), *report.head, *report.blocks], as_json)
