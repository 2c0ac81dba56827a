"""Accounts as they are shown: printed, likely and possible apart; contradictions without blame."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

import songhua
from dom import parse
from songhua import render
from songhua.document import account_words
from songhua.document.blocks import Fold, Points, Table, walk
from songhua.document.studies import of_study, sections
from songhua.format.text import Link, parts, plain
from songhua.format.view import DASH, View, obs
from songhua.labels import parse_period
from songhua.maths.accounts import prior
from songhua.messages import word
from songhua.render import terminal
from songhua.results import Estimate, Result, table
from songhua.studies.accounts.finding_kinds import AccountsTransferred, AccountsWide
from songhua.studies.accounts.rows import (
    Cell,
    Industry,
    LedgerRow,
    Member,
    MissingFigure,
    PerimeterPart,
)
from songhua.studies.simulate.structure_finding_kinds import RegionalErrorUntested

TABLE, YEAR, NAN = "united-states-2017", parse_period("2017"), math.nan
UNIT = "m USD"


def industry(name: str, role: str = "leading", printed: float = NAN) -> Industry:
    """An industry of the region that is likely from 50 to 200."""
    return Industry(
        role, name, "value_added", YEAR, UNIT, printed, 0, NAN, 10, 400,
        Estimate.drawn(50, 100, 200), Estimate.drawn(1, 2, 4), Estimate.drawn(0.5, 1.5, 3),
        70, 30, (),
    )  # fmt: skip


def cell(code: str, measure: str = "value_added") -> Cell:
    """An industry of the table that is likely from 5 to 20."""
    size = Estimate.drawn(5, 10, 20)
    return Cell(TABLE, measure, code, YEAR, UNIT, 0, 40, 1, 30, size, 8, 70, 30, ())


@pytest.fixture(scope="module")
def session() -> songhua.Session:
    return songhua.open(songhua.example("washington"))


@pytest.fixture(scope="module")
def result(session: songhua.Session) -> Result:
    ids = [str(id) for id in session.region.figures.observations.frame["id"].head(3)]
    figure = ("gdp", "all", "", YEAR)
    rows = {
        "cells": [cell("farms"), cell("wood"), cell("wood", "output")],
        "industries": [industry("food"), industry("farms", printed=150.0), industry("all", "")],
        "ledger": [
            LedgerRow(*figure, 506.0, "bn USD", "level", "", True, 3, (ids[0],)),
            LedgerRow(*figure, 4.4, "%", "none", "growth_alone", False, 0, (ids[1],)),
        ],
        "contradictions": [
            Member(1, "print", *figure, 506.0, "bn USD", 12.0, UNIT, (ids[0],)),
            Member(1, "print", *figure, 10.0, "%", 0.25, "pp", (ids[1],)),
            Member(2, "growth", *figure, 4.4, "%", NAN, "pp", (ids[2],)),
        ],
        "missing_figures": [
            MissingFigure(k, TABLE, "value_added", code, 9.0 - k, 8.0)
            for k, code in enumerate(("wood", "farms", "mining", "machinery", "air", "water"), 1)
        ],
        "perimeters": [
            PerimeterPart("food", TABLE, "farms", "value_added", 100, 100, 100, 100),
            PerimeterPart("food", TABLE, "wood", "value_added", 0, 100, 20, 60),
        ],
    }  # fmt: skip
    found = AccountsTransferred(), AccountsWide(n=1, of=2, times=4)
    tables = {name: table("accounts", name, made) for name, made in rows.items()}
    return Result("accounts", tables, found)


def view(session: songhua.Session, result: Result, lang: str = "en") -> View:
    """The result beside its region, in a language."""
    return View(
        region=session.region, plan=session.plan, results={"accounts": result}, lang=lang
    )  # fmt: skip


def tables(seen: View) -> dict[str, list[Table]]:
    """The tables of the section, by the table of the result."""
    found: dict[str, list[Table]] = {}
    section = sections()["accounts"].section(seen)
    assert section is not None
    for block in walk([section]):
        if isinstance(block, Table):
            found.setdefault(block.name, []).append(block)
    return found


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_model_is_said_before_any_number(
    session: songhua.Session, result: Result, lang: str
) -> None:
    seen = view(session, result, lang)
    page = render.report(seen, ["accounts"])
    section = page[page.index('<section id="accounts"') :]
    said = seen.sentence(result.findings[0])
    assert section.index(said[:20]) < section.index("<svg")
    untested = RegionalErrorUntested().words(lang)
    assert said.startswith(untested[: untested.index(seen.written.colon.strip()) + 1])
    parsed = parse(page).by_id("accounts")
    charts = {svg.attrs["aria-labelledby"].split()[0] for svg in parsed.all("svg")}
    assert charts == {"c-accounts-value-added-t", "c-accounts-table-t"}


def test_an_estimate_never_stands_for_what_is_printed(
    session: songhua.Session, result: Result
) -> None:
    listed, others = tables(view(session, result))["industries"]
    food, farms = [dict(zip(listed.headings, row, strict=True)) for row in listed.texts]
    assert (food["Printed"], food["Estimate"]) == (
        DASH,
        "100 million US dollars (50 to 200I)",
    )
    assert (farms["Printed"], farms["Estimate"]) == ("150 million US dollars", DASH)
    assert food["Possible, from published figures"] == DASH
    assert food["Possible, with assumptions"] == "10 to 400 million US dollars"
    assert [row[0] for row in others.texts] == [word("whole_economy", "en")]


def test_a_set_names_each_figure_with_its_source_and_its_own_least_change(
    session: songhua.Session, result: Result
) -> None:
    seen = view(session, result)
    blocks = sections()["accounts"].at("full", seen)
    first, second = (one for one in blocks if isinstance(one, Fold) and "Set" in str(one.summary))
    assert (
        first.summary
        == "Set 1: 2 members that contradict one another (published figures and definitions alone)"
    )
    (points,) = first.blocks
    assert isinstance(points, Points)
    amounts = ("12 million US dollars", "0.25 percentage points")
    for row, amount, item in zip(
        account_words.sets(seen)[0][1], amounts, points.items, strict=True
    ):
        links = [part.to for part in parts(item) if isinstance(part, Link)]
        assert f"(by itself at least {amount})" in plain(item)
        assert links == [obs(id) for id in row.observations]
    (points,) = second.blocks
    assert isinstance(points, Points)
    assert not any("alone" in plain(item) for item in points.items)


def test_used_and_unused_figures_stand_apart(session: songhua.Session, result: Result) -> None:
    used, unused = tables(view(session, result))["ledger"]
    assert len(used.rows) == len(unused.rows) == 1
    assert "size of the industry" in used.texts[0]
    assert "a growth rate alone says nothing of a size" in unused.texts[0]


def test_what_belongs_to_an_industry_is_a_row(session: songhua.Session, result: Result) -> None:
    (held,) = tables(view(session, result))["perimeters"]
    assert held.texts == [[
        "Food, beverage and tobacco product manufacturing", "value added", "Farms",
        "Wood products (0 to 100%; assumed 20 to 60%)",
    ]]  # fmt: skip


def test_ends_are_as_close_as_print(session: songhua.Session, result: Result) -> None:
    seen = view(session, result)

    def shown(low: float, high: float) -> str:
        return account_words.possible(seen, low, high, UNIT)

    assert shown(77250, 77350) == "77.25 to 77.35 billion US dollars"
    assert shown(0, 456789) == "0 to 457 billion US dollars"
    assert shown(5, NAN) == "5 million US dollars or more"
    assert shown(0, NAN) == DASH
    assert shown(12, 12) == "12 million US dollars"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_terminal_shows_industries_sets_and_five_missing_figures(
    session: songhua.Session, result: Result, lang: str
) -> None:
    seen = view(session, result, lang)
    text = terminal.lines(of_study(seen, "accounts"), 100)
    bars = [line.split()[-1] for line in text.splitlines() if line.endswith(("=", "·"))]
    assert bars == ["==========●===========", "·················◆····"]
    names = [seen.name("table_industries", code, TABLE) for code in ("wood", "air", "water")]
    missing = text[text.index(seen.title("accounts", "missing_figures")) :]
    assert [name in missing for name in names] == [True, True, False]
    assert seen.choice("account_stage", "growth") in text


def test_without_a_likely_size_bounds_are_all_there_is(
    session: songhua.Session, result: Result
) -> None:
    bare = replace(industry("food"), value=Estimate())
    made = {**result.tables, "industries": table("accounts", "industries", [bare])}
    seen = view(session, replace(result, tables=made))
    (plan,) = tables(seen)["industries"]
    assert plan.texts[0][2:5] == [DASH, "", DASH]
    assert "food" not in terminal.lines(of_study(seen, "accounts"), 100)
    assert "c-accounts-value-added" not in render.report(seen, ["accounts"])


def test_a_folder_without_accounts_has_no_section(session: songhua.Session, result: Result) -> None:
    blank = replace(result, tables={name: made.head(0) for name, made in result.tables.items()})
    assert sections()["accounts"].section(view(session, blank)) is None


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("how", "names"),
    [("jobs_quotient", ("jobs",)), ("area_quotient", ("areas", "seats")),
     ("other_year", ("earlier",)), ("level", ())],
)  # fmt: skip
def test_the_record_is_of_what_the_sizes_rest_on(
    session: songhua.Session, result: Result, lang: str, how: str, names: tuple[str, ...]
) -> None:
    """Each score with it and without; every place by its name."""
    title = view(session, result, lang).say("accounts_covariates_record_title")
    row = LedgerRow("wage_salary_jobs", "farms", "", YEAR, 9.0, "persons", how, "", False, 0, ())
    read = replace(result, tables={**result.tables, "ledger": table("accounts", "ledger", [row])})
    every = tables(view(session, read, lang))[""]
    rows = [row for one in every if plain(one.title) == title for row in one.texts]
    scores = [score for name in names for score in getattr(prior.load(), name).scores]
    assert [len(one) for one in rows] == [9] * len(scores)
    assert not {"canada", "japan", "united_states", *names} & {cell for one in rows for cell in one}
