"""The probability that a target is met, where ten comparable years and a record allow one."""

from __future__ import annotations

import math
import zlib
from collections.abc import Collection
from datetime import date

import numpy as np
import pandas as pd

from songhua.maths.bounds import Interval
from songhua.maths.forecast import LEAST, Forecast, forecast
from songhua.plan.vocabulary import TargetPath
from songhua.studies.series import Figures
from songhua.studies.track.growth_paths import growth_rates
from songhua.studies.track.measurement import Measurement
from songhua.studies.track.resolved_targets import ResolvedTarget, own_series
from songhua.studies.track.target_series import other_places

RATES = (TargetPath.GROWTH, TargetPath.CUMULATIVE)
LEVELS = (TargetPath.LEVEL, TargetPath.STEADY)


def target_forecast(
    target: ResolvedTarget, figures: Figures, measured: Measurement, required: float, left: float,
    seed: int,
) -> Forecast | None:  # fmt: skip
    """The forecast for the years that are left; None where it is not given.

    It is given for an average, growth in all or a level, from the end of a year on, with ten or
    more consecutive published figures up to that year. Other places of the folder with figures
    for all of these years lend their errors and their shocks. Each target has its own chance, so
    that one more target changes no other.

    >>> from songhua.studies.track.examples import town_figures, town_target
    >>> from songhua.studies.track.level_paths import level_path
    >>> target, figures = town_target("reach 1000", "firms"), town_figures()
    >>> measured = level_path(target, figures, own_series(target, figures))
    >>> target_forecast(target, figures, measured, 100.0, 3.0, 0) is None  # two years are too few
    True
    """
    assert measured.latest is not None
    last, steps = measured.latest.end, round(left)
    whole = (last.month, last.day) == (12, 31) and steps >= 1 and abs(left - steps) < 1e-6
    if not whole or target.path not in (*RATES, *LEVELS):
        return None
    own = _years(target, figures)
    years = consecutive_years(own, last)
    if len(years) < LEAST:
        return None
    here = target.labels.region
    table = {here: [own[year] for year in years]}
    for place in other_places(figures, target.indicator, here):
        found = _years(target.elsewhere(place), figures)
        if all(year in found for year in years):
            table[place] = [found[year] for year in years]
    rng = np.random.default_rng([seed, zlib.crc32(target.entry.id.encode())])
    rates = target.path in RATES
    wanted = _wanted(target, required) if rates else measured.accepted
    frame = pd.DataFrame(table, index=pd.Index(years))
    return forecast(frame, here, steps, wanted, rng, rates)


def _years(target: ResolvedTarget, figures: Figures) -> dict[int, float]:
    """Published figures of whole years; one that is open at an end is left out."""
    series = own_series(target, figures)
    if target.path in RATES:
        series, _ = growth_rates(target, figures, series)
    return {
        year: figure.value for year, figure in series.by_year.items()
        if math.isfinite(figure.bound.low) and math.isfinite(figure.bound.high)
    }  # fmt: skip


def consecutive_years(known: Collection[int], last: date) -> list[int]:
    """The years without a gap up to a day, the first one first.

    >>> consecutive_years({2018, 2020, 2021}, date(2021, 12, 31))
    [2020, 2021]
    """
    year = last.year
    while year in known:
        year -= 1
    return list(range(year + 1, last.year + 1))


def _wanted(target: ResolvedTarget, required: float) -> Interval:
    """The average growth of the years left that leads to the goal."""
    ends = (-math.inf, required) if target.downward else (required, math.inf)
    return Interval(*ends)
