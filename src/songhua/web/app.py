"""The workbench as a web application: its addresses, and what each answers."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.exceptions import HTTPException

from songhua import messages, render
from songhua.document.blocks import Paragraph, Points
from songhua.errors import SonghuaError
from songhua.format.language import Language
from songhua.format.view import View
from songhua.render import json as plain
from songhua.version import VERSION
from songhua.web import (
    asking,
    bring,
    departments,
    documents,
    entry_form,
    figure_form,
    firm_form,
    guard,
    held,
    pages,
    plan_form,
    rows,
    shell,
    what_if,
)  # fmt: skip
from songhua.web.address import Address
from songhua.web.answers import JSON, Id, Lang, answer, at_of, content, step, waiting
from songhua.web.described import described
from songhua.web.jobs import Job
from songhua.web.pages import Page
from songhua.web.workbench import Waiting, Workbench

#: Most requests that are worked on at once; others wait their turn.
THREADS = 8
#: Faults of what was asked, not of the folder.
OF_ASKING = (
    "date_unreadable", "number_of_address", "period_asked", "period_unreadable", "sent_kind",
    "sent_nothing", "sent_too_large", "word_of_address", "lever_number", "lever_outside",
    "lever_unknown", "scenario_name", "simulate_no_projects", "what_if_nothing",
)  # fmt: skip
UNKNOWN = (
    "choice_unknown", "firm_unknown", "register_missing", "label_near", "label_unknown",
    "scenario_unknown", "observation_unknown", "page_unknown",
)  # fmt: skip
JobId = Annotated[str, Query(alias="_job", max_length=40, description="Of a page that waits.")]


def app(folder: Path, token: str, read_only: bool = False) -> guard.App:
    """The workbench of a region's folder, behind its guard.

    Args:
        folder: the region's folder.
        token: what a request that writes must carry.
        read_only: whether nothing may be written.
    """
    bench = Workbench(folder, read_only)
    api = FastAPI(
        title="songhua", version=VERSION, docs_url=None, redoc_url=None,
        description="A region's folder as pages and as data.", lifespan=_living(bench),
        redirect_slashes=False,
    )  # fmt: skip
    api.router.route_class = asking.Route
    api.add_exception_handler(SonghuaError, _refused)
    api.add_exception_handler(HTTPException, _no_page)
    api.add_exception_handler(RequestValidationError, _odd)
    api.add_exception_handler(Exception, _failed)
    _frame(api, bench, token)
    _files(api, bench)
    _chapters(api, bench)
    rows.add(api, bench)
    documents.add(api, bench)
    firm_form.add_register(api, bench)
    departments.add(api, bench)
    what_if.add(api, bench)
    if not read_only:
        for one in (bring, figure_form, entry_form, firm_form, plan_form):
            one.add(api, bench)
        departments.add_form(api, bench)
    api.openapi = described(api)
    return guard.Guard(held.Held(api, folder), token, read_only)


def _living(bench: Workbench) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Few threads while it runs, for each holds memory and more are no quicker; no work after."""

    @asynccontextmanager
    async def living(api: FastAPI) -> AsyncIterator[None]:
        del api
        current_default_thread_limiter().total_tokens = THREADS
        yield
        bench.close()

    return living


def _frame(api: FastAPI, bench: Workbench, token: str) -> None:
    """The first address, progress, places."""

    @api.get("/", include_in_schema=False)
    def first(request: Request) -> Response:
        """Lead to the brief in the browser's language; take the token out of the address."""
        lang = asking.spoken(request.headers.get("accept-language", ""))
        found = RedirectResponse(f"/{lang}/", 303)
        if hmac.compare_digest(request.query_params.get("token", "").encode(), token.encode()):
            name = guard.cookie(request.headers.get("host", ""))
            found.set_cookie(name, token, httponly=True, samesite="strict", path="/")
        return found

    @api.get("/{lang}/events", response_class=StreamingResponse)
    def events(lang: Lang, job: JobId = "") -> Response:
        """How far what a page waits for is, as server-sent events, until it has ended."""
        return StreamingResponse(
            _events(bench.jobs.named(job), lang), media_type="text/event-stream"
        )

    @api.post("/{lang}/stop", response_class=HTMLResponse)
    def stop(request: Request, lang: Lang, job: JobId = "") -> Response:
        """Stop what a page waits for. It is begun anew when the page is asked for again."""
        at = at_of(request, lang)
        stopped = bench.jobs.stop(job)
        words = Language(lang)
        said = words.word("web_stopped" if stopped else "web_nothing_to_stop")
        return _told(at, words.word("web_work"), said, 200)

    @api.get("/{lang}/at/{anchor}", response_class=RedirectResponse, status_code=303)
    def place(request: Request, lang: Lang, anchor: Id) -> Response:
        """Lead to the page with a part of this name."""
        at = at_of(request, lang)
        chapter = pages.chapter_of(anchor)
        if not chapter:
            raise HTTPException(404)
        view = bench.view(at)
        if isinstance(view, Waiting):
            return waiting(bench, at, f"at/{anchor}", view.job, False)
        name = "" if chapter == shell.HOME else chapter
        made = content(bench, at, view, name, partial(pages.chapter, name=chapter))
        if f'id="{anchor}"' not in made:
            raise HTTPException(404)
        return RedirectResponse(at.to(f"{name}#{anchor}"), 303)


