"""The probability that a target is met, where ten comparable years and a record allow one."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from songhua.maths.bounds import Interval
from songhua.maths.forecast import LEAST, Forecast, forecast
from songhua.studies.series import Figures
from songhua.studies.track.growth_paths import growing
from songhua.studies.track.measurement import Measurement
from songhua.studies.track.resolved_targets import ResolvedTarget
from songhua.studies.track.target_series import series

RATES = ("growth", "cumulative")
LEVELS = ("level", "steady")


def chance(
    aim: ResolvedTarget, facts: Figures, made: Measurement, required: float, left: float, seed: int
) -> Forecast | None:
    """The forecast for the years that are left; None where it is not given.

    It is given for an average, growth in all or a level, from the end of a year on, with ten or
    more consecutive published figures up to that year. Other places of the folder with figures
    for all of these years lend their errors and their shocks. Each target has its own chance, so
    that one more target changes no other.
    """
    assert made.latest is not None
    last, steps = made.latest.end, round(left)
    whole = (last.month, last.day) == (12, 31) and steps >= 1 and abs(left - steps) < 1e-6
    if not whole or aim.path not in (*RATES, *LEVELS):
        return None
    own = _years(aim, facts, aim.place)
    years = _consecutive(own, last)
    if len(years) < LEAST:
        return None
    table = {aim.place["region"]: [own[year] for year in years]}
    rows = facts.settled
    others = rows.loc[rows["indicator"] == aim.indicator, "region"].unique()
    for region in map(str, others):
        found = _years(aim, facts, {**aim.place, "region": region})
        if region not in table and all(year in found for year in years):
            table[region] = [found[year] for year in years]
    rng = np.random.default_rng([seed, zlib.crc32(aim.row["id"].encode())])
    rates = aim.path in RATES
    wanted = _wanted(aim, required) if rates else made.accepted
    frame = pd.DataFrame(table, index=pd.Index(years))
    return forecast(frame, aim.place["region"], steps, wanted, rng, rates)


def _years(aim: ResolvedTarget, facts: Figures, place: Mapping[str, str]) -> dict[int, float]:
    """Published figures of whole years at a place; one that is open at an end is left out."""
    found = series(facts, aim.indicator, place, aim.unit)
    if aim.path in RATES:
        found, _ = growing(replace(aim, place=place), facts, found)
    return {
        year: figure.value for year, figure in found.by_year.items()
        if math.isfinite(figure.bound.low) and math.isfinite(figure.bound.high)
    }  # fmt: skip


def _consecutive(own: Mapping[int, float], last: date) -> list[int]:
    """The years without a gap up to a day, the first one first."""
    year = last.year
    while year in own:
        year -= 1
    return list(range(year + 1, last.year + 1))


def _wanted(aim: ResolvedTarget, required: float) -> Interval:
    """The average growth of the years left that leads to the goal."""
    return (
        Interval(-math.inf, required) if aim.direction == "lower" else Interval(required, math.inf)
    )
