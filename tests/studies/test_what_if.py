"""The plan asked otherwise: differences draw by draw, and targets at another level."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import songhua
from close import assert_close
from songhua.document.what_if_amounts import Amounts
from songhua.errors import SonghuaError
from songhua.format.view import View
from songhua.maths.ensemble import draws
from songhua.messages import Words
from songhua.plan import Plan, Scenario
from songhua.plan.assumptions import NAMES
from songhua.region import Region
from songhua.results import Estimate, read_rows
from songhua.results.estimates import ASSUMPTION
from songhua.session.what_if import Changed, WhatIf
from songhua.studies.simulate import example
from songhua.studies.simulate.levers import Lever, levers, scenario
from songhua.studies.simulate.paired import Difference, difference, differences
from songhua.studies.simulate.prepared import Prepared
from songhua.studies.simulate.rows import BalanceImpact
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


def assumed(value: float) -> Estimate:
    """A number that no draw moves; only assumptions could."""
    return Estimate.drawn(value, value, value, ASSUMPTION)


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
    assert (added.value.value, added.new_value.value, added.change) == (100.0, 50.0, -50.0)
    assert (added.more, added.better, added.worse) == (assumed(-50), 0, 100)
    jobs = rows["construction", "jobs"]
    assert jobs.value.low < jobs.value.value < jobs.value.high  # pay varies, the same in both
    half = jobs.value.value / 2
    assert_close([jobs.new_value.value, jobs.more.value], [half, -half], rtol=1e-6)


def test_the_interval_of_a_difference_is_not_the_difference_of_intervals() -> None:
    chance = np.random.default_rng(1).normal(100, 20, 400)
    old, _, change, more, better, worse = difference(chance, chance + 1)
    assert old.high - old.low > 50
    assert_close([change, more.low, more.value, more.high], [1.0, 1.0, 1.0, 1.0], rtol=1e-6)
    assert (better, worse) == (100.0, 0.0)
    assert old.value == pytest.approx(100, abs=5)


def test_a_project_that_is_left_out_brings_nothing() -> None:
    plan = example.plan()
    farm = plan.spending.assign(project="farm", value="10")
    both = replace(plan, spending=pd.concat([plan.spending, farm], ignore_index=True))
    made = of(under(both, scenario(Scenario(Words()), {}, ("farm",))))
    rows = {row.project: row for row in differences(of(both), made) if row.measure == "jobs"}
    assert rows["farm"].new_value.value == 0.0
    assert rows["farm"].worse == 100.0
    assert (rows["mill"].more.value, rows["mill"].worse) == (0.0, 0.0)


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
    assert row.value.low < row.value.high
    # 50 m EUR bought here are 62.5 of output, half of it labour income: 31.25 m over 50,000
    assert row.new_value == assumed(625)


@pytest.mark.parametrize("case", ["washington", "harbin"])
def test_every_lever_starts_at_what_is_in_force(case: str) -> None:
    """Half of the draws lie below the start, and setting the start changes nothing."""
    opened = songhua.open(songhua.example(case))
    assert opened.plan is not None
    start = Prepared.of(opened.region, opened.plan.base_year, structure="nation")
    base = Simulation.of(start.base, start.ensemble(opened.plan, 5), "")
    asked = WhatIf(opened, opened.plan, start, base, ())
    assert len(asked.levers) > 25
    for lever in asked.levers:
        row = base.ensemble.assumptions.find(lever.name, lever.project)
        if row is None:  # the share bought in the region, by the region's table
            assert lever.name == "local"
            assert 0 < lever.value < 100
        elif row.distribution in ("", "fixed"):
            assert lever.value == float(row.value)
        else:
            drawn = draws([row.parameter], 4000, 1)[row.label]
            assert abs((drawn < lever.value).mean() - 0.5) < 0.03, lever
        assert not asked.moved(Changed({lever: lever.value}))
        assert asked.moved(Changed({lever: lever.value + 1}))
    at_start = Changed({lever: lever.value for lever in asked.levers})
    same = asked.answer(at_start)
    assert all(
        (one.change, one.more.value, one.better, one.worse) == (0, 0, 0, 0) for one in same.rows
    )
    assert (list(same.pairs), list(same.targets)) == ([], [])
    assert asked.scenario(at_start).changes == {}


def test_an_answer_is_a_run_that_is_made_again_from_its_recipe() -> None:
    """Its results say the same as the answer, and options that say nothing of the plan are refused."""
    opened = songhua.open(songhua.example("washington"))
    asked = WhatIf.of(opened)
    late = next(one for one in asked.levers if one.label == "delay.lamb-weston-richland")
    level = next(one for one in asked.levels)
    changed = Changed(
        {late: late.value + 1}, ("boeing-wing-centre",), {level.target: level.value * 2}, 1.0
    )
    answer = asked.answer(changed, few=True)
    assert answer.results["simulate"].recipe is not None
    assert answer.results["simulate"].recipe.arguments["left_out"] == ["boeing-wing-centre"]
    rows = read_rows(answer.results["simulate"].tables["balance"], BalanceImpact)
    steps = {(str(row.year), row.step, row.measure): row.value for row in rows
             if row.effect == "type_i"}  # fmt: skip
    told = [row for row in answer.rows if not row.project and row.period.isdigit()]
    compared = [(row.new_value, steps[key]) for row in told
                if (key := (row.period, row.step, row.measure)) in steps]  # fmt: skip
    assert len(compared) > 10
    for one, other in compared:
        assert_close([one.low, one.value, one.high], [other.low, other.value, other.high], 1e-9)
    new = {row.target: row for _, row in answer.targets}
    found = read_rows(answer.results["track"].tables["targets"], TargetRow)
    assert level.target in new
    assert repr(found) == repr([new.get(row.target, row) for row in asked.rows])
    for result in answer.results.values():
        assert result.recipe is not None
        assert songhua.rerun(result.recipe.as_dict()).to_json() == result.to_json()
    for study, option in (
        ("simulate", {"assumed": {"delay.no-project": 1}}),
        ("simulate", {"assumed": {"delay": "soon"}}),
        ("simulate", {"left_out": ["no-project"]}),
        ("track", {"levels": {level.target: -1}}),
        ("track", {"faster": float("nan")}),
    ):
        with pytest.raises(SonghuaError) as refused:
            opened.run(study, **option)
        assert [fault.code for fault in refused.value.faults] == ["option_unreadable"]


def test_from_to_and_change_add_up_as_they_are_shown() -> None:
    old, new, more = map(Estimate.drawn, (1, 2, -12), (678.4, 758.0, 35.1), (900, 999, 101))
    row = Difference("", "2030", "net", "jobs", old, new, 79.6, more, 60, 40, "persons")
    view = View(region=Region.of("here"), plan=None, results={})
    said = Amounts(view, row)
    assert (*said.medians, said.change) == ("678 people", "758 people", "+80 people")
    assert "+35.1 people" in str(said.paired)
    near = Amounts(
        view,
        replace(
            row,
            value=replace(old, value=9981.0),
            new_value=replace(new, value=10004.0),
            change=23.0,
        ),
    )
    assert (*near.medians, near.change) == ("9,981 people", "10,004 people", "+23 people")
    same = Amounts(
        view, replace(row, new_value=replace(new, value=678.4), change=0.0, better=0, worse=0)
    )
    assert (same.change, same.paired) == ("the same", "the same")


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
