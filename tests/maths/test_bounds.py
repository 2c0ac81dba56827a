"""Intervals contain every possible value, and printed numbers have the bounds of rounding."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songhua.errors import SonghuaError
from songhua.maths.bounds import (
    EVERYTHING,
    Interval,
    as_interval,
    enclose,
    rounding_bound,
)

finite = st.floats(-1e9, 1e9, allow_nan=False)


@st.composite
def held(draw):
    """An interval and an exact number inside it."""
    low, high = sorted((draw(finite), draw(finite)))
    share = draw(st.fractions(0, 1, max_denominator=1000))
    inside = Fraction(low) + share * (Fraction(high) - Fraction(low))
    return Interval(low, high), inside


@settings(deadline=None)
@given(held(), held())
def test_sum_difference_product_hold_every_pair(a, b):
    (one, x), (other, y) = a, b
    assert (one + other).contains(x + y)
    assert (one - other).contains(x - y)
    assert (one * other).contains(x * y)
    assert one.min(other).contains(min(x, y))
    assert one.max(other).contains(max(x, y))
    assert abs(one).contains(abs(x))
    assert (-one).contains(-x)


@settings(deadline=None)
@given(held(), held())
def test_quotient_holds_every_pair(a, b):
    (one, x), (other, y) = a, b
    quotient = one / other
    if other.contains(0):
        assert quotient == EVERYTHING
    if y != 0:
        assert quotient.contains(x / y)


@settings(deadline=None)
@given(held(), st.integers(-4, 5))
def test_whole_power_holds_every_value(a, n):
    one, x = a
    if x != 0:
        assert (one**n).contains(x**n)


@settings(deadline=None)
@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_square_root_holds_the_root(low, more):
    root = Interval(low, low + more) ** 0.5
    assert Fraction(root.low) ** 2 <= low
    assert Fraction(root.high) ** 2 >= low + more
    assert (Interval(low, low) ** 0.5).width < 1e-9 * math.sqrt(low) + 1e-12


@settings(deadline=None)
@given(st.integers(-(2**26), 2**26), st.integers(-(2**26), 2**26))
def test_whole_numbers_stay_exact(x, y):
    a, b = Interval(x, x), Interval(y, y)
    assert a + b == Interval(x + y, x + y)
    assert a - b == Interval(x - y, x - y)
    assert a * b == Interval(x * y, x * y)


@settings(deadline=None)
@given(st.fractions())
def test_enclose_is_tight(x):
    found = enclose(x, x)
    assert found.contains(x)
    assert found.point or math.nextafter(found.low, math.inf) == found.high


def test_enclose_of_numbers_too_large_for_a_float():
    assert enclose(10**400, 10**400) == Interval(1.7976931348623157e308, math.inf)
    assert enclose(-(10**400), 0) == Interval(-math.inf, 0)


def test_open_ends():
    up = Interval(2, math.inf)
    assert up * 0 == Interval(0, 0)
    assert 1 / up == Interval(0, math.nextafter(0.5, 1))
    assert -up * up == Interval(-math.inf, -4)
    assert up - up == EVERYTHING
    assert (up**2).high == math.inf
    assert (Interval(1e300, 1e300) ** 2).high == math.inf
    assert Interval(0, 4) ** -1 == EVERYTHING
    assert Interval(-4, -1) ** 0.5 == EVERYTHING
    assert up.middle > 2
    assert EVERYTHING.middle == 0


@pytest.mark.parametrize("ends", [(2, 1), (math.nan, 1), (math.inf, math.inf)])
def test_ends_that_are_no_interval_are_refused(ends):
    with pytest.raises(SonghuaError) as error:
        Interval(*ends)
    assert error.value.faults[0].code == "interval_ends"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("45", Fraction(89, 2), Fraction(91, 2)),
        ("0.60", Fraction("0.595"), Fraction("0.605")),
        ("0.6", Fraction("0.55"), Fraction("0.65")),
        ("-0.4", Fraction("-0.45"), Fraction("-0.35")),
        ("+9.3", Fraction("9.25"), Fraction("9.35")),
    ],
)
def test_rounding_bound_is_half_a_unit_in_the_last_place(text, low, high):
    found = rounding_bound(text)
    assert found.contains(low)
    assert found.contains(high)
    assert found.width == pytest.approx(float(high - low), rel=1e-12)


@pytest.mark.parametrize(
    "text", ["", "1,180", "1e9", "nan", "inf", "4.", ".5", "１２", "1_0", "4 5"]
)
def test_what_is_not_a_printed_number_is_refused(text):
    with pytest.raises(SonghuaError) as error:
        rounding_bound(text)
    assert error.value.faults[0].code == "number_unreadable"


def test_plain_numbers_become_intervals():
    assert as_interval(3) == Interval(3, 3)
    assert as_interval(0.1) == Interval(0.1, 0.1)
    assert as_interval(Fraction(1, 10)).contains(Fraction(1, 10))
