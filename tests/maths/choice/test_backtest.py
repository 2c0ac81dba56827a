"""Odds tested over time and on other regions, on panels with known true odds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from close import assert_close
from songhua.maths.choice import SCORES, Cells, record
from songhua.maths.choice.backtest import (
    Sums,
    expanding,
    gain,
    gained,
    regions_left_out,
    stated,
    sums,
)

REGIONS, INDUSTRIES, TRANSITIONS = 150, 30, 4


def planted(seed: int, related: float = 0.0, drift: float = 0.0) -> tuple[Cells, np.ndarray]:
    """Candidates whose true odds follow from quotient, size and industry; and those odds."""
    rng = np.random.default_rng(seed)
    transition, region, industry = (
        axis.ravel()
        for axis in np.meshgrid(
            range(TRANSITIONS), range(REGIONS), range(INDUSTRIES), indexing="ij"
        )
    )
    n = len(region)
    start, size, near = rng.uniform(0, 0.8, n), rng.normal(5, 1, n), rng.normal(0, 1, n)
    lines = -5.5 + 5 * start - 0.4 * (size - 5) + rng.normal(0, 1, INDUSTRIES)[industry]
    chance = expit(lines + related * near + rng.normal(0, drift, TRANSITIONS)[transition])
    came = (rng.random(n) < chance).astype(float)
    none = np.full(n, np.nan)
    return Cells(
        transition, region, industry, start, start, size, near, np.zeros(n), came, none
    ), chance


def test_the_first_transition_is_told_by_nothing() -> None:
    cells, _ = planted(1)
    odds = expanding(cells, INDUSTRIES)
    assert set(odds) == set(SCORES) - {"stated"}
    for one in odds.values():
        assert np.array_equal(np.isnan(one), cells.transition == 0)


@pytest.mark.parametrize("changed", [1, 2, 3])
def test_odds_depend_on_earlier_outcomes_alone(changed: int) -> None:
    cells, _ = planted(2)
    later = cells.transition >= changed
    other = replace(cells, occurred=np.where(later, 1 - cells.occurred, cells.occurred))
    now, then = (expanding(one, INDUSTRIES) for one in (cells, other))
    told = cells.transition <= changed
    for name, one in now.items():
        assert np.array_equal(one[told], then[name][told], equal_nan=True)
        assert changed == 3 or not np.array_equal(one, then[name], equal_nan=True)


def test_odds_of_a_region_do_not_know_its_outcomes() -> None:
    """Events in a tenth of the regions move the odds of others, and none of their own."""
    cells, _ = planted(3)
    shape = (REGIONS, INDUSTRIES)
    now, fold = regions_left_out(cells, shape, np.random.default_rng(7))
    other = replace(cells, occurred=np.where(fold == 4, 1 - cells.occurred, cells.occurred))
    then, same = regions_left_out(other, shape, np.random.default_rng(7))
    assert np.array_equal(fold, same)
    for name, one in now.items():
        assert_close(one[fold == 4], then[name][fold == 4])
        assert np.abs(one[fold != 4] - then[name][fold != 4]).max() > 0.01


@pytest.mark.parametrize("scheme", ["periods", "regions"])
def test_told_odds_come_true(scheme: str) -> None:
    cells, chance = planted(4)
    if scheme == "periods":
        odds = expanding(cells, INDUSTRIES)
    else:
        odds, _ = regions_left_out(cells, (REGIONS, INDUSTRIES), np.random.default_rng(1))
    told = ~np.isnan(odds["plain"])
    group = cells.region[told]
    start, plain, best = (
        record(one[told], cells.occurred[told], group)
        for one in (odds["start"], odds["plain"], chance)
    )
    assert abs(plain.events / plain.expected - 1) < 0.1
    assert 0.85 < plain.slope < 1.15
    assert start.auc < plain.auc <= best.auc + 0.01
    assert plain.precision > 0.8 * best.precision


def test_relatedness_enters_where_it_tells_and_not_where_it_does_not() -> None:
    for related, expected in ((0.0, "plain"), (0.8, "full")):
        cells, _ = planted(5, related)
        odds = expanding(cells, INDUSTRIES)
        known = sums(odds, cells, cells.transition)
        found = stated(odds, known, cells.transition, {}, np.random.default_rng(1), 1)
        last = cells.transition == 3
        assert np.array_equal(found[last], odds[expected][last])
        assert gain(known, np.random.default_rng(1)).earned() is (expected == "full")
        first = cells.transition == 1  # for which no odds had been stated before
        assert np.array_equal(found[first], odds["plain"][first])


def test_relatedness_must_do_better_than_in_the_placebo() -> None:
    cells, _ = planted(5, 0.8)
    odds = expanding(cells, INDUSTRIES)
    known, rng = sums(odds, cells, cells.transition), np.random.default_rng(1)
    found = stated(odds, known, cells.transition, dict.fromkeys(range(4), 9.0), rng, 1)
    assert np.array_equal(found, odds["plain"], equal_nan=True)


def test_gains_are_log_scores_per_event() -> None:
    cells, _ = planted(6, 0.8)
    odds = expanding(cells, INDUSTRIES)
    told = cells.transition > 0
    came = cells.occurred[told]
    score = {
        name: np.log(np.where(came == 1, odds[name][told], 1 - odds[name][told])).sum()
        for name in ("plain", "full")
    }
    by_hand = (score["full"] - score["plain"]) / came.sum()
    known = sums(odds, cells, cells.transition)
    found = gain(known, np.random.default_rng(1))
    assert_close(found.value, by_hand)
    assert 0 < found.low < found.value
    assert_close(gained([known, known]), by_hand)
    assert gained([]) == 0.0
    assert gained([known], 1) == 0.0


def test_without_events_there_is_no_gain() -> None:
    nothing = Sums(np.zeros((2, 5)), np.zeros((2, 5)))
    found = gain(nothing, np.random.default_rng(1))
    assert found.value == 0
    assert not found.earned()
