"""Measurements of targets by the figures, whatever the path."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from songhua.labels import Period, parse_period
from songhua.maths.bounds import EVERYTHING, Interval
from songhua.maths.growth import average_growth
from songhua.maths.progress import elapsed_share
from songhua.plan.targets import number
from songhua.plan.vocabulary import Missing, ReadingCode
from songhua.region.observations import Figure, cited
from songhua.results.estimates import Estimate
from songhua.studies.track.readings import Reading
from songhua.studies.track.resolved_targets import ResolvedTarget
from songhua.studies.track.target_series import Series


@dataclass(frozen=True)
class Measurement:
    """A target's measurement: latest figure, base, goal and progress.

    `latest` is set against `accepted`; `goal` is in the same terms. `progress` is that of the
    printed figures between the ends that their bounds allow, unknown where it cannot be measured,
    and `missing` says what lacks. `rates` are the growth rates of consecutive years so far.
    `tested` are the years held against a yearly target, and `pathless` says that the target is
    tested and has no path.
    """

    latest: Figure | None = None
    base: Figure | None = None
    goal: float = math.nan
    accepted: Interval = EVERYTHING
    progress: Estimate = Estimate(kind="bound")
    elapsed: float = math.nan
    missing: Missing = Missing.NONE
    rates: tuple[float, ...] = ()
    tested: tuple[Figure, ...] = ()
    pathless: bool = False
    readings: tuple[Reading, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The observations it rests on."""
        return cited(self.base, self.latest, *self.tested)


def elapsed(target: ResolvedTarget, at: date) -> float:
    """The share of the target's time that had passed by the end of a day, one at the most.

    >>> from songhua.studies.track.examples import town_target
    >>> elapsed(town_target("reach 1000", "firms"), date(2022, 12, 31))
    0.4
    """
    return min(1.0, elapsed_share(target.start, at, target.period.end))


def base_figure(target: ResolvedTarget, series: Series) -> Figure | None:
    """The base that the plan prints, or the folder's figure for the base period.

    >>> from songhua.studies.track.examples import town_figures, town_target
    >>> from songhua.studies.track.resolved_targets import own_series
    >>> target = town_target("reach 1000", "firms")
    >>> base_figure(target, own_series(target, town_figures())).value
    500.0
    >>> base_figure(town_target("reach 1000", "firms", base="480"), Series(())).value
    480.0
    """
    entry, printed = target.entry, target.words.start
    day = Period(target.start, target.start, "date")
    if entry.base is not None:
        return Figure.point(day, float(entry.base))
    if printed:
        return Figure.point(day, number(printed))
    if entry.base_period is not None:
        return series.at(entry.base_period)
    return series.closing_figure(target.start)


def without_path(
    target: ResolvedTarget, years: Sequence[Figure], accepted: Interval
) -> Measurement:
    """The measurement of a target that has no path: the mean of the years so far decides.

    Every year is shown beside it.

    >>> from songhua.studies.track.examples import town_target
    >>> target = town_target("控制在5.5%以内", "unemployment")
    >>> years = Series.of({"2021": 5.1, "2022": 5.6}).figures
    >>> measured = without_path(target, years, target.accepted)
    >>> measured.latest.value, measured.readings[0].reading, measured.readings[0].value
    (5.35, 'mean_of_years', 2.0)
    """
    latest, readings = years[-1], tuple[Reading, ...]()
    if len(years) > 1:
        latest = mean(years)
        readings = (Reading(ReadingCode.MEAN_OF_YEARS, float(len(years)), "year"),)
    return Measurement(
        latest,
        accepted=accepted,
        elapsed=elapsed(target, latest.end),
        tested=tuple(years),
        pathless=True,
        readings=readings,
    )


def mean(years: Sequence[Figure]) -> Figure:
    """The mean of several years.

    >>> both = mean(Series.of({"2021": 5.0, "2022": 6.0}).figures)
    >>> both.value, str(both.period)
    (5.5, '2021..2022')
    """
    low, value, high = (
        math.fsum(ends) / len(years)
        for ends in zip(*((f.bound.low, f.value, f.bound.high) for f in years), strict=True)
    )
    value = float(f"{value:.13g}")
    return Figure(value, Interval(low, high), Interval(value, value), span(years), cited(*years))


def average(years: Sequence[Figure]) -> Figure:
    """The steady rate of several years.

    >>> average(Series.of({"2021": 10.0, "2022": 10.0}).figures).value
    10.0
    """
    value = float(f"{average_growth([f.value for f in years]):.13g}")
    low = average_growth([f.bound.low for f in years])
    high = average_growth([f.bound.high for f in years])
    bound = Interval(low, high) if len(years) > 1 else years[0].bound
    plain = all(f.sure == Interval(f.value, f.value) for f in years)
    sure = Interval(value, value) if plain else bound
    return Figure(value, bound, sure, span(years), cited(*years))


def span(years: Sequence[Figure]) -> Period:
    """The period of several figures in a row.

    >>> str(span(Series.of({"2021": 1.0, "2022": 2.0}).figures))
    '2021..2022'
    """
    first, last = years[0].period, years[-1].period
    return parse_period(f"{first}..{last}") if len(years) > 1 else first
