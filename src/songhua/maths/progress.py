"""Progress towards a target beside the time elapsed, and the pace that is still required.

Each kind of target has its own path: a level in equal steps, growth and reductions compounded, a
sum in equal shares. Progress is 0 at the base and 1 at the goal; the lead is progress less the
share of time elapsed. Figures may be numbers or the bounds of printed ones, goals are exact.

Source: the comparison of progress with elapsed time (目标一致法) of the official evaluations of
five-year plans; the paths are the definitions of average growth and of compounded reduction.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Callable, Sequence
from datetime import date
from itertools import product

import pandas as pd

from songhua.errors import SonghuaError
from songhua.maths.bounds import EVERYTHING, Interval, Number, as_interval
from songhua.maths.fault_kinds import GrowthImpossible, PeriodEmpty, WeightsNotPositive


def elapsed_share(start: date, at: date, end: date) -> float:
    """The share of the time from the end of one day to the end of another that has passed.

    Counted in months, a part of a month in days, so that every year counts the same.

    Raises:
        SonghuaError: `period_empty`, unless the end lies after the start.

    >>> elapsed_share(date(2020, 12, 31), date(2024, 3, 31), date(2025, 12, 31))
    0.65
    >>> elapsed_share(date(2023, 12, 31), date(2024, 6, 30), date(2024, 12, 31))
    0.5
    """
    if end <= start:
        raise SonghuaError(PeriodEmpty(start=start.isoformat(), end=end.isoformat()))
    return (_months(at) - _months(start)) / (_months(end) - _months(start))


def _months(day: date) -> float:
    """Months until the end of a day."""
    whole = day.year * 12 + day.month - 1
    return whole + day.day / calendar.monthrange(day.year, day.month)[1]


def level_progress(base: Number, current: Number, goal: float) -> Interval:
    """Progress of a level in equal steps: (current - base) / (goal - base).

    Every number, where rounding lets the base be the goal.

    >>> level_progress(80.0, 83.0, 90.0).middle
    0.3
    """
    return _corners(base, current, lambda b, n: (n - b) / (goal - b), goal)


def growth_progress(base: Number, current: Number, goal: float) -> Interval:
    """Progress of a level that grows at a steady rate: ln(current / base) / ln(goal / base).

    Every number, where a level may be zero or less, or the base may be the goal.

    >>> round(growth_progress(100.0, 110.0, 121.0).middle, 12)
    0.5
    """
    return _corners(
        base, current, lambda b, n: math.log(n / b) / math.log(goal / b), goal, positive=True
    )


def _corners(
    base: Number,
    current: Number,
    share: Callable[[float, float], float],
    goal: float,
    positive: bool = False,
) -> Interval:
    """A share at all ends: it runs one way in each of its two figures, so the ends hold it."""
    base, current = as_interval(base), as_interval(current)
    ends = (base.low, base.high, current.low, current.high)
    unsure = base.contains(goal) or not all(map(math.isfinite, ends))
    if unsure or (positive and min(*ends, goal) <= 0):
        return EVERYTHING
    shares = [share(b, n) for b, n in product((base.low, base.high), (current.low, current.high))]
    return Interval(min(shares), max(shares))


def rates_progress(rates: Sequence[Number], target: float, years: float) -> Interval:
    """Progress of compounded growth: sum ln(1 + g_i) / (years x ln(1 + target)), rates in %.

    The rates are of consecutive years from the base on; a fall is negative, and so is a target
    that asks for one. Every number, where the target asks for no change.

    Raises:
        SonghuaError: `growth_impossible`.

    >>> round(rates_progress([10.0, 10.0], 10.0, 4).middle, 12)
    0.5
    >>> round(rates_progress([-10.0], -19.0, 1).middle, 12)
    0.5
    """
    if target == 0:
        return EVERYTHING
    bounds = [as_interval(rate) for rate in rates]
    whole = years * _log(target)
    ends = [
        math.fsum(_log(end) for end in side) / whole
        for side in ([b.low for b in bounds], [b.high for b in bounds])
    ]
    return Interval(min(ends), max(ends))


def _log(rate: float) -> float:
    """ln(1 + rate), with the rate in percent."""
    if rate <= -100:
        raise SonghuaError(GrowthImpossible(rate=rate))
    return math.log1p(rate / 100)


def share_done(achieved: Number, goal: float) -> Interval:
    """Progress of a sum: the amount achieved, as a share of the goal.

    >>> share_done(30.0, 40.0).middle
    0.75
    """
    return as_interval(achieved) / goal if goal else EVERYTHING


def compounded(rates: Sequence[Number]) -> Interval:
    """Growth (%) of consecutive years together: prod(1 + g_i) - 1.

    >>> print(compounded([10.0, 10.0]))
    21
    """
    total = as_interval(1)
    for rate in rates:
        total = total * (1 + as_interval(rate) / 100)
    growth = (total - 1) * 100
    return Interval(*(float(f"{end:.13g}") for end in (growth.low, growth.high)))


def pace_required(current: float, goal: float, years: float, steady: bool = False) -> float:
    """The change a year that still leads to the goal: in units, or in % when steady.

    Missing, when no time is left, or when steady growth has no meaning.

    >>> pace_required(83.0, 90.0, 2.0), round(pace_required(100.0, 121.0, 2.0, steady=True), 9)
    (3.5, 10.0)
    """
    if years <= 0:
        return math.nan
    if not steady:
        return (goal - current) / years
    return ((goal / current) ** (1 / years) - 1) * 100 if current > 0 and goal > 0 else math.nan


def rate_required(rates: Sequence[float], target: float, years: float) -> float:
    """The growth (%) a year still required for an average of `target` over all `years`.

    ((1 + target)^years / prod(1 + g_i)) ^ (1 / (years - n)) - 1. Missing, when no year is left.

    Raises:
        SonghuaError: `growth_impossible`.

    >>> round(rate_required([5.0, 5.0], 6.0, 4), 2)
    7.01
    """
    years_left = years - len(rates)
    if years_left <= 0:
        return math.nan
    missing = years * _log(target) - math.fsum(_log(rate) for rate in rates)
    return math.expm1(missing / years_left) * 100


def rest_required(target: float, so_far: float, part: float) -> float:
    """The growth (%) that the rest of a year must bring for `target` in the whole year.

    (target - part x so_far) / (1 - part), where `part` is the share of last year's total that
    fell into the months passed (§5: weights carry growth, rates are never subtracted).

    Raises:
        SonghuaError: `weights_not_positive`, unless the part lies between 0 and 1.

    >>> rest_required(6.0, 5.0, 0.5)
    7.0
    """
    if not 0 < part < 1:
        raise SonghuaError(WeightsNotPositive(weight=part))
    return (target - part * so_far) / (1 - part)


def past_paces(levels: pd.Series, years: int, steady: bool = False) -> pd.Series:
    """The pace a year over every stretch of `years` consecutive years, by its last year.

    Args:
        levels: by whole year; a year that is missing breaks the series and is never bridged.
        years: the length of a stretch.
        steady: as growth in % a year; else in the levels' unit a year.

    >>> past_paces(pd.Series({2018: 10.0, 2019: 11.0, 2020: 13.0, 2022: 20.0}), 1).to_dict()
    {2019: 1.0, 2020: 2.0}
    """
    paces: dict[int, float] = {}
    for year in levels.index:
        stretch = [levels.get(at, math.nan) for at in range(year - years, year + 1)]
        if not any(math.isnan(level) for level in stretch):
            first, last = float(stretch[0]), float(stretch[-1])
            pace = pace_required(first, last, years, steady)
            if not math.isnan(pace):
                paces[int(year)] = pace
    return pd.Series(paces, dtype=float)
