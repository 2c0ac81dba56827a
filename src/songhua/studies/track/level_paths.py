"""Paths of levels: equal steps or a steady rate, sums, and ceilings or floors of every year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from songhua.maths.bounds import EVERYTHING, Interval
from songhua.maths.progress import growth_progress, level_progress, share_done
from songhua.plan.vocabulary import Direction, Missing, Quantity, TargetPath
from songhua.region.observations import Figure, cited
from songhua.results.estimates import Estimate
from songhua.studies.series import Figures
from songhua.studies.track.growth_paths import growth_rates
from songhua.studies.track.measurement import (
    Measurement,
    base_figure,
    elapsed,
    span,
    without_path,
)
from songhua.studies.track.resolved_targets import ResolvedTarget
from songhua.studies.track.target_series import Series

#: Quantities that are levels themselves; all others are counted from the base.
PLAIN = (Quantity.LEVEL, Quantity.RANK)


def level_path(target: ResolvedTarget, figures: Figures, series: Series) -> Measurement:
    """A level: base, goal and the latest figure; equal steps, or a steady rate.

    >>> from songhua.studies.track.examples import town_figures, town_target
    >>> from songhua.studies.track.resolved_targets import own_series
    >>> target, figures = town_target("reach 1000", "firms"), town_figures()
    >>> measured = level_path(target, figures, own_series(target, figures))
    >>> measured.base.value, measured.latest.value, measured.goal, measured.progress.value
    (500.0, 700.0, 1000.0, 0.4)
    """
    del figures
    base, latest = base_figure(target, series), _last_level(target, series)
    goal, accepted = _level_goal(target, base), target.accepted
    if target.words.quantity not in PLAIN:
        accepted = _counted_from(target, base)
    measured = Measurement(latest, base, goal, accepted)
    if latest is None:
        return replace(measured, missing=Missing.NO_FIGURE)
    if base is None:
        return replace(measured, missing=Missing.NO_BASE, elapsed=elapsed(target, latest.end))
    if base.value <= goal if target.downward else base.value >= goal:
        return replace(without_path(target, [latest], accepted), base=base, goal=goal)
    path = growth_progress if target.path == TargetPath.STEADY else level_progress
    ends, central = path(base.bound, latest.bound, goal), path(base.value, latest.value, goal)
    rounded = ends == EVERYTHING and latest.bound != EVERYTHING
    lacks = rounded and not math.isfinite(central.low)
    missing = Missing.BASE_IS_GOAL if lacks else Missing.NONE
    return replace(measured, progress=Estimate.of(central.middle, ends), missing=missing)


def _last_level(target: ResolvedTarget, series: Series) -> Figure | None:
    """The latest level: of a flow only whole years can be set against a year's goal."""
    if target.flow and not target.one_year:
        return series.latest_year(target.start, target.period.end)
    return series.latest(target.start, target.period.end)


def _level_goal(target: ResolvedTarget, base: Figure | None) -> float:
    """The level to be reached; a change, an addition or a multiple counts from the base."""
    if target.words.quantity in PLAIN:
        return target.goal
    if base is None:
        return math.nan
    if target.words.quantity == Quantity.MULTIPLE:
        return base.value * target.goal
    return base.value + target.goal


def _counted_from(target: ResolvedTarget, base: Figure | None) -> Interval:
    """The accepted range of a change, an addition or a multiple."""
    if base is None:
        return EVERYTHING
    if target.words.quantity == Quantity.MULTIPLE:
        return target.accepted * base.value
    return target.accepted + base.value


def sum_path(target: ResolvedTarget, figures: Figures, series: Series) -> Measurement:
    """A sum over the period, beside the time elapsed.

    >>> from songhua.studies.track.examples import town_figures, town_target
    >>> from songhua.studies.track.resolved_targets import own_series
    >>> target, figures = town_target("50,000 in all", "jobs"), town_figures()
    >>> measured = sum_path(target, figures, own_series(target, figures))
    >>> measured.latest.value, measured.goal, measured.progress.value
    (20000.0, 50000.0, 0.4)
    """
    del figures
    first = target.start + timedelta(days=1)
    whole = series.at(target.period) or series.so_far(first, target.period.end)
    years = series.run(first.year, target.period.end.year)
    if years and (whole is None or years[-1].end > whole.end):
        whole = total(years)
    if whole is None:
        return Measurement(goal=target.goal, accepted=target.accepted, missing=Missing.NO_FIGURE)
    if target.direction != Direction.HIGHER:
        return replace(without_path(target, [whole], target.accepted), goal=target.goal)
    central, ends = share_done(whole.value, target.goal), share_done(whole.bound, target.goal)
    progress = Estimate.of(central.middle, ends)
    return Measurement(whole, None, target.goal, target.accepted, progress)


def total(years: Sequence[Figure]) -> Figure:
    """Several years added up.

    >>> both = total(Series.of({"2021": 10.0, "2022": 12.0}).figures)
    >>> both.value, str(both.period), both.exact
    (22.0, '2021..2022', True)
    """
    bound = sum((f.bound for f in years[1:]), years[0].bound)
    sure = sum((f.sure for f in years[1:]), years[0].sure)
    value = math.fsum(f.value for f in years)
    exact = all(f.exact for f in years)
    return Figure(value, bound, sure, span(years), cited(*years), exact)


def each_year_path(target: ResolvedTarget, figures: Figures, series: Series) -> Measurement:
    """A ceiling, a floor or a range that every year is tested against.

    >>> from songhua.studies.track.examples import town_figures, town_target
    >>> from songhua.studies.track.resolved_targets import own_series
    >>> target, figures = town_target("控制在5.5%以内", "unemployment"), town_figures()
    >>> measured = each_year_path(target, figures, own_series(target, figures))
    >>> measured.latest.value, measured.accepted.high, len(measured.tested)
    (5.2, 5.5, 2)
    """
    rates, readings = growth_rates(target, figures, series) if target.rates else (series, ())
    first, last = target.start.year + 1, target.period.end.year
    years = [f for year, f in sorted(rates.by_year.items()) if first <= year <= last]
    if not years:
        latest = rates.latest(target.start, target.period.end)
        years = [latest] if latest is not None else []
    if not years:
        return Measurement(goal=target.goal, accepted=target.accepted, missing=Missing.NO_FIGURE)
    measured = without_path(target, years, target.accepted)
    return replace(measured, goal=target.goal, readings=(*measured.readings, *readings))
