"""Simulate: assumptions first, additive, paired, with intervals of the stated coverage."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import songhua
from close import assert_close
from songhua import codes
from songhua.document.studies.simulate import HEADING
from songhua.errors import SonghuaError
from songhua.maths.ensemble import draws
from songhua.maths.projects import EFFECTS, MEASURES, summarise
from songhua.messages import Words
from songhua.plan import Milestone, Plan, Revision, Scenario
from songhua.plan.assumptions import AssumptionRow
from songhua.region.figures import FigureTable
from songhua.results import Result, table
from songhua.results.kept import Cache
from songhua.session import cache
from songhua.studies import registry
from songhua.studies.accounts.finding_kinds import AccountsAboveTable
from songhua.studies.accounts.rows import AccountDraw
from songhua.studies.registry import Inputs
from songhua.studies.simulate import example
from songhua.studies.simulate.ensemble import (
    Ensemble,
    Seeds,
    draw_ensemble,
    outcomes,
    variance_drivers,
)
from songhua.studies.simulate.from_accounts import no_accounts, with_accounts
from songhua.studies.simulate.prepared import Prepared
from songhua.studies.simulate.regional_base import RegionalBase, regional_base
from songhua.studies.simulate.simulation import Simulation
from songhua.studies.simulate.study import simulate
from songhua.studies.simulate.table_draws import draw_outputs
from songhua.studies.simulate.tables import totals

SEEDS = Seeds(1, 2, 3)
NONE = table("accounts", "draws", [])


@pytest.fixture(scope="module")
def harbin():
    return songhua.open(songhua.example("harbin"))


@pytest.fixture(scope="module")
def washington():
    return songhua.open(songhua.example("washington"))


@pytest.fixture(scope="module")
def base(washington) -> RegionalBase:
    return regional_base(washington.region, washington.plan.base_year)


@pytest.fixture(scope="module")
def some(washington, base) -> Ensemble:
    return draw_ensemble(base, washington.plan, SEEDS, 200)


@pytest.fixture(scope="module")
def of_harbin(harbin) -> Result:
    return simulate(harbin.region, harbin.plan, draws=60, structure="nation")


def with_rows(plan: Plan, **frames: pd.DataFrame) -> Plan:
    return replace(plan, **frames)


def test_what_rests_on_a_prior_says_so_first(of_harbin: Result) -> None:
    first = of_harbin.findings[0]
    assert first.code == "simulate_driven_by_assumption"
    assert first.params["n"] == 44
    for _, rows in of_harbin.tables["drivers"].groupby("outcome"):
        assert rows["driver"].iloc[0] == "structure"
    assert set(of_harbin.tables["outputs"]["basis"]) == {"prior"}


def test_what_is_observed_is_not_headed_so(washington) -> None:
    found = simulate(washington.region, washington.plan, draws=60)
    codes = [finding.code for finding in found.findings]
    assert "simulate_driven_by_assumption" not in codes
    assert codes[0] == "regional_error_learnt"
    assert set(found.tables["outputs"]["basis"]) == {"observed", "wider"}
    assert "structure" not in set(found.tables["drivers"]["driver"])


@pytest.mark.parametrize("area", [None, "120", "9000000"])
def test_a_region_beyond_what_was_learnt_is_headed_so(washington, area: str | None) -> None:
    """Before any number, on the terminal's first line and at the top of the report's section."""
    rows = washington.plan.assumptions
    there = rows["name"] == "area"
    assert there.sum() == 1
    kept = rows[~there] if area is None else rows.assign(value=rows["value"].mask(there, area))
    found = simulate(washington.region, with_rows(washington.plan, assumptions=kept), draws=60)
    codes = [finding.code for finding in found.findings]
    assert codes[0] == "regional_error_untested"
    assert ("regional_error_no_area" in codes) == (area is None)
    assert ("regional_error_area" in codes) == (area is not None)
    heads = {finding.code for finding in found.findings if isinstance(finding, HEADING)}
    assert heads == {code for code in codes if code.startswith("regional_error")}


def test_what_industries_hold_is_the_regions_own(washington, some: Ensemble) -> None:
    """Value added, jobs and income of a unit of output differ by draw, and not by one factor."""
    held = some.impact.economy.per_output
    made = held[:, MEASURES.index("value_added")]
    assert (made + some.impact.economy.A.sum(axis=1) <= 1 + 1e-9).all()
    for name in ("value_added", "jobs", "income"):
        logs = np.log(held[:, MEASURES.index(name)][:, made.min(axis=0) > 0])
        apart = logs - logs.mean(axis=1, keepdims=True)
        assert apart.std(axis=0).min() > 0.03, name


def test_shares_are_those_of_one_panel(washington, base) -> None:
    """Output is the region's share of the nation's value added times the nation's output."""
    panel = washington.region.panel("gdp")
    share = panel.at[("2016", "washington"), "food"] / panel.at[("2016", "united-states"), "food"]
    assert base.output["food"] == pytest.approx(share * base.national["food"])
    assert base.basis["textiles-apparel"] == "wider"


