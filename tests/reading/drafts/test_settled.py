"""Every kind of doubt: a choice settles it as intended, and the next sheet needs no answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from songhua.reading.drafts.choices import AnsweredDoubt

from small import FILES, write
from songhua import messages, store
from songhua.errors import SonghuaError

GIVEN = {"source": "paper", "recorded": "2026-01-01"}
JOBS = """
[jobs]
name = { en = "Jobs", zh = "就业" }
unit = "persons"
form = "level"
measure = "jobs"
definition = { en = "People at work." }

[nominal_growth]
name = { en = "Nominal growth", zh = "名义增速" }
unit = "%"
form = "growth"
measure = "value_added"
of = "gdp"
basis = "current"
definition = { en = "At current prices." }
"""
PLACES = """
[places.east]
name = { en = "East", zh = "东区" }
role = "comparison"
"""


@dataclass(frozen=True)
class Case:
    """A sheet, the answers to its doubts, and some of the resulting readings.

    `lasts` is whether the next sheet of its form is asked nothing.
    """

    text: str
    code: str
    answers: Sequence[str]
    read: Sequence[tuple[str, ...]]
    lasts: bool = True
    next: str = ""


HEAD = '"Gross product, bn EUR",\n'
CASES = {
    "ahead": Case('"Gross product (bn EUR), planned"\nIndustry,2031\nFood,1.5\n', "draft_ahead",
                  ["target", "as"], [("gdp", "rivertown", "food", "2031", "1.5")]),
    "blank": Case(HEAD + "Place,Industry,2016\nEast,Food,1.5\n,Tools,1.0\n", "draft_blank",
                  ["fill"], [("gdp", "east", "tools", "2016", "1.0")]),
    "decimal": Case("Gross product (bn EUR)\nIndustry;2016\nTools;1,234\nFood;5,678\n",
                    "draft_decimal", ["comma"], [("gdp", "rivertown", "food", "2016", "5.678")]),
    "downwards": Case(HEAD + "Industry,2016,2017 decrease (%)\nFood,1.5,2\n", "draft_downwards",
                      ["leave"], [("gdp", "rivertown", "food", "2016", "1.5")]),
    "many": Case(HEAD + "Industry,2009-10\nFood,1.5\nTools,2.5\n", "draft_many", ["2009"],
                 [("gdp", "rivertown", "food", "2009", "1.5")], lasts=False,
                 next=HEAD + "Industry,2010-11\nFood,1.6\nTools,2.5\n"),
    "missing": Case("Gross product\nIndustry,2016\nFood,1.5\nTools,1.0\n", "draft_missing",
                    ["bn EUR"], [("gdp", "rivertown", "food", "2016", "1.5")]),
    "month": Case('"Gross product (bn EUR), August 2021"\nIndustry,Value\nFood,1.5\nTools,1\n',
                  "draft_month", ["cumulative"],
                  [("gdp", "rivertown", "food", "2021-01..2021-08", "1.5")],
                  next='"Gross product (bn EUR), May 2022"\nIndustry,Value\nFood,1.7\nTools,1\n'),
    "near": Case(HEAD + "Place,2016\nRivertown,1.5\nRiverton,1.0\n", "draft_near", ["leave"],
                 [("gdp", "rivertown", "", "2016", "1.5")]),
    "no_figures": Case(HEAD + "Industry,2016,2017\nFood,1.5,\nTools,1.0,\n", "draft_no_figures",
                       ["as"], [("gdp", "rivertown", "food", "2016", "1.5")]),
    "no_heading_left": Case(HEAD + "Industry,2016,\nFood,1.5,7\nTools,1.0,8\n", "draft_no_heading",
                            ["leave"], [("gdp", "rivertown", "food", "2016", "1.5")]),
    "no_heading_given": Case("2016,,\nIndustry,Gross product (bn EUR),\nFood,1.5,7\nTools,1.0,8\n",
                             "draft_no_heading", ["Jobs (persons)"],
                             [("jobs", "rivertown", "food", "2016", "7")]),
    "no_heading_period": Case(HEAD + "Industry,2016,\nFood,1.5,7\nTools,1.0,8\n",
                              "draft_no_heading", ["2017"],
                              [("gdp", "rivertown", "food", "2017", "7")], lasts=False),
    "no_heading_at_all": Case("2016,,\nFood,1.5,7\nTools,1.0,8\n", "draft_no_heading",
                              ["Gross product (bn EUR)", "Jobs (persons)"],
                              [("gdp", "rivertown", "tools", "2016", "1.0"),
                               ("jobs", "rivertown", "tools", "2016", "8")]),
    "not_even_a_title": Case("Food,1.5,7\nTools,1.0,8\n", "draft_no_heading",
                             ["Gross product (bn EUR) 2016", "leave", "rivertown"],
                             [("gdp", "rivertown", "tools", "2016", "1.0")], lasts=False),
    "period_named": Case('"Gross product (bn EUR), 2021"\nIndustry,Year to date\nFood,1.5\nTools,1\n',
                         "draft_period", ["as"], [("gdp", "rivertown", "food", "2021", "1.5")],
                         next='"Gross product (bn EUR), 2022"\nIndustry,Year to date\nFood,1.7\nTools,1\n'),
    "period_typed": Case('"Gross product (bn EUR), 2021"\nIndustry,Year to date\nFood,1.5\nTools,1\n',
                         "draft_period", ["2021-01..2021-09"],
                         [("gdp", "rivertown", "food", "2021-01..2021-09", "1.5")], lasts=False),
    "prices": Case('"Jobs, gross product"\nIndustry,"Gross product at constant prices, bn EUR","Jobs, persons"\n'
                   "Food,1.5,7\nTools,1.0,8\n", "draft_prices", ["leave", "2016"],
                   [("jobs", "rivertown", "food", "2016", "7")], lasts=False),
    "rate": Case('Gross product\nIndustry,"2016, bn EUR",growth (%)\nFood,1.5,2\n', "draft_rate",
                 ["nominal_growth"], [("nominal_growth", "rivertown", "food", "2016", "2")]),
    "second_above": Case(HEAD + "Industry,2016,2017\nFood,1.5,3\nPlace,2016,2017\nEast,9.5,2\n",
                         "draft_second_heading", ["above"],
                         [("gdp", "rivertown", "food", "2016", "1.5")],
                         next=HEAD + "Industry,2017,2018\nFood,1.6,3\nTools,1.7,4\nPlace,2017,2018\nEast,9.5,1\n"),
    "second_below": Case(HEAD + "Industry,2016,2017\nFood,1.5,2\n\"Gross product, bn EUR\",,\n"
                         "Place,2016,2017\nEast,9.5,1\n",
                         "draft_second_heading", ["below"],
                         [("gdp", "east", "", "2016", "9.5")]),
    "second_skip": Case(HEAD + "Industry,2016,2017\nFood,1.5,2\nIndustry,Year,Year\nTools,9.5,1\n",
                        "draft_second_heading", ["skip"],
                        [("gdp", "rivertown", "food", "2016", "1.5"),
                         ("gdp", "rivertown", "tools", "2016", "9.5")]),
    "section": Case(HEAD + "Industry,2016\nFood,1.5\nTowns,\nTools,1\n", "draft_section", ["as"],
                    [("gdp", "rivertown", "tools", "2016", "1")]),
    "twice_title": Case("Gross product in Upland\nEast\nUnit: bn EUR\nIndustry,2016\nFood,1.5\nTools,2\n",
                        "draft_twice", ["upland"], [("gdp", "upland", "food", "2016", "1.5")]),
    "twice_period": Case('"Gross product (bn EUR), 2016"\n2017\nIndustry,Value\nFood,1.5\nTools,2\n',
                         "draft_twice", ["2017"], [("gdp", "rivertown", "food", "2017", "1.5")], lasts=False),
    "twice_unit": Case("Gross product\nUnit: bn EUR\nUnit: million EUR\nIndustry,2016\nFood,1.5\nTools,2\n",
                       "draft_twice", ["m EUR"], [("gdp", "rivertown", "food", "2016", "1.5")]),
    "two_columns_heading": Case(HEAD + "Place,Period,2016\nEast,2016,1.5\nUpland,2016,2\n", "draft_two_columns",
                                ["heading", "as"], [("gdp", "east", "", "2016", "1.5")]),
    "twice_indicator": Case("2016\nItem,Gross product (bn EUR),Value\nJobs (persons),1.5,7\n",
                            "draft_twice", ["leave"], []),
    "twice_industry": Case(HEAD + "Industry,2016,Tools 2017\nFood,1.5,9\nTools,2.5,3\n",
                           "draft_twice", ["food"], [("gdp", "rivertown", "food", "2017", "9"),
                                                    ("gdp", "rivertown", "tools", "2017", "3")]),
    "two_columns": Case(HEAD + "Industry,Kind,2016\nFood,Tools,1.5\nTools,Food,2\n",
                        "draft_two_columns", ["A", "as"], [("gdp", "rivertown", "food", "2016", "1.5")]),
    "two_meanings": Case("2016\nItem,Unit,Value\nGross product,bn EUR,9\n of which: Food,bn EUR,1.5\n"
                         "Jobs,persons,900\n of which: Food,persons,70\n of which: Tools,persons,30\n",
                         "draft_two_meanings", ["leave"], []),
    "unexplained": Case('"Gross product, bn EUR"\nxyz\nIndustry,2016\nFood,1.5\n',
                        "draft_unexplained", ["as"], [("gdp", "rivertown", "food", "2016", "1.5")]),
    "unit_misfit": Case("2016\nIndustry,Gross product (persons),Jobs (persons)\nFood,1.5,7\nTools,1.0,8\n",
                        "draft_unit_misfit", ["leave"], [("jobs", "rivertown", "food", "2016", "7")]),
}  # fmt: skip
#: Doubts that no choice settles; the page says why.
STATED = {"draft_disagrees", "draft_no_table", "draft_nothing"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(
        tmp_path / "rivertown", indicators_toml=FILES["indicators.toml"] + JOBS,
        region_toml=FILES["region.toml"] + PLACES,
    )  # fmt: skip


def settled(folder: Path, file: Path, answers: Sequence[str]) -> tuple[store.Drafted, set[str]]:
    """The draft of a sheet to whose doubts was answered what may be answered; codes on the way."""
    said: list[AnsweredDoubt] = []
    codes: set[str] = set()
    made = store.draft_map(store.at(folder), file, GIVEN)
    for _ in range(12):
        made = store.draft_map(store.at(folder), file, GIVEN, answered=said)
        codes |= {one.code for one in made.doubts}
        more = [
            told for one in made.choices
            if (told := next(filter(None, map(one.answer, answers)), None)) is not None
        ]  # fmt: skip
        if not more:
            return made, codes
        used = {one.value for one in more[:1]}
        said += more[:1]
        if len(answers) > 1 and not used & {"leave", "as"}:
            answers = [one for one in answers if one not in used]
    return made, codes


def later(text: str) -> str:
    """The same sheet a year on, with other figures."""
    found = re.sub(r"20(\d\d)", lambda m: f"20{(int(m[1]) + 1) % 100:02}", text)
    return re.sub(r"(?m),(\d)(?=\.\d|,|$)", lambda m: f",{int(m[1]) % 9 + 1}", found)


@pytest.mark.parametrize("name", CASES)
def test_a_doubt_is_settled_and_the_next_sheet_is_asked_nothing(folder: Path, name: str) -> None:
    case = CASES[name]
    file = folder.parent / "sheet.csv"
    file.write_text(case.text, "utf-8")
    made, codes = settled(folder, file, case.answers)
    assert case.code in codes, codes
    assert [one.words("en") for one in made.doubts] == [], made.toml
    map_file = folder.parent / "map.toml"
    map_file.write_text(made.toml, "utf-8")
    done = store.add(store.at(folder), file, map_file)
    columns = ["indicator", "region", "industry", "period", "value"]
    rows = set(done.rows[columns].itertuples(index=False, name=None))
    assert set(case.read) <= rows
    file.write_text(case.next or later(case.text), "utf-8")
    try:
        following = len(store.add(store.at(folder, dry_run=True), file, defaults=GIVEN).rows)
    except SonghuaError as error:
        following = 0
        assert not case.lasts, [one.words("en") for one in error.faults]
    assert (following > 0) == case.lasts


def test_each_kind_of_doubt_has_a_choice_or_a_reason() -> None:
    kinds = {code for code in messages.catalogue("en")["faults"] if code.startswith("draft_")}
    kinds -= {"draft_alone", "draft_list"}  # those are of the command line
    assert kinds == {one.code for one in CASES.values()} | STATED | {"draft_source_missing"}
