"""Intervals hold what they must, whatever the numbers; the chain is that of Kleene with one more."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from songhua.rules import intervals, truth_values
from songhua.rules.backends import Arrays, Scalars
from songhua.rules.intervals import Interval
from songhua.rules.score_bands import Band, banded
from songhua.rules.truth_values import MET, NOT_MET, POSSIBLE, UNKNOWN

SCALARS = Scalars()
numbers = st.integers(-50, 50).map(float)


@st.composite
def spans(draw: st.DrawFn, least: int = -50) -> tuple[Interval, float]:
    """An interval and a number in it."""
    ends = sorted(draw(st.tuples(*[st.integers(least, 50).map(float)] * 3)))
    return Interval(ends[0], ends[2], ends[0] == ends[2], ends[0] >= 0), ends[1]


def _inside(value: float, number: Interval) -> bool:
    return number.low - 1e-9 <= value <= number.high + 1e-9


@given(spans(), spans())
def test_sums_differences_and_products_hold_their_values(one: tuple, other: tuple) -> None:
    (a, x), (b, y) = one, other
    values = {"+": x + y, "-": x - y, "*": x * y, "max": max(x, y), "min": min(x, y)}
    for op, value in values.items():
        assert _inside(value, intervals.operate(SCALARS, op, a, b))


@given(spans(), spans(least=0))
def test_a_quotient_holds_its_values_and_over_nothing_is_nothing(one: tuple, other: tuple) -> None:
    (a, x), (b, y) = one, other
    found = intervals.operate(SCALARS, "/", a, b)
    if y > 0:
        assert _inside(x / y, found)
    if b.high == 0:
        assert (found.low, found.high) == (0.0, 0.0)


@given(spans(least=1), spans(least=0))
def test_a_rise_holds_its_values(before: tuple, after: tuple) -> None:
    (a, x), (b, y) = before, after
    assert _inside(y / x - 1, intervals.rise(SCALARS, a, b))


def test_no_growth_is_credited_from_nothing() -> None:
    assert intervals.rise(SCALARS, Interval.of(0.0), Interval.of(5.0)).high == -1


@given(spans(), spans(), st.sampled_from(["<", "<=", ">", ">="]))
def test_a_settled_comparison_holds_for_every_value(one: tuple, other: tuple, sign: str) -> None:
    (a, x), (b, y) = one, other
    truth = intervals.compare(SCALARS, sign, a, b)
    holds = {"<": x < y, "<=": x <= y, ">": x > y, ">=": x >= y}[sign]
    if truth in (MET, NOT_MET):
        assert (truth == MET) == holds
    else:
        assert a.low < a.high or b.low < b.high


def test_what_a_fact_leaves_open_is_unknown_and_a_judgement_possible() -> None:
    limit = Interval.of(5.0)
    assert intervals.compare(SCALARS, ">=", Interval(0.0, 9.0, False), limit) == UNKNOWN
    assert intervals.compare(SCALARS, ">=", Interval(0.0, 9.0, True), limit) == POSSIBLE
    assert intervals.compare(SCALARS, ">=", Interval(0.0, 4.0, False), limit) == NOT_MET


@pytest.mark.parametrize("truths", list(itertools.product(range(4), repeat=3)))
def test_n_of_m_agrees_with_all_and_any(truths: tuple[int, ...]) -> None:
    assert (
        truth_values.at_least(SCALARS, 3, truths)
        == truth_values.conjunction(SCALARS, truths)
        == min(truths)
    )
    assert (
        truth_values.at_least(SCALARS, 1, truths)
        == truth_values.disjunction(SCALARS, truths)
        == max(truths)
    )
    assert truth_values.at_least(SCALARS, 2, truths) == sorted(truths)[1]


def test_the_opposite_keeps_what_is_open() -> None:
    assert [truth_values.negation(SCALARS, g) for g in range(4)] == [
        MET,
        UNKNOWN,
        POSSIBLE,
        NOT_MET,
    ]


BANDS = (Band(">=", 30, 7, 8), Band(">=", 10, 5, 6), Band(">", 0, 1, 2), Band("", 0, 0, 0))


@given(spans())
def test_a_score_holds_that_of_every_value(one: tuple) -> None:
    a, x = one
    span = banded(SCALARS, a, BANDS, rising=True)
    point = banded(SCALARS, Interval.of(x), BANDS, rising=True)
    assert span.low <= point.low <= point.high <= span.high


@pytest.mark.parametrize(
    ("value", "low"), [(30, 7), (29.9, 5), (10, 5), (9.9, 1), (0.1, 1), (0, 0)]
)
def test_open_and_closed_ends_of_bands(value: float, low: float) -> None:
    assert banded(SCALARS, Interval.of(float(value)), BANDS, rising=True).low == low


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 99))
def test_an_exact_edge_counts_as_reached_and_a_clear_gap_does_not(
    a: int, b: int, percent: int
) -> None:
    share, edge = Fraction(a, b), Fraction(percent, 100)
    assume(share == edge or abs(share - edge) > edge / 10**8)
    number = intervals.operate(SCALARS, "/", Interval.of(float(a)), Interval.of(float(b)))
    met = intervals.compare(SCALARS, ">=", number, Interval.of(percent / 100)) == MET
    assert met == (share >= edge)


@given(st.lists(st.tuples(spans(), spans(least=0)), min_size=1, max_size=20))
def test_arrays_give_what_plain_values_give(pairs: list) -> None:
    import numpy as np

    def stack(at: int) -> Interval:
        numbers = [pair[at][0] for pair in pairs]
        ends = (np.array([getattr(n, e) for n in numbers]) for e in ("low", "high"))
        return Interval(*ends, np.array([n.known for n in numbers]), at == 1)

    a, b = stack(0), stack(1)
    many = intervals.operate(Arrays(), "/", a, b)
    truths = intervals.compare(Arrays(), ">=", many, Interval.of(0.5))
    for at, ((x, _), (y, _)) in enumerate(pairs):
        x = Interval(x.low, x.high, x.known)
        one = intervals.operate(SCALARS, "/", x, y)
        assert (one.low, one.high) == (many.low[at], many.high[at])
        assert truths[at] == intervals.compare(SCALARS, ">=", one, Interval.of(0.5))


@pytest.mark.parametrize("turned", [False, True])
def test_a_span_beside_a_number_keeps_both_ends(turned: bool) -> None:
    pair = (Interval(1.0, 5.0, True), Interval.of(3.0))
    a, b = pair[::-1] if turned else pair
    most, least = (intervals.operate(SCALARS, op, a, b) for op in ("max", "min"))
    assert (most.low, most.high, least.low, least.high) == (3.0, 5.0, 1.0, 3.0)
    two, three = Interval.of(2.0), Interval.of(3.0)
    assert intervals.operate(SCALARS, "max", two, three) == three
    assert intervals.operate(SCALARS, "min", two, three) == two


def test_a_quotient_beyond_all_numbers_is_no_bound() -> None:
    found = Arrays().over(np.array([1e300, 1.0]), np.array([1e-300, 2.0]))
    assert found.tolist() == [np.inf, 0.5]
