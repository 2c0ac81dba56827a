"""The diagnosis: small folders whose answers can be worked out by hand, and the built-in case."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from small import FILES, HEADING, write
from songhua import store
from songhua.examples import FIRST
from songhua.results import Result
from songhua.studies.diagnose.study import diagnose

pytestmark = pytest.mark.xdist_group("diagnose")  # the case is diagnosed once
EXAMPLE = Path(str(files("songhua.examples") / FIRST))
ROW = (
    "{indicator},{region},{industry},,{period},{value},{unit},{qualifier},{kind},{vintage},"
    "{scope},{source},,2026-01-02,"
)


def row(indicator: str, period: str, value: str, unit: str = "bn EUR", **rest: str) -> str:
    usual = {"region": "rivertown", "industry": "", "qualifier": "", "kind": "actual"}
    usual |= {"vintage": "", "scope": "", "source": "bulletin-2020"} | rest
    return ROW.format(indicator=indicator, period=period, value=value, unit=unit, **usual)


def run(folder: Path, *rows: str, **changes: str) -> Result:
    if rows:
        changes["observations__economy_csv"] = "\n".join([HEADING, *rows]) + "\n"
    read = store.read(write(folder, **changes))
    return diagnose(read.region, read.plan)


def codes(result: Result) -> list[str]:
    return [finding.code for finding in result.findings]


@pytest.fixture(scope="module")
def case() -> Result:
    folder = store.read(EXAMPLE, history=False)
    return diagnose(folder.region, folder.plan)


def test_pulls_close_on_the_small_folder(tmp_path: Path) -> None:
    parts = run(tmp_path).tables["growth_contributions"].set_index("industry")
    assert parts.loc["food", "contribution_pp"] == pytest.approx(0.4 * 5.0)
    assert parts.loc["tools", "contribution_pp"] == pytest.approx(0.0)
    assert parts.loc["all", "residual"] == pytest.approx(0.0)
    assert parts.loc["all", "verdict"] == "consistent"
    assert parts.loc["food", "share_of_growth"] == pytest.approx(100.0)


def test_a_shrinking_total_has_pulls_and_no_contribution(tmp_path: Path) -> None:
    text = FILES["observations/economy.csv"].replace("2020,2.0,%", "2020,-1.0,%")
    text = text.replace("2020,5.0,%", "2020,-2.5,%")
    parts = run(tmp_path, observations__economy_csv=text).tables["growth_contributions"]
    assert parts["share_of_growth"].isna().all()
    assert parts.set_index("industry").loc["food", "contribution_pp"] == pytest.approx(-1.0)


def test_constant_price_levels_close(tmp_path: Path) -> None:
    indicators = (
        FILES["indicators.toml"]
        + """
