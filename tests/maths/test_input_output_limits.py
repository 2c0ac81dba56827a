"""Outputs within limits, beside a search through every set of industries at their limit."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from close import assert_close
from examples import examples
from songhua.maths import input_output as io

SEEDS, SIZES = st.integers(0, 2**32 - 1), st.integers(1, 6)


def economy(seed: int, n: int, signed: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Coefficients, final demand and limits, some of which equal the demanded output.

    Columns add up to less than one, signs aside, so that every principal minor of I - A is
    positive: there is one solution, and it is the same whichever way a draw is decided.
    """
    rng = np.random.default_rng(seed)
    A = rng.random((n, n)) * (rng.random((n, n)) < rng.choice([0.3, 0.7, 1]))
    A *= rng.uniform(0.05, 0.95, n) / np.maximum(A.sum(axis=0), 1e-3)
    if signed:
        A *= rng.choice([-1, 1], (n, n))
    f = rng.uniform(-5 if signed else 0, 100, n) * 10.0 ** rng.integers(-3, 4)
    asked = np.linalg.solve(np.eye(n) - A, f)
    if rng.random() < 0.5:  # the required output when some others are at their limit
        held = rng.random(n) < 0.4
        asked = solved(A, f, np.where(held, asked * 0.7, np.inf), held[np.newaxis])[0]
    shares = np.where(rng.random(n) < 0.5, 1.0, rng.uniform(0.3, 1.5, n))
    return A, f, np.where(rng.random(n) < 0.85, asked * shares, np.inf)


def solved(A: np.ndarray, f: np.ndarray, most: np.ndarray, held: np.ndarray) -> np.ndarray:
    """Outputs for each set of industries that are held: sets × n."""
    systems = np.where(held[:, :, np.newaxis], np.eye(len(f)), np.eye(len(f)) - A)
    return np.linalg.solve(systems, np.where(held, most, f)[..., np.newaxis])[..., 0]


def searched(A: np.ndarray, f: np.ndarray, most: np.ndarray) -> np.ndarray:
    """The outputs of each set that holds every limit and wastes nothing."""
    limited = np.isfinite(most)
    sets = np.array([held for held in itertools.product([False, True], repeat=len(f))
                     if not (np.array(held) & ~limited).any()])  # fmt: skip
    x = solved(A, f, most, sets)
    slack = 1e-11 * max(np.abs(x).max(), np.abs(f).max())
    fine = (x <= most + slack) & (~sets | (x @ A.T + f >= most - slack))
    return x[fine.all(axis=1)]


@pytest.mark.parametrize("signed", [False, True])
@examples(25)
@given(SEEDS, SIZES)
def test_limits_by_a_search_through_every_set(signed: bool, seed: int, n: int) -> None:
    A, f, most = economy(seed, n, signed)
    found = io.mixed_model(A, f, capacity=np.where(np.isinf(most), np.nan, most))
    every = searched(A, f, most)
    assert len(every)
    scale = max(np.abs(every).max(), np.abs(f).max())
    for one in every:
        assert_close(found["output"], one, rtol=0, atol=1e-9 * scale)
    assert (found["output"] <= most).all()
    assert (found["unmet"] >= 0).all()
    balance = found["output"] - A @ found["output"]
    assert_close(found["final_demand"], balance, rtol=0, atol=1e-9 * scale)
    assert_close(found["unmet"], f - balance, rtol=0, atol=1e-9 * scale)


def test_a_limit_that_is_just_what_is_asked_for_changes_nothing() -> None:
    rng = np.random.default_rng(3)
    for n in range(2, 60):
        A, f = rng.random((n, n)) / n, rng.uniform(0.5, 100, n)
        x = np.linalg.solve(np.eye(n) - A, f)
        for near in (x, np.nextafter(x, 0), np.nextafter(x, np.inf)):
            found = io.mixed_model(A, f, capacity=near)
            assert_close(found["output"], x, rtol=1e-11)
            assert_close(found["unmet"], 0, atol=1e-11 * x.max())


def test_who_is_freed_by_the_others_is_not_held() -> None:
    """Demand for steel passes its limit only as long as the shipyard has none."""
    A = pd.DataFrame([[0.0, 0.5], [0.0, 0.0]], ["steel", "ships"], ["steel", "ships"])
    found = io.mixed_model(A, [10, 100], capacity={"steel": 40, "ships": 20})
    assert found["output"].tolist() == [20, 20]
    assert found["unmet"].tolist() == [0, 80]
