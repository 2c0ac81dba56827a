"""The pace that a target still requires, and past paces: here before, and elsewhere."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd

from songhua.maths.growth import average_growth
from songhua.maths.odds import Forecast, Record
from songhua.maths.progress import pace_required, past_paces, rate_required, rest_required
from songhua.plan.vocabulary import NoOdds, PaceUnit, TargetPath
from songhua.region.observations import Figure
from songhua.studies.series import Figures
from songhua.studies.track.growth_paths import growth_rates
from songhua.studies.track.measurement import Measurement
from songhua.studies.track.probability import Odds, target_odds
from songhua.studies.track.resolved_targets import ResolvedTarget, own_series
from songhua.studies.track.rows import OddsRow, TargetRow, digits
from songhua.studies.track.target_series import Series, other_places, series_of

STEADY = (TargetPath.STEADY, TargetPath.GROWTH, TargetPath.CUMULATIVE)
GROWTH = (TargetPath.GROWTH, TargetPath.CUMULATIVE)
NONE_AHEAD = (TargetPath.EACH_YEAR, TargetPath.COURSE)


def with_outlook(
    row: TargetRow,
    target: ResolvedTarget,
    figures: Figures,
    measured: Measurement,
    seed: int = 0,
    faster: float = 0.0,
) -> tuple[TargetRow, list[OddsRow]]:
    """A target's row with the pace still required, past paces and odds; and the odds' record.

    The row stays as it is where its time is over. `paces` counts the past paces that are known,
    `compared` the other places with one, and `managed` those of them whose best pace reached the
    required pace. Chance starts from `seed`; with `faster` the odds are those of paths that are
    faster by so many points a year.

    >>> from songhua.studies.track.examples import town_assessment, town_figures
    >>> firms = town_assessment("reach 1000", "firms")
    >>> row, records = with_outlook(firms.row, firms.target, town_figures(), firms.measured)
    >>> row.required, row.pace_unit, row.paces, records  # two years of figures have no odds
    (100.0, 'a_year', 0, [])
    """
    latest = measured.latest
    pathless = measured.pathless and target.path != TargetPath.YEAR
    if latest is None or pathless or target.path in NONE_AHEAD:
        return row, []
    years_left = target.years * (1 - measured.elapsed)
    if years_left <= 0:
        return row, []
    if target.path == TargetPath.YEAR:
        rest_rate = _rest_of_year(target, figures, measured.goal, latest)
        if math.isnan(rest_rate):
            return row, []
        none = NoOdds.PART_OF_YEAR
        return replace(row, required=digits(rest_rate), pace_unit=PaceUnit.REST, no_odds=none), []
    required = _required(target, measured, latest, years_left)
    if math.isnan(required):
        return row, []
    years = max(1, round(years_left))
    past = _past_paces(target, figures, years)
    best, worst = _ends(target, past)
    managed, compared = _elsewhere(target, figures, years, required)
    row = replace(
        row,
        required=digits(required),
        pace_unit=PaceUnit.PERCENT if target.path in STEADY else PaceUnit.A_YEAR,
        best=digits(best),
        worst=digits(worst),
        paces=len(past),
        managed=managed,
        compared=compared,
    )
    odds = target_odds(target, figures, measured, required, years_left, seed, faster)
    if odds.forecast is None:
        return replace(row, no_odds=odds.no_odds), []
    row = _with_forecast(row, odds, odds.forecast)
    return row, [_odds_row(row.target, record) for record in odds.forecast.records]


def _with_forecast(row: TargetRow, odds: Odds, forecast: Forecast) -> TargetRow:
    """A row with the recalibrated probability, its band, and the odds by other names."""
    return replace(
        row,
        probability=digits(forecast.probability),
        probability_ahead=forecast.steps,
        probability_years=forecast.years,
        probability_own=forecast.own_origins,
        ahead_low=digits(forecast.low),
        ahead_high=digits(forecast.high),
        odds_from=odds.made_from,
        odds_other=odds.other_name,
        odds_common=odds.common,
        odds_differ=odds.differ,
        probability_other=digits(odds.probability),
    )


def _odds_row(target: str, record: Record) -> OddsRow:
    """The record of odds so many years ahead, at past origins."""
    came_10, came_30, came_50, came_70, came_90 = (digits(band.came) for band in record.bands)
    n_10, n_30, n_50, n_70, n_90 = (band.n for band in record.bands)
    return OddsRow(
        target,
        record.steps,
        record.origins,
        record.n,
        came_10,
        came_30,
        came_50,
        came_70,
        came_90,
        n_10,
        n_30,
        n_50,
        n_70,
        n_90,
        digits(record.brier),
        digits(record.brier_base),
    )


def _required(
    target: ResolvedTarget, measured: Measurement, latest: Figure, years_left: float
) -> float:
    """The pace that still leads to the goal in the years that are left, by path."""
    goal = measured.goal
    if target.path == TargetPath.GROWTH:
        return rate_required(measured.rates, goal, target.years) if measured.rates else math.nan
    if target.path == TargetPath.CUMULATIVE:
        factor = (1 + goal / 100) / (1 + latest.value / 100)
        return (factor ** (1 / years_left) - 1) * 100 if factor > 0 else math.nan
    if math.isnan(goal):
        return math.nan
    return pace_required(latest.value, goal, years_left, target.path == TargetPath.STEADY)


def _rest_of_year(target: ResolvedTarget, figures: Figures, goal: float, latest: Figure) -> float:
    """Growth of the rest of the year, from last year's levels of the year and of its part."""
    catalogue = figures.region.indicators
    is_level = target.form == "level"
    level = target.indicator if is_level else figures.region.relations.underlying(target.indicator)
    if not level or not target.rates:
        return math.nan
    levels = series_of(figures, level, target.labels, str(catalogue[level]["unit"]))
    year = target.period.shifted(-1)
    before, cut = levels.at(year), latest.end.replace(year=latest.end.year - 1, day=1)
    same_part = (
        f
        for f in levels.figures
        if f.start == year.start and (f.end.year, f.end.month) == (cut.year, cut.month)
    )
    part = next(same_part, None)
    if before is None or part is None or not 0 < part.value < before.value:
        return math.nan
    return rest_required(goal, latest.value, part.value / before.value)


