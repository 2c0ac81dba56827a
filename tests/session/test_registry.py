"""Every study is in the registry, reads only what it names, and is made again from its recipe."""

from __future__ import annotations

import functools
import gc
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import songhua
from songhua import Result, Session, SonghuaError, results, session
from songhua.plan import Plan
from songhua.region import Region
from songhua.results.kept import Cache
from songhua.session import cache, execution
from songhua.session.study_inputs import inputs
from songhua.store import Shelf
from songhua.studies import registry
from songhua.studies.accounts import account_draws
from songhua.studies.parts import BESIDE, FIGURES, PARTS, restricted
from songhua.studies.registry import Inputs, NoOptions

CASES = ("harbin", "washington")
#: The case whose projects take longest: requests that the other case covers are made of it in full
#: number.
LONG = pytest.param("harbin", marks=pytest.mark.exhaustive)
ASKED: dict[str, dict[str, Any]] = {
    "simulate": {"draws": 40}, "month": {"period": "2020"}, "track": {"until": "2021"},
}  # fmt: skip
OF_EVERY_CASE = {"rulebooks"}  # comes with the program, not with the folder


@functools.cache
def built_in(case: str) -> Session:
    """A built-in case, opened once."""
    return songhua.open(songhua.example(case))


@pytest.fixture(scope="module", params=CASES)
def opened(request: pytest.FixtureRequest) -> Session:
    return built_in(request.param)


def test_every_study_has_a_schema_and_every_part_exists() -> None:
    for name, study in registry.studies().items():
        assert results.tables(name)
        assert set(study.needs) <= set(PARTS)


def test_every_value_of_a_region_and_a_plan_belongs_to_a_part() -> None:
    beside = {name for names in BESIDE.values() for name in names}
    heads = {"code", "name", "currency", "base_year", "within", "kind", "places", "tags"}
    heads |= {"as_of"} | OF_EVERY_CASE
    of_region = {one.name for one in fields(Region)} - heads - beside - {"figures"} | {*FIGURES}
    assert of_region == {p for p in PARTS if "." not in p} - {"region", "plan", "register"}
    heads = {"name", "period", "base_year", "purpose", "source", "names"}
    of_plan = {f"plan.{one.name}" for one in fields(Plan) if one.name not in heads | beside}
    assert of_plan == {part for part in PARTS if part.startswith("plan.")}


def test_parts_that_are_not_named_are_blank(opened: Session) -> None:
    region, plan = restricted(opened.region, opened.plan, ("claims", "plan.targets"))
    assert plan is not None
    assert opened.plan is not None
    assert plan.targets == opened.plan.targets
    assert (len(plan.spending), len(plan.scenarios), len(region.figures.observations)) == (0, 0, 0)
    assert region.claims == opened.region.claims


