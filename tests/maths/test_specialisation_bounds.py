"""Bounds and intervals of location quotients: nothing outside, and no wider than need be."""

import itertools
import math
from fractions import Fraction
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua.errors import SonghuaError
from songhua.maths.specialisation import location_quotients, quotient_bounds, quotient_interval

SHAPE = (2, 3)
CELLS = SHAPE[0] * SHAPE[1]
ends = st.tuples(st.integers(0, 30), st.integers(0, 20)).map(lambda t: (t[0], t[0] + t[1]))
boxes = st.lists(ends, min_size=CELLS, max_size=CELLS)


def _frame(values):
    return pd.DataFrame(np.reshape(values, SHAPE), index=["a", "b"], columns=["x", "y", "z"])


def _quotient(levels, row, column):
    """The exact quotient of one cell, None where it has none."""
    table = [levels[i * SHAPE[1] : (i + 1) * SHAPE[1]] for i in range(SHAPE[0])]
    region, industry = sum(table[row]), sum(line[column] for line in table)
    if region == 0 or industry == 0:
        return None
    return Fraction(table[row][column]) * sum(levels) / (region * industry)


@given(boxes, st.integers(0, 10**6))
def test_no_levels_within_the_bounds_leave_them(box, seed):
    random = Random(seed)
    low, high = quotient_bounds(_frame([a for a, _ in box]), _frame([b for _, b in box]))
    corners = list(itertools.product(*box))
    drawn = [[Fraction(a) + Fraction(random.random()) * (b - a) for a, b in box] for _ in range(40)]
    for row, column in itertools.product(range(SHAPE[0]), range(SHAPE[1])):
        found = [_quotient(levels, row, column) for levels in [*corners, *drawn]]
        defined = [q for q in found if q is not None]
        least, most = low.iat[row, column], high.iat[row, column]
        if math.isnan(least):
            assert not defined
        else:
            assert least <= min(defined)
            assert max(defined) <= most


@given(boxes.filter(lambda box: all(low > 0 for low, _ in box)))
def test_the_bounds_are_reached(box):
    low, high = quotient_bounds(_frame([a for a, _ in box]), _frame([b for _, b in box]))
    for row, column in itertools.product(range(SHAPE[0]), range(SHAPE[1])):
        own = row * SHAPE[1] + column
        steps = [Fraction(box[own][0]) + Fraction(k, 400) * (box[own][1] - box[own][0])
                 for k in range(401)]  # fmt: skip
        values = {True: [], False: []}
        for upward, a in itertools.product((True, False), steps):
            levels = []
            for k, (least, most) in enumerate(box):
                beside = k // SHAPE[1] == row or k % SHAPE[1] == column
                levels.append(most if beside != upward else least)
            levels[own] = a
            values[upward].append(_quotient(levels, row, column))
        assert low.iat[row, column] == pytest.approx(float(min(values[False])), rel=1e-12)
        best = float(max(values[True]))
        assert best <= high.iat[row, column] <= best * (1 + 1e-3)


def test_the_greatest_quotient_can_lie_inside():
    low = pd.DataFrame([[0.1, 1.0], [1.0, 100.0]], index=["a", "b"], columns=["x", "y"])
    high = low.copy()
    high.at["a", "x"] = 1000.0
    least, most = quotient_bounds(low, high)
    ends = [location_quotients(frame).at["a", "x"] for frame in (low, high)]
    assert least.at["a", "x"] == pytest.approx(min(ends), rel=1e-12)
    assert most.at["a", "x"] > 2 * max(ends) > 2
    top = (1 + math.sqrt(101 * 101)) / 100
    at_top = low.copy()
    at_top.at["a", "x"] = top
    assert most.at["a", "x"] == pytest.approx(location_quotients(at_top).at["a", "x"], rel=1e-12)


def test_exact_levels_have_narrow_bounds():
    frame = _frame([3, 1, 4, 1, 5, 9])
    low, high = quotient_bounds(frame, frame)
    exact = location_quotients(frame)
    assert ((low <= exact) & (exact <= high)).all(axis=None)
    assert ((high - low) / exact < 1e-13).all(axis=None)


@given(boxes, st.lists(ends, min_size=3, max_size=3), st.integers(0, 10**6))
def test_a_reference_bounded_on_its_own(box, nation, seed):
    random = Random(seed)
    labels = ["x", "y", "z"]
    sides = tuple(pd.Series([pair[k] for pair in nation], index=labels) for k in (0, 1))
    low, high = quotient_bounds(
        _frame([a for a, _ in box]), _frame([b for _, b in box]), reference=sides
    )
    everything = [*box, *nation]
    drawn = [
        [random.choice((Fraction(a), Fraction(b), Fraction(random.random()) * (b - a) + a))
         for a, b in everything] for _ in range(60)
    ]  # fmt: skip
    for levels, row, column in itertools.product(drawn, range(SHAPE[0]), range(SHAPE[1])):
        own, their = levels[row * 3 : row * 3 + 3], levels[CELLS:]
        if sum(own) == 0 or their[column] == 0:
            continue
        quotient = own[column] / sum(own) * (sum(their) / their[column])
        assert low.iat[row, column] <= quotient <= high.iat[row, column]