def test_a_sector_is_spread_and_stays_its_total(harbin) -> None:
    known = regional_base(harbin.region, 2020)
    assert {name: round(sector.total) for name, sector in known.sectors.items()} == {
        "primary": 61580, "secondary": 114450, "tertiary": 342350,
    }  # fmt: skip
    drawn = draw_outputs(known, 50, 30, 1)
    for sector in known.sectors.values():
        codes, total = list(sector.codes), sector.total
        places = [known.codes.index(code) for code in codes]
        added = drawn[:, places] @ known.value_added[codes].to_numpy()
        assert_close(added, total, rtol=1e-9)
    assert drawn.std(axis=0).min() > 0


def test_totals_add_up_to_what_numpy_gives(some: Ensemble) -> None:
    """Value added of type I and II in one draw, by plain linear algebra."""
    impact, d = some.impact, 17
    economy, flows = impact.economy, impact.flows
    n = economy.A.shape[-1]
    f = np.einsum("ptg,gn->tn", flows.spending[d], flows.baskets[d])
    L = np.linalg.inv(np.eye(n) - economy.A[d])
    hold = economy.per_output[d]
    totals = summarise(impact).totals[..., d]
    assert_close(totals[0, :, 3, 1], f @ L.T @ hold[1], rtol=1e-9)
    closed = np.eye(n + 1)
    closed[:n, :n] -= economy.A[d]
    closed[:n, n], closed[n, :n] = -economy.consumption[d], -hold[3]
    x = np.linalg.solve(closed, np.append(f, np.zeros((len(f), 1)), axis=1).T)[:n]
    assert_close(totals[0, :, 4, 1], hold[1] @ x, rtol=1e-9)
    sales = flows.output[d, 0]
    j = flows.industry[0]
    assert_close(totals[1, :, 3, 1], sales * (hold[1] @ L[:, j]), rtol=1e-9)


def test_intervals_cover_what_is_drawn_from_the_stated_model(washington, base, some) -> None:
    """Truths of their own seeds lie within the 90 % intervals 85 to 95 times of 100."""
    truths = draw_ensemble(base, washington.plan, Seeds(101, 102, 103), 300)
    found = summarise(some.impact)
    true = summarise(truths.impact).totals
    low, high = found.years[..., 0, np.newaxis], found.years[..., 2, np.newaxis]
    moves = (low < high)[..., 0]
    inside = ((low <= true) & (true <= high)).mean(axis=-1)[moves]
    assert moves.sum() > 100
    assert 0.85 <= inside.mean() <= 0.95
    by_measure = [
        ((low <= true) & (true <= high))[..., k, :][moves[..., k]].mean() for k in range(5)
    ]
    assert min(by_measure) > 0.85
    assert max(by_measure) < 0.95


