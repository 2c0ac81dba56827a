"""Cross tables as bureaus make them."""

from __future__ import annotations

import io
import tomllib
from datetime import date

import pytest
import xlsxwriter
from songhua.reading.sheets.heading import heading_texts

from songhua.errors import Fault
from songhua.reading.sheets import Candidates, Mapping, read, read_map
from songhua.reading.sheets.grid import Grid

DEFAULTS = """
[defaults]
region = "rivertown"
kind = "actual"
source = "yearbook"
recorded = "2026-11-25"
"""


def mapped(text: str) -> Mapping:
    mapping, faults = read_map(text.encode())
    assert faults == []
    assert mapping is not None
    return mapping


def short(found: Candidates) -> list[tuple[str, ...]]:
    names = ("indicator", "industry", "period", "value", "unit")
    return [tuple(row[name] for name in names) for row in found.rows]


def codes(found: Candidates) -> list[str]:
    return [fault.code for fault in found.faults]


def fault(found: Candidates, code: str) -> Fault:
    return next(fault for fault in found.faults if fault.code == code)


def test_a_yearbook_table_with_merged_headings(book, yearbook, yearbook_map):
    found = read(book(yearbook), "gdp.xlsx", mapped(yearbook_map))
    assert found.faults == ()
    assert short(found) == [
        ("gdp", "all", "2020", "5183.8", "100m CNY"),
        ("gdp_growth", "all", "2020", "0.6", "%"),
        ("gdp", "all", "2021", "5351.7", "100m CNY"),
        ("gdp_growth", "all", "2021", "5.5", "%"),
        ("gdp", "primary", "2020", "615.7", "100m CNY"),
        ("gdp", "primary", "2021", "638.2", "100m CNY"),
        ("gdp_growth", "primary", "2021", "6.8", "%"),
        ("gdp", "industry", "2020", "1030.20", "100m CNY"),
        ("gdp_growth", "industry", "2020", "1.3", "%"),
        ("gdp", "tertiary", "2020", "3100", "100m CNY"),
        ("gdp_growth", "tertiary", "2020", "0.7", "%"),
        ("gdp", "tertiary", "2021", "3248.0", "100m CNY"),
        ("gdp_growth", "tertiary", "2021", "5.2", "%"),
    ]
    assert [found.origin(row) for row in (0, 5, 12)] == ["表2-7!B5", "表2-7!D6", "表2-7!E8"]
    assert [row["qualifier"] for row in found.rows].count("about") == 1
    assert found.rows[9]["qualifier"] == "about"
    assert found.rows[2]["note"] == "① 2021年为快报数。"
    assert found.rows[7]["note"] == "* 规模以上。"
    assert found.rows[0]["note"] == ""
    assert found.notes[:2] == ("2-7  地区生产总值", "单位：亿元")


def test_what_is_skipped_is_counted_and_named(book, yearbook, yearbook_map):
    found = read(book(yearbook), "gdp.xlsx", mapped(yearbook_map))
    told = [(s.why, s.text, s.n, s.first) for s in found.skipped]
    assert ("mark", "…", 1, "表2-7!C6") in told
    assert ("mark", "-", 1, "表2-7!D7") in told
    assert ("blank", "", 1, "表2-7!E7") in told
    assert [s.why for s in found.skipped].count("note") == 3


def test_a_note_stands_where_it_begins(book, yearbook, yearbook_map):
    cells = {**yearbook, "A12": "注：绝对值按当年价格", "C12": "增长按可比价格"}
    found = read(book(cells), "gdp.xlsx", mapped(yearbook_map))
    assert "注：绝对值按当年价格 增长按可比价格" in found.notes
    assert ("note", "表2-7!A12") in [(one.why, one.first) for one in found.skipped]


