"""Features known at a start: nothing of later years; complexity and counts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from close import assert_close
from panels import made
from songhua.maths import complexity
from songhua.maths.choice import KINDS, Cells, Definition, cells, past_frequency
from songhua.maths.choice.backtest import features
from songhua.maths.choice.features import beside_all, joined, relatedness

DEFINITIONS = dict.fromkeys(KINDS, Definition(floor=10.0))


def known(levels: np.ndarray, begin: int) -> list[np.ndarray]:
    """Candidates of a start year with all their features."""
    found = []
    for parts in cells(levels, DEFINITIONS).values():
        every = joined([*parts])
        frequency = past_frequency(every, (len(levels), levels.shape[2]))
        place = [every.region, every.industry, every.start]
        columns = np.column_stack([*place, features(every, frequency)])
        found.append(columns[every.transition == begin])
    return found


@given(st.integers(0, 2**32 - 1), st.integers(0, 3))
def test_features_of_a_start_year_never_change_when_later_years_do(seed: int, begin: int) -> None:
    rng = np.random.default_rng(seed)
    levels = made(rng, periods=5, regions=25, industries=8, size=150)
    other = levels.copy()
    other[begin + 1 :] = rng.permuted(
        made(rng, periods=4 - begin, regions=25, industries=8), axis=1
    )
    for now, then in zip(known(levels, begin), known(other, begin), strict=True):
        assert len(now) > 0
        assert np.array_equal(now, then)


def test_features_are_the_same_while_a_period_is_the_last() -> None:
    levels = made(np.random.default_rng(2), periods=5, regions=25, industries=8, size=150)
    for now, then in zip(known(levels, 3), known(levels[:4], 3), strict=True):
        assert np.array_equal(now, then)


def test_relatedness_is_the_double_demeaned_density_of_complexity() -> None:
    levels = made(np.random.default_rng(3), periods=1, regions=40, industries=12)[0]
    quotients = complexity.location_quotients(pd.DataFrame(levels))
    presence = complexity.presence(quotients)
    density = complexity.demeaned(complexity.density(presence, complexity.proximity(presence)))
    found = relatedness(quotients.to_numpy())
    assert_close(found, density.to_numpy() / density.to_numpy().std())


def test_relatedness_of_what_is_not_known_is_nothing() -> None:
    quotients = np.array([[2.0, 0.5, np.nan], [0.5, 2.0, np.nan], [2.0, 2.0, np.nan]])
    found = relatedness(quotients)
    assert_close(found[:, 2], np.zeros(3))
    assert np.isfinite(found).all()


def test_frequency_is_of_earlier_transitions_alone() -> None:
    none = np.zeros(8)
    each = Cells(
        np.array([0, 0, 0, 0, 1, 1, 2, 2]), np.arange(8), np.array([0, 0, 1, 1, 0, 1, 0, 1]), none, none, none, none, none,
        np.array([1.0, 1.0, 0.0, 0.0, 0.0, 1.0, np.nan, np.nan]), none,
    )  # fmt: skip
    found = past_frequency(each, (3, 2))
    assert_close(found[:4], np.zeros(4))  # nothing came before the first
    assert_close(found[4:6], np.log([4 / 3, 2 / 3]))  # 2 and 0 of 2, where 1 each is usual
    assert_close(found[6:], np.log([4 / 3.5, 3 / 3.5]))  # 2 and 1 of 3, where 1.5 each is usual


def test_without_events_no_industry_stands_out() -> None:
    assert_close(beside_all(np.zeros(3), np.array([4.0, 0.0, 9.0])), np.zeros(3))


def test_outcomes_that_are_not_known_are_left_out() -> None:
    levels = made(np.random.default_rng(4), periods=3, regions=30, industries=8)
    whole, _ = cells(levels, DEFINITIONS)["entry"]
    region, industry = int(whole.region[0]), int(whole.industry[0])
    levels[1, region, industry] = np.nan
    past, _ = cells(levels, DEFINITIONS)["entry"]
    gone = (past.transition == 0) & (past.region == region) & (past.industry == industry)
    assert not gone.any()
    assert not np.isnan(past.occurred).any()


def test_large_panels_are_followed_in_each_kth_region(monkeypatch: pytest.MonkeyPatch) -> None:
    levels = made(np.random.default_rng(5), periods=3, regions=120, industries=30)
    whole, still_open = cells(levels, DEFINITIONS)["entry"]
    most = max(int((one.transition == 0).sum()) for one, _ in cells(levels, DEFINITIONS).values())
    monkeypatch.setattr("songhua.maths.choice.features.MOST_CANDIDATES", most // 3 + 1)
    part, same = cells(levels, DEFINITIONS)["entry"]
    kept = whole.where(whole.region % 3 == 0)
    assert np.array_equal(part.region, kept.region)
    assert np.array_equal(part.occurred, kept.occurred)
    assert np.abs(part.quotient - kept.quotient).max() < 0.01  # shrunk by a sample's strength
    assert np.corrcoef(part.relatedness, kept.relatedness)[0, 1] > 0.95
    assert np.array_equal(same.region, still_open.region)  # the odds are of all regions
