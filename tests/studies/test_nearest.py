"""The plan's industries at the nearest level: the case of Harbin, recomputed from its files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import songhua
from close import assert_close
from songhua.results import Result
from songhua.session import Session
from songhua.studies.choose.basis import PanelRequest
from songhua.studies.choose.chained import chained
from songhua.studies.choose.nearest import area_level

CASE = Path(str(songhua.example()))
DIVISIONS = {"34": "general-equipment", "36": "automotive", "38": "electrical-machinery"}


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


def test_general_machinery_is_losing_by_the_file_of_the_case(result: Result) -> None:
    """Below 1 in 2016; chained, of 1 or more in 2005, as the jobs of the file fell by 71 %."""
    classes = result.tables["plan_classes"].set_index(["industry", "within"])
    row = classes.loc[("robots", "general-equipment")]
    assert row["verdict"] == "losing"
    assert row["quotient"] < 1 <= row["quotient_before"]
    assert _jobs(2016)["general-equipment"] < 0.3 * _jobs(2005)["general-equipment"]


def test_value_added_says_otherwise_of_transport_equipment(result: Result) -> None:
    panel = pd.read_csv(CASE / "panels" / "sector-product.csv", dtype={"period": str})
    levels = panel.pivot_table(index="industry", columns="region", values="value", aggfunc="sum")
    shares = levels.loc["sector-transport-equipment"] / levels.loc["all"]
    rows = result.tables["plan_measures"].set_index("industry")
    row = rows.loc["helicopters"]
    assert_close(row["quotient"], shares["heilongjiang"] / shares["china"], rtol=1e-9)
    assert (row["within"], row["wider"], row["quotient"] < 1) == (
        "sector-transport-equipment", True, True,
    )  # fmt: skip
    told = {f.params["industry"]: f.params for f in result.findings if "against" in f.params}
    assert told["helicopters"]["against"] == ["sector_product"]


def test_a_region_that_lies_in_nothing_has_its_own_panel_alone(harbin: Session) -> None:
    assert area_level(replace(harbin.region, within=""), PanelRequest(), 0) is None
    assert area_level(replace(harbin.region, within="china"), PanelRequest(), 0) is None


def test_chained_levels_keep_every_move_within_a_series() -> None:
    """Moves of each cell before and after the break are as printed, and none is across it."""
    about = replace(
        songhua.open(songhua.example()).region.catalogue["province_division_jobs"],
        breaks=("2013",), chained=("2013",),
    )  # fmt: skip
    rng = np.random.default_rng(5)
    years = [str(year) for year in range(2010, 2016)]
    levels = rng.lognormal(5, 1, (6, 4, 7))
    joined = chained(levels, years, about)
    moves, printed = np.diff(np.log(joined), axis=0), np.diff(np.log(levels), axis=0)
    assert_close(np.delete(moves, 2, axis=0), np.delete(printed, 2, axis=0), atol=1e-12)
    assert_close(moves[2], np.zeros((4, 7)), atol=1e-12)
    assert_close(joined[3:], levels[3:])
