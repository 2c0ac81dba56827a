"""Scores beside general optimisers, and bootstraps beside fits made anew."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit, log_expit

from close import assert_close
from songhua.maths.choice import fit
from songhua.maths.choice.scores import thinned


def sample(seed: int, n: int = 3000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features of unlike scale, outcomes that follow from them, and regions."""
    rng = np.random.default_rng(seed)
    x = rng.normal(0, 1, (n, 3)) * [1, 10, 0.1] + [0, 5, 2]
    came = rng.random(n) < expit(-3 + x @ [0.8, -0.05, 4] - 8)
    return x, came.astype(float), rng.integers(0, 60, n)


@pytest.mark.parametrize("ridge", [0.0, 5.0, 50.0])
def test_the_fit_is_where_a_general_optimiser_ends(ridge: float) -> None:
    x, came, _ = sample(1)
    scaled = np.column_stack([np.ones(len(x)), (x - x.mean(axis=0)) / x.std(axis=0)])
    penalty = np.r_[0, np.full(3, ridge)]

    def loss(beta: np.ndarray) -> float:
        line = scaled @ beta
        return float(-(came * line + log_expit(-line)).sum() + (penalty * beta**2).sum() / 2)

    oracle = minimize(loss, np.zeros(4), method="BFGS", options={"gtol": 1e-7})
    found = fit(x, came, ridge=ridge)
    assert_close(found.weights, oracle.x, rtol=1e-5, atol=1e-5)
    assert_close(found.chance(x), expit(scaled @ np.array(found.weights)))


def test_odds_add_up_to_what_came() -> None:
    x, came, _ = sample(2)
    assert_close(fit(x, came).chance(x).sum(), came.sum(), rtol=1e-6)


def test_outcomes_that_a_feature_separates_have_an_end() -> None:
    x = np.linspace(-1, 1, 40)[:, np.newaxis]
    found = fit(x, (x[:, 0] > 0).astype(float))
    assert np.isfinite(found.weights).all()
    low, high = found.chance(np.array([[-1.0], [1.0]]))
    assert low < 0.2
    assert high > 0.8


@pytest.mark.parametrize("came", [0.0, 1.0])
def test_samples_of_one_outcome_have_an_end(came: float) -> None:
    found = fit(np.arange(10.0)[:, np.newaxis], np.full(10, came))
    assert np.abs(found.chance(np.array([[4.5]])) - came) < 0.1


def test_a_feature_without_variety_adds_nothing() -> None:
    x, came, _ = sample(3)
    alone, beside = fit(x, came), fit(np.column_stack([x, np.full(len(x), 7.0)]), came)
    assert_close(beside.weights[-1], 0.0)
    assert_close(beside.weights[:-1], alone.weights, rtol=1e-6)


def test_one_step_is_near_to_fitting_each_bootstrap_anew() -> None:
    """Spread of the log-odds of some rows, by the one step and by 200 full fits."""
    x, came, region = sample(4)
    rng, rows = np.random.default_rng(5), x[:20]
    quick = fit(x, came, region, rng, draws=2000).spread(rows)
    lines = []
    for _ in range(200):
        drawn = np.concatenate([np.flatnonzero(region == one) for one in rng.integers(0, 60, 60)])
        chance = fit(x[drawn], came[drawn]).chance(rows)
        lines.append(np.log(chance / (1 - chance)))
    assert np.abs(quick / np.std(lines, axis=0) - 1).max() < 0.25


def test_many_outcomes_are_thinned_and_weighed() -> None:
    rng = np.random.default_rng(6)
    came = (rng.random(200_000) < 0.01).astype(float)
    rows, weight = thinned(came)
    assert came[rows].sum() == came.sum()
    assert len(rows) < 45_000
    assert_close(weight.sum(), len(came))
    x = rng.normal(0, 1, (len(came), 1)) + came[:, np.newaxis]
    every = minimize(
        lambda b: float(-(came * (b[0] + b[1] * x[:, 0]) + log_expit(-b[0] - b[1] * x[:, 0])).sum()),
        np.zeros(2),
    ).x  # fmt: skip
    found = fit(x, came, ridge=0.0)
    slope = found.weights[1] / found.scale[0]
    assert np.abs(slope - every[1]) < 0.05
