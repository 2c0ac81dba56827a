"""Paths of levels: equal steps or a steady rate, sums, and ceilings or floors of every year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from songhua.maths.bounds import EVERYTHING, Interval
from songhua.maths.progress import growth_progress, level_progress, share_done
from songhua.studies.series import Figures
from songhua.studies.track.growth_paths import growing
from songhua.studies.track.measurement import Measurement, base_figure, elapsed, ids, span, tested
from songhua.studies.track.resolved_targets import ResolvedTarget
from songhua.studies.track.target_series import Figure, Series


def level(aim: ResolvedTarget, facts: Figures, found: Series) -> Measurement:
    """A level: base, goal and the latest figure; equal steps, or a steady rate."""
    del facts
    base = base_figure(aim, found)
    goal = _level_goal(aim, base)
    latest = _last_level(aim, found)
    accepted = (
        _counted_from(aim, base) if aim.target.quantity in ("change", "multiple") else aim.accepted
    )
    made = Measurement(latest, base, goal, accepted)
    if latest is None:
        return replace(made, missing="no_figure")
    if base is None:
        return replace(made, missing="no_base", elapsed=elapsed(aim, latest.end))
    upward = aim.direction != "lower"
    if (base.value >= goal) if upward else (base.value <= goal):
        return replace(tested(aim, [latest], accepted), base=base, goal=goal)
    path = growth_progress if aim.path == "steady" else level_progress
    progress = path(base.bound, latest.bound, goal)
    missing = "base_is_goal" if progress == EVERYTHING and latest.bound != EVERYTHING else ""
    return replace(
        made, progress=progress, central=path(base.value, latest.value, goal).middle,
        missing="" if math.isfinite(path(base.value, latest.value, goal).low) else missing,
    )  # fmt: skip


def _last_level(aim: ResolvedTarget, found: Series) -> Figure | None:
    """The latest level: of a flow only whole years can be set against a year's goal."""
    one_year = aim.period.start.year == aim.period.end.year
    if aim.flow and not one_year:
        return found.latest_year(aim.start, aim.period.end)
    return found.latest(aim.start, aim.period.end)


def _level_goal(aim: ResolvedTarget, base: Figure | None) -> float:
    """The level to be reached; a change or a multiple counts from the base."""
    if aim.target.quantity == "level":
        return aim.goal
    if base is None:
        return math.nan
    if aim.target.quantity == "multiple":
        return base.value * aim.goal
    steps = aim.years if aim.target.pace == "a_year" else 1
    return base.value + aim.goal * steps


def _counted_from(aim: ResolvedTarget, base: Figure | None) -> Interval:
    """What counts as met, for a change or a multiple."""
    if base is None:
        return EVERYTHING
    if aim.target.quantity == "multiple":
        return aim.accepted * base.value
    return aim.accepted * (aim.years if aim.target.pace == "a_year" else 1.0) + base.value


def sum_up(aim: ResolvedTarget, facts: Figures, found: Series) -> Measurement:
    """What adds up over the period, beside the time elapsed."""
    del facts
    first = aim.start + timedelta(days=1)
    whole = found.at(str(aim.period)) or found.so_far(first, aim.period.end)
    years = found.run(first.year, aim.period.end.year)
    if years and (whole is None or years[-1].end > whole.end):
        whole = _added(years)
    if whole is None:
        return Measurement(goal=aim.goal, accepted=aim.accepted, missing="no_figure")
    if aim.direction != "higher":
        return replace(tested(aim, [whole], aim.accepted), goal=aim.goal)
    progress = share_done(whole.bound, aim.goal)
    return Measurement(
        whole, None, aim.goal, aim.accepted, progress, share_done(whole.value, aim.goal).middle
    )


def _added(years: Sequence[Figure]) -> Figure:
    """Several years together."""
    bound = sum((f.bound for f in years[1:]), years[0].bound)
    sure = sum((f.sure for f in years[1:]), years[0].sure)
    value = math.fsum(f.value for f in years)
    return Figure(
        value,
        bound,
        sure,
        span(years),
        years[0].start,
        years[-1].end,
        ids(years),
        all(f.exact for f in years),
    )


def each_year(aim: ResolvedTarget, facts: Figures, found: Series) -> Measurement:
    """A ceiling, a floor or a range that every year is tested against."""
    rates, assumed = growing(aim, facts, found) if aim.rates else (found, [])
    years = [
        f for y, f in sorted(rates.by_year.items()) if aim.start.year < y <= aim.period.end.year
    ]
    if not years:
        last = rates.latest(aim.start, aim.period.end)
        years = [last] if last is not None else []
    if not years:
        return Measurement(goal=aim.goal, accepted=aim.accepted, missing="no_figure")
    made = tested(aim, years, aim.accepted)
    return replace(made, goal=aim.goal, assumed=(*made.assumed, *assumed))
