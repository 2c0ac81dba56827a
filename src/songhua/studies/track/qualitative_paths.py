"""Words without a number: steadily, broadly flat, in step with the economy."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from songhua.maths.bounds import Interval
from songhua.maths.wording import about_width
from songhua.plan import Target
from songhua.plan.target_relations import ECONOMY
from songhua.plan.targets import CEILINGS, DOWNWARD, exact_number, number
from songhua.plan.vocabulary import (
    Bound,
    Course,
    Missing,
    Quantity,
    ReadingCode,
    Relation,
    Sense,
)
from songhua.region.observations import Figure
from songhua.studies.series import Figures
from songhua.studies.track.growth_paths import growth_rates
from songhua.studies.track.measurement import (
    Measurement,
    average,
    base_figure,
    elapsed,
    without_path,
)
from songhua.studies.track.readings import Reading
from songhua.studies.track.resolved_targets import ResolvedTarget, own_series
from songhua.studies.track.target_series import Series, SeriesLabels, series_of

RATED = (Course.NARROWER_FALL, Course.SLOWER_RISE)
NOT_STATED = {
    Course.IN_REASON: Missing.RANGE_NOT_STATED,
    Course.ASSIGNED: Missing.NUMBER_NOT_GIVEN,
}
#: The greatest change that counts as flat: points of a percentage, percent of another base.
FLAT_POINTS, FLAT_PERCENT = 0.5, 1.0


def course_path(target: ResolvedTarget, figures: Figures, series: Series) -> Measurement:
    """Words alone: the change from the base; what counts as flat is an assumption.

    >>> from songhua.studies.track.examples import town_figures, town_target
    >>> from songhua.studies.track.resolved_targets import own_series
    >>> target, figures = town_target("rise steadily", "firms"), town_figures()
    >>> measured = course_path(target, figures, own_series(target, figures))
    >>> measured.base.value, measured.latest.value, measured.readings[0].word
    (500.0, 700.0, 'rise')
    """
    course = target.words.course
    latest = series.latest(target.start, target.period.end)
    if target.words.quantity == Quantity.RELATION:
        economy = target.words.peer == ECONOMY
        return (_against_economy if economy else _against_place)(target, figures, series)
    if course in NOT_STATED:
        return Measurement(latest, missing=NOT_STATED[course])
    if course in RATED:
        return _rate_of_before(target, figures, series)
    base = base_figure(target, series)
    if latest is None:
        return Measurement(missing=Missing.NO_FIGURE)
    if target.form == "growth":
        base = Figure.point(latest.period, 0.0)
    if base is None:
        return Measurement(latest, missing=Missing.NO_BASE, elapsed=elapsed(target, latest.end))
    width = FLAT_POINTS if target.unit == "%" else abs(base.value) * FLAT_PERCENT / 100
    reading = Reading(ReadingCode.COURSE_WIDTH, word=course)
    if course == Course.HOLD:
        reading = Reading(ReadingCode.COURSE_WIDTH, width, target.unit)
    measured = without_path(target, [latest], accepted_course(course, base.value, width))
    return replace(measured, base=base, readings=(reading,))


def _rate_of_before(target: ResolvedTarget, figures: Figures, series: Series) -> Measurement:
    """A fall that narrows, or growth that slows: the rate against that of the base year."""
    rates, readings = growth_rates(target, figures, series)
    latest, base = rates.latest(target.start, target.period.end), rates.closing_figure(target.start)
    if latest is None:
        return Measurement(missing=Missing.NO_FIGURE)
    if base is None:
        return Measurement(latest, missing=Missing.NO_BASE, elapsed=elapsed(target, latest.end))
    course = target.words.course
    measured = without_path(target, [latest], accepted_course(course, base.value, 0.0))
    reading = Reading(ReadingCode.COURSE_WIDTH, word=course)
    return replace(measured, base=base, readings=(*readings, reading))


def accepted_course(course: Course, base: float, width: float) -> Interval:
    """The accepted range: more than the base, less, or not further off than `width`.

    >>> accepted_course(Course.HOLD, 5.0, 0.5)
    Interval(low=4.5, high=5.5)
    >>> accepted_course(Course.FALL, 5.0, 0.5).contains(5.0)
    False
    """
    if course == Course.HOLD:
        return Interval(base - width, base + width)
    if course in (Course.NO_FALL, Course.NO_GROWTH):
        falls = course == Course.NO_FALL
        return Interval(base, math.inf) if falls else Interval(-math.inf, base)
    if course in DOWNWARD:
        return Interval(-math.inf, math.nextafter(base, -math.inf))
    return Interval(math.nextafter(base, math.inf), math.inf)


def _against_economy(target: ResolvedTarget, figures: Figures, series: Series) -> Measurement:
    """In step with the whole economy, or faster: average growth of both over the same years."""
    real = figures.region.relations.real_growth()
    labels = SeriesLabels(target.labels.region)
    economy = next((s for id in real if (s := series_of(figures, id, labels, "%")).figures), None)
    rates, readings = growth_rates(target, figures, series)
    theirs = _rates_so_far(economy, target) if economy else []
    regional = _rates_so_far(rates, target)
    return _compared(target, regional, theirs, readings, Missing.NO_ECONOMY)


def _against_place(target: ResolvedTarget, figures: Figures, series: Series) -> Measurement:
    """Another area's figure of the same thing and time; its growth where growth is compared."""
    lacking = Missing.AVERAGE_NOT_GIVEN
    latest = series.latest(target.start, target.period.end)
    if not target.entry.benchmark:
        return Measurement(latest, missing=lacking)
    benchmark = target.elsewhere(target.entry.benchmark)
    theirs = own_series(benchmark, figures)
    whole = target.form == "level" and " per " not in target.unit
    whole = whole and target.words.relation != Relation.SHARE
    if not (target.words.sense or target.rates or whole):
        same = theirs.at(latest.period) if latest else None
        regional, compared = ([latest] if latest else []), ([same] if same else [])
        return _compared(target, regional, compared, (), lacking)
    rates, readings = growth_rates(target, figures, series)
    compared = _rates_so_far(growth_rates(benchmark, figures, theirs)[0], target)
    return _compared(target, _rates_so_far(rates, target), compared, readings, lacking)