@pytest.mark.parametrize("case", ["washington", "register", LONG])
def test_every_result_is_read_from_the_disk_and_made_again_from_its_recipe(
    tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = songhua.new(tmp_path / case, case)
    opened = songhua.open(path)
    names = [name for name in registry.studies() if not opened.lacks(name)]
    first = {name: opened.run(name, **ASKED.get(name, {})) for name in names}
    monkeypatch.setattr(cache, "_RESULTS", Cache(8))
    with monkeypatch.context() as no_study:
        no_study.setattr(Shelf, "save", _computed)
        opened = songhua.open(path)
        same(first, {name: opened.run(name, **ASKED.get(name, {})) for name in names})
    monkeypatch.setattr(cache, "_RESULTS", Cache(8))
    monkeypatch.setattr(account_draws, "_SAMPLES", Cache(8))
    monkeypatch.setattr(Shelf, "get", lambda *_: None)
    recipes = {name: made.recipe for name, made in first.items() if made.recipe is not None}
    same(first, {name: songhua.rerun(recipe.as_dict()) for name, recipe in recipes.items()})


def _computed(*_: object) -> None:
    raise AssertionError("computed again")


def same(first: Mapping[str, Result], again: Mapping[str, Result]) -> None:
    assert first.keys() == again.keys()
    for name, made in first.items():
        assert again[name].to_json() == made.to_json(), name
        assert again[name].findings == made.findings
        for table, frame in made.tables.items():
            pd.testing.assert_frame_equal(again[name].tables[table], frame, check_exact=True)


@pytest.mark.parametrize("case", ["washington", LONG])
def test_a_changed_session_is_made_again_from_its_recipe(case: str) -> None:
    opened = built_in(case)
    changed = opened.change(assumptions={"spent": 50}).change(assumptions={"residents": 90})
    first = changed.run("simulate", draws=40)
    assert first.recipe is not None
    assert songhua.rerun(first.recipe.as_dict()).to_json() == first.to_json()
    plain = opened.run("simulate", draws=40)
    assert not plain.tables["totals"].equals(first.tables["totals"])


def test_a_register_alone_is_made_again_from_its_recipe(tmp_path: Path) -> None:
    file = tmp_path / "firms.csv"
    file.write_text("firm,staff,resident\na,12,yes\nb,501,no\n", "utf-8")
    found = session.open_register(file).run("certify", on="2024-06-30")
    assert found.recipe is not None
    assert found.recipe.arguments["register"] == str(file)
    assert songhua.rerun(found.recipe.as_dict()).to_json() == found.to_json()
    file.write_text("firm,staff,resident\na,13,yes\n", "utf-8")
    with pytest.raises(SonghuaError, match="enterprises"):
        songhua.rerun(found.recipe)


def test_a_recipe_of_another_version_is_not_run_in_silence(opened: Session) -> None:
    recipe = opened.run("claims").recipe
    assert recipe is not None
    with pytest.raises(SonghuaError, match=r"0\.0\.9"):
        songhua.rerun(replace(recipe, version="0.0.9"))


@pytest.mark.parametrize(
    "damage",
    [{"study": None}, {"arguments": []}, {"seed": "1"}, {"more": 1}, {"version": 2}, {"inputs": 0}],
)
def test_what_is_no_recipe_is_refused(opened: Session, damage: dict[str, object]) -> None:
    recipe = opened.run("claims").recipe
    assert recipe is not None
    with pytest.raises(SonghuaError, match=next(iter(damage))) as caught:
        songhua.rerun({**recipe.as_dict(), **damage})  # pyright: ignore[reportArgumentType]
    assert caught.value.faults[0].code == "recipe_unreadable"


def test_a_change_of_a_part_moves_the_keys_of_those_that_read_it(opened: Session) -> None:
    """And of no other: claims and diagnose know nothing of what is assumed."""
    changed = opened.change(assumptions={"spent": 50})
    for name, study in registry.studies().items():
        options = study.read_options(ASKED.get(name, {}))
        same = execution.key(opened, study, options) == execution.key(changed, study, options)
        reads = {part for first in study.evidence(options) for part in registry.get(first).needs}
        assert same == ("plan.assumptions" not in reads | {*study.needs}), name


@pytest.mark.parametrize("part", PARTS)
def test_a_result_is_kept_unless_a_part_that_it_reads_is_another(part: str) -> None:
    case = built_in("washington")
    other = Session(
        case.path, case.region, case.plan, case.register, None, case.digests,
        {**case.parts, part: "other"}, case.whole,
    )  # fmt: skip
    for name, study in registry.studies().items():
        options = study.read_options(ASKED.get(name, {}))
        reads = {"region", "plan", *study.needs}
        for first, asked in study.evidence(options).items():
            reads |= {*registry.get(first).needs}
            assert registry.get(first).read_options(asked)
        same = execution.key(case, study, options) == execution.key(other, study, options)
        assert same == (part not in reads), name


def test_options_are_read_right_or_refused(opened: Session) -> None:
    for asked, code in (
        ({"draw": 50}, "option_unknown"), ({"draws": "50"}, "option_unreadable"),
        ({"draws": True}, "option_unreadable"), ({"draws": 0}, "option_unreadable"),
    ):  # fmt: skip
        with pytest.raises(SonghuaError) as caught:
            opened.run("simulate", **asked)
        assert [fault.code for fault in caught.value.faults] == [code]
    for study, code in (("month", "option_missing"), ("monthly", "study_unknown")):
        with pytest.raises(SonghuaError) as caught:
            opened.run(study)
        assert [fault.code for fault in caught.value.faults] == [code]


def test_no_cycles_are_searched_for_while_a_study_computes(
    opened: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def computes(given: Inputs, options: object) -> Any:
        del given, options
        raise ValueError(gc.isenabled())

    monkeypatch.setattr(cache, "cached", lambda _key, compute, *_: compute())
    some = {**registry.studies(), "claims": replace(registry.get("claims"), function=computes)}
    monkeypatch.setattr(registry, "studies", lambda: some)
    with pytest.raises(SonghuaError) as ended:
        opened.run("claims")
    assert str(ended.value.__cause__) == "False"
    assert gc.isenabled()


def test_workers_stand_in_no_key_and_no_recipe(opened: Session) -> None:
    study = registry.get("simulate")
    one, two = (study.read_options({"workers": n}) for n in (1, 2))
    assert study.plain(one) == study.plain(two)
    assert "workers" not in study.plain(one)


def test_what_is_kept_cannot_be_spoiled(opened: Session) -> None:
    first = opened.run("claims")
    first.tables["claims"]["verdict"] = "spoiled"
    assert "spoiled" not in set(opened.run("claims").tables["claims"]["verdict"])


def test_an_unknown_part_is_refused_at_load() -> None:
    with pytest.raises(ValueError, match="weather"):
        registry.study("forecast", needs=("weather",), options=NoOptions, rank=9)
    with pytest.raises(ValueError, match="twice"):
        registry.study("claims", needs=(), options=NoOptions, rank=9)


def test_the_law_in_a_users_folder_is_not_kept(opened: Session) -> None:
    study = registry.get("certify")
    given: Inputs = inputs(opened, study)
    assert study.cacheable(given, study.read_options({"statuses": ["cn/sci-tech-sme"]}))
    assert not study.cacheable(given, study.read_options({"statuses": ["./mine/status"]}))
    assert not study.cacheable(given, study.read_options({"small_cells": True}))