def test_projects_add_up_under_the_same_draws(washington, base, some) -> None:
    plan = washington.plan
    whole = outcomes(some.impact)
    parts = []
    for project in plan.simulated_projects():
        rows = {n: getattr(plan, n) for n in ("spending", "operation")}
        mine = {n: frame[frame["project"] == project] for n, frame in rows.items()}
        parts.append(draw_ensemble(base, with_rows(plan, **mine), SEEDS, 200).impact.by_project())
    years = [part.shape[2] for part in parts]
    total = some.impact.by_project()
    for at, part in enumerate(parts):
        first = len(some.impact.flows.years) - years[at]
        assert_close(total[:, at, first:], part[:, 0], rtol=1e-9, atol=1e-12)
    assert len(whole) == 200


def test_half_a_project_twice_is_the_whole(washington, base, some) -> None:
    plan = washington.plan
    halves = plan.spending.copy()
    halves["value"] = [str(float(v) / 2) for v in halves["value"]]
    half = draw_ensemble(base, with_rows(plan, spending=halves), SEEDS, 200)
    both = half.impact.by_project()[0].sum(axis=0) * 2
    assert_close(both, some.impact.by_project()[0].sum(axis=0), rtol=1e-9)


def test_a_project_of_nothing_brings_nothing(washington, base) -> None:
    plan = washington.plan
    none = plan.spending.assign(value="0")
    only = with_rows(plan, spending=none, operation=plan.operation.head(0))
    found = draw_ensemble(base, only, SEEDS, 50)
    assert_close(found.impact.balance, 0)


def test_land_and_interest_buy_nothing_here(washington, base) -> None:
    plan = washington.plan
    for good in ("land", "interest"):
        idle = with_rows(
            plan, spending=plan.spending.assign(good=good), operation=plan.operation.head(0)
        )
        found = draw_ensemble(base, idle, SEEDS, 50)
        assert_close(found.impact.balance, 0)
        assert found.impact.flows.idle.sum() > 0


def test_scenarios_share_their_draws(washington, base, some) -> None:
    """Draws that a scenario leaves alone are as in the base, number by number."""
    rows = washington.plan.assumptions.copy()
    rows.loc[rows["name"] == "pay", ["value", "low", "high"]] = ["34", "29", "40"]
    found = draw_ensemble(base, with_rows(washington.plan, assumptions=rows), SEEDS, 200)
    money = [k for k, measure in enumerate(MEASURES) if measure != "jobs"]
    mine, base_ = (e.impact.by_project()[..., money, :] for e in (found, some))
    assert_close(mine, base_, rtol=1e-12)
    jobs = MEASURES.index("jobs")
    mine, base_ = (e.impact.by_project()[0, ..., jobs, :] for e in (found, some))
    assert_close(mine, 2 * base_, rtol=1e-12)
    assert base_.any()


@pytest.mark.deep
def test_more_workers_change_nothing(washington) -> None:
    one, two = (
        simulate(washington.region, washington.plan, draws=120, workers=workers).to_json()
        for workers in (1, 2)
    )
    assert one == two


def test_a_scenario_leaves_out_and_overrides(washington, harbin) -> None:
    plan = washington.plan.with_scenario("food-only")
    assert plan.simulated_projects() == ["lamb-weston-richland"]
    assert plan.scenario == "food-only"
    late = harbin.plan.with_scenario("late")
    mine = late.assumptions.set_index(["name", "scope"])
    assert mine.at[("delay", ""), "value"] == "2"
    assert len(late.assumptions) == len(harbin.plan.assumptions)
    with pytest.raises(SonghuaError, match="no scenario"):
        harbin.plan.with_scenario("never")


def test_later_and_smaller_is_less(harbin) -> None:
    tables = [
        simulate(harbin.region, plan, draws=60).tables["totals"]
        for plan in (harbin.plan, harbin.plan.with_scenario("late"))
    ]
    rows = [t[(t["project"] == "") & (t["effect"] == "type_i")]["value"] for t in tables]
    assert (rows[1].to_numpy() < rows[0].to_numpy()).all()
    assert set(tables[1]["scenario"]) == {"late"}


