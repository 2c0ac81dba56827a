"""The plan against the outcome: each path, missing figures, late items."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import songhua
from small import FILES, HEADING
from songhua import schema, store
from songhua.document.targets import readings
from songhua.errors import SonghuaError
from songhua.format.view import View
from songhua.labels import parse_period
from songhua.plan.schemes import classes
from songhua.studies.track.brief import sentences
from songhua.studies.track.examples import town_target
from songhua.studies.track.rows import TargetRow
from songhua.studies.track.study import track
from tracked import aim, figure, folder

PERIOD = HEADING.split(",").index("period")


def one(
    tmp_path: Path, target: str, figures: list[str], as_of: str | None = None,
    day: date | None = None,
) -> pd.Series:  # fmt: skip
    """The row of a single target on a day, and its readings that are judgements.

    Without a day it is half a year after the last figure.
    """
    read = songhua.open(folder(tmp_path, [target], figures), as_of)
    assert read.plan is not None
    ends = (parse_period(row.split(",")[PERIOD]).end for row in figures)
    day = day or read.region.as_of or max(ends) + timedelta(181)
    region = replace(read.region, as_of=day)
    result = track(region, read.plan)
    row = result.tables["targets"].iloc[0].astype(object)
    row["readings"] = taken(result.tables["readings"])
    return row


def taken(rows: pd.DataFrame, target: str = "t") -> dict[str, object]:
    """The content of each reading of a target: a number, a word or a unit."""
    return {
        row["reading"]: row["word"] or (row["unit"] if pd.isna(row["value"]) else row["value"])
        for row in rows[rows["target"] == target].to_dict("records")
    }


def test_an_average_a_year_within_a_range(tmp_path: Path) -> None:
    row = one(
        tmp_path, aim("年均增长5.5%—6%", "gdp_growth"), [figure("gdp_growth", "2021", "5.5", "%")]
    )
    assert (row["path"], row["progress_class"], row["position"]) == (
        "growth",
        "in_line",
        "at_low_end",
    )
    assert row["elapsed"] == 0.2
    assert row["progress"] == pytest.approx(0.2)
    assert row["required"] == pytest.approx(5.5)


def test_a_missing_base_leaves_the_gap_and_nothing_else(tmp_path: Path) -> None:
    row = one(
        tmp_path,
        aim("4.5个", "places", nature="anticipatory"),
        [figure("places", "2024-Q1", "3.28", "places per 1000 persons")],
    )
    assert (row["progress_class"], row["missing"]) == ("no_data", "no_base")
    assert row["gap"] == pytest.approx(1.22)
    assert row["elapsed"] == 0.65
    assert math.isnan(row["progress"])
    assert row["readings"] == {
        "bare_number": "higher", "unit_as_indicator": "places per 1000 persons",
    }  # fmt: skip


def test_a_level_in_equal_steps_with_the_bounds_of_print(tmp_path: Path) -> None:
    figures = [
        figure("places", "2020", "1.8", "places per 1000 persons"),
        figure("places", "2022", "2.6", "places per 1000 persons"),
    ]
    row = one(tmp_path, aim("到2025年达到4.5个", "places"), figures)
    assert row["progress"] == pytest.approx(0.8 / 2.7)
    assert row["progress_low"] < 0.8 / 2.7 < row["progress_high"]
    assert row["progress_class"] == "lagging"
    assert row["possible"] == "in_line lagging"
    assert row["required"] == pytest.approx(1.9 / 3)


def test_a_reduction_compounds(tmp_path: Path) -> None:
    figures = [figure("energy", "2021", "-2.7", "%"), figure("energy", "2022", "-0.1", "%")]
    row = one(tmp_path, aim("五年累计下降13.5%", "energy", nature="binding"), figures)
    assert (row["path"], row["progress_class"]) == ("cumulative", "lagging")
    assert row["latest"] == pytest.approx(-2.7973)
    expected = math.log(1 - 0.027973) / math.log(1 - 0.135)
    assert row["progress"] == pytest.approx(expected)
    assert row["required"] == pytest.approx(-((1 - (0.865 / 0.972027) ** (1 / 3)) * 100))


def test_a_year_that_is_missing_is_not_bridged(tmp_path: Path) -> None:
    row = one(tmp_path, aim("年均增长5%", "gdp_growth"), [figure("gdp_growth", "2022", "5", "%")])
    assert (row["progress_class"], row["missing"]) == ("no_data", "years_missing")


def test_a_half_year_against_the_target_of_the_year(tmp_path: Path) -> None:
    figures = [
        figure("gdp_growth", "2024-H1", "5.1", "%"),
        figure("gdp", "2023", "100", "bn EUR"),
        figure("gdp", "2023-H1", "45", "bn EUR"),
        figure("jobs", "2024-H1", "46000", "persons"),
        figure("unemployment", "2024-06", "5.2", "%"),
    ]
    targets = [
        aim("增长6%左右", "gdp_growth", "2024", id="growth"),
        aim("全年新增就业8.3万人以上", "jobs", "2024", id="jobs"),
        aim("控制在5.5%以内", "unemployment", "2024", id="unemployment"),
    ]
    read = store.read(folder(tmp_path, targets, figures))
    assert read.plan is not None
    result = track(replace(read.region, as_of=date(2024, 9, 30)), read.plan)
    rows = result.tables["targets"].set_index("target")
    growth = rows.loc["growth"]
    assert (growth["path"], growth["elapsed"], growth["outcome"]) == ("year", 0.5, "open")
    assert growth["gap"] == pytest.approx(0.9)
    assert growth["required"] == pytest.approx((6 - 0.45 * 5.1) / 0.55)
    assert growth["pace_unit"] == "rest"
    # 5.1 % is below 5.5 %; a rate is no share of a way, so it has no progress
    assert (growth["progress_class"], math.isnan(growth["progress"])) == ("lagging", True)
    assert taken(result.tables["readings"], "growth")["about_width"] == 0.5
    view = View(region=result.region, plan=read.plan, results={"track": result}, lang="en")
    assert readings(view, "growth") == ["“about” is read as ±0.5 percentage points"]
    jobs = rows.loc["jobs"]
    assert (jobs["path"], jobs["unit"]) == ("sum", "10k persons")
    assert jobs["progress"] == pytest.approx(46000 / 83000)
    assert jobs["progress_class"] == "in_line"
    held = rows.loc["unemployment"]
    assert (held["path"], held["progress_class"], held["position"]) == (
        "each_year",
        "in_line",
        "within",
    )


def test_the_year_over_a_target_is_met_or_missed(tmp_path: Path) -> None:
    met = one(
        tmp_path / "a",
        aim("增长6%以上", "gdp_growth", "2021"),
        [figure("gdp_growth", "2021", "6.0", "%")],
    )
    assert (met["outcome"], met["progress_class"], met["position"]) == (
        "met",
        "achieved",
        "at_low_end",
    )
    missed = one(
        tmp_path / "b",
        aim("增长6%以上", "gdp_growth", "2021"),
        [figure("gdp_growth", "2021", "5.5", "%")],
    )
    assert (missed["outcome"], missed["progress_class"], missed["gap"]) == (
        "not_met",
        "missed",
        0.5,
    )
    about = one(
        tmp_path / "c",
        aim("增长6%左右", "gdp_growth", "2021"),
        [figure("gdp_growth", "2021", "5.6", "%")],
    )
    assert (about["outcome"], about["accepted_low"]) == ("met", 5.5)
    narrow = one(
        tmp_path / "d",
        aim("增长6%左右", "gdp_growth", "2021", about="0.2"),
        [figure("gdp_growth", "2021", "5.6", "%")],
    )
    assert (narrow["outcome"], narrow["readings"]) == ("not_met", {})


def test_a_figure_with_about_leaves_open_what_it_may_cover(tmp_path: Path) -> None:
    row = one(
        tmp_path,
        aim("1000家以上", "firms", "2021"),
        [
            figure("firms", "2020", "800", "count"),
            figure("firms", "2021", "990", "count", qualifier="about"),
        ],
    )
    assert row["outcome"] == "unknown"


def test_a_ceiling_is_tested_every_year(tmp_path: Path) -> None:
    figures = [
        figure("unemployment", "2021", "5.1", "%"),
        figure("unemployment", "2022", "5.6", "%"),
    ]
    read = store.read(folder(tmp_path, [aim("控制在5.5%以内", "unemployment")], figures))
    assert read.plan is not None
    result = track(replace(read.region, as_of=date(2023, 6, 30)), read.plan)
    row = result.tables["targets"].iloc[0]
    assert row["progress_class"] == "in_line"
    assert row["latest"] == pytest.approx(5.35)
    assert taken(result.tables["readings"])["mean_of_years"] == 2
    assert result.tables["years"]["outcome"].tolist() == ["met", "not_met"]


def test_vintages_and_scopes_are_never_mixed(tmp_path: Path) -> None:
    figures = [
        figure("places", "2020", "1.8", "places per 1000 persons", scope="old towns"),
        figure("places", "2022", "2.6", "places per 1000 persons"),
    ]
    assert one(tmp_path, aim("达到4.5个", "places"), figures)["missing"] == "no_base"


def test_growth_of_a_level_takes_the_published_rate_before_the_levels(tmp_path: Path) -> None:
    figures = [
        figure("gdp", "2020", "10", "bn EUR"), figure("gdp", "2021", "11", "bn EUR"),
        figure("gdp_growth", "2021", "4", "%"),
    ]  # fmt: skip
    row = one(tmp_path / "a", aim("年均增长5%", "gdp"), figures)
    assert row["latest"] == 4
    row = one(
        tmp_path / "b",
        aim("年均增长5%", "sales"),
        [figure("sales", "2020", "100", "m EUR"), figure("sales", "2021", "110", "m EUR")],
    )
    assert row["latest"] == pytest.approx(10)
    assert row["readings"]["growth_from_levels"] == "sales"


def test_a_doubling_and_a_change(tmp_path: Path) -> None:
    figures = [figure("firms", "2020", "500", "count"), figure("firms", "2022", "800", "count")]
    row = one(tmp_path / "a", aim("到2025年翻一番", "firms"), figures)
    assert (row["path"], row["goal"]) == ("steady", 1000)
    assert row["progress"] == pytest.approx(math.log(1.6) / math.log(2))
    assert row["progress_class"] == "faster"
    row = one(tmp_path / "b", aim("增加500家", "firms"), figures)
    assert (row["path"], row["goal"], row["progress"]) == ("level", 1000, pytest.approx(0.6))


def test_a_goal_that_is_met_before_its_time(tmp_path: Path) -> None:
    figures = [figure("firms", "2020", "500", "count"), figure("firms", "2022", "1000", "count")]
    row = one(tmp_path, aim("1000家以上", "firms", path="level"), figures)
    assert (row["progress_class"], row["outcome"]) == ("achieved_early", "open")


def test_words_without_a_number(tmp_path: Path) -> None:
    figures = [
        figure("firms", "2020", "500", "count"), figure("firms", "2022", "501", "count"),
        figure("gdp_growth", "2021", "5.0", "%"), figure("energy", "2021", "4.7", "%"),
    ]  # fmt: skip
    row = one(tmp_path / "a", aim("基本持平", "firms"), figures)
    assert (row["progress_class"], row["readings"]) == ("in_line", {"course_width": 5})
    assert one(tmp_path / "b", aim("稳步下降", "firms"), figures)["progress_class"] == "lagging"
    row = one(tmp_path / "c", aim("与经济增长基本同步", "energy"), figures)
    assert (row["progress_class"], row["base"]) == ("in_line", 5.0)
    row = one(tmp_path / "d", aim("高于经济增长", "energy"), figures)
    assert row["progress_class"] == "lagging"
    row = one(tmp_path / "e", aim("完成省下达任务", "energy"), figures)
    assert (row["progress_class"], row["missing"]) == ("no_data", "number_not_given")


def test_so_many_points_above_the_economy(tmp_path: Path) -> None:
    figures = [figure("gdp_growth", "2021", "5.0", "%"), figure("energy", "2021", "6.2", "%")]
    row = one(tmp_path / "a", aim("高于经济增长1个百分点", "energy"), figures)
    assert (row["progress_class"], row["base"], row["readings"]) == ("in_line", 5.0, {})
    row = one(tmp_path / "b", aim("高于经济增长1.5个百分点", "energy"), figures)
    assert row["progress_class"] == "lagging"


def test_above_the_average_of_a_larger_area(tmp_path: Path) -> None:
    figures = [
        figure("energy", "2021", "6.2", "%"), figure("energy", "2021", "5.0", "%", region="upland"),
        figure("unemployment", "2022", "5.0", "%"),
        figure("unemployment", "2022", "4.0", "%", region="upland"),
    ]  # fmt: skip
    row = one(
        tmp_path / "a", aim("高于全省平均水平1个百分点", "energy", benchmark="upland"), figures
    )
    assert (row["progress_class"], row["base"]) == ("in_line", 5.0)
    row = one(tmp_path / "b", aim("高于全省平均水平", "energy", benchmark="upland"), figures)
    assert row["progress_class"] == "in_line"
    row = one(tmp_path / "c", aim("快于全省2个百分点", "energy", benchmark="upland"), figures)
    assert row["progress_class"] == "lagging"
    row = one(tmp_path / "d", aim("高于全省1个百分点", "unemployment", benchmark="upland"), figures)
    assert (row["progress_class"], row["base"], row["latest"]) == ("in_line", 4.0, 5.0)
    row = one(tmp_path / "e", aim("高于全省平均水平", "energy"), figures)
    assert row["missing"] == "average_not_given"
    row = one(tmp_path / "f", aim("高于全省平均水平", "energy", benchmark="upland"), figures[:1])
    assert row["missing"] == "average_not_given"


def test_where_the_words_begin_is_the_base_if_nothing_else_is_known(tmp_path: Path) -> None:
    figures = [figure("firms", "2022", "700", "count")]
    row = one(tmp_path / "a", aim("由500家增加到1000家", "firms"), figures)
    assert (row["base"], row["progress"]) == (500.0, pytest.approx(0.4))
    row = one(tmp_path / "b", aim("增加到1000家", "firms"), figures)
    assert row["missing"] == "no_base"


def test_the_outlook_names_what_was_ever_managed(tmp_path: Path) -> None:
    figures = [
        figure("firms", str(year), str(value), "count")
        for year, value in zip(
            range(2016, 2024), (100, 110, 130, 140, 150, 170, 180, 200), strict=True
        )
    ] + [
        figure("firms", str(year), str(value), "count", region="upland")
        for year, value in zip(range(2016, 2020), (100, 200, 300, 400), strict=True)
    ]
    row = one(tmp_path, aim("到2025年达到300家", "firms"), figures)
    assert row["required"] == 50
    assert (row["best"], row["worst"], row["paces"]) == (15, 10, 6)
    assert (row["managed"], row["compared"]) == (1, 1)


def test_an_earlier_view_knows_less(tmp_path: Path) -> None:
    figures = [
        figure("gdp_growth", "2021", "5.5", "%", published="2022-02-01"),
        figure("gdp_growth", "2022", "3.0", "%", published="2023-02-01"),
    ]
    target = aim("年均增长5.5%", "gdp_growth", source="bulletin-2020")
    row = one(tmp_path / "a", target, figures, "2022-06-30")
    assert (row["latest"], row["elapsed"]) == (5.5, 0.2)
    row = one(tmp_path / "b", target, figures, "2023-06-30")
    assert (row["elapsed"], row["progress_class"]) == (0.4, "in_line")
    expected = (math.log(1.055) + math.log(1.03)) / (5 * math.log(1.055)) - 0.4
    assert row["lead"] == pytest.approx(expected)


def test_binding_and_anticipatory_ones_are_counted_apart(tmp_path: Path) -> None:
    figures = [figure("energy", "2021", "-0.1", "%"), figure("gdp_growth", "2021", "1", "%")]
    targets = [
        aim("累计下降13.5%", "energy", id="a", nature="binding"),
        aim("年均增长5%（预期性）", "gdp_growth", id="b"),
    ]
    read = store.read(folder(tmp_path, targets, figures))
    assert read.plan is not None
    result = track(replace(read.region, as_of=date(2022, 6, 30)), read.plan)
    rows = result.tables["classes"][["nature", "progress_class", "n"]].to_numpy().tolist()
    assert rows == [["binding", "lagging", 1], ["anticipatory", "lagging", 1]]
    assert [f.params["nature"] for f in result.findings if f.code == "targets_behind"] == [
        "binding",
        "anticipatory",
    ]


@pytest.mark.parametrize(
    ("period", "day", "missing", "progress_class"),
    [
        ("2022", "2023-06-30", "", "not_as_expected"),
        ("2021", "2022-06-30", "", "as_expected"),
        ("2023", "2022-06-30", "", "expected"),
        ("2025", "2026-06-30", "no_outcome", "no_data"),
    ],
)
def test_an_expectation_is_its_own_kind_and_never_missed(
    tmp_path: Path, period: str, day: str, missing: str, progress_class: str
) -> None:
    figures = [figure("firms", "2020", "100", "count"), figure("firms", "2021", "300", "count")]
    figures += [figure("firms", "2022", "120", "count")]
    target = aim("reach 300", "firms", period, nature="expectation", source="bulletin-2020",
                 base_period="2020")  # fmt: skip
    session = songhua.open(folder(tmp_path, [target], figures[: 2 + (day > "2023")]), day)
    result = session.run("track")
    (row,) = result.rows(TargetRow)
    assert (row.nature, row.scheme, row.missing) == ("expectation", "expectation", missing)
    assert row.progress_class == progress_class
    assert not classes()[row.progress_class].behind
    assert "targets_behind" not in {finding.code for finding in result.findings}
    assert result.tables["calendar"].empty  # nothing is due of it
    codes = {sentence.finding.code for sentence in sentences(result, session.region)}
    assert codes <= {"brief_plan_over"}


@pytest.mark.parametrize(
    ("target", "code", "column"),
    [
        (aim("大概6个点", "gdp_growth"), "target_unread", "text"),
        (aim("", "gdp_growth"), "value_missing", "text"),
        (aim("500家", "gdp"), "target_unit_misfit", "text"),
        (aim("6%", "gdpp"), "label_unknown", "indicator"),
        (aim("6%", "gdp_growth", nature="hard"), "choice_unknown", "nature"),
        (aim("6%", "gdp_growth", about="some"), "number_unreadable", "about"),
    ],
)
def test_a_faulty_target_is_named_with_its_place(
    tmp_path: Path, target: str, code: str, column: str
) -> None:
    with pytest.raises(SonghuaError) as caught:
        store.read(folder(tmp_path, [target], []))
    fault = next(f for f in caught.value.faults if f.code == code)
    assert (fault.file, fault.row, fault.column) == ("plan/targets.csv", 2, column)


ENTITIES = """
[mill]
name = { en = "Mill", zh = "工厂" }
type = "project"

