"""Progress by the right path for each kind, with bounds, and the pace still required."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua.errors import SonghuaError
from songhua.maths.bounds import EVERYTHING, Interval, rounding_bound
from songhua.maths.progress import (
    compounded,
    elapsed_share,
    growth_progress,
    level_progress,
    pace_required,
    past_paces,
    rate_required,
    rates_progress,
    rest_required,
    share_done,
)
from songhua.plan.schemes import schemes

LEVELS = st.floats(min_value=1, max_value=1000)


def test_time_is_counted_in_months() -> None:
    base, end = date(2020, 12, 31), date(2025, 12, 31)
    assert elapsed_share(base, date(2022, 12, 31), end) == pytest.approx(0.4)
    assert elapsed_share(base, date(2024, 3, 31), end) == 0.65
    assert elapsed_share(base, date(2024, 2, 29), end) == pytest.approx(38 / 60)
    with pytest.raises(SonghuaError, match="runs from"):
        elapsed_share(end, end, base)


@given(base=LEVELS, goal=LEVELS, share=st.floats(min_value=0, max_value=1))
def test_a_level_on_its_path_has_the_progress_of_the_time(
    base: float, goal: float, share: float
) -> None:
    if abs(goal - base) < 0.01:
        return
    now = base + (goal - base) * share
    assert level_progress(base, now, goal).middle == pytest.approx(share, abs=1e-6)
    steady = base * (goal / base) ** share
    assert growth_progress(base, steady, goal).middle == pytest.approx(share, abs=1e-6)


@given(cut=st.floats(min_value=0.5, max_value=60), share=st.floats(min_value=0.1, max_value=1))
def test_a_reduction_on_its_path_has_the_progress_of_the_time(cut: float, share: float) -> None:
    due = 100 * (1 - (1 - cut / 100) ** share)
    assert rates_progress([-due], -cut, 1).middle == pytest.approx(share, rel=1e-9)


@given(
    base=st.integers(100, 900), now=st.integers(100, 900), goal=st.integers(100, 900),
    where=st.tuples(st.floats(-0.5, 0.5), st.floats(-0.5, 0.5)),
)  # fmt: skip
def test_bounds_hold_whatever_was_rounded(
    base: int, now: int, goal: int, where: tuple[float, float]
) -> None:
    found = level_progress(rounding_bound(str(base)), rounding_bound(str(now)), float(goal))
    true_base, true_now = base + where[0], now + where[1]
    if found == EVERYTHING or true_base == goal:
        return
    true = (true_now - true_base) / (goal - true_base)
    assert found.low - 1e-9 <= true <= found.high + 1e-9


def test_a_base_that_may_be_the_goal_says_nothing() -> None:
    assert level_progress(rounding_bound("5"), 5.2, 5.3) == EVERYTHING
    assert growth_progress(-1.0, 2.0, 3.0) == EVERYTHING
    assert rates_progress([1.0], 0.0, 5) == EVERYTHING
    assert level_progress(1.0, Interval(2, math.inf), 3.0) == EVERYTHING


def test_growth_compounds_and_falls_count_against_it() -> None:
    assert compounded([Interval(-2.7, -2.7), Interval(-0.1, -0.1)]).middle == pytest.approx(-2.7973)
    assert rates_progress([10.0, -5.0], 5.0, 5).middle == pytest.approx(
        math.log(1.1 * 0.95) / (5 * math.log(1.05))
    )
    with pytest.raises(SonghuaError):
        rates_progress([-100.0], 5.0, 5)


def test_the_pace_that_is_still_required_leads_to_the_goal() -> None:
    left = rate_required([5.5, 3.0], 5.5, 5)
    assert 1.055 * 1.03 * (1 + left / 100) ** 3 == pytest.approx(1.055**5)
    assert pace_required(3.28, 4.5, 1.75) == pytest.approx(1.22 / 1.75)
    assert 80 * (1 + pace_required(80, 100, 4, steady=True) / 100) ** 4 == pytest.approx(100)
    assert math.isnan(pace_required(1, 2, 0))
    assert math.isnan(rate_required([1.0, 1.0], 5, 2))
    assert math.isnan(pace_required(-1, 2, 1, steady=True))


def test_the_rest_of_a_year() -> None:
    assert rest_required(6.0, 5.0, 0.45) == pytest.approx((6 - 0.45 * 5) / 0.55)
    for nothing_left_or_passed in (1.0, 0.0, -0.5):
        with pytest.raises(SonghuaError):
            rest_required(6.0, 5.0, nothing_left_or_passed)


def test_a_gap_in_the_years_is_never_bridged() -> None:
    levels = pd.Series({2015: 1.0, 2016: 2.0, 2018: 9.0, 2019: 10.0})
    assert past_paces(levels, 1).to_dict() == {2016: 1.0, 2019: 1.0}
    assert past_paces(levels, 3).empty
    assert past_paces(pd.Series({2015: 100.0, 2017: 121.0, 2016: 90.0}), 2, steady=True)[
        2017
    ] == pytest.approx(10)


def test_classes_say_what_rounding_leaves_open() -> None:
    national, schedule = schemes()["national"], schemes()["schedule"]
    assert national.classes(Interval(-0.2, -0.2), False, False) == ("lagging",)
    assert national.classes(Interval(-0.12, -0.08), False, False) == ("in_line", "lagging")
    assert national.classes(Interval(0.2, 0.2), True, False) == ("achieved_early",)
    assert national.classes(Interval(0.2, 0.2), None, False) == ("achieved_early", "faster")
    assert national.classes(Interval(0.0, 0.0), False, True) == ("missed",)
    assert national.classes(Interval(0.0, 0.0), None, True) == ("achieved", "missed")
    assert schedule.classes(Interval(-0.03, -0.01), False, False) == ("behind",)
    assert schedule.classes(Interval(0, 0), False, False) == ("on_schedule",)


def test_a_share_of_a_sum() -> None:
    assert share_done(rounding_bound("45"), 83).middle == pytest.approx(45 / 83)
    assert share_done(1.0, 0) == EVERYTHING
