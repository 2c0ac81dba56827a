"""Paths of growth: an average a year, growth or reduction in all, one year's growth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from songhua.maths.bounds import Interval
from songhua.maths.progress import compounded, rates_progress
from songhua.plan.vocabulary import Direction, Missing, ReadingCode
from songhua.region.indicators import RATES, Indicator
from songhua.region.observations import Figure, cited
from songhua.results.estimates import Estimate
from songhua.studies.series import Figures
from songhua.studies.track.measurement import (
    Measurement,
    average,
    span,
    without_path,
)
from songhua.studies.track.readings import Reading
from songhua.studies.track.resolved_targets import ResolvedTarget
from songhua.studies.track.target_series import Series, SeriesLabels, published_growth, series_of


def growth_rates(
    target: ResolvedTarget, figures: Figures, series: Series
) -> tuple[Series, tuple[Reading, ...]]:
    """The growth rates of a target: its own, those published for its level, or from levels.

    A fall of 100 % and more, and growth from nothing or less, cannot be compounded: left out.

    >>> from songhua.studies.track.examples import town_figures, town_target
    >>> from songhua.studies.track.resolved_targets import own_series
    >>> target, figures = town_target("5 % a year", "gdp"), town_figures()
    >>> rates, readings = growth_rates(target, figures, own_series(target, figures))
    >>> rates.annual().to_dict(), readings
    ({2021: 5.5, 2022: 3.0}, ())
    """
    if target.form in RATES:
        return _compoundable(series), ()
    if published := published_growth(figures, target.indicator):
        rates = _compoundable(series_of(figures, published, target.labels, "%"))
        if rates.figures:
            return rates, ()
    levels = _own_levels(target.indicator, target.labels, figures)
    above = Series(tuple(f for f in levels.figures if f.bound.low > 0))
    rates = level_growth(above, figures.region.indicator(target.indicator, target.labels.region))
    reading = Reading(ReadingCode.GROWTH_FROM_LEVELS, word=target.indicator)
    return rates, (reading,) if rates.figures else ()


def _own_levels(indicator: str, labels: SeriesLabels, figures: Figures) -> Series:
    """The levels in the indicator's unit."""
    unit = str(figures.region.indicators[indicator]["unit"])
    return series_of(figures, indicator, labels, unit)


def level_growth(levels: Series, measured: Indicator) -> Series:
    """Growth of each year, and of each part of a year, against the same time a year before (%).

    None where the indicator's series breaks in between.

    >>> levels = Series.of({"2020": 50, "2021": 52, "2022": 80})
    >>> rates = level_growth(levels, Indicator("jobs", breaks=("2022",)))
    >>> [(str(f.period), f.value) for f in rates.figures]
    [('2021', 4.0)]
    """
    return Series(tuple(_yearly_growth(levels, measured)))


def _yearly_growth(levels: Series, measured: Indicator) -> Iterator[Figure]:
    for current in levels.figures:
        if current.start.year == current.end.year:
            before = levels.at(current.period.shifted(-1))
            if before is not None and measured.unbroken(before.period, current.period):
                yield _growth(before, current)


def _compoundable(rates: Series) -> Series:
    return Series(tuple(f for f in rates.figures if f.bound.low > -100))


def _growth(before: Figure, current: Figure) -> Figure:
    """Growth from one year's level to the next of the same series."""
    value = float(f"{(current.value / before.value - 1) * 100:.13g}")
    bound = (current.bound / before.bound - 1) * 100
    return Figure(value, bound, bound, current.period, (*before.ids, *current.ids))


def average_path(target: ResolvedTarget, figures: Figures, series: Series) -> Measurement:
    """An average a year: the rates of the years so far, compounded.

    >>> from songhua.studies.track.examples import town_figures, town_target
    >>> from songhua.studies.track.resolved_targets import own_series
    >>> target, figures = town_target("5 % a year", "gdp_growth"), town_figures()
    >>> measured = average_path(target, figures, own_series(target, figures))
    >>> round(measured.latest.value, 2), str(measured.latest.period), measured.rates
    (4.24, '2021..2022', (5.5, 3.0))
    """
    rates, readings = growth_rates(target, figures, series)
    first, last = target.start.year + 1, target.period.end.year
    years = rates.run(first, last)
    if not years:
        return _nothing(target, any(first <= year <= last for year in rates.by_year))
    latest = average(years)
    if not _upward(target):
        measured = without_path(target, years, target.accepted)
        readings = (*measured.readings, *readings)
        return replace(measured, latest=latest, goal=target.goal, readings=readings)
    progress, rates = _progress(years, target.goal, target.years), tuple(f.value for f in years)
    return Measurement(
        latest,
        None,
        target.goal,
        target.accepted,
        progress,
        tested=tuple(years),
        rates=rates,
        readings=readings,
    )


