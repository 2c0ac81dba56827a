"""The plan asked otherwise: differences draw by draw, and targets at another level."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import songhua
from close import assert_close
from songhua.messages import Words
from songhua.plan import Plan, Scenario
from songhua.plan.assumptions import NAMES
from songhua.results import read_rows
from songhua.studies.simulate import example
from songhua.studies.simulate.levers import Lever, levers, scenario
from songhua.studies.simulate.paired import difference, differences
from songhua.studies.simulate.prepared import Prepared
from songhua.studies.simulate.simulation import Simulation
from songhua.studies.track.asked_otherwise import asked_otherwise, levels
from songhua.studies.track.rows import TargetRow
from songhua.studies.track.study import track
from tracked import aim, figure, folder

DRAWS = 40


def of(plan: Plan) -> Simulation:
    """A simulation of the small example."""
    start = Prepared(example.base(), example.Seeds(1, 2, 3))
    return Simulation.of(start.base, start.ensemble(plan, DRAWS), "")


def under(plan: Plan, made: Scenario) -> Plan:
    read = plan.assumptions.assign(row=0)  # as a folder gives them
    return replace(plan, assumptions=read, scenarios={"asked": made}).with_scenario("asked")


def assumed_share(plan: Plan) -> Plan:
    """The mill's money without a known share of the region: what is assumed of it counts."""
    return replace(plan, spending=plan.spending.assign(local=""))


def test_half_the_purchases_are_half_the_effect_in_every_draw() -> None:
    # of 100 m EUR for structures all is bought here: 125 m EUR of output, 100 of value added
    plan = assumed_share(example.plan())
    base = of(plan)
    local = next(one for one in levers(plan, base.ensemble) if one.label == "local.mill")
    half = of(under(plan, scenario(Scenario(Words()), {local: 50.0})))
    rows = {
        (row.step, row.measure): row
        for row in differences(base, half)
        if (row.project, row.period) == ("", "2021")
    }
    added = rows["net", "value_added"]
    assert (added.value, added.new_value, added.more) == (100.0, 50.0, -50.0)
    assert (added.more_low, added.more_high, added.better, added.worse) == (-50.0, -50.0, 0, 100)
    jobs = rows["construction", "jobs"]
    assert jobs.low < jobs.value < jobs.high  # pay varies, and is the same in both
    assert_close([jobs.new_value, jobs.more], [jobs.value / 2, -jobs.value / 2], rtol=1e-6)


def test_the_interval_of_a_difference_is_not_the_difference_of_intervals() -> None:
    chance = np.random.default_rng(1).normal(100, 20, 400)
    low, value, high, *_, more_low, more, more_high, better, worse = difference(chance, chance + 1)
    assert high - low > 50
    assert_close([more_low, more, more_high], [1.0, 1.0, 1.0], rtol=1e-6)
    assert (better, worse) == (100.0, 0.0)
    assert value == pytest.approx(100, abs=5)


def test_a_project_that_is_left_out_brings_nothing() -> None:
    plan = example.plan()
    farm = plan.spending.assign(project="farm", value="10")
    both = replace(plan, spending=pd.concat([plan.spending, farm], ignore_index=True))
    made = of(under(both, scenario(Scenario(Words()), {}, ("farm",))))
    rows = {row.project: row for row in differences(of(both), made) if row.measure == "jobs"}
    assert rows["farm"].new_value == 0.0
    assert rows["farm"].worse == 100.0
    assert (rows["mill"].more, rows["mill"].worse) == (0.0, 0.0)


def test_what_is_set_is_taken_as_known() -> None:
    plan = example.plan()
    base = of(plan)
    (pay,) = (one for one in levers(plan, base.ensemble) if one.name == "pay")
    assert (pay.beyond(70_000.0), pay.beyond(50_000.0)) == (True, False)
    made = of(under(plan, scenario(Scenario(Words()), {pay: 50_000.0})))
    row = next(
        one for one in differences(base, made)
        if (one.step, one.measure, one.period) == ("construction", "jobs", "2021")
    )  # fmt: skip
    assert row.low < row.high
    # 50 m EUR bought here are 62.5 of output, half of it labour income: 31.25 m over 50,000
    assert (row.new_low, row.new_value, row.new_high) == (625.0, 625.0, 625.0)


def test_a_scenario_keeps_what_it_changed_before() -> None:
    lever = Lever("delay", "mill", 1, 0, 2, "x", NAMES["delay"])
    first = scenario(Scenario(Words({"en": "Late"}), leave_out=("farm",)), {lever: 2.0})
    again = scenario(first, {lever: 3.0}, ("mine",))
    assert [(row.label, row.value) for row in again.changes.values()] == [("delay.mill", "3")]
    assert (again.leave_out, again.name("en")) == (("farm", "mine"), "Late")


def grown(tmp_path: Path, indicator: str = "gdp_growth") -> tuple[songhua.Session, list[TargetRow]]:
    """A town that grew by 5 and 6 % by turns, asked for 5.8 % a year."""
    figures = [figure(indicator, str(y), str(5 + y % 2), "%") for y in range(2010, 2023)]
    opened = songhua.open(folder(tmp_path, [aim("年均增长5.8%", indicator)], figures))
    assert opened.plan is not None
    return opened, read_rows(track(opened.region, opened.plan).tables["targets"], TargetRow)


def asked(
    opened: songhua.Session, rows: list[TargetRow], level: dict[str, float], faster: float = 0.0
) -> list[TargetRow]:
    assert opened.plan is not None
    return asked_otherwise(opened.region, opened.plan, rows, level, faster, 0)


def test_odds_move_with_the_level_and_with_the_nation(tmp_path: Path) -> None:
    opened, rows = grown(tmp_path)
    assert opened.plan is not None
    assert [(one.target, one.value) for one in levels(opened.plan, rows)] == [("t", 5.8)]
    (row,) = rows
    (same,) = asked(opened, rows, {"t": 5.8})
    assert same.probability == row.probability  # by the same chance
    (lower,) = asked(opened, rows, {"t": 5.3})
    assert lower.required < row.required
    assert lower.probability > row.probability
    (faster,) = asked(opened, rows, {}, 1.0)
    assert faster.probability > row.probability
    assert faster.required == row.required
    assert asked(opened, rows, {}, 0.0) == []


def test_what_is_no_value_added_does_not_move_with_the_nation(tmp_path: Path) -> None:
    opened, rows = grown(tmp_path, "energy")
    assert asked(opened, rows, {}, 1.0) == []