def test_what_may_be_part_of_another_is_counted_both_ways(harbin, of_harbin: Result) -> None:
    """The second sum is that of a scenario without the part, and every sentence has both."""
    part = "hit-satellite-base"
    alone = {"alone": Scenario(Words(), leave_out=(part,))}
    plan = replace(harbin.plan, scenarios=alone).with_scenario("alone")
    other = simulate(harbin.region, plan, draws=60, structure="nation")
    three = ["low", "value", "high"]
    for name in ("years", "totals", "balance", "industries"):
        both, one = (
            (of[of["project"] == ""] if name == "totals" else of).replace(
                {"period": r".*\.\..*"}, {"period": "built"}, regex=True
            )  # without the part building begins a year later
            for of in (of_harbin.tables[name], other.tables[name])
        )
        keys = [*{"year", "period", "phase", "step", "effect", "measure", "code"} & {*both}]
        pairs = both.merge(one, "left", keys, suffixes=("", "_alone"))
        assert pairs["without_parts"].notna().sum() > 20
        found = pairs[["without_parts_low", "without_parts", "without_parts_high"]].to_numpy()
        found = np.where(np.isnan(found), pairs[three].to_numpy(), found)
        wanted = pairs[[f"{end}_alone" for end in three]].fillna(0.0).to_numpy()
        assert_close(found, wanted, rtol=1e-6)
    told = {one.code: one for one in of_harbin.findings}
    assert told["simulate_possible_part"].params["entity"] == part
    net = told["simulate_net_both"].params
    assert net["without"] < net["value"]
    assert told["simulate_operation_both"].params["without_jobs"] > 0
    assert not {"simulate_net", "simulate_operation", "simulate_construction"} & {*told}


def test_a_part_is_left_out_only_where_the_whole_is_counted() -> None:
    plan = example.plan()
    shed = plan.spending.assign(project="shed", value="10")
    step = Milestone.read({"project": "shed", "item": "start", "may_be_part_of": "mill"})
    both = replace(
        plan, spending=pd.concat([plan.spending, shed], ignore_index=True), projects=(step,)
    )
    start = Prepared(example.base(), example.Seeds(1, 2, 3))
    sums = [row for row in totals(Simulation.of(start.base, start.ensemble(both, 40), ""))
            if (row.project, row.effect, row.measure) == ("", "type_i", "value_added")]  # fmt: skip
    assert [(row.value.value, row.without_parts.value) for row in sums] == [(55.0, 50.0)]
    gone = replace(both, spending=shed)
    assert start.ensemble(gone, 40).parts == {}
    circle = replace(both, projects=(step, Milestone.read(
        {"project": "mill", "item": "start", "may_be_part_of": "shed"})))  # fmt: skip
    with pytest.raises(SonghuaError, match="may_be_part_of"):
        start.ensemble(circle, 40)


def test_variance_shares_find_what_varies(washington, base) -> None:
    """With every assumption fixed the table's error is all there is."""
    rows = washington.plan.assumptions.assign(distribution="fixed")
    plan = with_rows(washington.plan, assumptions=rows)
    first = draw_ensemble(base, plan, SEEDS, 200)
    shares = variance_drivers(base, SEEDS, first, 1)
    assert list(shares.index) == ["table"]
    assert (shares.loc["table"] > 0.8).all()


def test_effects_and_steps_are_reported_together(of_harbin: Result) -> None:
    """Type II never stands alone, and every net number has its gross beside it."""
    keys = ["year", "phase", "measure"]
    for _, rows in of_harbin.tables["years"].groupby(keys):
        assert set(rows["effect"]) >= {"direct", "type_i", "type_ii"}
    for _, rows in of_harbin.tables["balance"].groupby(["year", "effect", "measure"]):
        assert set(rows["step"]) & {"construction", "operation"}
    assert set(of_harbin.tables["years"]["effect"]) == set(EFFECTS)


