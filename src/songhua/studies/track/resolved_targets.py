"""A target of the plan as it is read: path, direction, unit and accepted range."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta

from songhua.grammar.units import unit_for
from songhua.labels import Period
from songhua.maths.bounds import Interval
from songhua.plan import PlanTarget, Target
from songhua.plan.targets import CEILINGS, FLOORS, number
from songhua.plan.vocabulary import (
    Bound,
    Direction,
    Effort,
    HoldKind,
    Pace,
    Quantity,
    ReadingCode,
    TargetPath,
)
from songhua.region.indicators import RATES
from songhua.region.observations import tidy
from songhua.schema import Entry
from songhua.studies.series import Figures
from songhua.studies.track.readings import Reading
from songhua.studies.track.target_series import Series, SeriesLabels, series_of

INF = math.inf
WORDED = (*FLOORS, *CEILINGS)
YEARLY = (Pace.A_YEAR, Pace.EACH_YEAR)
APART = (Quantity.COURSE, Quantity.RELATION)


@dataclass(frozen=True)
class ResolvedTarget:
    """A target as it is read.

    `asked_interval` are the numbers of the words, `accepted` the numbers that meet the target under
    the judgements in `readings`, `goal` the end of progress (missing for words alone, and for
    targets counted from a base). Numbers stand in `unit`. `start` is the end of the base period.
    `steps` says how many times the number is to be reached: each year, or once.
    """

    entry: PlanTarget
    form: str
    flow: bool
    labels: SeriesLabels
    start: date
    path: TargetPath
    direction: Direction
    unit: str
    accepted: Interval
    goal: float
    readings: tuple[Reading, ...]
    steps: float = 1.0

    @property
    def words(self) -> Target:
        """The plan's words, as they are read."""
        return self.entry.target

    @property
    def indicator(self) -> str:
        """The indicator of its figures."""
        return self.entry.indicator

    @property
    def period(self) -> Period:
        """The time that the target is for."""
        return self.entry.period

    @property
    def asked_interval(self) -> Interval:
        """The numbers that the words ask for."""
        return self.words.goal

    @property
    def years(self) -> float:
        """Years from the base to the end."""
        return years_between(self.start, self.period.end)

    @property
    def one_year(self) -> bool:
        """True for a target of one year or a part of it."""
        return one_year(self.period)

    @property
    def rates(self) -> bool:
        """True where its number is a growth rate."""
        return self.words.quantity == Quantity.GROWTH or self.form in RATES

    @property
    def downward(self) -> bool:
        """True where lower is better."""
        return self.direction == Direction.LOWER

    def elsewhere(self, region: str) -> ResolvedTarget:
        """The same target asked of another place."""
        return replace(self, labels=self.labels.elsewhere(region))

    def under(self, indicator: str) -> ResolvedTarget:
        """The same target with the figures of another indicator of its quantity."""
        return replace(self, entry=replace(self.entry, indicator=indicator))


def resolve(entry: PlanTarget, indicator: Entry, home: str, base_year: int) -> ResolvedTarget:
    """A target with its path, direction, unit, base and what counts as met.

    Args:
        entry: the target.
        indicator: the entry of its indicator in the catalogue.
        home: the region itself, where the target names no place.
        base_year: the plan's base year.

    >>> firms = {"form": "level", "unit": "count", "time": "stock", "direction": "higher"}
    >>> cells = {"id": "t", "text": "900家左右", "period": "plan:2021..2025"}
    >>> target = resolve(PlanTarget.read(cells), firms, "rivertown", 2020)
    >>> target.path, target.goal, target.accepted, target.start.isoformat()
    ('level', 900.0, Interval(low=855.0, high=inf), '2020-12-31')
    >>> [(reading.reading, reading.value) for reading in target.readings]
    [('about_width', 45.0)]
    """
    target, form = entry.target, str(indicator["form"])
    flow = str(indicator["time"]) == "flow"
    direction = _direction(entry.direction, target, str(indicator["direction"]))
    default_path = _path(entry, form, flow)
    path = entry.path if entry.path and default_path != TargetPath.COURSE else default_path
    unit, loose = _unit(target, str(indicator["unit"]), form)
    about = None if entry.about is None else float(entry.about)
    start = _start(entry, base_year, path)
    yearly = target.pace in YEARLY and target.quantity in (Quantity.CHANGE, Quantity.ADDITION)
    steps = years_between(start, entry.period.end) if yearly else 1.0
    words_unit = unit if loose else target.unit or unit
    rate = target.quantity == Quantity.GROWTH or form in RATES
    accepted, readings = _accepted(target, direction, about, words_unit, steps, rate)
    if loose:
        readings.append(Reading(ReadingCode.UNIT_AS_INDICATOR, unit=unit))
    labels = SeriesLabels(
        entry.region or home, entry.industry or "all", entry.entity, entry.vintage, entry.scope
    )
    return ResolvedTarget(
        entry, form, flow, labels, start, path, direction, unit, accepted,
        _goal(target, direction) * steps, tuple(readings), steps,
    )  # fmt: skip


def years_between(start: date, end: date) -> float:
    """Years from the end of one month to that of another.

    >>> years_between(date(2020, 12, 31), date(2025, 12, 31))
    5.0
    """
    return end.year - start.year + (end.month - start.month) / 12


def one_year(period: Period) -> bool:
    """True for a period within one year.

    >>> from songhua.labels import parse_period
    >>> one_year(parse_period("2021-H1")), one_year(parse_period("2021..2022"))
    (True, False)
    """
    return period.start.year == period.end.year


