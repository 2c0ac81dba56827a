"""Intervals hold what they must, whatever the numbers; the chain is that of Kleene with one more."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from songhua.rules import algebra
from songhua.rules.algebra import MET, NOT_MET, POSSIBLE, UNKNOWN, Band, Num
from songhua.rules.carriers import Arrays, Plain

OPS = Plain()
numbers = st.integers(-50, 50).map(float)


@st.composite
def spans(draw: st.DrawFn, least: int = -50) -> tuple[Num, float]:
    """An interval and a number in it."""
    ends = sorted(draw(st.tuples(*[st.integers(least, 50).map(float)] * 3)))
    return Num(ends[0], ends[2], ends[0] == ends[2], ends[0] >= 0), ends[1]


def _inside(value: float, number: Num) -> bool:
    return number.low - 1e-9 <= value <= number.high + 1e-9


@given(spans(), spans())
def test_sums_differences_and_products_hold_their_values(one: tuple, other: tuple) -> None:
    (a, x), (b, y) = one, other
    for op, value in (
        (algebra.add, x + y), (algebra.subtract, x - y), (algebra.multiply, x * y),
        (algebra.largest, max(x, y)), (algebra.smallest, min(x, y)),
    ):  # fmt: skip
        assert _inside(value, op(OPS, a, b))


@given(spans(), spans(least=0))
def test_a_quotient_holds_its_values_and_over_nothing_is_nothing(one: tuple, other: tuple) -> None:
    (a, x), (b, y) = one, other
    found = algebra.divide(OPS, a, b)
    if y > 0:
        assert _inside(x / y, found)
    if b.high == 0:
        assert (found.low, found.high) == (0.0, 0.0)


@given(spans(least=1), spans(least=0))
def test_a_rise_holds_its_values(before: tuple, after: tuple) -> None:
    (a, x), (b, y) = before, after
    assert _inside(y / x - 1, algebra.rise(OPS, a, b))


def test_no_growth_is_credited_from_nothing() -> None:
    assert algebra.rise(OPS, Num.of(0.0), Num.of(5.0)).high == -1


@given(spans(), spans(), st.sampled_from(["<", "<=", ">", ">="]))
def test_a_settled_comparison_holds_for_every_value(one: tuple, other: tuple, sign: str) -> None:
    (a, x), (b, y) = one, other
    grade = algebra.compare(OPS, sign, a, b)
    truth = {"<": x < y, "<=": x <= y, ">": x > y, ">=": x >= y}[sign]
    if grade in (MET, NOT_MET):
        assert (grade == MET) == truth
    else:
        assert a.low < a.high or b.low < b.high


def test_what_a_fact_leaves_open_is_unknown_and_a_judgement_possible() -> None:
    limit = Num.of(5.0)
    assert algebra.compare(OPS, ">=", Num(0.0, 9.0, False), limit) == UNKNOWN
    assert algebra.compare(OPS, ">=", Num(0.0, 9.0, True), limit) == POSSIBLE
    assert algebra.compare(OPS, ">=", Num(0.0, 4.0, False), limit) == NOT_MET


@pytest.mark.parametrize("grades", list(itertools.product(range(4), repeat=3)))
def test_n_of_m_agrees_with_all_and_any(grades: tuple[int, ...]) -> None:
    assert algebra.at_least(OPS, 3, grades) == algebra.every(OPS, grades) == min(grades)
    assert algebra.at_least(OPS, 1, grades) == algebra.some(OPS, grades) == max(grades)
    assert algebra.at_least(OPS, 2, grades) == sorted(grades)[1]


def test_the_opposite_keeps_what_is_open() -> None:
    assert [algebra.opposite(OPS, g) for g in range(4)] == [MET, UNKNOWN, POSSIBLE, NOT_MET]


BANDS = (Band(">=", 30, 7, 8), Band(">=", 10, 5, 6), Band(">", 0, 1, 2), Band("", 0, 0, 0))


@given(spans())
def test_a_score_holds_that_of_every_value(one: tuple) -> None:
    a, x = one
    span = algebra.banded(OPS, a, BANDS, rising=True)
    point = algebra.banded(OPS, Num.of(x), BANDS, rising=True)
    assert span.low <= point.low <= point.high <= span.high


@pytest.mark.parametrize(
    ("value", "low"), [(30, 7), (29.9, 5), (10, 5), (9.9, 1), (0.1, 1), (0, 0)]
)
def test_open_and_closed_ends_of_bands(value: float, low: float) -> None:
    assert algebra.banded(OPS, Num.of(float(value)), BANDS, rising=True).low == low


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 99))
def test_an_exact_edge_counts_as_reached_and_a_clear_gap_does_not(
    a: int, b: int, percent: int
) -> None:
    share, edge = Fraction(a, b), Fraction(percent, 100)
    assume(share == edge or abs(share - edge) > edge / 10**8)
    number = algebra.divide(OPS, Num.of(float(a)), Num.of(float(b)))
    met = algebra.compare(OPS, ">=", number, Num.of(percent / 100)) == MET
    assert met == (share >= edge)


@given(st.lists(st.tuples(spans(), spans(least=0)), min_size=1, max_size=20))
def test_arrays_give_what_plain_values_give(pairs: list) -> None:
    import numpy as np

    def stack(at: int) -> Num:
        numbers = [pair[at][0] for pair in pairs]
        ends = (np.array([getattr(n, e) for n in numbers]) for e in ("low", "high"))
        return Num(*ends, np.array([n.known for n in numbers]), at == 1)

    a, b = stack(0), stack(1)
    many = algebra.divide(Arrays(), a, b)
    grades = algebra.compare(Arrays(), ">=", many, Num.of(0.5))
    for at, ((x, _), (y, _)) in enumerate(pairs):
        x = Num(x.low, x.high, x.known)
        one = algebra.divide(OPS, x, y)
        assert (one.low, one.high) == (many.low[at], many.high[at])
        assert grades[at] == algebra.compare(OPS, ">=", one, Num.of(0.5))
