"""Cross tables without a map: readings, questions, and remembered answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from songhua.reading.drafts import Explainer
from songhua.reading.drafts.frame import LOOKED_AT, Kinds, find_frame

from commands import songhua
from published_layouts import CN, MONTH, chinese
from songhua import store
from songhua.errors import SonghuaError
from songhua.reading.sheets import cross_table
from songhua.reading.sheets.grid import Area, Grid

GIVEN = {"recorded": "2026-01-01"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return chinese(tmp_path / "cn")


def sheet(folder: Path, text: str, name: str = "yearbook.csv") -> Path:
    file = folder.parent / name
    file.write_text(text, "utf-8")
    return file


def codes(folder: Path, text: str) -> set[str]:
    """The doubts and faults of a sheet; none where it is read."""
    try:
        store.add(store.at(folder, dry_run=True), sheet(folder, text), defaults=GIVEN)
    except SonghuaError as error:
        return {fault.code for fault in error.faults}
    return set()


def rows(folder: Path, text: str) -> list[tuple[str, ...]]:
    done = store.add(store.at(folder, dry_run=True), sheet(folder, text), defaults=GIVEN)
    columns = ["indicator", "region", "industry", "period", "value", "unit"]
    return list(done.rows[columns].itertuples(index=False, name=None))


def test_a_map_answers_for_the_next_sheet_of_its_layout(folder: Path) -> None:
    first = sheet(folder, MONTH.format(year=2015, month=8, a="10.0", b="80.0"))
    with pytest.raises(SonghuaError) as error:
        store.add(store.at(folder), first, defaults=GIVEN)
    assert [one.code for one in error.value.faults] == ["draft_unexplained"]
    map_file = folder.parent / "map.toml"
    map_file.write_text(store.draft_map(store.at(folder), first, GIVEN).toml, "utf-8")
    assert len(store.add(store.at(folder), first, map_file).rows) == 4
    assert [file.parent.name for file in folder.glob("imports/*.toml")] == ["imports"]
    following = MONTH.format(year=2016, month=11, a="11.0", b="90.5")
    done = store.add(store.at(folder), sheet(folder, following), defaults=GIVEN)
    assert done.rows[["period", "value"]].to_numpy().tolist() == [
        ["2016-11", "11.0"],
        ["2016-01..2016-11", "90.5"],
        ["2016-11", "5.0"],
        ["2016-01..2016-11", "4"],
    ]
    other = following.replace("内部资料", "全国")
    assert "draft_unexplained" in codes(folder, other) or "draft_twice" in codes(folder, other)
    assert store.read(folder).region.figures.observations.frame["source"].unique().tolist() == [
        "yearbook"
    ]


def test_a_choice_that_a_map_made_is_made_again(folder: Path) -> None:
    indicators = folder / "indicators.toml"
    nominal = CN["indicators.toml"].split("[gdp_per_capita]")[0].split("[gdp_growth]")[1]
    nominal = nominal.replace("地区生产总值增速", "地区生产总值名义增速").replace(
        "constant", "current"
    )
    indicators.write_text(CN["indicators.toml"] + "[gdp_nominal]" + nominal, "utf-8")
    text = "主要指标,,\n指标,{year}年（亿元）,比上年增长（%）\n地区生产总值,80.5,3.1\n"
    first = sheet(folder, text.format(year=2015))
    assert codes(folder, text.format(year=2015)) == {"draft_rate"}
    map_file = folder.parent / "map.toml"
    drafted = store.draft_map(store.at(folder), first, GIVEN).toml
    blank = '"地区生产总值 × 比上年增长（%）" = ""'
    assert blank in drafted
    map_file.write_text(drafted.replace(blank, blank[:-2] + '"gdp_nominal"'), "utf-8")
    store.add(store.at(folder), first, map_file)
    assert rows(folder, text.format(year=2016)) == [
        ("gdp", "heilongjiang", "", "2016", "80.5", "100m CNY"),
        ("gdp_nominal", "heilongjiang", "", "2016", "3.1", "%"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("地区生产总值,\n年份,地区生产总值\n2015,80.5\n", "draft_missing"),
        ("云南省地区生产总值（亿元）,\n年份,地区生产总值\n2015,80.5\n", "draft_unexplained"),
        ("地区生产总值（亿元）,\n行业,2015年\n制造业,8.5\n制选业,7\n采矿 业,1\n第一产业业业业业业,2\n", ""),
        ("地区生产总值（亿元）,\n年份,2015年\n年度,8.5\n", "draft_nothing"),
        ("地区生产总值（亿元）,\n行业,2025年计划\n制造业,8.5\n", "draft_ahead"),
        ("地区生产总值（亿元）,\n地区,2015年下降（%）\n吉林省,8.5\n", "draft_downwards"),
        ("地区生产总值（亿元）,\n行业,2015年末\n制造业,8.5\n", "draft_unexplained"),
        ("2015年8月地区生产总值（亿元）,\n行业,绝对数\n制造业,8.5\n", "draft_month"),
        ("就业人员（万元）,\n行业,2015年\n制造业,8.5\n", "draft_missing"),
        ("就业人员,\n行业,2015年（万元）\n制造业,8.5\n", "draft_unit_misfit"),
        ("地区生产总值（亿元）,\n行业,2015年\n制造业,8.5\n城镇,\n建筑业,1\n", "draft_section"),
        ("地区生产总值（亿元）,,\n行业,2015年,\n制造业,8.5,2\n", "draft_no_heading"),
        ("地区生产总值（亿元）;\n行业;2015年\nMining;1,234\nManufacturing;5,678\n", ""),
        ("Gross domestic product\nUnit: m CNY\nIndustry;2015\nMining;1,234\nConstruction;5,678\n", "draft_decimal"),
        ("一句话\n", "draft_no_table"),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_refused(folder: Path, text: str, code: str) -> None:
    found = codes(folder, text)
    assert (code in found) if code else not found, found


def test_four_and_four_point_zero_stay_apart(folder: Path) -> None:
    text = "地区生产总值（亿元）,,\n行业,2014年,2015年\n制造业,4,4.0\n"
    assert [row[4] for row in rows(folder, text)] == ["4", "4.0"]


def test_a_part_has_the_indicator_of_the_row_above(folder: Path) -> None:
    text = "主要指标\n指标,单位,2015年\n固定资产投资,亿元,9.5\n其中：第一产业,亿元,1.5\n就业人员,万人,7\n"
    assert [row[:3] for row in rows(folder, text)] == [
        ("investment", "heilongjiang", ""),
        ("investment", "heilongjiang", "primary"),
        ("employed", "heilongjiang", ""),
    ]


def test_a_frame_is_told_by_rows_and_columns_as_the_sheet_numbers_them(folder: Path) -> None:
    text = "地区生产总值,,\n指标,2014年,2015年\n地区生产总值（亿元）,5.1,5.2\n第一产业,1.1,1.2\n注：初步数,,\n"
    told = {
        one.code: one.params
        for one in store.draft_map(store.at(folder), sheet(folder, text)).guesses
    }
    assert told["draft_frame"] == {
        "heading": ("2",), "first": 3, "last": 4, "labels": ("A",), "values": ("B:C",),
    }  # fmt: skip


def test_the_command_shows_what_it_took_and_writes_the_map(folder: Path) -> None:
    text = "地区生产总值（亿元）,\n行业,2015年\n制造业,8.5\n园区,1.5\n"
    file = sheet(folder, text)
    shown = songhua("import", str(folder), str(file), "--recorded", "2026-01-01", "--dry-run")
    assert "L 制造业 | = 8.5" in shown.out
    assert "x 园区" in shown.out
    map_file = folder.parent / "map.toml"
    songhua("import", str(folder), str(file), "--draft", str(map_file))
    assert "[new-entry]" in map_file.read_text("utf-8")
    again = songhua("import", str(folder), str(file), "--draft", str(map_file))
    assert (again.code, "map.toml" in again.err) == (2, True)


def test_a_list_is_no_cross_table(folder: Path) -> None:
    list_ = CN["observations/none.csv"]
    assert cross_table(list_.encode(), "a.csv") == (None, [])
    with pytest.raises(SonghuaError) as error:
        store.draft_map(store.at(folder), sheet(folder, list_))
    assert [one.code for one in error.value.faults] == ["draft_list"]


def test_a_name_that_two_entries_share_is_asked_about(folder: Path) -> None:
    region = store.read(folder).region
    explainer = Explainer(region)
    assert explainer.explain("制造业增加值", "industry").rest == ("增加值",)
    assert explainer.explain("采矿业和制造业", "industry").many == ("制造业",)


@pytest.mark.parametrize(
    ("area", "heading"),
    [(Area(0, 1, 0, 2), (0, 1)), (Area(0, 0, 0, 2), (1,)), (Area(0, 1, 0, 1), (1,))],
)
def test_a_text_over_several_columns_of_figures_is_of_the_heading(
    area: Area, heading: tuple[int, ...]
) -> None:
    head = ["rates", "", ""] if area.left == 0 else ["", "rates", ""]
    rows = [head, ["place", "first", "second"], ["east", 1.5, 2.5], ["west", 3.5, 4.5]]
    frame = find_frame(Kinds(Grid(rows, merged=(area,))))
    assert frame is not None
    assert frame.heading == heading


@pytest.mark.parametrize("more", [0, 1, 20])
def test_a_table_longer_than_is_looked_at_ends_with_its_sheet(more: int) -> None:
    rows = [[f"place {n}", float(n) / 8] for n in range(LOOKED_AT + more - 1)]
    frame = find_frame(Kinds(Grid([["place", "rate"], *rows])))
    assert frame is not None
    assert (frame.first, frame.last) == (1, LOOKED_AT + more - 1)
