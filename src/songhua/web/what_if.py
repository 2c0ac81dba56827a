"""The addresses of what if and of projects: what is asked stands in them, and can be kept or sent.

The page works by its form alone; a script asks for the part that changes (`answer`) at each move.
What they need is loaded when the first of them is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, Response

from songhua.web import forms
from songhua.web.answers import Id, Lang
from songhua.web.workbench import Workbench

PAGE, PROJECTS = "what-if", "projects"


def add(api: FastAPI, bench: Workbench) -> None:
    """Add the addresses."""

    @api.get(f"/{{lang}}/{PAGE}.json")
    def data(request: Request, lang: Lang) -> Response:
        """What would be otherwise as JSON: paired numbers, targets, sentences of the brief."""
        return _what_if("data")(bench, request, lang)

    @api.get(f"/{{lang}}/{PAGE}.csv")
    def sheet(request: Request, lang: Lang) -> Response:
        """The paired numbers as CSV."""
        return _what_if("sheet")(bench, request, lang)

    @api.get(f"/{{lang}}/{PAGE}/answer", response_class=HTMLResponse)
    def part(request: Request, lang: Lang) -> Response:
        """The part of the page that changes with what is asked."""
        return _what_if("part")(bench, request, lang)

    @api.get(f"/{{lang}}/{PAGE}", response_class=HTMLResponse)
    def page(request: Request, lang: Lang) -> Response:
        """What if: assumptions, projects, targets and the nation's growth as levers."""
        return _what_if("page")(bench, request, lang)

    @api.get(f"/{{lang}}/{PROJECTS}/{{id}}.json")
    def project_data(request: Request, lang: Lang, id: Id) -> Response:
        """One project as blocks."""
        return _project()(bench, request, lang, id, True)

    @api.get(f"/{{lang}}/{PROJECTS}/{{id}}", response_class=HTMLResponse)
    def project(request: Request, lang: Lang, id: Id) -> Response:
        """One project: what it brings, what drives that, and what is known of it."""
        return _project()(bench, request, lang, id, False)

    if not bench.read_only:

        @api.post(f"/{{lang}}/{PAGE}/save", response_class=HTMLResponse)
        def save(
            request: Request, lang: Lang, id: Annotated[str, Form(max_length=80)] = "",
            name: Annotated[str, Form(max_length=200)] = "",
        ) -> Response:  # fmt: skip
            """Write what the address asks as a scenario of the plan."""
            forms.refuse_songhua(bench)
            return _what_if("save")(bench, request, lang, id, name)


def _what_if(name: str) -> Callable[..., Any]:
    return getattr(import_module("songhua.web.what_if_page"), name)


def _project() -> Callable[..., Any]:
    return import_module("songhua.web.project_page").page
