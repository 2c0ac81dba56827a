"""The interval score by hand: what an interval misses costs twenty times, on either side."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from songhua.maths.regional_error import region_bootstrap
from songhua.maths.regional_error.scores import ENDS, score

HERE = np.array([True])


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
    found = score(np.array([[1.0], [1.5], [2.0]]), np.array([wanted]), HERE)
    assert found == {"covered": covered, "width": 1.0, "score": pytest.approx(loss)}


def test_scores_are_means_of_those_that_are_counted() -> None:
    ends = np.array([[0.0, 1.0, 5.0], [1.0, 2.0, 6.0], [2.0, 4.0, 9.0]])
    counted = np.array([True, True, False])
    found = score(ends, np.array([-0.5, 4.5, 99.0]), counted)
    assert found == {"covered": 0.0, "width": 2.5, "score": pytest.approx((12 + 13) / 2)}


def test_the_ends_are_of_ninety_percent() -> None:
    assert pytest.approx((0.05, 0.5, 0.95)) == ENDS


def test_honest_ends_have_the_least_score() -> None:
    # the score is proper: of all intervals the quantiles of the truth cost the least
    truth = np.random.default_rng(0).normal(size=40_000)
    every = np.ones(len(truth), bool)

    def cost(low: float, high: float) -> float:
        ends = np.tile([[low], [0.0], [high]], (1, len(truth)))
        return score(ends, truth, every)["score"]

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
