"""The plan's industries at the nearest level: the case of Harbin, recomputed from its files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import songhua
from close import assert_close
from examples import examples
from songhua.plan import Plan
from songhua.region import Region
from songhua.results import Result
from songhua.session import Session
from songhua.studies.choose.basis import PanelRequest
from songhua.studies.choose.example import plan as town_plan
from songhua.studies.choose.level_record import area_level
from songhua.studies.choose.study import choose

CASE = Path(str(songhua.example()))
LISTED = (
    "general-equipment", "division-35", "automotive", "division-37", "electrical-machinery",
    "division-40",
)  # fmt: skip


@pytest.fixture(scope="module")
def harbin() -> Session:
    return songhua.open(songhua.example())


@pytest.fixture(scope="module")
def result(harbin: Session) -> Result:
    return harbin.run("choose")


def _jobs(year: int) -> pd.Series:
    """Heilongjiang's jobs by division, read from the file of the case alone."""
    panel = pd.read_csv(CASE / "panels" / "division-jobs.csv", dtype={"period": str})
    return panel[panel["period"] == str(year)].set_index("industry")["value"].astype(float)


def test_each_industry_of_the_plan_has_a_verdict_or_what_was_tried(
    harbin: Session, result: Result
) -> None:
    rows = result.tables["plan_evidence"]
    assert harbin.plan is not None
    assert {*rows["industry"]} == {*harbin.plan.roles()}
    nothing = rows[rows["verdict"] == "nothing"]
    assert len(nothing) <= 5
    future = rows[rows["role"] == "future"]
    assert {*future["verdict"]} <= {"anchors", "nothing"}
    assert future["quotient"].isna().all()


def test_quotients_of_heilongjiang_are_those_of_its_file(harbin: Session, result: Result) -> None:
    """Shares of its jobs, over the shares in all provinces that the file of `learnt/` holds."""
    learnt = harbin.region.learnt["learnt/province_division_jobs-3.json"].learnt
    shares = dict(zip(learnt.industries, learnt.shares, strict=True))
    jobs = _jobs(2016)
    quotients = {id: jobs[id] / jobs.sum() / shares[id] for id in jobs.index}
    classes = result.tables["plan_classes"]
    classes = classes[classes["place"] == "heilongjiang"]
    assert_close(
        classes["quotient"].to_numpy(), [quotients[id] for id in classes["within"]], rtol=1e-9
    )
    rows = result.tables["plan_evidence"].set_index(["industry", "place"])
    within = rows.loc[("advanced-equipment", "heilongjiang"), "within"].split()
    joint = jobs[within].sum() / jobs.sum() / sum(shares[id] for id in within)
    assert_close(rows.loc[("advanced-equipment", "heilongjiang"), "quotient"], joint, rtol=1e-9)


def test_special_machinery_is_losing_by_a_pair_of_one_definition(result: Result) -> None:
    """Below 1 in 2016, of 1 or more in 2013, when the panel's last series begins."""
    classes = result.tables["plan_classes"].set_index(["industry", "within"])
    row = classes.loc[("advanced-equipment", "division-35")]
    assert (row["verdict"], row["before"], row["period"]) == ("losing", "2013", "2016")
    assert row["quotient"] < 1 <= row["quotient_before"]
    share = _jobs(2016)[["division-37"]].sum() / _jobs(2016)[[*LISTED]].sum()
    told = {f.params["industry"]: f.params for f in result.findings if "specialised" in f.params}
    assert told["advanced-equipment"]["specialised"] == ["division-37"]
    assert told["advanced-equipment"]["around"] == ["section-c"]
    assert share < 1 / 3 < 100 - told["advanced-equipment"]["share"]


def test_what_no_class_can_be_counted_of_has_no_verdict(result: Result) -> None:
    evidence = result.tables["plan_evidence"].set_index("industry")["verdict"]
    fields = evidence[["general-aircraft", "helicopters", "drones", "animal-vaccines"]]
    assert {*fields} <= {"nothing", "anchors"}
    classes = result.tables["plan_classes"]
    assert (classes["covers"] > 0).all()
    jobs = classes["level"] * np.where(classes["unit"] == "persons", 1, 1e4)
    assert (jobs >= 1000).all()