def test_a_reference_with_exact_figures_has_narrow_bounds():
    frame = _frame([3, 1, 4, 1, 5, 9])
    nation = pd.Series({"z": 30, "x": 10, "y": 20})
    low, high = quotient_bounds(frame, frame, reference=(nation, nation))
    exact = location_quotients(frame, nation)
    assert ((low <= exact) & (exact <= high)).all(axis=None)
    assert ((high - low) / exact < 1e-13).all(axis=None)


def test_bounds_by_period_missing_and_refused():
    frame = _frame([3, 1, 4, 1, 5, 9])
    panel = pd.concat({2020: frame, 2021: frame * 2})
    low, high = quotient_bounds(panel, panel + 1)
    one, two = quotient_bounds(frame * 2, frame * 2 + 1)
    pd.testing.assert_frame_equal(low.loc[2021], one)
    pd.testing.assert_frame_equal(high.loc[2021], two)
    gap = frame.astype(float)
    gap.iat[0, 0] = np.nan
    assert all(side.isna().all(axis=None) for side in quotient_bounds(gap, frame))
    with pytest.raises(SonghuaError, match=r"4\.0 to 3\.0 is not an interval"):
        quotient_bounds(frame + 1, frame)
    with pytest.raises(SonghuaError, match="other"):
        quotient_bounds(frame, frame.rename(columns={"x": "other"}))


def test_an_interval_covers_as_often_as_it_says():
    rng = np.random.default_rng(7)
    share, draws, size = np.array([0.1, 0.3, 0.6]), 4000, 300
    sample = pd.DataFrame(rng.multinomial(size, share, draws), columns=list("xyz"))
    nation = pd.Series({"x": 30, "y": 30, "z": 40})
    truth = share / np.array([0.3, 0.3, 0.4])
    low, high = quotient_interval(sample, pd.Series(size, index=sample.index), nation, level=0.9)
    covered = ((low <= truth) & (truth <= high)).mean()
    assert covered.between(0.88, 0.92).all()


def test_an_interval_at_the_edges():
    frame = _frame([0, 10, 0, 1, 2, 3])
    size = pd.Series({"b": np.nan, "a": 10})
    nation = pd.Series({"x": 1, "y": 1, "z": 2})
    low, high = quotient_interval(frame, size, nation)
    assert low.at["a", "x"] == 0
    assert 0 < high.at["a", "x"] < 4
    assert high.at["a", "y"] == 4
    assert low.loc["b"].isna().all()
    with pytest.raises(SonghuaError, match="95 is not a probability"):
        quotient_interval(frame, size, nation, level=95)


def test_bounds_against_a_reference_with_bounds_of_its_own_by_hand():
    """A share of 1/3 to 2/3, and one that is all whatever the level, among 20..30 of 80..110."""
    low = pd.DataFrame({"x": [10.0, 0.0], "y": [20.0, 0.0]}, ["a", "b"])
    high = pd.DataFrame({"x": [20.0, 5.0], "y": [20.0, 0.0]}, ["a", "b"])
    ends = (pd.Series({"x": 20.0, "y": 60.0}), pd.Series({"x": 30.0, "y": 80.0}))
    least, most = quotient_bounds(low, high, ends)
    by_hand = {("a", "x"): (Fraction(1, 3) * 3, Fraction(1, 2) * 5),
               ("a", "y"): (Fraction(1, 2) * Fraction(100, 80), Fraction(2, 3) * Fraction(90, 60)),
               ("b", "x"): (Fraction(3), Fraction(5))}  # fmt: skip
    for cell, (at_least, at_most) in by_hand.items():
        assert least.at[cell] <= at_least
        assert at_most <= most.at[cell]
        assert (least.at[cell], most.at[cell]) == pytest.approx((at_least, at_most), rel=1e-14)
    assert most.at["b", "y"] == 0


def test_a_region_of_one_industry_that_may_be_nothing_has_the_limit_as_its_end():
    """(a + 30) / (a + 10) for a up to 5, where it is above zero at all."""
    low = pd.DataFrame({"x": [0.0, 10.0], "y": [0.0, 20.0]}, ["a", "b"])
    least, most = quotient_bounds(low, low.replace({"x": {0.0: 5.0}}))
    assert (least.at["a", "x"], most.at["a", "x"]) == pytest.approx((35 / 15, 3))
