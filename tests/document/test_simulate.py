"""The section on projects: what is assumed stands above the numbers, and every chart speaks."""

from __future__ import annotations

import pytest

import songhua
from dom import parse
from songhua import Run, render
from songhua.format.sentences import sentence
from songhua.format.view import View
from songhua.messages import word


@pytest.fixture(scope="module")
def done() -> Run:
    session = songhua.open(songhua.example("harbin"))
    return Run.of(session, {"simulate": session.run("simulate", draws=40, structure="nation")})


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_heading_comes_before_the_numbers(done: Run, lang: str) -> None:
    page = render.report(View.of(done, lang))
    section = parse(page).by_id("simulate")
    text = section.text
    first = done.results["simulate"].findings[0]
    assert first.code == "simulate_driven_by_assumption"
    said = sentence(first, done.region, lang)
    assert said in text
    inside = page[page.index('<section id="simulate"') :]
    assert inside.index(said[:20]) < inside.index("<svg")
    charts = {svg.attrs["aria-labelledby"].split()[0] for svg in section.all("svg")}
    wanted = {"fan-value-added", "fan-jobs", "net", "gains-construction", "gains-operation",
              "flow-construction", "flow-operation", "tornado-net-value-added"}  # fmt: skip
    assert {f"c-{name}-t" for name in wanted} <= charts
    assert len(list(section.all("table"))) >= 6
    assert word("all_projects", lang) in text


def test_no_section_without_projects() -> None:
    session = songhua.open(songhua.example("washington"))
    done = Run.of(session, {"claims": session.run("claims")})
    page = render.report(View.of(done))
    assert '<section id="simulate"' not in page
