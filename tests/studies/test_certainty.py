"""Sentences of simulate and its brief on their ends, the net and whose sums they are."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from songhua import Run
from songhua.format.sentences import sentence
from songhua.labels import convert
from songhua.results import Finding, read_finding
from songhua.results.estimates import ASSUMPTION, INTERVAL
from songhua.studies.simulate import example
from songhua.studies.simulate.certainty import kinds
from songhua.studies.simulate.coverage import announced, largest_list
from songhua.studies.simulate.finding_kinds import SimulateEnds, SimulateNet
from songhua.studies.simulate.impact_findings import last_steps, taken_off
from songhua.studies.simulate.rows import BalanceImpact, Driver, TotalImpact, YearImpact
from songhua.studies.simulate.tables import totals

CASES = ("washington", "harbin")
LANGS = ("en", "zh")


def said(run: Run, lang: str) -> list[str]:
    """Every sentence of simulate, and those of the brief about projects."""
    findings = [*run.results["simulate"].findings, *brief(run)]
    return [sentence(finding, run.region, lang, run.plan) for finding in findings]


def brief(run: Run) -> list[Finding]:
    """The brief's findings of simulate."""
    points = run.results["brief"].tables["points"]
    rows = points[points["study"] == "simulate"]
    return [
        read_finding(code, json.loads(params), tuple(ids.split()))
        for code, params, ids in rows[["sentence", "params", "observations"]].to_numpy()
    ]


def measured(run: Run, phase: str) -> list[float]:
    """Of each outcome of a phase, what measured errors make of its variance (%)."""
    drivers = ("table", "structure") if run.region.code == "harbin" else ("table",)
    names = [f"{phase}_value_added", f"{phase}_jobs"]
    names += ["net_value_added"] if phase == "operation" else []
    rows = run.results["simulate"].rows(Driver)
    return [
        sum(row.share for row in rows if row.outcome == name and row.driver in drivers)
        for name in names
    ]


@pytest.mark.parametrize("case", CASES)
def test_ends_are_an_interval_only_where_measured_errors_make_most(
    case: str, request: pytest.FixtureRequest
) -> None:
    run: Run = request.getfixturevalue(case)
    result = run.results["simulate"]
    for phase in ("construction", "operation"):
        wanted = INTERVAL if min(measured(run, phase)) >= 50 else ASSUMPTION
        assert {r.value.kind for r in result.rows(TotalImpact) if r.phase == phase} == {wanted}
        assert {r.value.kind for r in result.rows(YearImpact) if r.phase == phase} == {wanted}
    ends = [finding for finding in result.findings if isinstance(finding, SimulateEnds)]
    assert sorted(phase for one in ends for phase in one.phases) == ["construction", "operation"]
    for one in ends:
        shares = [share for phase in one.phases for share in measured(run, phase)]
        assert (one.low, one.high) == (round(min(shares)), round(max(shares)))
        assert (one.estimate == INTERVAL) == (min(shares) >= 50)


def test_both_kinds_stand_in_the_cases(washington: Run, harbin: Run) -> None:
    of = [
        {row.phase: row.value.kind for row in run.results["simulate"].rows(TotalImpact)}
        for run in (washington, harbin)
    ]
    assert of[0] == {"construction": INTERVAL, "operation": ASSUMPTION}
    assert of[1] == {"construction": ASSUMPTION, "operation": ASSUMPTION}


@pytest.mark.parametrize("lang", LANGS)
def test_no_sentence_gives_assumptions_a_level(harbin: Run, lang: str) -> None:
    about_ends = [text for text in said(harbin, lang) if re.search(r"\(.* to |（.*至", text)]
    word = {"en": "assumption range", "zh": "假设区间"}[lang]
    sums = [text for text in about_ends if word in text]
    assert len(sums) >= 4
    assert not [text for text in sums if re.search(r"90 ?%", text)]


def test_what_was_drawn_is_of_the_kind_of_its_phase() -> None:
    simulation = example.simulation()
    assert {row.value.kind for row in totals(simulation)} == {ASSUMPTION}
    sure = replace(simulation, kinds={"construction": INTERVAL})
    assert {row.value.kind for row in totals(sure) if row.phase == "construction"} == {INTERVAL}
    assert sure.kind("crowded") == INTERVAL
    assert sure.kind("net") == ASSUMPTION


def test_half_of_the_variance_is_enough_and_less_is_not() -> None:
    names = ("construction_value_added", "construction_jobs")
    assert kinds(dict.fromkeys(names, 0.5))["construction"] == INTERVAL
    assert kinds({names[0]: 0.9, names[1]: 0.49})["construction"] == ASSUMPTION
    assert kinds({})["operation"] == ASSUMPTION


@pytest.mark.parametrize("case", CASES)
def test_the_net_names_only_what_holds_in_its_year(
    case: str, request: pytest.FixtureRequest
) -> None:
    run: Run = request.getfixturevalue(case)
    rows = run.results["simulate"].rows(BalanceImpact)
    last = last_steps(rows)
    held = {step for step in ("displaced", "crowded", "capacity") if step in last}
    found = [f for f in run.results["simulate"].findings if isinstance(f, SimulateNet)]
    assert [set(f.steps) for f in found] == [held]
    words = {"displaced": "displaced sales", "crowded": "crowded-out", "capacity": "capacity"}
    for text in said(run, "en"):
        if "et of " in text:
            assert all((word in text) == (step in held) for step, word in words.items())


def test_without_a_step_nothing_is_taken_off() -> None:
    assert taken_off(["gross", "net", "construction", "operation"]) == ()
    assert taken_off(["capacity", "displaced"]) == ("displaced", "capacity")


def test_the_sums_name_their_projects_and_the_printed_lists(harbin: Run) -> None:
    assert harbin.plan is not None
    names = harbin.plan.simulated_projects()
    codes = {finding.code: finding.params for finding in brief(harbin)}
    alone = codes["brief_projects_alone"]
    assert {*alone["entities"], *alone["other_projects"]} == {*names}
    # 1,945 projects are printed up to May 2021, before the first of these
    assert "brief_projects_count" not in codes
    money = codes["brief_projects_money"]
    assert money["value"] == pytest.approx(announced(harbin.plan, "m CNY"))
    assert money["share"] == pytest.approx(100 * money["value"] / money["planned"], rel=0.05)
    for code in ("brief_projects_net_both", "brief_projects_net"):
        if code in codes:
            assert codes[code]["n"] == len(alone["entities"]) == 5


def test_the_largest_list_is_of_the_whole_region_and_no_single_project(harbin: Run) -> None:
    rows, region = harbin.region.figures.observations.frame, harbin.region
    single = [id for id, entry in region.entities.items() if entry.get("type") == "project"]
    for measure in ("projects", "planned_investment"):
        names = [i.id for i in region.catalogue.values() if i.measure == measure]
        lists = rows[rows["indicator"].isin(names) & (rows["region"] == region.code)]
        lists = lists[(lists["industry"] == "all") & (lists["entity"] != "")]
        lists = lists[~lists["entity"].isin(single)]
        found = largest_list(region, measure)
        assert found is not None
        amounts = [convert(n, u, found.unit) for n, u in lists[["number", "unit"]].to_numpy()]
        assert found.value == pytest.approx(max(amounts))