def test_money_spent_is_idle_local_or_leaked(of_harbin: Result, some: Ensemble) -> None:
    flows = some.impact.flows
    local = (flows.bought * flows.baskets.sum(axis=-1)[:, None, None]).sum(axis=(1, 2, 3))
    spent = flows.spending.sum(axis=(1, 2, 3))
    assert (local < spent).all()
    parts = of_harbin.tables["leakage"].groupby(["project", "phase"])["part"].agg(set)
    assert all({"spent", "local", "leaked"} <= found for found in parts)


def test_printed_fields_are_those_of_the_observations(harbin) -> None:
    """Sourced rows of the plan's files are listed among the observations of that source."""
    rows = harbin.region.figures.observations.frame
    plan = harbin.plan
    facts = [(r.project, r.value, r.source) for r in plan.spending.itertuples() if r.source]
    facts += [
        (r.project, r.value, r.source)
        for r in plan.operation.itertuples()
        if r.source and r.field in ("output", "jobs")
    ]
    assert len(facts) >= 8
    for project, value, source in facts:
        mine = rows[(rows["entity"] == project) & (rows["source"] == source)]
        assert value in set(mine["value"].astype(str)), (project, value)


def test_what_is_missing_is_refused(washington) -> None:
    region, plan = washington.region, washington.plan
    bare = replace(region, tables={})
    (id, one) = next(iter(region.tables.items()))
    thin = replace(region, tables={id: replace(one, f=one.f.drop(columns="households"))})
    unknown = replace(region, figures=FigureTable.of())
    cases = {
        "simulate_no_projects": lambda: simulate(region, None),
        "simulate_draws": lambda: simulate(region, plan, draws=5),
        "simulate_no_table": lambda: simulate(bare, plan),
        "simulate_part_missing": lambda: simulate(thin, plan),
        "simulate_no_output": lambda: simulate(unknown, plan),
        "assumption_missing": lambda: simulate(
            region, replace(plan, assumptions=plan.assumptions[plan.assumptions["name"] != "pay"])
        ),
    }
    for code, call in cases.items():
        with pytest.raises(SonghuaError) as caught:
            call()
        assert caught.value.faults[0].code == code


def test_it_is_made_again_from_its_recipe() -> None:
    path = songhua.example("washington")
    result = songhua.open(path).run("simulate", scenario="food-only", draws=50)
    assert result.recipe is not None
    assert songhua.rerun(result.recipe).to_json() == result.to_json()


def test_a_run_says_what_simulate_lacks(tmp_path) -> None:
    """Before the sectors' figures were published nothing can be simulated, and the rest is done."""
    done = songhua.open(songhua.example("harbin"), as_of="2021-03-09").run_all()
    skipped = {f.params["study"]: f.params["lacks"] for f in done.skipped}
    assert skipped["simulate"] in {"panels/*.csv", "tables.toml"}
    assert "diagnose" in done.results


def test_a_regions_own_table_is_used_as_it_is(washington) -> None:
    """Without a table of a larger area nothing is transferred and no share is taken."""
    id, one = next(iter(washington.region.tables.items()))
    region = replace(washington.region, tables={id: replace(one, region="washington")})
    found = simulate(region, washington.plan, draws=60)
    codes = {finding.code for finding in found.findings}
    assert not {code for code in codes if code.startswith("regional_error")}
    assert "simulate_driven_by_assumption" not in codes
    assert set(found.tables["outputs"]["basis"]) == {"own"}
    assert not set(found.tables["drivers"]["driver"]) & {"table", "structure"}


