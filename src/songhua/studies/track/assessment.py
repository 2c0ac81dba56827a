"""A target held against the figures: progress, lead, class, outcome, position and outlook."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from songhua.maths.bounds import Interval
from songhua.plan import Plan, PlanTarget
from songhua.plan.schemes import NO_DATA
from songhua.plan.vocabulary import (
    Basis,
    Missing,
    Outcome,
    TargetPath,
)
from songhua.region.observations import Figure
from songhua.results.estimates import Estimate
from songhua.studies.brief.rules import rules, years
from songhua.studies.series import Figures
from songhua.studies.track.department_reports import Report, Reports, series_with_reports
from songhua.studies.track.expectations import as_printed
from songhua.studies.track.growth_paths import average_path, cumulative_path, year_path
from songhua.studies.track.level_paths import each_year_path, level_path, sum_path
from songhua.studies.track.measurement import Measurement, elapsed
from songhua.studies.track.outlook import with_outlook
from songhua.studies.track.positions import position
from songhua.studies.track.qualitative_paths import course_path
from songhua.studies.track.readings import Reading
from songhua.studies.track.resolved_targets import ResolvedTarget, own_series, resolve
from songhua.studies.track.rows import OddsRow, TargetRow, TestedYear
from songhua.studies.track.target_series import Series

PATHS: dict[TargetPath, Callable[[ResolvedTarget, Figures, Series], Measurement]] = {
    TargetPath.LEVEL: level_path,
    TargetPath.STEADY: level_path,
    TargetPath.SUM: sum_path,
    TargetPath.GROWTH: average_path,
    TargetPath.CUMULATIVE: cumulative_path,
    TargetPath.YEAR: year_path,
    TargetPath.EACH_YEAR: each_year_path,
    TargetPath.COURSE: course_path,
}
#: A lead or lag beyond every band of every scheme.
FAR = 1e9


@dataclass(frozen=True)
class Judgement:
    """The class of a target, all classes that bounds leave possible, and its outcome.

    `possible` is empty where there is one only; `missing` says what lacks for an outcome.
    """

    progress_class: str = NO_DATA
    possible: tuple[str, ...] = ()
    outcome: Outcome = Outcome.OPEN
    missing: Missing = Missing.NONE


@dataclass(frozen=True)
class Assessment:
    """A target with all that the figures and the departments' reports say of it."""

    target: ResolvedTarget
    measured: Measurement
    row: TargetRow
    odds: Sequence[OddsRow] = ()

    @property
    def readings(self) -> tuple[Reading, ...]:
        """All readings that are judgements."""
        listed = (*self.target.readings, *self.measured.readings)
        return tuple(replace(reading, target=self.target.entry.id) for reading in listed)

    @property
    def years(self) -> tuple[TestedYear, ...]:
        """The years that it was tested in."""
        return tuple(tested_year(self.target, self.measured, year) for year in self.measured.tested)


def assess(
    entry: PlanTarget,
    figures: Figures,
    plan: Plan,
    day: date,
    reports: Reports,
    seed: int = 0,
    faster: float = 0.0,
) -> Assessment:
    """One target held against the figures on a day; `faster` as in `with_outlook`.

    If no figure of its indicator decides, those of another name of a rate do (`measured_by`). If
    none is published for its time, a reported figure stands in, and `basis` says so.

    >>> from songhua.studies.track.examples import town, town_figures, town_target
    >>> target, figures = town_target("reach 1000", "firms"), town_figures()
    >>> assessment = assess(target.entry, figures, town()[1], date(2023, 6, 30), Reports(()))
    >>> assessment.row.progress.value, assessment.row.progress_class, assessment.row.position
    (0.4, 'in_line', 'below')
    """
    region = figures.region
    entry = as_printed(region, entry)
    target = resolve(entry, region.indicators[entry.indicator], region.code, plan.base_year)
    series = own_series(target, figures)
    measured, reported = _measured(target, figures, series), reports.figures(target)
    basis = Basis.NONE if measured.latest is None else Basis.PUBLISHED
    by_name = ""
    if judge(target, measured, day).progress_class == NO_DATA:
        for by, theirs in _by_other_names(target, figures):
            if judge(by, theirs, day).progress_class != NO_DATA:
                measured, basis, by_name = theirs, Basis.SAME_QUANTITY, by.indicator
                break
    if measured.latest is None and reported:
        with_reports = series_with_reports(series, reported, target)
        second = _measured(target, figures, with_reports)
        if second.latest is not None:
            measured, basis = _without_reports(second, reported), Basis.REPORTED
    row, judged = TargetRow.of(target, measured), judge(target, measured, day)
    row = replace(
        row,
        grade=region.grade(entry.source),
        doubts=region.figures.doubt_kinds(row.observations),
        basis=basis,
        measured_by=by_name,
        missing=judged.missing or row.missing,
        position=position(target, measured),
        outcome=judged.outcome,
        progress_class=judged.progress_class,
        possible=judged.possible,
    )
    if reported:
        row = _with_report(row, reported[-1], reports.by_id[reported[-1].ids[0]])
    return Assessment(target, measured, *with_outlook(row, target, figures, measured, seed, faster))


