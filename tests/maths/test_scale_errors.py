"""Errors of scale by hand: odds against Student's t, decimals counted, the bar of many series."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from close import assert_close
from songhua.maths.scale_errors import BAR, FREEDOM, LOWEST, MANY, Judged, _coarse, judged
from songhua.maths.series_gaps import AGAINST, UNSEEN, Figures, decimals, polished


def whole_numbers(*rows: list[float]) -> Figures:
    """Series of whole numbers of one kind, year by year."""
    series = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    time = np.concatenate([np.arange(len(row)) for row in rows])
    value = np.concatenate(rows)
    return Figures(series, time, value, np.ones(len(value)), np.zeros(len(value), dtype=int))


def test_odds_are_those_of_students_t() -> None:
    # in units of a trillionth, so that the spread of a figure of few units is nothing
    figures = whole_numbers([1e12, 1.1e12, 1.05e12, 9e12, 1.2e12, 1.15e12, 1.25e12])
    found = judged(figures)
    off, as_it_stands = (
        stats.t.logpdf(gap / found.spread, FREEDOM) for gap in (found.gap - 1, found.gap)
    )
    assert found.at.tolist() == [3]
    assert_close(found.odds, off - as_it_stands, rtol=1e-6)


@given(
    st.lists(st.lists(st.floats(10, 1000), min_size=5, max_size=9), min_size=1, max_size=3),
    st.integers(0, 2),
    st.booleans(),
)
def test_time_has_no_direction(rows: list[list[float]], at: int, last: bool) -> None:
    for row in rows:
        row[-1 - at if last else at] *= 1000

    def per_series(rows: list[list[float]]) -> Judged:
        return judged(whole_numbers(*rows))

    found, turned = per_series(rows), per_series([row[::-1] for row in rows[::-1]])
    for name in ("gap", "odds", "spread"):
        assert_close(getattr(turned, name)[::-1], getattr(found, name), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(
    ("at", "power", "fits", "stands"),
    [
        (3, 1, 3, 1),  # a whole number may have had any of the decimals that the others have
        (3, -1, 0, 1),  # but none before the point
        (1, 1, 1, 1),
        (1, -1, 2, 1),
        (1, 2, 0, 1),
        (0, -1, 2, 0),
        (0, 1, 0, 0),
    ],
)
def test_decimals_of_a_figure_put_right_are_counted_among_the_others(
    at: int, power: int, fits: int, stands: int
) -> None:
    """Decimals 2, 1, 1, 0, 0: how many others have those of the figure put right, and as printed."""
    place = np.array([0.01, 0.1, 0.1, 1.0, 1.0])
    one = np.zeros(5, dtype=int)
    figures = Figures(one, np.arange(5.0), np.full(5, 7.0), place, one)
    [odds] = decimals(figures, np.array([at]), np.array([power]))
    assert odds == pytest.approx(max(math.log((fits + UNSEEN) / (stands + UNSEEN)), AGAINST))


@pytest.mark.parametrize(("n", "bar"), [(MANY - 1, BAR), (MANY, LOWEST)])
def test_many_calm_series_of_a_kind_set_their_own_bar(n: int, bar: float) -> None:
    calm = [100.0, 101, 102, 103, 104, 105]
    assert set(judged(whole_numbers(*[calm] * n)).bar) == {bar}


def test_what_too_few_series_do_together_is_left_to_them() -> None:
    series, step = np.repeat([0, 1], 2), np.tile([0, 1], 2)
    given_, one = np.array([5.0, 6, 7, 8]), np.ones(4)
    for fewest, left in ((2, 0.0), (3, 1.0)):
        figures = Figures(series, step, given_, one, series, [(step, (fewest, np.inf))])
        found = polished(figures, given_)
        assert (found[1::2] - found[::2]).tolist() == [left, left]


def test_a_figure_of_few_units_is_off_as_a_count_is() -> None:
    """The standard deviation of log10 of a count is about 1 / (ln(10) sqrt(n))."""
    drawn = np.log10(np.random.default_rng(5).poisson(400, 200_000)).std()
    assert_close(_coarse(np.array([4000.0]), np.array([10.0])), drawn, rtol=0.01)
