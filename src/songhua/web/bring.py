"""Data brought in: a workbook is shown with its reading, settled, and taken whole or not.

A file that was sent lies in the user's place until it is taken, put away, or a day old, in a folder
with a random name.
"""

from __future__ import annotations

import io
import os
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from fastapi import Depends, FastAPI, Form, Query, UploadFile
from fastapi import Path as Part
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import WithJsonSchema
from starlette.exceptions import HTTPException

from songhua.document.blocks import Block, Paragraph, Points
from songhua.errors import SonghuaError
from songhua.format.view import View
from songhua.results.kept import Cache
from songhua.store import Import, bytes_of, names_below, user_home, write_new
from songhua.web import answers, forms, pasted, sent_files, sent_page, settling, shell
from songhua.web.address import Address
from songhua.web.answers import At
from songhua.web.apart import apart
from songhua.web.asking import Fields
from songhua.web.described import TEXT
from songhua.web.fault_kinds import SentKind, SentNothing, SentTooLarge
from songhua.web.forms import States
from songhua.web.kept_answers import FormAnswers
from songhua.web.pages import fragment_of
from songhua.web.sent_files import Look, SentFile
from songhua.web.workbench import Workbench

#: The most bytes of a file that is sent, and the kinds of files.
MOST = 64_000_000
KINDS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".parquet")
#: Names that stand for devices on Windows, whatever follows a dot.
OF_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
#: Files that were taken last, whose outcome is remembered.
REMEMBERED = 16
PAGE = "import"
Sent = Annotated[
    str, Part(pattern="^[0-9a-f]{16}$", description="What a file that was sent is called.")
]


Action = Annotated[Literal["look", "take", "away"], Form(description="What is done with it.")]
Table = Annotated[str, Form(description="A table.", json_schema_extra={"minLength": 1})]
File = Annotated[UploadFile | None, WithJsonSchema(TEXT | {"format": "binary"})]
Target = Annotated[Literal["", "targets"], Form(description="Where the rows are sent.")]
Place = Annotated[Literal["", "targets"], Query(alias="_to", description="The same.")]
Typed = Annotated[dict[str, str], Depends(Fields(lambda _: settling.FIELDS))]


def _sent(id: str, to: str, fields: Mapping[str, str] | None = None) -> SentFile:
    """A file that was sent, in a folder of its own, with the answers that came with it.

    Raises:
        HTTPException: 404, where it is not held any more.
    """
    place = user_home.sent(id)
    names = [name for name in names_below(place) if Path(name).suffix in KINDS]
    if not names:
        raise HTTPException(404)
    return SentFile(place / names[0], to, FormAnswers(fields or {}))


def add(api: FastAPI, bench: Workbench) -> None:
    """Add the addresses of importing."""

    @api.get("/{lang}/import", response_class=HTMLResponse)
    def choose(at: At) -> Response:
        """Choose a file to bring in."""
        forms.refuse_songhua(bench)
        view = bench.folder_view(at)
        body = shell.template(
            "send.html", v=view, to=at.to(PAGE), kinds=",".join(KINDS), paste=at.to("import/paste")
        )
        return _page(bench, at, view, view.word("web_page_import"), body)

    @api.post("/{lang}/import", response_class=RedirectResponse, status_code=303)
    def send(at: At, file: File = None) -> Response:
        """Take a file to look at; nothing of the folder is changed."""
        forms.refuse_songhua(bench)
        bench.session(at.as_of, at.scenario)
        id = _stored(file)
        return RedirectResponse(at.to(f"{PAGE}/{id}"), 303)

    @api.get("/{lang}/import/paste", response_class=RedirectResponse, status_code=303)
    def paste_where(at: At) -> Response:
        """Redirect to the page for pasting a table, also from the address of a refused table."""
        return RedirectResponse(at.to(PAGE), 303)

    @api.post("/{lang}/import/paste", response_class=RedirectResponse, status_code=303)
    def paste(at: At, text: Table = "", to: Target = "") -> Response:
        """Take a pasted table to look at; nothing of the folder is changed."""
        forms.refuse_songhua(bench)
        bench.session(at.as_of, at.scenario)
        id = user_home.take_sent(pasted.FILE, io.BytesIO(_pasted_file(text)))
        return RedirectResponse(at.to(f"{PAGE}/{id}", _to=to), 303)

    _looking(api, bench)


