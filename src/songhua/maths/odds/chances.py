"""The odds that a pace comes: forecasts recalibrated on past origins, with their record."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.maths.bounds import Interval
from songhua.maths.fault_kinds import ForecastYears
from songhua.maths.odds.origins import AHEAD, TRAINED, Pace, paces, past, share
from songhua.maths.odds.recalibration import in_turn
from songhua.maths.odds.shipped import priors
from songhua.maths.odds.smoothing import SHARED, paths
from songhua.maths.odds.track_record import SCORED, Record, records

LEAST = 10  # consecutive years that odds need


@dataclass(frozen=True)
class Forecast:
    """The probability of the wanted pace, the band of 80 %, and the records.

    `own_origins` is how many past origins of the series recalibrated it, beside the prior. The
    band is of the pace ahead.
    """

    probability: float
    low: float
    median: float
    high: float
    steps: int
    years: int
    own_origins: int
    records: tuple[Record, ...]


def years_needed(steps: int) -> int:
    """Consecutive years that odds for so many years ahead need: ten, and three past origins.

    >>> years_needed(1), years_needed(3)
    (10, 11)
    """
    return max(LEAST, TRAINED + SCORED + steps - 1)


def forecast(
    values: pd.DataFrame,
    place: str,
    steps: int,
    pace: Pace,
    wanted: Interval,
    rng: np.random.Generator,
    draws: int = 2000,
) -> Forecast | None:
    """The recalibrated probability that the pace of the years ahead is the wanted one.

    The share of draws below each end becomes a chance by how past outcomes of the same place lay
    among their draws, and by what many series teach (`posterior`). The records are those of
    recalibrated odds: each origin's rule knows only what had come by then.

    Args:
        values: consecutive years down, places across, all in one unit, none missing; levels whose
            pace is a rate are above zero.
        place: the column that is asked for; the others lend their errors, shocks and records.
        steps: years ahead.
        pace: the kind of values, and the unit of `wanted`.
        wanted: the pace a year.
        rng: the source of chance.
        draws: how many paths.

    None with too few years (`years_needed`), or more than three years ahead.

    Raises:
        SonghuaError: `forecast_years`, for years that are not consecutive or a missing value.

    >>> years = pd.DataFrame({"here": [5.0, 6.0] * 8}, index=range(2000, 2016))
    >>> sure = forecast(
    ...     years, "here", 2, Pace.GROWTH, Interval(0, 99), np.random.default_rng(0))
    >>> sure.probability > 0.99, sure.years, sure.own_origins, [r.origins for r in sure.records]
    (True, 16, 9, [10, 9, 8])
    """
    index = list(values.index)
    if index != list(range(index[0], index[0] + len(index))) or values.isna().any(axis=None):
        raise SonghuaError(ForecastYears(first=index[0], n=len(index)))
    table = values.to_numpy(dtype=float)
    if not 1 <= steps <= AHEAD or len(table) < years_needed(steps):
        return None
    at = list(values.columns).index(place)
    (chance,) = rng.spawn(1)
    ahead = paces(table, paths(table, steps, draws, chance), pace)
    history = past(table, pace, rng)
    prior = priors(pace == Pace.GROWTH, table.shape[1] >= SHARED)
    rule = in_turn(prior[steps], history.scores(steps), steps)[-1]
    under, within = share(ahead < wanted.low), share(ahead <= wanted.high)
    start = rule.chance(under)[at] if math.isfinite(wanted.low) else 0.0
    end = rule.chance(within)[at] if math.isfinite(wanted.high) else 1.0
    low, median, high = (
        float(np.quantile(ahead[:, at], rule.share(chance)[at])) for chance in (0.1, 0.5, 0.9)
    )
    return Forecast(
        max(float(end - start), 0.0),
        low,
        median,
        high,
        steps,
        len(table),
        history.origins(steps),
        records(history, prior, less=not math.isfinite(wanted.low)),
    )
