"""Measures beside brute force over all pairs and thresholds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from close import assert_close
from songhua.maths.choice import intervals, record, reliability
from songhua.maths.choice.record import ordering, slope, top_picks


def brute(chance: np.ndarray, came: np.ndarray) -> tuple[float, float, float]:
    """AUC over all pairs; average precision and best F1 over all thresholds."""
    hit, miss = chance[came == 1], chance[came == 0]
    apart = hit[:, np.newaxis] - miss
    auc = ((apart > 0) + 0.5 * (apart == 0)).mean()
    before, average, best = 0.0, 0.0, 0.0
    for at in np.unique(chance)[::-1]:
        above = chance >= at
        precision, recall = came[above].mean(), came[above].sum() / came.sum()
        average += precision * (recall - before)
        if precision + recall > 0:
            best = max(best, 2 * precision * recall / (precision + recall))
        before = recall
    return float(auc), float(average), float(best)


@given(st.integers(0, 2**32 - 1), st.integers(2, 12))
def test_measures_of_order_are_those_of_brute_force(seed: int, levels: int) -> None:
    rng = np.random.default_rng(seed)
    chance, came = rng.integers(0, levels, 40) / levels, (rng.random(40) < 0.3).astype(float)
    came[:2] = [0.0, 1.0]
    assert_close(ordering(chance, came), brute(chance, came))


def test_without_both_outcomes_there_is_no_order() -> None:
    for came in (np.zeros(5), np.ones(5)):
        assert np.isnan(ordering(np.arange(5.0), came)).all()


def test_random_odds_do_no_better_than_chance() -> None:
    rng = np.random.default_rng(1)
    chance, came = rng.uniform(0.01, 0.09, 40_000), (rng.random(40_000) < 0.05).astype(float)
    found = record(chance, came, np.arange(40_000) // 40)
    assert abs(found.auc - 0.5) < 0.02
    for share in (found.precision, found.top_tenth, found.top_three):
        assert abs(share / found.rate - 1) < 0.2


def test_true_odds_are_reliable() -> None:
    rng = np.random.default_rng(2)
    chance = expit(rng.normal(-3, 1, 40_000))
    came = (rng.random(40_000) < chance).astype(float)
    found = record(chance, came, np.zeros(40_000, dtype=int))
    assert abs(found.slope - 1) < 0.08
    assert abs(found.events / found.expected - 1) < 0.08
    assert found.brier < found.brier_rate
    for _, said, share in reliability(chance, came):
        assert abs(share - said) < 4 * np.sqrt(said / 4000)


@pytest.mark.parametrize(("by", "expected"), [(2.0, 0.5), (0.5, 2.0)])
def test_the_slope_says_how_far_odds_are_too_far_apart(by: float, expected: float) -> None:
    rng = np.random.default_rng(3)
    line = rng.normal(-2, 1, 40_000)
    came = (rng.random(40_000) < expit(line)).astype(float)
    assert abs(slope(expit(by * line), came) / expected - 1) < 0.08


def test_odds_that_are_all_the_same_have_no_slope() -> None:
    assert np.isnan(slope(np.full(50, 0.1), np.r_[np.ones(20), np.zeros(30)]))


def test_few_outcomes_have_no_slope() -> None:
    assert np.isnan(slope(np.arange(1, 51) / 60, np.r_[np.ones(9), np.zeros(41)]))


def test_top_picks_are_three_a_region_with_ten_candidates() -> None:
    group = np.repeat([0, 1], [10, 9])
    chance, came = np.arange(19) / 19, np.zeros(19)
    came[[9, 18, 17, 16]] = 1.0  # one of the first region's three best; all of the second's
    assert_close(top_picks(chance, came, group), 1 / 3)
    assert np.isnan(top_picks(chance[10:], came[10:], group[10:]))


def test_intervals_of_regions_hold_the_measure_and_narrow_with_regions() -> None:
    rng, widths = np.random.default_rng(4), []
    for regions in (20, 320):
        region = np.repeat(np.arange(regions), 25)
        chance = expit(rng.normal(-2, 1, len(region)))
        came = (rng.random(len(region)) < chance).astype(float)
        auc, precision = intervals(chance, came, region, rng)
        found = ordering(chance, came)
        assert auc[0] < found[0] < auc[1]
        assert precision[0] < found[1] < precision[1]
        widths.append(auc[1] - auc[0])
    assert widths[1] < widths[0] / 2
