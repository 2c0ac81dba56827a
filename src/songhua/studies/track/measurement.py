"""What the figures say of a target, whatever its path."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from songhua.maths.bounds import EVERYTHING, Interval
from songhua.maths.growth import average_growth
from songhua.maths.progress import elapsed_share
from songhua.studies.track.resolved_targets import ResolvedTarget
from songhua.studies.track.target_series import Figure, Series


@dataclass(frozen=True)
class Measurement:
    """What the figures say of a target.

    `latest` is set against `accepted`; `goal` is in the same terms. `progress` is missing
    (`None`) where it cannot be measured, and `missing` says what lacks. `rates` are the growth
    rates of consecutive years so far. `tested` are the years held against a yearly target, and
    `steady` says that the target is tested and has no path.
    """

    latest: Figure | None = None
    base: Figure | None = None
    goal: float = math.nan
    accepted: Interval = EVERYTHING
    progress: Interval | None = None
    central: float = math.nan
    elapsed: float = math.nan
    missing: str = ""
    rates: tuple[float, ...] = ()
    tested: tuple[Figure, ...] = ()
    steady: bool = False
    assumed: tuple[tuple[str, float | str], ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The observations it rests on."""
        figures = [f for f in (self.base, self.latest, *self.tested) if f is not None]
        return tuple(dict.fromkeys(id for f in figures for id in f.ids))


def elapsed(aim: ResolvedTarget, at: date) -> float:
    """The share of the target's time that had passed by the end of a day."""
    return min(1.0, elapsed_share(aim.start, at, aim.period.end))


def base_figure(aim: ResolvedTarget, found: Series) -> Figure | None:
    """The base that the plan prints, or the folder's figure for the base period."""
    if printed := aim.row["base"] or aim.target.start.replace(",", ""):
        value = float(printed)
        point = Interval(value, value)
        return Figure(value, point, point, aim.start.isoformat(), aim.start, aim.start, (), True)
    given = aim.row["base_period"]
    return found.at(given) if given else found.stand(aim.start)


def tested(aim: ResolvedTarget, years: Sequence[Figure], accepted: Interval) -> Measurement:
    """No path: the mean of the years so far decides, and every year is shown."""
    mean = math.fsum(f.value for f in years) / len(years)
    low = math.fsum(f.bound.low for f in years) / len(years)
    high = math.fsum(f.bound.high for f in years) / len(years)
    assumed = (("mean_of_years", len(years)),) if len(years) > 1 else ()
    latest = years[-1]
    if len(years) > 1:
        value = float(f"{mean:.13g}")
        sure, first, last = Interval(value, value), years[0].start, years[-1].end
        latest = Figure(value, Interval(low, high), sure, span(years), first, last, ids(years))
    return Measurement(
        latest, accepted=accepted, elapsed=elapsed(aim, latest.end), tested=tuple(years),
        steady=True, assumed=assumed,
    )  # fmt: skip


def average(years: Sequence[Figure]) -> Figure:
    """The steady rate of several years."""
    value = float(f"{average_growth([f.value for f in years]):.13g}")
    low = average_growth([f.bound.low for f in years])
    high = average_growth([f.bound.high for f in years])
    bound = Interval(low, high) if len(years) > 1 else years[0].bound
    plain = all(f.sure == Interval(f.value, f.value) for f in years)
    sure = Interval(value, value) if plain else bound
    return Figure(value, bound, sure, span(years), years[0].start, years[-1].end, ids(years))


def span(years: Sequence[Figure]) -> str:
    """The period of several figures in a row."""
    return f"{years[0].period}..{years[-1].period}" if len(years) > 1 else years[0].period


def ids(years: Sequence[Figure]) -> tuple[str, ...]:
    """The observations of several figures."""
    return tuple(id for figure in years for id in figure.ids)
