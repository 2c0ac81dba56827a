"""Ranks of bounded figures against every way in which they can fall."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua.errors import SonghuaError
from songhua.maths.ranks import rank_bounds

ENDS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 3)).map(lambda p: (p[0], p[0] + p[1])),
    min_size=1,
    max_size=4,
)


@given(ENDS)
def test_against_all_corners(ends: list[tuple[int, int]]) -> None:
    names = [f"r{n}" for n in range(len(ends))]
    low, high = (pd.Series([e[k] for e in ends], names, dtype=float) for k in (0, 1))
    found = rank_bounds(low, high)
    ranks = [
        [1 + sum(other > own for other in corner) for own in corner] for corner in product(*ends)
    ]
    assert found["rank_low"].tolist() == np.min(ranks, axis=0).tolist()
    assert found["rank_high"].tolist() == np.max(ranks, axis=0).tolist()


def test_a_missing_figure_counts_for_none() -> None:
    low = pd.Series({"a": 1.0, "b": np.nan, "c": 3.0})
    found = rank_bounds(low, low + 1)
    assert found["rank_low"].dropna().to_dict() == {"a": 2.0, "c": 1.0}
    assert found.loc["b"].isna().all()


def test_crossed_ends_are_refused() -> None:
    with pytest.raises(SonghuaError, match="lower end"):
        rank_bounds(pd.Series({"a": 2.0}), pd.Series({"a": 1.0}))