def _past_paces(target: ResolvedTarget, figures: Figures, years: int) -> pd.Series:
    """All past paces over stretches of as many years as are left, else over single years."""
    series = own_series(target, figures)
    if target.path in GROWTH:
        rates, _ = growth_rates(target, figures, series)
        long = average_rates(rates, years)
        return long if len(long) else average_rates(rates, 1)
    if target.path == TargetPath.SUM:
        return series.annual()
    steady = target.path == TargetPath.STEADY
    paces = past_paces(series.annual(), years, steady)
    return paces if len(paces) else past_paces(series.annual(), 1, steady)


def average_rates(rates: Series, years: int) -> pd.Series:
    """Average growth of every stretch of so many consecutive years, by its last year.

    >>> average_rates(Series.of({"2020": 10.0, "2021": 10.0, "2023": 4.0}), 2).round(9).to_dict()
    {2021: 10.0}
    """
    by_year = rates.by_year
    stretches = {last: range(last - years + 1, last + 1) for last in by_year}
    averages = {
        last: average_growth([by_year[year].value for year in stretch])
        for last, stretch in stretches.items()
        if all(year in by_year for year in stretch)
    }
    return pd.Series(averages, dtype=float)


def _ends(target: ResolvedTarget, past: pd.Series) -> tuple[float, float]:
    """Best and worst, by the direction."""
    if past.empty:
        return math.nan, math.nan
    low, high = float(past.min()), float(past.max())
    return (low, high) if target.downward else (high, low)


def _elsewhere(
    target: ResolvedTarget, figures: Figures, years: int, required: float
) -> tuple[int, int]:
    """Counts of other places that once managed the required pace, and of those with a known one."""
    managed = compared = 0
    for region in other_places(figures, target.indicator, target.labels.region):
        past = _past_paces(target.elsewhere(region), figures, years)
        if len(past):
            compared += 1
            best = _ends(target, past)[0]
            managed += bool(best <= required if target.downward else best >= required)
    return managed, compared
