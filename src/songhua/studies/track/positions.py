"""The place of a target's latest figure against the range that is asked for."""

from __future__ import annotations

import math

from songhua.plan.vocabulary import Position, Quantity
from songhua.studies.track.measurement import Measurement
from songhua.studies.track.resolved_targets import ResolvedTarget


def position(target: ResolvedTarget, measured: Measurement) -> Position:
    """The place of the latest figure, at printed precision, against the range that is asked for.

    >>> from songhua.studies.track.examples import town_target
    >>> from songhua.studies.track.target_series import Series
    >>> latest = Series.of({"2022": 6.0}).figures[0]
    >>> position(town_target("5.5 to 6 % a year", "gdp_growth"), Measurement(latest, goal=5.5))
    'at_high_end'
    """
    latest, words = measured.latest, target.words
    if latest is None or not words.low or math.isnan(measured.goal):
        return Position.NONE
    plain = words.quantity in (Quantity.LEVEL, Quantity.GROWTH)
    wanted = target.asked_interval if plain else measured.accepted
    if math.isfinite(wanted.low) and latest.bound.contains(wanted.low):
        return Position.AT_LOW_END if wanted.low != wanted.high else Position.ON
    if math.isfinite(wanted.high) and latest.bound.contains(wanted.high):
        return Position.AT_HIGH_END
    if latest.value < wanted.low:
        return Position.BELOW
    return Position.ABOVE if latest.value > wanted.high else Position.WITHIN
