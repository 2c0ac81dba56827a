"""Maps that are wrong: all their faults, never an exception."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua.reading.sheets import read_map


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a = ", "toml_unreadable"),
        ("header = 3", "map_key_unknown"),
        ('[rows]\nindustri = "A"', "map_column_unknown"),
        ('[rows]\nvalue = "A"', "map_column_unknown"),
        ('[rows]\nindustry = "A1"', "map_value_wrong"),
        ("[columns]\nperiod = 0", "map_value_wrong"),
        ("heading = true", "map_value_wrong"),
        ("body = [9, 3]", "map_value_wrong"),
        ('values = "G:B"', "map_value_wrong"),
        ("decimals = 40", "map_value_wrong"),
        ('decimal = ";"', "map_value_wrong"),
        ("decimal = []", "map_value_wrong"),
        ("year = 21", "map_value_wrong"),
        ("rows = 3", "map_value_wrong"),
        ('[rows]\nperiod = "A"\n[columns]\nperiod = 1', "map_twice"),
        ('[labels.industry]\n"a" = ""', "map_label_blank"),
        ('[labels.industry]\n"a" = { sector = "x" }', "map_column_unknown"),
        ('[defaults]\nunit = "fathoms"', "unit_unknown"),
        ('[defaults]\nperiod = "sometime"', "period_unreadable"),
    ],
)
def test_each_mistake_has_its_fault(text, code):
    mapping, faults = read_map(text.encode())
    assert mapping is None
    assert code in [fault.code for fault in faults]


def test_all_mistakes_are_told_at_once():
    _, faults = read_map(b'header = 3\nyear = 1\n[rows]\nindustry = 5\nsector = "A"')
    assert sorted(fault.code for fault in faults) == [
        "map_column_unknown",
        "map_key_unknown",
        "map_value_wrong",
        "map_value_wrong",
    ]


def test_periods_and_units_of_the_map_may_be_spoken():
    mapping, faults = read_map('[defaults]\nperiod = "2020年"\nunit = "亿元"'.encode())
    assert faults == []
    assert mapping is not None
    assert mapping.defaults == {"period": "2020", "unit": "100m CNY"}


VALUES = st.recursive(
    st.one_of(st.integers(-3, 3), st.booleans(), st.just("A"), st.just("B:D"), st.just("")),
    lambda inner: st.lists(inner, max_size=3),
)


@given(
    st.binary(), st.sampled_from(["heading", "body", "values", "fill", "decimals", "year"]), VALUES
)
def test_any_map_ends_in_a_mapping_or_in_faults(noise, name, value):
    for data in (noise, f"{name} = {value!r}".replace("T", "t").replace("F", "f").encode()):
        mapping, faults = read_map(data)
        assert (mapping is None) == bool(faults)
