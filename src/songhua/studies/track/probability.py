"""The odds that a target is met, recalibrated on past origins, or why there are none."""

from __future__ import annotations

import math
import zlib
from collections.abc import Collection
from datetime import date

import numpy as np
import pandas as pd

from songhua.maths.bounds import Interval
from songhua.maths.odds import AHEAD, Forecast, Pace, forecast, paces, years_needed
from songhua.plan.vocabulary import NoOdds, TargetPath
from songhua.studies.series import Figures
from songhua.studies.track.growth_paths import growth_rates
from songhua.studies.track.measurement import Measurement
from songhua.studies.track.resolved_targets import ResolvedTarget, own_series
from songhua.studies.track.target_series import other_places

RATES = (TargetPath.GROWTH, TargetPath.CUMULATIVE)


def target_forecast(
    target: ResolvedTarget, figures: Figures, measured: Measurement, required: float, left: float,
    seed: int, faster: float = 0.0,
) -> Forecast | NoOdds:  # fmt: skip
    """The forecast for the years that are left, or why it is not given.

    It is given for an average, growth in all or a level, from the end of a year on, for one to
    three years, with ten or more consecutive published figures up to that year. Other places of
    the folder with figures for all of these years lend their errors, shocks and records. Each
    target has its own chance, so that one more target changes no other. With `faster` every path is
    faster by so many points a year, and what is wanted lies so much nearer.

    >>> from songhua.studies.track.examples import town_figures, town_target
    >>> from songhua.studies.track.level_paths import level_path
    >>> target, figures = town_target("reach 1000", "firms"), town_figures()
    >>> measured = level_path(target, figures, own_series(target, figures))
    >>> target_forecast(target, figures, measured, 100.0, 3.0, 0)  # two years are too few
    'few_years'
    """
    assert measured.latest is not None
    last, steps = measured.latest.end, round(left)
    if target.path == TargetPath.SUM:
        return NoOdds.ADDS_UP
    if (last.month, last.day) != (12, 31) or steps < 1 or abs(left - steps) > 1e-6:
        return NoOdds.PART_OF_YEAR
    if steps > AHEAD:
        return NoOdds.TOO_FAR
    values = _table(target, figures, last)
    if len(values) < years_needed(steps):
        return NoOdds.FEW_YEARS
    pace = _pace(target, values)
    lead = faster * measured.latest.value / 100 if pace == Pace.STEPS else faster
    wanted = _wanted(target, measured, required, steps, pace) - lead
    rng = np.random.default_rng([seed, zlib.crc32(target.entry.id.encode())])
    found = forecast(values, target.labels.region, steps, pace, wanted, rng)
    assert found is not None
    return found


def _table(target: ResolvedTarget, figures: Figures, last: date) -> pd.DataFrame:
    """The years without a gap up to a day, beside other places that have all of them."""
    own, here = _years(target, figures), target.labels.region
    years = consecutive_years(own, last)
    table = {here: [own[year] for year in years]}
    for place in other_places(figures, target.indicator, here):
        found = _years(target.elsewhere(place), figures)
        if all(year in found for year in years):
            table[place] = [found[year] for year in years]
    return pd.DataFrame(table, index=pd.Index(years))


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


def _pace(target: ResolvedTarget, values: pd.DataFrame) -> Pace:
    """In what the required pace is counted; a rate needs levels above zero."""
    if target.path in RATES:
        return Pace.GROWTH
    steady = target.path == TargetPath.STEADY and bool((values > 0).all(axis=None))
    return Pace.RATE if steady else Pace.STEPS


def _wanted(
    target: ResolvedTarget, measured: Measurement, required: float, steps: int, pace: Pace
) -> Interval:
    """The pace of the years left that leads to the goal."""
    if pace == Pace.GROWTH:
        ends = (-math.inf, required) if target.downward else (required, math.inf)
        return Interval(*ends)
    assert measured.latest is not None
    known = np.array([[measured.latest.value]])

    def needed(end: float) -> float:
        if not math.isfinite(end):
            return end
        return float(paces(known, np.full((1, steps, 1), end), pace)[0, 0])

    return Interval(needed(measured.accepted.low), needed(measured.accepted.high))
