"""Placebos: margins kept, quotients constant; noise is found where it is, and only there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import poisson

from close import assert_close
from panels import made
from songhua.maths.choice import FLOORS, KINDS, Definition, cells, noise, placebo, raised, state
from songhua.maths.choice.noise import counts, events_by_floor, shrunk, strength


def test_placebos_keep_margins_and_have_one_quotient_a_cell() -> None:
    levels = made(np.random.default_rng(1), periods=3, regions=20, industries=8, change=0.3)
    rng = np.random.default_rng(2)
    mean = np.mean([placebo(levels, rng) for _ in range(400)], axis=0)
    assert np.abs(mean.sum(axis=2) / levels.sum(axis=2) - 1).max() < 0.01
    assert np.abs(mean.sum(axis=1) / levels.sum(axis=1) - 1).max() < 0.01
    apart = [np.log(state(one, Definition()).quotient) for one in mean]
    real = [np.log(state(one, Definition()).quotient) for one in levels]
    assert np.std(apart[2] - apart[0]) < 0.2 * np.std(real[2] - real[0])


def test_missing_cells_stay_missing() -> None:
    levels = made(np.random.default_rng(1), periods=2, regions=10, industries=4)
    levels[0, 3, 2] = np.nan
    drawn = placebo(levels, np.random.default_rng(1))
    assert np.array_equal(np.isnan(drawn), np.isnan(levels))


def test_rounded_counts_are_multiples_and_right_on_average() -> None:
    levels = np.full((1, 40, 40), 100.0)
    drawn = placebo(levels, np.random.default_rng(3), rounded=3.0)
    assert_close(np.mod(drawn, 3), np.zeros_like(drawn))
    assert abs(drawn.mean() - 100) < 1


@pytest.mark.parametrize("mean", [0.0, 3.0, 29.0, 31.0, 200.0])
def test_counts_have_the_distribution_of_poisson(mean: float) -> None:
    drawn = counts(np.full(200_000, mean), np.random.default_rng(4))
    assert drawn.min() >= 0
    for at in (0.8, 1.0, 1.25):
        exact = poisson.cdf(at * mean, mean)
        assert abs((drawn <= at * mean).mean() - exact) < 0.01


def test_strength_is_learnt_from_true_spread() -> None:
    rng = np.random.default_rng(5)
    expected = rng.uniform(5, 200, (300, 60))
    for k in (0.5, 4.0):
        levels = rng.poisson(expected * rng.gamma(k, 1 / k, expected.shape)).astype(float)
        assert abs(strength(levels, expected) / k - 1) < 0.1
    levels[0] = np.nan
    assert abs(strength(levels, expected) / 4 - 1) < 0.1


def test_shrinking_does_better_than_the_quotient() -> None:
    rng = np.random.default_rng(6)
    expected = rng.uniform(2, 20, (300, 60))
    true = rng.gamma(3, 1 / 3, expected.shape)
    levels = rng.poisson(expected * true).astype(float)
    better = shrunk(levels, expected, strength(levels, expected))
    assert ((better - true) ** 2).mean() < 0.8 * ((levels / expected - true) ** 2).mean()


@pytest.mark.parametrize("seed", range(3))
def test_still_panels_are_all_noise(seed: int) -> None:
    """True quotients never change: at least four fifths are noise wherever there are events."""
    rng = np.random.default_rng(seed)
    levels = made(rng, periods=5, regions=400, industries=30, size=60, change=0.0)
    shares = noise(levels, Definition(), rng).shares
    assert np.isfinite(shares[:, :4]).all()
    assert np.nanmin(shares[:, :4]) >= 0.8
    assert all(raised(Definition(), shares[at]) is None for at in (0, 1))


def test_noise_falls_with_the_floor_where_quotients_wander() -> None:
    rng = np.random.default_rng(7)
    levels = made(rng, periods=5, regions=400, industries=30, size=60, change=0.2)
    shares = noise(levels, Definition(), rng).shares
    for kind in (0, 1):
        known = shares[kind][np.isfinite(shares[kind])]
        assert known[0] > 0.3
        assert known[-1] < 0.1
        found = raised(Definition(), shares[kind])
        assert found is not None
        assert found[1] <= 0.25
        assert found[0].floor > 30


def test_events_by_floor_are_those_of_each_floor() -> None:
    levels = made(np.random.default_rng(8), periods=3, regions=60, industries=20, size=80)
    found = events_by_floor(levels, Definition())
    for at in (0, 3, 6):
        one = Definition(floor=FLOORS[at])
        for row, kind in enumerate(KINDS):
            past, _ = cells(levels, {kind: one})[kind]
            assert found[row, at] == past.occurred.sum() > 0


def test_a_floor_is_never_lowered() -> None:
    shares = np.zeros(len(FLOORS))
    found = raised(replace(Definition(), floor=60.0), shares)
    assert found is not None
    assert found[0].floor == 75.0