def test_two_digits_have_too_few_crossings_for_odds(result: Result) -> None:
    levels = result.tables["plan_levels"].set_index(["place", "kind"])
    area = levels.loc["heilongjiang"]
    assert {*area["refused"]} == {"few_events"}
    assert {*area["transitions"]} == {1}
    assert result.tables["plan_classes"].query("place == 'heilongjiang'")["odds"].isna().all()


def test_value_added_says_otherwise_of_medicine(result: Result) -> None:
    panel = pd.read_csv(CASE / "panels" / "sector-product.csv", dtype={"period": str})
    levels = panel.pivot_table(index="industry", columns="region", values="value", aggfunc="sum")
    rows = result.tables["plan_measures"].set_index(["industry", "place"])
    row = rows.loc[("biomedicine", "heilongjiang")]
    shares = levels.loc[row["within"]] / levels.loc["all"]
    assert_close(row["quotient"], shares["heilongjiang"] / shares["china"], rtol=1e-9)
    assert (row["wider"], row["quotient"] < 1) == (True, True)
    told = {f.params["industry"]: f.params for f in result.findings if "against" in f.params}
    assert told["biomedicine"]["against"] == ["sector_product"]


def test_a_region_that_lies_in_nothing_has_its_own_panel_alone(harbin: Session) -> None:
    assert area_level(replace(harbin.region, within=""), PanelRequest(), 0) is None
    assert area_level(replace(harbin.region, within="china"), PanelRequest(), 0) is None


YEARS = [str(year) for year in range(2010, 2018)]
PLACES = ["here", *(f"p{at:02}" for at in range(24))]
CODES = {"general": "C34", "special": "C35", "vehicles": "C36", "medicine": "C27"}


def _drawn(seed: int, broken: str, covered: set[str]) -> tuple[Region, Plan]:
    """A panel of jobs by four divisions with a break, and a plan that covers some of them."""
    rng = np.random.default_rng(seed)
    levels = np.exp(rng.normal(7.5, 1.2, (1, 25, 4)) + rng.normal(0, 0.3, (8, 25, 4)).cumsum(0))
    cells = pd.DataFrame([
        ("jobs", "paper", year, place, name, round(level), round(level), round(level))
        for year, of_year in zip(YEARS, levels, strict=True)
        for place, row in zip(PLACES, of_year, strict=True)
        for name, level in zip(CODES, row, strict=True)
    ], columns=["indicator", "source", "period", "region", "industry", "number", "low", "high"])  # fmt: skip
    jobs = {"unit": "persons", "form": "level", "measure": "employment", "breaks": [broken]}
    region = Region.of(
        "here", panels=cells.assign(id=cells.index.astype(str)), indicators={"jobs": jobs},
        places={place: {"role": "comparison"} for place in PLACES[1:]},
        industries={name: {"also": [code], "partition": ""} for name, code in CODES.items()},
    )  # fmt: skip
    rows = [
        ("leading", f"plan-{name}", "gbt4754-2017", code[1:], "whole" if name in covered else "partial")
        for name, code in CODES.items()
    ]  # fmt: skip
    industries = pd.DataFrame(rows, columns=["role", "industry", "scheme", "code", "inclusion"])
    return region, replace(town_plan(), industries=industries)


@examples(0.3)
@given(
    st.integers(0, 10_000), st.sampled_from(YEARS[1:-1]), st.sets(st.sampled_from([*CODES]))
)  # fmt: skip
def test_no_verdict_on_nothing_across_a_break_or_under_the_floor(
    seed: int, broken: str, covered: set[str]
) -> None:
    region, plan = _drawn(seed, broken, covered)
    result = choose(region, plan)
    classes, evidence = result.tables["plan_classes"], result.tables["plan_evidence"]
    assert (classes["covers"] > 0).all()
    assert (classes["level"] >= 1000).all()
    assert (classes["before"] >= broken).all()
    judged = evidence[~evidence["verdict"].isin(["nothing", "anchors"])]
    assert {*judged["industry"]} <= {f"plan-{name}" for name in covered}
    large = region.panel("jobs").loc[("2017", "here")] >= 1000
    assert {*judged["industry"]} == {f"plan-{name}" for name in covered if large[name]}