def _files(api: FastAPI, bench: Workbench) -> None:
    """What pages fetch beside what they say."""

    @api.get("/static/{digest}/{name}", include_in_schema=False)
    def static(digest: str, name: str) -> Response:
        """A file that pages fetch."""
        if f"/static/{digest}" != shell.static_at() or name not in shell.static():
            raise HTTPException(404)
        headers = {"cache-control": "public, max-age=31536000, immutable"}
        return Response(shell.static()[name], media_type=shell.TYPES[name], headers=headers)

    @api.get("/favicon.ico", include_in_schema=False)
    def icon() -> Response:
        """The sign of the workbench, for a browser that asks for it by its usual name."""
        return Response(shell.static()["icon.svg"], media_type=shell.TYPES["icon.svg"])

    @api.get("/font/{name}.woff2", include_in_schema=False)
    def font(name: str) -> Response:
        """The letters by which charts are measured."""
        data = bench.font(name)
        if data is None:
            raise HTTPException(404)
        headers = {"cache-control": "public, max-age=31536000, immutable"}
        return Response(data, media_type="font/woff2", headers=headers)


def _chapters(api: FastAPI, bench: Workbench) -> None:
    """The pages of blocks, each also as JSON."""

    def without_slash(request: Request) -> Response:
        """Lead from a language's bare name to its brief."""
        return RedirectResponse(f"{request.url.path}/", 308)

    for lang in messages.LANGUAGES:
        api.get(f"/{lang}", include_in_schema=False)(without_slash)
    for chapter in pages.CHAPTERS:
        _chapter(api, bench, chapter)
    for kind, make in (
        ("industries", pages.industry), ("figures", pages.figure), ("sources", pages.source),
    ):  # fmt: skip
        _things(api, bench, kind, make)

    @api.get("/{lang}/tables", response_class=HTMLResponse)
    def tables(request: Request, lang: Lang) -> Response:
        """The tables of all results."""
        return answer(bench, request, lang, "tables", pages.tables, data=False)


def _chapter(api: FastAPI, bench: Workbench, chapter: str) -> None:
    name = "" if chapter == shell.HOME else chapter

    def html(request: Request, lang: Lang) -> Response:
        return answer(bench, request, lang, name, lambda view: pages.chapter(view, chapter))

    def as_json(request: Request, lang: Lang) -> Response:
        return answer(bench, request, lang, name, lambda view: pages.chapter(view, chapter), True)

    api.get(f"/{{lang}}/{chapter}.json", name=f"{chapter} as blocks")(as_json)
    api.get(f"/{{lang}}/{name}", response_class=HTMLResponse, name=chapter)(html)


def _things(api: FastAPI, bench: Workbench, kind: str, make: Callable[[View, str], Page]) -> None:
    def html(request: Request, lang: Lang, id: Id) -> Response:
        return answer(bench, request, lang, f"{kind}/{id}", lambda view: make(view, id))

    def as_json(request: Request, lang: Lang, id: Id) -> Response:
        return answer(bench, request, lang, f"{kind}/{id}", lambda view: make(view, id), True)

    api.get(f"/{{lang}}/{kind}/{{id}}.json", name=f"{kind}: one as blocks")(as_json)
    api.get(f"/{{lang}}/{kind}/{{id}}", response_class=HTMLResponse, name=f"{kind}: one")(html)


async def _events(job: Job | None, lang: str) -> AsyncIterator[str]:
    """Progress until the end. Who waits holds no thread: many would keep all others from one."""
    while job is not None and not job.ended:
        told = {"step": step(job, lang), "done": job.done, "total": job.total, "ended": False}
        yield f"data: {json.dumps(told, ensure_ascii=False)}\n\n"
        await asyncio.sleep(0.5)
    yield f"data: {json.dumps({'ended': True})}\n\n"


def _refused(request: Request, error: Exception) -> Response:
    """What was refused, with the remedies."""
    assert isinstance(error, SonghuaError)
    lang = _lang_of(request)
    codes = {fault.code for fault in error.faults}
    status = 409
    if codes <= set(UNKNOWN):
        status = 404
    elif codes <= set(OF_ASKING):
        status = 400
    if request.url.path.endswith((".json", ".csv")):
        told = {"faults": [fault.as_dict(lang, browser=True) for fault in error.faults]}
        return Response(plain.written(told), status, media_type=JSON)
    words = Language(lang)
    said = [fault.words(lang, browser=True) for fault in error.faults[:200]]
    body = render.fragment(words, [Points(said)])
    title = words.word("web_refused")
    return HTMLResponse(shell.framed(Address(lang), "", title, body, known=False), status)


def _no_page(request: Request, error: Exception) -> Response:
    """That there is no such page, or that the address does not answer to what was asked of it."""
    assert isinstance(error, HTTPException)
    status = error.status_code
    answer = _said(request, status, "web_odd" if status == 400 else "web_no_page")
    if error.status_code == 405:
        answer.headers["allow"] = ", ".join(asking.methods(request))
    return answer


def _odd(request: Request, error: Exception) -> Response:
    """That a part of the address, or of what was sent, is not of the form that it has there."""
    del error
    return _said(request, 422, "web_odd")


def _failed(request: Request, error: Exception) -> Response:
    """That something went wrong here; the terminal says what."""
    del error
    return _said(request, 500, "web_failed")


def _said(request: Request, status: int, key: str) -> Response:
    lang = _lang_of(request)
    words = Language(lang)
    text = words.word(key)
    if request.url.path.endswith((".json", ".csv")):
        return Response(plain.written({"said": text}), status, media_type=JSON)
    return _told(Address(lang), words.word("web_refused"), text, status)


def _told(at: Address, title: str, text: str, status: int) -> Response:
    """A page that says one thing."""
    body = render.fragment(Language(at.lang), [Paragraph(text)])
    return HTMLResponse(shell.framed(at, "", title, body, known=False), status)


def _lang_of(request: Request) -> str:
    first = request.url.path.strip("/").partition("/")[0]
    spoken = asking.spoken(request.headers.get("accept-language", ""))
    return first if first in messages.LANGUAGES else spoken
