"""Every rulebook is whole, and every case of it comes out as who wrote it expects."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from songhua.errors import SonghuaError
from songhua.rules import evaluate, parse_rulebook
from songhua.rules.cases import Case, cases, run_case
from songhua.rules.lint import lint
from songhua.store.rulebooks import load, names

BOOKS = names()
ALL = [(name, case) for name in BOOKS for case in cases(load(name))]


@pytest.mark.parametrize(("name", "case"), ALL, ids=[f"{name}: {case.name}" for name, case in ALL])
def test_a_case_comes_out_as_expected(name: str, case: Case) -> None:
    assert run_case(load(name), case).differences == ()


@pytest.mark.parametrize("name", BOOKS)
def test_a_rulebook_lacks_nothing(name: str) -> None:
    assert [fault.words() for fault in lint(load(name))] == []


@pytest.mark.parametrize("name", [name for name in BOOKS if name.startswith("cn/")])
def test_a_chinese_status_has_at_least_25_cases(name: str) -> None:
    assert len(cases(load(name))) >= 25


def test_the_rulebooks_are_those_of_the_specification() -> None:
    assert set(BOOKS) == {
        "cn/harbin-young-eagle", "cn/high-tech-enterprise", "cn/innovative-sme", "cn/little-giant",
        "cn/rd-super-deduction", "cn/reduced-rate", "cn/sci-tech-sme", "cn/size-class",
        "cn/specialised-sme", "eu/sme", "it/innovative-sme", "uk/rd-intensive-sme",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["cn/innovative-sme", "cn/specialised-sme", "cn/little-giant"])
def test_the_revision_of_2026_is_refused_in_words(name: str) -> None:
    verdict = evaluate(load(name), {}, date(2026, 4, 1))
    assert verdict.outcome == "no_text"
    assert verdict.refused is not None
    assert "no text held since 2026-04-01" in verdict.refused.words("en")
    assert "2026-04-01" in verdict.refused.words("en")
    assert "2026-04-01" in verdict.refused.words("zh")
    assert evaluate(load(name), {}, date(2026, 3, 31)).outcome == "unknown"


@pytest.mark.parametrize("name", BOOKS)
def test_a_mark_of_doubt_in_a_parameter_is_told_in_the_source(name: str) -> None:
    book = load(name)
    marks = {dated.mark for p in book.parameters.values() for dated in p.values}
    told = book.files["source.md"]
    assert all(f"[{mark}" in told or f", {mark}" in told or f" {mark}]" in told for mark in marks)


def test_a_rulebook_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(SonghuaError, match="cn/sci-tech-sme"):
        load("cn/sci-tec-sme")


def test_the_facts_of_one_name_mean_one_thing_in_a_country() -> None:
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for name in BOOKS:
        for fact in load(name).facts.values():
            key = name.split("/")[0], fact.id
            assert seen.setdefault(key, (fact.type, fact.unit)) == (fact.type, fact.unit)


@pytest.mark.parametrize("country", ["cn", "eu", "it", "uk"])
def test_no_shared_fact_is_without_a_rule(country: str) -> None:
    books = [load(name) for name in BOOKS if name.startswith(f"{country}/")]
    shared = tomllib.loads(books[0].files["../facts.toml"])
    asked = {id for book in books for clause in book.clauses for id in book.asks(clause)}
    asked |= {id for book in books for value in book.values for id in book.asks(value)}
    assert not shared.keys() - asked


@pytest.mark.parametrize("name", ["cn/innovative-sme", "cn/specialised-sme", "cn/little-giant"])
def test_a_used_status_is_that_of_its_own_rulebook(name: str) -> None:
    book, size = load(name), load("cn/size-class")
    for case in cases(size):
        if case.on >= date(2022, 8, 1):
            found = evaluate(book, case.facts, "2024-06-30").clauses["size_class"].outcome
            assert found == evaluate(size, case.facts, "2024-06-30").outcome


def test_a_rulebook_that_uses_one_that_is_not_beside_it_is_refused() -> None:
    files = dict(load("cn/little-giant").files)
    del files["../size-class/rules.toml"]
    with pytest.raises(SonghuaError, match="size-class"):
        parse_rulebook("cn/little-giant", files)


def test_a_number_that_two_rulebooks_hold_is_the_same_in_both() -> None:
    own, other = load("cn/sci-tech-sme").parameters, load("cn/rd-super-deduction").parameters
    shared = own.keys() & other.keys()
    assert {"rate_general", "rate_sci_tech", "rate_manufacturing", "full_rate"} <= shared
    for id in shared:
        assert [(d.since, d.value) for d in own[id].values] == [
            (d.since, d.value) for d in other[id].values
        ]


def test_a_title_and_a_class_change_after_two_years_only() -> None:
    medium = {"staff": 60, "turnover": 9, "balance": 9, "new_enterprise": False}
    before = {"staff_prev": 40, "turnover_prev": 9, "balance_prev": 9, "was_sme": True}
    for was, category in (("small", "small"), ("medium", "medium")):
        facts = {**medium, **before, "class_before": was}
        verdict = evaluate(load("eu/sme"), facts, "2024-06-30")
        assert (verdict.outcome, verdict.category) == ("met", category)
