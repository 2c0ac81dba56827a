"""Errors of growth rates by hand: the odds of a lost sign, and what would pass for a rate."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from close import assert_close
from songhua.maths.rate_errors import find, scaled
from songhua.maths.series_gaps import Figures, gaps


def rates(values: list[float], place: float = 0.1) -> Figures:
    """One series of rates, year by year, printed to a place."""
    value, one = np.array(values, dtype=float), np.zeros(len(values), dtype=int)
    return Figures(one, np.arange(float(len(value))), value, np.full(len(value), place), one)


@pytest.mark.parametrize(
    "values", [[8, 8, 8, -8, 8, 8, 8], [8.0, 9.5, 7.5, -8.2, 8.4, 6.9, 8.1, 8.6, 9.9]]
)
def test_odds_of_a_lost_sign_are_those_of_students_t(values: list[float]) -> None:
    """Three degrees of freedom; the spread is that of the others, and three rates' of its kind."""
    figures = rates(values)
    gap = gaps(figures.series, figures.time, scaled(figures.value))
    usual = max(float(np.median(np.abs(gap))) / 0.6745, 1.0)
    others = float((np.delete(gap, 3) ** 2).sum())
    width = np.hypot(np.sqrt((3 * usual**2 + others) / (3 + len(values) - 1)), 0.1)
    right = gap[3] + float(scaled(np.array([-values[3]]))[0] - scaled(np.array([values[3]]))[0])
    odds = stats.t.logpdf(right / width, 3) - stats.t.logpdf(gap[3] / width, 3)
    (found,) = find(figures).odd
    assert (found.at, found.fits) == (3, -values[3])
    assert_close(found.odds, odds)


@pytest.mark.parametrize(("rate", "unseen"), [(0.7, True), (0.8, False)])
def test_a_rate_ten_times_too_large_may_pass_where_rates_are_small(
    rate: float, unseen: bool
) -> None:
    # rates that are all alike have a spread of sqrt(3/8 + 0.01), and ten times 0.7 % lies 6.07
    # points off: the odds against it are 6.99, and a bar of 7 accuses
    found = find(rates([rate] * 6))
    assert (found.odd, found.unseen.tolist()) == ([], [unseen])


def test_no_rates_have_no_errors() -> None:
    found = find(rates([]))
    assert (found.odd, found.unseen.tolist()) == ([], [])
