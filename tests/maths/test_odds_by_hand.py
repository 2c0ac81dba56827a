"""The paths of the two models of smoothing, reckoned once more with plain numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import fmean, pstdev

import numpy as np
import pytest

from close import assert_close
from songhua.maths.odds import SHARED, paths
from songhua.maths.odds.smoothing import BURN, LEVELS, TRENDS, Array

Grid = tuple[tuple[float, float, float], ...]
ONE = [[3.0], [5.0], [4.0], [8.0], [7.0], [11.0], [9.0], [14.0], [12.0], [19.0]]
#: Places of different size and pace, so that a place that is not set in proportion would decide.
FOUR = [
    [value, 40 - 3 * value + at % 3, 900 + 70 * (at % 4), at * 1.5 + value / 7]
    for at, (value,) in enumerate(ONE)
]
#: Three, from which on a common shock is told apart, and one of them never changes.
STEADY = [[*row[:2], 5.0] for row in FOUR]


@dataclass
class Fixed:
    """Chance that is known: every own shock is one spread, the common ones are of these years."""

    years: list[list[int]]
    shock: float = 1.0
    asked: list[int] = field(default_factory=list)
    freedom: list[float] = field(default_factory=list)

    def integers(self, low: int, high: int, size: tuple[int, int]) -> np.ndarray:
        self.asked += [low, high]
        assert size == np.shape(self.years)
        return np.array(self.years)

    def standard_t(self, df: float, size: tuple[int, int]) -> Array:
        self.freedom.append(df)
        return np.full(size, self.shock)


def smoothed(
    series: list[float], smooth: tuple[float, float, float]
) -> tuple[list[float], float, float]:
    """Errors one step ahead after the first two, and the last level and trend."""
    alpha, gamma, phi = smooth
    level, trend = (series[0], (series[3] - series[0]) / 3) if phi else (fmean(series[:3]), 0.0)
    errors = []
    for value in series[1:]:
        ahead = level + phi * trend
        errors.append(value - ahead)
        level, trend = ahead + alpha * errors[-1], phi * trend + gamma * errors[-1]
    return errors[2:], level, trend


def by_hand(
    table: list[list[float]], grid: Grid, used: int, years: list[list[int]], shock: float
) -> list[list[list[float]]]:
    places = [list(one) for one in zip(*table, strict=True)]
    sizes = [pstdev(b - a for a, b in pairwise(one)) for one in places]

    def loss(smooth: tuple[float, float, float]) -> float:
        return sum(
            (error / size) ** 2
            for one, size in zip(places, sizes, strict=True)
            if size
            for error in smoothed(one, smooth)[0]
        )

    smooth = alpha, gamma, phi = min(grid, key=loss)
    found = [smoothed(one, smooth) for one in places]
    n = len(table) - 3  # years with an error that counts
    wider = math.sqrt(n / (n - used))
    common = [fmean(one[0][at] for one in found) * wider for at in range(n)]
    common = common if len(places) >= 3 else [0.0] * n
    made = []
    for path in years:
        ends: list[list[float]] = [[] for _ in path]
        for errors, level, trend in found:
            own = [error * wider - all_ for error, all_ in zip(errors, common, strict=True)]
            spread = math.sqrt(fmean(one**2 for one in own))
            for step, year in enumerate(path):
                error, ahead = common[year] + shock * spread, level + phi * trend
                ends[step].append(ahead + error)
                level, trend = ahead + alpha * error, phi * trend + gamma * error
        made.append(ends)
    return made


@pytest.mark.parametrize("table", [ONE, ONE[:7], FOUR, STEADY, [row[:2] for row in FOUR]])
@pytest.mark.parametrize("shock", [1.0, -2.5])
def test_paths_are_those_reckoned_by_hand(table: list[list[float]], shock: float) -> None:
    years = [[0, 2, 1], [3, 3, 0]]
    chance = Fixed(years, shock)
    found = paths(np.array(table), 3, 4, chance)  # pyright: ignore[reportArgumentType]
    levels, trends = (
        by_hand(table, grid, used, years, shock) for grid, used in ((LEVELS, 1), (TRENDS, 3))
    )
    assert_close(found, np.array([*levels, *trends]))
    n = len(table) - 3
    assert chance.asked == [0, n]  # a common shock is of any year whose error counts
    assert chance.freedom == [n - 1] * 3 + [n - 3] * 3


def test_the_start_sways_two_errors_and_three_places_tell_a_common_shock() -> None:
    assert (BURN, SHARED) == (2, 3)


def test_the_parameters_are_those_of_the_models() -> None:
    # a level follows its error in part or whole; a trend that is damped dies out
    assert [a for a, _, _ in LEVELS] == [tenth / 10 for tenth in range(1, 11)]
    assert {(gamma, phi) for _, gamma, phi in LEVELS} == {(0.0, 0.0)}
    alphas, gammas, phis = (sorted(set(one)) for one in zip(*TRENDS, strict=True))
    assert len(TRENDS) == len(alphas) * len(gammas) * len(phis) == 60
    assert (alphas, gammas) == ([0.2, 0.4, 0.6, 0.8, 1.0], [0.05, 0.1, 0.2, 0.3])
    assert phis == [0.8, 0.9, 0.95]


def test_so_few_years_leave_one_degree_of_freedom() -> None:
    chance = Fixed([[0]])
    found = paths(np.array(ONE[:5]), 1, 2, chance)  # pyright: ignore[reportArgumentType]
    assert chance.freedom == [1, 1]
    assert np.isfinite(found).all()
