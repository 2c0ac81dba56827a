"""The evaluation of a year and of a plan at its middle: its contents, and its documents."""

from __future__ import annotations

import io
import re
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bare import bare_charts
from evaluated import case as evaluated_case
from songhua import Run, render, session
from songhua.cli import songhua
from songhua.document.blocks import Block, Figure, Heading, Paragraph, Points, Table
from songhua.document.studies.evaluation import evaluation
from songhua.errors import SonghuaError
from songhua.format.text import plain
from songhua.format.view import View
from songhua.labels import parse_period
from songhua.render import document
from songhua.render.files import contents
from songhua.render.layout import LETTER, LONGEST, leads, texts, widths
from tracked import figure, folder

docx: Any = import_module("docx")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return evaluated_case(tmp_path_factory.mktemp("evaluation"))


@pytest.fixture(scope="module")
def done(place: Path) -> Run:
    return contents(session.open(place), "annual", "2023")


def described(done: Run, kind: str, lang: str = "en", period: str = "2023") -> list[Block]:
    return list(evaluation(View.of(done, lang), kind, period).all)


@pytest.fixture(scope="module")
def midterm(done: Run) -> list[Block]:
    return described(done, "midterm")


def grid(blocks: list[Block], title: str) -> Table:
    return next(b for b in blocks if isinstance(b, Table) and b.title == title)


def test_classes_are_counted_by_nature_and_reports_apart(midterm: list[Block]) -> None:
    found = grid(midterm, "How many targets are in each class")
    assert list(found.headings) == ["Class", "binding", "anticipatory", "not stated"]
    assert {row[0]: list(row[1:]) for row in found.texts} == {
        "not assessable": ["1", "–", "1"], "broadly in line": ["–", "3, 1 by report", "–"],
        "lagging": ["1", "1", "–"],
    }  # fmt: skip
    assert "never averaged" in found.note
    assert "a lead of 10 points" in found.note


def test_what_lags_is_named_first_and_the_binding_before_all(midterm: list[Block]) -> None:
    heads = [b.text for b in midterm if isinstance(b, Heading)]
    assert heads[:2] == ["In short", "Behind their path or missed"]
    behind = [plain(text) for b in midterm if isinstance(b, Points) for text in b.items]
    assert [text.partition(",")[0] for text in behind[:2]] == [
        "Change of energy intensity", "Childcare places",
    ]  # fmt: skip
    assert "progress 20% after 40% of the time" in behind[0]
    assert "answers for it: Energy" in behind[0]
    assert re.search(r"\[\d+–\d+\]$", behind[0])


def test_a_target_has_progress_time_rule_and_source(midterm: list[Block]) -> None:
    row = grid(midterm, "Progress of each target · binding").texts[0]
    assert row[4] == "20% (19–20%)"  # with what rounding leaves open
    assert row[5] == "40%"
    assert row[6].split("\n")[0] == "lagging"
    assert row[7] == "in all"
    assert row[8] == "[1–3]"  # two figures and the plan's text
    told = grid(midterm, "Progress of each target · anticipatory").texts
    assert "reported by Wang on 10 Feb 2024" in next(r[2] for r in told if "Firms" in r[0])
    places = next(r[2] for r in told if "places" in r[0])
    assert places.startswith("2.6 places")
    assert "3.1 places per 1,000 people (2023), reported by Li" in places


def test_a_year_has_its_own_targets_and_a_plan_those_of_years_apart(done: Run) -> None:
    annual, midterm = described(done, "annual"), described(done, "midterm")
    names = [r[0] for r in grid(annual, "Progress of each target · anticipatory").texts]
    assert "Real growth, 2023" in names
    apart = grid(midterm, "Targets of single years so far").texts
    assert [(r[0], r[4]) for r in apart] == [("Real growth, 2023", "achieved")]
    names = [r[0] for r in grid(midterm, "Progress of each target · anticipatory").texts]
    assert "Real growth, 2023" not in names


def test_what_is_missing_is_named_and_not_filled(midterm: list[Block]) -> None:
    rows = grid(midterm, "Not assessable, and what is missing").texts
    assert [(r[0], r[4], r[5]) for r in rows] == [
        ("New jobs, 2021–2025 plan", "there is no figure yet", "Labour"),
        ("Sales, 2021–2025 plan", "there is no figure yet", "not said"),
    ]


