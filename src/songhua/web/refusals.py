"""Refusals: a page that says why, or the same as data where data was asked for."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup
from starlette.exceptions import HTTPException

from songhua import messages, render
from songhua.document.blocks import Paragraph, Points
from songhua.errors import Nature, SonghuaError
from songhua.format.language import Language
from songhua.render import json as plain
from songhua.web import asking, shell
from songhua.web.address import Address
from songhua.web.answers import JSON

#: The status of an answer by the nature of what is wrong; all others are of the folder.
STATUS: Mapping[Nature, int] = {"unknown": 404, "request": 400}
OF_THE_FOLDER = 409


def refused(request: Request, error: Exception) -> Response:
    """A refusal: its faults, with the remedies."""
    assert isinstance(error, SonghuaError)
    lang = _lang_of(request)
    statuses = {STATUS.get(fault.nature, OF_THE_FOLDER) for fault in error.faults}
    status = statuses.pop() if len(statuses) == 1 else OF_THE_FOLDER
    if request.url.path.endswith((".json", ".csv")):
        answer = {"faults": [fault.as_dict(lang, browser=True) for fault in error.faults]}
        return Response(plain.written(answer), status, media_type=JSON)
    words = Language(lang)
    texts = [fault.words(lang, browser=True) for fault in error.faults[:200]]
    at, of_file = Address(lang), request.url.path.startswith(f"/{lang}/import")
    to, name = ("import", "web_other_file") if of_file else ("", "web_to_brief")
    link = Markup('<p><a href="{}">{}</a></p>').format(at.to(to), words.word(name))
    body = f"{render.fragment(words, [Points(texts)])}{link}"
    title = words.word("web_file_refused" if of_file else "web_refused")
    return HTMLResponse(shell.framed(at, "", title, body, known=False), status)


def no_page(request: Request, error: Exception) -> Response:
    """The answer where there is no such page, or where its address does not take the method."""
    assert isinstance(error, HTTPException)
    status = error.status_code
    answer = _refusal(request, status, "web_odd" if status == 400 else "web_no_page")
    if error.status_code == 405:
        answer.headers["allow"] = ", ".join(asking.methods(request))
    return answer


def malformed(request: Request, _: Exception) -> Response:
    """The answer where a part of the address, or of what was sent, is not of its form."""
    return _refusal(request, 422, "web_odd")


def failed(request: Request, _: Exception) -> Response:
    """The answer where something went wrong here; the terminal says what."""
    return _refusal(request, 500, "web_failed")


def _refusal(request: Request, status: int, key: str) -> Response:
    lang = _lang_of(request)
    words = Language(lang)
    text = words.word(key)
    if request.url.path.endswith((".json", ".csv")):
        return Response(plain.written({"said": text}), status, media_type=JSON)
    return notice(Address(lang), words.word("web_refused"), text, status)


def notice(at: Address, title: str, text: str, status: int) -> Response:
    """A page that says one thing."""
    body = render.fragment(Language(at.lang), [Paragraph(text)])
    return HTMLResponse(shell.framed(at, "", title, body, known=False), status)


def _lang_of(request: Request) -> str:
    first = request.url.path.strip("/").partition("/")[0]
    return first if first in messages.LANGUAGES else asking.spoken(request)
