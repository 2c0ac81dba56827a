"""The odds that a target is met, recalibrated on past origins, or why there are none."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from songhua.labels import parse_period
from songhua.maths.bounds import Interval
from songhua.maths.odds import AHEAD, Forecast, Pace, forecast, paces, years_needed
from songhua.plan.vocabulary import NoOdds, TargetPath
from songhua.region.observations import Figure
from songhua.studies.series import Figures
from songhua.studies.track.growth_paths import growth_rates
from songhua.studies.track.measurement import Measurement
from songhua.studies.track.resolved_targets import ResolvedTarget, own_series
from songhua.studies.track.target_series import other_places

RATES = (TargetPath.GROWTH, TargetPath.CUMULATIVE)


@dataclass(frozen=True)
class Odds:
    """The odds of a target, and the odds by the figures of other names of its quantity.

    `made_from` is the other name whose figures give them, blank for the target's own. `other_name`
    is a name that differs in `differ` of the `common` years; `probability` are the odds with its
    figures in the place of those, missing where it lacks a level that is needed.
    """

    forecast: Forecast | None = None
    no_odds: NoOdds = NoOdds.NONE
    made_from: str = ""
    other_name: str = ""
    common: int = 0
    differ: int = 0
    probability: float = math.nan


def target_odds(
    target: ResolvedTarget,
    figures: Figures,
    measured: Measurement,
    required: float,
    years_left: float,
    seed: int,
    faster: float = 0.0,
) -> Odds:
    """The forecast of a target by its own figures, else by those of another name of its quantity.

    Only figures under one name are used, and none is chained to those of another. If the figures of
    another name differ in some year, the odds with its figures stand beside. Arguments as in
    `target_forecast`.

    >>> from songhua.studies.track.examples import town_figures, town_target
    >>> from songhua.studies.track.level_paths import level_path
    >>> target, figures = town_target("reach 1000", "firms"), town_figures()
    >>> measured = level_path(target, figures, own_series(target, figures))
    >>> target_odds(target, figures, measured, 100.0, 3.0, 0).no_odds
    'few_years'
    """

    def forecast_by(
        by: ResolvedTarget, substitutes: Mapping[int, float] | None = None
    ) -> Forecast | NoOdds:
        return target_forecast(
            by, figures, measured, required, years_left, seed, faster, substitutes
        )

    names = figures.region.relations.same_quantity(target.indicator)
    refused = NoOdds.NONE
    for name in dict.fromkeys((target.indicator, *names)):
        by = target.under(name)
        attempt = forecast_by(by)
        if isinstance(attempt, Forecast):
            assert measured.latest is not None
            beside = next(
                _by_other_names(by, names, figures, measured.latest.end, forecast_by), Odds()
            )
            return replace(
                beside, forecast=attempt, made_from="" if name == target.indicator else name
            )
        refused = refused or attempt
        if refused != NoOdds.FEW_YEARS:
            break
    return Odds(no_odds=refused)


def _by_other_names(
    by: ResolvedTarget,
    names: Sequence[str],
    figures: Figures,
    last: date,
    forecast_by: Callable[[ResolvedTarget, Mapping[int, float]], Forecast | NoOdds],
) -> Iterator[Odds]:
    """For each other name that differs in a year used: the number of such years, and its odds.

    A rate is that of its year alone and may stand among the rest; levels of two names may not, so
    that the other name must hold all years.
    """
    years_used = _table(by, figures, last).index.tolist()
    own_figures = _years(by, figures)
    for name in names:
        if name == by.indicator:
            continue
        theirs = {
            year: figure
            for year, figure in _years(by.under(name), figures).items()
            if year in years_used
        }
        differ = [
            year
            for year, figure in theirs.items()
            if not figure.bound.overlaps(own_figures[year].bound)
        ]
        if differ:
            attempt = None
            if by.path in RATES or len(theirs) == len(years_used):
                substitutes = {year: theirs[year].value for year in differ}
                attempt = forecast_by(by, substitutes)
            odds = attempt.probability if isinstance(attempt, Forecast) else math.nan
            yield Odds(other_name=name, common=len(theirs), differ=len(differ), probability=odds)


def target_forecast(
    target: ResolvedTarget,
    figures: Figures,
    measured: Measurement,
    required: float,
    years_left: float,
    seed: int,
    faster: float = 0.0,
    substitutes: Mapping[int, float] | None = None,
) -> Forecast | NoOdds:
    """The forecast for the years that are left, or why it is not given.

    It is given for an average, growth in all or a level, from the end of a year on, for one to
    three years, with ten or more consecutive published figures up to that year. Other places of
    the folder with figures for all of these years lend their errors, shocks and records. Each
    target has its own chance, so that one more target changes no other. With `faster` every path is
    faster by so many points a year, and the goal lies so much nearer. `substitutes` are figures
    that stand in the place of those of their years.

    >>> from songhua.studies.track.examples import town_figures, town_target
    >>> from songhua.studies.track.level_paths import level_path
    >>> target, figures = town_target("reach 1000", "firms"), town_figures()
    >>> measured = level_path(target, figures, own_series(target, figures))
    >>> target_forecast(target, figures, measured, 100.0, 3.0, 0)  # two years are too few
    'few_years'
    """
    assert measured.latest is not None
    last, steps = measured.latest.end, round(years_left)
    if target.path == TargetPath.SUM:
        return NoOdds.ADDS_UP
    if (last.month, last.day) != (12, 31) or steps < 1 or abs(years_left - steps) > 1e-6:
        return NoOdds.PART_OF_YEAR
    if steps > AHEAD:
        return NoOdds.TOO_FAR
    values = _table(target, figures, last)
    if len(values) < years_needed(steps):
        return NoOdds.FEW_YEARS
    for year, value in (substitutes or {}).items():
        values.loc[year, target.labels.region] = value
    pace = _pace(target, values)
    lead = faster * measured.latest.value / 100 if pace == Pace.STEPS else faster
    wanted = _wanted(target, measured, required, steps, pace) - lead
    rng = np.random.default_rng([seed, zlib.crc32(target.entry.id.encode())])
    prediction = forecast(values, target.labels.region, steps, pace, wanted, rng)
    assert prediction is not None
    return prediction


def _table(target: ResolvedTarget, figures: Figures, last: date) -> pd.DataFrame:
    """The years without a gap up to a day, beside other places that have all of them."""
    own_figures, home = _years(target, figures), target.labels.region
    years = unbroken_years(target, figures, consecutive_years(own_figures, last))
    table = {home: [own_figures[year].value for year in years]}
    for place in other_places(figures, target.indicator, home):
        theirs = target.elsewhere(place)
        their_figures = _years(theirs, figures)
        known = all(year in their_figures for year in years)
        if known and unbroken_years(theirs, figures, years) == years:
            table[place] = [their_figures[year].value for year in years]
    return pd.DataFrame(table, index=pd.Index(years))


def unbroken_years(target: ResolvedTarget, figures: Figures, years: Sequence[int]) -> list[int]:
    """The years of the last series of a level: none before its last break or that of its place.

    Rates are of one year each, and none of them is made across a break.

    >>> from songhua.studies.track.examples import town_figures, town_target
    >>> unbroken_years(town_target("reach 1000", "firms"), town_figures(), [2021, 2022])
    [2021, 2022]
    """
    if target.path in RATES or not years:
        return list(years)
    indicator = figures.region.indicator(target.indicator, target.labels.region)
    last = parse_period(str(years[-1]))
    return [year for year in years if indicator.unbroken(parse_period(str(year)), last)]


def _years(target: ResolvedTarget, figures: Figures) -> dict[int, Figure]:
    """Published figures of whole years; one that is open at an end is left out."""
    series = own_series(target, figures)
    if target.path in RATES:
        series, _ = growth_rates(target, figures, series)
    return {
        year: figure
        for year, figure in series.by_year.items()
        if math.isfinite(figure.bound.low) and math.isfinite(figure.bound.high)
    }


def consecutive_years(available: Collection[int], last: date) -> list[int]:
    """The years without a gap up to a day, the first one first.

    >>> consecutive_years({2018, 2020, 2021}, date(2021, 12, 31))
    [2020, 2021]
    """
    year = last.year
    while year in available:
        year -= 1
    return list(range(year + 1, last.year + 1))


def _pace(target: ResolvedTarget, values: pd.DataFrame) -> Pace:
    """The unit of the required pace; a rate needs levels above zero."""
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
    levels = np.array([[measured.latest.value]])

    def needed(end: float) -> float:
        if not math.isfinite(end):
            return end
        return float(paces(levels, np.full((1, steps, 1), end), pace)[0, 0])

    return Interval(needed(measured.accepted.low), needed(measured.accepted.high))
