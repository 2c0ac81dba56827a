"""Every level within its rounding bound gives indices within the ends; exact ones give a point."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua.maths.index_bounds import MEASURES, index_bounds
from songhua.maths.specialisation import hachman, herfindahl, krugman, shannon_entropy

COMPUTED = {
    "krugman": krugman,
    "herfindahl": lambda frame, _: herfindahl(frame),
    "shannon_entropy": lambda frame, _: shannon_entropy(frame),
    "hachman": hachman,
}


@given(st.integers(0, 10_000), st.integers(1, 6), st.floats(0, 3))
def test_levels_within_bounds_give_indices_within_ends(seed: int, n: int, slack: float) -> None:
    rng = np.random.default_rng(seed)
    columns = [f"i{k}" for k in range(n)]
    true = pd.DataFrame(rng.uniform(1, 10, (3, n)), columns=columns)
    whole = pd.Series(rng.uniform(10, 100, n), columns)
    below, above = (
        true - rng.uniform(0, slack, true.shape),
        true + rng.uniform(0, slack, true.shape),
    )
    ends = (whole - rng.uniform(0, slack, n), whole + rng.uniform(0, slack, n))
    found = index_bounds(below, above, ends)
    assert set(found) == set(MEASURES) == set(COMPUTED)
    for name, computed in COMPUTED.items():
        value = computed(true, whole)
        assert (found[name]["low"] <= value + 1e-12).all(), name
        assert (value <= found[name]["high"] + 1e-12).all(), name


@given(st.integers(0, 10_000))
def test_exact_levels_leave_nothing_open(seed: int) -> None:
    rng = np.random.default_rng(seed)
    true = pd.DataFrame(rng.uniform(1, 10, (2, 4)), columns=list("abcd"))
    whole = true.sum()
    for name, ends in index_bounds(true, true, (whole, whole)).items():
        value = COMPUTED[name](true, whole)
        assert ends["low"].to_numpy() == pytest.approx(value.to_numpy(), rel=1e-12)
        assert ends["high"].to_numpy() == pytest.approx(value.to_numpy(), rel=1e-12)


def test_a_missing_level_leaves_the_region_missing() -> None:
    low = pd.DataFrame({"a": [1.0, np.nan], "b": [2.0, 3.0]}, index=["x", "y"])
    found = index_bounds(low, low + 1, (pd.Series({"a": 4.0, "b": 4.0}),) * 2)
    for name, ends in found.items():
        assert ends.loc["y"].isna().all(), name
        assert ends.loc["x"].notna().all(), name