def _direction(stated: Direction, target: Target, indicator: str) -> Direction:
    """Given by the row, by clear words, by the indicator, or by the verb; else around."""
    if stated:
        return stated
    clear = target.bound in WORDED or target.held == HoldKind.CEILING or target.quantity in APART
    if clear and target.direction:
        return target.direction
    if indicator in (Direction.HIGHER, Direction.LOWER):
        return Direction(indicator)
    return target.direction or Direction.AROUND


def _path(entry: PlanTarget, form: str, flow: bool) -> TargetPath:
    """The path of a target, from its words, its base and the sort of its indicator."""
    target, period = entry.target, entry.period
    earlier = _from_earlier(entry)
    if target.quantity in (Quantity.COURSE, Quantity.RELATION):
        return TargetPath.COURSE
    if target.pace == Pace.EACH_YEAR and (flow or target.quantity != Quantity.ADDITION):
        return TargetPath.EACH_YEAR
    if target.quantity == Quantity.ADDITION:
        return TargetPath.SUM if flow else TargetPath.LEVEL
    if target.quantity == Quantity.GROWTH or form in RATES:
        if one_year(period) and not earlier:
            return TargetPath.YEAR
        if target.held and target.pace != Pace.A_YEAR:
            return TargetPath.EACH_YEAR
        base_named = earlier or target.span or target.by or target.base not in ("", "previous")
        in_all = target.pace == Pace.IN_ALL or (base_named and target.pace != Pace.A_YEAR)
        return TargetPath.CUMULATIVE if in_all else TargetPath.GROWTH
    if target.held:
        return TargetPath.EACH_YEAR
    if target.quantity == Quantity.MULTIPLE:
        return TargetPath.STEADY
    adds = flow and form == "level" and target.quantity == Quantity.LEVEL
    own_year = one_year(period) and target.by[:4] in ("", "year", str(period.end.year))
    if adds and not earlier and (own_year or (not target.by and target.pace == Pace.IN_ALL)):
        return TargetPath.SUM
    return TargetPath.LEVEL


def _from_earlier(entry: PlanTarget) -> bool:
    """True where words or row name a base before the year that ends as the target's begins."""
    before = entry.period.start.year - 1
    if entry.base_period is not None:
        return entry.base_period.end.year < before
    return entry.target.base.isdigit() and int(entry.target.base) < before


def _start(entry: PlanTarget, base_year: int, path: TargetPath) -> date:
    """The end of the base period."""
    target, period = entry.target, entry.period
    if entry.base_period is not None:
        return entry.base_period.end
    if target.base.isdigit():
        return date(int(target.base), 12, 31)
    plan_named = target.by not in ("", "year") or target.base == "plan"
    by_the_plan = path in (TargetPath.LEVEL, TargetPath.STEADY) and plan_named
    if by_the_plan and base_year < period.end.year:
        return date(base_year, 12, 31)
    return period.start - timedelta(days=1)


def _unit(target: Target, indicator_unit: str, form: str) -> tuple[str, bool]:
    """The unit of the numbers, and whether the words leave it to the indicator."""
    if target.quantity == Quantity.GROWTH:
        return "%", False
    bare = (Quantity.LEVEL, Quantity.ADDITION)
    if target.quantity in (*APART, Quantity.MULTIPLE) or not target.unit:
        return indicator_unit, target.unit == "" and target.quantity in bare
    if target.unit == "pp" and form != "change":
        return indicator_unit, False
    unit = unit_for(target.unit, indicator_unit)
    return (indicator_unit, True) if unit is None else (unit, unit != target.unit)


def _goal(target: Target, direction: Direction) -> float:
    """The number that progress runs to: of a range the end that comes first."""
    if not target.low or target.quantity in APART:
        return math.nan
    low, high = number(target.low), number(target.high or target.low)
    sign = -1 if target.falls else 1
    times = target.hundredfold
    ends = sorted((sign * low * times, sign * high * times))
    return ends[1] if direction == Direction.LOWER else ends[0]


def _accepted(
    target: Target, direction: Direction, about: float | None, unit: str, steps: float, rate: bool
) -> tuple[Interval, list[Reading]]:
    """The accepted range, and the readings that are judgements; `unit` is that of the words.

    The number is reached `steps` times, each time as far off as "about" reaches.
    """
    readings: list[Reading] = []
    times = target.hundredfold * steps
    interval = target.goal if times == 1.0 else target.goal * times
    if not target.low or target.quantity == Quantity.RELATION:
        return interval, readings
    low, high = interval.low, interval.high
    if target.effort == Effort.STRIVE and not target.stretch:
        readings.append(Reading(ReadingCode.STRIVE_AS_TARGET, number(target.low), unit))
    if target.bound in (Bound.ABOUT, Bound.NEARLY) or target.soft:
        below, above = target.reach(unit, rate, about)
        if about is None:
            width = (above if direction == Direction.LOWER else below) or max(below, above)
            readings.append(Reading(ReadingCode.ABOUT_WIDTH, width / target.hundredfold, unit))
        low, high = tidy(low - below * steps), tidy(high + above * steps)
    if target.bound in WORDED:
        return Interval(low, high), readings
    if direction == Direction.AROUND:
        return Interval(low, high), readings
    if not target.bound:
        readings.append(Reading(ReadingCode.BARE_NUMBER, word=direction))
    higher = direction == Direction.HIGHER
    return (Interval(low, INF) if higher else Interval(-INF, high)), readings


def own_series(target: ResolvedTarget, figures: Figures) -> Series:
    """The figures that a target is held against, in its unit.

    >>> from songhua.studies.track.examples import town_figures, town_target
    >>> own_series(town_target("reach 1000", "firms"), town_figures()).annual().to_dict()
    {2020: 500.0, 2022: 700.0}
    """
    return series_of(figures, target.indicator, target.labels, target.unit)
