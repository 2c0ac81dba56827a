"""songhua report: the report of a month, a quarter, a half or a year."""

from __future__ import annotations

import click

from songhua.cli.calls import Verb
from songhua.cli.shared import (
    as_json,
    as_of,
    folder,
    guarded,
    lang,
    limit,
    place_of,
    replace,
    template,
    template_read,
    warnings_at,
    written_at,
)
from songhua.render import FORMATS

KINDS = ("monthly", "annual", "midterm")


@click.command(cls=Verb)
@folder
@click.option("--kind", type=click.Choice(KINDS), default="monthly", help="Which report.")
@click.option("--period", metavar="PERIOD", required=True, help="What is reported on, as 2021-Q1.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="html", help="The file.")
@click.option(
    "--peer", metavar="PLACE", multiple=True, help="A place to compare with (monthly); repeatable."
)
@click.option(
    "--since", metavar="DATE", default=None, help="Tell revisions after this day only (monthly)."
)
@as_of
@limit
@as_json
@click.option("--out", metavar="DIR", default=None, help="Where the report goes.")
@template
@replace
@lang
@guarded
def report(
    folder: str,
    kind: str,
    period: str,
    form: str,
    peer: tuple[str, ...],
    since: str | None,
    as_of: str | None,
    limit: int,
    as_json: bool,
    out: str | None,
    template: str | None,
    replace: bool,
    lang: str,
) -> None:
    """Write the report of a month, a quarter or a half, or the evaluation of a year or a plan.

    Lagging items come first. `monthly` is for any period of a year, `annual` evaluates the targets
    of a year, `midterm` those of the plan as they stand at the end of a period.
    """
    from songhua import session
    from songhua.render import files

    look = template_read(template, [form], lang)
    opened = session.open(folder, as_of, limit=limit)
    run = files.contents(opened, kind, period, peer, since or "")
    if as_json:
        click.echo(list(run.results.values())[-1].to_json(), nl=False)
        return
    file = files.write_document(run, period, place_of(folder, out), lang, form, kind, replace, look)
    written_at("report_at", file, lang)
    click.echo(warnings_at(opened.warnings(), folder, lang), nl=False, err=True)
