"""Bands of a drifting level: they cover what they say, from the first transition on."""

from __future__ import annotations

import numpy as np
import pytest

from close import assert_close
from songhua.maths.choice import Drift, band_of_count, band_of_odds, drift


@pytest.mark.parametrize(("spread", "most"), [(0.2, 1.0), (0.35, 0.97), (0.5, 0.97)])
def test_bands_cover_nine_in_ten_in_worlds_that_drift(spread: float, most: float) -> None:
    """Levels drift by a normal deviation, counts are Poisson's; each band knows what came before."""
    rng, covered, n = np.random.default_rng(1), 0, 0
    for _ in range(300):
        events, expected = np.zeros(0), np.zeros(0)
        for _ in range(5):
            said = rng.uniform(20, 120)
            came = rng.poisson(said * np.exp(rng.normal(0, spread)))
            low, high = band_of_count(said, drift(events, expected))
            covered += low <= came <= high
            events, expected, n = np.r_[events, came], np.r_[expected, said], n + 1
    assert 0.80 <= covered / n <= most  # wider than need be where the level hardly drifts


def test_drift_is_learnt_without_the_chance_of_counting() -> None:
    rng = np.random.default_rng(2)
    expected = np.full(4000, 25.0)
    still = np.log(rng.poisson(expected) / expected)
    found = drift(25 * np.exp(still), expected).spread
    assert found < 0.8 * still.std()
    wild = rng.poisson(expected * np.exp(rng.normal(0, 0.6, 4000))).astype(float)
    assert abs(drift(wild, expected).spread / 0.6 - 1) < 0.1


def test_a_transition_without_events_has_a_deviation() -> None:
    found = drift(np.zeros(1), np.array([10.0]))
    assert_close(found.spread, np.sqrt((4 * 0.35**2 + np.log(20) ** 2 - 0.1) / 5))


def test_nothing_expected_has_no_band() -> None:
    assert band_of_count(0.0, Drift(0.35, 4.0, 0)) == (0.0, 0.0)


def test_a_band_of_a_count_is_as_wide_as_its_three_parts_together() -> None:
    learnt = Drift(0.3, 9.0, 5)
    low, high = band_of_count(50.0, learnt, 0.4)
    wide = learnt.reach() * np.sqrt(0.3**2 + 1 / 50 + 0.4**2)
    assert_close([low, high], [50 * np.exp(-wide), 50 * np.exp(wide)])


def test_more_doubt_makes_bands_wider() -> None:
    learnt = Drift(0.35, 9.0, 5)
    widths = []
    for spread in (0.0, 0.3, 0.6):
        low, high = band_of_odds(np.array([0.1]), np.array([spread]), learnt)
        assert 0 < low[0] < 0.1 < high[0] < 1
        widths.append(float(high[0] - low[0]))
        count = band_of_count(50.0, learnt, spread)
        assert count[0] < 50 < count[1]
    assert widths == sorted(widths)


def test_odds_of_nought_and_one_have_bands() -> None:
    low, high = band_of_odds(np.array([0.0, 1.0]), np.zeros(2), Drift(0.35, 4.0, 0))
    assert np.isfinite([low, high]).all()
