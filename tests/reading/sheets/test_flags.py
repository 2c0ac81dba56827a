"""Flags beside the numbers of statistical offices, and cells that say why they hold none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading_tables import rows_of as read
from songhua.reading.sheets.flags import split_flags, split_scale
from songhua.reading.sheets.numbers import PLAIN, read_number


@pytest.mark.parametrize(
    ("cell", "value", "status", "marks"),
    [
        ("5.2 u", "5.2", "unreliable", "u"),
        ("4700p", "4700", "provisional", "p"),
        ("93e", "93", "estimated", "e"),
        ("1,234 b", "1234", "break", "b"),
        ("4.0 bu", "4.0", "break unreliable", "bu"),
        ("12 p", "12", "provisional", "p"),
        ("13(r)", "13", "revised", "r"),
        ("r13", "13", "revised", "r"),
        ("5.2 E", "5.2", "unreliable", "E"),
        ("*5.2", "5.2", "unreliable", "*"),
        ("**5.2", "5.2", "unreliable", "**"),
        ("-3.5 p", "-3.5", "provisional", "p"),
        ("5.2% p", "5.2", "provisional", "p"),
        ("5.2 u¹", "5.2", "unreliable", "u¹"),
        ("110.2¹", "110.2", "", "¹"),
        ("5.2*", "5.2", "", "*"),
    ],
)
def test_a_flag_is_parted_from_its_number(cell, value, status, marks):
    number = read_number(cell)
    assert number is not None
    assert (number.value, number.status, number.marks) == (value, status, marks)


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        (":", "absent"), (": u", "unreliable"), (":c", "suppressed"), (": bc", "break suppressed"),
        (": z", "not_applicable"), ("(D)", "suppressed"), (" (NA)", "absent"), ("(NM)", "not_applicable"),
        ("np", "suppressed"), ("x", "suppressed"), ("F", "unreliable"), ("(L)", "too_small"),
        ("~", "absent"), ("..", "absent"), ("...", "absent"), ("#N/A", "error"),
        ("-", ""), ("***", ""),
    ],
)  # fmt: skip
def test_a_cell_without_a_number_says_why(cell, status):
    number = read_number(cell)
    assert number is not None
    assert number.blank is not None
    assert (number.value, number.status) == ("", status)


@pytest.mark.parametrize(
    "cell",
    ["5 pc", "5 m", "500 rs", "12 q", "a", "b", "e", "f", "p", "r", "5.2 pp", "#REF!", "#DIV/0!",
     "1.2万", "▲3.0", "u 5", "c5", "3.7)", "5.2 uu", ": q"],
)  # fmt: skip
def test_letters_that_are_no_flag_are_refused(cell):
    assert read_number(cell) is None


def test_a_triangle_is_a_minus_where_the_sheet_is_japanese():
    assert [read_number(c, triangle=True).value for c in ("▲3.0", "△ 1,234")] == ["-3.0", "-1234"]
    assert read_number("▲-3.0", triangle=True) is None


def test_a_scale_is_given_apart():
    assert split_scale("1.2万") == ("1.2", "10k")
    assert split_scale("1,234.5 million") == ("1,234.5", "m")
    assert split_scale("3亿") == ("3", "100m")
    assert split_scale("1.2万元") is None


_LIST = """recorded,indicator,region,period,value,unit,kind,source
2026-11-25,gdp,rivertown,2020,{value},bn EUR,actual,yearbook
"""


def test_a_flag_goes_into_the_note_of_a_list():
    found = read(_LIST.format(value="10.50 bu").encode(), "a.csv")
    assert found.faults == ()
    assert (found.rows[0]["value"], found.rows[0]["note"]) == ("10.50", "bu")


def test_a_forecast_is_no_figure():
    found = read(_LIST.format(value="10.50 f").encode(), "a.csv")
    assert [fault.code for fault in found.faults] == ["import_not_a_number"]


@given(st.one_of(st.text(), st.text("0123456789.,pruebE ()*:-%")))
def test_no_flag_becomes_part_of_a_number(text):
    rest, flag, status = split_flags(text)
    assert bool(flag) == bool(status)
    assert not flag or text.strip() != rest
    number = read_number(text)
    assert number is None or number.blank is not None or PLAIN.fullmatch(number.value)