def _progress(years: Sequence[Figure], goal: float, time: float) -> Estimate:
    """The progress of rates: of the printed ones, between the ends that their bounds allow."""
    central = rates_progress([f.value for f in years], goal, time)
    return Estimate.of(central.middle, rates_progress([f.bound for f in years], goal, time))


def _nothing(target: ResolvedTarget, later: bool) -> Measurement:
    """There is no figure, or there are only `later` ones, with a gap before them."""
    missing = Missing.YEARS_MISSING if later else Missing.NO_FIGURE
    return Measurement(goal=target.goal, accepted=target.accepted, missing=missing)


def _upward(target: ResolvedTarget) -> bool:
    """True where more is better of the growth, or of the fall, that is asked for."""
    grows = target.direction == Direction.HIGHER and target.goal > 0
    return grows or (target.downward and target.goal < 0)


def cumulative_path(target: ResolvedTarget, figures: Figures, series: Series) -> Measurement:
    """Growth or reduction in all: a published total, yearly rates compounded, or two levels.

    >>> from songhua.studies.track.examples import town_figures, town_target
    >>> from songhua.studies.track.resolved_targets import own_series
    >>> target, figures = town_target("grow by 20 % in all", "gdp_growth"), town_figures()
    >>> measured = cumulative_path(target, figures, own_series(target, figures))
    >>> measured.latest.value, measured.goal
    (8.665, 20.0)
    """
    rates, readings = growth_rates(target, figures, series)
    first, last = target.start + timedelta(days=1), target.period.end.year
    total = _published_total(rates, first)
    years = rates.run(first.year, last)
    if years and (total is None or years[-1].end > total.end):
        total = compounded_total(years)
    if total is None:
        return _nothing(target, any(first.year <= year <= last for year in rates.by_year))
    return Measurement(
        total,
        None,
        target.goal,
        target.accepted,
        _progress([total], target.goal, 1),
        tested=tuple(years),
        rates=(total.value,),
        readings=readings,
    )


def _published_total(rates: Series, first: date) -> Figure | None:
    """The last published rate of several years from a day on."""
    year_end = date(first.year, 12, 31)
    totals = (f for f in reversed(rates.figures) if f.start == first and f.end > year_end)
    return next(totals, None)


def compounded_total(years: Sequence[Figure]) -> Figure:
    """Growth over several years together, from the rate of each (%).

    >>> total = compounded_total(Series.of({"2021": 10.0, "2022": 10.0}).figures)
    >>> total.value, str(total.period)
    (21.0, '2021..2022')
    """
    value = float(f"{compounded([f.value for f in years]).middle:.10g}")
    bound = compounded([f.bound for f in years])
    return Figure(value, bound, Interval(value, value), span(years), cited(*years))


def year_path(target: ResolvedTarget, figures: Figures, series: Series) -> Measurement:
    """One year's growth: the year's, or that of its months so far.

    A rate of some months is set against the year's: it is no share of a way, and has no progress
    to be compared with the time that has passed.

    >>> from songhua.studies.track.examples import town_figures, town_target
    >>> from songhua.studies.track.resolved_targets import own_series
    >>> target, figures = town_target("grow by 5 %", "gdp_growth", "2022"), town_figures()
    >>> measured = year_path(target, figures, own_series(target, figures))
    >>> measured.latest.value, measured.goal, measured.elapsed
    (3.0, 5.0, 1.0)
    """
    rates, readings = growth_rates(target, figures, series) if target.rates else (series, ())
    latest = rates.at(target.period) or rates.so_far(target.period.start, target.period.end)
    if latest is None:
        return _nothing(target, later=False)
    part = latest.end < target.period.end
    if part or not target.rates or not _upward(target):
        measured = without_path(target, [latest], target.accepted)
        return replace(measured, goal=target.goal, readings=(*measured.readings, *readings))
    return Measurement(
        latest,
        None,
        target.goal,
        target.accepted,
        _progress([latest], target.goal, 1),
        1.0,
        rates=(latest.value,),
        readings=readings,
    )
