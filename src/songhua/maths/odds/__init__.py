"""The odds that a pace comes, from two models of smoothing, recalibrated on past origins.

`forecast` gives the probability, a band and the record. `priors` is the shipped table of what many
series teach, `left_out` its record on sources that took no part.
"""

from songhua.maths.odds.chances import LEAST, Forecast, forecast, years_needed
from songhua.maths.odds.origins import AHEAD, EVENTS, TRAINED, Pace, Past, paces, past
from songhua.maths.odds.recalibration import (
    Evidence,
    Prior,
    Recalibration,
    evidence,
    in_turn,
    posterior,
)
from songhua.maths.odds.shipped import left_out, priors
from songhua.maths.odds.smoothing import SHARED, paths
from songhua.maths.odds.track_record import SCORED, STATED, Record, record, records, stated_odds

__all__ = [
    "AHEAD",
    "EVENTS",
    "LEAST",
    "SCORED",
    "SHARED",
    "STATED",
    "TRAINED",
    "Evidence",
    "Forecast",
    "Pace",
    "Past",
    "Prior",
    "Recalibration",
    "Record",
    "evidence",
    "forecast",
    "in_turn",
    "left_out",
    "paces",
    "past",
    "paths",
    "posterior",
    "priors",
    "record",
    "records",
    "stated_odds",
    "years_needed",
]
