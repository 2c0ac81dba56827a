"""Periods, numbers and units as they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua.grammar import lexicon
from songhua.grammar.periods import spoken_period
from songhua.labels import parse_period
from songhua.reading.sheets.numbers import PLAIN, cell_text, read_number
from songhua.reading.sheets.units import spoken_unit
from songhua.reading.sheets.words import key


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2020年", "2020"),
        ("2020", "2020"),
        ("２０２０年度", "2020"),
        ("2021年1-3月", "2021-Q1"),
        ("2021年1—8月", "2021-01..2021-08"),
        ("1-8月", "2020-01..2020-08"),
        ("一季度", "2020-Q1"),
        ("第四季度", "2020-Q4"),
        ("2021年前三季度", "2021-01..2021-09"),
        ("上半年", "2020-H1"),
        ("2021年 下半年", "2021-H2"),
        ("2021年12月", "2021-12"),
        ("2021年十二月份", "2021-12"),
        ("2021年3月9日", "2021-03-09"),
        ("2021.3", "2021-03"),
        ("2016-2020年", "2016..2020"),
        ("2016至2020年", "2016..2020"),
        ("全年", "2020"),
        ("Q1 2021", "2021-Q1"),
        ("2021Q3", "2021-Q3"),
        ("2nd quarter of 2021", "2021-Q2"),
        ("Q1-Q3 2021", "2021-01..2021-09"),
        ("H1 2021", "2021-H1"),
        ("January 2021", "2021-01"),
        ("Jan.-Aug. 2021", "2021-01..2021-08"),
        ("Sep 2021", "2021-09"),
        ("2024/25", "2024/25"),
    ],
)
def test_periods(text, period):
    assert spoken_period(text, "2020") == str(parse_period(period))


@pytest.mark.parametrize("text", ["2021年末", "5月", "2021年13月", "合计", "Q1 2021 Q2", ""])
def test_what_is_no_period(text):
    assert spoken_period(text) is None


def test_a_month_alone_is_a_month_of_no_year_and_asks():
    assert spoken_period("8月", "2020") == "2020-08"
    assert spoken_period("8月") is None


@pytest.mark.parametrize(
    ("cell", "value", "qualifier"),
    [
        ("1,234,567.80", "1234567.80", ""),
        ("1 234.5", "1234.5", ""),
        ("−3.5", "-3.5", ""),
        ("(3.5)", "-3.5", ""),
        (".5", "0.5", ""),
        ("约 100", "100", "about"),
        ("100左右", "100", "about"),
        ("超过100", "100", "more_than"),
        ("不超过100", "100", "at_most"),
        ("100以上", "100", "at_least"),
        ("100以下", "100", "at_most"),
        ("不足100", "100", "less_than"),
        ("近100", "100", "nearly"),
        ("not more than 5", "5", "at_most"),
        ("more than 5", "5", "more_than"),
        ("5 or more", "5", "at_least"),
        ("增长5.20%", "5.20", ""),
        ("增长约5.2%", "5.2", "about"),
        ("↓3", "-3", ""),
        (3248.0, "3248", ""),
        (0.1 + 0.2, "0.3", ""),
    ],
)
def test_numbers(cell, value, qualifier):
    number = read_number(cell)
    assert number is not None
    assert (number.value, number.qualifier) == (value, qualifier)


@pytest.mark.parametrize(
    "cell", ["1,23", "1.2.3", "▲5", "约5以上", "下降-3", "五", True, 1 / 3, 1e300]
)
def test_what_is_no_number(cell):
    assert read_number(cell) is None


@given(st.one_of(st.text(), st.floats(), st.integers(), st.text("0123456789,.-约%①( )eE+")))
def test_any_cell_is_a_number_a_blank_or_neither(cell):
    number = read_number(cell)
    assert number is None or number.blank is not None or PLAIN.fullmatch(number.value)


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_number_kept_by_a_workbook_is_read_back(number):
    assert float(cell_text(float(number))) == float(number)


@given(st.text())
def test_any_text_may_be_asked_for_a_unit_or_a_period(text):
    assert (spoken_unit(text) is None) or spoken_unit(text)
    period = spoken_period(text, "2020")
    assert period is None or str(parse_period(period)) == period
    assert key(key(text)) == key(text)


@pytest.mark.parametrize("number", range(1, 13))
def test_numerals_and_months_are_the_same_months(number):
    numeral = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"][
        number - 1
    ]
    month = next(name for name, value in lexicon.words()["months"].items() if value == number)
    expected = f"2021-{number:02d}"
    assert spoken_period(f"2021年{numeral}月") == spoken_period(f"{month} 2021") == expected