def test_a_csv_of_the_same_table_has_the_same_rows(book, yearbook, yearbook_map):
    lines = [
        "2-7 地区生产总值,,,,",
        ",,,,单位：亿元",
        "行业,2020年,,2021年①,",
        ",绝对值,比上年增长（%）,绝对值,比上年增长（%）",
        "地区生产总值,5183.8,0.6,5351.7,5.5",
        "第一产业,615.7,…,638.2,6.8",
        '其中：工业*,"1,030.20",1.3,-,',
        "第三产业,约3100,0.7,3248.0,5.2",
        "注：本表绝对值按当年价格计算。,,,,",
        "① 2021年为快报数。,,,,",
        "* 规模以上。,,,,",
    ]
    mapping = mapped(yearbook_map)
    workbook = read(book(yearbook), "gdp.xlsx", mapping)
    text = read("\r\n".join(lines).encode("gbk"), "gdp.csv", mapping)
    assert text.faults == ()
    assert text.table.equals(workbook.table)
    assert text.origin(0) == "B5"


def test_words_that_are_not_listed_come_with_lines_to_paste(book, yearbook, yearbook_map):
    parts = yearbook_map.replace('"第一产业" = "primary"\n', "")
    parts = parts.replace('"第三产业" = "tertiary"\n', "")
    found = read(book(yearbook), "gdp.xlsx", mapped(parts))
    told = fault(found, "import_words_unlisted")
    assert (told.row, told.column, told.params["many"]) == (6, "表2-7!A", 2)
    assert tomllib.loads(str(told.params["lines"])) == {
        "labels": {"industry": {"第一产业": "", "第三产业": ""}}
    }


def test_a_cell_is_read_where_all_of_its_words_are_listed(book):
    cells = {"A1": "行业", "B1": "甲（%）", "C1": "丙（%）",
             "A2": "工业", "B2": 1, "C2": 2, "A3": "矿业", "B3": 3, "C3": 4}  # fmt: skip
    text = '[rows]\nindustry = "A"\n[columns]\nindicator = 1\n'
    text += '[labels.indicator]\n"甲" = "a"\n[labels.industry]\n"工业" = "industry"\n'
    found = read(book(cells), "x", mapped(text + DEFAULTS + 'period = "2020"'))
    assert short(found) == [("a", "industry", "2020", "1", "%")]
    assert set(codes(found)) == {"import_words_unlisted"}


def test_words_over_two_rows_are_told_at_the_first(book):
    cells = {
        "A1:A2": "指标",
        "B1:C1": "季度",
        "B2": "一",
        "C2": "二",
        "A3": "财政收入",
        "B3": 1,
        "C3": 2,
    }
    text = """
[rows]
indicator = "A"
[columns]
period = [1, 2]
[labels.indicator]
"财政收入" = "revenue"
"""
    told = fault(read(book(cells), "x", mapped("heading = [1, 2]" + text)), "import_words_unlisted")
    assert (told.row, told.column, told.params["many"]) == (1, "表2-7!B", 2)
    assert tomllib.loads(str(told.params["lines"])) == {
        "labels": {"period": {"季度一": "", "季度二": ""}}
    }


def test_a_heading_that_is_not_clear_is_shown(book, yearbook, yearbook_map):
    one = yearbook_map.replace("period = 1\nindicator = 2", "period = 1")
    told = fault(read(book(yearbook), "x", mapped(one)), "import_heading_unclear")
    assert told.params["levels"] == 1
    assert "3: 行　业 | 2020年 | 2021年①" in str(told.params["rows"])
    assert "4: 绝对值" in str(told.params["rows"])


def test_the_heading_may_be_named(book, yearbook, yearbook_map):
    named = read(book(yearbook), "x", mapped("heading = [3, 4]" + yearbook_map))
    assert named.table.equals(read(book(yearbook), "x", mapped(yearbook_map)).table)
    short_ = read(book(yearbook), "x", mapped("heading = 4" + yearbook_map))
    assert codes(short_) == ["import_heading_short"]


def test_recorded_is_never_the_day_of_import(book, yearbook, yearbook_map):
    without = yearbook_map.replace("recorded = 2026-11-25", "")
    told = fault(read(book(yearbook), "x", mapped(without)), "import_recorded_missing")
    assert told.params["n"] == 13


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("增长", "import_unit_doubtful"), ("人数(万尺)", "import_unit_unknown"), ("总量", None)],
)
def test_the_tables_unit_is_not_given_to_what_has_another(book, heading, expected):
    cells = {"A1": "单位：亿元", "A2": "年份", "B2": heading, "A3": "2020年", "B3": 12.5}
    text = (
        f'[rows]\nperiod = "A"\n[columns]\nindicator = 1\n[labels.indicator]\n"{heading}" = "a"\n'
    )
    found = read(book(cells), "x", mapped(text + DEFAULTS))
    assert codes(found) == ([expected] if expected else [])