def _compared(
    target: ResolvedTarget,
    regional: Sequence[Figure],
    compared: Sequence[Figure],
    readings: tuple[Reading, ...],
    lacking: Missing,
) -> Measurement:
    """The mean of the years that both have: the region's against the range from the other's."""
    years = [(a, b) for a, b in zip(regional, compared, strict=False) if _same_days(a, b)]
    if not years:
        return Measurement(missing=lacking if regional else Missing.NO_FIGURE)
    mine, theirs = average([a for a, _ in years]), average([b for _, b in years])
    words = target.words
    if words.relation == Relation.IN_STEP:
        reading = Reading(ReadingCode.COURSE_WIDTH, FLAT_POINTS, target.unit)
        readings = (*readings, reading)
    elif not words.low:
        readings = (*readings, Reading(ReadingCode.COURSE_WIDTH, word=words.relation))
    measured = without_path(target, [mine], accepted_relation(words, theirs.value))
    return replace(measured, base=theirs, readings=readings)


def accepted_relation(words: Target, theirs: float) -> Interval:
    """The accepted range against another's figure: reached, a share of it, exceeded, not above.

    >>> from songhua.plan import parse_target
    >>> texts = ("达到全国平均水平", "高于全国平均水平2个百分点", "达到全国平均水平的80%")
    >>> [accepted_relation(parse_target(text), 50.0).contains(50.0) for text in texts]
    [True, False, True]
    >>> accepted_relation(parse_target("达到全国平均水平的80%"), 50.0).low
    40.0
    """
    if words.sense == Sense.FALL:
        # a fall is printed as a number of its own, and stands as a negative rate in the figures
        rise = accepted_relation(replace(words, sense=Sense.NONE), -theirs)
        return Interval(-rise.high, -rise.low)
    if words.relation == Relation.SHARE:
        part = exact_number(words.low) / (100 if words.unit == "%" else 1)
        end = theirs * float(part - (about_width(part) if words.bound == Bound.ABOUT else 0))
        return Interval(-math.inf, end) if words.bound in CEILINGS else Interval(end, math.inf)
    margin = number(words.low) if words.low else 0.0
    match words.relation:
        case Relation.IN_STEP:
            return Interval(theirs - FLAT_POINTS, math.inf)
        case Relation.REACH | Relation.FLOOR:
            return Interval(theirs, math.inf)
        case Relation.CEILING:
            return Interval(-math.inf, theirs)
        case Relation.BELOW:
            end = theirs - margin if margin else math.nextafter(theirs, -math.inf)
            return Interval(-math.inf, end)
    end = theirs + margin if margin else math.nextafter(theirs, math.inf)
    return Interval(end, math.inf)


def _same_days(first: Figure, second: Figure) -> bool:
    return (first.start, first.end) == (second.start, second.end)


def _rates_so_far(rates: Series, target: ResolvedTarget) -> list[Figure]:
    """The rates to be averaged: of the years so far, or of the one year's months so far."""
    if not target.one_year:
        return rates.run(target.start.year + 1, target.period.end.year)
    rate = rates.at(target.period) or rates.so_far(target.period.start, target.period.end)
    return [rate] if rate else []