def _looking(api: FastAPI, bench: Workbench) -> None:
    """Add the address of a file that was sent."""
    states, taking = States(bench), threading.Lock()
    imports = Cache[tuple[Import, int]](REMEMBERED)  # a second click gets the same answer

    @api.get("/{lang}/import/{id}", response_class=HTMLResponse)
    def look(at: At, id: Sent, to: Place = "") -> Response:
        """A preview of the file: what it would add."""
        return _preview(states, at, _sent(id, to))

    @api.post("/{lang}/import/{id}", response_class=HTMLResponse)
    def again(at: At, id: Sent, what: Action, typed: Typed, to: Target = "") -> Response:
        """Look again with the answers, take all rows, or put the file away."""
        forms.refuse_songhua(bench)
        if what == "away":
            user_home.delete(user_home.sent(id))
            return RedirectResponse(at.to(PAGE), 303)
        bench.session(at.as_of, at.scenario)
        if what == "look":
            sent_file = _sent(id, to, typed)
            _keep_edit(sent_file, typed)
            return _preview(states, at, sent_file)
        with taking:
            outcome = imports.get(id)
            if outcome is None:
                sent_file = _sent(id, to, typed)
                _keep_edit(sent_file, typed)
                changed = states.since(typed.get("_seen", ""), at.lang)
                if changed or sent_file.form.asks_again:
                    return _preview(states, at, sent_file, changed)
                outcome = apart(sent_files.take_rows, bench.folder, sent_file)
                imports.hold(id, outcome)
                user_home.delete(sent_file.file.parent)
        imported, n = outcome
        view = bench.folder_view(at)
        text = view.word("import_done" if n else "import_nothing", n=n, file=imported.file)
        blocks: list[Block] = [Paragraph(text)]
        if imported.warnings:
            blocks.append(Points(forms.words(imported.warnings, at.lang)))
        return _page(bench, at, view, view.word("web_taken"), fragment_of(view, blocks, at))


def _keep_edit(sent_file: SentFile, typed: Mapping[str, str]) -> None:
    """Keep a pasted table as it was corrected."""
    if "text" in typed and sent_file.file.name == pasted.FILE:
        write_new(sent_file.file, _pasted_file(typed["text"]))


def _page(bench: Workbench, at: Address, view: View, title: str, body: str) -> Response:
    return HTMLResponse(answers.framed(bench, at, view, PAGE, title, body))


def _stored(sent: UploadFile | None) -> str:
    """Keep a file that was sent, under a name that was drawn; older ones go.

    Raises:
        SonghuaError: `sent_nothing`, `sent_too_large`, `sent_kind`; what the system refuses.
    """
    name = re.split(r"[/\\]", (sent and sent.filename) or "")[-1]
    kind = Path(name).suffix.lower()
    if sent is None or not name:
        raise SonghuaError(SentNothing())
    if kind not in KINDS:
        raise SonghuaError(SentKind(name=name[:80], kinds=KINDS))
    if sent.file.seek(0, os.SEEK_END) > MOST:
        raise SonghuaError(SentTooLarge(most=MOST // 1_000_000))
    sent.file.seek(0)
    stem = re.sub(r"[^\w .\-—（）()]+", "_", Path(name).stem).strip(". ")[:50] or "file"
    stem = f"file {stem}" if OF_DEVICES.fullmatch(stem) else stem
    return user_home.take_sent(f"{stem}{kind}", sent.file)


def _pasted_file(text: str) -> bytes:
    """A pasted table as a file.

    Raises:
        SonghuaError: `sent_nothing`, `sent_too_large`.
    """
    if not text.strip():
        raise SonghuaError(SentNothing())
    if len(text) > pasted.MOST:
        raise SonghuaError(SentTooLarge(most=pasted.MOST / 1_000_000))
    return pasted.as_csv(text)


def _preview(states: States, at: Address, sent_file: SentFile, changed: str = "") -> Response:
    """The page of a file: the sheet as understood, what is against it, rows, and how to go on."""
    bench, state = states.bench, states.current()
    bench.session(at.as_of, at.scenario)
    view, file = bench.folder_view(at), sent_file.file
    try:
        look = apart(sent_files.look, bench.folder, sent_file)
    except SonghuaError as error:  # it could not be read to an end
        look = Look(faults=error.faults)
    form = shell.template(
        "sent.html",
        v=view,
        to=at.to(f"{PAGE}/{file.parent.name}"),
        may=look.outcome is not None,
        n=look.n,
        to_where=sent_file.to,
        pasted=pasted.as_text(bytes_of(file)) if file.name == pasted.FILE else None,
        seen=state,
        changed=changed,
        **settling.form_fields(view, at, look, file.parent.name),
    )
    parts = [
        fragment_of(view, list(blocks), at)
        for blocks in (sent_page.first(view, file.name, look), sent_page.details(view, look))
    ]
    return _page(bench, at, view, file.name, form.join(parts))
