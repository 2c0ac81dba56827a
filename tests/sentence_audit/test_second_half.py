"""Each kind of sentence of the second half of the studies: a falsified field is noticed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import songhua
from sentence_audit import (
    certify,
    choose,
    choose_odds,
    claims_study,
    samples,
    simulate,
    simulate_basis,
    simulate_coverage,
    simulate_projects,
    track,
    track_open,
    track_works,
)
from sentence_audit.claims import CLAIMS, Sentence, denials
from songhua import Run, session
from songhua.results import Result
from songhua.results.finding import kinds
from songhua.session import Session
from songhua.studies.brief.sentence import giver

MODULES = (
    certify,
    choose,
    choose_odds,
    claims_study,
    simulate,
    simulate_basis,
    simulate_coverage,
    simulate_projects,
    track,
    track_open,
    track_works,
)
STUDIES = ("simulate", "track", "choose", "claims", "certify")
#: Fields that no table of results holds: draws, certificates that lapsed, days without them.
IN_NO_TABLE = {
    ("simulate_construction", "draws"),
    ("simulate_construction_both", "draws"),
    ("simulate_operation", "draws"),
    ("simulate_operation_both", "draws"),
    ("certificates_without_firm", "n"),
    ("register_facts_later", "day"),
    ("status_no_text", "day"),
}
#: Other questions on odds, which other kinds of sentences answer.
ASKED: dict[str, dict[str, object]] = {"harbin": {"step": 5}, "washington": {"below": "0.7"}}
#: Questions to the invented register; of a day without its law there are sentences on statuses.
OF_REGISTER: tuple[dict[str, object], ...] = (
    {},
    {"small_cells": True},
    {"small_cells": True, "on": "2021-01-01"},
)
NO_LAW = {"small_cells": True, "on": "2015-01-01"}, {"small_cells": True, "on": "2026-06-30"}
EARLIER = date(2020, 1, 1)


def told(results: Mapping[str, Result], asked: Session, day: date) -> Iterator[Sentence]:
    """All findings of results, and all sentences that they have for the brief."""
    tables = {f"{n}.{t}": frame for n, r in results.items() for t, frame in r.tables.items()}
    for name in results.keys() & set(STUDIES):
        give, result = giver(name), results[name]
        spoken = [] if give is None else [s.finding for s in give(result, asked.region)]
        for finding in (*result.findings, *spoken):
            params = json.loads(json.dumps(finding.params))
            yield Sentence(
                finding.code, params, finding.observations, tables, asked.region, asked.plan, day
            )


@pytest.fixture(scope="module")
def of_cases(harbin: Run, washington: Run) -> list[Sentence]:
    """The sentences of the shipped cases, those on odds by other questions and on a day before."""
    sentences: list[Sentence] = []
    for run in (harbin, washington):
        asked = songhua.open(songhua.example(run.region.code))
        results = dict(run.results)
        day = date.fromisoformat(str(results["track"].tables["view"]["day"].iloc[0]))
        sentences += told(results, asked, day)
        other = asked.run("choose", **ASKED[run.region.code])
        sentences += told({**results, "choose": other}, asked, day)
        earlier = replace(asked, region=asked.region.view(EARLIER))
        then = told({"choose": results["choose"]}, earlier, EARLIER)
        sentences += [one for one in then if one.code.startswith("brief_")]
    return sentences


@pytest.fixture(scope="module")
def of_register(tmp_path_factory: pytest.TempPathFactory) -> list[Sentence]:
    """The sentences of the invented register, and of one that lacks firms with a certificate."""
    home: Path = tmp_path_factory.mktemp("register") / "firms"
    session.new(home, "register")
    whole = session.open_register(home)
    firms = home / "register" / "enterprises.csv"
    firms.write_text("\n".join(firms.read_text("utf-8").splitlines()[:-40]) + "\n", "utf-8")
    asked = [(opened, o) for opened in (whole, session.open_register(home)) for o in OF_REGISTER]
    sentences = [
        sentence
        for opened, options in asked
        for sentence in told({"certify": opened.run("certify", **options)}, opened, samples.DAY)
    ]
    unwritten = session.open_register(home, ("cn/little-giant",))
    for opened, options in zip((whole, unwritten), NO_LAW, strict=True):
        of_day = told({"certify": opened.run("certify", **options)}, opened, samples.DAY)
        sentences += [one for one in of_day if one.code.startswith("status_")]
    return sentences


def falsified(value: object) -> object:
    """Another value of the same kind."""
    match value:
        case "entry" | "exit":
            return "exit" if value == "entry" else "entry"
        case bool() | None:
            return "other"
        case int() | float():
            return value * 3 + 7
        case dict():
            return dict.fromkeys(value, "other")
        case [*members]:
            return members[:-1] or ["other"]
        case str() if len(value) == 10 and value[4] == value[7] == "-":
            return "2199-01-01"
        case str() if value[:4].isdecimal() and ".." not in value:
            return "1999"
        case _:
            return "other"


def unnoticed(
    sentences: Iterable[Sentence],
) -> set[tuple[str, str]]:
    """Fields whose falsified values no predicate denies, by kind; but for another true sentence."""
    fields, listed = set(), list(sentences)
    others = {(one.code, json.dumps(one.params, sort_keys=True)) for one in listed}
    for sentence in listed:
        true = set(denials(sentence))
        for name, value in sentence.params.items():
            other = replace(sentence, params={**sentence.params, name: falsified(value)})
            as_true = (other.code, json.dumps(other.params, sort_keys=True)) in others
            if not as_true and not set(denials(other)) - true:
                fields.add((sentence.code, name))
    return fields


def test_every_kind_has_a_claim() -> None:
    """No kind of these studies is without a predicate."""
    covered = {code for claimed in CLAIMS for code in claimed.codes}
    theirs = {code for code, kind in kinds().items() if kind.__module__.split(".")[2] in STUDIES}
    assert not theirs - covered


def test_falsified_fields_of_the_cases_are_noticed(of_cases: list[Sentence]) -> None:
    """One field at a time of every sentence of the shipped cases, but what no table holds."""
    assert unnoticed(of_cases) <= IN_NO_TABLE


def test_falsified_fields_of_the_register_are_noticed(of_register: list[Sentence]) -> None:
    """One field at a time; a day stands in the tables where certificates or years are counted."""
    assert unnoticed(of_register) <= IN_NO_TABLE


def test_samples_are_true_and_their_falsified_fields_are_noticed() -> None:
    """A sentence true of its rows is not denied, and one field falsified is."""
    sentences = list(samples.sentences())
    assert {sentence.code: denials(sentence) for sentence in sentences if denials(sentence)} == {}
    assert not unnoticed(sentences)


def test_every_kind_is_tried(of_cases: list[Sentence], of_register: list[Sentence]) -> None:
    """Each kind with a claim of this half has a sentence in these tests."""
    tried = {sentence.code for sentence in (*of_cases, *of_register, *samples.sentences())}
    names = {module.__name__ for module in MODULES}
    mine = {c for claimed in CLAIMS if claimed.denials.__module__ in names for c in claimed.codes}
    assert not mine - tried
