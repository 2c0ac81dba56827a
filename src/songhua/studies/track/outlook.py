"""The pace that a target still requires, and who ever managed it: here before, and elsewhere."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import pandas as pd

from songhua.maths.growth import average_growth
from songhua.maths.odds import Forecast
from songhua.maths.progress import pace_required, past_paces, rate_required, rest_required
from songhua.plan.vocabulary import NoOdds, PaceUnit, TargetPath
from songhua.region.observations import Figure
from songhua.studies.series import Figures
from songhua.studies.track.growth_paths import growth_rates
from songhua.studies.track.measurement import Measurement
from songhua.studies.track.probability import Odds, target_odds
from songhua.studies.track.resolved_targets import ResolvedTarget, own_series
from songhua.studies.track.target_series import Series, other_places, series_of

STEADY = (TargetPath.STEADY, TargetPath.GROWTH, TargetPath.CUMULATIVE)
GROWTH = (TargetPath.GROWTH, TargetPath.CUMULATIVE)
NONE_AHEAD = (TargetPath.EACH_YEAR, TargetPath.COURSE)


@dataclass(frozen=True)
class Outlook:
    """The pace still required, the best and worst past one, and who ever managed it.

    `paces` counts the past paces that are known, `compared` the other places with one, and
    `managed` those of them whose best was as good as what is required.
    """

    required: float = math.nan
    unit: PaceUnit = PaceUnit.NONE
    best: float = math.nan
    worst: float = math.nan
    paces: int = 0
    managed: int = 0
    compared: int = 0
    odds: Odds = field(default_factory=Odds)

    @property
    def forecast(self) -> Forecast | None:
        """The forecast behind the odds, where there are any."""
        return self.odds.forecast


def outlook(
    target: ResolvedTarget, figures: Figures, measured: Measurement, seed: int = 0,
    faster: float = 0.0,
) -> Outlook:  # fmt: skip
    """The outlook of a target whose time is not over; `seed` is what its chance starts from.

    With `faster` the odds are those of paths that are faster by so many points a year.

    >>> from songhua.studies.track.examples import town_figures, town_target
    >>> from dataclasses import replace
    >>> from songhua.studies.track.level_paths import level_path
    >>> from songhua.studies.track.resolved_targets import own_series
    >>> target, figures = town_target("reach 1000", "firms"), town_figures()
    >>> measured = level_path(target, figures, own_series(target, figures))
    >>> found = outlook(target, figures, replace(measured, elapsed=0.4))
    >>> found.required, found.unit, found.paces
    (100.0, 'a_year', 0)
    """
    latest = measured.latest
    pathless = measured.pathless and target.path != TargetPath.YEAR
    if latest is None or pathless or target.path in NONE_AHEAD:
        return Outlook()
    left = target.years * (1 - measured.elapsed)
    if left <= 0:
        return Outlook()
    if target.path == TargetPath.YEAR:
        rest = _rest_of_year(target, figures, measured.goal, latest)
        if math.isnan(rest):
            return Outlook()
        return Outlook(rest, PaceUnit.REST, odds=Odds(no_odds=NoOdds.PART_OF_YEAR))
    required = _required(target, measured, latest, left)
    if math.isnan(required):
        return Outlook()
    years = max(1, round(left))
    past = _past_paces(target, figures, years)
    best, worst = _ends(target, past)
    managed, compared = _elsewhere(target, figures, years, required)
    unit = PaceUnit.PERCENT if target.path in STEADY else PaceUnit.A_YEAR
    odds = target_odds(target, figures, measured, required, left, seed, faster)
    return Outlook(required, unit, best, worst, len(past), managed, compared, odds)


def _required(target: ResolvedTarget, measured: Measurement, latest: Figure, left: float) -> float:
    """The pace that still leads to the goal in the years that are left, by path."""
    goal = measured.goal
    if target.path == TargetPath.GROWTH:
        return rate_required(measured.rates, goal, target.years) if measured.rates else math.nan
    if target.path == TargetPath.CUMULATIVE:
        factor = (1 + goal / 100) / (1 + latest.value / 100)
        return (factor ** (1 / left) - 1) * 100 if factor > 0 else math.nan
    if math.isnan(goal):
        return math.nan
    return pace_required(latest.value, goal, left, target.path == TargetPath.STEADY)


def _rest_of_year(target: ResolvedTarget, figures: Figures, goal: float, latest: Figure) -> float:
    """Growth of the rest of the year, from last year's levels of the year and of its part."""
    catalogue = figures.region.indicators
    own = target.form == "level"
    level = target.indicator if own else figures.region.relations.underlying(target.indicator)
    if not level or not target.rates:
        return math.nan
    levels = series_of(figures, level, target.labels, str(catalogue[level]["unit"]))
    year = target.period.shifted(-1)
    before, cut = levels.at(year), latest.end.replace(year=latest.end.year - 1, day=1)
    same_part = (
        f for f in levels.figures
        if f.start == year.start and (f.end.year, f.end.month) == (cut.year, cut.month)
    )  # fmt: skip
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
    """How many other places once managed the required pace, and how many have a known one."""
    managed = compared = 0
    for region in other_places(figures, target.indicator, target.labels.region):
        past = _past_paces(target.elsewhere(region), figures, years)
        if len(past):
            compared += 1
            best = _ends(target, past)[0]
            managed += bool(best <= required if target.downward else best >= required)
    return managed, compared
