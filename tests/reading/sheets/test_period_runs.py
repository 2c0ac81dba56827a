"""Periods as statistical offices print them, alone and in rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua.grammar.period_runs import frequency_of, read_periods
from songhua.grammar.periods import spoken_period
from songhua.labels import parse_period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2019年1-12月累计", "2019"),
        ("2019年1-8月累计", "2019-01..2019-08"),
        ("2018:Q2", "2018-Q2"),
        ("2018T2", "2018-Q2"),
        ("1er trimestre 2019", "2019-Q1"),
        ("1º trimestre de 2019", "2019-Q1"),
        ("1. Quartal 2019", "2019-Q1"),
        ("IV квартал 2017 г.", "2017-Q4"),
        ("Jan-1978", "1978-01"),
        ("2014 JAN", "2014-01"),
        ("2021M05", "2021-05"),
        ("janeiro de 2014", "2014-01"),
        ("März 2014", "2014-03"),
        ("août 2019", "2019-08"),
        ("diciembre 2014", "2014-12"),
        ("31.12.2021", "2021-12-31"),
        ("31/12/2021", "2021-12-31"),
        ("12/31/2021", "2021-12-31"),
        ("1. Januar 2020", "2020-01-01"),
        ("April 1, 2010", "2010-04-01"),
        ("2021 [note 3]", "2021"),
        ("2019³", "2019"),
        ("2020p", "2020"),
        ("2020 r", "2020"),
        ("2012 Jan†", "2012-01"),
    ],
)
def test_periods_in_the_languages_of_offices(text, period):
    assert spoken_period(text) == period


@pytest.mark.parametrize(
    "text",
    ["2021-W05", "1951-52", "Jan-14", "Jan-80", "03/04/2021", "2010年末", "2020e", "2020f", "t1",
     "202105", "36891", "2021-13", "April 1, 2010 Census", "31/31/2021", "02/19"],
)  # fmt: skip
def test_a_text_that_may_be_two_periods_is_none(text):
    assert spoken_period(text) is None


def _periods(texts, **known):
    return [reading.period for reading in read_periods(texts, **known)]


def _reasons(texts, **known):
    return [reading.reason for reading in read_periods(texts, **known)]


@pytest.mark.parametrize(
    ("texts", "periods"),
    [
        ("2010-10 2010-11 2010-12", "2010-10 2010-11 2010-12"),
        ("Jan-80 Feb-80", "1980-01 1980-02"),
        ("Dec-49 Jan-50", "1949-12 1950-01"),
        ("Jan-14 Dec-13 Nov-13", "2014-01 2013-12 2013-11"),
        ("12/31/2020 01/01/2021", "2020-12-31 2021-01-01"),
        ("01/11/2020 01/12/2020 01/01/2021", "2020-11 2020-12 2021-01"),
        ("202101 202102", "2021-01 2021-02"),
        ("2012_Jan Feb Mar", "2012-01 2012-02 2012-03"),
        ("Nov Dec 2014_Jan", "2013-11 2013-12 2014-01"),
        ("2013_Feb Jan Dec", "2013-02 2013-01 2012-12"),
        ("2012 Q1 Q2 2013 Q1", "2012 2012-Q1 2012-Q2 2013 2013-Q1"),
        ("2020年一季度 上半年 前三季度 全年", "2020-Q1 2020-H1 2020-01..2020-09 2020"),
        ("2019年1-2月 1-4月 1-12月累计", "2019-01..2019-02 2019-01..2019-04 2019"),
        ("2025年 2024年 2023年", "2025 2024 2023"),
    ],
)
def test_neighbours_settle_what_a_text_leaves_open(texts, periods):
    printed = [text.replace("_", " ") for text in texts.split()]
    assert _periods(printed) == periods.split()


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (["1951-52", "1952-53"], "financial_year"),
        (["2010-11", "2011-12"], "financial_year"),
        (["2021/2022"], "financial_year"),
        (["2004-05"], "month_or_financial_year"),
        (["Jan-40", "Feb-40"], "century"),
        (["Jan-80"], "century"),
        (["Jan-01", "Jan-02", "Jan-03"], "month_or_day"),
        (["03/04/2021", "01/02/2021"], "day_or_month"),
        (["36891", "37000"], "number"),
        (["2021-W05"], "week"),
        (["2010年末"], "year_end"),
        (["Feb", "Mar"], "year_missing"),
        (["forecast"], "other"),
    ],
)
def test_what_stays_open_says_why(texts, reason):
    assert _periods(texts) == [None] * len(texts)
    assert set(_reasons(texts)) == {reason}


@pytest.mark.parametrize(
    "texts",
    [["2012 Q1", "Q4"], ["2012 Jan", "Feb", "2015 Mar"], ["2012 Jan", "Feb", "Feb", "2013 Jan"]],
)
def test_a_year_that_neighbours_leave_open_is_not_filled(texts):
    assert "order" in _reasons(texts)


def test_a_financial_year_begins_in_the_month_that_is_told():
    assert _periods(["1951-52"], year_begins=4) == ["1951-04..1952-03"]
    assert _periods(["2004-05", "2005-06"], year_begins=7) == ["2004/05", "2005/06"]


def test_a_day_stands_for_what_the_frequency_says():
    assert _periods(["1984-11-01", "1985-02-01"], frequency="quarter") == ["1984-Q4", "1985-Q1"]
    assert _periods(["1978-12-31", "1979-12-31"], frequency="year") == ["1978", "1979"]
    assert _periods(["2024-12", "2023-12"], frequency="year") == ["2024", "2023"]
    assert _periods(["36891", "37256"], frequency="year") == ["2000", "2001"]
    assert _reasons(["2020-06-30", "2021-06-30"], frequency="year") == ["financial_year"] * 2


def test_quarterly_figures_stand_in_the_row_of_the_last_month():
    months = ["2018-05", "2018-06", "2018-07"]
    assert _periods(months, frequency="quarter") == [None, "2018-Q2", None]
    assert _reasons(months, frequency="quarter") == ["inside", "", "inside"]


def test_days_of_no_known_frequency_are_months_or_doubtful():
    assert _periods(["2020-01-01", "2020-02-01", "2020-03-01"])[2] == "2020-03"
    assert _reasons(["1978-12-31", "1979-12-31", "1980-12-31"]) == ["year_days"] * 3


def test_marks_are_kept_beside_their_period():
    read = read_periods(["2018", "2019\n[note 3]", "2020 p"])
    assert [r.mark for r in read] == ["", "[note 3]", "p"]
    assert [frequency_of(word) for word in ("Quarter", "季", "年", "?")] == [
        "quarter", "quarter", "year", "",
    ]  # fmt: skip


_PIECES = st.sampled_from(
    ["2012", "Jan", "2012 Jan", "Q4", "2010-11", "03/04/2021", "Jan-40", "36891", "1-3月", "", "x"]
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=12))
def test_any_row_is_read_to_periods_or_reasons(texts):
    read = read_periods(texts)
    assert len(read) == len(texts)
    for reading in read:
        assert reading.period is None or str(parse_period(reading.period)) == reading.period
