"""Columns of intervals: end for end what single intervals give."""

from __future__ import annotations

import operator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua.maths.bounds import Interval
from songhua.maths.interval_columns import Intervals

ENDS = st.one_of(
    st.integers(-1000, 1000).map(float),
    st.floats(-1e300, 1e300),
    st.sampled_from([0.0, -0.0, 2.0**53, 2.0**53 + 2, 5e-324, -5e-324, 1e-300, 0.1]),
)
SINGLE = st.tuples(ENDS, ENDS).map(lambda ends: Interval(min(ends), max(ends)))
PAIRS = st.lists(st.tuples(SINGLE, SINGLE), min_size=1, max_size=6)


def columns(rows: list[Interval]) -> Intervals:
    """Intervals as columns."""
    return Intervals(np.array([one.low for one in rows]), np.array([one.high for one in rows]))


@pytest.mark.parametrize("name", ["add", "sub", "mul", "truediv"])
@given(pairs=PAIRS)
def test_each_row_is_the_single_interval(name: str, pairs: list[tuple[Interval, Interval]]) -> None:
    does = getattr(operator, name)
    found = does(columns([a for a, _ in pairs]), columns([b for _, b in pairs]))
    wanted = columns([does(a, b) for a, b in pairs])
    assert found.low.tolist() == wanted.low.tolist()
    assert found.high.tolist() == wanted.high.tolist()


@given(pairs=PAIRS)
def test_growth_in_percent_and_overlap_are_those_of_single_intervals(
    pairs: list[tuple[Interval, Interval]],
) -> None:
    now, before = (columns(list(some)) for some in zip(*pairs, strict=True))
    found = (now / before - 1) * 100
    wanted = columns([(a / b - 1) * 100 for a, b in pairs])
    assert found.low.tolist() == wanted.low.tolist()
    assert found.high.tolist() == wanted.high.tolist()
    assert now.overlaps(before).tolist() == [a.overlaps(b) for a, b in pairs]
