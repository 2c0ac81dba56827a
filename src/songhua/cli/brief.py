"""songhua brief: how a region stands, on a screen or as a document to send."""

from __future__ import annotations

import click

from songhua.cli.calls import Verb
from songhua.cli.shared import (
    answer,
    as_data,
    as_of,
    folder,
    guarded,
    lang,
    limit,
    place_of,
    progress,
    replace,
    show_result,
    template,
    template_read,
    write_tables,
    written_at,
    xlsx,
)
from songhua.render import FORMATS


@click.command(cls=Verb)
@folder
@click.option("--format", "form", type=click.Choice(FORMATS), default=None, help="The file.")
@click.option("--out", metavar="DIR", default=None, help="Where the brief goes.")
@template
@as_of
@limit
@as_data
@xlsx
@replace
@lang
@guarded
def brief(
    folder: str,
    form: str | None,
    out: str | None,
    template: str | None,
    as_of: str | None,
    as_json: str | None,
    xlsx: str | None,
    limit: int,
    replace: bool,
    lang: str,
) -> None:
    """Say on one screen how DIR stands, what drives it, what to worry about and what comes next.

    With a format it is a document to send, written to a file: a page, a DOCX, a PDF, or its blocks
    as JSON.
    """
    look = template_read(template, [form or ""], lang)
    if form is None and out is None:
        answer("brief", folder, as_of, as_json, xlsx, lang, {}, limit, replace)
        return
    from songhua import session
    from songhua.render import files

    with progress(lang, quiet=bool(as_json)) as report:
        opened = session.open(folder, as_of, limit=limit)
        names = [name for name in ("diagnose", "brief") if opened.lacks(name) is None]
        run = session.Run.of(opened, {n: opened.run(n, progress=report) for n in names})
    target = place_of(folder, out)
    file = files.write_brief(run, target, lang, form or "html", replace, look)
    written_at("brief_at", file, lang, err=bool(as_json))
    write_tables(run, xlsx, lang, replace)
    if as_json:
        show_result("brief", run, lang, as_json)