def test_a_label_may_set_several_columns(book):
    cells = {"A1": "指标", "B1": "2020年", "C1": "2021年预计", "A2": "增长", "B2": 2.5, "C2": 3}
    text = """
decimals = 1
[rows]
indicator = "A"
[columns]
period = 1
[labels.indicator]
"增长" = { indicator = "gdp_growth", unit = "%" }
[labels.period]
"2021年预计" = { period = "2021", kind = "expectation" }
"""
    found = read(book(cells), "x", mapped(text + DEFAULTS))
    assert found.faults == ()
    assert short(found) == [
        ("gdp_growth", "", "2020", "2.5", "%"),
        ("gdp_growth", "", "2021", "3.0", "%"),
    ]
    assert [row["kind"] for row in found.rows] == ["actual", "expectation"]


def test_years_over_quarters_and_a_unit_for_each_row(book):
    cells = {
        "A1:A2": "指标",
        "B1:B2": "计量单位",
        "C1:D1": 2021,
        "C2": "一季度",
        "D2": "1-8月",
        "A3": "财政收入",
        "B3": "万元",
        "C3": 1200,
        "D3": 5600,
        "A4": "就业人数",
        "B4": "万人",
        "C4": 310.5,
        "D4": "不足312",
    }
    text = """
[rows]
indicator = "A"
unit = "B"
[columns]
period = [1, 2]
[labels.indicator]
"财政收入" = "revenue"
"就业人数" = "employment"
"""
    found = read(book(cells), "x", mapped(text + DEFAULTS))
    assert found.faults == ()
    assert short(found) == [
        ("revenue", "", "2021-Q1", "1200", "10k CNY"),
        ("revenue", "", "2021-01..2021-08", "5600", "10k CNY"),
        ("employment", "", "2021-Q1", "310.5", "10k persons"),
        ("employment", "", "2021-01..2021-08", "312", "10k persons"),
    ]
    assert found.rows[3]["qualifier"] == "less_than"


def test_an_english_sheet_with_sections_ignored_words_and_a_merged_region(book):
    cells = {
        "A1": "Exports by region",
        "A2": "Unit: million USD",
        "A3": "Region",
        "B3": "Industry",
        "C3": "2019",
        "D3": "2020 [1]",
        "E3": "Remarks",
        "A4": "Core regions",
        "A5:A6": "River Town",
        "B5": "Food",
        "C5": 10.25,
        "D5": "(1.5)",
        "E5": "see annex",
        "B6": "Tools",
        "C6": "more than 20",
        "D6": "n/a",
        "A7": "Total",
        "C7": 30.25,
        "D7": 21,
        "A8": "[1] Preliminary.",
        "A9": "Prepared by the office",
    }
    text = """
ignore = ["total", "Remarks"]
[rows]
region = "A"
industry = "B"
[columns]
period = 1
[labels.region]
"river town" = "rivertown"
[labels.industry]
Food = "food"
Tools = "tools"
[defaults]
indicator = "exports"
kind = "actual"
source = "customs"
recorded = "2026-11-25"
"""
    found = read(book(cells, sheet="Table 1", Other={"A1": 1}), "x", mapped(text))
    assert found.faults == ()
    assert short(found) == [
        ("exports", "food", "2019", "10.25", "m USD"),
        ("exports", "food", "2020", "-1.5", "m USD"),
        ("exports", "tools", "2019", "20", "m USD"),
    ]
    assert {row["region"] for row in found.rows} == {"rivertown"}
    assert found.rows[1]["note"] == "[1] Preliminary."
    assert {
        ("section", "Core regions"),
        ("ignored", "Total"),
        ("ignored", "Remarks"),
        ("mark", "n/a"),
        ("note", "Prepared by the office"),
        ("sheet", "Other"),
    } <= {(s.why, s.text) for s in found.skipped}


