"""Bounds of shift-share: no levels within their ends give a part outside its own."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from close import assert_close
from songhua.maths.shift_bounds import PARTS, shift_bounds
from songhua.maths.shift_share import shift_share

SIDES = 4
ends = st.tuples(st.floats(0.5, 200), st.floats(0, 20))
boxes = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.lists(ends, min_size=n, max_size=n), min_size=SIDES, max_size=SIDES)
)


def parts_of(b, c, before, after) -> pd.DataFrame:
    """The change and its parts by industry, from exact levels."""
    sides = [pd.Series(side) for side in (b, c, before, after)]
    return shift_share(*sides).assign(change=sides[1] - sides[0])


@given(boxes, st.integers(0, 10**6))
def test_no_levels_within_their_ends_leave_the_bounds(box, seed):
    low = np.array([[least for least, _ in side] for side in box])
    high = low + np.array([[width for _, width in side] for side in box])
    bounds = shift_bounds(*zip(low, high, strict=True))
    drawn = np.random.default_rng(seed).uniform(low, high)
    exact = parts_of(*drawn)
    slack = 1e-9 * float(np.abs(high).sum() ** 2)
    for part in PARTS:
        for at, value in enumerate(exact[part]):
            least, most = bounds.at(part, at)
            assert least - slack <= value <= most + slack
        least, most = bounds.whole(part)
        assert least - slack <= float(exact[part].sum()) <= most + slack


def test_the_residual_reaches_its_bounds():
    sides = [(np.array(low), np.array(high)) for low, high in (
        ([9.5, 29.5], [10.5, 30.5]), ([17.5, 32.5], [18.5, 33.5]),
        ([99.5, 99.5], [100.5, 100.5]), ([149.5, 99.5], [150.5, 100.5]),
    )]  # fmt: skip
    (b, c, before, after), bounds = sides, shift_bounds(*sides)
    least = parts_of(b[1], c[0], before[0], after[1])["regional"]
    most = parts_of(b[0], c[1], before[1], after[0])["regional"]
    for at in (0, 1):
        assert_close(bounds.at("regional", at), [least[at], most[at]])


def test_exact_levels_leave_no_width():
    levels = [np.array(side) for side in ([10, 30], [18, 33], [100.0, 100.0], [150.0, 100.0])]
    bounds, exact = shift_bounds(*((side, side) for side in levels)), parts_of(*levels)
    for part in PARTS:
        assert_close(bounds.whole(part), [float(exact[part].sum())] * 2, atol=1e-9)


def test_a_level_without_ends_leaves_none():
    gap, full = (np.array([np.nan]), np.array([np.nan])), (np.array([1.0]), np.array([2.0]))
    bounds = shift_bounds(full, gap, full, full)
    assert np.isnan(bounds.at("regional", 0)).all()
    assert not np.isnan(bounds.at("national", 0)).any()