[real]
name = { en = "Real product", zh = "不变价生产总值" }
unit = "bn EUR@2020"
form = "level"
measure = "value_added"
basis = "constant"
definition = { en = "At prices of 2020.", zh = "按2020年价格。" }
"""
    )
    unit = "bn EUR@2020"
    rows = [
        row("real", year, value, unit, industry=industry)
        for year, industry, value in [
            ("2020", "", "10.0"), ("2020", "food", "4.0"), ("2020", "tools", "6.0"),
            ("2021", "", "11.0"), ("2021", "food", "4.2"), ("2021", "tools", "6.8"),
        ]
    ]  # fmt: skip
    parts = (
        run(tmp_path, *rows, indicators_toml=indicators)
        .tables["growth_contributions"]
        .set_index("industry")
    )
    assert parts.loc["food", "contribution_pp"] == pytest.approx(2.0)
    assert parts.loc["food", "share_of_growth"] == pytest.approx(20.0)
    assert parts.loc["tools", "share_of_growth"] == pytest.approx(80.0)
    assert parts.loc["all", "contribution_pp"] == pytest.approx(10.0)
    assert parts.loc["all", "residual"] == pytest.approx(0.0)


def test_a_turn_is_found_and_dated(tmp_path: Path) -> None:
    rates = [
        row("gdp_growth", p, v, "%")
        for p, v in [("2020-Q1", "-6.5"), ("2020-H1", "-1.2"), ("2020", "0.6")]
    ]
    result = run(tmp_path, *rates)
    turn = result.tables["turning_points"].iloc[0]
    assert (turn["before"], turn["after"], bool(turn["certain"])) == ("2020-H1", "2020", True)
    assert "growth_turned_positive" in codes(result)
    assert "no_fall_recorded" not in codes(result)


def test_rounding_leaves_a_small_turn_in_doubt(tmp_path: Path) -> None:
    rates = [row("gdp_growth", "2020-H1", "-0", "%"), row("gdp_growth", "2020", "0.0", "%")]
    assert run(tmp_path, *rates).tables["turning_points"].empty


def test_single_period_by_the_weights_rule(tmp_path: Path) -> None:
    rows = [
        row("gdp", "2019-H1", "100.0"), row("gdp", "2019-01..2019-09", "160.0"),
        row("gdp_growth", "2020-H1", "-1.0", "%"),
        row("gdp_growth", "2020-01..2020-09", "1.0", "%"),
    ]  # fmt: skip
    found = run(tmp_path, *rows).tables["single_periods"].iloc[0]
    assert found["period"] == "2020-Q3"
    assert found["value"] == pytest.approx((1.0 * 160 + 1.0 * 100) / 60)
    assert found["low"] < found["value"] < found["high"]


def test_conflicts_by_source_vintage_and_scope(tmp_path: Path) -> None:
    rows = [
        row("gdp", "2020", "10.5"), row("gdp", "2020", "10.7", source="paper"),
        row("gdp", "2019", "9.0"), row("gdp", "2019", "8.0", vintage="revised"),
        row("gdp_growth", "2019", "8.2", "%"), row("gdp_growth", "2019", "10.3", "%", scope="core"),
        row("gdp", "2018", "8.6"), row("gdp", "2018", "9", source="paper"),
    ]  # fmt: skip
    found = run(tmp_path, *rows).tables["conflicts"]
    pairs = set(zip(found["code"], found["period"], strict=True))
    expected = {
        ("sources_conflict", "2020"),
        ("vintages_differ", "2019"),
        ("coverage_differs", "2019"),
    }
    assert pairs == expected  # 8.6 and 9 share numbers once rounding is allowed for


def test_levels_of_different_vintages_are_not_chained(tmp_path: Path) -> None:
    rows = [row("gdp", "2019", "9.0"), row("gdp", "2020", "10.5", vintage="revised")]
    assert run(tmp_path, *rows).tables["changes"].empty


def test_expectations_by_their_words(tmp_path: Path) -> None:
    rows = [row("gdp_growth", str(2011 + i), "6.0", "%") for i in range(4)]
    words = [("more_than", "6"), ("at_least", "6.1"), ("at_most", "5.9"), ("", "5")]
    rows += [
        row("gdp_growth", str(2011 + i), value, "%", kind="target", qualifier=word)
        for i, (word, value) in enumerate(words)
    ]
    rows.append(row("gdp_growth", "2030", "7", "%", kind="expectation"))
    outcome = run(tmp_path, *rows).tables["expectations"].set_index("period")["outcome"]
    assert outcome.to_dict() == {
        "2011": "unknown", "2012": "not_met", "2013": "not_met", "2014": "met", "2030": "open",
    }  # fmt: skip


def test_parts_that_do_not_sum_are_told(tmp_path: Path) -> None:
    rows = [row("gdp", "2019", "10.0"), row("gdp", "2019", "4.0", industry="food")]
    closes = run(tmp_path / "a", *rows, row("gdp", "2019", "6.1", industry="tools"))
    broken = run(tmp_path / "b", *rows, row("gdp", "2019", "5.7", industry="tools"))
    assert closes.tables["sums"]["verdict"].tolist() == ["closes"]
    assert broken.tables["sums"]["verdict"].tolist() == ["does_not_close"]
    assert broken.tables["sums"]["residual"].tolist() == pytest.approx([0.3])
    assert "parts_do_not_sum" in codes(broken)


def test_an_empty_folder_gives_empty_tables(tmp_path: Path) -> None:
    result = run(tmp_path, observations__economy_csv=HEADING + "\n")
    assert all(frame.empty for frame in result.tables.values())


def test_as_of_hides_what_was_not_yet_published(tmp_path: Path) -> None:
    region = store.read(write(tmp_path)).region
    before = region.view(pd.Timestamp("2021-02-28").date())
    after = region.view(pd.Timestamp("2021-03-01").date())
    assert len(before.figures.observations) == 0
    assert len(after.figures.observations) == 7
    assert after.hidden == {"unknown_date": 1}
    assert "view_hides" in codes(diagnose(after))


def test_the_cases_secondary_pull(case: Result) -> None:
    parts = case.tables["growth_contributions"]
    mine = parts[(parts["method"] == "nominal_shares") & (parts["period"] == "2020")].set_index(
        "industry"
    )
    assert mine.loc["secondary", "contribution_pp"] == pytest.approx(0.22 * 2.3)
    assert mine.loc["all", "contribution_pp"] == pytest.approx(0.4715)
    assert mine.loc["all", "high"] < 0.55
    assert mine.loc["all", "verdict"] == "consistent_if"


def test_the_cases_published_pulls_imply_their_contribution(case: Result) -> None:
    parts = case.tables["growth_contributions"]
    area = parts[parts["period"] == "2018-Q1"].iloc[0]
    assert area["share_of_growth"] == pytest.approx(92.94, abs=0.005)
    machines = parts[parts["industry"] == "general-equipment"].iloc[0]
    assert machines["share_of_growth"] == pytest.approx(33.3, abs=0.8)
    assert machines["share_of_growth_low"] < 1.4 / 4.2 * 100 < machines["share_of_growth_high"]


def test_the_cases_system_never_mixes_measures(case: Result) -> None:
    system = case.tables["system"]
    assert set(system.loc[system["industry"] == "biomedicine", "measure"]) == {"revenue"}
    core = system[system["role"].isin(["leading", "advantageous"])]
    assert core.loc[core["state"] == "missing", "industry"].tolist() == [
        "new-materials",
        "finance",
        "modern-logistics",
    ]
    top = core[core["measure"] == "output"].sort_values("value").iloc[-1]
    assert (top["industry"], top["value"]) == ("green-agri-processing", 1019.5)


def test_the_cases_conflicts_are_computed(case: Result) -> None:
    found = case.tables["conflicts"]
    gdp = found[(found["code"] == "vintages_differ") & (found["indicator"] == "gdp")].iloc[0]
    assert (gdp["period"], gdp["least"], gdp["most"]) == ("2012", 3186.6, 4550.1)
    growth = found[found["code"] == "growth_disagrees"].iloc[0]
    assert (growth["indicator"], growth["most"]) == ("high_tech_enterprises", 260.0)
    assert growth["least"] == pytest.approx(48.39, abs=0.005)


def test_every_observation_named_exists(case: Result) -> None:
    region = store.read(EXAMPLE, history=False).region
    known = {*region.figures.observations.frame["id"], *region.figures.cells.frame["id"]}
    for frame in case.tables.values():
        for name in ("observations", "observation"):
            if name in frame and frame[name].dtype == "str":
                named = set(" ".join(frame[name]).split())
                assert named <= known
    assert np.isfinite(case.tables["figures"]["value"]).all()
