"""Growth: contributions to growth, cumulative and single periods, averages and turns (§3, §5).

Levels are at constant prices. Growth and shares are in percent, contributions in percentage points.
Growth rates are never differenced: weights carry them from one period to another.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import pandas as pd

from songhua.errors import SonghuaError
from songhua.fault_kinds import LabelsDiffer
from songhua.labels import align
from songhua.maths.bounds import Interval
from songhua.maths.fault_kinds import GrowthImpossible, WeightsNotPositive
from songhua.maths.levels import ROUNDING


def contributions(start: pd.Series, end: pd.Series) -> pd.DataFrame:
    """Contributions (pp) of industries to the growth of their total.

    For industry i with levels V at constant prices: the share of growth is dV_i / dV x 100
    (percent of the total's increment), and the contribution is dV_i / V_start x 100 (percentage
    points of the total's growth). Shares of growth sum to 100, contributions to the total's
    growth. Where the total does not grow a share of growth has no meaning, and only the
    contribution is given. Where a level is missing the total is unknown: neither is given.

    Args:
        start: level by industry in the first period.
        end: level by industry in the second period, at the same prices.

    Returns:
        A row per industry: start, end, increment, growth (%), share_of_growth (%), contribution_pp.

    Raises:
        SonghuaError: `labels_differ` or `labels_repeat`, from `songhua.labels.align`.

    Source: National Bureau of Statistics of China, definitions of 贡献率 and 拉动.

    >>> contributions(pd.Series({"a": 40.0, "b": 60.0}), pd.Series({"a": 43.0, "b": 61.0}))
       start   end  increment    growth  share_of_growth  contribution_pp
    a   40.0  43.0        3.0  7.500000             75.0              3.0
    b   60.0  61.0        1.0  1.666667             25.0              1.0
    """
    start, end = (side.astype(float) for side in align(start, end))
    increment = end - start
    total = math.fsum(start) if start.notna().all() else math.nan
    gained = math.fsum([*end, *-start]) if increment.notna().all() else math.nan
    least = ROUNDING * math.fsum([*end.abs(), *start.abs()]) if gained > 0 else 0.0
    return pd.DataFrame(
        {
            "start": start,
            "end": end,
            "increment": increment,
            "growth": increment / start.where(start > 0) * 100,
            "share_of_growth": increment / (gained if gained > least else math.nan) * 100,
            "contribution_pp": increment / (total if total > 0 else math.nan) * 100,
        }
    )


def contribution_bounds(
    shares: Mapping[str, Interval], growth: Mapping[str, Interval]
) -> dict[str, Interval]:
    """Contributions by part in points: share (%) × growth (%) / 100, with bounds in and out.

    Raises:
        SonghuaError: `labels_differ`.

    >>> from songhua.maths.bounds import rounding_bound
    >>> print(contribution_bounds({"a": rounding_bound("40")}, {"a": rounding_bound("5")})["a"])
    1.7775..2.2275
    """
    if odd := shares.keys() ^ growth.keys():
        raise SonghuaError(LabelsDiffer(labels=tuple(sorted(odd))))
    return {name: share * growth[name] / 100 for name, share in shares.items()}


def contribution_residual(contributions: pd.Series, growth: float) -> float:
    """The total's growth (%) beyond the contributions (pp): growth less their sum.

    Missing, when a contribution is missing.

    >>> contribution_residual(pd.Series({"a": 2.0, "b": 6.0}), 8.5)
    0.5
    """
    return growth - math.fsum(contributions) if contributions.notna().all() else math.nan


def single_period_growth(
    cumulative: float, cumulative_before: float, weight: float, weight_before: float
) -> float:
    """Growth (%) of one period alone from two cumulative growth rates (%).

    g_q = (G_q W_q - G_q-1 W_q-1) / (W_q - W_q-1), with W the cumulative level of the year
    before, at constant prices. Cumulative rates are never subtracted from each other.

    Raises:
        SonghuaError: `weights_not_positive`, unless W_q > W_q-1 > 0.

    >>> single_period_growth(7.0, 4.0, 400.0, 100.0)
    8.0
    """
    _positive(weight_before, weight - weight_before)
    added = cumulative * weight - cumulative_before * weight_before
    return added / (weight - weight_before)


def average_growth(rates: Iterable[float]) -> float:
    """The steady rate (%) that leads to the same end: (prod(1 + g / 100)) ^ (1 / n) - 1.

    Missing, when a rate is missing or there is none.

    Raises:
        SonghuaError: `growth_impossible`, since less than nothing cannot be left.

    >>> round(average_growth([0.0, 0.0, 33.1]), 10)
    10.0
    """
    factors = [1 + rate / 100 for rate in rates]
    if not factors or any(math.isnan(factor) for factor in factors):
        return math.nan
    _above_minus_100(factors)
    return (math.prod(factors) ** (1 / len(factors)) - 1) * 100


def other_year(average: float, growth: float) -> float:
    """The growth (%) that makes the two-year average with the other year's growth (%).

    (1 + average)^2 / (1 + growth) - 1.

    Raises:
        SonghuaError: `growth_impossible`.

    >>> round(other_year(10.0, 21.0), 10)
    0.0
    """
    _above_minus_100([1 + average / 100, 1 + growth / 100])
    return ((1 + average / 100) ** 2 / (1 + growth / 100) - 1) * 100


def turning_points(rates: pd.Series) -> pd.DataFrame:
    """Where growth turns from negative to positive.

    A rate of zero is neither, and missing rates are passed over: `before` is the last label
    with a negative rate, so that the reader sees how far back it lies.

    Args:
        rates: growth (%) in order of time, labelled by period.

    Returns:
        A row per turn: before, label, rate_before, rate.

    >>> turning_points(pd.Series({"Q1": -3.5, "H1": 0.0, "Q3": 4.3}))
      before label  rate_before  rate
    0     Q1    Q3         -3.5   4.3
    """
    rows = []
    last: tuple[object, float] | None = None
    for label, rate in rates.dropna().items():
        if rate > 0 and last is not None and last[1] < 0:
            rows.append((last[0], label, last[1], float(rate)))
        if rate != 0:
            last = label, float(rate)
    return pd.DataFrame(rows, columns=["before", "label", "rate_before", "rate"])


def _positive(*weights: float) -> None:
    """Refuse a weight that is not above zero."""
    odd = [weight for weight in weights if not weight > 0]
    if odd:
        raise SonghuaError(WeightsNotPositive(weight=odd[0]))


def _above_minus_100(factors: list[float]) -> None:
    """Refuse a fall of 100 per cent or more."""
    odd = [factor for factor in factors if factor <= 0]
    if odd:
        rate = round((odd[0] - 1) * 100, 6)
        raise SonghuaError(GrowthImpossible(rate=rate))
