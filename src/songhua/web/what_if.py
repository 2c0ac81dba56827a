"""The addresses of what if and of projects; they contain the changes, and can be kept or sent.

The page works by its form alone; a script asks for the part that changes (`answer`) at each move.
Their modules are loaded when the first of them is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Form
from fastapi.responses import HTMLResponse, Response

from songhua.web import forms
from songhua.web.answers import At, Id
from songhua.web.asking import Words
from songhua.web.described import Csv
from songhua.web.workbench import Workbench

PAGE, PROJECTS = "what-if", "projects"
#: The levers that an address may set; which of them there are the plan says.
WORDS = ("_set.*", "_off.*", "_target.*", "_faster", "_project")
Levers = Annotated[dict[str, str], Depends(Words(lambda _: WORDS))]


def add(api: FastAPI, bench: Workbench) -> None:
    """Add the addresses."""

    @api.get(f"/{{lang}}/{PAGE}.json")
    def data(at: At, words: Levers) -> Response:
        """The differences as JSON: paired numbers, targets, sentences of the brief."""
        return _what_if("data")(bench, at, words)

    @api.get(f"/{{lang}}/{PAGE}.csv", response_class=Csv)
    def sheet(at: At, words: Levers) -> Response:
        """The paired numbers as CSV."""
        return _what_if("sheet")(bench, at, words)

    @api.get(f"/{{lang}}/{PAGE}/answer", response_class=HTMLResponse)
    def part(at: At, words: Levers) -> Response:
        """The part of the page that depends on the changes."""
        return _what_if("part")(bench, at, words)

    @api.get(f"/{{lang}}/{PAGE}", response_class=HTMLResponse)
    def page(at: At, words: Levers) -> Response:
        """The page of what if: assumptions, projects, targets and the nation's growth as levers."""
        return _what_if("page")(bench, at, words)

    @api.get(f"/{{lang}}/{PROJECTS}/{{id}}.json")
    def project_data(at: At, id: Id) -> Response:
        """One project as blocks."""
        return _project()(bench, at, id, True)

    @api.get(f"/{{lang}}/{PROJECTS}/{{id}}", response_class=HTMLResponse)
    def project(at: At, id: Id) -> Response:
        """One project: its effects, their drivers, and its facts."""
        return _project()(bench, at, id, False)

    if not bench.read_only:

        @api.post(f"/{{lang}}/{PAGE}/save", response_class=HTMLResponse)
        def save(
            at: At,
            words: Levers,
            id: Annotated[str, Form(max_length=80)] = "",
            name: Annotated[str, Form(max_length=200)] = "",
        ) -> Response:
            """Write what the address asks as a scenario of the plan."""
            forms.refuse_songhua(bench)
            return _what_if("save")(bench, at, words, id, name)


def _what_if(name: str) -> Callable[..., Any]:
    return getattr(import_module("songhua.web.what_if_page"), name)


def _project() -> Callable[..., Any]:
    return import_module("songhua.web.project_page").page
