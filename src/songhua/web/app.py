"""The workbench as a web application: its addresses, and what each answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from songhua import messages
from songhua.errors import SonghuaError
from songhua.format.language import Language
from songhua.format.view import View
from songhua.render import json as plain
from songhua.session.limit import SECONDS
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
    lists,
    pages,
    plan_form,
    refusals,
    shell,
    what_if,
)
from songhua.web.answers import (
    JSON,
    At,
    Day,
    Id,
    Scenario,
    answer,
    at_of,
    content,
    step,
    waiting,
)
from songhua.web.described import TOKEN, Events
from songhua.web.jobs import Job
from songhua.web.pages import Page
from songhua.web.workbench import Waiting, Workbench

#: Most requests that are worked on at once; others wait their turn.
THREADS = 8
JobId = Annotated[str, Query(alias="_job", max_length=40, description="Of a page that waits.")]
Token = Annotated[str, Query(alias="token")]
SpokenIn = Annotated[str, Query(alias=asking.LANG)]


def app(folder: Path, token: str, read_only: bool = False, limit: float = SECONDS) -> guard.App:
    """The workbench of a region's folder, behind its guard.

    Args:
        folder: the region's folder.
        token: what a request must carry.
        read_only: True if nothing may be written.
        limit: the seconds that a study may take; 0 is no limit.
    """
    api = addresses(Workbench(folder, read_only, limit), token)
    return guard.Guard(held.AnswerCache(api, folder), token, read_only)


def addresses(bench: Workbench, token: str) -> FastAPI:
    """The addresses of a workbench, and what each answers; the first takes the token as its own."""
    api = FastAPI(
        title="songhua",
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        description="A region's folder as pages and as data.",
        lifespan=_living(bench),
        redirect_slashes=False,
        openapi_url=None,
        dependencies=[TOKEN],
    )
    api.router.route_class = asking.Route
    api.add_exception_handler(SonghuaError, refusals.refused)
    api.add_exception_handler(HTTPException, refusals.no_page)
    api.add_exception_handler(RequestValidationError, refusals.malformed)
    api.add_exception_handler(Exception, refusals.failed)
    _frame(api, bench, token)
    _files(api, bench)
    _chapters(api, bench)
    lists.add(api, bench)
    documents.add(api, bench)
    firm_form.add_register(api, bench)
    departments.add(api, bench)
    what_if.add(api, bench)
    if not bench.read_only:
        for module in (bring, figure_form, entry_form, firm_form, plan_form):
            module.add(api, bench)
        departments.add_form(api, bench)
    return api


def _living(bench: Workbench) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Few threads while it runs, for each holds memory and more are no quicker; no work after."""

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = THREADS
        yield
        bench.close()

    return living


def _frame(api: FastAPI, bench: Workbench, token: str) -> None:
    """The first address, progress, places."""

    @api.get("/", include_in_schema=False)
    def first(request: Request, sent: Token = "", _: SpokenIn = "") -> Response:
        """Lead to the brief, as asked or in the browser's language, without the token."""
        redirect = RedirectResponse(f"/{asking.spoken(request)}/", 303)
        if guard.same_token(sent, token):
            name = guard.cookie(request.headers.get("host", ""))
            redirect.set_cookie(name, token, httponly=True, samesite="strict", path="/")
        return redirect

    @api.get("/{lang}/events", response_class=Events)
    def events(at: At, job: JobId = "") -> Response:
        """Progress of the job that a page waits for, as server-sent events, until it has ended."""
        return Events(_events(bench.jobs.find(job), at.lang))

    @api.post("/{lang}/stop", response_class=HTMLResponse)
    def stop(at: At, job: JobId = "") -> Response:
        """Stop what a page waits for. It is begun anew when the page is asked for again."""
        stopped = bench.jobs.stop(job)
        words = Language(at.lang)
        text = words.word("web_stopped" if stopped else "web_nothing_to_stop")
        return refusals.notice(at, words.word("web_work"), text, 200)

    waits: dict[int | str, Any] = {200: {"description": "It waits.", "content": {"text/html": {}}}}

    @api.get(
        "/{lang}/at/{anchor}", response_class=RedirectResponse, status_code=303, responses=waits
    )
    def place(at: At, anchor: Id) -> Response:
        """Lead to the page with a part of this name."""
        chapter = pages.chapter_of(anchor)
        if not chapter:
            raise HTTPException(404)
        view = bench.view(at)
        if isinstance(view, Waiting):
            return waiting(bench, at, f"at/{anchor}", view.job, False)
        name = "" if chapter == shell.HOME else chapter
        html = content(bench, at, view, name, partial(pages.chapter, name=chapter))
        if f'id="{anchor}"' not in html:
            raise HTTPException(404)
        return RedirectResponse(at.to(f"{name}#{anchor}"), 303)