def _measured(target: ResolvedTarget, figures: Figures, series: Series) -> Measurement:
    """The measurement by the target's path, with the share of its time that had passed by then."""
    measured = PATHS[target.path](target, figures, series)
    if measured.latest is None or not math.isnan(measured.elapsed):
        return measured
    return replace(measured, elapsed=elapsed(target, measured.latest.end))


def _by_other_names(
    target: ResolvedTarget, figures: Figures
) -> Iterator[tuple[ResolvedTarget, Measurement]]:
    """The measurement by each other name of a rate; levels of two names may be of two vintages."""
    names = figures.region.relations.same_quantity(target.indicator) if target.rates else ()
    for name in names:
        if name != target.indicator:
            by = target.under(name)
            yield by, _measured(by, figures, own_series(by, figures))


def _with_report(row: TargetRow, figure: Figure, report: Report) -> TargetRow:
    """A target's row with the last reported figure, and whose it is."""
    return replace(
        row,
        reported=Estimate.of(figure.value, figure.bound),
        reported_period=figure.period,
        reported_by=report.answer.reporter,
        reported_on=report.received_on,
        report=report.id,
    )


def _without_reports(measured: Measurement, reported: Sequence[Figure]) -> Measurement:
    """A measurement on reports, which are no observations: without their ids."""
    ids = {id for figure in reported for id in figure.ids}

    def bare(figure: Figure) -> Figure:
        return replace(figure, ids=tuple(id for id in figure.ids if id not in ids))

    latest = None if measured.latest is None else bare(measured.latest)
    return replace(measured, latest=latest, tested=tuple(map(bare, measured.tested)))


def meets(figure: Figure, accepted: Interval) -> bool | None:
    """True where the printed figure lies in the accepted range; None where "about" covers both.

    >>> from songhua.labels import parse_period
    >>> meets(Figure.point(parse_period("2021"), 5.5), Interval(5.0, 6.0))
    True
    """
    if accepted.low <= figure.sure.low and figure.sure.high <= accepted.high:
        return True
    return None if figure.sure.overlaps(accepted) else False