def test_departments_projects_ladder_programmes_and_reports(midterm: list[Block]) -> None:
    counts = {row[0]: list(row[1:]) for row in grid(midterm, "Tasks by department").texts}
    assert counts == {"Trade": ["2", "0", "1", "1", "0"], "Works": ["1", "1", "0", "0", "0"]}
    late = grid(midterm, "Tasks that are late, without a report, blocked or stopped").texts
    assert [(r[0], r[3], r[5]) for r in late] == [
        ("Write the rules", "due, no report", "–"), ("Open the park", "blocked", "Write the rules"),
    ]  # fmt: skip
    assert grid(midterm, "Projects").texts[0][5:8] == ["70.0%", "0.75", "0.86"]
    ladder = grid(midterm, "Products on the ladder to market").texts[0]
    assert ladder[:6] == ["Wheel", "prototype", "2021", "Fair", "certified", "not reached"]
    assert grid(midterm, "Programmes by cohort").texts[1][4] == "30.0%"
    told = grid(midterm, "Reports of departments").texts
    assert [r[4] for r in told] == [
        "nothing else is published for the period", "its state is used", "its state is used",
        "differs from what is published", "a newer report stands",
        "nothing else is published for the period",
    ]  # fmt: skip  # the newest first: of one second what was entered last
    titles = [b.title for b in midterm if isinstance(b, Figure) and b.chart]
    assert len(titles) == 5  # bullets twice, Gantt, ladder, calendar


def test_a_rung_reached_after_the_day_is_not_in_that_days_report(place: Path) -> None:
    early = contents(session.open(place), "annual", "2020")
    ladder = grid(
        described(early, "annual", period="2020"), "Products on the ladder to market"
    ).texts[0]
    assert ladder[:6] == ["Wheel", "–", "–", "–", "research", "unknown"]
    rungs = early.results["track"].tables["products"].set_index("rung")
    assert (rungs.at["prototype", "state"], rungs.at["prototype", "reached"]) == ("not_reached", "")
    assert "Fair" not in render.report(View.of(early), ["track"])


def test_every_row_leads_to_figures_and_these_to_sources_with_addresses(
    midterm: list[Block],
) -> None:
    figures, sources = (grid(midterm, title) for title in ("Figures cited", "Sources"))
    led = {to for text in texts(midterm) for to in leads(text)}
    cited: set[str] = set()
    for block in midterm:
        if isinstance(block, Table) and block.headings[-1] == "Source" and block != figures:
            for row in block.rows:
                found = leads(row[-1].text)
                assert found, row
                cited.update(found)
    assert cited <= set(figures.ids)
    assert {to for row in figures.rows for to in leads(row[-1].text)} == set(sources.ids)
    assert led <= {*figures.ids, *sources.ids}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_holds_all_and_leaves_no_word_untold(done: Run, lang: str) -> None:
    blocks = described(done, "annual", lang)
    view = View.of(done, lang)
    with bare_charts() if lang == "en" else nullcontext():  # the real charts once
        page = document(view, evaluation(view, "annual", "2023"), parse_period("2023").end).decode()
    assert page.count("<caption>") == sum(isinstance(b, Table) for b in blocks)
    assert page.count('<svg class="plot') == sum(
        isinstance(b, Figure) and b.chart is not None for b in blocks
    )
    body = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", page, flags=re.DOTALL)
    assert "{" not in body
    assert not re.search(r"\b(evaluation|month|chart)_[a-z]+", body)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_docx_holds_the_same_tables(done: Run) -> None:
    day, view = parse_period("2023").end, View.of(done, "zh")
    with bare_charts():
        data = document(view, evaluation(view, "midterm", "2023"), day, "docx")
    opened = docx.Document(io.BytesIO(data))
    blocks = described(done, "midterm", "zh")
    grids = [b for b in blocks if isinstance(b, Table)]
    for made, block in zip(opened.tables, grids, strict=True):
        assert [cell.text for cell in made.rows[0].cells] == list(block.headings)
        assert len(made.rows) == len(block.rows) + 1
    assert len(opened.inline_shapes) == sum(isinstance(b, Figure) for b in blocks)


def test_no_heading_is_wider_than_its_column(midterm: list[Block]) -> None:
    for block in midterm:
        if isinstance(block, Table):
            made, size = widths(block, 16.0, 9.0)
            assert sum(made) == pytest.approx(16.0)
            assert size >= 6.5
            for head, wide in zip(block.headings, made, strict=True):
                longest = max(len(word) for word in re.split(r"[\s/–·-]", head))
                assert wide >= min(longest, LONGEST) * LETTER * size * 0.99, head


def test_without_a_plan_or_with_an_open_time_it_says_so(tmp_path: Path, place: Path) -> None:
    bare = folder(tmp_path, [], [figure("gdp_growth", "2021", "5.5", "%")])
    for where, period, code in (
        (bare, "2023", "evaluation_no_plan"),
        (place, "2021..", "period_open"),
    ):
        with pytest.raises(SonghuaError) as told:
            contents(session.open(where), "annual", period)
        assert told.value.faults[0].code == code


def test_what_is_not_there_is_said(place: Path) -> None:
    blocks = described(contents(session.open(place), "annual", "2020"), "annual")
    said = [b.text for b in blocks if isinstance(b, Paragraph)]
    assert any("No target that can be assessed" in text for text in said)


def test_the_verb_writes_it(place: Path) -> None:
    out = place.parent / "out"
    words = ["report", str(place), "--kind", "midterm", "--period", "2023", "--out", str(out)]
    with bare_charts():
        made = CliRunner().invoke(songhua, [*words, "--lang", "en"])
    assert made.exit_code == 0, made.output
    assert made.output == f"Report: {out / 'midterm-2023-en.html'}\n"