def test_two_cells_for_one_observation_are_a_fault(book):
    cells = {"A1": "年份", "B1": "甲（%）", "C1": "乙（%）", "A2": 2020, "B2": 1, "C2": 2}
    text = '[rows]\nperiod = "A"\n[columns]\nindicator = 1\n'
    text += '[labels.indicator]\n"甲" = "a"\n"乙" = "a"\n'
    told = fault(read(book(cells), "x", mapped(text + DEFAULTS)), "import_same_twice")
    assert (told.row, told.column, told.params["first"]) == (2, "表2-7!C", "表2-7!B2")


def test_labels_may_be_filled_down_and_the_body_and_columns_chosen(book):
    cells = {
        "A1": "行业",
        "B1": "年份",
        "C1": "产值（万元）",
        "D1": "备注",
        "A2": "food",
        "B2": "2020年",
        "C2": 5,
        "D2": 9,
        "B3": "2021年",
        "C3": 6,
        "B4": "2022年",
        "C4": 7,
    }
    text = """
fill = "A"
body = [2, 3]
values = "C"
[rows]
industry = "A"
period = "B"
"""
    found = read(book(cells), "x", mapped(text + DEFAULTS + 'indicator = "output"'))
    assert found.faults == ()
    assert short(found) == [
        ("output", "food", "2020", "5", "10k CNY"),
        ("output", "food", "2021", "6", "10k CNY"),
    ]


def test_a_fault_that_repeats_is_told_once_with_its_count(book):
    cells: dict[str, object] = {"A1": "年份", "B1": "甲（%）"}
    for row in range(2, 502):
        cells |= {f"A{row}": f"{1500 + row}年", f"B{row}": "保密"}
    cells["B10"] = 4
    text = '[rows]\nperiod = "A"\n[columns]\nindicator = 1\n[labels.indicator]\n"甲" = "a"\n'
    found = read(book(cells), "x", mapped("heading = 1\n" + text + DEFAULTS))
    assert [(f.code, f.row, f.params["n"]) for f in found.faults] == [
        ("import_not_a_number", 2, 499)
    ]


def test_units_that_disagree_are_a_fault(book):
    cells = {"A1": "单位：亿元", "A2": "年份", "B2": "甲", "A3": 2020, "B3": 1.5}
    text = '[rows]\nperiod = "A"\n[columns]\nindicator = 1\n[labels.indicator]\n"甲" = "a"\n'
    found = read(book(cells), "x", mapped(text + DEFAULTS + 'unit = "万元"'))
    assert fault(found, "import_unit_differs").params["other"] == "100m CNY"
    cells["A1"] = "单位：亿元、%"
    assert codes(read(book(cells), "x", mapped(text + DEFAULTS))) == ["import_unit_missing"]
    assert codes(read(book(cells), "x", mapped(text + DEFAULTS + 'unit = "万元"'))) == []


def test_a_sheet_that_is_not_there_is_a_fault_with_the_names(book, yearbook, yearbook_map):
    found = read(book(yearbook), "x", mapped('sheet = "表3"' + yearbook_map))
    assert fault(found, "import_sheet_missing").params["sheets"] == ("表2-7",)


def test_more_decimals_than_a_figure_has_ask_for_the_map(book):
    cells = {"A1": "年份", "B1": "甲（%）", "A2": 2020, "B2": 1 / 3}
    text = '[rows]\nperiod = "A"\n[columns]\nindicator = 1\n[labels.indicator]\n"甲" = "a"\n'
    assert codes(read(book(cells), "x", mapped(text + DEFAULTS))) == ["import_decimals_many"]
    found = read(book(cells), "x", mapped("decimals = { B = 2 }\n" + text + DEFAULTS))
    assert found.rows[0]["value"] == "0.33"