[shed]
name = { en = "Shed", zh = "厂房" }
type = "project"

[bay]
name = { en = "Bay", zh = "车间" }
type = "project"
"""


def works(tmp_path: Path, **files: str) -> dict[str, pd.DataFrame]:
    """The tables of a folder with works and no target, seen in the middle of 2024."""
    sources = FILES["sources.toml"].replace("The Daily", 'The Daily"\npublished = "2024-06-30')
    path = folder(tmp_path, [], [], entities_toml=ENTITIES, sources_toml=sources, **files)
    read = songhua.open(path, "2024-07-01")
    assert read.plan is not None
    return dict(track(read.region, read.plan).tables)


def test_tasks_are_done_late_blocked_or_without_a_report(tmp_path: Path) -> None:
    heads = "id,task_en,task_zh,lead,due,status,done_on,blocked_by,source,recorded\n"
    rows = [
        "a,A,甲,Works,2023,done,2023-12-20,,paper,2026-01-02",
        "b,B,乙,Works,2023,done,2024-01-10,,paper,2026-01-02",
        "c,C,丙,Works,2023,under_way,,,paper,2026-01-02",
        "d,D,丁,Parks,2023,unknown,,,paper,2026-01-02",
        "e,E,戊,Parks,2025,planned,,c,paper,2026-01-02",
        "f,F,己,Parks,2025,planned,,a,paper,2026-01-02",
        "g,G,庚,Parks,2021,under_way,,,bulletin-2020,2026-01-02",
        "h,H,辛,Parks,,planned,,,paper,2026-01-02",
    ]
    tables = works(tmp_path, plan__measures_csv=heads + "\n".join(rows) + "\n")
    states = tables["measures"].set_index("measure")["state"].to_dict()
    assert states == {
        "a": "done", "b": "done_late", "c": "late", "d": "no_report", "e": "blocked",
        "f": "open", "g": "no_report", "h": "due_unknown",
    }  # fmt: skip
    assert tables["measures"]["days_late"].tolist()[1:3] == [10, 183]
    counts = tables["departments"].set_index("lead")
    assert counts.loc["Works", ["n", "done", "late"]].tolist() == [3, 2, 1]
    assert counts.loc["Parks", ["n", "late", "blocked", "other"]].tolist() == [5, 2, 1, 2]


def test_projects_slip_and_earn(tmp_path: Path) -> None:
    heads = ",".join(schema.table("plan_projects").names) + "\n"
    rows = [
        "mill,milestone,start,Start,开工,,2023-03,2023-05-31,done,,,,,,,,paper,2026-01-02,",
        "mill,milestone,complete,Finish,竣工,,2024-12,,,,,,,,,,paper,2026-01-02,",
        "mill,value,investment,,,,,,,2023-12,100,40,30,36,m EUR,,paper,2026-01-02,",
        "mill,value,investment-2,,,,,,,2024-06,100,60,54,60,m EUR,,paper,2026-01-02,",
        "shed,value,money,,,mill,,,,2023,20,,,,m EUR,,paper,2026-01-02,",
        "bay,value,money,,,shed,,,,2023,5000,,,,k EUR,,paper,2026-01-02,",
    ]
    tables = works(tmp_path, plan__projects_csv=heads + "\n".join(rows) + "\n")
    row = tables["projects"].iloc[0]
    assert (row["done"], row["next"], row["state"], row["slip_days"]) == (1, "complete", "open", 61)
    assert row["schedule_index"] == pytest.approx(0.9)
    assert row["cost_index"] == pytest.approx(0.9)
    assert row["in_place"] == pytest.approx(60)
    assert tables["calendar"]["due"].tolist() == ["2023-03-31", "2024-12-31"]
    # the bay may be part of the shed, and with it of the mill: 125 apart, 100 at the least
    (total,) = tables["project_sums"].to_dict("records")
    assert (total["amount"], total["projects"], total["period"]) == ("total", 3, "2023..2024")
    assert (total["value"], total["without_parts"], total["unit"]) == (125.0, 100.0, "m EUR")


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (
            {"plan__measures_csv": "id,task_en,task_zh,status,blocked_by,source,recorded\n"
             "a,A,甲,planned,b,paper,2026-01-02\nb,B,乙,planned,a,paper,2026-01-02\n"},
            "task_blocks_itself",
        ),
        (
            {"plan__measures_csv": "id,task_en,task_zh,status,blocked_by,source,recorded\n"
             "a,A,甲,planned,z,paper,2026-01-02\n"},
            "task_unknown",
        ),
        (
            {"plan__measures_csv": "id,task_en,task_zh,status,done_on,source,recorded\n"
             "a,A,甲,planned,2023,paper,2026-01-02\n"},
            "state_contradicts",
        ),
        (
            {"plan__projects_csv": "project,kind,item,total,source,recorded\n"
             "mill,value,money,10,paper,2026-01-02\n"},
            "project_value_incomplete",
        ),
        (
            {"plan__projects_csv": "project,kind,item,may_be_part_of,source,recorded\n"
             "mill,milestone,start,shed,paper,2026-01-02\n"
             "shed,milestone,start,mill,paper,2026-01-02\n"},
            "project_part_of_itself",
        ),
        (
            {"plan__projects_csv": "project,kind,item,may_be_part_of,source,recorded\n"
             "mill,milestone,start,bay,paper,2026-01-02\n"},
            "project_part_unknown",
        ),
        (
            {"plan__products_csv": "product,rung,reached,state,source,recorded\n"
             "mill,volume,2023,not_reached,paper,2026-01-02\n"},
            "state_contradicts",
        ),
    ],
)  # fmt: skip
def test_faults_of_works(tmp_path: Path, files: dict[str, str], code: str) -> None:
    with pytest.raises(SonghuaError) as caught:
        works(tmp_path, **files)
    assert {fault.code for fault in caught.value.faults} == {code}


def test_programmes_by_cohort(tmp_path: Path) -> None:
    heads = "programme,cohort,measure,value,unit,due,source,recorded\n"
    rows = [
        "mill,2021,firms,80,count,,paper,2026-01-02",
        "mill,2021,certified,60,count,2022,paper,2026-01-02",
        "mill,2021,money_promised,10,m EUR,,paper,2026-01-02",
        "mill,2021,money_paid,,m EUR,2023,paper,2026-01-02",
    ]
    tables = works(tmp_path, plan__programmes_csv=heads + "\n".join(rows) + "\n")
    rows_ = tables["programmes"].set_index("measure")
    assert rows_.loc["certified", "rate"] == 75
    assert rows_.loc["money_paid", "state"] == "overdue"


def test_the_built_in_plan_comes_back_byte_for_byte() -> None:
    read = songhua.open(songhua.example())
    assert read.plan is not None
    files = read.plan.files()
    assert sorted(files) == sorted(
        f"plan/{name}.csv"
        for name in ("changes", "measures", "products", "programmes", "projects", "targets")
    )
    for name, text in files.items():
        assert (songhua.example() / name).read_text("utf-8") == text


def test_the_built_in_case() -> None:
    read = songhua.open(songhua.example())
    assert read.plan is not None
    result = track(read.region, read.plan)
    rows = result.tables["targets"].set_index("target")
    childcare = rows.loc["childcare-2025-china"]
    # the plan was over at the end of 2025, and the last figure is of October
    assert (childcare["progress_class"], childcare["missing"]) == ("no_data", "no_outcome")
    assert childcare["gap"] == pytest.approx(-0.2)
    assert rows.loc["gdp-plan", "position"] == "below"
    assert rows.loc["gdp-2021", "outcome"] == "not_met"
    ladder = result.tables["products"]
    reached = ladder[ladder["state"] == "reached"].groupby("product")["rung"].last().to_dict()
    assert reached == {"ac352": "certified", "t1400": "prototype"}


def long_run(first: int, last: int, **more: str) -> list[str]:
    """Growth of 5 and 6 % by turns."""
    years = range(first, last + 1)
    return [figure("gdp_growth", str(y), str(5 + y % 2), "%", **more) for y in years]


def test_a_probability_needs_ten_years_without_a_gap_and_stands_with_its_record(
    tmp_path: Path,
) -> None:
    target = aim("年均增长5.2%", "gdp_growth")
    row = one(tmp_path / "a", target, long_run(2010, 2022))
    assert row["probability_years"] == 13
    assert 0.5 < row["probability"] <= 1
    assert (row["probability_ahead"], row["probability_own"], row["no_odds"]) == (3, 5, "")
    assert row["ahead_low"] < row["ahead_high"]
    for name, figures in (
        ("b", long_run(2014, 2022)),
        ("c", long_run(2010, 2022)[:8] + long_run(2019, 2022)),
    ):
        few = one(tmp_path / name, target, figures)
        assert math.isnan(few["probability"])
        assert few["no_odds"] == "few_years"
        assert few["paces"] > 0  # the required pace and the past ones stand all the same


def test_other_places_lend_their_years_and_other_targets_change_nothing(tmp_path: Path) -> None:
    target, more = aim("年均增长5.2%", "gdp_growth"), aim("reach 900", "firms", id="u")
    figures = long_run(2010, 2022)
    first = one(tmp_path / "a", target, figures)
    read = songhua.open(folder(tmp_path / "b", [more, target], figures))
    assert read.plan is not None
    again = track(read.region, read.plan).tables["targets"].set_index("target").loc["t"]
    assert again["probability"] == first["probability"]
    others = long_run(2010, 2022, region="upland")
    both = songhua.open(folder(tmp_path / "c", [target], figures + others))
    assert both.plan is not None
    record = track(both.region, both.plan).tables["odds"].set_index("ahead")
    assert record["origins"].tolist() == [7, 6, 5]
    assert record.loc[3, "n"] == 2 * 5 * 5  # two places, five origins, five events
    classes = [f"n_{stated}" for stated in (10, 30, 50, 70, 90)]
    assert record.loc[3, classes].sum() == 50


@pytest.mark.parametrize(
    ("text", "indicator", "figures", "why"),
    [
        ("年均增长5.2%", "gdp_growth", (2000, 2021), "too_far"),
        ("50000 in all", "jobs", None, "adds_up"),
        ("年均增长5.2%", "gdp_growth", (2000, 2022), ""),
    ],
)
def test_without_odds_a_target_says_why(
    tmp_path: Path, text: str, indicator: str, figures: tuple[int, int] | None, why: str
) -> None:
    rows = long_run(*figures) if figures else [figure("jobs", "2021", "9000", "persons")]
    row = one(tmp_path, aim(text, indicator), rows)
    assert row["no_odds"] == why
    assert math.isnan(row["probability"]) == bool(why)


def test_growth_of_a_half_is_computed_from_the_levels_of_two_halves(tmp_path: Path) -> None:
    figures = [
        figure("sales", period, value, "m EUR")
        for period, value in (("2023-H1", "100"), ("2024-H1", "104"), ("2023", "220"))
    ]
    row = one(tmp_path, aim("销售额增长7%以上", "sales", "2024"), figures, day=date(2024, 9, 30))
    assert (row["latest"], row["latest_period"], row["progress_class"]) == (
        4.0,
        "2024-H1",
        "lagging",
    )
    assert row["readings"]["growth_from_levels"] == "sales"
    # 7 % of 220 less 4 % of 100, over the other 120
    assert row["required"] == pytest.approx((7 * 220 - 4 * 100) / 120)


def added(tmp_path: Path, text: str, indicator: str, figures: list[str]) -> tuple[object, ...]:
    """Path, goal, latest figure, gap and what counts as met of a target."""
    row = one(tmp_path, aim(text, indicator, named="高新技术企业;就业"), figures)
    columns = ("path", "latest", "gap", "accepted_low")
    return tuple(row[name] if row[name] == row[name] else None for name in columns)


def test_additions_are_flows_that_sum_or_a_difference_from_the_base(tmp_path: Path) -> None:
    stock = [figure("firms", year, n, "count") for year, n in (("2020", "6050"), ("2022", "8050"))]
    flow = [figure("jobs", year, "8000", "persons") for year in ("2021", "2022")]
    cases = {
        "五年新增高新技术企业5000家以上": ("firms", stock, ("level", 8050, 3000, 11050)),
        "每年新增1000家": ("firms", stock, ("level", 8050, 3000, 11050)),
        "新增就业5万人以上": ("jobs", flow, ("sum", 1.6, 3.4, 5)),
        "年均新增就业1万人": ("jobs", flow, ("sum", 1.6, 3.4, 5)),
    }
    for at, (text, (indicator, figures, expected)) in enumerate(cases.items()):
        assert added(tmp_path / str(at), text, indicator, figures) == pytest.approx(expected), text


def test_about_a_number_of_each_year_is_about_it_in_each_year(tmp_path: Path) -> None:
    figures = [figure("unemployment", "2020", "50", "%")]
    row = one(tmp_path, aim("年均提高1个百分点左右", "unemployment", direction="around"), [
        *figures, figure("unemployment", "2022", "52", "%"),
    ])  # fmt: skip
    assert (row["accepted_low"], row["accepted_high"]) == pytest.approx((54.75, 55.25))


@pytest.mark.parametrize(("text", "indicator"), [
    ("{}%左右", "gdp_growth"), ("年均增长{}%左右", "gdp"), ("下降{}%左右", "gdp"),
    ("下降近{}%", "gdp"), ("{}%左右", "unemployment"), ("年均提高{}个百分点左右", "unemployment"),
    ("{}家左右", "firms"), ("{}家至10000家左右", "firms"), ("每年新增近{}家", "firms"),
])  # fmt: skip
@given(*[st.decimals("0.01", 9999, places=2)] * 2, *[st.integers(0, 2)] * 2)
def test_a_larger_goal_never_accepts_less(
    text: str, indicator: str, first: Decimal, second: Decimal, here: int, there: int
) -> None:
    """At both ends, whatever the digits printed: 10 % 左右 as well as 9 % 左右."""
    printed = {f"{first:.{here}f}", f"{second:.{there}f}"} - {"0", "0.0"}
    goals = [town_target(text.format(n), indicator, direction="around") for n in printed]
    goals.sort(key=lambda goal: goal.asked_interval.low)
    for less, more in pairwise(goals):
        assert less.accepted.low <= more.accepted.low
        assert less.accepted.high <= more.accepted.high


def test_another_areas_average_as_level_floor_share_and_exceeded(tmp_path: Path) -> None:
    figures = [
        figure("unemployment", "2022", "5.0", "%"),
        figure("unemployment", "2022", "5.0", "%", region="upland"),
    ]
    cases = {
        "达到全国平均水平": ("met", 5.0), "不低于全国平均水平": ("met", 5.0),
        "高于全国平均水平": ("not_met", 5.0), "达到全国平均水平的80%": ("met", 4.0),
        "高于全国平均水平1个百分点": ("not_met", 6.0),
    }  # fmt: skip
    for at, (text, (outcome, low)) in enumerate(cases.items()):
        aimed = aim(text, "unemployment", "2022", benchmark="upland")
        row = one(tmp_path / str(at), aimed, figures)
        assert (row["outcome"], row["accepted_low"]) == (outcome, pytest.approx(low)), text


def test_a_share_of_another_area_is_of_its_level(tmp_path: Path) -> None:
    figures = [
        figure("gdp", "2022", "12", "bn EUR"), figure("gdp", "2022", "50", "bn EUR", region="upland")
    ]  # fmt: skip
    row = one(tmp_path, aim("达到全省的20%", "gdp", "2022", benchmark="upland"), figures)
    assert (row["outcome"], row["accepted_low"]) == ("met", pytest.approx(10.0))


def test_no_growth_and_a_fall_that_narrows_are_no_rises(tmp_path: Path) -> None:
    fallen = [figure("gdp_growth", "2021", "-5.0", "%"), figure("gdp_growth", "2022", "-3.0", "%")]
    cases = {"零增长": "met", "正增长": "not_met", "降幅收窄": "met", "不下降": "not_met"}
    for at, (text, outcome) in enumerate(cases.items()):
        row = one(tmp_path / str(at), aim(text, "gdp_growth", "2022"), fallen)
        assert row["outcome"] == outcome, text


def test_words_that_name_another_indicator_are_refused(tmp_path: Path) -> None:
    wrong = aim("失业率控制在5.5%以内", "gdp_growth", "2022")
    with pytest.raises(SonghuaError) as caught:
        songhua.open(folder(tmp_path / "wrong", [wrong], []))
    (fault,) = caught.value.faults
    assert (fault.code, fault.column, fault.params["named"]) == ("target_unread", "text", "失业率")
    named = aim("失业率控制在5.5%以内", "gdp_growth", "2022", named="失业率")
    assert (
        songhua.open(folder(tmp_path / "named", [named], [])).run("track").tables["targets"]
        is not None
    )


def test_what_comes_after_the_period_is_not_in_its_report(tmp_path: Path) -> None:
    at = folder(tmp_path, [aim("reach 900", "firms")], [figure("firms", "2022", "700", "count")])
    session = songhua.open(at)
    with pytest.raises(SonghuaError) as caught:
        session.run("track", until="2030")
    assert [fault.code for fault in caught.value.faults] == ["period_future"]


@pytest.mark.parametrize(
    ("text", "indicator", "code"),
    [
        ("到2030年达到900家", "firms", "target_time_misfit"),
        ("三年新增300家", "firms", "target_time_misfit"),
        ("增长30%", "firms", "target_pace_open"),
        ("新增500个", "unemployment", "target_addition_misfit"),
    ],
)
def test_a_target_that_its_row_cannot_hold_is_refused(
    tmp_path: Path, text: str, indicator: str, code: str
) -> None:
    with pytest.raises(SonghuaError) as caught:
        songhua.open(folder(tmp_path, [aim(text, indicator)], []))
    assert code in {fault.code for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("text", "period", "cells", "path", "latest"),
    [
        ("Increase GDP by 10% from its 2015 level by 2020", "2020", {}, "cumulative", 21.0),
        ("increase by 10%", "2020", {"base_period": "2015"}, "cumulative", 21.0),
        ("increase by 10% from its 2019 level by 2020", "2020", {}, "year", 0.0),
        ("increase by 10%", "2020", {}, "year", 0.0),
        ("reduce GDP to 90 bn EUR", "2020", {"base_period": "2015"}, "level", 121.0),
        ("reduce GDP to 90 bn EUR", "2020", {"base_period": "2019"}, "sum", 121.0),
    ],
)
def test_a_base_before_the_last_year_is_where_a_target_of_one_year_begins(
    tmp_path: Path, text: str, period: str, cells: dict[str, str], path: str, latest: float
) -> None:
    levels = dict(zip(range(2015, 2021), (100, 110, 115, 118, 121, 121), strict=True))
    figures = [figure("gdp", str(year), str(level), "bn EUR") for year, level in levels.items()]
    row = one(tmp_path, aim(text, "gdp", period=period, named="GDP", **cells), figures)
    assert (row["path"], row["latest"]) == (path, pytest.approx(latest))
    assert path not in ("cumulative", "year") or (row["outcome"] == "met") == (latest > 10)


def test_a_level_of_later_is_held_against_the_years_since_its_base(tmp_path: Path) -> None:
    target = aim(
        "reach 50 bn EUR", "gdp", period="2030", base_period="2015", base="100", direction="lower"
    )
    row = one(tmp_path, target, [figure("gdp", "2021", "80", "bn EUR")])
    assert (row["path"], row["latest"], row["base"]) == ("level", 80, 100)
    assert row["progress"] == pytest.approx(20 / 50)
