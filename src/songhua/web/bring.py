"""Data brought in: a workbook is shown as it was understood, settled, and taken whole or not.

What was sent lies in the user's place until it is taken, put away, or a day old: there in a folder
whose name was drawn.
"""

from __future__ import annotations

import io
import os
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
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
from songhua.web import answers, forms, pasted, sent_files, settling, shell
from songhua.web.address import Address
from songhua.web.answers import At
from songhua.web.apart import apart
from songhua.web.asking import Fields
from songhua.web.described import TEXT
from songhua.web.fault_kinds import SentKind, SentNothing, SentTooLarge
from songhua.web.forms import States
from songhua.web.pages import fragment_of
from songhua.web.sent_files import Look
from songhua.web.sent_page import blocks_of
from songhua.web.workbench import Workbench

#: The most bytes of a file that is sent, and the kinds of files.
MOST = 64_000_000
KINDS = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")
#: Names that stand for devices on Windows, whatever follows a dot.
OF_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
#: Files that were taken last, of which it is remembered what came of them.
TAKEN = 16
PAGE = "import"
Sent = Annotated[
    str, Part(pattern="^[0-9a-f]{16}$", description="What a file that was sent is called.")
]


What = Annotated[Literal["look", "take", "away"], Form(description="What is done with it.")]
Table = Annotated[str, Form(description="A table.", json_schema_extra={"minLength": 1})]
File = Annotated[UploadFile | None, WithJsonSchema(TEXT | {"format": "binary"})]
Target = Annotated[Literal["", "targets"], Form(description="Where the rows are sent.")]
Place = Annotated[Literal["", "targets"], Query(alias="_to", description="The same.")]
Source = Annotated[str, Query(alias="_source", description="The source of the rows.")]
Typed = Annotated[
    dict[str, str], Depends(Fields(lambda _: ("_seen", "text", f"{settling.DOUBT}*")))
]


@dataclass(frozen=True)
class Held:
    """A file that was sent, in a folder of its own, and what was said of it."""

    place: Path
    source: str = ""
    map: str = ""
    to: str = ""
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        """The file itself.

        Raises:
            HTTPException: 404, where it is not held any more.
        """
        found = [one for one in names_below(self.place) if Path(one).suffix in KINDS]
        if not found:
            raise HTTPException(404)
        return self.place / found[0]

    def map_file(self) -> Path | None:
        """The map that was given, as a file.

        Raises:
            SonghuaError: what the system refuses.
        """
        if not self.map.strip():
            return None
        return write_new(self.place / "map.toml", self.map.replace("\r\n", "\n").encode())


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
        id = _kept(file)
        return RedirectResponse(at.to(f"{PAGE}/{id}"), 303)

    @api.get("/{lang}/import/paste", response_class=RedirectResponse, status_code=303)
    def paste_where(at: At) -> Response:
        """Lead to where a table is pasted: one that was refused is asked for again."""
        return RedirectResponse(at.to(PAGE), 303)

    @api.post("/{lang}/import/paste", response_class=RedirectResponse, status_code=303)
    def paste(at: At, text: Table = "", to: Target = "") -> Response:
        """Take a pasted table to look at; nothing of the folder is changed."""
        forms.refuse_songhua(bench)
        bench.session(at.as_of, at.scenario)
        id = user_home.take_sent(pasted.FILE, io.BytesIO(_pasted(text)))
        return RedirectResponse(at.to(f"{PAGE}/{id}", _to=to), 303)

    _looking(api, bench)


