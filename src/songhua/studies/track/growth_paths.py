"""Paths of growth: an average a year, growth or reduction in all, one year's growth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from songhua.labels import parse_period
from songhua.maths.bounds import Interval
from songhua.maths.progress import compounded, rates_progress
from songhua.studies.series import Figures
from songhua.studies.track.measurement import Measurement, average, elapsed, ids, span, tested
from songhua.studies.track.resolved_targets import ResolvedTarget
from songhua.studies.track.target_series import Figure, Series, companion, series


def growing(
    aim: ResolvedTarget, facts: Figures, found: Series
) -> tuple[Series, list[tuple[str, float | str]]]:
    """The growth rates of a target: its own, those published for its level, or from levels.

    A fall of 100 % and more, and growth from nothing or less, cannot be compounded: left out.
    """
    if aim.form in ("growth", "average_growth"):
        return _compoundable(found), []
    if own := companion(facts, aim.indicator):
        rates = _compoundable(series(facts, own, aim.place, "%"))
        if rates.figures:
            return rates, []
    plain = str(facts.region.indicators[aim.indicator]["unit"])
    levels = series(facts, aim.indicator, aim.place, plain)
    made = list(_from_levels(Series(tuple(f for f in levels.figures if f.bound.low > 0))))
    return Series(tuple(made)), [("growth_from_levels", aim.indicator)] if made else []


def _from_levels(levels: Series) -> Iterator[Figure]:
    """Growth of each year, and of each part of a year, against the same time a year before."""
    for now in levels.figures:
        if now.start.year == now.end.year:
            before = levels.at(str(parse_period(now.period).shifted(-1)))
            if before is not None:
                yield _growth(before, now)


def _compoundable(rates: Series) -> Series:
    return Series(tuple(f for f in rates.figures if f.bound.low > -100))


def _growth(before: Figure, now: Figure) -> Figure:
    """Growth from one year's level to the next of the same series."""
    value = float(f"{(now.value / before.value - 1) * 100:.13g}")
    bound = (now.bound / before.bound - 1) * 100
    return Figure(value, bound, bound, now.period, now.start, now.end, (*before.ids, *now.ids))


def growth_path(aim: ResolvedTarget, facts: Figures, found: Series) -> Measurement:
    """An average a year: the rates of the years so far, compounded."""
    rates, assumed = growing(aim, facts, found)
    first = aim.start.year + 1
    years = rates.run(first, aim.period.end.year)
    later = [y for y in rates.by_year if first <= y <= aim.period.end.year]
    if not years:
        missing = "years_missing" if later else "no_figure"
        return Measurement(goal=aim.goal, accepted=aim.accepted, missing=missing)
    latest = average(years)
    if not _upward(aim):
        made = tested(aim, years, aim.accepted)
        return replace(made, latest=latest, goal=aim.goal, assumed=(*made.assumed, *assumed))
    progress = rates_progress([f.bound for f in years], aim.goal, aim.years)
    central = rates_progress([f.value for f in years], aim.goal, aim.years).middle
    return Measurement(
        latest, None, aim.goal, aim.accepted, progress, central, tested=tuple(years),
        rates=tuple(f.value for f in years), assumed=tuple(assumed),
    )  # fmt: skip


def _upward(aim: ResolvedTarget) -> bool:
    """Whether more of what is asked is better: growth asked for, or a fall asked for."""
    return (aim.direction == "higher" and aim.goal > 0) or (
        aim.direction == "lower" and aim.goal < 0
    )


def cumulative(aim: ResolvedTarget, facts: Figures, found: Series) -> Measurement:
    """Growth or reduction in all: a published total, yearly rates compounded, or two levels."""
    rates, assumed = growing(aim, facts, found)
    first = aim.start + timedelta(days=1)
    total = next(
        (
            f
            for f in reversed(rates.figures)
            if f.start == first and f.end > date(first.year, 12, 31)
        ),
        None,
    )
    years = rates.run(first.year, aim.period.end.year)
    if years and (total is None or years[-1].end > total.end):
        total = _compounded(years)
    if total is None:
        later = any(first.year <= y <= aim.period.end.year for y in rates.by_year)
        missing = "years_missing" if later else "no_figure"
        return Measurement(goal=aim.goal, accepted=aim.accepted, missing=missing)
    progress = rates_progress([total.bound], aim.goal, 1)
    central = rates_progress([total.value], aim.goal, 1).middle
    return Measurement(
        total, None, aim.goal, aim.accepted, progress, central, tested=tuple(years),
        rates=(total.value,), assumed=tuple(assumed),
    )  # fmt: skip


def _compounded(years: Sequence[Figure]) -> Figure:
    value = float(f"{compounded([f.value for f in years]).middle:.10g}")
    bound = compounded([f.bound for f in years])
    return Figure(
        value, bound, Interval(value, value), span(years), years[0].start, years[-1].end, ids(years)
    )


def year(aim: ResolvedTarget, facts: Figures, found: Series) -> Measurement:
    """One year's growth: the year's, or that of its months so far."""
    rates, assumed = growing(aim, facts, found) if aim.rates else (found, [])
    latest = rates.at(str(aim.period)) or rates.so_far(aim.period.start, aim.period.end)
    if latest is None:
        return Measurement(goal=aim.goal, accepted=aim.accepted, missing="no_figure")
    if not aim.rates or not _upward(aim):
        made = tested(aim, [latest], aim.accepted)
        return replace(made, goal=aim.goal, assumed=(*made.assumed, *assumed))
    share = elapsed(aim, latest.end)
    ends = [rates_progress([end], aim.goal, 1) * share for end in (latest.bound, latest.value)]
    return Measurement(
        latest, None, aim.goal, aim.accepted, ends[0], ends[1].middle, share,
        rates=(latest.value,), assumed=tuple(assumed),
    )  # fmt: skip