def test_limits_take_off_what_cannot_be_made(washington, base) -> None:
    """With hardly any spare capacity the net is less, and the table of limits says where."""
    rows = washington.plan.assumptions
    tight = rows.assign(
        value=np.where(rows["name"] == "spare", "0.001", rows["value"]),
        distribution=np.where(rows["name"].str.startswith("spare"), "fixed", rows["distribution"]),
    )
    tight.loc[tight["name"] == "spare_growth", "value"] = "0"
    found = simulate(washington.region, with_rows(washington.plan, assumptions=tight), draws=40)
    limits = found.tables["limits"]
    assert "construction" in set(limits["code"])
    balance = found.tables["balance"]
    lost = balance[(balance["step"] == "capacity") & (balance["measure"] == "value_added")]
    assert (lost["value"] <= 0).all()
    assert lost["value"].min() < -10
    assert "simulate_limits" in {finding.code for finding in found.findings}


@pytest.mark.parametrize("case", ["harbin", "washington"])
def test_no_draw_displaces_more_than_incumbents_sell(case: str) -> None:
    session = songhua.open(songhua.example(case))
    base = regional_base(session.region, session.plan.base_year)
    found = draw_ensemble(base, session.plan, SEEDS, 100)
    impact, sells = found.impact, found.outputs[:, None]
    lost = np.zeros((100, len(impact.flows.years), len(base.codes)))
    for at, j in enumerate(impact.flows.industry):
        lost[..., j] += impact.lost[:, at]
    assert (lost <= sells * (1 + 1e-12)).all()
    out = impact.economy.L.swapaxes(-1, -2)
    unmet, spared = impact.limits[0]
    made = impact.net_demand @ out - unmet @ out + spared @ out
    assert (made >= -sells * (1 + 1e-9)).all()
    assert impact.capacity is not None
    assert (made <= impact.capacity * (1 + 1e-9)).all()


def test_buildings_and_rents_are_of_the_region(washington, base, some: Ensemble) -> None:
    """Whatever industries buy elsewhere, what stands where it is used is bought there."""
    at = base.codes.index("construction")
    assert some.bought_here[:, at].min() < 0.7
    fixed, imported = base.table.f["fixed_capital"], base.table.f_imported
    home = fixed["construction"]
    every = home + (0 if imported is None else imported.loc["construction", "fixed_capital"])
    assert_close(some.impact.flows.baskets[:, 0, at], home / every)
    rent = base.codes.index("real-estate")
    spent = some.impact.economy.consumption[:, rent]
    moved = replace(
        base, table=replace(base.table, industries=base.table.industries.drop(columns="traded"))
    )
    as_industries = draw_ensemble(moved, washington.plan, SEEDS, 200)
    less = as_industries.impact.economy.consumption[:, rent]
    assert_close(less, spent * some.bought_here[:, rent])


def test_it_runs_from_jobs_where_no_value_added_is_held(washington) -> None:
    plan = washington.plan
    region = replace(washington.region, figures=washington.region.figures.without(panels=False))
    jobs = {**region.indicators["gdp"], "unit": "persons", "measure": "employment"}
    panels = region.figures.cells.select(indicator="gdp").frame.assign(indicator="employed")
    bare = replace(
        region, figures=region.figures.with_rows(panels=panels),
        indicators={**region.indicators, "employed": jobs},
    )  # fmt: skip
    found = simulate(bare, plan, draws=40)
    assert set(found.tables["outputs"]["basis"]) == {"jobs"}
    told = {finding.code: finding for finding in found.findings}
    assert told["simulate_from_jobs"].params["n"] == len(found.tables["outputs"])
    plain = simulate(region, plan, draws=40)
    assert "simulate_from_jobs" not in {finding.code for finding in plain.findings}
    assert_close(found.tables["totals"]["value"], plain.tables["totals"]["value"])