def _looking(api: FastAPI, bench: Workbench) -> None:
    """Add the address of a file that was sent."""
    states, taking = States(bench), threading.Lock()
    taken = Cache[tuple[Import, int]](TAKEN)  # who clicks twice is told twice what was done once

    @api.get("/{lang}/import/{id}", response_class=HTMLResponse)
    def look(at: At, id: Sent, source: Source = "", to: Place = "") -> Response:
        """What would come of the file."""
        return _looked(states, at, Held(user_home.sent(id), source, to=to))

    @api.post("/{lang}/import/{id}", response_class=HTMLResponse)
    def again(
        at: At,
        id: Sent,
        what: What,
        typed: Typed,
        source: Annotated[str, Form()] = "",
        map: Annotated[str, Form()] = "",
        to: Target = "",
    ) -> Response:
        """Look again with what was said, take all rows, or put the file away."""
        forms.refuse_songhua(bench)
        said = settling.said(typed)
        held = Held(user_home.sent(id), source, map, to, said)
        if what == "away":
            user_home.delete(held.place)
            return RedirectResponse(at.to(PAGE), 303)
        bench.session(at.as_of, at.scenario)
        if what == "look":
            _retyped(held, typed)
            return _looked(states, at, held)
        with taking:
            found = taken.get(id)
            if found is None:
                _retyped(held, typed)
                changed = states.since(typed.get("_seen", ""), at.lang)
                if changed:
                    return _looked(states, at, held, changed)
                found = apart(sent_files.take, bench.folder, held.file, held.map_file(), source, to)
                taken.hold(id, found)
                user_home.delete(held.place)
            done, n = found
        view = bench.folder_view(at)
        said = view.word("import_done" if n else "import_nothing", n=n, file=done.file)
        blocks: list[Block] = [Paragraph(said)]
        if done.warnings:
            blocks.append(Points(forms.words(done.warnings, at.lang)))
        return _page(bench, at, view, view.word("web_taken"), fragment_of(view, blocks, at))


def _retyped(held: Held, typed: Mapping[str, str]) -> None:
    """Keep a pasted table as it was corrected."""
    if "text" in typed and held.file.name == pasted.FILE:
        write_new(held.file, _pasted(typed["text"]))


def _page(bench: Workbench, at: Address, view: View, title: str, body: str) -> Response:
    return HTMLResponse(answers.framed(bench, at, view, PAGE, title, body))


def _kept(sent: UploadFile | None) -> str:
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


def _pasted(text: str) -> bytes:
    """A pasted table as a file.

    Raises:
        SonghuaError: `sent_nothing`, `sent_too_large`.
    """
    if not text.strip():
        raise SonghuaError(SentNothing())
    if len(text) > pasted.MOST:
        raise SonghuaError(SentTooLarge(most=pasted.MOST / 1_000_000))
    return pasted.as_csv(text)


def _looked(states: States, at: Address, held: Held, changed: str = "") -> Response:
    """The page of a file: the sheet as understood, what is against it, rows, and how to go on."""
    bench, seen = states.bench, states.now()
    bench.session(at.as_of, at.scenario)
    view = bench.folder_view(at)
    try:
        found = apart(
            sent_files.look,
            bench.folder,
            held.file,
            held.map_file(),
            held.source,
            at.lang,
            held.said,
            held.to,
        )
    except SonghuaError as error:  # it could not be read to an end
        found = Look(None, None, 0, error.faults)
    drafted = found.drafted
    blocks = list(blocks_of(view, held.file.name, found))
    toml = held.map or ("" if drafted is None else drafted.bare)
    done = toml if found.said and found.done is not None else held.map
    sources = [(id, view.name("sources", id)) for id in view.region.sources]
    own = held.file
    text = pasted.as_text(bytes_of(own)) if own.name == pasted.FILE else None
    body = shell.template(
        "sent.html",
        v=view,
        to=at.to(f"{PAGE}/{held.place.name}"),
        sources=sources,
        source=held.source,
        map=done,
        drafted=toml,
        may=found.done is not None,
        n=found.n,
        to_where=held.to,
        pasted=text,
        seen=seen,
        changed=changed,
        **settling.shown(view, at, found, held.place.name),
    )
    title = held.file.name
    first, last = (body, "") if drafted is not None and drafted.doubts else ("", body)
    return _page(bench, at, view, title, first + fragment_of(view, blocks, at) + last)
