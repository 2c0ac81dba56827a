"""The checks of a folder also apply to a region and a plan in memory."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest

from songhua import checks, messages, session, store
from songhua.errors import SonghuaError
from songhua.plan import Plan
from songhua.plan.assumptions import NAMES, AssumptionRow
from songhua.region import Region


@cache
def loaded(name: str) -> tuple[Region, Plan]:
    folder = store.read(session.example(name))
    assert folder.plan is not None
    return folder.region, folder.plan


@pytest.fixture(params=["harbin", "washington"])
def case(request: pytest.FixtureRequest) -> tuple[Region, Plan]:
    return loaded(request.param)


@pytest.fixture
def washington() -> tuple[Region, Plan]:
    return loaded("washington")


def found(region: Region, plan: Plan | None = None) -> list[tuple[str, str, int | None, str]]:
    faults = checks.check(region, plan)
    for lang in messages.LANGUAGES:
        assert all(fault.words(lang) for fault in faults)
    return [(fault.code, fault.file, fault.row, fault.column) for fault in faults]


def changed(frame: pd.DataFrame, at: dict[str, str], **cells: Any) -> pd.DataFrame:
    """A table with cells of the first row that has these labels changed."""
    frame = frame.copy()
    where = np.logical_and.reduce([np.asarray(frame[name] == text) for name, text in at.items()])
    for name, value in cells.items():
        frame.loc[frame.index[np.flatnonzero(where)[0]], name] = value
    return frame


def test_a_case_without_faults_has_none_in_memory(case: tuple[Region, Plan]) -> None:
    region, plan = case
    assert found(region, plan) == []
    day = date(2021, 3, 9)
    assert found(region.view(day), plan and plan.view(day, region.sources)) == []
    for scenario in plan.scenarios:
        assert found(region, plan.with_scenario(scenario)) == []


ASSUMED = "plan/assumptions.csv"


@pytest.mark.parametrize(
    ("name", "cells", "code", "column"),
    [
        ("pay", {"value": "-5", "low": "-6", "high": "-4", "distribution": "triangular"}, "not_positive", "value"),
        ("pay", {"low": "0", "distribution": "triangular"}, "not_positive", "low"),
        ("output", {"low": "-1", "distribution": "triangular"}, "not_positive", "low"),
        ("ramp", {"low": "-1"}, "below_least", "low"),
        ("ramp", {"low": "-0.5"}, "below_least", "low"),
        ("tilt", {"high": "3"}, "above_most", "high"),
        ("delay", {"value": "2027", "high": "2028"}, "above_most", "value"),
        ("realised", {"low": "-1"}, "below_least", "low"),
        ("area", {"value": "-1.5"}, "not_positive", "value"),
        ("area", {"unit": "km"}, "unit_not_wanted", "unit"),
        ("productivity", {"high": "200"}, "above_most", "high"),
        ("share_land", {"high": "120"}, "percent_outside", "value"),
        ("pay", {"value": "many"}, "number_unreadable", "value"),
        ("pay", {"value": 68.0}, "not_text", "value"),
        ("pay", {"value": ""}, "value_missing", "value"),
        ("pay", {"name": "salary"}, "label_unknown", "name"),
        ("pay", {"unit": ""}, "value_missing", "unit"),
        ("pay", {"unit": "%"}, "unit_not_money", "unit"),
        ("spent", {"unit": "x"}, "unit_not_wanted", "unit"),
        ("spent", {"distribution": "odd"}, "choice_unknown", "distribution"),
        ("spent", {"source": "nobody"}, "label_unknown", "source"),
        ("output", {"scope": "mill"}, "label_unknown", "scope"),
        ("spent", {"name": "pay"}, "row_repeats", ""),
    ],
)  # fmt: skip
def test_nonsense_in_an_assumption_is_refused(
    name: str, cells: dict[str, Any], code: str, column: str, washington: tuple[Region, Plan]
) -> None:
    region, plan = washington
    row = int(plan.assumptions.loc[plan.assumptions["name"] == name, "row"].iloc[0])
    frame = changed(plan.assumptions.astype({"value": object}), {"name": name}, **cells)
    assert (code, ASSUMED, row, column) in found(region, replace(plan, assumptions=frame))


@pytest.mark.parametrize("name", ["area", "output", "pay"])
def test_what_must_be_above_nought_may_be_little(
    name: str, washington: tuple[Region, Plan]
) -> None:
    region, plan = washington
    cells = {"value": "0.02", "low": "0.01", "high": "0.04", "distribution": "triangular"}
    frame = changed(plan.assumptions, {"name": name}, **cells)
    assert found(region, replace(plan, assumptions=frame)) == []


def test_an_added_assumption_needs_no_row_and_no_day(washington: tuple[Region, Plan]) -> None:
    region, plan = washington
    row = dict.fromkeys(plan.assumptions.columns, "") | {
        "name": "new", "value": "50", "distribution": "fixed", "row": 0,
    }  # fmt: skip
    frame = pd.concat([plan.assumptions, pd.DataFrame([row])], ignore_index=True)
    assert found(region, replace(plan, assumptions=frame)) == []
    frame = frame.assign(value=frame["value"].where(frame["name"] != "new", "130"))
    wrong = found(region, replace(plan, assumptions=frame))
    assert wrong == [("percent_outside", ASSUMED, None, "value")]


@pytest.mark.parametrize(
    ("table", "at", "cells", "code", "column"),
    [
        ("spending", {"value": "200"}, {"value": "-200"}, "below_least", "value"),
        ("spending", {"value": "200"}, {"unit": "persons"}, "unit_not_money", "unit"),
        ("spending", {"value": "200"}, {"period": "2016-Q1"}, "years_wanted", "period"),
        ("operation", {"field": "jobs"}, {"value": "-3"}, "below_least", "value"),
        ("operation", {"field": "start"}, {"value": "soon"}, "years_wanted", "value"),
        ("operation", {"field": "industry"}, {"value": "foods"}, "label_unknown", "value"),
    ],
)  # fmt: skip
def test_nonsense_in_a_plan_is_refused(
    table: str, at: dict[str, str], cells: dict[str, str], code: str, column: str,
    washington: tuple[Region, Plan],
) -> None:  # fmt: skip
    region, plan = washington
    frame = changed(getattr(plan, table), at, **cells)
    assert (code, f"plan/{table}.csv", column) in [
        (c, file, place) for c, file, _, place in found(region, replace(plan, **{table: frame}))
    ]


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"text": "more or less"}, "target_unread", "text"),
        ({"period": "soon"}, "period_unreadable", "period"),
        ({"nature": "hard"}, "choice_unknown", "nature"),
        ({"scheme": "mine"}, "choice_unknown", "scheme"),
        ({"base": "1e5"}, "number_unreadable", "base"),
        ({"recorded": "2024"}, "date_unreadable", "recorded"),
        ({"period": ""}, "value_missing", "period"),
    ],
)
def test_a_target_is_never_a_value_that_cannot_be_read(
    cells: dict[str, str], code: str, column: str
) -> None:
    _, plan = loaded("harbin")
    target = plan.targets[0]
    with pytest.raises(SonghuaError) as caught:
        target.with_cells(**cells)
    assert [(f.code, f.file, f.row, f.column) for f in caught.value.faults] == [
        (code, "plan/targets.csv", target.row, column)
    ]


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"indicator": "happiness"}, "label_unknown", "indicator"),
        ({"source": "nobody"}, "label_unknown", "source"),
        ({"id": "New jobs"}, "slug_unreadable", "id"),
        ({"text": "500家"}, "target_unit_misfit", "text"),
        ({"recorded": ""}, "value_missing", "recorded"),
    ],
)
def test_nonsense_in_a_target_is_refused(cells: dict[str, str], code: str, column: str) -> None:
    region, plan = loaded("harbin")
    target = plan.targets[0].with_cells(**cells)
    wrong = found(region, replace(plan, targets=(target, *plan.targets[1:])))
    assert wrong == [(code, "plan/targets.csv", target.row, column)]


def test_a_scenario_in_memory_is_held_to_the_same(washington: tuple[Region, Plan]) -> None:
    region, plan = washington
    (name, scenario), *_ = plan.scenarios.items()
    change = AssumptionRow("pay", "", "-5", distribution="fixed", unit="k USD")
    scenarios = {**plan.scenarios, name: replace(scenario, changes={"pay": change})}
    wrong = found(region, replace(plan, scenarios=scenarios))
    assert wrong == [("not_positive", f"plan/scenarios/{name}.toml", None, "value")]
    scenarios[name] = replace(scenario, leave_out=["mill"])
    wrong = found(region, replace(plan, scenarios=scenarios))
    assert wrong == [("label_unknown", f"plan/scenarios/{name}.toml", None, "scenario.leave_out")]


def test_nonsense_in_a_region_is_refused(washington: tuple[Region, Plan]) -> None:
    region, _ = washington
    rows = region.figures.observations.frame
    number = rows["number"].copy()
    number.iloc[3] = np.nan
    file, at = str(rows["file"].iloc[3]), int(rows["row"].iloc[3])
    wrong = found(replace(region, figures=region.figures.with_rows(rows.assign(number=number))))
    assert wrong == [("number_unreadable", f"observations/{file}", at, "value")]
    twice = pd.concat([rows, rows.iloc[[3]]], ignore_index=True)
    wrong = found(replace(region, figures=region.figures.with_rows(twice)))
    assert wrong == [("row_repeats", f"observations/{file}", at, "")]
    id, entry = next(iter(region.indicators.items()))
    entries = {**region.indicators, id: {**entry, "form": "pulling", "unit": "yuan-ish"}}
    assert [(code, place) for code, _, _, place in found(replace(region, indicators=entries))] == [
        ("unit_unknown", f"{id}.unit"), ("choice_unknown", f"{id}.form"),
    ]  # fmt: skip


def test_cells_of_panels_in_memory(washington: tuple[Region, Plan]) -> None:
    region, _ = washington
    cells = region.figures.cells.frame
    assert len(cells)
    full = int(np.flatnonzero(cells["number"].notna())[0])
    place = (str(cells["file"].iloc[full]), int(cells["row"].iloc[full]))
    status = cells["status"].astype(object)
    status.iloc[full] = "suppressed"
    wrong = found(
        replace(region, figures=region.figures.with_rows(panels=cells.assign(status=status)))
    )
    assert wrong == [("cell_with_reason", *place, "status")]
    number = cells["number"].copy()
    number.iloc[full] = np.nan
    wrong = found(
        replace(region, figures=region.figures.with_rows(panels=cells.assign(number=number)))
    )
    assert wrong == [("cell_without_reason", *place, "status")]


def test_an_index_in_memory_couples_two_parts_at_least() -> None:
    region, _ = loaded("harbin")
    id, index = next(iter(region.indices.items()))
    for coupled in (index["coupling"][:1], index["coupling"][:1] * 2):
        wrong = found(replace(region, indices={id: {**index, "coupling": coupled}}))
        assert wrong == [("coupling_systems", "indices.toml", None, f"{id}.coupling")]


def test_every_assumption_has_ends_that_make_sense() -> None:
    for name, kind in NAMES.items():
        assert kind.unit in ("money", "%", "x", "km2"), name
        assert kind.least < kind.most, name
        assert kind.least > -np.inf, name


def test_the_guide_says_the_ends() -> None:
    guide = Path(__file__).parents[2] / "docs/guide/simulate.md"
    rows = re.findall(r"^\| (`.*?) \| (%|x|km2|money) \| (.*?) \|", guide.read_text("utf-8"), re.M)
    told: dict[str, tuple[str, str]] = {}
    for names, unit, ends in rows:
        told |= dict.fromkeys(re.findall(r"`(\w+)`", names), (unit, ends))
    for name, kind in NAMES.items():
        ends = [f"above {kind.least:g}" if kind.positive else f"{kind.least:g}"]
        ends += [f"{kind.most:g}"] if np.isfinite(kind.most) else []
        family = "share_structures" if name.startswith("share_") else "local_structures"
        shown = family if name.startswith(("share_", "local_")) else name
        assert told[shown] == (kind.unit, ", ".join(ends)), name


TABLES = ("industries", "seed_map", "spending", "operation", "assumptions")
ODD: tuple[Any, ...] = (
    "", " ", "x", "-1", "1e9", "NaN", "2020-Q1", "%", "m USD", "pay", "food", "all", "{a}", None,
    float("nan"), 5, 2.5, True, [], {}, ["a"], {"en": 1},
)  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_any_cell_gives_faults_or_none_and_never_an_exception(seed: int) -> None:
    chance = Random(seed)
    region, plan = loaded("washington")
    table = chance.choice([name for name in TABLES if len(getattr(plan, name))])
    frame = getattr(plan, table).astype(object).copy()
    column = chance.choice([name for name in frame if name != "row"])
    frame.iat[chance.randrange(len(frame)), frame.columns.get_loc(column)] = chance.choice(ODD)
    found(region, replace(plan, **{table: frame}))
    name = chance.choice([one for one in checks.CATALOGUES if getattr(region, one)])
    entries = deepcopy(dict(getattr(region, name)))
    entry = entries[chance.choice(list(entries))]
    entry[chance.choice(list(entry))] = chance.choice(ODD)
    found(replace(region, **{name: entries}))