def test_an_assumption_out_of_its_range_is_a_fault_wherever_it_comes_from(washington) -> None:
    region, plan = washington.region, washington.plan

    def with_value(name: str, value: str) -> Plan:
        rows = plan.assumptions
        mine = rows["name"] == name
        return with_rows(plan, assumptions=rows.assign(
            value=np.where(mine, value, rows["value"]),
            distribution=np.where(mine, "fixed", rows["distribution"]),
        ))  # fmt: skip

    field = plan.operation.head(1).assign(field="displace", value="140", unit="%")
    wide = with_rows(plan, operation=pd.concat([plan.operation, field]))
    local = with_rows(plan, spending=plan.spending.assign(local="120"))
    cases = {
        "percent_outside": [with_value("residents", "130"), wide, local],
        "not_positive": [with_value("pay", "-5")],
        "above_most": [with_value("productivity", "80")],
    }
    for code, plans in cases.items():
        for wrong in plans:
            with pytest.raises(SonghuaError) as caught:
                simulate(region, wrong, draws=40)
            assert code in {fault.code for fault in caught.value.faults}


def test_a_draw_of_a_share_stays_a_share() -> None:
    row = AssumptionRow("residents", "", "95", "80", "99.9", "normal", "%")
    values = draws([row.parameter], 4000, 1)["residents"]
    assert values.max() <= 100
    assert values.max() > 99
    assert abs(values.median() - 95) < 1
    pay = AssumptionRow("pay", "", "10", "1", "30", "normal", "k EUR")
    assert draws([pay.parameter], 4000, 1)["pay"].min() > 0


#: By project the class of GB/T 4754 (or the industry of NAICS) that its name and source speak of,
#: and the division that the table's industry covers.
ROBOTS, AIRCRAFT, SPACECRAFT = "3491", "3741", "3742"


def test_the_industry_of_every_project_is_that_of_its_code(harbin) -> None:
    """A class lies in a division; the note of the table's industry names the division."""
    industries = harbin.region.tables["china-2020-domestic"].industries
    of = {r.project: r.value for r in harbin.plan.operation.itertuples() if r.field == "industry"}
    classes = {
        "united-aircraft-base": AIRCRAFT, "hit-satellite-base": SPACECRAFT,
        "robot-island": ROBOTS, "star-valley": SPACECRAFT, "materials-park": "266",
    }  # fmt: skip
    assert set(of) == set(classes)
    for project, code in classes.items():
        digits = code[:2] if len(code) == 4 else code
        note = str(industries.at[of[project], "note"])
        assert digits in re.findall(r"\d+", note), (project, code, note)
        assert codes.has("gbt4754-2017", code)


#: By product of the plan words that the names of its classes in the table must speak of.
PRODUCTS = {
    "general-aircraft": "飞机|航空|航空器", "helicopters": "飞机|航空", "drones": "飞行器|飞机|航空",
    "robots": "机器人", "sensors": "传感器|仪器仪表", "animal-vaccines": "兽用药品|兽医",
}  # fmt: skip


def test_the_codes_of_every_product_are_those_of_the_table(harbin, washington) -> None:
    rows = harbin.plan.industries
    assert all(codes.has(r.scheme, r.code) for r in rows.itertuples() if r.scheme and r.code)
    mine = rows[rows["role"] == "product"]
    assert set(mine["industry"]) == set(PRODUCTS)
    for row in mine.itertuples():
        assert re.search(PRODUCTS[row.industry], codes.name_of(row.scheme, row.code, "zh")), row
    assert "311" in washington.region.industries["food"]["note"]