def judge(target: ResolvedTarget, measured: Measurement, day: date) -> Judgement:
    """Class and outcome of a target, as things stand on a day.

    >>> from songhua.studies.track.examples import town_target
    >>> target = town_target("grow by 5 % or more", "gdp_growth", "2022")
    >>> latest = Series.of({"2022": 3.0}).figures[0]
    >>> measured = Measurement(latest, accepted=target.accepted, goal=5.0, pathless=True)
    >>> judge(target, measured, date(2023, 6, 30)).outcome
    'not_met'
    >>> judge(target, Measurement(missing=Missing.NO_FIGURE), date(2023, 6, 30)).missing
    'no_outcome'

    Once the time is over the first years of it decide nothing:

    >>> plan = town_target("reach 1000", "firms")
    >>> early = Measurement(Series.of({"2022": 700.0}).figures[0], accepted=plan.accepted)
    >>> judge(plan, early, date(2026, 3, 1)).missing
    'no_outcome'

    Nor does a figure that is too old to decide on:

    >>> [judge(plan, early, day).missing for day in (date(2024, 12, 1), date(2025, 3, 1))]
    ['', 'outdated']
    """
    latest = measured.latest
    if latest is None:
        lost = target.period.end < day and measured.missing == Missing.NO_FIGURE
        return Judgement(missing=Missing.NO_OUTCOME if lost else Missing.NONE)
    if measured.missing not in (Missing.NONE, Missing.NO_BASE):
        return Judgement()
    met, over = meets(latest, measured.accepted), latest.end >= target.period.end
    if not over and not (met and target.path == TargetPath.SUM):
        if target.period.end < day:
            return Judgement(missing=Missing.NO_OUTCOME)
        if years(latest.end, day) > rules().stale_years:
            return Judgement(missing=Missing.OUTDATED)
    outcome = _outcome(measured, met) if over else Outcome.OPEN
    if measured.missing == Missing.NO_BASE and met and not over:
        return Judgement(target.entry.judged_by.early, outcome=outcome)
    if measured.missing or not (measured.progress.known or measured.pathless):
        return Judgement(outcome=outcome)
    possible, central = _classes(target, measured, met, over)
    return Judgement(central, possible if len(possible) > 1 else (), outcome)


def _outcome(measured: Measurement, met: bool | None) -> Outcome:
    """The outcome of a target whose time is over; open where anything would be met."""
    accepted = measured.accepted
    if accepted.low == -math.inf and accepted.high == math.inf:
        return Outcome.OPEN
    if len(measured.tested) > 1 and measured.pathless:
        all_met = all(accepted.contains(figure.value) for figure in measured.tested)
        return Outcome.MET if all_met else Outcome.NOT_MET
    return {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.UNKNOWN}[met]


def _classes(
    target: ResolvedTarget, measured: Measurement, met: bool | None, over: bool
) -> tuple[tuple[str, ...], str]:
    """All classes that the bounds leave possible, and that of the printed figures."""
    scheme = target.entry.judged_by
    progress = measured.progress
    if measured.pathless or not progress.known:
        good, bad = scheme.of(0.0), scheme.of(-FAR)
        if over and not len(measured.tested) > 1:
            good, bad = scheme.end
        possible = {True: (good,), False: (bad,), None: (good, bad)}[met]
        return possible, good if met is not False else bad
    # of growth nothing is met before its time is over: it may still fall back
    whole = target.path == TargetPath.YEAR or (target.path == TargetPath.GROWTH and not over)
    early = False if whole and not over else met
    lead = Interval(progress.low, progress.high) - measured.elapsed
    bounded = Interval(max(lead.low, -FAR), min(lead.high, FAR))
    possible = scheme.classes(bounded, early, over)
    point = progress.value - measured.elapsed
    central = scheme.classes(Interval(point, point), early is True, over)
    return possible, central[0]


def tested_year(target: ResolvedTarget, measured: Measurement, figure: Figure) -> TestedYear:
    """A year of a target; none of its outcomes where nothing is asked of every year.

    >>> from songhua.studies.track.examples import town_target
    >>> target = town_target("5 % a year", "gdp_growth")
    >>> latest = Series.of({"2022": 3.0}).figures[0]
    >>> tested_year(target, Measurement(accepted=target.accepted), latest).outcome
    'not_met'
    """
    yearly = measured.pathless or target.path in (TargetPath.GROWTH, TargetPath.YEAR)
    outcome = _year_outcome(figure, measured.accepted) if yearly else Outcome.NONE
    value = Estimate.of(figure.value, figure.bound)
    return TestedYear(target.entry.id, figure.period, value, target.unit, outcome, figure.ids)


def _year_outcome(figure: Figure, accepted: Interval) -> Outcome:
    if figure.sure.low == figure.sure.high:
        return Outcome.MET if accepted.contains(figure.value) else Outcome.NOT_MET
    met = meets(figure, accepted)
    return {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.UNKNOWN}[met]
