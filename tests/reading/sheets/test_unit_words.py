"""Units as statistical offices print them, in words and codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua.grammar.unit_words import index_base, unit_in_words
from songhua.labels import parse_unit
from songhua.reading.crosstabs.printed_units import Printed, printed_unit, printed_units
from songhua.reading.sheets.units import spoken_unit

_FOLDER = frozenset({"USD", "CNY", "EUR", "GBP", "INR", "BRL", "RUB"})


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("100 million yuan", "100m CNY"),
        ("10000 yuan", "10k CNY"),
        ("10 000 persons", "10k persons"),
        ("10 000 tce", "10k tce"),
        ("Thousand persons", "k persons"),
        ("thousands of persons", "k persons"),
        ("Persons in thousands", "k persons"),
        ("Number of persons", "persons"),
        ("000 Hours", "k hour"),
        ("Million euro", "m EUR"),
        ("Tsd. EUR", "k EUR"),
        ("Mil Reais", "k BRL"),
        ("Pessoas", "persons"),
        ("млрд.рублей", "bn RUB"),
        ("MIO_EUR", "m EUR"),
        ("EUR_HAB", "EUR per persons"),
        ("THS_PER", "k persons"),
        ("percentage", "%"),
        ("亿千瓦小时", "100m kWh"),
        ("亿立方米", "100m m3"),
        ("人/平方公里", "persons per km2"),
    ],
)
def test_units_in_the_words_of_offices(text, unit):
    assert spoken_unit(text) == unit
    assert printed_unit(text, _FOLDER) == Printed(unit)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Thousands of dollars", Printed("k USD")),
        ("Millions of current dollars", Printed("m USD", current=True)),
        ("Thousands of chained 2012 dollars", Printed("k USD@2012")),
        ("pounds million", Printed("m GBP")),
        ("£ million", Printed("m GBP")),
        ("in Rs. Cr.", Printed("10m INR")),
        ("Rs. crore", Printed("10m INR")),
        ("'000", Printed(scale="k")),
        ("000", Printed(scale="k")),
        ("x 1,000", Printed(scale="k")),
        ("THS", Printed(scale="k")),
        ("Anzahl", Printed(scale="")),
        ("PCH_PRE", Printed("%", change="previous_period")),
        ("per 1,000", Printed(per=1000)),
        ("I05", Printed(base="2005")),
        ("Quantity index", Printed(base="")),
        ("base 100 en 2015", Printed(base="2015")),
        ("2018 equals 100", Printed(base="2018")),
        ("1978年=100", Printed(base="1978")),
        ("上年=100", Printed(base="previous_year")),
        ("上年同月=100", Printed(base="previous_year")),
        ("女=100", Printed(base="女")),
    ],
)
def test_what_the_folder_or_the_indicator_must_settle(text, printed):
    assert printed_unit(text, _FOLDER) == printed


@pytest.mark.parametrize(
    "text",
    ["104 tce", "104 tn", "108 cu.m", "1010 kJ", "Mil EUR", "2012 dollars", "100 tons", "亿米", "双",
     "-", "hdr", "matrimonios", "MIO_NAC", "Rs. Cr. dollars", "chained dollars", "USA"],
)  # fmt: skip
def test_a_unit_that_no_notation_holds_is_not_known(text):
    assert printed_unit(text, _FOLDER) is None


@pytest.mark.parametrize("text", ["in Rs. Cr.", "£ million", "Thousands of dollars", "THS"])
def test_a_word_for_several_currencies_is_none_without_a_folder(text):
    assert spoken_unit(text) is None


def test_units_of_a_line_come_in_the_order_printed():
    assert [p.unit for p in printed_units("户、人", _FOLDER)] == ["count", "persons"]
    assert [p.unit for p in printed_units("户、％", _FOLDER)] == ["count", "%"]
    assert [p.unit for p in printed_units("10,000 yuan, %", _FOLDER)] == ["10k CNY", "%"]
    assert printed_units("户、?", _FOLDER) == ()


def test_an_index_and_a_bare_rate_take_no_other_unit():
    assert Printed(base="2015").of("%") == Printed(base="").of("100m CNY") == ""
    assert Printed(per=1000).of("places per 10000 persons") == "places per 1000 persons"
    assert Printed(per=1000).of("%") == "‰"
    assert Printed(per=1000).of("persons") == ""


@given(st.one_of(st.text(), st.text("0123456789 ,.'=%$£milthousandofeuryuncrx_I")))
def test_any_text_is_a_unit_that_parses_or_none(text):
    worded = unit_in_words(text)
    assert worded is None or parse_unit(worded[0])
    assert index_base(text) is None or spoken_unit(text) is None
    assert all(p.unit == "" or parse_unit(p.unit) for p in printed_units(text, _FOLDER))