def _files(api: FastAPI, bench: Workbench) -> None:
    """Add the addresses of files that pages fetch beside their content."""

    @api.get("/static/{digest}/{name}", include_in_schema=False)
    def static(digest: str, name: str) -> Response:
        """A file that pages fetch."""
        if f"/static/{digest}" != shell.static_at() or name not in shell.static():
            raise HTTPException(404)
        headers = {"cache-control": "public, max-age=31536000, immutable"}
        return Response(shell.static()[name], media_type=shell.TYPES[name], headers=headers)

    @api.get("/openapi.json", include_in_schema=False)
    def description() -> Response:
        """The description of all addresses."""
        return Response(plain.written(api.openapi()), media_type=JSON)

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
        headers = {"cache-control": "private, max-age=31536000, immutable"}
        return Response(data, media_type="font/woff2", headers=headers)


def _chapters(api: FastAPI, bench: Workbench) -> None:
    """The pages of blocks, each also as JSON."""

    async def without_slash(
        request: Request, lang: str = "", day: Day = "", of: Scenario = ""
    ) -> Response:
        """Lead from a language's bare name to its brief."""
        at = await at_of(lang or request.url.path.strip("/"), day, of)
        return RedirectResponse(at.to(), 308)

    for lang in messages.LANGUAGES:
        api.get(f"/{lang}", include_in_schema=False)(without_slash)
    for chapter in pages.CHAPTERS:
        _chapter(api, bench, chapter)
    for kind, thing in pages.THINGS.items():
        _things(api, bench, kind, thing)
    for name, make in pages.WHOLE.items():
        _whole(api, bench, name, make)


def _chapter(api: FastAPI, bench: Workbench, chapter: str) -> None:
    name = "" if chapter == shell.HOME else chapter

    def html(at: At) -> Response:
        return answer(bench, at, name, lambda view: pages.chapter(view, chapter))

    def as_json(at: At) -> Response:
        return answer(bench, at, name, lambda view: pages.chapter(view, chapter), True)

    api.get(f"/{{lang}}/{chapter}.json", name=f"{chapter} as blocks")(as_json)
    api.get(f"/{{lang}}/{name}", response_class=HTMLResponse, name=chapter)(html)


def _whole(api: FastAPI, bench: Workbench, name: str, make: Callable[[View], Page]) -> None:
    def html(at: At) -> Response:
        return answer(bench, at, name, make, data=False)

    html.__name__, html.__doc__ = name, make.__doc__
    api.get(f"/{{lang}}/{name}", response_class=HTMLResponse)(html)


def _things(api: FastAPI, bench: Workbench, kind: str, make: Callable[[View, str], Page]) -> None:
    def html(at: At, id: Id) -> Response:
        return answer(bench, at, f"{kind}/{id}", lambda view: make(view, id))

    def as_json(at: At, id: Id) -> Response:
        return answer(bench, at, f"{kind}/{id}", lambda view: make(view, id), True)

    api.get(f"/{{lang}}/{kind}/{{id}}.json", name=f"{kind}: one as blocks")(as_json)
    api.get(f"/{{lang}}/{kind}/{{id}}", response_class=HTMLResponse, name=f"{kind}: one")(html)


async def _events(job: Job | None, lang: str) -> AsyncIterator[str]:
    """Progress until the end. A waiting request holds no thread: many waiting requests would block
    all others."""
    while job is not None and not job.ended:
        status = {"step": step(job, lang), "done": job.done, "total": job.total, "ended": False}
        yield f"data: {json.dumps(status, ensure_ascii=False)}\n\n"
        await asyncio.sleep(0.5)
    yield f"data: {json.dumps({'ended': True})}\n\n"
