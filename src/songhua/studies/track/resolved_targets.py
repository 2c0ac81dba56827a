"""A row of the plan's targets, ready to be held against figures: path, direction, what counts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from songhua.labels import Period, parse_period, parse_unit
from songhua.maths.bounds import Interval
from songhua.plan import Plan, Target, parse_target
from songhua.plan.schemes import Scheme, schemes
from songhua.plan.targets import about_width, number
from songhua.region import Region

INF = math.inf
WORDED = ("at_least", "more_than", "at_most", "less_than")


@dataclass(frozen=True)
class ResolvedTarget:
    """A target with what its reading settles.

    `asked` is what the words ask for, `accepted` what counts as met under the `assumed` readings
    (code to value), `goal` the number that progress runs to (missing for words alone, and for
    what is counted from a base). Numbers stand in `unit`. `start` is the end of the base period.
    """

    row: Mapping[str, str]
    target: Target
    indicator: str
    form: str
    place: Mapping[str, str]
    period: Period
    start: date
    path: str
    direction: str
    unit: str
    asked: Interval
    accepted: Interval
    goal: float
    assumed: Mapping[str, float | str]
    scheme: Scheme
    flow: bool

    @property
    def years(self) -> float:
        """Years from the base to the end."""
        return (
            self.period.end.year - self.start.year + (self.period.end.month - self.start.month) / 12
        )

    @property
    def rates(self) -> bool:
        """Whether its number is a growth rate."""
        return self.target.quantity == "growth" or self.form in ("growth", "average_growth")


def resolve(row: Mapping[str, str], region: Region, plan: Plan) -> ResolvedTarget:
    """The aim of one row of `plan/targets.csv`."""
    target = parse_target(row["text"])
    indicator = region.indicators[row["indicator"]]
    period = parse_period(row["period"])
    form = str(indicator["form"])
    direction = _direction(row["direction"], target, str(indicator["direction"]))
    own = _path(target, form, str(indicator["time"]), period)
    path = row["path"] if row["path"] and own != "course" else own
    unit, loose = _unit(target, str(indicator["unit"]), form)
    accepted, assumed = _accepted(target, direction, float(row["about"] or "nan"))
    if loose:
        assumed["unit_as_indicator"] = unit
    place = {
        "region": row["region"] or region.code, "industry": row["industry"] or "all",
        "entity": row["entity"], "vintage": row["vintage"], "scope": row["scope"],
    }  # fmt: skip
    return ResolvedTarget(
        row, target, row["indicator"], form, place, period, _start(row, target, period, plan, path),
        path, direction, unit, target.asked, accepted, _goal(target, direction), assumed,
        schemes()[row["scheme"] or "national"], str(indicator["time"]) == "flow",
    )  # fmt: skip


def _direction(given: str, target: Target, indicator: str) -> str:
    """Given by the row, by clear words, by the indicator, or by the verb; else around."""
    if given:
        return given
    clear = target.bound in WORDED or target.held == "ceiling" or target.course
    if clear and target.direction:
        return target.direction
    if indicator in ("higher", "lower"):
        return indicator
    return target.direction or "around"


def _path(target: Target, form: str, time: str, period: Period) -> str:
    """How the target is to be reached, from its words and the sort of its indicator."""
    one_year = period.start.year == period.end.year
    if target.quantity == "course":
        return "course"
    if target.quantity == "growth" or form in ("growth", "average_growth"):
        if one_year:
            return "year"
        if target.held:
            return "each_year"
        in_all = target.pace == "in_all" or target.base not in ("", "previous")
        return "cumulative" if in_all else "growth"
    if target.held:
        return "each_year"
    if target.quantity == "multiple":
        return "steady"
    adds = time == "flow" and form == "level" and target.quantity == "level"
    own_year = target.by in ("", "year", str(period.end.year))
    if adds and ((one_year and own_year) or (not target.by and target.pace == "in_all")):
        return "sum"
    return "level"


def _start(row: Mapping[str, str], target: Target, period: Period, plan: Plan, path: str) -> date:
    """The end of the base period."""
    if row["base_period"]:
        return parse_period(row["base_period"]).end
    if target.base.isdigit():
        return date(int(target.base), 12, 31)
    named = target.by not in ("", "year") or target.base == "plan"
    by_the_plan = path in ("level", "steady") and named
    if by_the_plan and plan.base_year < period.end.year:
        return date(plan.base_year, 12, 31)
    return period.start - timedelta(days=1)


def _unit(target: Target, own: str, form: str) -> tuple[str, bool]:
    """The unit of the numbers, and whether the words leave it to the indicator."""
    if target.quantity == "growth":
        return "%", False
    if target.quantity in ("course", "multiple") or not target.unit:
        return own, target.unit == "" and target.quantity == "level"
    if target.unit == "pp" and form != "change":
        return own, False
    same = parse_unit(target.unit).dimension == parse_unit(own).dimension
    return (target.unit, False) if same else (own, True)


def _goal(target: Target, direction: str) -> float:
    """The number that progress runs to: of a range the end that comes first."""
    if not target.low:
        return math.nan
    low, high = number(target.low), number(target.high or target.low)
    sign = -1 if target.sense == "fall" and target.quantity in ("growth", "change") else 1
    scale = 100 if target.quantity == "growth" and target.unit == "x" else 1
    ends = sorted((sign * low * scale, sign * high * scale))
    return ends[1] if direction == "lower" else ends[0]


def _accepted(
    target: Target, direction: str, about: float
) -> tuple[Interval, dict[str, float | str]]:
    """What counts as met, and the readings that are judgements."""
    assumed: dict[str, float | str] = {}
    asked = target.asked
    if target.quantity == "growth" and target.unit == "x":
        asked = asked * 100
    if not target.low:
        return asked, assumed
    low, high = asked.low, asked.high
    if target.effort == "strive" and not target.stretch:
        assumed["strive_as_target"] = target.low
    if target.bound in ("about", "nearly") or target.soft:
        width = about if not math.isnan(about) else about_width(target.low)
        if math.isnan(about):
            assumed["about_width"] = width
        low, high = low - width, high + (0 if target.bound == "nearly" else width)
    if target.bound in WORDED:
        return Interval(low, high), assumed
    if direction != "around":
        if not target.bound:
            assumed["bare_number"] = direction
        return (Interval(low, INF) if direction == "higher" else Interval(-INF, high)), assumed
    return Interval(low, high), assumed
