"""Values that a printed number and the word before leave open."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua.errors import SonghuaError
from songhua.labels import parse_unit
from songhua.maths.bounds import Interval
from songhua.maths.wording import WIDE, Widths, about_width, from_print

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
    assert from_print("30", "nearly") == Interval(28.5, 30)
    assert from_print("-3", "nearly") == Interval(-3, -2.5)
    assert from_print("45", factor=Fraction(1, 100)).contains(Fraction(455, 1000))


def test_nearly_2000_is_not_3():
    assert not from_print("2000", "nearly").contains(3)
    assert not from_print("2000", "about").contains(9000)


def test_an_unknown_word_is_refused():
    with pytest.raises(SonghuaError) as error:
        from_print("4", "roughly")
    assert error.value.faults[0].code == "qualifier_unknown"


@given(printed, st.sampled_from(WIDE), st.fractions(0, 1), st.booleans())
def test_every_word_holds_its_number_and_reaches_its_width(text, word, part, exact):
    reach = Widths(part).of(text, word, exact=exact)
    found = from_print(text, word, width=reach)
    value = Fraction(text)
    assert found.contains(value)
    assert reach >= abs(value) * part
    sides = 2 if word == "about" else 1
    # ends are rounded outward at the size of the number, which may be far larger than the width
    assert found.width <= float(sides * reach) * (1 + 1e-12) + 8 * math.ulp(found.high)


@given(printed)
def test_about_a_rounded_number_leaves_no_less_open_than_the_number(text):
    bare, about = from_print(text), from_print(text, "about")
    assert about.low <= bare.low <= bare.high <= about.high


UNITS = [None, *map(parse_unit, ("%", "‰", "pp", "x", "year", "count", "100m CNY"))]


@given(printed, printed, st.sampled_from(UNITS), st.booleans(), st.fractions(0, 1))
def test_about_a_larger_number_accepts_no_less(one, other, unit, of_share, part):
    """Whatever its digits and sign: 10 % as well as 9 %, 10,000 as well as 5,000."""
    less, more = sorted((Fraction(one), Fraction(other)))
    near, far = (about_width(number, unit, of_share, part) for number in (less, more))
    assert less - near <= more - far
    assert less + near <= more + far


@pytest.mark.parametrize(
    ("goal", "came", "met"),
    [("3", "3.3", True), ("7", "6.9", True), ("20", "19.1", True), ("4", "5.5", False),
     ("13", "12.2", False), ("5.5", "3.0", False)],
)  # fmt: skip
def test_what_offices_called_met_is_about_the_goal(goal, came, met):
    """Pairs of decision 55: prices 2010, growth 2015, energy 2010, prices 2011, money 2014."""
    reach = about_width(Fraction(goal), parse_unit("%"))
    assert (abs(Fraction(came) - Fraction(goal)) <= reach) == met
