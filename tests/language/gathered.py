"""Texts of a folder in a language, gathered by part: screens, report, documents and workbench."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from language.shown import of_office, of_page, of_screen
from songhua import Run, render, session
from songhua.document import sent
from songhua.document.run import run as screen
from songhua.document.studies import of_study
from songhua.format.view import View
from songhua.reading.reviews import form
from songhua.render import files
from web_work import page

#: The documents of a period that are looked at.
PERIODS = (("monthly", "2020"), ("annual", "2021"), ("midterm", "2023"))
#: Of the pages of one kind, so many are looked at.
ALIKE = 3


def of_run(run: Run, lang: str) -> Iterator[tuple[str, list[str]]]:
    """The screens and pages of a run."""
    view = View.of(run, lang)
    yield "run", of_screen(screen(view))
    for study in run.results:
        yield study, of_screen(of_study(view, study))
    for name, text in render.book(view).items():
        if name.endswith(f"{lang}.html"):
            yield name, list(of_page(text))
    brief = sent.brief(view)
    yield "brief", list(of_page(render.document(view, brief, files.day_of(view)).decode()))


def of_documents(opened: session.Session, lang: str) -> Iterator[tuple[str, list[str]]]:
    """The documents of periods, and the sheets of departments."""
    for kind, period in PERIODS:
        view = View.of(files.contents(opened, kind, period), lang)
        made = files.document_of(view, kind, period)
        text = render.document(view, made, date(2026, 1, 31)).decode()
        yield f"{kind} {period}", list(of_page(text))


def of_sheets(folder: Path, out: Path, period: str, lang: str) -> Iterator[tuple[str, list[str]]]:
    """The sheets of departments, without what only the program reads."""
    for file in session.review(folder, period, out, lang, replace=True).files:
        texts = list(of_office(file.read_bytes()))
        shown = texts[: texts.index("version")]  # what follows stands on the hidden sheet
        yield file.name, [text for text in shown if text != form.MARK]


def of_workbench(asked: TestClient, lang: str) -> Iterator[tuple[str, list[str]]]:
    """The pages of a workbench that lead to one another, some of each kind."""
    seen, kinds, queue = set[str](), dict[str, int](), [f"/{lang}/"]
    while queue:
        at = queue.pop(0)
        answer = page(asked, at)
        if answer.status_code != 200 or "html" not in answer.headers.get("content-type", ""):
            continue
        yield at, list(of_page(answer.text))
        for led in re.findall(r'href="([^"#?]*)[^"]*"', answer.text):
            to = unescape(led)
            kind = re.sub(r"[^/]+$", "", to)
            few = kinds.get(kind, 0) < ALIKE or kind == f"/{lang}/"
            if to.startswith(f"/{lang}/") and to not in seen and few:
                seen.add(to)
                kinds[kind] = kinds.get(kind, 0) + 1
                queue.append(to)


def held(folder: Path) -> Iterator[str]:
    """Every text that the files of a folder hold."""
    for file in folder.rglob("*.toml"):
        with suppress(tomllib.TOMLDecodeError):  # of a pack, with blanks
            yield from _texts(tomllib.loads(file.read_text("utf-8")))
    for file in folder.rglob("*.csv"):
        for row in csv.reader(io.StringIO(file.read_text("utf-8"))):
            yield from row
        yield file.name


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield from _texts(one)
            yield from one if name == "numbers" and isinstance(one, Mapping) else ()
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value
