"""The second built-in case: totals, vintages, grades and traps, and what became of its targets."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

import songhua
from songhua import Run
from songhua.document.targets import rows as target_rows
from songhua.document.targets import text
from songhua.format.text import plain
from songhua.format.view import View
from songhua.region import GRADES

#: Half a unit of the last digit: the nation's cells of the release of 2022 are whole millions.
HALF = {"gdp": 0.0005, "gdp_2022": 0.0005, "gdp_sic": 0.00005}
CODE = "washington"


@pytest.mark.parametrize(("indicator", "whole"), [(i, "all") for i in HALF])
def test_every_partition_of_the_whole_adds_up(washington: Run, indicator: str, whole: str) -> None:
    panel = washington.region.panel(indicator)
    told = [p for p in washington.region.partitions()[whole] if set(p) <= set(panel.columns)]
    complete = [p for p in told if panel[p].notna().all(axis=None)]
    assert len(complete) == 1
    parts = complete[0]
    gap = (panel[parts].sum(axis=1) - panel[whole]).abs()
    assert gap.max() <= HALF[indicator] * (len(parts) + 1)
    assert gap.max() > 0  # rounding shows, so nothing was made to fit


def test_vintages_stand_apart(washington: Run) -> None:
    region = washington.region
    sources = region.figures.cells.frame.groupby("indicator", observed=True)["source"].agg(set)
    product = ["gdp", "gdp_2022", "gdp_sic", "gdp_real"]
    assert all(len(sources[one]) == 1 for one in product)
    assert len(set.union(*(sources[one] for one in product))) == len(product)
    # Two releases are one quantity; the former classification is another.
    assert region.relations.same_quantity("gdp") == ("gdp", "gdp_2022")
    assert set(region.indicators["gdp_sic"]["not_comparable"]) == {"gdp", "gdp_2022"}
    first, later = (region.panel(one)["all"] for one in product[:2])
    both = first.index.intersection(later.index)
    assert (first[both] != later[both]).all()  # one release never fills another's gaps
    gases = region.figures.observations.frame[
        region.figures.observations.frame["indicator"] == "greenhouse_gases"
    ]
    of_1990 = gases[gases["period"] == "1990"]
    assert of_1990["value"].tolist() == ["88.4", "90.5", "93.5"]
    assert of_1990["vintage"].is_unique


def test_every_figure_leads_to_a_graded_source(washington: Run) -> None:
    region = washington.region
    used = {
        *region.figures.observations.frame["source"],
        *region.figures.cells.frame["source"].astype(str),
    }
    assert used <= {*region.sources}
    grades = Counter(region.grade(source) for source in region.sources)
    assert grades == {"official": 22, "press": 7, "repost": 5, "weak": 1}
    assert {*grades} <= {*GRADES}
    wage = region.figure("average_wage", "2019")
    assert wage is not None
    assert (wage["number"], wage["source"]) == (69700, "esd-wage-2019")  # not the 69,000 of before


def test_targets_are_of_the_state_and_not_of_the_illustration(washington: Run) -> None:
    plan, region = washington.plan, washington.region
    assert plan is not None
    assert len(plan.targets) == 18
    sources = {one.source for one in plan.targets}
    assert plan.source not in sources
    assert {region.grade(source) for source in sources} == {"official"}
    assert {one.owner for one in plan.targets} == {"governor", "ecology", "commerce"}
    for lang, words in (("en", "not of this illustration"), ("zh", "并非出自本示例")):
        assert words in plan.purpose.texts[lang]


def test_what_became_of_the_targets(washington: Run) -> None:
    rows = washington.results["track"].tables["targets"].set_index("target")
    assert rows.loc[rows["outcome"] == "met"].index.tolist() == [
        "real-gdp-2020", "wage-2020", "gases-2020",
    ]  # fmt: skip
    levels = washington.region.panel("gdp_real")["all"]
    grown = (levels["2020", CODE] / levels["2015", CODE] - 1) * 100
    assert rows.loc["real-gdp-2020", "latest"] == pytest.approx(grown)
    behind = rows[rows["progress_class"].eq("lagging")]
    assert {*behind.index} == {"manufacturing-2031"}
    gases = [f"gases-{year}" for year in (2030, 2040, 2050)]  # judged last by figures of 2021
    assert {*rows.loc[gases, "missing"]} == {"outdated"}
    assert rows.loc["exports-2020", "latest"] < 0
    assert rows.loc["exports-2020", "missing"] == "no_outcome"


def test_its_odds_of_2018_have_a_record(washington: Run) -> None:
    case = songhua.open(songhua.example(CODE))
    row = case.run("track", until="2018").tables["targets"].set_index("target").loc["real-gdp-2020"]
    assert row["probability"] > 0.9
    assert row["probability_years"] >= 20


def test_what_pages_print_wrongly_is_found(washington: Run) -> None:
    verdicts = washington.results["claims"].tables["claims"].set_index("claim")["verdict"]
    odd = verdicts[~verdicts.isin(["consistent", "not_checkable"])]
    assert odd.to_dict() == {
        "pace-of-goal": "inconsistent", "wage-2019": "inconsistent",
        "gases-2020": "consistent_if",
    }  # fmt: skip


def test_only_what_needs_a_register_is_skipped(washington: Run) -> None:
    assert [one.params["study"] for one in washington.skipped] == ["certify"]


def test_a_sign_of_money_is_the_currency_of_the_indicator_in_every_language(
    washington: Run,
) -> None:
    row = next(row for row in target_rows(View.of(washington, "zh")) if row.target == "wage-2020")
    assert "美元" in plain(text(View.of(washington, "zh"), row))


def test_findings_say_by_which_measure(washington: Run) -> None:
    told = [f for f in washington.results["diagnose"].findings if f.code == "most_specialised"]
    measures = [f.params["indicator"] for f in told]
    assert {"gdp", "gdp_2022", "gdp_sic"} <= {*measures}
    assert len(measures) == len({*measures})
    for one in told:
        industries = pd.Series(one.params["industries"])
        assert industries.is_unique
