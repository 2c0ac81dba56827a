"""What a printed number and the word before it leave open."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua.errors import SonghuaError
from songhua.maths.bounds import Interval
from songhua.maths.wording import WIDE, Widths, from_print, word_width

printed = st.one_of(
    st.integers(-(10**6), 10**6).map(str),
    st.decimals(-1000, 1000, places=2, allow_nan=False).map(str),
)


def test_printed_words():
    assert from_print("1180", exact=True) == Interval(1180, 1180)
    assert from_print("1180", "about", exact=True) == Interval(1121, 1239)
    assert from_print("460", "at_least") == Interval(460, math.inf)
    assert from_print("460", "more_than") == Interval(460, math.inf)
    assert from_print("460", "more_than", width=Widths().of("460", "more_than")).high == 506
    assert from_print("5", "at_most") == from_print("5", "less_than") == Interval(-math.inf, 5)
    assert from_print("30", "nearly") == Interval(25, 30)
    assert from_print("-3", "nearly") == Interval(-3, -2.5)
    assert from_print("45", factor=Fraction(1, 100)).contains(Fraction(455, 1000))


def test_nearly_2000_is_not_3():
    assert not from_print("2000", "nearly").contains(3)
    assert not from_print("2000", "about").contains(9000)


def test_an_unknown_word_is_refused():
    with pytest.raises(SonghuaError) as error:
        from_print("4", "roughly")
    assert error.value.faults[0].code == "qualifier_unknown"


@given(printed, st.sampled_from(WIDE), st.fractions(0, 1))
def test_every_word_holds_its_number_and_reaches_its_width(text, word, share):
    widths = Widths(share)
    reach = widths.of(text, word)
    found = from_print(text, word, width=reach)
    value = Fraction(text)
    assert found.contains(value)
    assert reach >= abs(value) * share
    sides = 2 if word == "about" else 1
    # ends are rounded outward at the size of the number, which may be far larger than the width
    assert found.width <= float(sides * reach) * (1 + 1e-12) + 8 * math.ulp(found.high)


@given(printed)
def test_a_width_is_at_least_half_a_unit_of_the_last_digit_that_counts(text):
    if Fraction(text):
        width = word_width(text, Fraction(0))
        assert (Fraction(text) / (2 * width)).denominator == 1
        assert (Fraction(text) / (20 * width)).denominator != 1
