"""The interval score by hand: what an interval misses costs twenty times, on either side."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from beside import tool
from close import assert_close

SCORES = tool("interval_scores")
crps, region_bootstrap, score = SCORES.crps, SCORES.region_bootstrap, SCORES.score


@pytest.mark.parametrize(
    ("wanted", "covered", "loss"),
    [
        (0.75, 0.0, 1.0 + 20 * 0.25),  # too high by a quarter
        (1.0, 1.0, 1.0),  # an end is inside
        (1.4, 1.0, 1.0),
        (2.0, 1.0, 1.0),
        (2.5, 0.0, 1.0 + 20 * 0.5),  # too low by a half
    ],
)
def test_the_score_is_the_width_and_twenty_times_the_miss(
    wanted: float, covered: float, loss: float
) -> None:
    found = score(np.array([1.0]), np.array([2.0]), np.array([wanted]), 0.9)
    assert found == {"covered": covered, "width": 1.0, "score": pytest.approx(loss)}


def test_scores_are_means() -> None:
    low, high = np.array([0.0, 1.0]), np.array([2.0, 4.0])
    found = score(low, high, np.array([-0.5, 4.5]), 0.9)
    assert found == {"covered": 0.0, "width": 2.5, "score": pytest.approx((12 + 13) / 2)}


@pytest.mark.parametrize(("level", "dear"), [(0.9, 20), (0.8, 10), (0.5, 4)])
def test_what_is_missed_costs_by_the_level(level: float, dear: float) -> None:
    found = score(np.array([0.0]), np.array([1.0]), np.array([1.5]), level)
    assert found["score"] == pytest.approx(1 + dear * 0.5)


def test_the_ranked_score_is_the_mean_distance_less_half_that_between_draws() -> None:
    rng = np.random.default_rng(4)
    draws, y = rng.normal(size=(60, 3)), np.array([0.0, 1.0, -3.0])
    apart = np.abs(draws[:, np.newaxis] - draws[np.newaxis]).mean(axis=(0, 1))
    wanted = np.abs(draws - y).mean(axis=0) - apart / 2
    assert_close(crps(draws, y), wanted, rtol=1e-12)
    # a forecast that is sure scores its distance
    assert crps(np.full((5, 1), 2.0), np.array([3.5])).tolist() == [1.5]


def test_honest_ends_have_the_least_score() -> None:
    # the score is proper: of all intervals the quantiles of the truth cost the least
    truth = np.random.default_rng(0).normal(size=40_000)

    def cost(low: float, high: float) -> float:
        every = np.ones(len(truth))
        return score(every * low, every * high, truth, 0.9)["score"]

    low, high = np.quantile(truth, [0.05, 0.95])
    best = cost(float(low), float(high))
    for shift in (0.2, -0.2):
        assert cost(low + shift, high) > best
        assert cost(low, high + shift) > best


def test_regions_are_drawn_whole_and_the_ends_are_of_the_level_asked_for() -> None:
    covered = pd.Series([0.0, 1.0])
    rng = np.random.default_rng(3)
    # of two draws both are the first in a quarter of cases, and both the second in a quarter
    assert region_bootstrap(covered, rng, level=0.95) == (0.0, 1.0)
    assert region_bootstrap(covered, rng, level=0.4) == (0.5, 0.5)
    assert region_bootstrap(pd.Series([0.5, 0.75]), rng, level=0.4) == (0.625, 0.625)