def formatted(formats: dict[str, tuple[object, str]]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        workbook.add_worksheet("first").write("A1", 1)
        page = workbook.add_worksheet("second")
        page.write_row("A1", ["年份", "甲", "乙（亿元）"])
        for place, (value, code) in formats.items():
            page.write(place, value, workbook.add_format({"num_format": code}))
    return stream.getvalue()


def test_figures_are_read_as_the_workbook_shows_them():
    cells = {
        "A2": (2020, "0"),
        "B2": (0.052, "0.0%"),
        "C2": (3248, "#,##0.0_ "),
        "A3": (2021, "General"),
        "B3": (-0.00001, "0.0%"),
        "C3": (5351.65, "0.0"),
        "A4": (2022, '0"年"'),
        "B4": (0.1, "0%"),
        "C4": (1.25, "0.##"),
    }
    text = 'sheet = "second"\n[rows]\nperiod = "A"\n[columns]\nindicator = 1\n'
    text += '[labels.indicator]\n"甲" = "a"\n"乙" = "b"\n'
    found = read(formatted(cells), "x", mapped(text + DEFAULTS))
    assert found.faults == ()
    assert [(row["value"], row["unit"]) for row in found.rows] == [
        ("5.2", "%"),
        ("3248.0", "100m CNY"),
        ("0.0", "%"),
        ("5351.7", "100m CNY"),
        ("10", "%"),
        ("1.25", "100m CNY"),
    ]
    fixed = read(formatted(cells), "x", mapped("decimals = 2\n" + text + DEFAULTS))
    assert [row["value"] for row in fixed.rows[:2]] == ["5.20", "3248.00"]


def test_a_month_that_a_workbook_made_a_day_is_not_taken_for_a_day():
    cells = {"A2": (date(2021, 3, 1), "yyyy-mm-dd"), "C2": (5, "0")}
    text = 'sheet = "second"\n[rows]\nperiod = "A"\n[columns]\nindicator = 1\n'
    text += '[labels.indicator]\n"乙" = "b"\n'
    told = fault(read(formatted(cells), "x", mapped(text + DEFAULTS)), "import_words_unlisted")
    assert told.params["lines"] == '[labels.period]\n"2021-03-01" = ""'
    listed = text + '[labels.period]\n"2021-03-01" = "2021-03"\n'
    assert short(read(formatted(cells), "x", mapped(listed + DEFAULTS)))[0][2] == "2021-03"
    cells["A2"] = (date(2021, 3, 1), "yyyy-mm")
    assert short(read(formatted(cells), "x", mapped(text + DEFAULTS)))[0][2] == "2021-03"


def test_figures_without_a_label_and_two_units_for_one_cell_are_faults(book):
    cells = {"A1": "年份", "B1": "甲（万元）", "A2": 2020, "B2": 1.5, "B3": 2.5}
    text = '[rows]\nperiod = "A"\n[columns]\nindicator = 1\n[labels.indicator]\n"甲" = "a"\n'
    told = fault(read(book(cells), "x", mapped(text + DEFAULTS)), "import_row_label_blank")
    assert (told.row, told.params["n"]) == (3, 1)
    both = {"A1": "指标", "B1": "2020年（万元）", "A2": "甲（亿元）", "B2": 1.5}
    text = '[rows]\nindicator = "A"\n[columns]\nperiod = 1\n[labels.indicator]\n"甲" = "a"\n'
    told = fault(read(book(both), "x", mapped(text + DEFAULTS)), "import_unit_twice")
    assert (told.params["one"], told.params["other"]) == ("10k CNY", "100m CNY")


def test_a_row_of_a_mark_and_a_word_is_no_row_of_marks(book):
    cells = {"A1": "指标", "B1": "2020年（亿元）", "C1": "2021年（亿元）",
             "A2": "乙", "B2": 1.5, "C2": 2.5, "A3": "甲", "B3": "-", "C3": "多"}  # fmt: skip
    text = '[rows]\nindicator = "A"\n[columns]\nperiod = 1\n[labels.indicator]\n'
    text += '"甲" = "a"\n"乙" = "b"\n'
    told = fault(read(book(cells), "x", mapped(text + DEFAULTS)), "import_not_a_number")
    assert (told.row, told.column) == (3, "表2-7!C")


def test_three_levels_of_a_heading_where_one_below_is_blank():
    """A blank belongs to the text at its left as soon as any level below says something."""
    grid = Grid([["", "2020", "", "2021"], ["", "level", "", "level"], ["", "", "a", "b"]])
    assert [heading_texts(grid, (0, 1, 2), column, {0}) for column in (1, 2, 3)] == [
        ["2020", "level", "level"], ["2020", "level", "a"], ["2021", "level", "b"],
    ]  # fmt: skip
    one_blank = Grid([["", "2020", ""], ["", "level", "rate"], ["", "x", ""]])
    assert heading_texts(one_blank, (0, 1, 2), 2, {0}) == ["2020", "rate", "rate"]
