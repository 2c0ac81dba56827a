"""A plan's table of indicators becomes targets: read right, or asked about."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands import songhua as verb
from songhua import session
from songhua.errors import SonghuaError
from songhua.reading.plan_tables.cumulative import InAll, Levels
from songhua.reading.plan_tables.heading import find_heading
from songhua.reading.plan_tables.table import growth_apart
from songhua.reading.sheets.grid import Area, Grid

NOW = datetime(2026, 3, 1, tzinfo=UTC)
FILES = {
    "region.toml": '[region]\ncode = "rivertown"\nname = { zh = "河城" }\ncurrency = "CNY"\nbase_year = 2020\n',
    "sources.toml": '[outline]\ntitle = "河城市十四五规划纲要"\npublisher = "河城市政府"\npublished = "2021-02-20"\ngrade = "official"\n',
    "plan/plan.toml": '[plan]\nname = { zh = "十四五规划" }\nperiod = "plan:2021..2025"\nbase_year = 2020\npurpose = { zh = "增长。" }\nsource = "outline"\n',
}  # fmt: skip
INDICATORS = {
    "gdp": ("地区生产总值", "亿元", "level", "value_added", "flow", 'basis = "current"'),
    "gdp_growth": ("地区生产总值实际增速", "%", "growth", "value_added", "flow", 'of = "gdp"\nbasis = "constant"'),
    "urban_share": ("常住人口城镇化率", "%", "ratio", "urban_share", "stock", 'direction = "higher"'),
    "jobs": ("城镇新增就业", "万人", "level", "jobs", "flow", 'direction = "higher"'),
    "unemployment": ("城镇调查失业率", "%", "ratio", "unemployed_share", "stock", 'direction = "lower"'),
    "energy": ("单位地区生产总值能源消耗降低", "%", "growth", "energy", "flow", 'basis = "comparable"\ndirection = "lower"'),
    "patents": ("每万人口高价值发明专利拥有量", "count", "level", "patents", "stock", 'direction = "higher"'),
    "productivity": ("全员劳动生产率", "万元/人", "ratio", "productivity", "flow", 'direction = "higher"'),
    "life": ("人均预期寿命", "year", "level", "life", "stock", 'direction = "higher"'),
}  # fmt: skip
HEAD = "类别,指标,单位,2020年,2025年,年均增速[累计],属性"
TABLE = f"""专栏1 “十四五”时期经济社会发展主要指标,,,,,,
{HEAD}
经济发展,1.地区生产总值,亿元,5183.8,6900,6左右,预期性
,2.常住人口城镇化率,%,65.6,＞70,—,预期性
,3.全员劳动生产率,万元/人,15.2,—,高于GDP增长,预期性
民生福祉,4.城镇新增就业,万人,—,—,[≥50],预期性
,5.城镇调查失业率,%,5.9,5.5左右,—,预期性
,6.人均预期寿命,岁,79.1,80.5,—,预期性
创新驱动,7.每万人口高价值发明专利拥有量,件,6.3,12,—,预期性
绿色生态,8.单位地区生产总值能源消耗降低,%,—,—,[13.5],约束性
,9.森林覆盖率,%,46.0,46.5,—,约束性
注：[ ]内为五年累计数。,,,,,,
"""
WANTED = [
    ("gdp", "达到6900亿元", "anticipatory", "5183.8", "年均增长6%左右"),
    ("urban_share", "达到超过70%", "anticipatory", "65.6", ""),
    ("productivity", "高于GDP增长", "anticipatory", "", ""),
    ("jobs", "累计新增50万人以上", "anticipatory", "", ""),
    ("unemployment", "达到5.5%左右", "anticipatory", "5.9", ""),
    ("life", "达到80.5岁", "anticipatory", "79.1", ""),
    ("patents", "达到12件", "anticipatory", "6.3", ""),
    ("energy", "累计下降13.5%", "binding", "", ""),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = "".join(
        f'[{id}]\nname = {{ zh = "{name}" }}\nunit = "{unit}"\nform = "{form}"\n'
        f'measure = "{measure}"\ntime = "{time}"\n{more}\ndefinition = {{ zh = "见公报。" }}\n\n'
        for id, (name, unit, form, measure, time, more) in INDICATORS.items()
    )
    place = tmp_path / "rivertown"
    for name, told in {**FILES, "indicators.toml": text}.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(told, "utf-8")
    return place


def sheet(tmp_path: Path, text: str = TABLE, name: str = "outline.csv") -> Path:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return file


def held(folder: Path) -> list[tuple[str, ...]]:
    text = (folder / "plan/targets.csv").read_text("utf-8")
    names = ("indicator", "text", "nature", "base", "note")
    return [tuple(row[name] for name in names) for row in csv.DictReader(io.StringIO(text))]


def faults(folder: Path, file: Path, to: str = "") -> list[tuple[str, str]]:
    with pytest.raises(SonghuaError) as told:
        session.import_file(folder, file, now=NOW, to=to)
    assert not (folder / "plan/targets.csv").exists()
    return [(one.code, one.column) for one in told.value.faults]


def test_the_table_of_a_plan_is_known_by_its_heading_and_read(folder: Path, tmp_path: Path) -> None:
    done = session.import_file(folder, sheet(tmp_path), now=NOW)
    assert (done.file, len(done.rows), done.left_out) == ("plan/targets.csv", 8, ("森林覆盖率",))
    assert held(folder) == WANTED
    opened = session.open(folder)
    assert opened.plan is not None
    first, last = opened.plan.targets[0], opened.plan.targets[-1]
    assert (str(first.period), first.source, str(first.base_period)) == (
        "plan:2021..2025", "outline", "2020",
    )  # fmt: skip
    assert (last.target.sense, last.target.pace, last.target.low) == ("fall", "in_all", "13.5")
    assert len(opened.run("track").tables["targets"]) == 8


def test_a_second_import_adds_nothing(folder: Path, tmp_path: Path) -> None:
    session.import_file(folder, sheet(tmp_path), now=NOW)
    again = session.import_file(folder, sheet(tmp_path), now=NOW)
    assert (len(again.rows), again.repeated) == (0, 8)
    other = sheet(tmp_path, TABLE.replace("80.5", "81"))
    with pytest.raises(SonghuaError) as told:
        session.import_file(folder, other, now=NOW)
    (one,) = told.value.faults
    assert (one.code, one.column) == ("plan_table_stands", "E8")
    assert "“达到80.5岁”，而表中为“达到81岁”" in one.words("zh")


def test_a_dry_run_shows_how_each_is_read_and_writes_nothing(folder: Path, tmp_path: Path) -> None:
    done = verb("import", folder, sheet(tmp_path), "--dry-run", "--lang", "zh")
    assert (done.code, done.err) == (0, "")
    assert not (folder / "plan/targets.csv").exists()
    assert "地区生产总值 · 2021–2025年" in done.out or "地区生产总值 · " in done.out
    assert "达到6900亿元" in done.out
    assert "2020年为 5183.8 · 年均增长6%左右 · 预期性" in done.out
    assert "已略去：森林覆盖率" in done.out
    english = verb("import", folder, sheet(tmp_path), "--dry-run").out
    assert "累计下降13.5% · read as: fall by 13.5 % in all · binding" in english


def test_growth_that_does_not_go_with_base_and_target_is_warned_of(
    folder: Path, tmp_path: Path
) -> None:
    other = sheet(tmp_path, TABLE.replace("6900", "9900"))
    (one,) = session.import_file(folder, other, now=NOW).warnings
    assert (one.code, one.column, one.params["computed"]) == ("plan_table_growth", "E3", "13.8")


@pytest.mark.parametrize(("old", "new", "code", "place"), [
    ("预期性\n,2", "重要\n,2", "plan_table_nature", "G3"),
    ("＞70", "力争更好", "target_numbers", "E4"),
    ("＞70", "65或70", "target_numbers", "E4"),
    ("常住人口城镇化率", "常住人口城镇化", "plan_table_near", "B4"),
    ("万人,—,—,[≥50]", "亿元,—,—,[≥50]", "target_unit_misfit", "F6"),
    ("[≥50]", "[≥50或60]", "target_numbers", "F6"),
    ("6900,6左右", "—,[30]", "plan_table_sum", "F3"),
    ("65.6,＞70,—", "65.0,70.1,[9]", "plan_table_levels", "F4"),
    ("5183.8,6900,6左右", "100,150,[50]", "plan_table_levels", "F3"),
    ("%,—,—,[13.5]", "%,0.50,0.57,[13.5]", "plan_table_levels", "F10"),
    ("80.5", "八十", "target_numbers", "E8"),
    ("岁,79.1", "—,79.1", "plan_table_unit", "E8"),
])  # fmt: skip
def test_what_is_doubtful_is_asked_with_its_cell(
    folder: Path, tmp_path: Path, old: str, new: str, code: str, place: str
) -> None:
    assert old in TABLE
    text = TABLE.replace(old, new)
    assert (code, place) in faults(folder, sheet(tmp_path, text))


@pytest.mark.parametrize(("old", "new", "text", "note"), [
    ("65.6,＞70,—", "65.0,70.1,[5.1]", "达到70.1%", "累计提高5.1个百分点"),
    ("65.6,＞70,—", "65.0,70.1,〔7.8〕", "达到70.1%", "累计增长7.8%"),
    ("65.6,＞70,—", "—,—,〔5.1〕", "累计提高5.1个百分点", ""),
    ("65.6,＞70,—", "65.6,[4.4],—", "累计提高4.4个百分点", ""),
    ("65.6,＞70,—", "100,105,[5个百分点]", "达到105%", "累计提高5个百分点"),
    ("5.9,5.5左右,—", "5.9,5.0,[0.9]", "达到5.0%", "累计下降0.9个百分点"),
    ("6.3,12,—", "6.3,12,[5.7]", "达到12件", "累计增加5.7件"),
    ("6900,6左右", "6900,[33]", "达到6900亿元", "累计增长33%"),
    ("100,150,[50]", "100,150,[50%]", "达到150亿元", "累计增长50%"),
])  # fmt: skip
def test_a_number_of_all_years_is_what_the_levels_of_its_row_say(
    folder: Path, tmp_path: Path, old: str, new: str, text: str, note: str
) -> None:
    table = TABLE.replace("5183.8,6900,6左右", "100,150,[50]") if old[:3] == "100" else TABLE
    assert old in table
    session.import_file(folder, sheet(tmp_path, table.replace(old, new)), now=NOW)
    assert (text, note) in [(row[1], row[4]) for row in held(folder)]


#: Rows of the nation's plan for 2016 to 2020 (专栏2, 〔 〕内为5年累计数): unit, 2015, 2020, 累计.
OUTLINE = """
科技进步贡献率 % 55.3 60 4.7
研究与试验发展经费投入强度 % 2.1 2.5 0.4
每万人口发明专利拥有量 件 6.3 12 5.7
常住人口城镇化率 % 56.1 60 3.9
户籍人口城镇化率 % 39.9 45 5.1
服务业增加值比重 % 50.5 56 5.5
固定宽带家庭普及率 % 40 70 30
劳动年龄人口平均受教育年限 年 10.23 10.8 0.57
基本养老保险参保率 % 82 90 8
耕地保有量 亿亩 18.65 18.65 0
非化石能源占一次能源消费比重 % 12 15 3
森林覆盖率 % 21.66 23.04 1.38
森林蓄积量 亿立方米 151 165 14
"""


@pytest.mark.parametrize("row", OUTLINE.split("\n")[1:-1])
def test_each_change_of_the_thirteenth_plan_is_read_as_one(row: str) -> None:
    name, unit, base, goal, number = row.split()
    found = InAll(number, name, unit, share=unit == "%", levels=Levels(base, goal))
    assert (found.kind, found.falls) == ("change", False)


def test_without_a_plan_or_a_heading_there_are_no_targets(folder: Path, tmp_path: Path) -> None:
    plain = sheet(tmp_path, "年份,地区生产总值\n2020,5183.8\n", "plain.csv")
    assert faults(folder, plain, to="targets") == [("plan_table_none", "")]
    (folder / "plan/plan.toml").unlink()
    assert faults(folder, sheet(tmp_path)) == [("plan_table_no_plan", "")]


def test_a_heading_of_two_rows_and_one_in_english() -> None:
    cells = [["指标", "单位", "规划目标", "", "属性"], ["", "", "2020年", "2025年", ""]]
    merged = (Area(0, 0, 1, 0), Area(0, 1, 1, 1), Area(0, 2, 0, 3), Area(0, 4, 1, 4))
    found = find_heading(Grid(cells, merged=merged))
    assert found is not None
    assert (found.last, found.base, found.target, found.certain) == (1, 2020, 2025, True)
    plain = find_heading(Grid([["Indicator", "Unit", "2020 (actual)", "2030 target", "Annual growth", "Nature"]]))  # fmt: skip
    assert plain is not None
    assert (plain.base, plain.target, plain.columns["growth"]) == (2020, 2030, 4)
    assert find_heading(Grid([["年份", "产值"], ["2020", "1"]])) is None


@pytest.mark.parametrize(
    ("said", "apart"),
    [("年均增长8%", False), ("年均增长7%", True), ("年均增长9.3%", False), ("年均增长9.5%", True)],
)
def test_growth_may_lie_half_a_point_or_a_tenth_off(said: str, apart: bool) -> None:
    # (150 / 100)^(1 / 5) - 1 is 8.447 %
    found = growth_apart({"text": "达到150亿元", "base": "100", "note": said}, 5)
    assert (found is not None) == apart


def test_slow_growth_may_lie_half_a_point_off() -> None:
    # 1.1^(1 / 5) - 1 is 1.924 %
    of = {"text": "达到110亿元", "base": "100"}
    assert growth_apart({**of, "note": "年均增长2.4%"}, 5) is None
    assert growth_apart({**of, "note": "年均增长2.5%"}, 5) is not None
