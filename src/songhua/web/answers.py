"""Answers of a page: its blocks in their frame, the same as JSON, or that it waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Query
from fastapi import Path as Part
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from songhua import messages, render
from songhua.document.blocks import Points
from songhua.format.language import Language
from songhua.format.view import View
from songhua.labels import parse_date
from songhua.render import json as plain
from songhua.web import pages, shell
from songhua.web.address import Address
from songhua.web.held import HOLD
from songhua.web.jobs import Job
from songhua.web.pages import Page
from songhua.web.workbench import Waiting, Workbench

#: Seconds after which a page that waits asks again, where no script does so earlier.
AGAIN = 3
Lang = Annotated[
    str,
    Part(
        pattern="^[a-z]{2,3}$",
        description="A language: en, zh.",
        json_schema_extra={"enum": [*messages.LANGUAGES]},
    ),
]
Id = Annotated[str, Part(max_length=200, description="The id of what is asked for.")]
#: A day may be blank, as a form sends it.
DAY = {"anyOf": [{"format": "date"}, {"maxLength": 0}]}
Day = Annotated[
    str,
    Query(alias="_as_of", description="The region as known on that day.", json_schema_extra=DAY),
]
Scenario = Annotated[str, Query(alias="_scenario", description="A scenario of the plan.")]
JSON = "application/json"


async def at_of(lang: Lang, as_of: Day = "", scenario: Scenario = "") -> Address:
    """The language, the day and the scenario of a request.

    Raises:
        HTTPException: 404, for a language that songhua does not speak.
        SonghuaError: `date_unreadable` or `year_outside`, for what is no day.
    """
    if lang not in messages.LANGUAGES:
        raise HTTPException(404)
    if as_of:
        parse_date(as_of)
    return Address(lang, as_of, scenario)


#: The address of a page with its language, day and scenario.
At = Annotated[Address, Depends(at_of)]


def answer(
    bench: Workbench,
    at: Address,
    name: str,
    make: Callable[[View], Page],
    as_json: bool = False,
    data: bool = True,
) -> Response:
    """A page of blocks, or the same as JSON; a page that waits where its studies are still run."""
    view = bench.view(at)
    if isinstance(view, Waiting):
        return waiting(bench, at, name, view.job, as_json)
    if as_json:
        with bench.drawing:
            page = plain.document(make(view).document())
        return Response(plain.written(page), media_type=JSON, headers=HOLD)
    title, _, body = content(bench, at, view, name, make).partition("\n")
    page = framed(bench, at, view, name, title, body, as_data=data)
    return HTMLResponse(page, headers=HOLD)


def content(
    bench: Workbench, at: Address, view: View, name: str, make: Callable[[View], Page]
) -> str:
    """The title of a page, a line break, and its blocks as HTML; kept."""
    return bench.page(at, name, lambda view: _page(make(view), view, at), view)


def _page(page: Page, view: View, at: Address) -> str:
    return f"{page.title}\n{page.html(view, at)}"


def framed(
    bench: Workbench, at: Address, view: View, name: str, title: str, body: str, **more: Any
) -> str:
    """A page of a view in its frame."""
    opened = bench.session(at.as_of, at.scenario)
    plan, untold = opened.plan, [fault.words(at.lang) for fault in opened.whole.untold]
    if untold:
        body = render.fragment(view, [Points(untold)]) + body
    body += offers(at, name, bench)
    scenarios = [(id, view.name("scenarios", id)) for id in (plan.scenarios if plan else ())]
    return shell.framed(
        at,
        name,
        title,
        body,
        place=view.region.name(at.lang),
        scenarios=scenarios,
        fonts=bench.fonts_of(view, title + body),
        pages=shell.links(at, name.partition("/")[0], pages.names(view, bench.read_only)),
        **more,
    )


def offers(at: Address, name: str, bench: Workbench) -> str:
    """The ways from a page to forms and lists of what it shows; blank where it has none."""
    kind, _, id = name.partition("/")
    ways = {
        "figures": [("write/figure", "web_write_figure"), ("write/sources", "web_write_sources")],
        "sources": [("write/sources", "web_write_sources")],
        "plan": [("plan/rows", "web_plan_rows")],
        "projects": [("plan/rows", "web_plan_rows")],
        "import": [("write/figure", "web_write_figure"), ("write/sources", "web_write_sources")],
    }.get(name, [])
    if kind == "figures" and id and "/" not in id:
        ways = [(f"figures/{id}/correct", "web_correct")]
    ways = [] if bench.read_only else ways
    if name == "firms":
        ways = [] if bench.read_only else [("firms/judge", "web_judge")]
        has_register = bench.session(at.as_of).register is not None
        ways += [("firms/register", "web_register")] if has_register else []
    if (
        name == ""
        and not bench.read_only
        and not bench.session(at.as_of).region.figures.observations
    ):
        ways = [("import", "web_page_import"), ("write/figure", "web_write_figure")]
    if not ways:
        return ""
    words = Language(at.lang)
    return shell.template("look.html", ways=[(at.to(to), words.word(key)) for to, key in ways])


def waiting(bench: Workbench, at: Address, name: str, job: Job, as_json: bool) -> Response:
    """The answer while studies run: how far they are, and when to ask again."""
    step_text = step(job, at.lang)
    if as_json:
        status = {"working": step_text, "done": job.done, "total": job.total}
        headers = {"retry-after": str(AGAIN)}
        return Response(plain.written(status), 202, media_type=JSON, headers=headers)
    words = Language(at.lang)
    body = shell.template(
        "waiting.html",
        v=words,
        step=step_text,
        done=job.done,
        total=job.total,
        events=at.to("events", _job=job.id),
        stop="" if bench.read_only else at.to("stop", _job=job.id),
    )
    place = bench.session(at.as_of, at.scenario).region.name(at.lang)
    text = shell.framed(at, name, place, body, place=place, again=AGAIN, known=False)
    return HTMLResponse(text)


def step(job: Job, lang: str) -> str:
    """The step that a job is at, in words."""
    return messages.word(f"step_{job.step}", lang) if job.step else ""
