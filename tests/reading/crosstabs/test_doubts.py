"""Sheets in small that once were doubtful or read wrongly: what is asked of each, or its figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest

from published_layouts import CASES as FOLDERS
from reading_tables import figures, read
from small import FILES, write
from songhua import store
from songhua.messages import LANGUAGES
from songhua.reading.crosstabs.texts import Words
from songhua.store.case import assembled
from songhua.store.source import parsed

JOBS = """
[jobs]
name = { en = "Jobs", zh = "就业" }
unit = "persons"
form = "level"
measure = "jobs"
definition = { en = "People at work." }
"""
PLACES = """
[places.east]
name = { en = "East", zh = "东区" }
role = "comparison"
"""
HEAD = '"Gross product, bn EUR",\n'
#: Quarters of three years, sums from January of which one is a mistake of print; and single ones.
SUMS = (1, 2, 3, 4), (1.1, 2.2, 33.3, 4.4), (1.2, 2.4, 3.6, 4.8)
SINGLE = (1, 1.2, 1.4, 1.6), (1.5, 1.7, 1.8, 1.9), (1.8, 2, 2.1, 2.2)


def quarters(years: Sequence[Sequence[float]]) -> str:
    """Gross product by quarter."""
    rows = [
        f"{2019 + k}-Q{q},{v}" for k, year in enumerate(years) for q, v in enumerate(year, start=1)
    ]
    return "\n".join(['"Gross product, bn EUR"', "Quarter,Gross product", *rows, ""])


#: The sheet of an English folder, and the kinds of questions that it raises.
ASKED = {
    "blank": (HEAD + "Place,Industry,2016\nEast,Food,1.5\n,Tools,1.0\n", {"blank"}),
    "decimal": ("Gross product (bn EUR)\nIndustry;2016\nTools;1,234\nFood;5,678\n", {"decimal"}),
    "downwards": (HEAD + "Industry,2016,2017 decrease (%)\nFood,1.5,2\n", {"role"}),
    "financial": (HEAD + "Industry,2009-10\nFood,1.5\nTools,2.5\n", {"year_begins"}),
    "financial_beside_growth": (
        "Gross product\n,,(bn EUR)\nIndustry,2015-16,2016-17 (RE),Annual % change\n"
        "Food,11,12,3\nTools,12,13,4\n", {"year_begins"},
    ),
    "missing": ("Gross product\nIndustry,2016\nFood,1.5\nTools,1.0\n", {"unit"}),
    "nought": (HEAD + "Industry,2016,2017,2018\nFood,150,0,151\nTools,2,1,3\n", {"nought"}),
    "near": (HEAD + "Place,2016\nRivertown,1.5\nRiverton,1.0\n", {"word"}),
    "prices": (
        '"Jobs, gross product"\nIndustry,"Gross product at constant prices, bn EUR",'
        '"Jobs, persons"\nFood,1.5,7\nTools,1.0,8\n', {"period"},
    ),
    "month": ('"Gross product (bn EUR), August 2021"\nIndustry,Value\nFood,1.5\nTools,1\n', {"time"}),
    "sums_with_a_mistake": (quarters(SUMS), {"time"}),
    "second_above": (
        HEAD + "Industry,2016,2017\nFood,1.5,3\nPlace,2016,2017\nEast,9.5,2\n", {"indicator"},
    ),
    "second_years": (
        HEAD + "Industry,2016,2017\nFood,1.5,2\nIndustry,Year,Year\nTools,9.5,1\n",
        {"period", "unit"},
    ),
    "section": (HEAD + "Industry,2016\nFood,1.5\nTowns,\nTools,1\n", {"sections"}),
    "twice_industry": (HEAD + "Industry,2016,Tools 2017\nFood,1.5,9\nTools,2.5,3\n", {"twice"}),
    "twice_title": (
        "Gross product in Upland\nEast\nUnit: bn EUR\nIndustry,2016\nFood,1.5\nTools,2\n",
        {"twice"},
    ),
    "twice_period": (
        '"Gross product (bn EUR), 2016"\n2017\nIndustry,Value\nFood,1.5\nTools,2\n',
        {"twice"},
    ),
    "twice_unit": (
        "Gross product\nUnit: bn EUR\nUnit: million EUR\nIndustry,2016\nFood,1.5\nTools,2\n",
        {"unit"},
    ),
    "no_heading": ("Food,1.5,7\nTools,1.0,8\n", {"table_nothing"}),
    "years_in_title": (
        '"Gross product (bn EUR), 2015 and 2017"\nIndustry,Value\nFood,1.5\nTools,1\n', {"period"},
    ),
    "year_so_far": (
        '"Gross product (bn EUR), 2021"\nIndustry,Year to date\nFood,1.5\nTools,1\n', {"part"},
    ),
    "year_alone": ("2016,,\nFood,1.5,7\nTools,1.0,8\n", {"table_nothing"}),
}  # fmt: skip
#: Doubts that are not asked yet: a second column of industries.
NOT_YET = {
    "two_columns": HEAD + "Industry,Kind,2016\nFood,Tools,1.5\nTools,Food,2\n",
}
#: The sheet, and its figures in short; new names stand behind a sign.
READ = {
    "edition": ('"Gross product (bn EUR), NACE 2008, 2016"\nIndustry,Value\nFood,1.5\nTools,2\n', [
        "gdp rivertown food 2016 1.5 bn EUR", "gdp rivertown tools 2016 2 bn EUR",
    ]),
    "serial_days": (
        "Indicator,Gross product,Jobs\nFrequency,year,year\nUnit,bn EUR,persons\n"
        "43465,1.5,7\n43830,2,8\n",
        [
            "gdp rivertown  2018 1.5 bn EUR", "jobs rivertown  2018 7 persons",
            "gdp rivertown  2019 2 bn EUR", "jobs rivertown  2019 8 persons",
        ],
    ),
    "part_of_new": (
        "2016\nItem,Unit,Value\nOutput,bn EUR,9\n of which: Food,,1.5\n",
        ["+Output rivertown  2016 9 bn EUR", "+Output rivertown food 2016 1.5 bn EUR"],
    ),
    "rate": ('Gross product\nIndustry,"2016, bn EUR",growth (%)\nFood,1.5,2\n', [
        "gdp rivertown food 2016 1.5 bn EUR", "gdp_growth rivertown food 2016 2 %",
    ]),
    "nought_of_few": (HEAD + "Industry,2016,2017,2018\nFood,12,0,11\n", [
        f"gdp rivertown food {2016 + k} {v} bn EUR" for k, v in enumerate((12, 0, 11))
    ]),
    "rounded_again": (HEAD + "Industry,2016\nFood,1.46\nFood,1.5\nTools,2\nTools,2.04\n", [
        "gdp rivertown food 2016 1.46 bn EUR", "gdp rivertown tools 2016 2.04 bn EUR",
    ]),
    "single_quarters": (quarters(SINGLE), [
        f"gdp rivertown  {2019 + k}-Q{q} {v} bn EUR"
        for k, year in enumerate(SINGLE) for q, v in enumerate(year, start=1)
    ]),
    "no_figures": (HEAD + "Industry,2016,2017\nFood,1.5,\nTools,1.0,\n", [
        "gdp rivertown food 2016 1.5 bn EUR", "gdp rivertown tools 2016 1.0 bn EUR",
    ]),
    "no_heading_left": (HEAD + "Industry,2016,\nFood,1.5,7\nTools,1.0,8\n", [
        "gdp rivertown food 2016 1.5 bn EUR", "gdp rivertown tools 2016 1.0 bn EUR",
    ]),
    "second_below": (
        HEAD + 'Industry,2016,2017\nFood,1.5,2\n"Gross product, bn EUR",,\nPlace,2016,2017\nEast,9.5,1\n',
        [
            "gdp rivertown food 2016 1.5 bn EUR", "gdp rivertown food 2017 2 bn EUR",
            "gdp east  2016 9.5 bn EUR", "gdp east  2017 1 bn EUR",
        ],
    ),
    "of_which": (
        "2016\nItem,Unit,Value\nGross product,bn EUR,9\n of which: Food,bn EUR,1.5\n"
        "Jobs,persons,900\n of which: Food,persons,70\n",
        [
            "gdp rivertown  2016 9 bn EUR", "gdp rivertown food 2016 1.5 bn EUR",
            "jobs rivertown  2016 900 persons", "jobs rivertown food 2016 70 persons",
        ],
    ),
    "unit_misfit": ("2016\nIndustry,Gross product (persons),Jobs (persons)\nFood,1.5,7\nTools,1,8\n", [
        "+Gross product (persons) rivertown food 2016 1.5 persons",
        "jobs rivertown food 2016 7 persons",
        "+Gross product (persons) rivertown tools 2016 1 persons",
        "jobs rivertown tools 2016 8 persons",
    ]),
    "multiplier": (
        "INDICATOR,ACTIVITY,UNIT_MEASURE,UNIT_MULT,TIME_PERIOD,OBS_VALUE\n"
        "Gross product,Food,EUR,6,2016,1.5\nJobs,Food,PS,3,2016,7\nJobs,Tools,PS,0,2016,800\n",
        [
            "gdp rivertown food 2016 1.5 m EUR", "jobs rivertown food 2016 7 k persons",
            "jobs rivertown tools 2016 800 persons",
        ],
    ),
    "scale_beside_unit": (
        "Gross product\nIndustry,UOM,SCALAR_FACTOR,2016\nFood,EUR,millions,1.5\nTools,EUR,units,7\n",
        ["gdp rivertown food 2016 1.5 m EUR", "gdp rivertown tools 2016 7 EUR"],
    ),
    "codes_and_ranks": (
        '"Gross product (bn EUR), 2016"\narea_fips,Place,size_code,Value,Rank in state,Margin of error\n'
        "39001,Rivertown,3,1.5,2,.1\n39003,East,4,1.0,3,.2\n",
        ["gdp rivertown  2016 1.5 bn EUR", "gdp east  2016 1.0 bn EUR"],
    ),
    "first_cells_alike": (
        "STRUCTURE,INDICATOR,ACTIVITY,Unit,TIME_PERIOD,OBS_VALUE\n"
        "DATAFLOW,Gross product,Food,EUR,2016,1.5\nDATAFLOW,Gross product,Tools,EUR,2016,2\n",
        ["gdp rivertown food 2016 1.5 EUR", "gdp rivertown tools 2016 2 EUR"],
    ),
    "changes": (
        '"Sales of firms, index (2015=100)"\nPeriod,Index,Change on previous quarter (%)\n'
        "2016 Q1,105.2,1.1\n2016 Q2,103,-2.1\n",
        [
            "+Sales of firms (2015=100) rivertown  2016-Q1 105.2 %",
            "+Sales of firms, Change on previous quarter rivertown  2016-Q1 1.1 %",
            "+Sales of firms (2015=100) rivertown  2016-Q2 103 %",
            "+Sales of firms, Change on previous quarter rivertown  2016-Q2 -2.1 %",
        ],
    ),
    "percent_below_money": (
        '"Gross product, bn EUR"\nIndustry,2016,Annual % change\nFood,11,2\nTools,12,3\n',
        [
            "gdp rivertown food 2016 11 bn EUR", "gdp_growth rivertown food 2016 2 %",
            "gdp rivertown tools 2016 12 bn EUR", "gdp_growth rivertown tools 2016 3 %",
        ],
    ),
    "days_of_quarters": ("Date,Jobs (persons)\n2016-01-01,105\n2016-04-01,103\n2016-07-01,101\n", [
        "jobs rivertown  2016-Q1 105 persons", "jobs rivertown  2016-Q2 103 persons",
        "jobs rivertown  2016-Q3 101 persons",
    ]),
    "flags_beside": (
        '"Gross product, bn EUR"\nGEO (Labels),2015,,2016,\nRivertown,11,b,12,\nEast,13,,14,p\n', [
            "gdp rivertown  2015 11 bn EUR", "gdp rivertown  2016 12 bn EUR",
            "gdp east  2015 13 bn EUR", "gdp east  2016 14 bn EUR",
        ],
    ),
    "paths_of_headings": (
        '"Gross product, bn EUR, 2016"\nIndustry,Rivertown!!Estimate,Rivertown!!Margin of Error,'
        "East!!Estimate,East!!Margin of Error\nFood,11,±1,12,±2\nTools,13,±1,14,±1\n", [
            "gdp rivertown food 2016 11 bn EUR", "gdp east food 2016 12 bn EUR",
            "gdp rivertown tools 2016 13 bn EUR", "gdp east tools 2016 14 bn EUR",
        ],
    ),
    "rows_of_blanks": (HEAD + "Industry,2016,2017\nFood,,\nTools,1.0,2\n", [
        "gdp rivertown tools 2016 1.0 bn EUR", "gdp rivertown tools 2017 2 bn EUR",
    ]),
}  # fmt: skip
CHINESE = {
    "four": ("地区生产总值（亿元）,,\n行业,2014年,2015年\n制造业,4,4.0\n", [
        "gdp heilongjiang manufacturing 2014 4 100m CNY",
        "gdp heilongjiang manufacturing 2015 4.0 100m CNY",
    ]),
    "part": (
        "主要指标\n指标,单位,2015年\n固定资产投资,亿元,9.5\n其中：第一产业,亿元,1.5\n就业人员,万人,7\n",
        [
            "investment heilongjiang  2015 9.5 100m CNY",
            "investment heilongjiang primary 2015 1.5 100m CNY",
            "employed heilongjiang  2015 7 10k persons",
        ],
    ),
    "quarters": ("地区生产总值（亿元）,,\n年份,一季度,二季度\n2014,1.5,2\n2015,2,2.5\n", [
        "gdp heilongjiang  2014-Q1 1.5 100m CNY", "gdp heilongjiang  2014-Q2 2 100m CNY",
        "gdp heilongjiang  2015-Q1 2 100m CNY", "gdp heilongjiang  2015-Q2 2.5 100m CNY",
    ]),
    "new_industry": ("地区生产总值（亿元）,\n行业,2015年\n制造业,8.5\n采矿 业,1\n园区,2\n", [
        "gdp heilongjiang manufacturing 2015 8.5 100m CNY",
        "gdp heilongjiang mining 2015 1 100m CNY", "gdp heilongjiang +园区 2015 2 100m CNY",
    ]),
}  # fmt: skip


@pytest.fixture
def words(tmp_path: Path) -> Words:
    """The words of the small folder, with jobs and one more place."""
    folder = write(
        tmp_path / "rivertown", indicators_toml=FILES["indicators.toml"] + JOBS,
        region_toml=FILES["region.toml"] + PLACES,
    )  # fmt: skip
    return Words(store.read(folder).region)


def ends(text: str, words: Words) -> tuple[set[str], list[str]]:
    """The kinds of questions and faults of a sheet, and its figures in short."""
    place = {"entries": "new", "place": words.folder.code}
    book = read("sheet.csv", text.encode(), words, place)
    names = {f"+{entry.id}": f"+{entry.name}" for entry in book.entries.by_key.values()}
    for question, lang in product(book.questions, LANGUAGES):
        assert question.fault("sheet.csv").words(lang)
    told = {question.kind for question in book.questions} | {fault.code for fault in book.faults}
    short: list[str] = []
    for sheet, at, _ in figures(book):
        labels, number = sheet.figures.labels[at], sheet.figures.numbers[at]
        ids = (labels.indicator, labels.region, labels.industry)
        texts = [*(names.get(id, id) for id in ids), labels.period, number.value, labels.unit]
        short.append(" ".join(texts))
    return told, short


@pytest.mark.parametrize("name", ASKED)
def test_a_doubt_is_asked(words: Words, name: str) -> None:
    text, kinds = ASKED[name]
    assert ends(text, words)[0] == kinds


def test_all_words_for_units_that_are_none_are_asked_about_at_once(words: Words) -> None:
    text = "Gross product\nUnit,Industry,2016\nMIO_NAC,Food,1\nPPS_HAB,Food,2\nMIO_EUR,Food,3\n"
    place = {"entries": "new", "place": words.folder.code}
    (question,) = read("sheet.csv", text.encode(), words, place).questions
    assert question.params["text"] == ("MIO_NAC", "PPS_HAB")
    left = read("sheet.csv", text.encode(), words, place | {question.key: "leave"})
    assert not left.questions
    assert len(list(figures(left))) == 1
    each = read("sheet.csv", text.encode(), words, place | {question.key: "each"})
    assert [q.key for q in each.questions] == ["unit mio_nac", "unit pps_hab"]


@pytest.mark.parametrize("name", NOT_YET)
def test_a_doubt_is_not_asked_yet(words: Words, name: str) -> None:
    assert ends(NOT_YET[name], words)[0] == set()


@pytest.mark.parametrize("name", READ)
def test_a_sheet_without_doubt_is_read(words: Words, name: str) -> None:
    text, rows = READ[name]
    assert ends(text, words) == (set(), rows)


@pytest.mark.parametrize("name", CHINESE)
def test_a_chinese_sheet_without_doubt_is_read(name: str) -> None:
    files = {path: text.encode() for path, text in FOLDERS["cn"].items()}
    text, rows = CHINESE[name]
    assert ends(text, Words(assembled(parsed(files, [])).region)) == (set(), rows)
