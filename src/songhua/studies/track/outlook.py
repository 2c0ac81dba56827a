"""What is still required, and what was ever managed: here before, and elsewhere."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from songhua.maths.forecast import Forecast
from songhua.maths.growth import average_growth
from songhua.maths.progress import pace_required, past_paces, rate_required, rest_required
from songhua.studies.series import Figures
from songhua.studies.track.growth_paths import growing
from songhua.studies.track.measurement import Measurement
from songhua.studies.track.probability import chance
from songhua.studies.track.resolved_targets import ResolvedTarget
from songhua.studies.track.target_series import Series, series


@dataclass(frozen=True)
class Outlook:
    """The pace still required, the best and worst past one, and who ever managed it."""

    required: float = math.nan
    unit: str = ""
    best: float = math.nan
    worst: float = math.nan
    paces: int = 0
    managed: int = 0
    compared: int = 0
    ahead: Forecast | None = None

    @property
    def row(self) -> dict[str, float | str | int]:
        """The outlook as columns of the table of targets."""
        plain = {
            "required": _plain(self.required), "pace_unit": self.unit, "best": _plain(self.best),
            "worst": _plain(self.worst), "paces": self.paces, "managed": self.managed,
            "compared": self.compared,
        }  # fmt: skip
        if self.ahead is None:
            return plain
        record = self.ahead.record
        return plain | {
            "probability": self.ahead.probability, "probability_years": self.ahead.years,
            "ahead_low": _plain(self.ahead.low), "ahead_high": _plain(self.ahead.high),
            "record_n": record.n, "record_inside": _plain(record.inside),
            "record_pinball": _plain(record.pinball),
            "record_pinball_naive": _plain(record.pinball_naive),
            "record_brier": _plain(record.brier),
            "record_brier_naive": _plain(record.brier_naive),
        }  # fmt: skip


def _plain(value: float) -> float:
    """A number without the noise of its last digits."""
    return float(f"{value:.12g}")


def outlook(aim: ResolvedTarget, facts: Figures, made: Measurement, seed: int = 0) -> Outlook:
    """The outlook of a target whose time is not over; `seed` is what its chance starts from."""
    if made.latest is None or made.steady or aim.path in ("each_year", "course"):
        return Outlook()
    left = _left(aim, made)
    if left <= 0:
        return Outlook()
    if aim.path == "year":
        rest = _rest(aim, facts, made)
        return Outlook(rest, "rest" if not math.isnan(rest) else "")
    steady = aim.path in ("steady", "growth", "cumulative")
    required = _required(aim, made, left)
    if math.isnan(required):
        return Outlook()
    years = max(1, round(left))
    past = _past(aim, facts, aim.place, years, steady)
    best, worst = _ends(aim, past)
    managed, compared = _elsewhere(aim, facts, years, steady, required)
    unit = "percent" if steady else "a_year"
    ahead = chance(aim, facts, made, required, left, seed)
    return Outlook(required, unit, best, worst, len(past), managed, compared, ahead)


def _left(aim: ResolvedTarget, made: Measurement) -> float:
    """Years from the latest figure to the end of the target's time."""
    assert made.latest is not None
    return aim.years * (1 - made.elapsed)


def _required(aim: ResolvedTarget, made: Measurement, left: float) -> float:
    """The pace that still leads to the goal, by path."""
    assert made.latest is not None
    now = made.latest.value
    if aim.path == "growth":
        return rate_required(made.rates, made.goal, aim.years) if made.rates else math.nan
    if aim.path == "cumulative":
        factor = (1 + made.goal / 100) / (1 + now / 100)
        return (factor ** (1 / left) - 1) * 100 if factor > 0 else math.nan
    if math.isnan(made.goal):
        return math.nan
    return pace_required(now, made.goal, left, aim.path == "steady")


def _rest(aim: ResolvedTarget, facts: Figures, made: Measurement) -> float:
    """Growth of the rest of the year, from last year's levels of the year and of its part."""
    assert made.latest is not None
    catalogue = facts.region.indicators
    level = aim.indicator if aim.form == "level" else str(catalogue[aim.indicator]["of"] or "")
    if not level or not aim.rates:
        return math.nan
    levels = series(facts, level, aim.place, str(catalogue[level]["unit"]))
    before = levels.at(str(aim.period.shifted(-1)))
    first = aim.period.shifted(-1).start
    cut = made.latest.end.replace(year=made.latest.end.year - 1, day=1)
    part = next(
        (
            f for f in levels.figures
            if f.start == first and (f.end.year, f.end.month) == (cut.year, cut.month)
        ),
        None,
    )  # fmt: skip
    if before is None or part is None or not 0 < part.value < before.value:
        return math.nan
    return rest_required(made.goal, made.latest.value, part.value / before.value)


def _past(
    aim: ResolvedTarget, facts: Figures, place: Mapping[str, str], years: int, steady: bool
) -> pd.Series:
    """All past paces over stretches of as many years as are left, else over single years."""
    found = series(facts, aim.indicator, place, aim.unit)
    if aim.path in ("growth", "cumulative"):
        rates, _ = growing(replace(aim, place=place), facts, found)
        return _averages(rates, years) if len(_averages(rates, years)) else _averages(rates, 1)
    if aim.path == "sum":
        return found.annual()
    paces = past_paces(found.annual(), years, steady)
    return paces if len(paces) else past_paces(found.annual(), 1, steady)


def _averages(rates: Series, years: int) -> pd.Series:
    """Average growth of every stretch of consecutive years."""
    by_year = rates.by_year
    made = {
        last: average_growth([by_year[y].value for y in range(last - years + 1, last + 1)])
        for last in by_year
        if all(y in by_year for y in range(last - years + 1, last + 1))
    }
    return pd.Series(made, dtype=float)


def _ends(aim: ResolvedTarget, past: pd.Series) -> tuple[float, float]:
    """Best and worst, by the direction."""
    if past.empty:
        return math.nan, math.nan
    ends = float(past.max()), float(past.min())
    return ends if aim.direction != "lower" else (ends[1], ends[0])


def _elsewhere(
    aim: ResolvedTarget, facts: Figures, years: int, steady: bool, required: float
) -> tuple[int, int]:
    """How many other places have a known pace, and how many once managed the required one."""
    rows = facts.settled
    rows = rows[(rows["indicator"] == aim.indicator) & (rows["region"] != aim.place["region"])]
    managed = compared = 0
    for region in rows["region"].unique():
        past = _past(aim, facts, {**aim.place, "region": str(region)}, years, steady)
        if len(past):
            compared += 1
            best = _ends(aim, past)[0]
            managed += bool(best >= required if aim.direction != "lower" else best <= required)
    return managed, compared