def test_projects_are_simulated_as_they_were_revised(
    harbin: songhua.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert harbin.plan is not None
    cells = {"table": "spending", "entry": "united-aircraft-base total 2024..2027", "column": "value",
             "value": "30", "source": "gmw-2024", "recorded": "2026-12-01"}  # fmt: skip
    plan = replace(harbin.plan, changes=(*harbin.plan.changes, Revision.read(cells)))
    seen: list[Plan] = []

    def stop(region: object, plan: Plan, *given: object, **asked: object) -> Result:
        del region, given, asked
        seen.append(plan)
        return Result("simulate", {})

    monkeypatch.setattr("songhua.studies.simulate.study.simulate", stop)
    study = registry.get("simulate")
    for one in (harbin.plan, plan):
        study.function(Inputs(harbin.region, one), study.read_options({}))
    values = [
        [r.value for r in one.spending_rows if r.project == "united-aircraft-base"] for one in seen
    ]
    assert values == [["25"], ["30"]]


def accounts_of(base: RegionalBase, output: float) -> Result:
    """Two draws of accounts in which every industry makes so much, in thousands."""
    unit = base.unit.replace("m ", "k ")
    rows = [
        AccountDraw(draw, base.id, "output", code, output * draw * 1000, unit)
        for draw in (1, 2)
        for code in base.codes
    ]
    return Result("accounts", {"draws": table("accounts", "draws", rows)})


def test_accounts_give_the_structure_where_it_is_not_published(harbin, base):
    of_city = regional_base(harbin.region, harbin.plan.base_year)
    drawn = draw_outputs(with_accounts(of_city, accounts_of(of_city, 5)), 50, 40, 1)
    assert set(drawn[:, 0]) == {5.0, 10.0}
    assert (drawn == drawn[:, :1]).all()  # the industries of a draw belong together
    observed = with_accounts(base, accounts_of(base, 5))  # Washington's are observed
    assert observed.drawn is None or (observed.drawn == base.output.to_numpy()).all()


def test_a_simulation_is_by_accounts_and_says_so(harbin):
    base = regional_base(harbin.region, harbin.plan.base_year)
    evidence = {"accounts": accounts_of(base, 5)}
    found = simulate(harbin.region, harbin.plan, evidence, draws=40)
    codes_ = [one.code for one in found.findings]
    assert codes_[0] == "simulate_driven_by_accounts"
    assert found.findings[0].params["n"] == 44
    assert not {"simulate_driven_by_assumption", "simulate_no_accounts"} & {*codes_}
    assert set(found.tables["outputs"]["basis"]) == {"accounts"}
    plain = simulate(harbin.region, harbin.plan, evidence, draws=40, structure="nation")
    assert plain.findings[0].code == "simulate_driven_by_assumption"


REFUSED = AccountsAboveTable(times=3.0, table="t")
NO_ACCOUNTS = {
    "not_given": {},
    "above_table": {"accounts": Result("accounts", {"draws": NONE}, (REFUSED,))},
    "not_drawn": {"accounts": Result("accounts", {"draws": NONE})},
}


@pytest.mark.parametrize("why", NO_ACCOUNTS)
def test_where_there_are_no_draws_the_nations_structure_stands_in(harbin, why: str) -> None:
    found = simulate(harbin.region, harbin.plan, NO_ACCOUNTS[why], draws=40)
    plain = simulate(harbin.region, harbin.plan, draws=40, structure="nation")
    assert found.findings[0].code == "simulate_driven_by_assumption"
    told = [one.params for one in found.findings if one.code == "simulate_no_accounts"]
    assert told == [{"no_accounts": why}]
    assert found.tables["totals"].equals(plain.tables["totals"])
    assert "simulate_no_accounts" not in [one.code for one in plain.findings]


def test_without_the_whole_economy_there_are_no_accounts(harbin) -> None:
    base = regional_base(harbin.region, harbin.plan.base_year)
    bare = replace(harbin.region, figures=FigureTable.of())
    assert no_accounts(base, None, bare, harbin.plan.base_year) == "no_total"


def test_accounts_are_made_where_a_size_is_not_observed_alone(
    washington: songhua.Session, monkeypatch: pytest.MonkeyPatch, users_place: Path
) -> None:
    def never(*_: object) -> Result:
        raise AssertionError("made")

    monkeypatch.setattr(import_module("songhua.studies.accounts.study"), "accounts", never)
    monkeypatch.setattr(cache, "_RESULTS", Cache(8))
    found = washington.run("simulate", draws=40)
    assert "simulate_no_accounts" not in [one.code for one in found.findings]


def test_another_structure_is_refused(harbin):
    with pytest.raises(SonghuaError) as caught:
        simulate(harbin.region, harbin.plan, draws=40, structure="guess")
    assert [one.code for one in caught.value.faults] == ["choice_unknown"]
