"""Words without a number: steadily, broadly flat, in step with the economy."""

from __future__ import annotations

import math
from dataclasses import replace

from songhua.maths.bounds import Interval
from songhua.plan.targets import number
from songhua.studies.series import Figures
from songhua.studies.track.growth_paths import growing
from songhua.studies.track.measurement import Measurement, average, base_figure, elapsed, tested
from songhua.studies.track.resolved_targets import ResolvedTarget
from songhua.studies.track.target_series import Figure, Series, series

ABOVE = ("above_nation", "above_province", "above_city")


def course(aim: ResolvedTarget, facts: Figures, found: Series) -> Measurement:
    """Words alone: the change from the base; what counts as flat is an assumption."""
    stated = {"in_reason": "range_not_stated", "assigned": "number_not_given"}
    if aim.target.course in ABOVE:
        return _beside_place(aim, facts, found)
    if aim.target.course in stated:
        latest = found.latest(aim.start, aim.period.end)
        return Measurement(latest, missing=stated[aim.target.course])
    if aim.target.course in ("keep_pace", "outpace"):
        return _beside_economy(aim, facts, found)
    base, latest = base_figure(aim, found), found.latest(aim.start, aim.period.end)
    if latest is None:
        return Measurement(missing="no_figure")
    if aim.form == "growth":
        base = Figure(
            0.0, Interval(0, 0), Interval(0, 0), latest.period, latest.start, latest.end, ()
        )
    if base is None:
        return Measurement(latest, missing="no_base", elapsed=elapsed(aim, latest.end))
    width = 0.5 if aim.unit == "%" else abs(base.value) / 100
    accepted = {
        "hold": Interval(base.value - width, base.value + width),
        "rise": Interval(math.nextafter(base.value, math.inf), math.inf),
        "fall": Interval(-math.inf, math.nextafter(base.value, -math.inf)),
    }[aim.target.course.removesuffix("_markedly")]
    made = tested(aim, [latest], accepted)
    assumed = ("course_width", width if aim.target.course == "hold" else aim.target.course)
    return replace(made, base=base, assumed=(assumed,))


def _beside_economy(aim: ResolvedTarget, facts: Figures, found: Series) -> Measurement:
    """In step with the whole economy, or faster: average growth of both over the same years."""
    catalogue = facts.region.indicators
    real = [
        id for id, one in catalogue.items()
        if (one["form"], one["basis"], one["measure"]) == ("growth", "constant", "value_added")
    ]  # fmt: skip
    place = {**aim.place, "industry": "all", "entity": "", "vintage": "", "scope": ""}
    economy = next((s for id in real if (s := series(facts, id, place, "%")).figures), None)
    rates, assumed = growing(aim, facts, found)
    one_year = aim.period.start.year == aim.period.end.year
    own = _both(rates, aim, one_year)
    other = _both(economy, aim, one_year) if economy else []
    return _compared(aim, own, other, assumed, "no_economy")


def _beside_place(aim: ResolvedTarget, facts: Figures, found: Series) -> Measurement:
    """Above the average of a larger area: its figure of the same thing and time, or its growth."""
    benchmark = str(aim.row["benchmark"])
    if not benchmark:
        latest = found.latest(aim.start, aim.period.end)
        return Measurement(latest, missing="average_not_given")
    there = replace(aim, place={**aim.place, "region": benchmark})
    theirs = series(facts, aim.indicator, there.place, aim.unit)
    if aim.form == "ratio":
        latest = found.latest(aim.start, aim.period.end)
        same = theirs.at(latest.period) if latest else None
        own, other = ([latest] if latest else []), ([same] if same else [])
        return _compared(aim, own, other, [], "average_not_given")
    one_year = aim.period.start.year == aim.period.end.year
    rates, assumed = growing(aim, facts, found)
    other = _both(growing(there, facts, theirs)[0], aim, one_year)
    return _compared(aim, _both(rates, aim, one_year), other, assumed, "average_not_given")


def _compared(
    aim: ResolvedTarget, own: list[Figure], other: list[Figure],
    assumed: list[tuple[str, float | str]], lacking: str,
) -> Measurement:  # fmt: skip
    """The mean of the years that both have, the region's against the other's and a margin."""
    years = [
        (a, b) for a, b in zip(own, other, strict=False) if (a.start, a.end) == (b.start, b.end)
    ]
    if not years:
        return Measurement(missing=lacking if own else "no_figure")
    mine, theirs = average([a for a, _ in years]), average([b for _, b in years])
    width = 0.5 if aim.target.course == "keep_pace" else 0.0
    floor = theirs.value - width if width else math.nextafter(theirs.value, math.inf)
    if aim.target.margin:
        floor = theirs.value + number(aim.target.margin)
    made = tested(aim, [mine], Interval(floor, math.inf))
    if not aim.target.margin:
        assumed = [*assumed, ("course_width", width if width else aim.target.course)]
    return replace(made, base=theirs, assumed=tuple(assumed))


def _both(rates: Series, aim: ResolvedTarget, one_year: bool) -> list[Figure]:
    """The rates to be averaged: of the years so far, or of the one year's months so far."""
    if not one_year:
        return rates.run(aim.start.year + 1, aim.period.end.year)
    one = rates.at(str(aim.period)) or rates.so_far(aim.period.start, aim.period.end)
    return [one] if one else []
